import { expect } from "vitest";
import { type Bag, idIn, type OperationWorld } from "../operationWorld.ts";
import { goneFor, type OperationCase, only, part, seenBy, shows } from "./cases.ts";

const MARCH = { startTime: String(Date.UTC(2026, 2, 1)), endTime: String(Date.UTC(2026, 3, 1)) };
/** Appointments hold a booked slot each; a calendar's own hours need not fit the examples. */
const ANY_TIME = { ignoreFreeSlotValidation: true };
const theEvent = (input: Bag) => only(input, "eventId");
const _theNotes = (input: Bag) => only(input, "appointmentId");
const _notesHold = (body: unknown) => ({ notes: [expect.objectContaining({ body })] });
const inMarch = async ({ make }: OperationWorld) => ({ calendarId: await make("calendarId"), ...MARCH });
const _aBlock = async ({ make }: OperationWorld) => ({ eventId: await make("blockId") });
const _aNote = async ({ make }: OperationWorld) => ({ noteId: await make("appointmentNoteId") });
const _someGroup = (world: OperationWorld) => world.make("groupId");

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
  "calendar.list": shows("calendarId"),
  "calendar.read": shows("calendarId"),
};
