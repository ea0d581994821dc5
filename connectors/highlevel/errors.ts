import type { Classification, ErrorAnswer } from "../../kit/index.ts";
import { DUPLICATE_WORDS, ERROR_QUIRKS, GONE_WORDS } from "./quirks.ts";

/** What HighLevel's error answers mean, where their status alone does not say it. See `ERROR_QUIRKS`. */
export function classify(answer: ErrorAnswer): Classification | undefined {
  const issues = issuesOf(answer.body);
  const words = issues.join("; ");
  const quirk = ERROR_QUIRKS.find(({ statuses, says }) => statuses.includes(answer.status) && says.test(words));
  if (quirk !== undefined) {
    const scope = quirk.kind === "forbidden" ? scopeOf(answer.method, answer.path) : undefined;
    const advice = scope === undefined ? quirk.advice : `The missing permission is ${scope}.`;
    const message = advice === undefined ? words : `${words} ${advice}`;
    return { kind: quirk.kind, message, ...(scope !== undefined && { scope }) };
  }
  if (answer.status === 404) return notFound(answer, words);
  if (answer.status === 400 || answer.status === 422) return refusedValues(answer, words, issues);
  return undefined;
}

/** A 404 without HighLevel's own words came from something in between, and proves nothing of the record. */
function notFound(answer: ErrorAnswer, words: string): Classification {
  const isRecord = (isAboutContact(answer.path) || isAboutChild(answer.path)) && words !== "";
  return isRecord ? { kind: "not_found", message: words } : { kind: "unavailable", message: words };
}

function refusedValues(answer: ErrorAnswer, words: string, issues: readonly string[]): Classification {
  const mayBeGone = (answer.method !== "POST" && isAboutContact(answer.path)) || isAboutChild(answer.path);
  if (mayBeGone && GONE_WORDS.test(words)) return { kind: "not_found", message: words };
  if (DUPLICATE_WORDS.test(words)) {
    const message = `Another contact of the location has the same ${matchingField(answer.body)}.`;
    const heldBy = metaOf(answer.body).contactId;
    return { kind: "rejected", message, issues: [message], ...(typeof heldBy === "string" && { heldBy }) };
  }
  return { kind: "rejected", message: words, issues };
}

/** Whether a path names one contact, or its tags. */
function isAboutContact(path: string): boolean {
  return /^\/contacts\/[^/]+(\/tags)?$/.test(path) && path !== "/contacts/search";
}

/** Whether a path names a note, task or appointment, or makes or lists those of one contact. */
function isAboutChild(path: string): boolean {
  return (
    /^\/contacts\/[^/]+\/(notes|tasks|appointments)(\/[^/]+)?$/.test(path) || /^\/calendars\/events\/[^/]+/.test(path)
  );
}

/** The scope that a call needs. Source: the scope table of HighLevel's OAuth documentation. */
export function scopeOf(method: string, path: string): string | undefined {
  if (/^\/locations\/[^/]+\/customFields/.test(path)) return "locations/customFields.readonly";
  if (/^\/locations\/[^/]+\/tasks\//.test(path)) return "locations/tasks.readonly";
  if (path.startsWith("/locations/")) return "locations.readonly";
  if (path.startsWith("/calendars/events")) {
    return method === "GET" ? "calendars/events.readonly" : "calendars/events.write";
  }
  if (!path.startsWith("/contacts")) return undefined;
  return method === "GET" || path.startsWith("/contacts/search") ? "contacts.readonly" : "contacts.write";
}

/** Whether a create was refused because the contact is there already. */
export function isDuplicate(answer: ErrorAnswer): boolean {
  return answer.status === 400 && DUPLICATE_WORDS.test(issuesOf(answer.body).join("; "));
}

function issuesOf(body: unknown): readonly string[] {
  if (typeof body !== "object" || body === null || !("message" in body)) return [];
  const { message } = body;
  const parts = Array.isArray(message) ? message : [message];
  return parts.filter((part): part is string => typeof part === "string" && part !== "");
}

function matchingField(body: unknown): string {
  const field = metaOf(body).matchingField;
  return typeof field === "string" && /^\w{1,40}$/.test(field) ? field : "e-mail or phone";
}

/** What a refusal says of the contact that is in the way. */
function metaOf(body: unknown): { readonly contactId?: unknown; readonly matchingField?: unknown } {
  const meta = typeof body === "object" && body !== null && "meta" in body ? body.meta : undefined;
  return typeof meta === "object" && meta !== null ? meta : {};
}
