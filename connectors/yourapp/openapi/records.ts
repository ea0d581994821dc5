import { DECLARED_RESOURCES, type DeclaredResource, DeclaredResourceShape } from "../../../model/declaration.ts";
import { isObject, type JsonObject } from "../json.ts";
import { pathsIn, suggestFields } from "./fields.ts";
import { suggestPaging, suggestSince } from "./paging.ts";
import { type Described, plainShape, propertiesOf, textOf, typeOf } from "./schema.ts";
import { bare, CHANGED_WORDS, meaningOf, singular } from "./words.ts";

/** Suggests how each kind of record is reached, from the paths and shapes of a document. Pure. */

/** The requests about one collection: the list itself, and those about one of its records. */
interface Collection {
  readonly list: Described;
  readonly records: string;
  readonly shape: JsonObject;
  readonly item: Partial<Record<Described["method"], Described>>;
  readonly create?: Described;
  /** The last fixed part of its path. */
  readonly name: string;
  /** The names in braces of its path. */
  readonly holders: readonly string[];
}

/** A suggestion for each kind of record that something in the document is called by. */
export function suggestResources(
  requests: readonly Described[],
): Partial<Record<DeclaredResource, DeclaredResourceShape>> {
  const collections = collectionsOf(requests);
  const contacts = best(
    collections.filter(({ holders }) => holders.length === 0),
    "contact",
  );
  const found: Partial<Record<DeclaredResource, DeclaredResourceShape>> = {};
  const taken = new Set<Collection>();
  for (const resource of DECLARED_RESOURCES) {
    const isChild = resource !== "contact";
    const free = collections.filter((one) => !taken.has(one));
    const chosen = isChild
      ? best(
          free.filter((one) => isReached(one, contacts)),
          resource,
        )
      : contacts;
    const shape = chosen && suggestOne(resource, chosen, contacts);
    if (chosen === undefined || shape === undefined) continue;
    taken.add(chosen);
    found[resource] = shape;
  }
  return found;
}

function collectionsOf(requests: readonly Described[]): Collection[] {
  const byPath = new Map<string, Partial<Record<Described["method"], Described>>>();
  for (const one of requests) byPath.set(one.path, { ...byPath.get(one.path), [one.method]: one });
  return requests.flatMap((list) => {
    const rows = list.method === "GET" ? rowsIn(list.answer) : undefined;
    if (rows === undefined) return [];
    const item = [...byPath].find(([path, methods]) => isItemOf(path, list.path) && methods.GET !== undefined)?.[1];
    const name = list.path.split("/").findLast((part) => part !== "" && !part.startsWith("{")) ?? "";
    const create = byPath.get(list.path)?.POST;
    const holders = [...list.path.matchAll(/\{(\w+)\}/g)].map(([, holder]) => holder ?? "");
    return [{ list, ...rows, item: item ?? {}, ...(create && { create }), name, holders }];
  });
}

function isItemOf(path: string, list: string): boolean {
  return path.startsWith(`${list.replace(/\/$/, "")}/{`) && !path.slice(list.length + 1).includes("/");
}

/** Where in an answer the records stand: the answer itself, or its first list of objects, two objects deep. */
function rowsIn(
  answer: JsonObject | undefined,
  above = "",
): { readonly records: string; readonly shape: JsonObject } | undefined {
  if (answer === undefined) return undefined;
  const direct = itemsOf(answer);
  if (direct !== undefined) return { records: above, shape: direct };
  if (above.split(".").length > 1) return undefined;
  const inside = Object.entries(propertiesOf(answer)).map(
    ([name, shape]) => [above === "" ? name : `${above}.${name}`, plainShape(shape)] as const,
  );
  for (const [path, shape] of inside) {
    const items = itemsOf(shape);
    if (items !== undefined) return { records: path, shape: items };
  }
  const nested = inside.filter(([, shape]) => typeOf(shape) === "object").map(([path, shape]) => rowsIn(shape, path));
  return nested.find((one) => one !== undefined);
}

function itemsOf(shape: JsonObject): JsonObject | undefined {
  if (typeOf(shape) !== "array" || !isObject(shape.items)) return undefined;
  const items = plainShape(shape.items);
  return Object.keys(propertiesOf(items)).length > 0 ? items : undefined;
}

/** The collection that most surely is of this kind; `undefined` where none is. */
function best(collections: readonly Collection[], resource: DeclaredResource): Collection | undefined {
  const rated = collections.map((one) => ({ one, sure: surenessOf(one, resource) })).filter(({ sure }) => sure > 0);
  return rated.sort((left, right) => right.sure - left.sure)[0]?.one;
}

