import { matchesQuery } from "../control/desk.ts";
import { uuid } from "../random.ts";
import type { Book } from "./book.ts";
import { COMPANY_NAME, CONTACT_CHECKS, checked, checkedContact, requiredText, text, texts } from "./check.ts";
import { fullNameOf, type StoredContact } from "./contact.ts";
import type { CustomFields } from "./customFields.ts";
import { listRow, type Showing, searchRow, shownContact } from "./present.ts";
import type { Quirks } from "./quirks.ts";
import type { Answer, Route, Visit } from "./routing.ts";
import { runSearch } from "./search.ts";
import type { Refusals } from "./wording.ts";
import { phoneInE164 } from "./write.ts";
import type { Writer } from "./writer.ts";

/** What the operations on contacts work with. */
export type ContactParts = {
  readonly book: Book;
  readonly writer: Writer;
  readonly fields: CustomFields;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly random: () => number;
  readonly country: string;
};

/** Registers operations 1 to 9, 21 and 22 of the contract sheet. */
export function contactRoutes(route: Route, parts: ContactParts): void {
  writeRoutes(route, parts);
  tagRoutes(route, parts);
  searchRoutes(route, parts);
}

function writeRoutes(route: Route, parts: ContactParts): void {
  const { writer, refusals } = parts;
  const shown = (contact: StoredContact, visit: Visit) => shownContact(contact, showing(parts, visit));

  route("POST", "/contacts/", "contacts.write", (visit) => {
    const write = checkedContact(visit.body, CONTACT_CHECKS.create, refusals);
    return traced(parts, { contact: shown(writer.create(write, visit.origin), visit) }, 201);
  });
  route("POST", "/contacts/upsert", "contacts.write", (visit) => {
    const write = checkedContact(visit.body, CONTACT_CHECKS.upsert, refusals);
    const mayDuplicate = "createNewIfDuplicateAllowed" in write && write.createNewIfDuplicateAllowed === true;
    const { isNew, contact } = writer.upsert(write, mayDuplicate, visit.origin);
    return traced(parts, { new: isNew, contact: shown(contact, visit) });
  });
  route("GET", "/contacts/:contactId", "contacts.readonly", (visit) => {
    const contact = writer.demand(idOf(visit));
    const seen = visit.isStale ? (parts.book.earlier(contact.id) ?? contact) : contact;
    return traced(parts, { contact: shown(seen, visit) });
  });
  route("PUT", "/contacts/:contactId", "contacts.write", (visit) => {
    const allowed = { ...CONTACT_CHECKS.update, ...(parts.quirks().companyNameOnUpdate ? COMPANY_NAME : {}) };
    const contact = writer.update(idOf(visit), checkedContact(visit.body, allowed, refusals), visit.origin);
    return traced(parts, { ...(visit.isV3 ? {} : { succeded: true }), contact: shown(contact, visit) });
  });
  route("DELETE", "/contacts/:contactId", "contacts.write", (visit) => {
    writer.remove(idOf(visit));
    return traced(parts, { succeded: true, ...(visit.isV3 ? { succeeded: true } : {}) });
  });
}

function tagRoutes(route: Route, { writer, refusals }: ContactParts): void {
  const tagsOf = (visit: Visit): readonly string[] => {
    const { tags } = checked(visit.body, { tags: texts }, [], refusals);
    if (!Array.isArray(tags)) throw refusals.invalid(["tags must be an array"]);
    return tags;
  };
  route("POST", "/contacts/:contactId/tags", "contacts.write", (visit) => ({
    status: 201,
    body: { tags: writer.addTags(idOf(visit), tagsOf(visit), visit.origin).tags },
  }));
  route("DELETE", "/contacts/:contactId/tags", "contacts.write", (visit) => ({
    body: { tags: writer.removeTags(idOf(visit), tagsOf(visit), visit.origin).tags },
  }));
}

const SEARCH_KEYS = ["locationId", "pageLimit", "page", "searchAfter", "filters", "sort", "query"];

function searchRoutes(route: Route, parts: ContactParts): void {
  const { refusals } = parts;
  route("POST", "/contacts/search", "contacts.readonly", (visit) => {
    // The body of a search is typed nowhere, so its parts are checked by the search itself.
    const anything = Object.fromEntries(SEARCH_KEYS.map((key) => [key, () => []]));
    const body = checked(visit.body, { ...anything, locationId: requiredText }, ["locationId"], refusals);
    const found = runSearch(body, parts.book.index(), refusals);
    const contacts = found.contacts.map((contact) =>
      searchRow(seenBy(visit, contact, parts), showing(parts, visit), found.cursorOf(contact)),
    );
    return traced(parts, { contacts, total: found.total });
  });
  route("GET", "/contacts/", "contacts.readonly", (visit) => listContacts(visit, parts));
  route("GET", "/contacts/search/duplicate", "contacts.readonly", (visit) => lookUpDuplicate(visit, parts));
  route("GET", "/contacts/business/:businessId", "contacts.readonly", (visit) => listOfBusiness(visit, parts));
}

