import type { Calendars } from "./calendars.ts";
import { checked, countText, requiredText, text } from "./check.ts";
import type { StoredAppointment } from "./child.ts";
import { appointmentRow, shownAppointment } from "./childPresent.ts";
import { type ChildRouteParts, seenBy } from "./childRoutes.ts";
import type { Answer, Route, Visit } from "./routing.ts";

/** What the operations on appointments work with. */
export type AppointmentRouteParts = Omit<ChildRouteParts, "businessOf"> & { readonly calendars: Calendars };

/** Registers operation 32 of the contract sheet and the appointments of its section 2.6. */
export function appointmentRoutes(route: Route, parts: AppointmentRouteParts): void {
  const { children, showing, refusals, calendars } = parts;
  const { appointments } = children;
  const shown = (appointment: StoredAppointment, { isV3 }: Visit) => shownFor(appointment, isV3, parts);

  route("GET", "/contacts/:contactId/appointments", "contacts.readonly", (visit) => ({
    body: {
      events: appointments
        .list(visit.params.contactId ?? "")
        .map((appointment) => appointmentRow(seenBy(visit, appointment, appointments), showing())),
    },
  }));
  route("GET", "/calendars/events", "calendars/events.readonly", (visit) => ({
    body: { events: eventsBetween(visit, parts).map((appointment) => shown(appointment, visit)) },
  }));
  route("POST", "/calendars/events/appointments", "calendars/events.write", (visit) => {
    const { body } = visit;
    const contactId = typeof body === "object" && body !== null && "contactId" in body ? String(body.contactId) : "";
    return { status: 201, body: shown(appointments.create(contactId, body), visit) };
  });
  route("GET", "/calendars/events/appointments/:id", "calendars/events.readonly", (visit) => readOne(visit, parts));
  route("PUT", "/calendars/events/appointments/:id", "calendars/events.write", (visit) => ({
    body: shown(appointments.update(visit.params.id ?? "", visit.body), visit),
  }));
  route("DELETE", "/calendars/events/:id", "calendars/events.write", ({ params, body }) => {
    checked(body, {}, [], refusals);
    // Blocked time is an event too, and leaves by the same door.
    if (calendars.blocks.remove(params.id ?? "") === undefined) appointments.remove(params.id ?? "");
    return { status: 201, body: { succeeded: true } };
  });
}

/** An appointment; v3 says of each that it is not deleted. */
function shownFor(appointment: StoredAppointment, isV3: boolean, { showing }: AppointmentRouteParts) {
  return { ...shownAppointment(appointment, showing()), ...(isV3 ? { deleted: false } : {}) };
}

/** The envelope is `event` or `appointment`, and a deleted one may still be shown, marked as such, by quirk. */
function readOne(visit: Visit, parts: AppointmentRouteParts): Answer {
  const { children, showing } = parts;
  const { appointments } = children;
  const { quirks } = showing();
  const id = visit.params.id ?? "";
  const deleted = quirks.deletedAppointments === "shown" ? appointments.shelf.deleted(id) : undefined;
  const shown =
    deleted === undefined
      ? shownFor(seenBy(visit, appointments.demand(id), appointments), visit.isV3, parts)
      : { ...shownAppointment(deleted, showing()), deleted: true };
  return { body: { [quirks.appointmentEnvelope]: shown } };
}

const EVENTS_QUERY = {
  locationId: requiredText,
  startTime: countText,
  endTime: countText,
  userId: text,
  calendarId: text,
  groupId: text,
};

function eventsBetween(visit: Visit, { children, calendars, refusals }: AppointmentRouteParts): StoredAppointment[] {
  const { query } = visit;
  checked(query, EVENTS_QUERY, ["locationId", "startTime", "endTime"], refusals);
  if (!query.userId && !query.calendarId && !query.groupId) {
    throw refusals.bad("Either of userId, calendarId or groupId is required");
  }
  const isWanted = (appointment: StoredAppointment) =>
    (!query.calendarId || appointment.calendarId === query.calendarId) &&
    (!query.userId || appointment.assignedUserId === query.userId) &&
    (!query.groupId || calendars.calendars.get(appointment.calendarId)?.groupId === query.groupId) &&
    appointment.startAt >= Number(query.startTime) &&
    appointment.startAt <= Number(query.endTime);
  return [...children.appointments.shelf.all()]
    .filter(isWanted)
    .map((appointment) => seenBy(visit, appointment, children.appointments))
    .sort((left, right) => left.startAt - right.startAt);
}