function surenessOf({ name, list, item, create, shape }: Collection, resource: DeclaredResource): number {
  const said = Math.max(
    meaningOf(name, resource),
    meaningOf(textOf(shape.title), resource) / 2,
    meaningOf(list.tag, resource) / 3,
  );
  if (said === 0 || item.GET === undefined) return 0;
  const writes = (create ? 0.1 : 0) + (item.PATCH || item.PUT ? 0.1 : 0) + (item.DELETE ? 0.05 : 0);
  return said + writes - list.path.split("/").length / 100;
}

/** Whether a contact's own can be told from others: by the path under the contact, or by the contact's id in the record. */
function isReached(collection: Collection, contacts: Collection | undefined): boolean {
  const { holders, list } = collection;
  if (holders.length > 1) return false;
  if (holders.length === 0) return parentPath(collection, contacts) !== undefined;
  return contacts !== undefined && list.path.startsWith(`${contacts.list.path.replace(/\/$/, "")}/{`);
}

/** Where the contact's id stands in a record, by the names that contacts go by. */
function parentPath({ shape }: Collection, contacts: Collection | undefined): string | undefined {
  const names = [
    ...new Set([
      "contact",
      ...(contacts === undefined ? [] : [singular(bare(contacts.name))]),
      "person",
      "customer",
      "client",
    ]),
  ];
  const properties = propertiesOf(shape);
  for (const name of names) {
    const flat = Object.keys(properties).find((key) => [`${name}id`, `${name}uuid`, `${name}ref`].includes(bare(key)));
    if (flat !== undefined) return flat;
    const inner = Object.entries(properties).find(([key, one]) => bare(key) === name && "id" in propertiesOf(one));
    if (inner !== undefined) return `${inner[0]}.id`;
    const plain = Object.entries(properties).find(
      ([key, one]) => bare(key) === name && ["string", "integer"].includes(typeOf(one)),
    );
    if (plain !== undefined) return plain[0];
  }
  return undefined;
}

function suggestOne(
  resource: DeclaredResource,
  collection: Collection,
  contacts: Collection | undefined,
): DeclaredResourceShape | undefined {
  const { list, records, item, create, name, holders } = collection;
  const shape = fullest(collection);
  const id = idOf(shape, name);
  if (item.GET === undefined || id === undefined) return undefined;
  const parentId = resource === "contact" ? undefined : parentPath({ ...collection, shape }, contacts);
  const template = (path: string) => templated(path, list.path, holders);
  const change = item.PATCH ?? item.PUT;
  const changed = changedOf(shape);
  const written = [create, change].flatMap((one) => (one?.body === undefined ? [] : [innerOf(one.body, shape)]));
  const writable =
    written.length === 0 ? undefined : new Set(written.flatMap(({ shape: inner }) => [...pathsIn(inner)]));
  const leftOut = new Set([
    id,
    ...(parentId === undefined ? [] : [parentId]),
    ...(changed === undefined ? [] : [changed.path]),
  ]);
  const since = suggestSince(list);
  const byContact = holders.length === 0 ? parameterFor(list, parentId) : undefined;
  const given = {
    list: {
      path: template(list.path),
      records,
      paging: suggestPaging(list),
      ...(since && { since }),
      ...(byContact !== undefined && { parentParameter: byContact }),
    },
    read: { path: template(item.GET.path), record: innerOf(item.GET.answer, shape).path },
    ...(create && {
      create: {
        path: template(create.path),
        ...bodyOf(create, shape),
        ...parentIn(create, shape, parentId, holders),
        ...answerOf(create, shape, id),
      },
    }),
    ...(change && {
      update: {
        method: change.method,
        path: template(change.path),
        sends: change.method === "PUT" ? "whole" : "changes",
        ...bodyOf(change, shape),
        ...answerOf(change, shape, undefined),
      },
    }),
    ...(item.DELETE && { delete: { path: template(item.DELETE.path) } }),
    ...(resource === "contact" && { find: findOf(list) }),
    id,
    ...(parentId !== undefined && { parentId }),
    ...(changed && { changedAt: changed }),
    fields: suggestFields(resource, shape, leftOut, writable),
  };
  const parsed = DeclaredResourceShape.safeParse(given);
  return parsed.success ? parsed.data : undefined;
}

