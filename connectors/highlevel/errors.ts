import type { Classification, ErrorAnswer } from "../../kit/index.ts";
import { actionAt } from "./operations/routes.ts";
import { DUPLICATE_WORDS, ERROR_QUIRKS, GONE_WORDS } from "./quirks.ts";

/** What HighLevel's error answers mean, where their status alone does not say it. See `ERROR_QUIRKS`. */
export function classify(answer: ErrorAnswer): Classification | undefined {
  const issues = issuesOf(answer.body);
  const words = issues.join("; ");
  const quirk = ERROR_QUIRKS.find(
    ({ statuses, says, at }) =>
      statuses.includes(answer.status) && says.test(words) && (at === undefined || at.test(answer.path)),
  );
  if (quirk !== undefined) {
    const isForScope = quirk.kind === "forbidden" && quirk.advice === undefined;
    const scope = isForScope ? scopeOf(answer.method, answer.path) : undefined;
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
  const isRecord = isAboutRecord(answer) && words !== "";
  return isRecord ? { kind: "not_found", message: words } : { kind: "unavailable", message: words };
}

function refusedValues(answer: ErrorAnswer, words: string, issues: readonly string[]): Classification {
  if (isAboutRecord(answer) && GONE_WORDS.test(words)) return { kind: "not_found", message: words };
  if (DUPLICATE_WORDS.test(words)) {
    const message = `Another contact of the location has the same ${matchingField(answer.body)}.`;
    const heldBy = metaOf(answer.body).contactId;
    return { kind: "rejected", message, issues: [message], ...(typeof heldBy === "string" && { heldBy }) };
  }
  return { kind: "rejected", message: words, issues };
}

/** Calls whose path names no record, but whose body names the contact that they are about. */
const NAMES_IN_BODY = /^\/(calendars\/events|opportunities)\//;

/** Whether a call is about a record that its path names, so that it can say that the record is gone. */
function isAboutRecord({ method, path }: Pick<ErrorAnswer, "method" | "path">): boolean {
  return NAMES_IN_BODY.test(path) || actionAt(method, path)?.names.some((name) => name !== "locationId") === true;
}

/** The scope that a call needs. Source: the scope table of HighLevel's OAuth documentation, by way of the catalogue. */
export function scopeOf(method: string, path: string): string | undefined {
  return actionAt(method, path)?.action.scopes.join(", ");
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
