import {
  type ListPage,
  type ListQuery,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import type { Changes, Fields } from "../../model/value.ts";
import {
  APPOINTMENT_CATALOGUE,
  appointmentCreateBody,
  appointmentRowSnapshot,
  appointmentSnapshot,
  appointmentUpdateBody,
  needsZone,
} from "./appointment.ts";
import { about, goneAs, parentOf } from "./calls.ts";
import * as wire from "./childWire.ts";
import { timeZoneOf } from "./location.ts";
import type { Settings } from "./settings.ts";
import { textOf } from "./values.ts";

type HighLevel = Session<Settings>;

/** The appointments of a location's contacts: listed by contact, otherwise reached by themselves. */
export const appointments: ResourceAdapter<Settings> = {
  parent: "contact",
  describe: async () => APPOINTMENT_CATALOGUE,
  // Rows show a clock of the location, which is not certain in the hour that is repeated, so they are hints.
  listing: { isComplete: false, lagMs: 0, overlapMs: 0, isByParent: true },
  list,
  read: async (session, externalId, parentId) => {
    const doing = `read appointment ${externalId}`;
    const request = { method: "GET", path: path`/calendars/events/appointments/${externalId}`, doing } as const;
    const answer = await goneAs("gone" as const, () => session.http.request({ ...request, headers: version(session) }));
    if (answer === "gone") return "gone";
    const appointment = readAnswer(wire.AppointmentAnswer, answer, about(doing));
    return appointment.deleted === true ? "gone" : snapshotIn(session, appointment, parentId);
  },
  create: async (session, fields, parentId) => {
    const doing = "create an appointment";
    const json = appointmentCreateBody(
      fields,
      parentOf(parentId, doing),
      calendarOf(session.settings),
      session.settings,
    );
    const request = { method: "POST", path: "/calendars/events/appointments", json, doing } as const;
    const answer = await session.http.request({ ...request, headers: version(session) });
    const appointment = readAnswer(wire.AppointmentAnswer, answer, { ...about(doing), isWrite: true });
    // Nothing more is asked of HighLevel now, since a failure would hide that the appointment was made.
    const snapshot = needsZone(appointment) ? undefined : appointmentSnapshot(appointment, parentOf(parentId, doing));
    return { kind: "created", externalId: appointment.id, ...(snapshot !== undefined && { snapshot }) };
  },
  update,
  delete: async (session, externalId) => {
    const doing = `delete appointment ${externalId}`;
    const request = { method: "DELETE", path: path`/calendars/events/${externalId}`, json: {}, doing } as const;
    await goneAs(undefined, () => session.http.request({ ...request, headers: version(session) }));
  },
  find: async () => [],
};

async function update(
  session: HighLevel,
  externalId: string,
  changes: Changes,
  known: Fields,
  parentId?: string,
): Promise<Snapshot> {
  const doing = `update appointment ${externalId}`;
  const json = appointmentUpdateBody(changes, known, session.settings);
  const request = { method: "PUT", path: path`/calendars/events/appointments/${externalId}`, json, doing } as const;
  const answer = await session.http.request({ ...request, headers: version(session) });
  const appointment = readAnswer(wire.AppointmentAnswer, answer, { ...about(doing), isWrite: true });
  return snapshotIn(session, appointment, parentId);
}

async function list(session: HighLevel, query: ListQuery): Promise<ListPage> {
  const doing = "list the appointments of a contact";
  const contactId = parentOf(query.parentId, doing);
  const url = path`/contacts/${contactId}/appointments`;
  const answer = await session.http.request({ method: "GET", path: url, doing });
  const events = readAnswer(wire.AppointmentsAnswer, answer, about(doing)).events.filter(({ deleted }) => !deleted);
  const timeZone = events.some(needsZone) ? await timeZoneOf(session) : undefined;
  return { records: events.map((event) => appointmentRowSnapshot(event, contactId, timeZone)), total: events.length };
}

async function snapshotIn(session: HighLevel, appointment: wire.Appointment, parentId = ""): Promise<Snapshot> {
  const timeZone = needsZone(appointment) ? await timeZoneOf(session) : undefined;
  return appointmentSnapshot(appointment, textOf(appointment.contactId) || parentId, timeZone);
}

/** Calendars have a dated version of their own. Source: the published API description (calendars). */
function version({ settings }: HighLevel): Record<string, string> {
  return { version: settings.apiVersion === "v3" ? "v3" : "2021-04-15" };
}

function calendarOf({ calendarId }: Settings): string {
  if (calendarId !== undefined) return calendarId;
  throw new Failure(
    "misconfigured",
    "Could not create an appointment at HighLevel: it must go into a calendar, and the connection names none. Set calendarId to one of the location's calendars.",
  );
}
