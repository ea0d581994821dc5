import type { CalendarGroup } from "./calendars.ts";
import { flag, requiredFlag, requiredText, text } from "./check.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, queryOf, type Row } from "./rows.ts";

/** The groups of calendars of section 2.6 of the contract sheet. */
export const GROUP_OPERATIONS: readonly Row[] = [
  ["GET", "/calendars/groups", "calendars/groups.readonly", listGroups],
  ["POST", "/calendars/groups", "calendars/groups.write", createGroup],
  ["POST", "/calendars/groups/validate-slug", "calendars/groups.write", validateSlug],
  ["PUT", "/calendars/groups/:groupId", "calendars/groups.write", updateGroup],
  ["DELETE", "/calendars/groups/:groupId", "calendars/groups.write", deleteGroup],
  ["PUT", "/calendars/groups/:groupId/status", "calendars/groups.write", switchGroup],
];

function listGroups(visit: Visit, place: Place): Answer {
  queryOf(visit, place, { locationId: requiredText }, ["locationId"]);
  return { body: { groups: place.calendars.groups.all().map((group) => shown(group, place)) } };
}

const EDITABLE = { name: requiredText, description: text, slug: requiredText };
const REQUIRED = ["name", "description", "slug"];

function createGroup(visit: Visit, place: Place): Answer {
  const checks = { ...EDITABLE, locationId: requiredText, isActive: flag };
  const given = bodyOf(visit, place, checks, [...REQUIRED, "locationId"]);
  const head = { id: place.calendars.newId(), isActive: given.isActive !== false };
  const group = place.calendars.groups.put({ ...head, ...textsOf(given, "", place) });
  return { status: 201, body: { group: shown(group, place) } };
}

function updateGroup(visit: Visit, place: Place): Answer {
  const group = demand(visit, place);
  const given = bodyOf(visit, place, EDITABLE, REQUIRED);
  return {
    body: { group: shown(place.calendars.groups.put({ ...group, ...textsOf(given, group.id, place) }), place) },
  };
}

function textsOf(given: Readonly<Record<string, unknown>>, self: string, place: Place) {
  const slug = String(given.slug);
  if (!isFree(slug, self, place)) throw place.refusals.bad("The slug provided is already in use");
  return { name: String(given.name), description: String(given.description ?? ""), slug };
}

function isFree(slug: string, self: string, { calendars }: Place): boolean {
  return !calendars.groups.all().some((group) => group.id !== self && group.slug === slug);
}

function validateSlug(visit: Visit, place: Place): Answer {
  const checks = { locationId: requiredText, slug: requiredText };
  const { slug } = bodyOf(visit, place, checks, ["locationId", "slug"]);
  return { status: 201, body: { available: isFree(String(slug), "", place) } };
}

/** Calendars of a group outlive it. */
function deleteGroup(visit: Visit, place: Place): Answer {
  const { id } = demand(visit, place);
  place.calendars.groups.remove(id);
  for (const calendar of place.calendars.calendars.all()) {
    if (calendar.groupId === id) place.calendars.calendars.put({ ...calendar, groupId: null });
  }
  return { body: { success: true } };
}

function switchGroup(visit: Visit, place: Place): Answer {
  const group = demand(visit, place);
  const { isActive } = bodyOf(visit, place, { isActive: requiredFlag }, ["isActive"]);
  place.calendars.groups.put({ ...group, isActive: isActive === true });
  return { body: { success: true } };
}

function demand({ params: { groupId = "" } }: Visit, place: Place): CalendarGroup {
  const group = place.calendars.groups.get(groupId);
  if (group === undefined) throw missing(place, "Group", groupId);
  return group;
}

function shown(group: CalendarGroup, { location }: Place) {
  return { ...group, locationId: location.id };
}
