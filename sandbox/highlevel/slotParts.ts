import type { Calendar, Calendars } from "./calendars.ts";
import type { StoredAppointment } from "./child.ts";
import type { Place } from "./place.ts";
import type { SlotParts, Stretch } from "./slots.ts";

/** Whose slots are looked for, and which appointment does not stand in its own way. */
export type SlotQuestion = { readonly userId?: string | undefined; readonly exceptId?: string };

/** What the free slots of a calendar follow from, as things stand. */
export function slotPartsOf(calendar: Calendar, place: Place, question: SlotQuestion = {}): SlotParts {
  return slotPartsFrom(calendar, place.children.appointments.shelf.all(), place.calendars, question, {
    timeZone: place.location.timezone,
    now: place.now(),
  });
}

/** The same from its single parts. */
export function slotPartsFrom(
  calendar: Calendar,
  appointments: Iterable<StoredAppointment>,
  { blocks }: Calendars,
  { userId, exceptId }: SlotQuestion,
  { timeZone, now }: Pick<SlotParts, "timeZone" | "now">,
): SlotParts {
  const taken = [...appointments].filter(
    (other) =>
      other.id !== exceptId &&
      other.calendarId === calendar.id &&
      isStanding(other) &&
      (!userId || other.assignedUserId === null || other.assignedUserId === userId),
  );
  const team = userId ? [userId] : calendar.teamMembers.map((member) => member.userId);
  const blocked: Stretch[] = blocks
    .all()
    .filter((block) =>
      block.calendarId === null
        ? team.length > 0 && team.every((id) => id === block.assignedUserId)
        : block.calendarId === calendar.id,
    );
  return { calendar, timeZone, now, taken, blocked };
}

/** Whether an appointment takes up time. */
export function isStanding({ appointmentStatus }: StoredAppointment): boolean {
  return appointmentStatus !== "cancelled" && appointmentStatus !== "invalid";
}