/** A row may show less than a record that is read by itself; a document that is silent on one tells of the other. */
function fullest({ item, shape }: Collection): JsonObject {
  const read = item.GET?.answer;
  const inner = read === undefined ? shape : innerOf(read, shape).shape;
  return Object.keys(propertiesOf(inner)).length >= Object.keys(propertiesOf(shape)).length ? inner : shape;
}

/** The record within a body or an answer: the whole, or the one inner object that has the record's properties. */
function innerOf(
  given: JsonObject | undefined,
  record: JsonObject,
): { readonly path: string; readonly shape: JsonObject } {
  const whole = { path: "", shape: given ?? record };
  if (given === undefined) return whole;
  const known = new Set(Object.keys(propertiesOf(record)));
  const shared = (shape: JsonObject) => Object.keys(propertiesOf(shape)).filter((key) => known.has(key)).length;
  const inside = Object.entries(propertiesOf(given)).filter(([, shape]) => typeOf(shape) === "object");
  const [most] = inside.sort(([, one], [, other]) => shared(other) - shared(one));
  return most !== undefined && shared(most[1]) > shared(given) ? { path: most[0], shape: most[1] } : whole;
}

function bodyOf({ body }: Described, record: JsonObject): { readonly body?: string } {
  const { path } = innerOf(body, record);
  return path === "" ? {} : { body: path };
}

function answerOf(
  { answer }: Described,
  record: JsonObject,
  id: string | undefined,
): { readonly record?: string; readonly id?: string } {
  if (answer === undefined) return {};
  const { path, shape } = innerOf(answer, record);
  const shows = Object.keys(propertiesOf(shape));
  const known = new Set(Object.keys(propertiesOf(record)));
  const isRecord = shows.filter((key) => known.has(key)).length > Math.min(2, known.size - 1);
  if (isRecord) return { record: path };
  const told = shows.find((key) => bare(key) === "id") ?? (id !== undefined && shows.includes(id) ? id : undefined);
  return id === undefined || told === undefined ? {} : { id: path === "" ? told : `${path}.${told}` };
}

/** A child whose path does not name its contact tells it in its body. */
function parentIn({ body }: Described, record: JsonObject, parentId: string | undefined, holders: readonly string[]) {
  if (holders.length > 0 || parentId === undefined) return {};
  const { path } = innerOf(body, record);
  return { parent: path === "" ? parentId : `${path}.${parentId}` };
}

function parameterFor({ parameters }: Described, parentId: string | undefined): string | undefined {
  if (parentId === undefined) return undefined;
  const wanted = new Set([bare(parentId), bare(parentId).replace(/id$/, "")]);
  return parameters.find(({ name, in: at }) => at === "query" && wanted.has(bare(name)))?.name;
}

function findOf({ parameters }: Described): { readonly email?: string; readonly phone?: string } {
  const named = (word: RegExp) => parameters.find(({ name, in: at }) => at === "query" && word.test(bare(name)))?.name;
  const [email, phone] = [named(/^(email|emailaddress)$/), named(/^(phone|phonenumber|mobile)$/)];
  return { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
}

function idOf(shape: JsonObject, name: string): string | undefined {
  const one = singular(bare(name));
  const keys = Object.keys(propertiesOf(shape));
  const wanted = ["id", `${one}id`, "uuid", "guid", "gid", "key", "recordid", "objectid"];
  return wanted.map((word) => keys.find((key) => bare(key) === word)).find((key) => key !== undefined);
}

function changedOf(
  shape: JsonObject,
): { readonly path: string; readonly as: "iso" | "epochMs" | "epochSeconds" } | undefined {
  const found = Object.entries(propertiesOf(shape)).find(([key]) => CHANGED_WORDS.test(bare(key)));
  if (found === undefined) return undefined;
  const [path, given] = found;
  const one = plainShape(given);
  if (typeOf(one) === "string") return { path, as: "iso" };
  return { path, as: /milli|\bms\b/i.test(textOf(one.description)) ? "epochMs" : "epochSeconds" };
}

/** The contact's name in braces becomes `parentId`, the record's own becomes `id`. */
function templated(path: string, list: string, holders: readonly string[]): string {
  const own = path.length > list.length ? path.slice(list.replace(/\/$/, "").length) : "";
  const base = own === "" ? path : path.slice(0, path.length - own.length);
  const [holder] = holders;
  const named = holder === undefined ? base : base.replace(`{${holder}}`, "{parentId}");
  return named + own.replace(/\{\w+\}/, "{id}");
}