const LIST_LIMIT_MAX = 100;

/** The deprecated list: newest first, continued after the time and id of the last row. */
function listContacts(visit: Visit, parts: ContactParts): Answer {
  const { query } = visit;
  checked(query, LIST_QUERY, ["locationId"], parts.refusals);
  const limit = Number(query.limit ?? 20);
  if (!(limit >= 1 && limit <= LIST_LIMIT_MAX)) {
    throw parts.refusals.invalid([`limit must not be greater than ${LIST_LIMIT_MAX}`]);
  }
  const list = parts.book.index().sorted("dateAdded");
  const start = query.startAfter === undefined ? list.size() : list.rank((contact) => isOlder(contact, query));
  const rows: StoredContact[] = [];
  let total = query.query ? 0 : list.size();
  for (const contact of list.backward(start)) {
    if (!matchesQuery(query.query ?? "", [fullNameOf(contact), contact.email, contact.phone])) continue;
    if (query.query) total += 1;
    if (rows.length < limit) rows.push(contact);
    else if (!query.query) break;
  }
  const contacts = rows.map((contact) => listRow(seenBy(visit, contact, parts), showing(parts, visit)));
  return traced(parts, { contacts, count: total, meta: listMeta(visit, rows, limit, total) });
}

const LIST_QUERY = { locationId: requiredText, limit: text, startAfter: text, startAfterId: text, query: text };

function isOlder(
  contact: StoredContact,
  { startAfter = "", startAfterId = "" }: Readonly<Record<string, string>>,
): boolean {
  const at = Number(startAfter);
  return contact.addedAt < at || (contact.addedAt === at && contact.id < startAfterId);
}

function listMeta(visit: Visit, rows: readonly StoredContact[], limit: number, total: number) {
  const last = rows.at(-1);
  const hasMore = last !== undefined && rows.length === limit;
  const next = new URLSearchParams({
    locationId: visit.query.locationId ?? "",
    limit: String(limit),
    startAfter: String(last?.addedAt ?? ""),
    startAfterId: last?.id ?? "",
  });
  return {
    total,
    nextPageUrl: hasMore ? `${visit.baseUrl}/contacts/?${next}` : null,
    startAfterId: last?.id ?? null,
    startAfter: last?.addedAt ?? null,
    currentPage: null,
    nextPage: hasMore ? 2 : null,
    prevPage: null,
  };
}

/** By the location's key order; e-mail then phone where duplicates are allowed. Shows the lagging index. */
function lookUpDuplicate(visit: Visit, parts: ContactParts): Answer {
  const { email, number } = visit.query;
  checked(visit.query, { locationId: requiredText, email: text, number: text }, ["locationId"], parts.refusals);
  const { allowDuplicateContact, uniqueKeys } = parts.quirks();
  const index = parts.book.index();
  const phone = number ? (phoneInE164(number, parts.country) ?? number) : undefined;
  const found = (allowDuplicateContact ? (["email", "phone"] as const) : uniqueKeys)
    .flatMap((key) => {
      const wanted = key === "email" ? email?.toLowerCase() : phone;
      if (!wanted) return [];
      return [...index.find(key, wanted), ...(key === "email" ? index.find("additionalEmail", wanted) : [])];
    })
    .at(0);
  const contact = found === undefined ? null : shownContact(seenBy(visit, found, parts), showing(parts, visit));
  return traced(parts, { contact });
}

function listOfBusiness(visit: Visit, parts: ContactParts): Answer {
  const checks = visit.isV3 ? { ...BUSINESS_QUERY, startAfter: text } : BUSINESS_QUERY;
  checked(visit.query, checks, ["locationId"], parts.refusals);
  const { limit = "25", skip = "0", query = "" } = visit.query;
  const members = [...parts.book.index().all()].filter(
    (contact) =>
      contact.businessId === visit.params.businessId &&
      matchesQuery(query, [fullNameOf(contact), contact.email, contact.phone]),
  );
  const rows = members.slice(Number(skip), Number(skip) + Number(limit));
  return traced(parts, {
    contacts: rows.map((contact) => listRow(contact, showing(parts, visit))),
    count: members.length,
  });
}

const BUSINESS_QUERY = { locationId: requiredText, limit: text, skip: text, query: text };

function idOf(visit: Visit): string {
  return visit.params.contactId ?? "";
}

function seenBy(visit: Visit, contact: StoredContact, { book }: ContactParts): StoredContact {
  return visit.isStale ? (book.earlier(contact.id) ?? contact) : contact;
}

function showing({ quirks, fields }: ContactParts, { isV3 }: Visit): Showing {
  return { quirks: quirks(), fields, isV3 };
}

function traced({ random }: ContactParts, body: object, status = 200): Answer {
  return { status, body: { ...body, traceId: uuid(random) } };
}
