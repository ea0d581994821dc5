import { createHash } from "node:crypto";
import { z } from "zod";
import type { Installation, NoticeRef, WebhookNotice } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { RESOURCES } from "../../model/record.ts";

/**
 * What a webhook of HighLevel is about. Only identity is taken from it. Bodies come flat or with the object under
 * `data`, as JSON or as JSON in a text, and write their keys in more than one way. Source: the event pages of the
 * developer documentation, and bodies seen in the field.
 */

/** The events that name a record, with its kind. A task's edit, a merge and a change of a field's definition have none. */
const EVENTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    contact: ["ContactCreate", "ContactUpdate", "ContactDelete", "ContactTagUpdate", "ContactDndUpdate"],
    note: ["NoteCreate", "NoteUpdate", "NoteDelete"],
    task: ["TaskCreate", "TaskComplete", "TaskDelete"],
    appointment: ["AppointmentCreate", "AppointmentUpdate", "AppointmentDelete"],
    opportunity: [
      "OpportunityCreate",
      "OpportunityUpdate",
      "OpportunityDelete",
      "OpportunityStageUpdate",
      "OpportunityStatusUpdate",
      "OpportunityMonetaryValueUpdate",
      "OpportunityAssignedToUpdate",
    ],
    message: ["InboundMessage", "OutboundMessage"],
    conversation: ["ConversationUnreadUpdate", "ConversationUnreadWebhook"],
    // Or a record of an object of the location's own: the body does not tell which, and reading it as a business does.
    business: ["RecordCreate", "RecordUpdate", "RecordDelete"],
  }).flatMap(([resource, types]) => types.map((type) => [type, resource] as const)),
);

/** What events about the app itself say of it. */
const INSTALLATIONS: ReadonlyMap<string, Installation["kind"]> = new Map([
  ["INSTALL", "installed"],
  ["UNINSTALL", "removed"],
]);

/** The types given to bodies that name none: what a workflow posts, and the published samples of events about records. */
const UNNAMED = { workflow: "Workflow", record: "Record" } as const;

const Id = z.string().nullish();
/** A text that most bodies do without; anything else in its place says nothing. */
const Spare = Id.catch(undefined);

/** The part of a body that is read, its keys folded. */
const Body = z.object({
  type: z.string().nullish(),
  locationid: Id,
  companyid: Id,
  appid: Spare,
  id: Id,
  contactid: Id,
  messageid: Spare,
  email: Spare,
  webhookid: Spare,
  timestamp: z.union([z.string(), z.number()]).nullish().catch(undefined),
  properties: z.array(z.unknown()).nullish().catch(undefined),
});
type Body = z.infer<typeof Body>;

/** @throws Failure `rejected` for a body that is none of HighLevel's and of no workflow of its */
export function noticeOf(body: unknown): WebhookNotice {
  const parsed = Body.safeParse(flattened(body));
  if (!parsed.success) throw notOurs("an id in it is no text");
  const { type, ...named } = parsed.data;
  if (type) return eventNotice(type, named, body);
  if (named.properties && named.id) return eventNotice(UNNAMED.record, named, body);
  return workflowNotice(named, body);
}

function eventNotice(type: string, named: Omit<Body, "type">, body: unknown): WebhookNotice {
  const account = named.locationid || named.companyid || "";
  if (account === "") throw notOurs("it names no location or company");
  const resource = type === UNNAMED.record ? "business" : EVENTS.get(type);
  const id = (resource === "message" ? named.messageid || named.id : named.id) ?? "";
  const isNeeded = RESOURCES.some((followed) => followed === resource);
  if (isNeeded && id === "") throw notOurs(`it names no ${resource}`);
  const installation = installationOf(type, named);
  return {
    ...stampsOf(type, named, body),
    account,
    refs: resource === undefined || id === "" ? [] : [refTo(resource, id, named.contactid)],
    ...(installation !== undefined && { installation }),
  };
}

/** A workflow posts what its maker mapped, so that a contact's id, or else its e-mail, is all that is asked of it. */
function workflowNotice(named: Omit<Body, "type">, body: unknown): WebhookNotice {
  const contactId = named.contactid?.trim() ?? "";
  const email = named.email?.trim() ?? "";
  if (contactId === "" && email === "") throw notOurs("it has neither a type nor a contact");
  return {
    ...stampsOf(UNNAMED.workflow, named, body),
    account: named.locationid ?? "",
    refs: contactId === "" ? [] : [refTo("contact", contactId, undefined)],
    ...(contactId === "" && { keys: [{ resource: "contact", rule: "email", value: email }] }),
  };
}

function installationOf(type: string, { appid, companyid, locationid }: Omit<Body, "type">): Installation | undefined {
  const kind = INSTALLATIONS.get(type);
  if (kind === undefined || !appid) return undefined;
  return {
    kind,
    appId: appid,
    ...(companyid && { companyId: companyid }),
    ...(locationid && { locationId: locationid }),
  };
}

function stampsOf(type: string, { id, webhookid, timestamp }: Omit<Body, "type">, body: unknown) {
  const occurredAt = timeOf(timestamp);
  const deliveryId = webhookid || contentId(type, id ?? "", body);
  return { type, deliveryId, ...(occurredAt !== undefined && { occurredAt }) };
}

function refTo(resource: string, externalId: string, contactId: string | null | undefined): NoticeRef {
  return resource === "contact" || !contactId
    ? { resource, externalId }
    : { resource, externalId, parentId: contactId };
}

/** All that a body says, side by side and under folded keys. */
function flattened(body: unknown): Record<string, unknown> {
  const outer = folded(objectIn(body));
  const isNested = outer.data !== undefined && outer.data !== null;
  const flat = { ...outer, ...(isNested && folded(objectIn(outer.data))) };
  const { type: _, ...mapped } = objectUnder(flat, "customdata");
  const contact = objectUnder(flat, "contact");
  // The fields of an appointment lie one level deeper than all others.
  const { id, contactid } = objectUnder(flat, "appointment");
  return {
    ...present({ locationid: objectUnder(flat, "location").id, contactid: contact.id, email: contact.email }),
    ...mapped,
    ...flat,
    ...present({ id, contactid }),
  };
}

/** What stands under this name where that is an object; a place or a person may also be a mere text. */
function objectUnder(flat: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const value = flat[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? folded(value) : {};
}

function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}

/** The keys that are read, folded; no other is looked at further, however many a body has. */
const WANTED: ReadonlySet<string> = new Set([
  ...Object.keys(Body.shape),
  "data",
  "customdata",
  "appointment",
  "location",
  "contact",
]);

/** What stands under wanted keys, in lower case without `_` and `-`; one that is written so counts before the others. */
function folded(object: object): Record<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    const short = WANTED.has(key) ? key : foldedKey(key);
    if (WANTED.has(short) && (short === key || !(short in object))) found.set(short, value);
  }
  return Object.fromEntries(found);
}

/** The longest wanted key as its longest writing has it; a longer one is none. */
const KEY_LENGTH_MAX = 24;

function foldedKey(key: string): string {
  return key.length > KEY_LENGTH_MAX ? key : key.toLowerCase().replaceAll(/[_-]/g, "");
}

function objectIn(value: unknown): object {
  const parsed = typeof value === "string" ? parseText(value) : value;
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
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
  return Number.isSafeInteger(ms) && ms >= 0 ? ms : undefined;
}

function notOurs(why: string, cause?: unknown): Failure {
  return new Failure("rejected", `The webhook body is not one of HighLevel's: ${why}.`, { cause });
}
