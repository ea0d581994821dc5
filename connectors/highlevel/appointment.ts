import { APPOINTMENT_STATES } from "../../model/children.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields, isEmpty } from "../../model/value.ts";
import type { Appointment } from "./childWire.ts";
import type { Settings } from "./settings.ts";
import { instantOf, saysItsZone } from "./times.ts";
import { textOf, versionOf } from "./values.ts";

/** An appointment between HighLevel's JSON and model form. Pure. */

/** The fields of an appointment. Calendar and assigned user are HighLevel's own and stay as they are. */
export const APPOINTMENT_CATALOGUE: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "notes", label: "Description", type: "longText", isWritable: true, standard: "notes" },
  { key: "startsAt", label: "Start", type: "dateTime", isWritable: true, standard: "startsAt" },
  { key: "endsAt", label: "End", type: "dateTime", isWritable: true, standard: "endsAt" },
  { key: "location", label: "Place", type: "text", isWritable: true, standard: "location" },
  {
    key: "state",
    label: "Status",
    type: "option",
    isWritable: true,
    standard: "state",
    options: [...APPOINTMENT_STATES],
  },
];

/** Whether the times of an appointment mean nothing without the location's time zone. */
export function needsZone({ startTime, endTime }: Appointment): boolean {
  return !saysItsZone(startTime) || !saysItsZone(endTime);
}

/**
 * A row of a contact's list in model form: a description that it does not show is not said to be empty.
 * @param timeZone as in `appointmentSnapshot`
 */
export function appointmentRowSnapshot(row: Appointment, parentId: string, timeZone?: string): Snapshot {
  const snapshot = appointmentSnapshot(row, parentId, timeZone);
  if (row.description !== undefined || row.notes !== undefined) return snapshot;
  const { notes, ...fields } = snapshot.fields;
  return { ...snapshot, fields };
}

/**
 * An appointment in model form. A time whose instant is not certain is left out, which says nothing of it.
 * @param timeZone the location's, IANA name; needed only where `needsZone`
 */
export function appointmentSnapshot(appointment: Appointment, parentId: string, timeZone?: string): Snapshot {
  const startsAt = instantOf(appointment.startTime, timeZone);
  const endsAt = instantOf(appointment.endTime, timeZone);
  const version = versionOf(appointment.dateUpdated);
  return {
    externalId: appointment.id,
    parentId,
    fields: {
      title: textOf(appointment.title),
      notes: textOf(appointment.description ?? appointment.notes),
      ...(startsAt !== undefined && { startsAt }),
      ...(endsAt !== undefined && { endsAt }),
      location: textOf(appointment.address),
      state: textOf(appointment.appointmentStatus),
    },
    ...(version !== undefined && { version }),
  };
}

const WIRE_KEY: ReadonlyMap<string, string> = new Map([
  ["title", "title"],
  ["notes", "description"],
  ["startsAt", "startTime"],
  ["endsAt", "endTime"],
  ["location", "address"],
  ["state", "appointmentStatus"],
]);

/** The body of a create in a calendar. */
export function appointmentCreateBody(
  fields: Fields,
  contactId: string,
  calendarId: string,
  settings: Settings,
): Record<string, unknown> {
  const filled = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return {
    ...bodyOf(Object.fromEntries(filled)),
    ...waivers(settings),
    calendarId,
    locationId: settings.locationId,
    contactId,
  };
}

/**
 * The body of an update. Start and end go together, since HighLevel does not say whether the end moves with a start.
 * A state cannot be emptied, so it stays; the answer shows it.
 */
export function appointmentUpdateBody(changes: Changes, known: Fields, settings: Settings): Record<string, unknown> {
  const next = applyChanges(known, changes);
  const moves = "startsAt" in changes || "endsAt" in changes;
  const keys = new Set([...Object.keys(changes), ...(moves ? ["startsAt", "endsAt"] : [])]);
  if (next.state === "") keys.delete("state");
  const named = Object.entries(next).filter(([key]) => keys.has(key));
  return { ...bodyOf(Object.fromEntries(named)), ...waivers(settings) };
}

function bodyOf(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [WIRE_KEY.get(key) ?? key, textOf(value)]));
}

/** An appointment that exists elsewhere is a fact: it is neither checked against free slots nor announced again. */
function waivers({ canNotifyOfAppointments }: Settings) {
  return { ignoreFreeSlotValidation: true, ignoreDateRange: true, toNotify: canNotifyOfAppointments };
}
