import type { Webhook } from "../control/outbox.ts";
import type { StoredAppointment, StoredNote, StoredTask } from "./child.ts";
import { appointmentEventFields, type ChildShowing, noteEventFields, taskEventFields } from "./childPresent.ts";
import { type Stamps, sealed } from "./events.ts";
import type { ShelfChange } from "./shelf.ts";

/** One change of a note, a task or an appointment. */
export type ChildChange =
  | ({ readonly kind: "note" } & ShelfChange<StoredNote>)
  | ({ readonly kind: "task" } & ShelfChange<StoredTask>)
  | ({ readonly kind: "appointment" } & ShelfChange<StoredAppointment>);

/**
 * The event that a change causes. A task that is edited or opened again causes none, since the product has no event
 * for it.
 */
export function childEventType(change: ChildChange): string | undefined {
  const noun = { note: "Note", task: "Task", appointment: "Appointment" }[change.kind];
  if (change.before === undefined) return `${noun}Create`;
  if (change.after === undefined) return `${noun}Delete`;
  if (change.kind !== "task") return `${noun}Update`;
  return change.after.completed && !change.before?.completed ? "TaskComplete" : undefined;
}

/** Writes the event of a change as the product sends it; `undefined` where it sends none. */
export function childEventOf(change: ChildChange, showing: ChildShowing, stamps: Stamps): Webhook | undefined {
  const type = childEventType(change);
  const child = change.after ?? change.before;
  if (type === undefined || child === undefined) return undefined;
  const about = { type, locationId: showing.locationId, contactId: child.contactId };
  return sealed(about, fieldsOf(change, showing), showing.quirks.envelope, stamps);
}

function fieldsOf(change: ChildChange, showing: ChildShowing): object {
  switch (change.kind) {
    case "note":
      return fieldsWith(change, noteEventFields);
    case "task":
      return fieldsWith(change, taskEventFields);
    case "appointment":
      return fieldsWith(change, (appointment) => appointmentEventFields(appointment, showing));
    default:
      return change satisfies never;
  }
}

function fieldsWith<Kept>({ before, after }: ShelfChange<Kept>, write: (child: Kept) => object): object {
  const child = after ?? before;
  return child === undefined ? {} : write(child);
}
