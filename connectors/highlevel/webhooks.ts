import { createHash } from "node:crypto";
import {
  isSignedBy,
  type NoticeRef,
  type WebhookAdapter,
  type WebhookNotice,
  type WebhookRequest,
  type WebhookVerdict,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Resource } from "../../model/record.ts";
import { NO_SIGNATURE } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { Notice } from "./wire.ts";

/** The events that are followed, with the kind of record whose id they carry. A task's edit has none. */
const EVENTS: ReadonlyMap<string, Resource> = new Map([
  ["ContactCreate", "contact"],
  ["ContactUpdate", "contact"],
  ["ContactDelete", "contact"],
  ["ContactTagUpdate", "contact"],
  ["NoteCreate", "note"],
  ["NoteUpdate", "note"],
  ["NoteDelete", "note"],
  ["TaskCreate", "task"],
  ["TaskComplete", "task"],
  ["TaskDelete", "task"],
  ["AppointmentCreate", "appointment"],
  ["AppointmentUpdate", "appointment"],
  ["AppointmentDelete", "appointment"],
]);

/** How HighLevel's webhooks are proved and read. One stream serves every location that installed the app. */
export const webhooks: WebhookAdapter<Settings> = {
  verify,
  parse,
  isFor: (notice, settings) => notice.account === settings.locationId,
};

/**
 * The newer signature, when there is one, decides alone: falling back to the older one after it failed would let an
 * attacker choose the weaker proof.
 */
function verify({ headers, rawBody }: WebhookRequest, { webhookKeys }: Settings): WebhookVerdict {
  const newer = headers["x-ghl-signature"];
  if (newer !== undefined && newer !== NO_SIGNATURE) {
    return verdict("ed25519", isSignedBy("ed25519", webhookKeys.ed25519, rawBody, newer));
  }
  const older = headers["x-wh-signature"];
  if (older === undefined || older === NO_SIGNATURE) return { kind: "unsigned" };
  return verdict("rsa-sha256", isSignedBy("rsa-sha256", webhookKeys.rsa, rawBody, older));
}

function verdict(scheme: string, isValid: boolean): WebhookVerdict {
  return { kind: isValid ? "verified" : "forged", scheme };
}

/** Reads a body, flat or with the object under `data`, also when it is JSON inside a text. */
function parse(body: unknown): WebhookNotice {
  const outer = objectIn(body);
  const inner = outer.data === undefined || outer.data === null ? {} : objectIn(outer.data);
  const parsed = Notice.safeParse({ ...outer, ...inner });
  if (!parsed.success) throw notOurs("it has no type");
  const { type, locationId, companyId, webhookId, timestamp } = parsed.data;
  // The fields of an appointment lie one level deeper than all others.
  const { id, contactId } = { ...parsed.data, ...parsed.data.appointment };
  const account = locationId ?? companyId ?? "";
  if (account === "") throw notOurs("it names no location or company");
  const resource = EVENTS.get(type);
  if (resource !== undefined && !id) throw notOurs(`it names no ${resource}`);
  const occurredAt = timeOf(timestamp);
  return {
    type,
    account,
    deliveryId: webhookId || contentId(type, id ?? "", body),
    ...(occurredAt !== undefined && { occurredAt }),
    refs: resource !== undefined && id ? [refTo(resource, id, contactId)] : [],
  };
}

function refTo(resource: Resource, externalId: string, contactId: string | null | undefined): NoticeRef {
  return resource === "contact" || !contactId
    ? { resource, externalId }
    : { resource, externalId, parentId: contactId };
}

function objectIn(value: unknown): Record<string, unknown> {
  const parsed = typeof value === "string" ? parseText(value) : value;
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  throw notOurs("it is not a JSON object");
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notOurs("it is not JSON", cause);
  }
}

/** The same for the same event sent again, where no id of the delivery is given. */
function contentId(type: string, id: string, body: unknown): string {
  return createHash("sha256")
    .update(`${type}\n${id}\n${JSON.stringify(body)}`)
    .digest("hex");
}

function timeOf(timestamp: string | number | null | undefined): number | undefined {
  if (timestamp === undefined || timestamp === null) return undefined;
  const ms = typeof timestamp === "number" ? timestamp : Date.parse(timestamp);
  return Number.isNaN(ms) ? undefined : ms;
}

function notOurs(why: string, cause?: unknown): Failure {
  return new Failure("rejected", `The webhook body is not one of HighLevel's: ${why}.`, { cause });
}
