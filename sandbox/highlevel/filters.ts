import { fullNameOf, type StoredContact } from "./contact.ts";
import type { Refusals } from "./wording.ts";

/** Tells whether a contact is among the wanted. */
export type Wanted = (contact: StoredContact) => boolean;

/** Bounds of a range of values, as found in a filter; numbers for dates. */
export type Bounds = { readonly gte?: number; readonly gt?: number; readonly lte?: number; readonly lt?: number };

/** Filters taken apart: what an index can answer is kept by itself. */
export type Filters = {
  /** Top-level ranges over dates, by field. */
  readonly ranges: ReadonlyMap<string, Bounds>;
  /** A top-level "equals" on one of the indexed texts. */
  readonly exact: { readonly field: "id" | "email" | "phone"; readonly value: string } | undefined;
  /** All filters except the ranges, as one test; `undefined` when there are none. */
  readonly rest: Wanted | undefined;
  readonly all: Wanted;
};

const OPERATORS = ["eq", "not_eq", "contains", "not_contains", "exists", "not_exists", "range"];
const DATE_FIELDS = ["dateAdded", "dateUpdated"];

/** Takes the `filters` of a search apart. @throws Refusal 400 on an unknown field, operator or shape. */
export function readFilters(filters: unknown, refusals: Refusals): Filters {
  const items = filters === undefined ? [] : asList(filters, refusals);
  const ranges = new Map<string, Bounds>();
  const rest: Wanted[] = [];
  let exact: Filters["exact"];
  for (const item of items) {
    const filter = asFilter(item, refusals);
    if (isDateRange(filter)) ranges.set(filter.field, { ...ranges.get(filter.field), ...boundsOf(filter, refusals) });
    else rest.push(testOf(filter, refusals));
    exact ??= exactOf(filter);
  }
  const every = (tests: readonly Wanted[]) => (contact: StoredContact) => tests.every((test) => test(contact));
  const inRanges = [...ranges].map(
    ([field, bounds]) =>
      (contact: StoredContact) =>
        isWithin(dateOf(field, contact), bounds),
  );
  return { ranges, exact, rest: rest.length === 0 ? undefined : every(rest), all: every([...rest, ...inRanges]) };
}

type Filter =
  | { readonly field: string; readonly operator: string; readonly value: unknown }
  | { readonly group: "AND" | "OR"; readonly filters: readonly Filter[] };

function asList(value: unknown, refusals: Refusals): readonly unknown[] {
  if (!Array.isArray(value)) throw refusals.invalid(["filters must be an array"]);
  return value;
}

function asFilter(item: unknown, refusals: Refusals): Filter {
  const given: Record<string, unknown> = typeof item === "object" && item !== null ? { ...item } : {};
  if (given.group === "AND" || given.group === "OR") {
    return { group: given.group, filters: asList(given.filters, refusals).map((inner) => asFilter(inner, refusals)) };
  }
  const { field, operator, value } = given;
  if (typeof field !== "string" || !isKnown(field)) throw refusals.bad(`Invalid filter field: ${String(field)}`);
  if (typeof operator !== "string" || !OPERATORS.includes(operator) || (field === "email" && operator === "contains")) {
    throw refusals.bad(`Invalid operator ${String(operator)} for field ${field}`);
  }
  return { field, operator, value };
}

function isDateRange(filter: Filter): filter is Filter & { field: string } {
  return "field" in filter && filter.operator === "range" && DATE_FIELDS.includes(filter.field);
}

function exactOf(filter: Filter): Filters["exact"] {
  if (!("field" in filter) || filter.operator !== "eq" || typeof filter.value !== "string") return undefined;
  const { field, value } = filter;
  return field === "email" || field === "phone" || field === "id" ? { field, value: normal(field, value) } : undefined;
}

function normal(field: string, value: string): string {
  return field === "email" ? value.toLowerCase() : value;
}

