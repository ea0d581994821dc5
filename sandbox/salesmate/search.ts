import type { Table } from "../control/table.ts";
import { instantOf } from "./dates.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** One page of a search. */
export type Found<Item> = { readonly items: readonly Item[]; readonly total: number; readonly rows: number };

/** What a search can order by time. */
export type Stamped = { readonly createdAt: number; readonly lastModifiedAt: number };

/** What can be searched: the records of one module. */
export type SearchModule<Item extends Stamped> = {
  /** Stands before the names of fields, with a dot. */
  readonly prefix: string;
  readonly table: Table<Item>;
  /** The text of a field, as EQUALS compares it. */
  readonly textOf: (field: string, item: Item) => string;
  readonly isSearchable: (field: string) => boolean;
  /** Whether EQUALS on this field is taken and has no effect. */
  readonly isPassedOver: (field: string) => boolean;
};

/** What a search depends on. */
export type SearchRules = { readonly quirks: Quirks; readonly refusals: Refusals; readonly user: number };

type Wanted<Item> = (item: Item) => boolean;

/** A rule by itself, or rules that are ANDed or ORed. */
type Query =
  | { readonly operator: "AND" | "OR"; readonly parts: readonly Query[] }
  | { readonly after: number; readonly field: "createdAt" | "lastModifiedAt" }
  | { readonly equals: string; readonly field: string };

const ROWS_MAX = 250;
const SORT_FIELDS = ["id", "createdAt", "lastModifiedAt", "name", "firstName", "lastName"];
const MINUTE_MS = 60_000;

/** Runs a search. @throws Refusal 400 on a condition, field or literal that is not known. Source: sheet section 3. */
export function runSearch<Item extends Stamped>(
  body: unknown,
  paging: Readonly<Record<string, string>>,
  module: SearchModule<Item>,
  rules: SearchRules,
): Found<Item> {
  const given = asObject(body);
  const rows = Math.min(ROWS_MAX, whole(paging.rows, ROWS_MAX, "rows", rules.refusals));
  const from = whole(paging.from, 0, "from", rules.refusals);
  const query = readGroup(asObject(given.filterQuery).group, module, rules);
  const sort = readSort(given.sort, module);
  return { ...page(module, query, sort, from, rows, rules), rows };
}

function whole(text: string | undefined, otherwise: number, name: string, refusals: Refusals): number {
  if (text === undefined || text === "") return otherwise;
  if (!/^\d+$/.test(text)) throw refusals.invalid(`${name} must be a number`);
  return Number(text);
}

type Sort = { readonly field: string; readonly isDescending: boolean };

/** Both spellings of the direction are read, with and without the module's prefix; anything else sorts by id. */
function readSort<Item extends Stamped>(value: unknown, module: SearchModule<Item>): Sort {
  const { fieldName, order, orderType } = asObject(value);
  const field = bare(String(fieldName ?? ""), module);
  const isDescending = String(order ?? orderType ?? "").toLowerCase() === "desc";
  return SORT_FIELDS.includes(field) ? { field, isDescending } : { field: "id", isDescending: false };
}

function readGroup<Item extends Stamped>(value: unknown, module: SearchModule<Item>, rules: SearchRules): Query {
  const group = asObject(value);
  const operator = String(group.operator ?? "AND").toUpperCase();
  if (operator !== "AND" && operator !== "OR") throw rules.refusals.invalid(`${operator} is not a valid operator`);
  const list = Array.isArray(group.rules) ? group.rules : [];
  const parts = list.flatMap((rule: unknown) => {
    const inner = asObject(rule).group;
    return inner === undefined ? readRule(asObject(rule), module, rules) : [readGroup(inner, module, rules)];
  });
  return { operator, parts };
}

