import { CALENDARS, shownCalendar } from "./calendars.ts";
import { type Check, checked, requiredText, text } from "./check.ts";
import type { StoredAppointment } from "./child.ts";
import { appointmentRow, shownAppointment } from "./childPresent.ts";
import { type ChildRouteParts, seenBy } from "./childRoutes.ts";
import { calendarOf } from "./childRules.ts";
import type { Answer, Route, Visit } from "./routing.ts";

/** Registers operation 32 of the contract sheet and the calendars of its section 2.6. */
export function appointmentRoutes(route: Route, parts: ChildRouteParts): void {
  const { children, showing, refusals } = parts;
  const { appointments } = children;

  route("GET", "/contacts/:contactId/appointments", "contacts.readonly", (visit) => ({
    body: {
      events: appointments
        .list(visit.params.contactId ?? "")
        .map((appointment) => appointmentRow(seenBy(visit, appointment, appointments), showing())),
    },
  }));
  calendarRoutes(route, parts);
  route("GET", "/calendars/events", "calendars/events.readonly", (visit) => ({
    body: { events: eventsBetween(visit, parts).map((appointment) => shownAppointment(appointment, showing())) },
  }));
  route("POST", "/calendars/events/appointments", "calendars/events.write", ({ body }) => {
    const contactId = typeof body === "object" && body !== null && "contactId" in body ? String(body.contactId) : "";
    return { status: 201, body: shownAppointment(appointments.create(contactId, body), showing()) };
  });
  route("GET", "/calendars/events/appointments/:id", "calendars/events.readonly", (visit) => readOne(visit, parts));
  route("PUT", "/calendars/events/appointments/:id", "calendars/events.write", ({ params, body }) => ({
    body: shownAppointment(appointments.update(params.id ?? "", body), showing()),
  }));
  route("DELETE", "/calendars/events/:id", "calendars/events.write", ({ params, body }) => {
    checked(body, {}, [], refusals);
    appointments.remove(params.id ?? "");
    return { status: 201, body: { succeeded: true } };
  });
}

function calendarRoutes(route: Route, { showing, refusals }: ChildRouteParts): void {
  const query = { locationId: requiredText, groupId: text, showDrafted: text };
  route("GET", "/calendars/", "calendars.readonly", (visit) => {
    checked(visit.query, query, ["locationId"], refusals);
    return { body: { calendars: CALENDARS.map((calendar) => shownCalendar(calendar, showing().locationId)) } };
  });
  route("GET", "/calendars/:calendarId", "calendars.readonly", ({ params }) => ({
    body: { calendar: shownCalendar(calendarOf(params.calendarId ?? "", refusals), showing().locationId) },
  }));
}

/** The envelope is `event` or `appointment`, and a deleted one may still be shown, marked as such, by quirk. */
function readOne(visit: Visit, { children, showing }: ChildRouteParts): Answer {
  const { appointments } = children;
  const { quirks } = showing();
  const id = visit.params.id ?? "";
  const deleted = quirks.deletedAppointments === "shown" ? appointments.shelf.deleted(id) : undefined;
  const shown =
    deleted === undefined
      ? shownAppointment(seenBy(visit, appointments.demand(id), appointments), showing())
      : { ...shownAppointment(deleted, showing()), deleted: true };
  return { body: { [quirks.appointmentEnvelope]: shown } };
}

const milliseconds: Check = (name, value) =>
  /^\d+$/.test(String(value)) ? [] : [`${name} must be a number conforming to the specified constraints`];

const EVENTS_QUERY = {
  locationId: requiredText,
  startTime: milliseconds,
  endTime: milliseconds,
  userId: text,
  calendarId: text,
  groupId: text,
};

function eventsBetween(visit: Visit, { children, refusals }: ChildRouteParts): StoredAppointment[] {
  const { query } = visit;
  checked(query, EVENTS_QUERY, ["locationId", "startTime", "endTime"], refusals);
  if (!query.userId && !query.calendarId && !query.groupId) {
    throw refusals.bad("Either of userId, calendarId or groupId is required");
  }
  const isWanted = (appointment: StoredAppointment) =>
    (!query.calendarId || appointment.calendarId === query.calendarId) &&
    (!query.userId || appointment.assignedUserId === query.userId) &&
    !query.groupId &&
    appointment.startAt >= Number(query.startTime) &&
    appointment.startAt <= Number(query.endTime);
  return [...children.appointments.shelf.all()]
    .filter(isWanted)
    .map((appointment) => seenBy(visit, appointment, children.appointments))
    .sort((left, right) => left.startAt - right.startAt);
}
