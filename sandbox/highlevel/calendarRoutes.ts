import { type Calendar, PLAIN_CALENDAR, shownCalendar, type TeamMember, UNITS } from "./calendars.ts";
import {
  type Check,
  type Checks,
  count,
  flag,
  flagText,
  number,
  object,
  objects,
  oneOf,
  requiredText,
  text,
} from "./check.ts";
import { seenIn } from "./drawer.ts";
import { refuseUnknown } from "./followerRoutes.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, queryOf, type Row } from "./rows.ts";

/** The calendars of section 2.6 of the contract sheet. */
export const CALENDAR_OPERATIONS: readonly Row[] = [
  ["GET", "/calendars/", "calendars.readonly", listCalendars],
  ["POST", "/calendars/", "calendars.write", createCalendar],
  ["GET", "/calendars/:calendarId", "calendars.readonly", readCalendar],
  ["PUT", "/calendars/:calendarId", "calendars.write", updateCalendar],
  ["DELETE", "/calendars/:calendarId", "calendars.write", deleteCalendar],
];

const LIST_QUERY: Checks = { locationId: requiredText, groupId: text, showDrafted: flagText };

/** Calendars that are switched off count as drafts. */
function listCalendars(visit: Visit, place: Place): Answer {
  const { groupId, showDrafted = "true" } = queryOf(visit, place, LIST_QUERY, ["locationId"]);
  const { calendars } = place.calendars;
  const found = calendars
    .all()
    .filter((calendar) => (!groupId || calendar.groupId === groupId) && (showDrafted === "true" || calendar.isActive));
  return {
    body: { calendars: found.map((calendar) => shownCalendar(seenIn(calendars, calendar, visit), place.location.id)) },
  };
}

const dayHours: Check = (name, value) => {
  const problems = objects(name, value);
  if (problems.length > 0 || !Array.isArray(value)) return problems;
  return value.flatMap((item: unknown, at) => openHoursItem(`${name}.${at}`, { ...(item as object) })); // an object, as checked
};

function openHoursItem(name: string, { daysOfTheWeek, hours }: { daysOfTheWeek?: unknown; hours?: unknown }): string[] {
  const days: unknown[] = Array.isArray(daysOfTheWeek) ? daysOfTheWeek : [-1];
  const isWeek = days.every((day) => Number.isInteger(day) && Number(day) >= 0 && Number(day) <= 6);
  return [
    ...(isWeek ? [] : [`${name}.daysOfTheWeek must be numbers from 0 to 6`]),
    ...(Array.isArray(hours) && hours.every(isHours) ? [] : [`${name}.hours must be an array of hours`]),
  ];
}

function isHours(value: unknown): boolean {
  const given: Readonly<Record<string, unknown>> = typeof value === "object" && value !== null ? { ...value } : {};
  return ["openHour", "openMinute", "closeHour", "closeMinute"].every((name) => Number.isInteger(given[name]));
}

const team: Check = (name, value) => {
  const problems = objects(name, value);
  if (problems.length > 0 || !Array.isArray(value)) return problems;
  return value.flatMap((item: { userId?: unknown }, at) => requiredText(`${name}.${at}.userId`, item.userId));
};

const unit = oneOf(UNITS);

/** The settings that slots and appointments follow. */
const LIVE: Checks = {
  name: requiredText,
  groupId: text,
  isActive: flag,
  slotDuration: count,
  slotDurationUnit: unit,
  slotInterval: count,
  slotIntervalUnit: unit,
  slotBuffer: count,
  slotBufferUnit: unit,
  preBuffer: count,
  preBufferUnit: unit,
  appoinmentPerSlot: count,
  appoinmentPerDay: count,
  allowBookingAfter: count,
  allowBookingAfterUnit: unit,
  allowBookingFor: count,
  allowBookingForUnit: unit,
  openHours: dayHours,
  autoConfirm: flag,
  teamMembers: team,
};

