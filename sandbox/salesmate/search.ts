import type { Table } from "../control/table.ts";
import { valueText } from "./book.ts";
import { FIELDS_BY_NAME, type StoredContact } from "./contact.ts";
import { instantOf } from "./dates.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** One page of a search. */
export type Found = { readonly contacts: readonly StoredContact[]; readonly total: number; readonly rows: number };

/** What a search depends on. */
export type SearchRules = { readonly quirks: Quirks; readonly refusals: Refusals; readonly user: number };

type Wanted = (contact: StoredContact) => boolean;

/** A rule by itself, or rules that are ANDed or ORed. */
type Query =
  | { readonly operator: "AND" | "OR"; readonly parts: readonly Query[] }
  | { readonly after: number; readonly field: "createdAt" | "lastModifiedAt" }
  | { readonly equals: string; readonly field: string };

const ROWS_MAX = 250;
const SORT_FIELDS = ["id", "createdAt", "lastModifiedAt", "name", "firstName", "lastName"];
const MINUTE_MS = 60_000;

/** Runs a search. @throws Refusal 400 on a condition, field or literal that is not known. Source: sheet section 3. */
export function runSearch(
  body: unknown,
  paging: Readonly<Record<string, string>>,
  contacts: Table<StoredContact>,
  rules: SearchRules,
): Found {
  const given = asObject(body);
  const rows = Math.min(ROWS_MAX, whole(paging.rows, ROWS_MAX, "rows", rules.refusals));
  const from = whole(paging.from, 0, "from", rules.refusals);
  const query = readGroup(asObject(given.filterQuery).group, rules);
  const sort = readSort(given.sort);
  return { ...page(contacts, query, sort, from, rows, rules), rows };
}

function whole(text: string | undefined, otherwise: number, name: string, refusals: Refusals): number {
  if (text === undefined || text === "") return otherwise;
  if (!/^\d+$/.test(text)) throw refusals.invalid(`${name} must be a number`);
  return Number(text);
}

type Sort = { readonly field: string; readonly isDescending: boolean };

/** Both spellings of the direction are read, with and without the module's prefix; anything else sorts by id. */
function readSort(value: unknown): Sort {
  const { fieldName, order, orderType } = asObject(value);
  const field = bare(String(fieldName ?? ""));
  const isDescending = String(order ?? orderType ?? "").toLowerCase() === "desc";
  return SORT_FIELDS.includes(field) ? { field, isDescending } : { field: "id", isDescending: false };
}

function readGroup(value: unknown, rules: SearchRules): Query {
  const group = asObject(value);
  const operator = String(group.operator ?? "AND").toUpperCase();
  if (operator !== "AND" && operator !== "OR") throw rules.refusals.invalid(`${operator} is not a valid operator`);
  const list = Array.isArray(group.rules) ? group.rules : [];
  const parts = list.map((rule: unknown) => {
    const inner = asObject(rule).group;
    return inner === undefined ? readRule(asObject(rule), rules) : readGroup(inner, rules);
  });
  return { operator, parts };
}

function readRule(rule: Readonly<Record<string, unknown>>, rules: SearchRules): Query {
  const field = bare(String(asObject(rule.field).fieldName ?? ""));
  const value = String(rule.data ?? "");
  switch (rule.condition) {
    case "IS_AFTER":
      return afterRule(field, value, rules);
    case "EQUALS":
      if (!isSearchable(field)) throw rules.refusals.invalid(`${field} is not a valid field`);
      return { field, equals: value === "$MYSELF$" ? String(rules.user) : value };
    default:
      throw rules.refusals.invalid(`${String(rule.condition)} is not a valid condition`);
  }
}

function afterRule(field: string, literal: string, { quirks, refusals }: SearchRules): Query {
  if (field !== "createdAt" && field !== "lastModifiedAt") throw refusals.invalid(`${field} is not a DateTime field`);
  const at = instantOf(literal, quirks.timeZone);
  if (at === undefined) throw refusals.invalid(`${literal} is not a valid date`);
  // Whole minutes: only what lies in a later minute is after this one.
  return { field, after: quirks.afterComparesMinutes ? at + MINUTE_MS - 1 : at };
}

function isSearchable(field: string): boolean {
  return FIELDS_BY_NAME.has(field) || ["owner", "owner.id", "name", "id"].includes(field);
}

function bare(fieldName: string): string {
  return fieldName.replace(/^contact\./, "");
}

function testOf(query: Query, quirks: Quirks): Wanted {
  if ("after" in query) return (contact) => contact[query.field] > query.after;
  if ("equals" in query) {
    const fold = (text: string) => (quirks.equalsMindsCase ? text : text.toLowerCase());
    return (contact) => fold(valueText(query.field, contact)) === fold(query.equals);
  }
  const tests = query.parts.map((part) => testOf(part, quirks));
  return query.operator === "AND" || tests.length === 0
    ? (contact) => tests.every((test) => test(contact))
    : (contact) => tests.some((test) => test(contact));
}

type Page = Pick<Found, "contacts" | "total">;

/** Takes the shortest way that gives the page: an index for EQUALS, a stretch of the order for IS_AFTER, else a walk. */
function page(
  contacts: Table<StoredContact>,
  query: Query,
  sort: Sort,
  from: number,
  rows: number,
  { quirks }: SearchRules,
): Page {
  const needed = "parts" in query && query.operator === "AND" ? query.parts : [query];
  const exact = needed.find((part) => "equals" in part);
  const after = needed.find((part) => "after" in part);
  if (exact !== undefined) {
    return sliced(
      contacts.find(exact.field, exact.equals.toLowerCase()),
      testOf(query, quirks),
      sort,
      from,
      rows,
      contacts,
    );
  }
  if (after !== undefined) {
    const list = contacts.sorted(after.field);
    const low = list.rank((contact) => contact[after.field] <= after.after);
    if (needed.length === 1 && sort.field === after.field) return walk(list, low, sort.isDescending, from, rows);
    return sliced(list.forward(low), testOf(query, quirks), sort, from, rows, contacts);
  }
  if (needed.length === 0) return walk(contacts.sorted(sort.field), 0, sort.isDescending, from, rows);
  return sliced(contacts.all(), testOf(query, quirks), sort, from, rows, contacts);
}

function walk(
  list: ReturnType<Table<StoredContact>["sorted"]>,
  low: number,
  isDescending: boolean,
  from: number,
  rows: number,
): Page {
  const total = list.size() - low;
  const room = Math.max(0, Math.min(rows, total - from));
  const steps: Iterable<StoredContact> = isDescending ? list.backward(list.size() - from) : list.forward(low + from);
  return { contacts: firstOf(steps, room), total };
}

function firstOf(steps: Iterable<StoredContact>, count: number): StoredContact[] {
  const taken: StoredContact[] = [];
  if (count === 0) return taken;
  for (const contact of steps) {
    if (taken.push(contact) >= count) break;
  }
  return taken;
}

function sliced(
  found: Iterable<StoredContact>,
  test: Wanted,
  sort: Sort,
  from: number,
  rows: number,
  contacts: Table<StoredContact>,
): Page {
  const matches = [...found].filter(test).sort((left, right) => contacts.compare(sort.field, left, right));
  if (sort.isDescending) matches.reverse();
  return { contacts: matches.slice(from, from + rows), total: matches.length };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
