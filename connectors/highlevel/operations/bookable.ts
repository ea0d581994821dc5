import { z } from "zod";
import { EVENT_EXAMPLE, epoch, OF_CALENDAR, OF_WHOM, WEEK } from "./appointments.ts";
import { actionsOf } from "./dialect.ts";
import { Flag, id, moment, optional, required, Succeeded, Text, Time } from "./shapes.ts";

const action = actionsOf({
  subject: "Free and blocked times, notes of appointments",
  module: "calendars",
  scopes: { reads: "calendars/events.readonly", writes: "calendars/events.write" },
});

const EXAMPLE = EVENT_EXAMPLE;
const ONE = { eventId: id("Id of the blocked time.") };

const Slots = z.array(z.object({ day: z.string(), slots: z.array(z.string()) }));

/** HighLevel keys the days by their date, beside a trace id. */
function daysOf(body: unknown): unknown {
  const days = Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(body));
  const found = days.flatMap(([day, at]) => {
    const parsed = z.object({ slots: z.array(z.string()) }).safeParse(at);
    return parsed.success && /^\d{4}-\d{2}-\d{2}$/.test(day) ? [{ day, slots: parsed.data.slots }] : [];
  });
  return { days: found };
}

/** When a calendar can be booked. */
export const slots = [
  action({
    id: "slot.list",
    title: "List free slots",
    description: "Lists when a calendar can be booked, day by day, for at most 31 days.",
    effect: "reads",
    scopes: ["calendars.readonly"],
    method: "GET",
    path: "/calendars/{calendarId}/free-slots",
    input: {
      calendarId: id("Id of the calendar."),
      startDate: epoch("From"),
      endDate: epoch("Until"),
      timezone: optional("Time zone of the answer, as Europe/Lisbon."),
      userId: id("Only those of this user.").optional(),
    },
    output: { days: Slots },
    reshape: daysOf,
    example: {
      input: { calendarId: EXAMPLE.calendarId, startDate: WEEK.startTime, endDate: WEEK.endTime },
      output: { days: [{ day: "2026-03-10", slots: ["2026-03-10T09:00:00-04:00", "2026-03-10T09:30:00-04:00"] }] },
    },
  }),
];

const Block = z.object({
  id: z.string(),
  title: Text,
  calendarId: Text,
  assignedUserId: Text,
  locationId: Text,
  startTime: Time,
  endTime: Time,
});
const BLOCK_INPUT = {
  calendarId: id("Id of the calendar.").optional(),
  assignedUserId: id("Id of the user.").optional(),
  title: optional("Title."),
};
const BLOCK = {
  id: "7Wq3nF5bT1kLz8vR2yXa",
  title: "Lunch",
  calendarId: EXAMPLE.calendarId,
  startTime: "2026-03-10T12:00:00-04:00",
  endTime: "2026-03-10T13:00:00-04:00",
};

/** Times at which nothing can be booked. */
export const blockedTimes = [
  action({
    id: "blockedTime.list",
    title: "List blocked times",
    description: "Lists when nothing can be booked, of one calendar, user or group.",
    effect: "reads",
    method: "GET",
    path: "/calendars/blocked-slots",
    input: OF_WHOM,
    fill: { locationId: "query" },
    output: { blockedTimes: z.array(Block) },
    aliases: { blockedTimes: ["events"] },
    example: { input: OF_CALENDAR, output: { blockedTimes: [BLOCK] } },
  }),
  action({
    id: "blockedTime.create",
    title: "Block a time",
    description: "Keeps a time from being booked.",
    effect: "creates",
    method: "POST",
    path: "/calendars/events/block-slots",
    input: { ...BLOCK_INPUT, startTime: moment("Start"), endTime: moment("End") },
    fill: { locationId: "body" },
    output: { blockedTime: Block },
    bare: "blockedTime",
    example: {
      input: { calendarId: BLOCK.calendarId, title: BLOCK.title, startTime: BLOCK.startTime, endTime: BLOCK.endTime },
      output: { blockedTime: BLOCK },
    },
  }),
  action({
    id: "blockedTime.update",
    title: "Change a blocked time",
    description: "Moves or renames a time that is kept from being booked.",
    effect: "changes",
    method: "PUT",
    path: "/calendars/events/block-slots/{eventId}",
    input: { ...ONE, ...BLOCK_INPUT, startTime: moment("Start").optional(), endTime: moment("End").optional() },
    fill: { locationId: "body" },
    output: { blockedTime: Block },
    bare: "blockedTime",
    example: {
      input: { eventId: BLOCK.id, calendarId: BLOCK.calendarId, title: "Break" },
      output: { blockedTime: { ...BLOCK, title: "Break" } },
    },
  }),
];

const Note = z.object({ id: z.string(), body: Text, userId: Text, contactId: Text, dateAdded: Time });
const NOTES = { appointmentId: id("Id of the appointment.") };
const ONE_NOTE = { ...NOTES, noteId: id("Id of the note.") };
const NOTE_INPUT = { body: required("Text of the note.").max(5_000), userId: id("Id of the user.").optional() };
const NOTE = { id: "0ZbC1d2E3f4G5h6I7j8K", body: "Bring the x-ray.", dateAdded: "2026-03-06T10:00:00.000Z" };
const NOTES_EXAMPLE = { appointmentId: EXAMPLE.id };
const ONE_NOTE_EXAMPLE = { ...NOTES_EXAMPLE, noteId: NOTE.id };

/** Notes about an appointment. */
export const appointmentNotes = [
  action({
    id: "appointmentNote.list",
    title: "List the notes of an appointment",
    description: "Lists the notes about one appointment, up to 20 at a time.",
    effect: "reads",
    method: "GET",
    path: "/calendars/appointments/{appointmentId}/notes",
    input: {
      ...NOTES,
      limit: z.int().min(1).max(20).default(20).describe("How many at most, up to 20."),
      offset: z.int().min(0).default(0).describe("How many to pass over."),
    },
    output: { notes: z.array(Note), hasMore: Flag },
    example: { input: NOTES_EXAMPLE, output: { notes: [NOTE], hasMore: false } },
  }),
  action({
    id: "appointmentNote.create",
    title: "Create a note about an appointment",
    description: "Writes a new note about one appointment.",
    effect: "creates",
    method: "POST",
    path: "/calendars/appointments/{appointmentId}/notes",
    input: { ...NOTES, ...NOTE_INPUT },
    output: { note: Note },
    example: { input: { ...NOTES_EXAMPLE, body: NOTE.body }, output: { note: NOTE } },
  }),
  action({
    id: "appointmentNote.update",
    title: "Change a note about an appointment",
    description: "Changes the text of one note about an appointment.",
    effect: "changes",
    method: "PUT",
    path: "/calendars/appointments/{appointmentId}/notes/{noteId}",
    input: { ...ONE_NOTE, ...NOTE_INPUT },
    output: { note: Note },
    example: {
      input: { ...ONE_NOTE_EXAMPLE, body: "Bring nothing." },
      output: { note: { ...NOTE, body: "Bring nothing." } },
    },
  }),
  action({
    id: "appointmentNote.delete",
    title: "Delete a note about an appointment",
    description: "Deletes one note about an appointment.",
    effect: "deletes",
    method: "DELETE",
    path: "/calendars/appointments/{appointmentId}/notes/{noteId}",
    input: ONE_NOTE,
    output: Succeeded,
    example: { input: ONE_NOTE_EXAMPLE, output: { succeeded: true } },
  }),
];
