import type { StoredAppointment, StoredNote, StoredTask } from "./child.ts";
import { withOffset, withoutOffset } from "./localTime.ts";
import type { Quirks } from "./quirks.ts";

/** What the shape of a child depends on. */
export type ChildShowing = { readonly quirks: Quirks; readonly locationId: string; readonly timeZone: string };

/** A note as the product shows it: without a time of its last change. */
export function shownNote(note: StoredNote, { quirks }: ChildShowing) {
  return {
    id: note.id,
    body: quirks.noteBodyAs === "html" ? asHtml(note.body) : note.body,
    userId: note.userId ?? undefined,
    dateAdded: iso(note.addedAt),
    contactId: note.contactId,
    title: note.title ?? undefined,
    color: note.color ?? undefined,
    pinned: note.pinned,
  };
}

/** What was sent as plain text, as an editor for rich text hands it back. */
function asHtml(body: string): string {
  if (body.startsWith("<")) return body;
  const escaped = body.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped
    .split("\n")
    .map((line) => `<p>${line}</p>`)
    .join("");
}

/** A task as the product shows it: without any time of its own. */
export function shownTask(task: StoredTask, showing: ChildShowing) {
  return {
    id: task.id,
    title: task.title,
    body: task.body ?? undefined,
    assignedTo: task.assignedTo ?? undefined,
    dueDate: shownDue(task.dueAt, showing),
    completed: task.completed,
    contactId: task.contactId,
  };
}

function shownDue(at: number, { quirks, timeZone }: ChildShowing): string {
  switch (quirks.dueDateAs) {
    case "seconds":
      return `${iso(at).slice(0, 19)}Z`;
    case "offset":
      return withOffset(at, timeZone);
    default:
      return iso(at);
  }
}

/** A row of the location's task search. */
export function taskRow(task: StoredTask, showing: ChildShowing) {
  const { id, ...shown } = shownTask(task, showing);
  if (showing.quirks.taskRowId === "id") return { id, ...shown };
  return { _id: id, ...shown, locationId: showing.locationId, deleted: false };
}

/** An appointment as create, update, read and the calendar's list show it. */
export function shownAppointment(appointment: StoredAppointment, showing: ChildShowing) {
  const { quirks, timeZone } = showing;
  const clock = (at: number) => (quirks.appointmentTimeAs === "utc" ? iso(at) : withOffset(at, timeZone));
  return {
    ...appointmentHead(appointment, showing),
    ...(quirks.appointmentNotesAs === "notes" ? {} : { description: appointment.description ?? undefined }),
    startTime: clock(appointment.startAt),
    endTime: clock(appointment.endAt),
    isRecurring: appointment.rrule !== null,
    ...(appointment.rrule !== null && { rrule: appointment.rrule }),
    ...(appointment.meetingLocationType !== null && { meetingLocationType: appointment.meetingLocationType }),
    createdBy: { userId: null, source: appointment.source },
  };
}

/** A row of a contact's appointments: its times are a clock's of the location, without saying so. */
export function appointmentRow(appointment: StoredAppointment, showing: ChildShowing) {
  return {
    ...appointmentHead(appointment, showing),
    status: "booked",
    startTime: withoutOffset(appointment.startAt, showing.timeZone),
    endTime: withoutOffset(appointment.endAt, showing.timeZone),
  };
}

function appointmentHead(appointment: StoredAppointment, { quirks, locationId }: ChildShowing) {
  return {
    id: appointment.id,
    address: appointment.address ?? undefined,
    title: appointment.title,
    calendarId: appointment.calendarId,
    locationId,
    contactId: appointment.contactId,
    groupId: null,
    appointmentStatus: appointment.appointmentStatus,
    assignedUserId: appointment.assignedUserId ?? undefined,
    users: [],
    ...(quirks.appointmentNotesAs === "description" ? {} : { notes: appointment.description ?? undefined }),
    dateAdded: iso(appointment.addedAt),
    dateUpdated: iso(appointment.updatedAt),
    assignedResources: [],
  };
}

/** A note in a webhook: no title, no user. */
export function noteEventFields(note: StoredNote) {
  return { id: note.id, body: note.body, contactId: note.contactId, dateAdded: iso(note.addedAt) };
}

/** A task in a webhook: not whether it is done. */
export function taskEventFields(task: StoredTask) {
  return {
    id: task.id,
    assignedTo: task.assignedTo,
    body: task.body,
    contactId: task.contactId,
    title: task.title,
    dateAdded: iso(task.addedAt),
    dueDate: iso(task.dueAt),
  };
}

/** An appointment in a webhook: one level deeper than everything else. */
export function appointmentEventFields(appointment: StoredAppointment, showing: ChildShowing) {
  const { locationId, assignedResources, ...head } = appointmentHead(appointment, showing);
  const startTime = iso(appointment.startAt);
  return { appointment: { ...head, source: appointment.source, startTime, endTime: iso(appointment.endAt) } };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
