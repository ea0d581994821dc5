import { matchesQuery } from "../control/desk.ts";
import {
  type Check,
  type Checks,
  count,
  countText,
  flagText,
  object,
  oneOf,
  requiredText,
  text,
  texts,
} from "./check.ts";
import { OPPORTUNITY_STATUSES, type StoredOpportunity } from "./opportunities.ts";
import { opportunityRow } from "./opportunityPresent.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, queryOf } from "./rows.ts";

const LIMIT_MAX = 100;

/** The names in a query: as the dated versions spell them, and as v3 does. */
const SPELLINGS = {
  location_id: "locationId",
  pipeline_id: "pipelineId",
  pipeline_stage_id: "pipelineStageId",
  contact_id: "contactId",
  assigned_to: "assignedTo",
} as const;

const dayText: Check = (name, value) =>
  /^\d{2}-\d{2}-\d{4}$/.test(String(value)) ? [] : [`${name} must be a date in the form mm-dd-yyyy`];

const SAME_IN_BOTH: Checks = {
  q: text,
  status: oneOf([...OPPORTUNITY_STATUSES, "all"]),
  campaignId: text,
  id: text,
  order: oneOf(["added_asc", "added_desc"]),
  date: dayText,
  endDate: dayText,
  startAfter: countText,
  startAfterId: text,
  country: text,
  page: countText,
  limit: countText,
  getTasks: flagText,
  getNotes: flagText,
  getCalendarEvents: flagText,
};

function queryChecks(isV3: boolean): Checks {
  const own = Object.entries(SPELLINGS).map(([dated, v3]) => [isV3 ? v3 : dated, text]);
  return { ...SAME_IN_BOTH, ...Object.fromEntries(own), [isV3 ? "locationId" : "location_id"]: requiredText };
}

type Query = Readonly<Record<string, string>>;

/** The query in the spelling of v3. */
function spelledAsV3(query: Query): Query {
  const names: Readonly<Record<string, string>> = SPELLINGS;
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [names[name] ?? name, value]));
}

/** The list by query: newest first, by page number or continued after the time and id of the last row. */
export function listOpportunities(visit: Visit, place: Place): Answer {
  const { isV3 } = visit;
  const query = spelledAsV3(queryOf(visit, place, queryChecks(isV3), [isV3 ? "locationId" : "location_id"]));
  const limit = limitOf(Number(query.limit ?? 20), place);
  const found = place.opportunities.searched().filter((opportunity) => isWanted(opportunity, query, place));
  const sorted = sortedBy(found, query.order === "added_asc");
  const start = startOf(sorted, query, limit);
  const rows = sorted.slice(start, start + limit);
  const extras = {
    notes: query.getNotes === "true",
    tasks: query.getTasks === "true",
    calendarEvents: query.getCalendarEvents === "true",
  };
  return {
    body: {
      opportunities: rows.map((opportunity) => opportunityRow(opportunity, extras, visit, place)),
      meta: metaOf(rows, start + limit < sorted.length, { total: sorted.length, limit, start }, visit, place),
      aggregations: {},
    },
  };
}

const SEARCH_BODY: Checks = {
  locationId: requiredText,
  query: text,
  limit: count,
  page: count,
  searchAfter: texts,
  additionalDetails: object,
};

/** The search by body. A cursor is two texts: when the last row was made, and its id. */
export function searchOpportunities(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, SEARCH_BODY, Object.keys(SEARCH_BODY));
  const limit = limitOf(Number(given.limit), place);
  const found = place.opportunities.searched().filter((one) => matchesWords(one, String(given.query ?? ""), place));
  const sorted = sortedBy(found, false);
  const [startAfter, startAfterId] = Array.isArray(given.searchAfter) ? given.searchAfter.map(String) : [];
  const cursor: Query = startAfterId === undefined ? {} : { startAfter: startAfter ?? "", startAfterId };
  const start = startOf(sorted, { page: String(given.page || 1), ...cursor }, limit);
  const details: Readonly<Record<string, unknown>> = { ...(given.additionalDetails as object) }; // an object, as checked
  const extras = {
    notes: details.notes === true,
    tasks: details.tasks === true,
    calendarEvents: details.calendarEvents === true,
  };
  const opportunities = sorted.slice(start, start + limit).map((opportunity) => ({
    ...opportunityRow(opportunity, extras, visit, place),
    searchAfter: [String(opportunity.createdAt), opportunity.id],
  }));
  return { body: { opportunities, total: sorted.length, aggregations: {} } };
}

