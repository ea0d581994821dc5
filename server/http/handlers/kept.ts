import type { Link, Partner } from "../../../engine/ports.ts";
import { connectorFor, type ResourceAdapter } from "../../../kit/connector.ts";
import { PRIORITIES } from "../../../kit/http.ts";
import type { KeptRecord, KeptResource } from "../../../model/api/kept.ts";
import type { ValueView } from "../../../model/api/views.ts";
import { type BookRecord, parseBookCursor } from "../../../model/book.ts";
import { Failure } from "../../../model/errors.ts";
import type { FieldDefinition } from "../../../model/field.ts";
import { keptTitle, valueIssue } from "../../../model/kept.ts";
import { RESOURCES, type Resource, SIDES } from "../../../model/record.ts";
import { type Changes, type Fields, isEmpty } from "../../../model/value.ts";
import type { BookOf, ConnectionRow } from "../../../store/port.ts";
import { presentValue } from "../present/value.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

/** What the hub keeps itself: seen, added to, edited and deleted by people and programs. */
export function keptHandlers(
  parts: HandlerParts,
): Pick<Handlers, "kept" | "keptRecords" | "keptRecord" | "addKept" | "editKept" | "deleteKept"> {
  const { books } = parts.store;
  return {
    kept: async ({ params }) => {
      const row = await connectionOf(parts, params);
      const partner = connectorFor(parts.connectors, row)?.name ?? row.connectorId;
      return { connection: { id: row.id, name: row.name, partner }, resources: await resourcesOf(parts, row, params) };
    },
    keptRecords: async ({ params, query: { order, text, parentId, offset, since, cursor, limit } }) => {
      const shelf = await shelfOf(parts, params, params.resource);
      const only = parentId === undefined ? {} : { parentId };
      if (order === "newest") {
        const found = await books.browse(params, params.resource, { ...only, ...(text && { text }), offset, limit });
        return { records: await recordsOf(parts, shelf, found.records), total: found.total };
      }
      const from = { ...(since !== undefined && { since }), ...(cursor !== undefined && { cursor: known(cursor) }) };
      const { records, ...page } = await books.page(params, params.resource, { ...only, ...from, limit });
      return { records: await recordsOf(parts, shelf, records), ...page };
    },
    keptRecord: async ({ params }) => {
      const shelf = await shelfOf(parts, params, params.resource);
      return recordOf(parts, shelf, params.externalId);
    },
    addKept: async ({ params, body: { fields, parentId } }) => {
      const shelf = await shelfOf(parts, params, params.resource);
      const values = checked(shelf, fields);
      if (Object.values(values).every(isEmpty)) {
        throw new Failure("rejected", `The ${shelf.noun} was not added: it says nothing yet. Fill in a field.`);
      }
      const made = await editable(shelf).create(context(), values, parentId);
      return recordOf(parts, shelf, made.externalId);
    },
    editKept: async ({ params, body: { fields } }) => {
      const shelf = await shelfOf(parts, params, params.resource);
      const changes = changesOf(checked(shelf, fields));
      await editable(shelf).update(context(), params.externalId, changes, {});
      return recordOf(parts, shelf, params.externalId);
    },
    deleteKept: async ({ params }) => {
      const shelf = await shelfOf(parts, params, params.resource);
      // Looked at first, so that nobody is told that something went which never was.
      await recordOf(parts, shelf, params.externalId);
      await editable(shelf).delete(context(), params.externalId);
      return { isDone: true };
    },
  };
}

/** One kind of record that the hub keeps for a connection. */
interface Shelf {
  readonly of: BookOf;
  readonly row: ConnectionRow;
  readonly resource: string;
  readonly noun: string;
  readonly fields: readonly FieldDefinition[];
  /** Absent for what only the connector itself writes. */
  readonly adapter?: ResourceAdapter;
  readonly partner?: Partner;
}

async function connectionOf({ store }: HandlerParts, { workspaceId, connectionId }: BookOf): Promise<ConnectionRow> {
  await workspaceOf(store, workspaceId);
  const row = await store.connection(workspaceId, connectionId);
  if (row !== undefined) return row;
  throw new Failure("not_found", `There is no connection ${connectionId} in ${workspaceId}.`);
}

/** What may be kept comes first, in the order of the resources, then what only the connector itself writes. */
async function resourcesOf(parts: HandlerParts, row: ConnectionRow, of: BookOf): Promise<KeptResource[]> {
  const counts = await parts.store.books.counts(of);
  const declared = RESOURCES.filter((resource) => adapterOf(parts, row, resource) !== undefined);
  const others = counts.map(({ resource }) => resource).filter((name) => !declared.some((one) => one === name));
  const shelves = await Promise.all([...declared, ...others].map((resource) => shelfOf(parts, of, resource)));
  return shelves.map(({ resource, noun, fields, adapter }) => ({
    resource,
    noun,
    ...(adapter?.parent && { parent: adapter.parent }),
    isEditable: adapter !== undefined,
    fields: [...fields],
    count: counts.find((one) => one.resource === resource)?.count ?? 0,
  }));
}

function adapterOf(
  { connectors }: Pick<HandlerParts, "connectors">,
  row: ConnectionRow,
  resource: string,
): ResourceAdapter | undefined {
  const known = RESOURCES.find((one) => one === resource);
  const adapter = known && connectorFor(connectors, row)?.resources[known];
  return adapter?.keptBy === "hub" ? adapter : undefined;
}

