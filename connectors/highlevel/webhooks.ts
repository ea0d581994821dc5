import { createHash } from "node:crypto";
import {
  isSignedBy,
  type WebhookAdapter,
  type WebhookNotice,
  type WebhookRequest,
  type WebhookVerdict,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { NO_SIGNATURE } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { Notice } from "./wire.ts";

/** Events about a contact; the ids in others are not contact ids. */
const CONTACT_EVENTS: ReadonlySet<string> = new Set([
  "ContactCreate",
  "ContactUpdate",
  "ContactDelete",
  "ContactTagUpdate",
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
  const { type, locationId, companyId, id, webhookId, timestamp } = parsed.data;
  const account = locationId ?? companyId ?? "";
  if (account === "") throw notOurs("it names no location or company");
  const isContact = CONTACT_EVENTS.has(type);
  if (isContact && !id) throw notOurs("it names no contact");
  const occurredAt = timeOf(timestamp);
  return {
    type,
    account,
    deliveryId: webhookId || contentId(type, id ?? "", body),
    ...(occurredAt !== undefined && { occurredAt }),
    refs: isContact && id ? [{ resource: "contact", externalId: id }] : [],
  };
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
