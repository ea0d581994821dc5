import type { AppointmentNote } from "./calendars.ts";
import { type Check, type Checks, countText, requiredText, text } from "./check.ts";
import type { StoredAppointment } from "./child.ts";
import { pageOf } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, queryOf, type Row } from "./rows.ts";
import { nameOfUser } from "./users.ts";

const NOTES = "/calendars/appointments/:appointmentId/notes";

/** The notes on appointments of section 2.6 of the contract sheet. */
export const APPOINTMENT_NOTE_OPERATIONS: readonly Row[] = [
  ["GET", NOTES, "calendars/events.readonly", listNotes],
  ["POST", NOTES, "calendars/events.write", createNote],
  ["PUT", `${NOTES}/:noteId`, "calendars/events.write", updateNote],
  ["DELETE", `${NOTES}/:noteId`, "calendars/events.write", deleteNote],
];

const PAGE_MAX = 20;

/** Newest first. */
function listNotes(visit: Visit, place: Place): Answer {
  const { limit, offset } = queryOf(visit, place, { limit: countText, offset: countText }, ["limit", "offset"]);
  if (Number(limit) > PAGE_MAX) throw place.refusals.invalid([`limit must not be greater than ${PAGE_MAX}`]);
  const { id } = appointmentOf(visit, place);
  const found = place.calendars.notes
    .all()
    .filter(({ appointmentId }) => appointmentId === id)
    .reverse();
  const notes = pageOf(found, Number(offset), Number(limit));
  return {
    body: {
      notes: notes.map((note) => shown(note, place)),
      hasMore: Number(offset) + notes.length < found.length,
    },
  };
}

const BODY_MAX = 5_000;

const body: Check = (name, value) => {
  const problems = requiredText(name, value);
  return problems.length === 0 && String(value).length > BODY_MAX
    ? [`${name} must be shorter than or equal to ${BODY_MAX} characters`]
    : problems;
};

const NOTE: Checks = { body, userId: text };

function createNote(visit: Visit, place: Place): Answer {
  const { id: appointmentId } = appointmentOf(visit, place);
  const given = bodyOf(visit, place, NOTE, ["body"]);
  const head = { id: place.calendars.newId(), appointmentId, addedAt: place.now() };
  const note = place.calendars.notes.put({ ...head, ...fieldsOf(given) });
  return { status: 201, body: { note: shown(note, place) } };
}

function updateNote(visit: Visit, place: Place): Answer {
  const note = noteOf(visit, place);
  const changed = place.calendars.notes.put({ ...note, ...fieldsOf(bodyOf(visit, place, NOTE, ["body"])) });
  return { body: { note: shown(changed, place) } };
}

function deleteNote(visit: Visit, place: Place): Answer {
  place.calendars.notes.remove(noteOf(visit, place).id);
  return { body: { success: true } };
}

function fieldsOf(given: Readonly<Record<string, unknown>>) {
  return { body: String(given.body), userId: given.userId ? String(given.userId) : null };
}

function appointmentOf({ params }: Visit, { children }: Place): StoredAppointment {
  return children.appointments.demand(params.appointmentId ?? "");
}

function noteOf(visit: Visit, place: Place): AppointmentNote {
  const { noteId = "" } = visit.params;
  const note = place.calendars.notes.get(noteId);
  if (note === undefined || note.appointmentId !== appointmentOf(visit, place).id) throw missing(place, "Note", noteId);
  return note;
}

function shown({ id, body, userId, addedAt, appointmentId }: AppointmentNote, { children, users }: Place) {
  const user = users.get(userId ?? "");
  return {
    id,
    body,
    userId: userId ?? undefined,
    dateAdded: new Date(addedAt).toISOString(),
    contactId: children.appointments.shelf.get(appointmentId)?.contactId,
    createdBy: user === undefined ? undefined : { id: user.id, name: nameOfUser(user) },
  };
}