/** One condition, or none where the product would pass it over. */
function readRule<Item extends Stamped>(
  rule: Readonly<Record<string, unknown>>,
  module: SearchModule<Item>,
  rules: SearchRules,
): Query[] {
  const field = bare(String(asObject(rule.field).fieldName ?? ""), module);
  const value = String(rule.data ?? "");
  switch (rule.condition) {
    case "IS_AFTER":
      return [afterRule(field, value, rules)];
    case "EQUALS":
      if (!module.isSearchable(field)) throw rules.refusals.invalid(`${field} is not a valid field`);
      if (module.isPassedOver(field)) return [];
      return [{ field, equals: value === "$MYSELF$" ? String(rules.user) : value }];
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

function bare<Item extends Stamped>(fieldName: string, { prefix }: SearchModule<Item>): string {
  return fieldName.startsWith(`${prefix}.`) ? fieldName.slice(prefix.length + 1) : fieldName;
}

function testOf<Item extends Stamped>(query: Query, module: SearchModule<Item>, quirks: Quirks): Wanted<Item> {
  if ("after" in query) return (item) => item[query.field] > query.after;
  if ("equals" in query) {
    const fold = (text: string) => (quirks.equalsMindsCase ? text : text.toLowerCase());
    return (item) => fold(module.textOf(query.field, item)) === fold(query.equals);
  }
  const tests = query.parts.map((part) => testOf(part, module, quirks));
  return query.operator === "AND" || tests.length === 0
    ? (item) => tests.every((test) => test(item))
    : (item) => tests.some((test) => test(item));
}

type Page<Item> = Pick<Found<Item>, "items" | "total">;

/** Takes the shortest way that gives the page: an index for EQUALS, a stretch of the order for IS_AFTER, else a walk. */
function page<Item extends Stamped>(
  module: SearchModule<Item>,
  query: Query,
  sort: Sort,
  from: number,
  rows: number,
  { quirks }: SearchRules,
): Page<Item> {
  const { table } = module;
  const needed = "parts" in query && query.operator === "AND" ? query.parts : [query];
  const exact = needed.find((part) => "equals" in part);
  const after = needed.find((part) => "after" in part);
  const isWanted = testOf(query, module, quirks);
  if (exact !== undefined) {
    return sliced(table.find(exact.field, exact.equals.toLowerCase()), isWanted, sort, from, rows, table);
  }
  if (after !== undefined) {
    const list = table.sorted(after.field);
    const low = list.rank((item) => item[after.field] <= after.after);
    if (needed.length === 1 && sort.field === after.field) return walk(list, low, sort.isDescending, from, rows);
    return sliced(list.forward(low), isWanted, sort, from, rows, table);
  }
  if (needed.length === 0) return walk(table.sorted(sort.field), 0, sort.isDescending, from, rows);
  return sliced(table.all(), isWanted, sort, from, rows, table);
}

function walk<Item>(
  list: ReturnType<Table<Item>["sorted"]>,
  low: number,
  isDescending: boolean,
  from: number,
  rows: number,
): Page<Item> {
  const total = list.size() - low;
  const room = Math.max(0, Math.min(rows, total - from));
  const steps: Iterable<Item> = isDescending ? list.backward(list.size() - from) : list.forward(low + from);
  return { items: firstOf(steps, room), total };
}

function firstOf<Item>(steps: Iterable<Item>, count: number): Item[] {
  const taken: Item[] = [];
  if (count === 0) return taken;
  for (const item of steps) {
    if (taken.push(item) >= count) break;
  }
  return taken;
}

function sliced<Item>(
  found: Iterable<Item>,
  isWanted: Wanted<Item>,
  sort: Sort,
  from: number,
  rows: number,
  table: Table<Item>,
): Page<Item> {
  const matches = [...found].filter(isWanted).sort((left, right) => table.compare(sort.field, left, right));
  if (sort.isDescending) matches.reverse();
  return { items: matches.slice(from, from + rows), total: matches.length };
}

/** The fields that rows shall show, as they were asked for. @throws Refusal 400 when they are no list. */
export function displayingFields(body: unknown, refusals: Refusals): string[] {
  const names = asObject(body).displayingFields ?? [];
  if (!Array.isArray(names)) throw refusals.invalid("displayingFields must be an array");
  return names.map(String);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
