import {
  type CreateAnswer,
  filledPath,
  type HttpAnswer,
  type HttpRequest,
  type ListPage,
  type ListQuery,
  type ResourceAdapter,
  type Session,
} from "../../kit/index.ts";
import type { AppDeclaration, DeclaredList, DeclaredResource, DeclaredResourceShape } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import type { MatchRule } from "../../model/sync.ts";
import type { Changes, Fields } from "../../model/value.ts";
import { idAt, type JsonObject, valueAt, withValueAt } from "./json.ts";
import { movedUp, nextCursor, pageQuery, totalOf } from "./paging.ts";
import { createFields, describeDeclared, snapshotOf, updateFields } from "./record.ts";
import type { Settings } from "./settings.ts";
import { writtenTime } from "./values.ts";

type App = Session<Settings>;

/** One declared kind of record, with what it is part of. */
export interface Declared {
  readonly app: string;
  readonly resource: DeclaredResource;
  readonly shape: DeclaredResourceShape;
  readonly isChild: boolean;
}

/** The resource of an app, as far as it is declared. */
export function declaredOf(app: AppDeclaration, resource: DeclaredResource): Declared | undefined {
  const shape = app.resources[resource];
  return shape && { app: app.name, resource, shape, isChild: resource !== "contact" };
}

/** Reads and writes a declared kind of record. */
export function adapterOf(declared: Declared): ResourceAdapter<Settings> {
  const { shape, isChild } = declared;
  const { list } = shape;
  return {
    ...(isChild && { parent: "contact" as const }),
    describe: async () => describeDeclared(shape),
    listing: {
      isComplete: list.isComplete,
      lagMs: list.lagMs,
      overlapMs: list.overlapMs,
      ...(list.path.includes("{parentId}") && { isByParent: true }),
    },
    list: (session, query) => listRecords(declared, session, query),
    read: (session, externalId, parentId) => readRecord(declared, session, externalId, parentId),
    create: (session, fields, parentId) => createRecord(declared, session, fields, parentId),
    update: (session, externalId, changes, known, parentId) =>
      updateRecord(declared, session, { externalId, parentId }, changes, known),
    delete:
      shape.delete === undefined
        ? "unsupported"
        : (session, externalId, parentId) => deleteRecord(declared, session, externalId, parentId),
    find: (session, rule, value) => findRecords(declared, session, rule, value),
  };
}

/** One page of a listing, as the app showed it. */
async function listRecords(declared: Declared, session: App, query: ListQuery): Promise<ListPage> {
  const { shape, isChild, resource } = declared;
  const { list } = shape;
  const { parentId, since, cursor } = query;
  const asked = {
    ...(list.parentParameter !== undefined && { [list.parentParameter]: parentId }),
    ...(parentId === undefined && since !== undefined && sinceQuery(list, since)),
  };
  const page = (at: string | undefined) => listAnswer(declared, session, at, asked, `list the ${resource}s`, parentId);
  const answer = await page(cursor);
  const rows = rowsOf(declared, answer);
  const before = [];
  for (const at of movedUp(list.paging, cursor, answer.body)) before.push(...rowsOf(declared, await page(at)));
  const records = [...before, ...rows]
    .map((row) => snapshotOf(shape, isChild, row, parentId))
    .filter((record): record is Snapshot => record !== undefined && record !== "deleted")
    .filter((record) => parentId === undefined || record.parentId === parentId);
  const next = nextCursor(list.paging, cursor, answer, rows.length);
  const total = totalOf(list.paging, answer.body);
  return {
    records,
    ...(next !== undefined && { next }),
    ...(total !== undefined && records.length === rows.length + before.length && { total }),
  };
}

function sinceQuery({ since }: DeclaredList, at: number): NonNullable<HttpRequest["query"]> {
  return since === undefined ? {} : { [since.parameter]: writtenTime(at, since.as) };
}

function listAnswer(
  { shape: { list } }: Declared,
  session: App,
  cursor: string | undefined,
  asked: NonNullable<HttpRequest["query"]>,
  doing: string,
  parentId?: string,
): Promise<HttpAnswer> {
  const page = pageQuery(list.paging, cursor);
  const wanted = page.isWhole ? page.query : { ...list.query, ...asked, ...page.query };
  return session.http.request({
    method: list.method,
    path: pathOf(list.path, { ...(parentId !== undefined && { parentId }) }, doing),
    ...(list.method === "GET" ? { query: wanted } : { json: wanted, isRead: true }),
    doing,
  });
}

function rowsOf({ shape, app, resource }: Declared, { body }: HttpAnswer): readonly unknown[] {
  const rows = valueAt(body, shape.list.records);
  if (Array.isArray(rows)) return rows;
  const where = shape.list.records === "" ? "the answer itself" : `"${shape.list.records}"`;
  throw new Failure(
    "unavailable",
    `Could not list the ${resource}s at ${app}: ${where} is no list. It is tried again by itself; if it goes on, correct in the app's declaration where the records stand.`,
  );
}

async function readRecord(
  declared: Declared,
  session: App,
  externalId: string,
  parentId: string | undefined,
): Promise<Snapshot | "gone"> {
  const { shape, isChild, resource } = declared;
  const { path, query, record } = shape.read;
  const doing = `read ${resource} ${externalId}`;
  const url = pathOf(path, { id: externalId, ...(parentId !== undefined && { parentId }) }, doing);
  const answer = await goneAs("gone" as const, () => session.http.request({ method: "GET", path: url, query, doing }));
  if (answer === "gone") return "gone";
  const found = snapshotOf(shape, isChild, valueAt(answer.body, record), parentId);
  if (found === "deleted") return "gone";
  if (found !== undefined) return found;
  throw notAsDeclared(declared, doing);
}

