import type { EmulatorApp } from "../control/app.ts";
import type { Asked } from "../control/door.ts";
import type { Allowance } from "../control/limiter.ts";
import type { ActivityBook } from "./activityBook.ts";
import { activityRoutes } from "./activityRoutes.ts";
import type { ActivityWriter } from "./activityWriter.ts";
import { type Book, valueText } from "./book.ts";
import { FIELDS, FIELDS_BY_NAME, type Field, type StoredContact } from "./contact.ts";
import type { DealPipeline } from "./deal.ts";
import { furtherRoutes } from "./furtherRoutes.ts";
import type { Module } from "./module.ts";
import { moduleRoutes } from "./moduleRoutes.ts";
import type { NoteParent, Notes } from "./note.ts";
import { noteRoutes } from "./noteRoutes.ts";
import { searchRow, showing, shownContact, type User } from "./present.ts";
import type { Quirks } from "./quirks.ts";
import { displayingFields, runSearch, type SearchModule } from "./search.ts";
import type { Refusals } from "./wording.ts";
import type { Writer } from "./writer.ts";

/** What the operations work with. */
export type RouteParts = {
  readonly book: Book;
  readonly writer: Writer;
  readonly companies: Module;
  readonly deals: Module;
  readonly products: Module;
  /** A module that the account made for itself. */
  readonly sites: Module;
  readonly currencies: readonly string[];
  readonly pipelines: () => readonly DealPipeline[];
  /** The tags that anything carries. */
  readonly tags: () => readonly string[];
  readonly activityBook: ActivityBook;
  readonly activityWriter: ActivityWriter;
  readonly notes: Notes;
  /** Told after a note under this parent was written or deleted. */
  readonly noted: (parent: NoteParent, user: number) => void;
  readonly users: () => readonly User[];
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly linkname: string;
  /** The user whose key this is; `undefined` for a key that is not good. */
  readonly userOfKey: (key: string) => number | undefined;
  readonly limit: (client: string) => Allowance;
  readonly isStale: (request: Asked) => boolean;
};

/** A request that was let in. */
export type Visit = {
  readonly id: string;
  /** All that its path names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly user: number;
  readonly isStale: boolean;
};

/** Registers one operation: what its handler hands back becomes the data of the answer. */
export type Route = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  handle: (visit: Visit) => unknown,
) => void;

/** Registers all operations of the sheet. */
export function salesmateRoutes(open: EmulatorApp["open"], parts: RouteParts): void {
  const route: Route = (method, url, handle) => {
    open({
      method,
      url: `/apis${url}`,
      handler: (request, params, reply) => {
        const visit = admit(request, params, parts);
        return reply.send({ Status: "success", Data: handle(visit) });
      },
    });
  };
  contactRoutes(route, parts);
  moduleRoutes(route, parts.companies, parts);
  moduleRoutes(route, parts.deals, parts);
  activityRoutes(route, parts);
  noteRoutes(route, parts);
  furtherRoutes(route, parts);
  accountRoutes(route, parts);
}

/** Sees to the account, then the key, then the hourly allowance, which all keys of an account share. */
function admit(request: Asked, params: Visit["params"], parts: RouteParts): Visit {
  const key = headerOf(request, "accesstoken") ?? headerOf(request, "sessiontoken");
  const link = headerOf(request, "x-linkname") ?? "";
  if (link.replace(/\.salesmate\.io$/, "") !== parts.linkname) throw parts.refusals.noSuchLink();
  if (key === undefined) throw parts.refusals.noKey();
  const user = parts.userOfKey(key);
  if (user === undefined) throw parts.refusals.unauthorized();
  if (!parts.limit(parts.linkname).isAllowed) throw parts.refusals.overLimit();
  return {
    id: params.id ?? "",
    params,
    query: request.query as Record<string, string>, // texts, or lists of texts that are read nowhere
    body: request.body,
    user,
    isStale: parts.isStale(request),
  };
}

function headerOf(request: Asked, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function contactRoutes(route: Route, parts: RouteParts): void {
  const { book, writer, quirks } = parts;

  route("POST", "/contact/v4", ({ body, user }) => ({ id: writer.create(body, user).id }));
  route("PUT", "/contact/v4/:id", ({ id, body, user }) => {
    const contact = writer.update(id, body, user);
    return quirks().updateAnswers === "id" ? { id: contact.id } : {};
  });
  route("DELETE", "/contact/v4/:id", ({ id, user }) => {
    writer.remove(id, user);
    return {};
  });
  route("GET", "/contact/v4/:id", ({ id, isStale }) => {
    const gone = quirks().goneAs === "isDeleted" ? book.get(Number(id)) : undefined;
    const contact = gone ?? writer.demand(id);
    const seen = isStale ? (book.earlier(contact.id) ?? contact) : contact;
    return shownContact(seen, showing(parts));
  });
  route("POST", "/contact/v4/search", ({ body, query, user, isStale }) => {
    const rules = { quirks: quirks(), refusals: parts.refusals, user };
    const found = runSearch(body, query, searchModule(book), rules);
    const names = displayingFields(body, parts.refusals);
    const data = found.items.map((contact) => {
      const seen = isStale ? (book.earlier(contact.id) ?? contact) : contact;
      return searchRow(seen, names, showing(parts));
    });
    return { data, totalRows: found.total, totalPages: Math.ceil(found.total / Math.max(1, found.rows)) };
  });
}

function searchModule(book: Book): SearchModule<StoredContact> {
  return {
    prefix: "contact",
    table: book.contacts,
    textOf: valueText,
    isSearchable: (field) => FIELDS_BY_NAME.has(field) || ["owner", "owner.id", "name", "id"].includes(field),
    isPassedOver: () => false,
  };
}

function shownFields(fields: readonly Field[]) {
  return fields.map((field) => ({
    fieldName: field.name,
    displayName: field.label,
    type: field.type,
    isCustomField: field.name.includes("CustomField"),
    fieldOptions: field.options ? JSON.stringify({ values: field.options }) : "{}",
  }));
}

function accountRoutes(route: Route, parts: RouteParts): void {
  const { companies, deals, products, pipelines, tags, users } = parts;
  route("GET", "/core/v4/users", ({ query }) =>
    users()
      .filter((user) => query.status === undefined || user.isActive === (query.status === "active"))
      .map((user) => ({ ...user, Role: { id: 1, name: "Administrator" }, Profile: { id: 1, name: "Standard" } })),
  );
  route("GET", "/v3/fields/getAllVisibleFields", () => ({
    contact: shownFields(FIELDS),
    company: shownFields(companies.kind.fields),
    deal: shownFields(deals.kind.fields),
    product: shownFields(products.kind.fields),
  }));
  // The shape of this answer is assumed.
  route("GET", "/v3/apps/dealPipeline", () =>
    pipelines().map(({ id, name, stages }) => ({
      id,
      name,
      stages: stages.map((stage, at) => ({ id: id * 100 + at, name: stage, sequence: at + 1 })),
    })),
  );
  route("GET", "/v1/tags", () => tags().map((tag) => ({ tag })));
}
