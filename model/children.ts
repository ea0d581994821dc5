import type { FieldType } from "./field.ts";

/**
 * The fields of a contact's notes, tasks and appointments in model form, with the type each is compared as. As with
 * contacts, a connector names its own fields freely and says by `standard` which of these one corresponds to.
 */

/** A note: what somebody wrote about a contact, which partners keep as HTML. */
export const NOTE_FIELDS = {
  title: "text",
  body: "richText",
} as const satisfies Record<string, FieldType>;

/** A task: something to be done about a contact. */
export const TASK_FIELDS = {
  title: "text",
  body: "longText",
  dueAt: "dateTime",
  isCompleted: "boolean",
} as const satisfies Record<string, FieldType>;

/** An appointment with a contact. Times are instants, ISO 8601 in UTC. */
export const APPOINTMENT_FIELDS = {
  title: "text",
  notes: "longText",
  startsAt: "dateTime",
  endsAt: "dateTime",
  location: "text",
  /** One of `APPOINTMENT_STATES`, where the partner tells. */
  state: "option",
} as const satisfies Record<string, FieldType>;

/** What may have become of an appointment. */
export const APPOINTMENT_STATES = ["new", "confirmed", "cancelled", "showed", "noshow", "invalid"] as const;
