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
  const standing = [...appointments].filter((other) => other.id !== exceptId && isStanding(other));
  const taken = standing.filter(
    (other) =>
      other.calendarId === calendar.id && (!userId || other.assignedUserId === null || other.assignedUserId === userId),
  );
  const team = userId ? [userId] : calendar.teamMembers.map((member) => member.userId);
  /** Whoever is the only one to take the appointments can be nowhere else. */
  const isOnlyOne = (id: string | null) => team.length > 0 && team.every((member) => member === id);
  const elsewhere = standing.filter((other) => other.calendarId !== calendar.id && isOnlyOne(other.assignedUserId));
  const blocked: Stretch[] = blocks
    .all()
    .filter((block) =>
      block.calendarId === null ? isOnlyOne(block.assignedUserId) : block.calendarId === calendar.id,
    );
  return { calendar, timeZone, now, taken, blocked: [...blocked, ...elsewhere] };
}

/** Whether an appointment takes up time. */
export function isStanding({ appointmentStatus }: StoredAppointment): boolean {
  return appointmentStatus !== "cancelled" && appointmentStatus !== "invalid";
}
