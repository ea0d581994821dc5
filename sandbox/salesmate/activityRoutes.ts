import { ACTIVITY_TYPES, endOf, type StoredActivity, TEXT_LENGTHS } from "./activity.ts";
import { activityText } from "./activityBook.ts";
import { fullNameOf } from "./contact.ts";
import { literalOf } from "./dates.ts";
import { type Showing, showing, shownLink, shownOwner } from "./present.ts";
import type { Route, RouteParts } from "./routes.ts";
import { displayingFields, runSearch, type SearchModule } from "./search.ts";

const SEARCHED = ["id", "title", "type", "owner", "owner.id", "isCompleted", ...Object.keys(TEXT_LENGTHS)];
const CONTACT_FIELDS = ["primaryContact", "primaryContact.id"];

/** Registers the operations on activities. */
export function activityRoutes(route: Route, parts: RouteParts): void {
  const { activityBook: book, activityWriter: writer, quirks } = parts;

  route("POST", "/activity/v4", ({ body, user }) => ({ id: writer.create(body, user).id }));
  route("PUT", "/activity/v4/:id", ({ id, body, user }) => {
    const activity = writer.update(id, body, user);
    return quirks().updateAnswers === "id" ? { id: activity.id } : {};
  });
  route("DELETE", "/activity/v4/:id", ({ id, query, user }) => {
    writer.remove(id, user, query.hardDelete === "true");
    return {};
  });
  route("GET", "/activity/v4/:id", ({ id, isStale }) => {
    const gone = quirks().goneAs === "isDeleted" ? book.get(Number(id)) : undefined;
    const activity = gone ?? writer.demand(id);
    const seen = isStale ? (book.earlier(activity.id) ?? activity) : activity;
    return shownActivity(seen, showing(parts), parts);
  });
  route("POST", "/activity/v4/search", ({ body, query, user, isStale }) => {
    const rules = { quirks: quirks(), refusals: parts.refusals, user };
    const found = runSearch(body, query, searchModule(parts), rules);
    const names = displayingFields(body, parts.refusals).map((name) => name.replace(/^activity\./, ""));
    const data = found.items.map((activity) => {
      const seen = isStale ? (book.earlier(activity.id) ?? activity) : activity;
      return activityRow(seen, names, parts);
    });
    return { data, totalRows: found.total, totalPages: Math.ceil(found.total / Math.max(1, found.rows)) };
  });
  route("GET", "/v1/activityTypes", () =>
    ACTIVITY_TYPES.map((type, index) => ({ id: index + 1, type, isActive: true })),
  );
}

/** How far a search by contact is understood is not documented: taken, passed over, or refused. */
function searchModule({ activityBook, quirks }: RouteParts): SearchModule<StoredActivity> {
  const { searchByContact } = quirks();
  return {
    prefix: "activity",
    table: activityBook.activities,
    textOf: activityText,
    isSearchable: (field) =>
      SEARCHED.includes(field) || (CONTACT_FIELDS.includes(field) && searchByContact !== "refused"),
    isPassedOver: (field) => CONTACT_FIELDS.includes(field) && searchByContact === "ignored",
  };
}

/** An activity as a direct read shows it: dates as ISO text or epoch milliseconds. */
function shownActivity(activity: StoredActivity, show: Showing, parts: RouteParts): Record<string, unknown> {
  const iso = show.quirks.readDatesAs === "iso";
  const date = (at: number | undefined) => (at === undefined ? null : iso ? new Date(at).toISOString() : at);
  const { id, title, type, texts, duration, isCompleted, isDeleted, createdBy, lastModifiedBy } = activity;
  return {
    ...{ id, title, type, ...texts, duration: duration ?? null, isCompleted, isDeleted, createdBy, lastModifiedBy },
    ...shownOwner(activity, show),
    ...shownContactOf(activity, show, parts),
    dueDate: date(activity.dueDate),
    endDate: date(endOf(activity)),
    completedAt: date(activity.completedAt),
    createdAt: date(activity.createdAt),
    lastModifiedAt: date(activity.lastModifiedAt),
  };
}

/** A row of search: only the fields asked for, dates as minute-precise text in the account's time zone. */
function activityRow(activity: StoredActivity, names: readonly string[], parts: RouteParts): Record<string, unknown> {
  const show = showing(parts);
  const row: Record<string, unknown> = {};
  for (const name of names) Object.assign(row, cellOf(activity, name, show, parts));
  return row;
}

function cellOf(activity: StoredActivity, name: string, show: Showing, parts: RouteParts): Record<string, unknown> {
  const literal = (at: number | undefined) => (at === undefined ? null : literalOf(at, show.quirks.timeZone));
  switch (name) {
    case "id":
    case "title":
    case "type":
    case "isCompleted":
    case "isDeleted":
      return { [name]: activity[name] };
    case "duration":
      return { duration: activity.duration ?? null };
    case "dueDate":
    case "completedAt":
    case "createdAt":
    case "lastModifiedAt":
      return { [name]: literal(activity[name]) };
    case "endDate":
      return { endDate: literal(endOf(activity)) };
    case "owner":
    case "owner.id":
      return shownOwner(activity, show);
    case "primaryContact":
    case "primaryContact.id":
      return shownContactOf(activity, show, parts);
    default:
      return name in TEXT_LENGTHS ? { [name]: activity.texts[name] ?? null } : {};
  }
}

function shownContactOf(activity: StoredActivity, { quirks }: Showing, { book }: RouteParts): Record<string, unknown> {
  const id = activity.primaryContact;
  if (id === undefined) return quirks.ownerAs === "Owner-object" ? { PrimaryContact: null } : { primaryContact: null };
  const contact = book.get(id);
  return shownLink("primaryContact", id, contact === undefined ? "" : fullNameOf(contact), quirks);
}
