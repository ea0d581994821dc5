import { matchesQuery } from "../control/desk.ts";
import { compareValues, type Table } from "../control/table.ts";
import { orderOf, SORT_FIELDS } from "./book.ts";
import { fullNameOf, type StoredContact } from "./contact.ts";
import { type Bounds, type Filters, readFilters, type Wanted } from "./filters.ts";
import type { Refusals } from "./wording.ts";

/** One page of a search. */
export type Found = {
  readonly contacts: readonly StoredContact[];
  readonly total: number;
  /** The cursor that continues after a contact of this search. */
  readonly cursorOf: (contact: StoredContact) => readonly unknown[];
};

type Sort = { readonly field: string; readonly isDescending: boolean };

type Search = {
  readonly limit: number;
  readonly page: number;
  readonly after: readonly unknown[] | undefined;
  readonly filters: Filters;
  readonly sorts: readonly [Sort, ...Sort[]];
  readonly query: string;
};

const PAGE_LIMIT_MAX = 500;
const PAGED_RECORDS_MAX = 10_000;
const QUERY_LENGTH_MAX = 75;

/** Runs a search over the index. @throws Refusal when the body is not acceptable. Source: contract sheet 2.2.1. */
export function runSearch(body: Record<string, unknown>, index: Table<StoredContact>, refusals: Refusals): Found {
  const search = readSearch(body, refusals);
  const cursorOf = (contact: StoredContact) => [
    ...search.sorts.map(({ field }) => orderOf(field, contact)),
    contact.id,
  ];
  const found = search.sorts.length > 1 || search.filters.exact ? gathered(index, search) : walked(index, search);
  return { ...found, cursorOf };
}

function readSearch(body: Record<string, unknown>, refusals: Refusals): Search {
  const { pageLimit, page, searchAfter, query } = body;
  const problems = [
    ...(isWhole(pageLimit, PAGE_LIMIT_MAX) ? [] : [`pageLimit must be a number between 1 and ${PAGE_LIMIT_MAX}`]),
    ...(page === undefined || isWhole(page, PAGED_RECORDS_MAX) ? [] : ["page must not be less than 1"]),
    ...(searchAfter === undefined || Array.isArray(searchAfter) ? [] : ["searchAfter must be an array"]),
    ...(query === undefined || isQuery(query)
      ? []
      : [`query must be shorter than or equal to ${QUERY_LENGTH_MAX} characters`]),
  ];
  if (problems.length > 0) throw refusals.invalid(problems);
  if (page !== undefined && searchAfter !== undefined)
    throw refusals.bad("page and searchAfter can not be used together");
  const limit = Number(pageLimit);
  if (Number(page ?? 1) * limit > PAGED_RECORDS_MAX)
    throw refusals.bad(`page reaches only the first ${PAGED_RECORDS_MAX} records`);
  return {
    limit,
    page: Number(page ?? 1),
    after: Array.isArray(searchAfter) && searchAfter.length > 0 ? searchAfter : undefined,
    filters: readFilters(body.filters, refusals),
    sorts: readSorts(body.sort, refusals),
    query: typeof query === "string" ? query : "",
  };
}

function isWhole(value: unknown, max: number): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max;
}

function isQuery(value: unknown): boolean {
  return typeof value === "string" && value.length <= QUERY_LENGTH_MAX;
}

/** Without a sort, the newest come first. */
function readSorts(sort: unknown, refusals: Refusals): readonly [Sort, ...Sort[]] {
  if (sort !== undefined && !Array.isArray(sort)) throw refusals.invalid(["sort must be an array"]);
  const [first, ...others] = (sort ?? []).map((item: unknown) => readSort(item, refusals));
  return first === undefined ? [{ field: "dateAdded", isDescending: true }] : [first, ...others];
}

function readSort(item: unknown, refusals: Refusals): Sort {
  const { field, direction }: { field?: unknown; direction?: unknown } =
    typeof item === "object" && item !== null ? item : {};
  if (typeof field !== "string" || !SORT_FIELDS.includes(field))
    throw refusals.bad(`Invalid sort field: ${String(field)}`);
  if (direction !== "asc" && direction !== "desc") throw refusals.bad(`Invalid sort direction: ${String(direction)}`);
  return { field, isDescending: direction === "desc" };
}

function testOf(search: Search): Wanted | undefined {
  const { query, filters } = search;
  if (query === "") return filters.rest;
  return (contact) =>
    matchesQuery(query, [fullNameOf(contact), contact.phone, contact.email]) && (filters.rest?.(contact) ?? true);
}

type Page = Pick<Found, "contacts" | "total">;