/** The settings that are only kept. */
const KEPT: Checks = {
  notifications: objects,
  eventType: text,
  description: text,
  slug: text,
  widgetSlug: text,
  widgetType: text,
  eventTitle: text,
  eventColor: text,
  meetingLocation: text,
  locationConfigurations: objects,
  enableRecurring: flag,
  recurring: object,
  formId: text,
  stickyContact: flag,
  isLivePaymentMode: flag,
  shouldSendAlertEmailsToAssignedMember: flag,
  alertEmail: text,
  googleInvitationEmails: flag,
  allowReschedule: flag,
  allowCancellation: flag,
  shouldAssignContactToTeamMember: flag,
  shouldSkipAssigningContactForExisting: flag,
  notes: text,
  pixelId: text,
  formSubmitType: text,
  formSubmitRedirectURL: text,
  formSubmitThanksMessage: text,
  availabilityType: number,
  availabilities: objects,
  guestType: text,
  consentLabel: text,
  calendarCoverImage: text,
  lookBusyConfig: object,
};

const UPDATABLE: Checks = { ...LIVE, ...KEPT };

const CREATABLE: Checks = {
  ...UPDATABLE,
  locationId: requiredText,
  calendarType: oneOf(["round_robin", "event", "class_booking", "collective", "service_booking", "personal"]),
};

function createCalendar(visit: Visit, place: Place): Answer {
  const { locationId, ...given } = bodyOf(visit, place, CREATABLE, ["locationId", "name"]);
  const blank = { ...PLAIN_CALENDAR, id: place.calendars.newId() };
  const calendar = place.calendars.calendars.put(withSettings(blank, given, place));
  return { status: 201, body: { calendar: shownCalendar(calendar, place.location.id) } };
}

function readCalendar(visit: Visit, place: Place): Answer {
  const calendar = seenIn(place.calendars.calendars, calendarIn(visit, place), visit);
  return { body: { calendar: shownCalendar(calendar, place.location.id) } };
}

function updateCalendar(visit: Visit, place: Place): Answer {
  const calendar = calendarIn(visit, place);
  const given = bodyOf(visit, place, UPDATABLE);
  const changed = place.calendars.calendars.put(withSettings(calendar, given, place));
  return { body: { calendar: shownCalendar(changed, place.location.id) } };
}

function deleteCalendar(visit: Visit, place: Place): Answer {
  place.calendars.calendars.remove(calendarIn(visit, place).id);
  return { body: { success: true } };
}

/** A setting of `null` goes back to what it is when nothing is said. */
function withSettings(calendar: Calendar, given: Readonly<Record<string, unknown>>, place: Place): Calendar {
  const members = Array.isArray(given.teamMembers) ? (given.teamMembers as TeamMember[]) : []; // as checked
  refuseUnknown(
    members.map(({ userId }) => userId),
    place,
  );
  if (given.groupId && place.calendars.groups.get(String(given.groupId)) === undefined) {
    throw place.refusals.bad("The group id provided is invalid or does not exist");
  }
  const plain: Readonly<Record<string, unknown>> = PLAIN_CALENDAR;
  const entries = Object.entries(given).map(([name, value]) => [name, value ?? plain[name] ?? null] as const);
  const live = entries.filter(([name]) => Object.hasOwn(LIVE, name));
  const others = entries.filter(([name]) => !Object.hasOwn(LIVE, name));
  return {
    ...calendar,
    ...Object.fromEntries(live),
    others: { ...calendar.others, ...Object.fromEntries(others) },
  };
}

/** The calendar that a path names. @throws Refusal 400 when the location has none such. */
export function calendarIn({ params: { calendarId = "" } }: Visit, { calendars, refusals }: Place): Calendar {
  const calendar = calendars.calendars.get(calendarId);
  if (calendar === undefined) throw refusals.bad("The calendar id provided is invalid or does not exist");
  return calendar;
}
