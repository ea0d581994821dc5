import { valueText } from "./book.ts";
import { literalOf } from "./dates.ts";
import type { Module, StoredRecord } from "./module.ts";
import { type Showing, showing, shownLink, shownOwner } from "./present.ts";
import type { Route, RouteParts, Visit } from "./routes.ts";
import { displayingFields, runSearch, type SearchModule } from "./search.ts";

/** Where the operations on the records of a module lie. */
export type ModulePaths = {
  /** Of all its records; one of them lies below, by its id. */
  readonly records: string;
  readonly search: string;
  /** Absent where single records cannot be read. */
  readonly isReadable?: false;
};

/** Registers the operations on the records of one module. Source: contract sheet, section 3. */
export function moduleRoutes(
  route: Route,
  module: Module,
  parts: RouteParts,
  paths: ModulePaths = { records: `/${module.kind.prefix}/v4`, search: `/${module.kind.prefix}/v4/search` },
): void {
  writeRoutes(route, module, parts, paths);
  readRoutes(route, module, parts, paths);
}

function writeRoutes(route: Route, module: Module, { quirks }: RouteParts, { records }: ModulePaths): void {
  route("POST", records, ({ body, user }) => ({ id: module.create(body, user).id }));
  route("PUT", `${records}/:id`, ({ id, body, user }) => {
    const record = module.update(id, body, user);
    return quirks().updateAnswers === "id" ? { id: record.id } : {};
  });
  route("DELETE", `${records}/:id`, ({ id, user }) => {
    module.remove(id, user);
    return {};
  });
}

function readRoutes(route: Route, module: Module, parts: RouteParts, paths: ModulePaths): void {
  const { quirks, refusals } = parts;
  const { book } = module;
  const readOne = ({ id, isStale }: Visit) => {
    const gone = quirks().goneAs === "isDeleted" ? book.get(Number(id)) : undefined;
    const record = gone ?? module.demand(id);
    return shownRecord(isStale ? (book.earlier(record.id) ?? record) : record, module, showing(parts));
  };
  if (paths.isReadable !== false) route("GET", `${paths.records}/:id`, readOne);
  route("POST", paths.search, ({ body, query, user, isStale }) => {
    const found = runSearch(body, query, searchModule(module, parts), { quirks: quirks(), refusals, user });
    const names = displayingFields(body, refusals);
    const data = found.items.map((record) =>
      searchRow(isStale ? (book.earlier(record.id) ?? record) : record, names, module, showing(parts)),
    );
    return { data, totalRows: found.total, totalPages: Math.ceil(found.total / Math.max(1, found.rows)) };
  });
}

/** How far a search by a linked record is understood is as unknown as with activities: taken, passed over, or refused. */
function searchModule(
  { kind, book, fieldsByName, nameOf }: Module,
  { quirks }: RouteParts,
): SearchModule<StoredRecord> {
  const { searchByContact } = quirks();
  const isLink = (field: string) => fieldsByName.get(field.replace(/\.id$/, ""))?.type === "Link";
  return {
    prefix: kind.prefix,
    table: book.contacts,
    textOf: (field, record) => valueText(field, record, nameOf),
    isSearchable: (field) =>
      !(isLink(field) && searchByContact === "refused") &&
      (fieldsByName.has(field.replace(/\.id$/, "")) || ["owner", "owner.id", "name", "id"].includes(field)),
    isPassedOver: (field) => isLink(field) && searchByContact === "ignored",
  };
}

/** A record as a direct read shows it: everything, dates as ISO text or epoch milliseconds. */
export function shownRecord(record: StoredRecord, module: Module, show: Showing): Record<string, unknown> {
  const date = (at: number) => (show.quirks.readDatesAs === "iso" ? new Date(at).toISOString() : at);
  const { id, createdBy, lastModifiedBy, isDeleted } = record;
  return {
    ...{ id, createdBy, lastModifiedBy, isDeleted },
    ...Object.assign({}, ...Object.keys(record.values).map((name) => valueCell(record, name, module, show, date))),
    ...shownOwner(record, show),
    createdAt: date(record.createdAt),
    lastModifiedAt: date(record.lastModifiedAt),
  };
}

/** A row of search: only the fields asked for, dates as minute-precise text in the account's time zone. */
function searchRow(record: StoredRecord, names: readonly string[], module: Module, show: Showing) {
  const literal = (at: number) => literalOf(at, show.quirks.timeZone);
  const row: Record<string, unknown> = {};
  for (const asked of names) {
    const name = asked.startsWith(`${module.kind.prefix}.`) ? asked.slice(module.kind.prefix.length + 1) : asked;
    Object.assign(row, cellOf(record, name, module, show, literal));
  }
  return row;
}

type WriteDate = (at: number) => string | number;

function cellOf(
  record: StoredRecord,
  name: string,
  module: Module,
  show: Showing,
  date: WriteDate,
): Record<string, unknown> {
  switch (name) {
    case "id":
    case "createdBy":
    case "lastModifiedBy":
    case "isDeleted":
      return { [name]: record[name] };
    case "createdAt":
    case "lastModifiedAt":
      return { [name]: date(record[name]) };
    case "owner":
    case "owner.id":
      return shownOwner(record, show);
    default:
      return valueCell(record, name.replace(/\.id$/, ""), module, show, date);
  }
}

function valueCell(
  { values }: StoredRecord,
  name: string,
  { fieldsByName, linkedName }: Module,
  { quirks }: Showing,
  date: WriteDate,
): Record<string, unknown> {
  const field = fieldsByName.get(name);
  const value = values[name];
  if (field === undefined) return {};
  if (value === undefined || value === "") return { [name]: value ?? null };
  if (field.type === "Link") return shownLink(name, Number(value), linkedName(name, Number(value)) ?? "", quirks);
  return { [name]: field.type === "Instant" ? date(Number(value)) : value };
}
