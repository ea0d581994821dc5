import { calendarIn } from "./calendarRoutes.ts";
import type { Block } from "./calendars.ts";
import { type Checks, countText, requiredText, text, time } from "./check.ts";
import { instantIn, withOffset } from "./localTime.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, queryOf, type Row } from "./rows.ts";
import { slotPartsOf } from "./slotParts.ts";
import { dayOf, freeSlots } from "./slots.ts";

/** Free and blocked slots of section 2.6 of the contract sheet. */
export const SLOT_OPERATIONS: readonly Row[] = [
  ["GET", "/calendars/:calendarId/free-slots", "calendars.readonly", listFreeSlots],
  ["GET", "/calendars/blocked-slots", "calendars/events.readonly", listBlocks],
  ["POST", "/calendars/events/block-slots", "calendars/events.write", createBlock],
  ["PUT", "/calendars/events/block-slots/:blockId", "calendars/events.write", updateBlock],
];

const FREE_QUERY: Checks = {
  startDate: countText,
  endDate: countText,
  timezone: text,
  userId: text,
  userIds: () => [],
  enableLookBusy: text,
};

const DAYS_MAX = 31;
const DAY_MS = 86_400_000;

/** Keyed by the day of the time zone that was asked for; each slot with its offset there. */
function listFreeSlots(visit: Visit, place: Place): Answer {
  const calendar = calendarIn(visit, place);
  const query = queryOf(visit, place, FREE_QUERY, ["startDate", "endDate"]);
  const [from, to] = [Number(query.startDate), Number(query.endDate)];
  if (to < from) throw place.refusals.bad("End date must be after start date");
  if (to - from > DAYS_MAX * DAY_MS) throw place.refusals.bad(`Date range can not be more than ${DAYS_MAX} days`);
  const timeZone = zoneFrom(query.timezone, place);
  const { userId } = query;
  const isStranger = userId && !calendar.teamMembers.some((member) => member.userId === userId);
  const slots = isStranger || !calendar.isActive ? [] : freeSlots(slotPartsOf(calendar, place, { userId }), from, to);
  const days = new Map<string, { slots: string[] }>();
  for (const at of slots) {
    const day = days.get(dayOf(at, timeZone)) ?? { slots: [] };
    day.slots.push(withOffset(at, timeZone));
    days.set(dayOf(at, timeZone), day);
  }
  return { body: Object.fromEntries(days) };
}

function zoneFrom(timezone: string | undefined, { location, refusals }: Place): string {
  if (!timezone) return location.timezone;
  if (timezone !== "UTC" && !Intl.supportedValuesOf("timeZone").includes(timezone)) {
    throw refusals.invalid(["timezone must be a valid IANA timezone"]);
  }
  return timezone;
}

const BLOCKS_QUERY: Checks = {
  locationId: requiredText,
  startTime: countText,
  endTime: countText,
  userId: text,
  calendarId: text,
  groupId: text,
};

function listBlocks(visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, BLOCKS_QUERY, ["locationId", "startTime", "endTime"]);
  if (!query.userId && !query.calendarId && !query.groupId) {
    throw place.refusals.bad("Either of userId, calendarId or groupId is required");
  }
  const inGroup = (block: Block) =>
    place.calendars.calendars.get(block.calendarId ?? "")?.groupId === (query.groupId ?? "none");
  const events = place.calendars.blocks
    .all()
    .filter(
      (block) =>
        (!query.calendarId || block.calendarId === query.calendarId) &&
        (!query.userId || block.assignedUserId === query.userId) &&
        (!query.groupId || inGroup(block)) &&
        block.startAt >= Number(query.startTime) &&
        block.startAt <= Number(query.endTime),
    )
    .sort((left, right) => left.startAt - right.startAt)
    .map((block) => shownBlock(block, place));
  return { body: { events } };
}

const EDITABLE: Checks = {
  title: text,
  calendarId: requiredText,
  assignedUserId: text,
  startTime: time,
  endTime: time,
  locationId: requiredText,
};

function createBlock(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, EDITABLE, ["locationId", "startTime", "endTime"]);
  const blank = { id: place.calendars.newId(), title: "", calendarId: null, assignedUserId: null };
  const block = blockFrom(given, { ...blank, startAt: 0, endAt: 0 }, place);
  return { status: 201, body: shownBlock(place.calendars.blocks.put(block), place) };
}

function updateBlock(visit: Visit, place: Place): Answer {
  const id = visit.params.blockId ?? "";
  const block = place.calendars.blocks.get(id);
  if (block === undefined) throw missing(place, "Block slot", id);
  const changed = blockFrom(bodyOf(visit, place, EDITABLE), block, place);
  return { body: shownBlock(place.calendars.blocks.put(changed), place) };
}

function blockFrom(given: Readonly<Record<string, unknown>>, block: Block, place: Place): Block {
  const instant = (value: unknown) =>
    typeof value === "string" ? instantIn(value, place.location.timezone) : undefined;
  const changed = {
    ...block,
    ...("title" in given && { title: String(given.title ?? "") }),
    ...("calendarId" in given && { calendarId: String(given.calendarId) }),
    ...("assignedUserId" in given && { assignedUserId: given.assignedUserId ? String(given.assignedUserId) : null }),
    startAt: instant(given.startTime) ?? block.startAt,
    endAt: instant(given.endTime) ?? block.endAt,
  };
  const { calendarId, assignedUserId, startAt, endAt } = changed;
  if (calendarId === null && assignedUserId === null) {
    throw place.refusals.bad("Either of calendarId or assignedUserId is required");
  }
  if (calendarId !== null && place.calendars.calendars.get(calendarId) === undefined) {
    throw place.refusals.bad("The calendar id provided is invalid or does not exist");
  }
  if (endAt <= startAt) throw place.refusals.bad("End time must be after start time");
  return changed;
}

function shownBlock({ id, title, calendarId, assignedUserId, startAt, endAt }: Block, { location }: Place) {
  return {
    id,
    locationId: location.id,
    title,
    calendarId: calendarId ?? undefined,
    assignedUserId: assignedUserId ?? undefined,
    startTime: withOffset(startAt, location.timezone),
    endTime: withOffset(endAt, location.timezone),
  };
}