/** Walks along the sorted index from the cursor: costs a page, not a table, unless a filter must look at each. */
function walked(index: Table<StoredContact>, search: Search): Page {
  const [{ field, isDescending }] = search.sorts;
  const list = index.sorted(field);
  const bounds = search.filters.ranges.get(field);
  const others = [...search.filters.ranges.keys()].some((range) => range !== field);
  const test = others ? withRanges(search) : testOf(search);
  const [low, high] = stretch(
    list.size(),
    (isBefore) => list.rank((contact) => isBefore(orderOf(field, contact))),
    bounds,
  );
  const start = startOf(search, isDescending, low, high, (isBefore) => list.rank(isBefore));
  const skip = search.after === undefined ? (search.page - 1) * search.limit : 0;
  const walk = isDescending ? list.backward(start - (test ? 0 : skip)) : list.forward(start + (test ? 0 : skip));
  const room = isDescending ? start - low : high - start;
  const contacts = takeFrom(walk, room - (test ? 0 : skip), test, test ? skip : 0, search.limit);
  const total = test === undefined ? high - low : countIn(list.forward(low), high - low, test);
  return { contacts, total };
}

function withRanges(search: Search): Wanted {
  const test = testOf(search);
  return (contact) => search.filters.all(contact) && (test?.(contact) ?? true);
}

/** The positions between which the range on the sorted field lies. */
function stretch(
  size: number,
  rank: (isBefore: (value: string | number) => boolean) => number,
  bounds: Bounds | undefined,
): [low: number, high: number] {
  if (bounds === undefined) return [0, size];
  const { gte, gt, lte, lt } = bounds;
  const low = Math.max(
    gte === undefined ? 0 : rank((value) => Number(value) < gte),
    gt === undefined ? 0 : rank((value) => Number(value) <= gt),
  );
  const high = Math.min(
    lte === undefined ? size : rank((value) => Number(value) <= lte),
    lt === undefined ? size : rank((value) => Number(value) < lt),
  );
  return [low, Math.max(low, high)];
}

function startOf(
  search: Search,
  isDescending: boolean,
  low: number,
  high: number,
  rank: (isBefore: (contact: StoredContact) => boolean) => number,
): number {
  const { after } = search;
  if (after === undefined) return isDescending ? high : low;
  const [{ field }] = search.sorts;
  const compare = (contact: StoredContact) =>
    compareValues(orderOf(field, contact), cursorValue(after[0])) || compareValues(contact.id, String(after[1]));
  const at = rank((contact) => (isDescending ? compare(contact) < 0 : compare(contact) <= 0));
  return Math.min(high, Math.max(low, at));
}

function cursorValue(value: unknown): string | number {
  return typeof value === "number" ? value : String(value);
}

function takeFrom(
  walk: Iterable<StoredContact>,
  room: number,
  test: Wanted | undefined,
  skip: number,
  limit: number,
): StoredContact[] {
  const taken: StoredContact[] = [];
  let left = room;
  let skipped = 0;
  for (const contact of walk) {
    if (left <= 0 || taken.length >= limit) break;
    left -= 1;
    if (test !== undefined && !test(contact)) continue;
    if (skipped < skip) skipped += 1;
    else taken.push(contact);
  }
  return taken;
}

function countIn(walk: Iterable<StoredContact>, room: number, test: Wanted): number {
  let left = room;
  let count = 0;
  for (const contact of walk) {
    if (left <= 0) break;
    left -= 1;
    if (test(contact)) count += 1;
  }
  return count;
}

/** Gathers all that match and sorts them: for searches by e-mail, phone or id, and for several sort fields. */
function gathered(index: Table<StoredContact>, search: Search): Page {
  const test = withRanges(search);
  const matches = [...candidates(index, search.filters)]
    .filter(test)
    .sort((left, right) => compareBy(search, left, right));
  const from = search.after === undefined ? (search.page - 1) * search.limit : afterCursor(matches, search);
  return { contacts: matches.slice(from, from + search.limit), total: matches.length };
}

function candidates(index: Table<StoredContact>, { exact }: Filters): Iterable<StoredContact> {
  if (exact === undefined) return index.all();
  if (exact.field !== "id") return index.find(exact.field, exact.value);
  const one = index.get(exact.value);
  return one === undefined ? [] : [one];
}

function compareBy({ sorts }: Search, left: StoredContact, right: StoredContact): number {
  for (const { field, isDescending } of sorts) {
    const compared = compareValues(orderOf(field, left), orderOf(field, right));
    if (compared !== 0) return isDescending ? -compared : compared;
  }
  return compareValues(left.id, right.id) * (sorts[0].isDescending ? -1 : 1);
}

function afterCursor(matches: readonly StoredContact[], search: Search): number {
  const id = String(search.after?.at(-1));
  const at = matches.findIndex((contact) => contact.id === id);
  if (at !== -1) return at + 1;
  const next = matches.findIndex((contact) => isAfter(contact, search));
  return next === -1 ? matches.length : next;
}

function isAfter(contact: StoredContact, { sorts, after = [] }: Search): boolean {
  for (const [at, { field, isDescending }] of sorts.entries()) {
    const compared = compareValues(orderOf(field, contact), cursorValue(after[at]));
    if (compared !== 0) return isDescending ? compared < 0 : compared > 0;
  }
  return compareValues(contact.id, String(after.at(-1))) * (sorts[0].isDescending ? -1 : 1) > 0;
}