/** @throws Failure `not_found` for a resource that the partner has itself */
async function shelfOf(parts: HandlerParts, of: BookOf, resource: string): Promise<Shelf> {
  const row = await connectionOf(parts, of);
  const adapter = adapterOf(parts, row, resource);
  const known = RESOURCES.find((one) => one === resource);
  if (known === undefined || adapter === undefined) {
    if (known === undefined) return { of, row, resource, noun: resource, fields: [] };
    throw new Failure("not_found", `The hub keeps no ${resource}s for ${row.name}: they are the product's own.`);
  }
  const open = parts.registry.find(of.workspaceId, of.connectionId);
  if (open === undefined) {
    throw new Failure("misconfigured", `Connection ${row.id} is not set up; apply it with valid settings.`);
  }
  const partner = open.byPerson(known);
  const fields = await partner.describe(context());
  return { of, row, resource, noun: adapter.noun ?? resource, fields, adapter, partner };
}

/** What a person does is as urgent as anything. */
function context(): Parameters<Partner["describe"]>[0] {
  return { priority: PRIORITIES.live, calls: [] };
}

/** @throws Failure `rejected` for what only the connector itself writes */
function editable({ partner, noun }: Shelf): Partner {
  if (partner !== undefined) return partner;
  throw new Failure("rejected", `A ${noun} is kept for the hub's own work and cannot be changed here.`);
}

/** @throws Failure `rejected` with everything that is wrong about the values */
function checked({ fields: definitions, noun }: Shelf, fields: Readonly<Record<string, ValueView>>): Fields {
  const issues = Object.entries(fields).flatMap(([key, value]) => {
    const definition = definitions.find((one) => one.key === key);
    if (definition === undefined) return [`A ${noun} has no field "${key}".`];
    return valueIssue(definition, value) ?? [];
  });
  if (issues.length === 0) return fields;
  throw new Failure("rejected", `The ${noun} was not saved.`, { issues });
}

function changesOf(fields: Fields): Changes {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, isEmpty(value) ? { kind: "clear" } : { kind: "set", value }]),
  );
}

/** @throws Failure `rejected` for a position that no page gave */
function known(cursor: string): string {
  if (parseBookCursor(cursor) !== undefined) return cursor;
  throw new Failure("rejected", "The cursor is not one that a page of this list gave; begin without one.");
}

/** @throws Failure `not_found` */
async function recordOf(parts: HandlerParts, shelf: Shelf, externalId: string): Promise<KeptRecord> {
  const found = await parts.store.books.record(shelf.of, shelf.resource, externalId);
  const [record] = found === undefined ? [] : await recordsOf(parts, shelf, [found]);
  if (record !== undefined) return record;
  throw new Failure("not_found", `The hub keeps no ${shelf.noun} ${externalId} for ${shelf.row.name}.`);
}

async function recordsOf(parts: HandlerParts, shelf: Shelf, found: readonly BookRecord[]): Promise<KeptRecord[]> {
  const parentIds = [...new Set(found.flatMap(({ parentId }) => parentId ?? []))];
  const ids = found.map(({ externalId }) => externalId);
  const [links, parents] = await Promise.all([
    linksOf(parts, shelf.of, shelf.resource, ids),
    parentTitles(parts, shelf, parentIds),
  ]);
  return found.map((record) => {
    const { resource, externalId, parentId, origin, pageUrl, createdAt, changedAt } = record;
    const parentTitle = parentId === undefined ? undefined : parents.get(parentId);
    return {
      ...{ resource, externalId, origin, createdAt, changedAt },
      title: keptTitle(resource, record.fields, shelf.fields, externalId),
      ...(parentId !== undefined && { parentId }),
      ...(parentTitle !== undefined && { parentTitle }),
      ...(pageUrl !== undefined && { pageUrl }),
      fields: Object.fromEntries(Object.entries(record.fields).map(([key, value]) => [key, presentValue(value)])),
      writable: writableOf(shelf, record),
      links: (links.get(externalId) ?? []).map((link) => ({ linkId: link.id, syncId: link.syncId, state: link.state })),
    };
  });
}

function writableOf({ fields, adapter }: Shelf, { origin }: BookRecord): string[] {
  if (adapter === undefined) return [];
  const isOpen = (key: string) => origin === "hub" || adapter.addedFields?.includes(key) === true;
  return fields.filter(({ key, isWritable }) => isWritable && isOpen(key)).map(({ key }) => key);
}

/** The links of these records, in whichever syncs they are. */
async function linksOf(
  { store }: HandlerParts,
  { workspaceId, connectionId }: BookOf,
  resource: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Link[]>> {
  const syncs = (await store.syncs(workspaceId)).filter(({ config }) => config.resource === resource);
  const sides = syncs.flatMap(({ config }) =>
    SIDES.filter((side) => config[side] === connectionId).map((side) => ({ syncId: config.id, side })),
  );
  const found = new Map<string, Link[]>();
  for (const { syncId, side } of sides) {
    for (const link of await store.linksByRecords(workspaceId, syncId, side, ids)) {
      const externalId = link[side]?.externalId ?? "";
      found.set(externalId, [...(found.get(externalId) ?? []), link]);
    }
  }
  return found;
}

/** What the contacts of these ids are called: as the hub keeps them, or as a sync knows them. */
async function parentTitles(
  parts: HandlerParts,
  shelf: Shelf,
  parentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (parentIds.length === 0) return new Map();
  const contact: Resource = "contact";
  if (adapterOf(parts, shelf.row, contact) === undefined) {
    const links = await linksOf(parts, shelf.of, contact, parentIds);
    return new Map([...links].flatMap(([id, [link]]) => (link === undefined ? [] : [[id, link.title]])));
  }
  const people = await shelfOf(parts, shelf.of, contact);
  const records = await Promise.all(parentIds.map((id) => parts.store.books.record(shelf.of, contact, id)));
  return new Map(
    records.flatMap((record) =>
      record === undefined
        ? []
        : [[record.externalId, keptTitle(contact, record.fields, people.fields, record.externalId)]],
    ),
  );
}
