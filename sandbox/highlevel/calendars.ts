import { opaqueId, type Random } from "../random.ts";
import { createDrawer, type Drawer } from "./drawer.ts";

/** From when to when, by the clock of the location. */
export type Hours = {
  readonly openHour: number;
  readonly openMinute: number;
  readonly closeHour: number;
  readonly closeMinute: number;
};

/** Hours of some days of the week; Sunday is 0. */
export type OpenHours = { readonly daysOfTheWeek: readonly number[]; readonly hours: readonly Hours[] };

/** The units of lengths; months count thirty days. */
export const UNITS = ["mins", "hours", "days", "weeks", "months"] as const;

/** One unit. */
export type Unit = (typeof UNITS)[number];

/** A calendar in which appointments can be made. `appoinment` is the product's own spelling. */
export type Calendar = {
  readonly id: string;
  readonly name: string;
  readonly groupId: string | null;
  readonly isActive: boolean;
  /** What an appointment takes when its end is not said. */
  readonly slotDuration: number;
  readonly slotDurationUnit: Unit;
  /** How far apart slots begin; as far as they last when 0. */
  readonly slotInterval: number;
  readonly slotIntervalUnit: Unit;
  /** What must be free after an appointment, and before one. */
  readonly slotBuffer: number;
  readonly slotBufferUnit: Unit;
  readonly preBuffer: number;
  readonly preBufferUnit: Unit;
  readonly appoinmentPerSlot: number;
  /** Any number when 0. */
  readonly appoinmentPerDay: number;
  /** How long before an appointment, and how far ahead, it can be made; any length when 0. */
  readonly allowBookingAfter: number;
  readonly allowBookingAfterUnit: Unit;
  readonly allowBookingFor: number;
  readonly allowBookingForUnit: Unit;
  readonly openHours: readonly OpenHours[];
  /** Whether a new appointment counts as confirmed at once. */
  readonly autoConfirm: boolean;
  readonly teamMembers: readonly TeamMember[];
  /** Settings that change nothing here, as they were sent. */
  readonly others: Readonly<Record<string, unknown>>;
};

/** A user who takes the appointments of a calendar. */
export type TeamMember = { readonly userId: string; readonly priority?: number; readonly isPrimary?: boolean };

/** Several calendars under one name. */
export type CalendarGroup = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly slug: string;
  readonly isActive: boolean;
};

/** Time that nobody can book, in a calendar or of a user. Times are epoch milliseconds. */
export type Block = {
  readonly id: string;
  readonly title: string;
  readonly calendarId: string | null;
  readonly assignedUserId: string | null;
  readonly startAt: number;
  readonly endAt: number;
};

/** A note on an appointment. */
export type AppointmentNote = {
  readonly id: string;
  readonly appointmentId: string;
  readonly body: string;
  readonly userId: string | null;
  readonly addedAt: number;
};

/** The calendars of one location and what hangs on them, except appointments. */
export type Calendars = {
  readonly calendars: Drawer<Calendar>;
  readonly groups: Drawer<CalendarGroup>;
  readonly blocks: Drawer<Block>;
  readonly notes: Drawer<AppointmentNote>;
  readonly newId: () => string;
  readonly clear: () => void;
};

const WEEKDAYS: readonly OpenHours[] = [
  { daysOfTheWeek: [1, 2, 3, 4, 5], hours: [{ openHour: 9, openMinute: 0, closeHour: 17, closeMinute: 0 }] },
];

/** What a calendar is when nothing else is said: half-hour slots on weekdays from nine to five. */
export const PLAIN_CALENDAR: Calendar = {
  id: "",
  name: "",
  groupId: null,
  isActive: true,
  slotDuration: 30,
  slotDurationUnit: "mins",
  slotInterval: 0,
  slotIntervalUnit: "mins",
  slotBuffer: 0,
  slotBufferUnit: "mins",
  preBuffer: 0,
  preBufferUnit: "mins",
  appoinmentPerSlot: 1,
  appoinmentPerDay: 0,
  allowBookingAfter: 0,
  allowBookingAfterUnit: "hours",
  allowBookingFor: 0,
  allowBookingForUnit: "days",
  openHours: WEEKDAYS,
  autoConfirm: true,
  teamMembers: [],
  others: { calendarType: "event", eventColor: "#039be5", allowReschedule: true, allowCancellation: true },
};

const TEAM: readonly TeamMember[] = [{ userId: "usr00000000000000001", priority: 0.5, isPrimary: true }];

/** The calendar that a hub would book into. */
export const FIRST_CALENDAR_ID = "cal00000000000000001";

const FIRST: readonly Calendar[] = [
  { ...PLAIN_CALENDAR, id: FIRST_CALENDAR_ID, name: "First meeting", teamMembers: TEAM },
  {
    ...PLAIN_CALENDAR,
    id: "cal00000000000000002",
    name: "Site visit",
    slotDuration: 60,
    autoConfirm: false,
    teamMembers: TEAM,
  },
];

/** Makes a location's calendars: two at first, whose ids are the same in every emulator. */
export function createCalendars(random: Random): Calendars {
  const calendars = createDrawer<Calendar>(() => FIRST);
  const groups = createDrawer<CalendarGroup>();
  const blocks = createDrawer<Block>();
  const notes = createDrawer<AppointmentNote>();
  return {
    calendars,
    groups,
    blocks,
    notes,
    newId: () => opaqueId(random, 20),
    clear: () => {
      for (const drawer of [calendars, groups, blocks, notes]) drawer.clear();
    },
  };
}

const UNIT_MS: Readonly<Record<Unit, number>> = {
  mins: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
  months: 2_592_000_000,
};

/** A length in milliseconds. */
export function lengthMs(amount: number, unit: Unit): number {
  return amount * UNIT_MS[unit];
}

/** How long an appointment lasts when its end is not said. */
export function slotMs({ slotDuration, slotDurationUnit }: Calendar): number {
  return lengthMs(slotDuration, slotDurationUnit);
}

/** A calendar as the product shows it. */
export function shownCalendar({ others, groupId, ...calendar }: Calendar, locationId: string) {
  return { ...others, ...calendar, ...(groupId === null ? {} : { groupId }), locationId };
}
