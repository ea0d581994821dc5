import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { ContactId, Flag, id, moment, optional, Succeeded, Text, Texts, Time } from "./shapes.ts";

const action = actionsOf({
  subject: "Appointments",
  module: "calendars",
  scopes: { reads: "calendars/events.readonly", writes: "calendars/events.write" },
});

const Event = z.object({
  id: z.string(),
  title: Text,
  calendarId: Text,
  contactId: Text,
  groupId: Text,
  locationId: Text,
  appointmentStatus: Text,
  assignedUserId: Text,
  users: Texts,
  notes: Text,
  description: Text,
  address: Text,
  startTime: Time,
  endTime: Time,
  isRecurring: Flag,
  rrule: Text,
  dateAdded: Time,
  dateUpdated: Time,
  assignedResources: z.array(z.unknown()).optional(),
});
const ONE = { eventId: id("Id of the appointment.") };
const EPOCH = /^\d{12,14}$/;
/** The lists of a calendar take epoch milliseconds only. */
export const epoch = (what: string) =>
  z.string().regex(EPOCH, "must be epoch milliseconds").describe(`${what}, epoch milliseconds.`);
export const OF_WHOM = {
  calendarId: id("Of this calendar; name one of calendar, user and group.").optional(),
  userId: id("Of this user.").optional(),
  groupId: id("Of this group of calendars.").optional(),
  startTime: epoch("From"),
  endTime: epoch("Until"),
};
const STATUSES = z.enum(["new", "confirmed", "cancelled", "showed", "noshow", "invalid"]);
const MORE = {
  endTime: moment("End").optional(),
  title: optional("Title."),
  appointmentStatus: STATUSES.optional().describe("State."),
  assignedUserId: id("Id of the user who takes it.").optional(),
  description: optional("What it is about."),
  address: optional("Where it is."),
  meetingLocationType: z
    .enum(["custom", "zoom", "gmeet", "phone", "address", "ms_teams", "google"])
    .optional()
    .describe("Kind of place."),
  ignoreDateRange: z.boolean().optional().describe("Whether it may lie outside of what can be booked."),
  ignoreFreeSlotValidation: z.boolean().optional().describe("Whether it is made though its slot is taken."),
  toNotify: z.boolean().optional().describe("Whether HighLevel tells people of it."),
};
export const EVENT_EXAMPLE = {
  id: "0TkCdp9PfvLeWKYRRvIz",
  title: "Check-up",
  calendarId: "ocQHyuzHvysMo5N5VsXd",
  contactId: "ocQHyuzHvysMo5N5VsXc",
  appointmentStatus: "confirmed",
  startTime: "2026-03-10T10:00:00-05:00",
  endTime: "2026-03-10T10:30:00-05:00",
};
const ONE_EXAMPLE = { eventId: EVENT_EXAMPLE.id };
export const WEEK = { startTime: "1773014400000", endTime: "1773619200000" };
export const OF_CALENDAR = { calendarId: EVENT_EXAMPLE.calendarId, ...WEEK };

/** Appointments. */
export const appointments = [
  action({
    id: "appointment.listOfContact",
    title: "List the appointments of a contact",
    description: "Lists the appointments of one contact; times without an offset are the location's clock.",
    effect: "reads",
    module: "contacts",
    scopes: ["contacts.readonly"],
    method: "GET",
    path: "/contacts/{contactId}/appointments",
    input: { contactId: ContactId },
    output: { appointments: z.array(Event) },
    aliases: { appointments: ["events"] },
    example: {
      input: { contactId: EVENT_EXAMPLE.contactId },
      output: {
        appointments: [{ ...EVENT_EXAMPLE, startTime: "2026-03-10 10:00:00", endTime: "2026-03-10 10:30:00" }],
      },
    },
  }),
  action({
    id: "appointment.list",
    title: "List the appointments of a calendar",
    description: "Lists the appointments of one calendar, user or group within a time.",
    effect: "reads",
    method: "GET",
    path: "/calendars/events",
    input: OF_WHOM,
    fill: { locationId: "query" },
    output: { appointments: z.array(Event) },
    aliases: { appointments: ["events"] },
    example: { input: OF_CALENDAR, output: { appointments: [EVENT_EXAMPLE] } },
  }),
  action({
    id: "appointment.create",
    title: "Create an appointment",
    description: "Books an appointment of a contact in a calendar.",
    effect: "creates",
    method: "POST",
    path: "/calendars/events/appointments",
    input: { calendarId: id("Id of the calendar."), contactId: ContactId, startTime: moment("Start"), ...MORE },
    fill: { locationId: "body" },
    output: { appointment: Event },
    bare: "appointment",
    example: {
      input: {
        calendarId: EVENT_EXAMPLE.calendarId,
        contactId: EVENT_EXAMPLE.contactId,
        startTime: EVENT_EXAMPLE.startTime,
        endTime: EVENT_EXAMPLE.endTime,
        title: EVENT_EXAMPLE.title,
        toNotify: false,
      },
      output: { appointment: EVENT_EXAMPLE },
    },
  }),
  action({
    id: "appointment.read",
    title: "Read an appointment",
    description: "Shows one appointment.",
    effect: "reads",
    method: "GET",
    path: "/calendars/events/appointments/{eventId}",
    input: ONE,
    output: { appointment: Event },
    bare: "appointment",
    example: { input: ONE_EXAMPLE, output: { appointment: EVENT_EXAMPLE } },
  }),
  action({
    id: "appointment.update",
    title: "Change or move an appointment",
    description: "Moves one appointment to another time, or changes what is given of it.",
    effect: "changes",
    method: "PUT",
    path: "/calendars/events/appointments/{eventId}",
    input: {
      ...ONE,
      calendarId: id("Id of the calendar to move it to.").optional(),
      startTime: moment("Start").optional(),
      ...MORE,
    },
    output: { appointment: Event },
    bare: "appointment",
    example: {
      input: { ...ONE_EXAMPLE, startTime: "2026-03-11T11:00:00-04:00", endTime: "2026-03-11T11:30:00-04:00" },
      output: {
        appointment: { ...EVENT_EXAMPLE, startTime: "2026-03-11T11:00:00-04:00", endTime: "2026-03-11T11:30:00-04:00" },
      },
    },
  }),
  action({
    id: "appointment.cancel",
    title: "Cancel an appointment",
    description: "Marks one appointment as cancelled; it stays in the calendar.",
    effect: "changes",
    method: "PUT",
    path: "/calendars/events/appointments/{eventId}",
    input: { ...ONE, toNotify: MORE.toNotify },
    constant: { appointmentStatus: "cancelled" },
    output: { appointment: Event },
    bare: "appointment",
    example: { input: ONE_EXAMPLE, output: { appointment: { ...EVENT_EXAMPLE, appointmentStatus: "cancelled" } } },
  }),
  action({
    id: "appointment.delete",
    title: "Delete an appointment",
    description: "Deletes one appointment or one blocked time.",
    effect: "deletes",
    method: "DELETE",
    path: "/calendars/events/{eventId}",
    input: ONE,
    hasBody: true,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
];
