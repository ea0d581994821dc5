import type { Webhook } from "../control/outbox.ts";
import { type Random, uuid } from "../random.ts";
import type { BookChange } from "./book.ts";
import type { StoredContact } from "./contact.ts";
import { eventFields, type Showing } from "./present.ts";
import type { Quirks } from "./quirks.ts";
import { onlyMoved } from "./writer.ts";

/** The names of the events about contacts. */
export type EventType = "ContactCreate" | "ContactUpdate" | "ContactDelete" | "ContactTagUpdate" | "ContactDndUpdate";

const DND_FIELDS = ["dnd", "dndSettings", "inboundDndSettings"];

/** The events that a change of the book causes: none when nothing moved, several when tags and other fields did. */
export function eventTypesOf({ before, after }: BookChange, quirks: Quirks): EventType[] {
  const { silentFields, dndTells } = quirks;
  if (before === undefined) return ["ContactCreate"];
  if (after === undefined) return ["ContactDelete"];
  const { updatedAt, lastUpdatedBy, createdBy, ...fields } = after;
  const moved = Object.keys(onlyMoved(before, fields));
  const isDnd = (field: string) => DND_FIELDS.includes(field);
  const loud = moved.filter(
    (field) => field !== "tags" && !silentFields.includes(field) && (dndTells !== "dnd" || !isDnd(field)),
  );
  return [
    ...(loud.length > 0 ? ["ContactUpdate" as const] : []),
    ...(moved.includes("tags") ? ["ContactTagUpdate" as const] : []),
    ...(dndTells !== "update" && moved.some(isDnd) ? ["ContactDndUpdate" as const] : []),
  ];
}

/** Writes one event as the product sends it: flat, or with the object under `data`. */
export function eventOf(type: EventType, contact: StoredContact, showing: Showing, stamps: Stamps): Webhook {
  const about = { type, locationId: contact.locationId, contactId: contact.id };
  const { dndSettings } = contact;
  const fields = { ...eventFields(contact, showing), ...(type === "ContactDndUpdate" && { dndSettings }) };
  return sealed(about, fields, showing.quirks.envelope, stamps);
}

/** What makes each event its own. */
export type Stamps = { readonly random: Random; readonly now: () => number };

/** Puts the fields of an event into its envelope, with an id and the time. Events about the app name no location here. */
export function sealed(
  { type, locationId, contactId }: { readonly type: string; readonly locationId?: string; readonly contactId: string },
  fields: object,
  envelope: Quirks["envelope"],
  { random, now }: Stamps,
): Webhook {
  const id = uuid(random);
  const head = { type, ...(locationId !== undefined && { locationId }) };
  const tail = { timestamp: new Date(now()).toISOString(), webhookId: id };
  return { id, type, contactId, text: enveloped(head, fields, tail, envelope), about: { ...fields } };
}

function enveloped(head: object, fields: object, tail: object, envelope: Quirks["envelope"]): string {
  switch (envelope) {
    case "flat":
      return JSON.stringify({ ...head, ...fields, ...tail });
    case "data":
      return JSON.stringify({ ...head, ...tail, data: fields });
    case "text":
      return JSON.stringify(JSON.stringify({ ...head, ...fields, ...tail }));
    case "data-text":
      return JSON.stringify({ ...head, ...tail, data: JSON.stringify(fields) });
    default:
      return envelope satisfies never;
  }
}