function limitOf(limit: number, { refusals }: Place): number {
  if (limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw refusals.invalid([`limit must not be greater than ${LIMIT_MAX}`]);
}

function isWanted(opportunity: StoredOpportunity, query: Query, place: Place): boolean {
  const stored: Readonly<Record<string, unknown>> = opportunity;
  const same = ["id", "pipelineId", "pipelineStageId", "contactId", "assignedTo"].every(
    (name) => !query[name] || stored[name] === query[name],
  );
  const isOfStatus = !query.status || query.status === "all" || opportunity.status === query.status;
  return (
    same &&
    isOfStatus &&
    isWithinDays(opportunity, query) &&
    isOfContact(opportunity, query, place) &&
    matchesWords(opportunity, query.q ?? "", place)
  );
}

/** By the country of the contact, and by a campaign that the contact is in. */
function isOfContact({ contactId }: StoredOpportunity, { country, campaignId }: Query, place: Place): boolean {
  return (
    (!country || place.book.contacts.get(contactId)?.country === country.toUpperCase()) &&
    (!campaignId || place.enrolments.of("campaign", contactId).includes(campaignId))
  );
}

function isWithinDays({ createdAt }: StoredOpportunity, { date, endDate }: Query): boolean {
  const from = date ? dayOf(date) : Number.NEGATIVE_INFINITY;
  const to = endDate ? dayOf(endDate) + 86_400_000 : Number.POSITIVE_INFINITY;
  return createdAt >= from && createdAt < to;
}

function dayOf(text: string): number {
  const [month, day, year] = text.split("-");
  return Date.parse(`${year}-${month}-${day}T00:00:00.000Z`);
}

function matchesWords({ name, contactId }: StoredOpportunity, words: string, { book }: Place): boolean {
  const contact = book.contacts.get(contactId);
  return matchesQuery(words, [name, contact?.firstName, contact?.lastName, contact?.email, contact?.phone]);
}

function sortedBy(found: readonly StoredOpportunity[], isAscending: boolean): StoredOpportunity[] {
  const byAge = (left: StoredOpportunity, right: StoredOpportunity) =>
    left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1);
  return [...found].sort((left, right) => (isAscending ? byAge(left, right) : byAge(right, left)));
}

function startOf(sorted: readonly StoredOpportunity[], query: Query, limit: number): number {
  if (query.startAfterId === undefined) return (Math.max(1, Number(query.page ?? 1)) - 1) * limit;
  const at = sorted.findIndex(({ id }) => id === query.startAfterId);
  if (at !== -1) return at + 1;
  const next = sorted.findIndex(({ createdAt }) => createdAt < Number(query.startAfter ?? 0));
  return next === -1 ? sorted.length : next;
}

type Extent = { readonly total: number; readonly limit: number; readonly start: number };

/** The link to the next page is in camel case under every version, which the dated ones do not take. */
function metaOf(
  rows: readonly StoredOpportunity[],
  hasMore: boolean,
  { total, limit, start }: Extent,
  { baseUrl }: Visit,
  { location }: Place,
) {
  const last = rows.at(-1);
  const next = new URLSearchParams({
    locationId: location.id,
    limit: String(limit),
    startAfter: String(last?.createdAt ?? ""),
    startAfterId: last?.id ?? "",
  });
  const currentPage = Math.floor(start / limit) + 1;
  return {
    total,
    nextPageUrl: hasMore ? `${baseUrl}/opportunities/search?${next}` : null,
    startAfterId: last?.id ?? null,
    startAfter: last?.createdAt ?? null,
    currentPage,
    nextPage: hasMore ? currentPage + 1 : null,
    prevPage: currentPage > 1 ? currentPage - 1 : null,
  };
}
