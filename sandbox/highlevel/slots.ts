import { type Calendar, lengthMs, slotMs } from "./calendars.ts";
import { instantIn, withOffset } from "./localTime.ts";

/** A stretch of time in epoch milliseconds. */
export type Stretch = { readonly startAt: number; readonly endAt: number };

/** What free slots follow from. */
export type SlotParts = {
  readonly calendar: Calendar;
  /** IANA name; opening hours are a clock's there. */
  readonly timeZone: string;
  readonly now: number;
  /** Appointments in the calendar, which count towards its limits. */
  readonly taken: readonly Stretch[];
  /** Time in which nothing can be booked at all. */
  readonly blocked: readonly Stretch[];
};

const DAY_MS = 86_400_000;

/** The beginnings of free slots from one instant up to another, ascending. Pure. */
export function freeSlots(parts: SlotParts, from: number, to: number): number[] {
  const { calendar, timeZone, now } = parts;
  const earliest = now + lengthMs(calendar.allowBookingAfter, calendar.allowBookingAfterUnit);
  const latest =
    calendar.allowBookingFor === 0
      ? Number.POSITIVE_INFINITY
      : now + lengthMs(calendar.allowBookingFor, calendar.allowBookingForUnit);
  return daysBetween(from, to, timeZone)
    .filter((day) => !isFull(day, parts))
    .flatMap((day) => beginnings(day, calendar, timeZone))
    .filter((at) => at >= from && at < to && at >= earliest && at <= latest && isOpen(at, parts));
}

/** Whether an appointment can be then: it begins where a free slot does, and nothing else is booked until it ends. */
export function isFreeSlot(parts: SlotParts, startAt: number, endAt: number): boolean {
  const { calendar, taken, blocked } = parts;
  const standing = taken.filter((other) => other.startAt < endAt && startAt < other.endAt);
  return (
    standing.length < calendar.appoinmentPerSlot &&
    !blocked.some((block) => block.startAt < endAt && startAt < block.endAt) &&
    freeSlots(parts, startAt, startAt + 1).includes(startAt)
  );
}

/** Days as a clock in the time zone has them, `YYYY-MM-DD`. */
function daysBetween(from: number, to: number, timeZone: string): string[] {
  const days: string[] = [];
  const last = dayOf(to, timeZone);
  for (let at = from; days.at(-1) !== last && at < to + DAY_MS; at += DAY_MS) days.push(dayOf(at, timeZone));
  return [...new Set(days)].filter((day) => day <= last);
}

/** The day of an instant in a time zone. */
export function dayOf(at: number, timeZone: string): string {
  return withOffset(at, timeZone).slice(0, 10);
}

/** When slots begin on a day by the opening hours. */
function beginnings(day: string, calendar: Calendar, timeZone: string): number[] {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  const lasts = slotMs(calendar);
  const step = lengthMs(calendar.slotInterval, calendar.slotIntervalUnit) || lasts;
  const hours = calendar.openHours.filter(({ daysOfTheWeek }) => daysOfTheWeek.includes(weekday));
  return hours
    .flatMap((open) => open.hours)
    .flatMap(({ openHour, openMinute, closeHour, closeMinute }) => {
      const opensAt = clockOf(day, openHour, openMinute, timeZone);
      const closesAt = clockOf(day, closeHour, closeMinute, timeZone);
      const count = Math.max(0, Math.floor((closesAt - opensAt - lasts) / step) + 1);
      return Array.from({ length: count }, (_, number) => opensAt + number * step);
    })
    .sort((left, right) => left - right);
}

function clockOf(day: string, hour: number, minute: number, timeZone: string): number {
  const two = (number: number) => String(number).padStart(2, "0");
  const midnight = instantIn(`${day}T00:00:00`, timeZone) ?? 0;
  return hour === 24 ? midnight + DAY_MS : (instantIn(`${day}T${two(hour)}:${two(minute)}:00`, timeZone) ?? midnight);
}

function isOpen(startAt: number, { calendar, taken, blocked }: SlotParts): boolean {
  const endAt = startAt + slotMs(calendar);
  const before = lengthMs(calendar.preBuffer, calendar.preBufferUnit);
  const after = lengthMs(calendar.slotBuffer, calendar.slotBufferUnit);
  const overlapping = taken.filter((other) => other.startAt - before < endAt && startAt < other.endAt + after);
  return (
    overlapping.length < calendar.appoinmentPerSlot &&
    !blocked.some((block) => block.startAt < endAt && startAt < block.endAt)
  );
}

function isFull(day: string, { calendar, taken, timeZone }: SlotParts): boolean {
  if (calendar.appoinmentPerDay === 0) return false;
  return taken.filter(({ startAt }) => dayOf(startAt, timeZone) === day).length >= calendar.appoinmentPerDay;
}
