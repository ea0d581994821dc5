import { type Calendars, slotMs } from "./calendars.ts";
import { type Check, type Checks, flag, oneOf, requiredFlag, requiredText, text, time } from "./check.ts";
import { APPOINTMENT_STATUSES, type StoredAppointment, type StoredNote, type StoredTask } from "./child.ts";
import { instantIn } from "./localTime.ts";
import type { Quirks } from "./quirks.ts";
import { isStanding } from "./slotParts.ts";
import type { Refusals } from "./wording.ts";

/** A body whose properties have been checked. */
export type CheckedBody = Readonly<Record<string, unknown>>;

/** What one kind of child may be told, and what that makes of it. */
export type KindRules<Kept> = {
  readonly noun: string;
  readonly create: Checks;
  /** What must be said at the beginning. */
  readonly required: readonly string[];
  readonly update: Checks;
  /** A child with nothing in it. */
  readonly blank: Omit<Kept, "id" | "contactId" | "addedAt" | "updatedAt">;
  /** What a checked body changes. @throws Refusal on a value that cannot be taken. */
  readonly changeOf: (body: CheckedBody, current: Kept, isNew: boolean) => Partial<Kept>;
};

/** What the rules depend on. */
export type RuleParts = {
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly timeZone: string;
};

const hexColor: Check = (name, value) =>
  value === null || /^#[0-9a-f]{3,8}$/i.test(String(value)) ? [] : [`${name} must be a hexadecimal color`];

const status = oneOf(APPOINTMENT_STATUSES);

/** Notes: an empty body is refused, or kept in an update, by quirk. */
export function noteRules({ quirks }: RuleParts): KindRules<StoredNote> {
  const NOTE: Checks = { body: requiredText, userId: text, title: text, color: hexColor, pinned: flag };
  const body: Check = (name, value) => (quirks().emptyNoteBody === "keep" ? text : requiredText)(name, value);
  return {
    noun: "Note",
    create: NOTE,
    required: ["body"],
    update: { ...NOTE, body },
    blank: { body: "", title: null, userId: null, color: null, pinned: false },
    changeOf: (given) => ({
      ...textsOf(given, ["title", "userId", "color"]),
      ...("body" in given && { body: String(given.body ?? "") }),
      ...("pinned" in given && { pinned: given.pinned === true }),
    }),
  };
}

/** Tasks: title, due time and whether it is done must be said at the beginning. */
export function taskRules({ timeZone }: RuleParts): KindRules<StoredTask> {
  const TASK: Checks = { title: requiredText, body: text, dueDate: time, completed: requiredFlag, assignedTo: text };
  return {
    noun: "Task",
    create: TASK,
    required: ["title", "dueDate", "completed"],
    update: TASK,
    blank: { title: "", body: null, assignedTo: null, dueAt: 0, completed: false },
    changeOf: (given) => ({
      ...textsOf(given, ["body", "assignedTo"]),
      ...("title" in given && { title: String(given.title) }),
      ...("dueDate" in given && { dueAt: instantIn(String(given.dueDate), timeZone) ?? 0 }),
      ...("completed" in given && { completed: given.completed === true }),
    }),
  };
}

const APPOINTMENT: Checks = {
  calendarId: requiredText,
  startTime: time,
  endTime: time,
  title: text,
  appointmentStatus: status,
  assignedUserId: text,
  description: text,
  address: text,
  meetingLocationType: oneOf(["custom", "zoom", "gmeet", "phone", "address", "ms_teams", "google"]),
  meetingLocationId: text,
  overrideLocationConfig: flag,
  ignoreDateRange: flag,
  toNotify: flag,
  ignoreFreeSlotValidation: flag,
  rrule: text,
};

/** Whether an appointment's slot is free: by opening hours and limits where it moved, by other appointments always. */
export type SlotIsFree = (wanted: StoredAppointment) => boolean;

/** Appointments: without an end they take the calendar's time, and a slot must be free unless that is waived. */
export function appointmentRules(
  parts: RuleParts & { readonly calendars: Calendars },
  isFree: SlotIsFree,
): KindRules<StoredAppointment> {
  return {
    noun: "Appointment",
    create: { ...APPOINTMENT, locationId: requiredText, contactId: requiredText },
    required: ["calendarId", "locationId", "contactId", "startTime"],
    update: APPOINTMENT,
    blank: {
      calendarId: "",
      title: "",
      appointmentStatus: "new",
      assignedUserId: null,
      description: null,
      address: null,
      meetingLocationType: null,
      rrule: null,
      startAt: 0,
      endAt: 0,
      source: "third_party",
    },
    changeOf: (given, current, isNew) => {
      const change = appointmentChange(given, current, parts, isNew);
      const wanted = { ...current, ...change };
      if (given.ignoreFreeSlotValidation !== true && needsSlot(wanted, current, isNew) && !isFree(wanted)) {
        throw parts.refusals.bad("The slot you have selected is no longer available.");
      }
      return change;
    },
  };
}

/** A slot is asked for by what is new, moved, or stands again. */
function needsSlot(wanted: StoredAppointment, current: StoredAppointment, isNew: boolean): boolean {
  if (!isStanding(wanted)) return false;
  const isMoved = wanted.startAt !== current.startAt || wanted.endAt !== current.endAt;
  return isNew || isMoved || wanted.calendarId !== current.calendarId || !isStanding(current);
}

function appointmentChange(
  given: CheckedBody,
  current: StoredAppointment,
  parts: RuleParts & { readonly calendars: Calendars },
  isNew: boolean,
): Partial<StoredAppointment> {
  const calendarId = String(given.calendarId ?? current.calendarId);
  const calendar = parts.calendars.calendars.get(calendarId);
  if (calendar === undefined && (isNew || "calendarId" in given)) {
    throw parts.refusals.bad("The calendar id provided is invalid or does not exist");
  }
  const startAt = instantOf(given.startTime, parts) ?? current.startAt;
  const lastsMs = isNew && calendar !== undefined ? slotMs(calendar) : current.endAt - current.startAt;
  const endAt = instantOf(given.endTime, parts) ?? startAt + lastsMs;
  if (endAt <= startAt) throw parts.refusals.bad("End time must be after start time");
  return {
    ...textsOf(given, ["assignedUserId", "description", "address", "meetingLocationType", "rrule"]),
    calendarId,
    startAt,
    endAt,
    ...("title" in given && { title: String(given.title ?? "") }),
    ...(isNew && { appointmentStatus: calendar?.autoConfirm ? "confirmed" : "new" }),
    ...("appointmentStatus" in given && { appointmentStatus: String(given.appointmentStatus) }),
  };
}

function instantOf(value: unknown, { timeZone }: RuleParts): number | undefined {
  return typeof value === "string" ? instantIn(value, timeZone) : undefined;
}

/** Texts as they are kept: an empty one is none. */
function textsOf<Name extends string>(
  given: CheckedBody,
  names: readonly Name[],
): Partial<Record<Name, string | null>> {
  const kept: Partial<Record<Name, string | null>> = {};
  for (const name of names) if (name in given) kept[name] = given[name] ? String(given[name]) : null;
  return kept;
}