async function createRecord(
  declared: Declared,
  session: App,
  fields: Fields,
  parentId: string | undefined,
): Promise<CreateAnswer> {
  const { shape, isChild, resource, app } = declared;
  const doing = `create a ${resource}`;
  const { create } = shape;
  if (create === undefined) throw cannot(declared, doing);
  if (isChild && parentId === undefined) {
    throw new Failure("bug", `A ${resource} was to be created at ${app} without its contact.`);
  }
  const about: Readonly<Record<string, string>> = parentId === undefined ? {} : { parentId };
  const inside = createFields(shape, fields);
  const placed = { ...create.constant, ...placedAt(create.body, inside) };
  const json = create.parent === undefined ? placed : withValueAt(placed, create.parent, parentId);
  const path = pathOf(create.path, about, doing);
  const answer = await session.http.request({ method: create.method, path, query: create.query, json, doing });
  const shown =
    create.record === undefined ? undefined : snapshotOf(shape, isChild, valueAt(answer.body, create.record), parentId);
  if (shown !== undefined && shown !== "deleted")
    return { kind: "created", externalId: shown.externalId, snapshot: shown };
  const externalId = create.id === undefined ? undefined : idAt(answer.body, create.id);
  if (externalId === undefined) throw notAsDeclared(declared, doing, true);
  return { kind: "created", externalId };
}

async function updateRecord(
  declared: Declared,
  session: App,
  about: { readonly externalId: string; readonly parentId: string | undefined },
  changes: Changes,
  known: Fields,
): Promise<Snapshot | undefined> {
  const { shape, isChild, resource } = declared;
  const { externalId, parentId } = about;
  const doing = `update ${resource} ${externalId}`;
  const { update } = shape;
  if (update === undefined) throw cannot(declared, doing);
  const inside = updateFields(shape, changes, known, update.sends);
  const json = { ...update.constant, ...placedAt(update.body, inside) };
  const path = pathOf(update.path, { id: externalId, ...(parentId !== undefined && { parentId }) }, doing);
  const answer = await session.http.request({ method: update.method, path, query: update.query, json, doing });
  const shown =
    update.record === undefined ? undefined : snapshotOf(shape, isChild, valueAt(answer.body, update.record), parentId);
  return shown === "deleted" ? undefined : shown;
}

async function deleteRecord(
  { shape, resource }: Declared,
  session: App,
  externalId: string,
  parentId: string | undefined,
): Promise<void> {
  const wanted = shape.delete;
  if (wanted === undefined) return;
  const doing = `delete ${resource} ${externalId}`;
  const path = pathOf(wanted.path, { id: externalId, ...(parentId !== undefined && { parentId }) }, doing);
  await goneAs(undefined, () => session.http.request({ method: wanted.method, path, doing }));
}

/** Look-ups go by the list; an app may pass over a parameter that it does not know, so each row is looked at again. */
async function findRecords(
  declared: Declared,
  session: App,
  rule: MatchRule,
  value: string,
): Promise<readonly string[]> {
  const { shape, isChild } = declared;
  const parameter = rule === "email" || rule === "phone" ? shape.find[rule] : undefined;
  if (parameter === undefined) return [];
  const answer = await listAnswer(declared, session, undefined, { [parameter]: value }, `look a contact up by ${rule}`);
  const key = shape.fields.find(({ standard }) => standard === rule)?.key;
  return rowsOf(declared, answer).flatMap((row) => {
    const found = snapshotOf(shape, isChild, row);
    if (found === undefined || found === "deleted") return [];
    const shown = key === undefined ? value : found.fields[key];
    return isSameKey(rule, String(shown ?? ""), value) ? [found.externalId] : [];
  });
}

/** A phone may be written in another way than it was asked for: its last digits must be the same. */
function isSameKey(rule: MatchRule, shown: string, asked: string): boolean {
  if (rule === "email") return shown.trim().toLowerCase() === asked.trim().toLowerCase();
  const [one, other] = [shown, asked].map((phone) => phone.replaceAll(/\D/g, "").slice(-PHONE_TAIL));
  return one === other && one !== "";
}

/** Digits at a phone's end that no country code and no trunk prefix reaches. */
const PHONE_TAIL = 7;

function placedAt(path: string, json: JsonObject): JsonObject {
  return path === "" ? json : withValueAt({}, path, json);
}

function pathOf(template: string, about: Readonly<Record<string, string>>, doing: string): string {
  if (template.includes("{parentId}") && about.parentId === undefined) {
    throw new Failure("bug", `To ${doing}, the contact that it belongs to must be known.`);
  }
  return filledPath(template, about);
}

/** The outcome of a call, or `gone` where the app says that there is no such record. */
async function goneAs<Outcome, Gone>(gone: Gone, call: () => Promise<Outcome>): Promise<Outcome | Gone> {
  try {
    return await call();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "not_found") return gone;
    throw thrown;
  }
}

function cannot({ app }: Declared, doing: string): Failure {
  return new Failure(
    "rejected",
    `Could not ${doing} at ${app}: its declaration has no such request. Declare it, or let changes travel the other way only.`,
  );
}

function notAsDeclared({ app }: Declared, doing: string, isWrite = false): Failure {
  return new Failure(
    "unavailable",
    `Could not ${doing} at ${app}: its answer shows no id where the declaration says. It is tried again by itself; if it goes on, correct the declaration.`,
    { ...(isWrite && { isOutcomeUnknown: true }) },
  );
}