function testOf(filter: Filter, refusals: Refusals): Wanted {
  if ("group" in filter) {
    const tests = filter.filters.map((inner) => testOf(inner, refusals));
    return filter.group === "AND"
      ? (contact) => tests.every((test) => test(contact))
      : (contact) => tests.some((test) => test(contact));
  }
  const { field, operator, value } = filter;
  const has = (test: (found: unknown) => boolean) => (contact: StoredContact) => valuesOf(field, contact).some(test);
  const not =
    (wanted: Wanted): Wanted =>
    (contact) =>
      !wanted(contact);
  const isAmong = has((found) => asArray(value).some((one) => same(found, one)));
  const holds = has((found) => String(found).toLowerCase().includes(String(value).toLowerCase()));
  switch (operator) {
    case "eq":
      return isAmong;
    case "not_eq":
      return not(isAmong);
    case "contains":
      return holds;
    case "not_contains":
      return not(holds);
    case "exists":
      return has(() => true);
    case "not_exists":
      return not(has(() => true));
    default:
      return rangeTest(filter, refusals);
  }
}

function rangeTest(filter: Filter, refusals: Refusals): Wanted {
  const bounds = boundsOf(filter, refusals);
  const field = "field" in filter ? filter.field : "";
  return (contact) =>
    DATE_FIELDS.includes(field)
      ? isWithin(dateOf(field, contact), bounds)
      : valuesOf(field, contact).some((found) => isWithin(Number(found), bounds));
}

function boundsOf(filter: Filter, refusals: Refusals): Bounds {
  const value = "value" in filter ? filter.value : undefined;
  if (typeof value !== "object" || value === null) throw refusals.bad("Invalid value for operator range");
  return Object.fromEntries(
    Object.entries(value).map(([bound, at]) => {
      const number = typeof at === "number" ? at : Date.parse(String(at));
      if (!["gte", "gt", "lte", "lt"].includes(bound) || Number.isNaN(number)) {
        throw refusals.bad("Invalid value for operator range");
      }
      return [bound, number];
    }),
  );
}

/** Whether a number lies within bounds. */
export function isWithin(value: number, { gte, gt, lte, lt }: Bounds): boolean {
  return (
    (gte === undefined || value >= gte) &&
    (gt === undefined || value > gt) &&
    (lte === undefined || value <= lte) &&
    (lt === undefined || value < lt)
  );
}

function dateOf(field: string, contact: StoredContact): number {
  return field === "dateAdded" ? contact.addedAt : contact.updatedAt;
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function same(left: unknown, right: unknown): boolean {
  return String(left).toLowerCase() === String(right).toLowerCase();
}

type Reader = (contact: StoredContact) => unknown;

const READERS: Readonly<Record<string, Reader>> = {
  id: (contact) => contact.id,
  contactName: fullNameOf,
  firstNameLowerCase: (contact) => contact.firstName,
  lastNameLowerCase: (contact) => contact.lastName,
  email: (contact) => contact.email,
  phone: (contact) => contact.phone,
  address: (contact) => contact.address1,
  city: (contact) => contact.city,
  state: (contact) => contact.state,
  country: (contact) => contact.country,
  postalCode: (contact) => contact.postalCode,
  companyName: (contact) => contact.companyName,
  businessName: () => null,
  assignedTo: (contact) => contact.assignedTo,
  source: (contact) => contact.source,
  type: () => "lead",
  dnd: (contact) => contact.dnd,
  isValidWhatsapp: () => null,
  followers: (contact) => contact.followers,
  tags: (contact) => contact.tags,
  dateAdded: (contact) => contact.addedAt,
  dateUpdated: (contact) => contact.updatedAt,
  lastEmailClickedDate: () => null,
  lastEmailOpenedDate: () => null,
};

function isKnown(field: string): boolean {
  return Object.hasOwn(READERS, field) || field.startsWith("customFields.");
}

function valuesOf(field: string, contact: StoredContact): readonly unknown[] {
  const value = field.startsWith("customFields.")
    ? contact.customFields.find(({ id }) => id === field.slice("customFields.".length))?.value
    : READERS[field]?.(contact);
  return asArray(value).filter((found) => found !== null && found !== undefined && found !== "");
}
