import {
  type CreateAnswer,
  type HttpRequest,
  isAllRead,
  type ListPage,
  type ListQuery,
  oncePer,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import type { MatchRule } from "../../model/sync.ts";
import type { Changes, Fields } from "../../model/value.ts";
import { about, goneAs } from "./calls.ts";
import {
  createBody,
  customIdsOf,
  describeContact,
  type Sighting,
  snapshotOf,
  tagMoves,
  updateBody,
} from "./contact.ts";
import { type CustomFieldTable, customFields, customFieldsKnowing, makeCustomField } from "./customFields.ts";
import { isDuplicate } from "./errors.ts";
import { cursorText, type Placed, type Position, parseCursor, searchBody, startOf, tallyAfter } from "./search.ts";
import type { Settings } from "./settings.ts";
import { userNames } from "./users.ts";
import * as wire from "./wire.ts";

type HighLevel = Session<Settings>;

/** The catalogue is asked for before every decision; it is the same as long as custom fields and settings are. */
const describedFields = oncePer((table: CustomFieldTable) =>
  oncePer((settings: Settings) => describeContact(table, settings)),
);

/** The contacts of a HighLevel location. */
export const contacts: ResourceAdapter<Settings> = {
  describe: async (session) => describedFields(await customFields(session))(session.settings),
  // Rows show names in lower case and come from an index that lags, so they are hints.
  listing: ({ searchLagMs, pollOverlapMs }) => ({ isComplete: false, lagMs: searchLagMs, overlapMs: pollOverlapMs }),
  named: { keys: ["assignedTo"], read: userNames },
  list,
  read,
  create,
  update,
  delete: remove,
  makeField: makeCustomField,
  find,
};

async function list(session: HighLevel, query: ListQuery): Promise<ListPage> {
  const position = query.cursor === undefined ? startOf(query.since) : parseCursor(query.cursor);
  const doing = "list contacts";
  const answer = await session.http.request({
    method: "POST",
    path: "/contacts/search",
    json: searchBody(session.settings, position),
    isRead: true,
    doing,
  });
  const page = readAnswer(wire.SearchAnswer, answer, about(doing));
  const table = await tableFor(session, page.contacts);
  const records = page.contacts.map((contact) => snapshotOf(contact, table, "row"));
  const total = page.total ?? undefined;
  const next = nextCursor(session.settings, position, page.contacts, total);
  return { records, ...(next !== undefined && { next }), ...(total !== undefined && { total }) };
}

/** Where to read on; nowhere after a short page, nor after a full one with which every contact has been read. */
function nextCursor(
  { contactsPerPage }: Settings,
  here: Position,
  rows: readonly Placed[],
  total: number | undefined,
): string | undefined {
  const tally = tallyAfter(here, rows, total);
  const last = rows.at(-1);
  if (last === undefined || rows.length < contactsPerPage || isAllRead(tally)) return undefined;
  const after = last.searchAfter;
  if (Array.isArray(after) && after.length > 0) {
    return cursorText({ since: here.since, after, ...(tally !== undefined && { tally, last: last.id }) });
  }
  throw new Failure(
    "unavailable",
    "Could not list contacts at HighLevel: a full page came without the position of the next. It is tried again by itself; if it goes on, report it to Kith.",
  );
}

async function read(session: HighLevel, externalId: string): Promise<Snapshot | "gone"> {
  const doing = `read contact ${externalId}`;
  const request: HttpRequest = { method: "GET", path: path`/contacts/${externalId}`, doing };
  const answer = await goneAs("gone" as const, () => session.http.request(request));
  if (answer === "gone") return "gone";
  const { contact } = readAnswer(wire.ContactAnswer, answer, about(doing));
  return contact.deleted === true ? "gone" : snapshotIn(session, contact, "direct");
}

/** Once HighLevel has named the contact nothing more is asked, since a failure then would hide that it was made. */
async function create(session: HighLevel, fields: Fields): Promise<CreateAnswer> {
  const doing = "create a contact";
  const table = await tableNaming(session, Object.keys(fields));
  const answer = await session.http.request({
    method: "POST",
    path: "/contacts/",
    json: createBody(fields, table, session.settings),
    isExpected: isDuplicate,
    doing,
  });
  const context = { ...about(doing), isWrite: true };
  if (answer.status >= 400) {
    return { kind: "found", externalId: readAnswer(wire.DuplicateRefusal, answer, about(doing)).meta.contactId };
  }
  const { contact } = readAnswer(wire.ContactAnswer, answer, context);
  const snapshot = isCovered(contact, table) ? { snapshot: snapshotOf(contact, table, "written") } : {};
  return { kind: "created", externalId: contact.id, ...snapshot };
}

/**
 * Tags first, so that the answer to the update that follows shows them too and its version is the last one.
 * Where the answer does not show the contact, or only tags changed, it is read.
 */
async function update(session: HighLevel, externalId: string, changes: Changes, known: Fields): Promise<Snapshot> {
  const body = updateBody(changes, known, await tableNaming(session, Object.keys(changes)), session.settings);
  await moveTags(session, externalId, changes, known);
  const contact = body === undefined ? undefined : await put(session, externalId, body);
  if (contact?.tags) return snapshotIn(session, contact, "written");
  const found = await read(session, externalId);
  if (found === "gone")
    throw new Failure("not_found", `Contact ${externalId} was deleted at HighLevel during its update.`);
  return found;
}

async function put(session: HighLevel, externalId: string, json: unknown): Promise<wire.Contact | null | undefined> {
  const doing = `update contact ${externalId}`;
  const answer = await session.http.request({ method: "PUT", path: path`/contacts/${externalId}`, json, doing });
  return readAnswer(wire.UpdateAnswer, answer, { ...about(doing), isWrite: true }).contact;
}

async function moveTags(session: HighLevel, externalId: string, changes: Changes, known: Fields): Promise<void> {
  const current = typeof known.tags === "object" ? known.tags : [];
  const { add, remove: dropped } = tagMoves(changes.tags, current);
  const at = path`/contacts/${externalId}/tags`;
  if (add.length > 0) {
    await session.http.request({
      method: "POST",
      path: at,
      json: { tags: add },
      doing: `add tags to contact ${externalId}`,
    });
  }
  if (dropped.length > 0) {
    const doing = `remove tags from contact ${externalId}`;
    await session.http.request({ method: "DELETE", path: at, json: { tags: dropped }, doing });
  }
}

async function remove(session: HighLevel, externalId: string): Promise<void> {
  const doing = `delete contact ${externalId}`;
  await goneAs(undefined, () => session.http.request({ method: "DELETE", path: path`/contacts/${externalId}`, doing }));
}

async function find(session: HighLevel, rule: MatchRule, value: string): Promise<readonly string[]> {
  const doing = `look up a contact by ${rule}`;
  const answer = await session.http.request({
    method: "GET",
    path: "/contacts/search/duplicate",
    query: { locationId: session.settings.locationId, ...(rule === "email" ? { email: value } : { number: value }) },
    doing,
  });
  const { contact } = readAnswer(wire.DuplicateAnswer, answer, about(doing));
  return contact ? [contact.id] : [];
}

async function snapshotIn(session: HighLevel, contact: wire.Contact, sighting: Sighting): Promise<Snapshot> {
  return snapshotOf(contact, await tableFor(session, [contact]), sighting);
}

function tableFor(session: HighLevel, seen: readonly wire.Contact[]): Promise<CustomFieldTable> {
  return customFieldsKnowing(session, (table) => seen.every((contact) => isCovered(contact, table)));
}

function isCovered(contact: wire.Contact, { byId }: CustomFieldTable): boolean {
  return customIdsOf(contact).every((id) => byId.has(id));
}

function tableNaming(session: HighLevel, keys: readonly string[]): Promise<CustomFieldTable> {
  const custom = keys.filter((key) => key.startsWith("custom."));
  return customFieldsKnowing(session, ({ byKey }) => custom.every((key) => byKey.has(key)));
}
