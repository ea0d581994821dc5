import { expect } from "vitest";
import { type Bag, idIn, type OperationWorld } from "../operationWorld.ts";
import { absentFrom, fills, goneFor, type OperationCase, only, part, seenBy, shows } from "./cases.ts";

const MARCH = { startTime: String(Date.UTC(2026, 2, 1)), endTime: String(Date.UTC(2026, 3, 1)) };
/** Appointments hold a booked slot each; a calendar's own hours need not fit the examples. */
const ANY_TIME = { ignoreFreeSlotValidation: true };
const theEvent = (input: Bag) => only(input, "eventId");
const theNotes = (input: Bag) => only(input, "appointmentId");
const notesHold = (body: unknown) => ({ notes: [expect.objectContaining({ body })] });
const inMarch = async ({ make }: OperationWorld) => ({ calendarId: await make("calendarId"), ...MARCH });
const aBlock = async ({ make }: OperationWorld) => ({ eventId: await make("blockId") });
const aNote = async ({ make }: OperationWorld) => ({ noteId: await make("appointmentNoteId") });
const someGroup = (world: OperationWorld) => world.make("groupId");

/** Appointments, free and blocked times, calendars. */
export const CALENDAR: Readonly<Record<string, OperationCase>> = {
  "appointment.listOfContact": shows("eventId"),
  "appointment.list": shows("eventId", { input: inMarch }),
  "appointment.create": {
    ...seenBy(
      "appointment.read",
      (_input, output) => ({ eventId: idIn(output, "appointment") }),
      ({ title, contactId, calendarId }) => ({ appointment: { title, contactId, calendarId } }),
    ),
    input: () => ANY_TIME,
  },
  "appointment.read": shows("eventId"),
  "appointment.update": {
    input: () => ANY_TIME,
    after: async ({ run }, input) => {
      const { startTime } = part(await run("appointment.read", theEvent(input)), "appointment");
      expect(Date.parse(String(startTime))).toBe(Date.parse(String(input.startTime)));
    },
  },
  "appointment.cancel": seenBy("appointment.read", theEvent, () => ({
    appointment: { appointmentStatus: "cancelled" },
  })),
  "appointment.delete": goneFor("appointment.read"),
  "slot.list": {
    input: async ({ make }) => ({
      calendarId: await make("calendarId"),
      startDate: String(Date.UTC(2026, 2, 9)),
      endDate: String(Date.UTC(2026, 2, 14)),
    }),
    ...fills("days"),
  },
  "blockedTime.list": shows("blockId", { input: inMarch }),
  "blockedTime.create": seenBy(
    "blockedTime.list",
    ({ calendarId }) => ({ calendarId, ...MARCH }),
    ({ title }) => ({ blockedTimes: [{ title }] }),
  ),
  "blockedTime.update": {
    ...seenBy(
      "blockedTime.list",
      ({ calendarId }) => ({ calendarId, ...MARCH }),
      ({ title }) => ({ blockedTimes: [{ title }] }),
    ),
    input: aBlock,
  },
  "appointmentNote.list": shows("appointmentNoteId"),
  "appointmentNote.create": seenBy("appointmentNote.list", theNotes, ({ body }) => notesHold(body)),
  "appointmentNote.update": {
    ...seenBy("appointmentNote.list", theNotes, ({ body }) => notesHold(body)),
    input: aNote,
  },
  "appointmentNote.delete": { ...seenBy("appointmentNote.list", theNotes, () => ({ notes: [] })), input: aNote },
  "calendar.list": shows("calendarId"),
  "calendar.create": seenBy(
    "calendar.read",
    (_input, output) => ({ calendarId: idIn(output, "calendar") }),
    ({ name, slotDuration }) => ({ calendar: { name, slotDuration } }),
  ),
  "calendar.read": shows("calendarId"),
  "calendar.update": seenBy(
    "calendar.read",
    (input) => only(input, "calendarId"),
    ({ name }) => ({ calendar: { name } }),
  ),
  "calendar.delete": absentFrom("calendar.list", "calendarId"),
  "calendarGroup.list": shows("groupId"),
  "calendarGroup.create": seenBy(
    "calendarGroup.list",
    () => ({}),
    ({ name, slug }) => ({ groups: expect.arrayContaining([expect.objectContaining({ name, slug })]) }),
  ),
  "calendarGroup.update": {
    ...seenBy(
      "calendarGroup.list",
      () => ({}),
      ({ groupId, name }) => ({ groups: expect.arrayContaining([expect.objectContaining({ id: groupId, name })]) }),
    ),
    before: someGroup,
  },
  "calendarGroup.delete": absentFrom("calendarGroup.list", "groupId"),
  "calendarGroup.setActive": seenBy(
    "calendarGroup.list",
    () => ({}),
    ({ groupId }) => ({ groups: expect.arrayContaining([expect.objectContaining({ id: groupId, isActive: false })]) }),
  ),
  "calendarGroup.checkSlug": {
    before: someGroup,
    input: () => ({ slug: "visits" }),
    after: async ({ run }, _input, output) => {
      expect(output).toEqual({ available: false });
      expect(await run("calendarGroup.checkSlug", { slug: "not-yet-taken" })).toEqual({ available: true });
    },
  },
};
