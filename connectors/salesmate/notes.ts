import { z } from "zod";
import {
  type CreateAnswer,
  followPages,
  type ListPage,
  type ListQuery,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import type { NOTE_FIELDS } from "../../model/children.ts";
import { Failure } from "../../model/errors.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, EMPTY, type Fields } from "../../model/value.ts";
import { about, goneAs } from "./calls.ts";
import { PAGE_ROWS, SMALLEST_PAGE_ROWS } from "./quirks.ts";
import { CONTACTS } from "./search.ts";
import type { Settings } from "./settings.ts";
import { type Note, NoteCreateAnswer, NotesAnswer } from "./wire.ts";

type Salesmate = Session<Settings>;

/** Salesmate's notes have no title. */
const BODY = "body" satisfies keyof typeof NOTE_FIELDS;
const FIELDS: readonly FieldDefinition[] = [
  { key: BODY, label: "Note", type: "richText", isWritable: true, standard: BODY },
];

/** The notes of a Salesmate account's contacts. There is no call for one note: it is read from its contact's list. */
export const notes: ResourceAdapter<Settings> = {
  parent: "contact",
  describe: async () => FIELDS,
  listing: { isComplete: true, lagMs: 0, overlapMs: 0, isByParent: true },
  list: (session, query) => list(session, query, demanded(query.parentId)),
  read: (session, externalId, parentId) => read(session, externalId, demanded(parentId)),
  create: (session, fields, parentId) => create(session, fields, demanded(parentId)),
  update: (session, externalId, changes, known, parentId) =>
    update(session, externalId, changes, known, demanded(parentId)),
  delete: (session, externalId, parentId) => remove(session, externalId, demanded(parentId)),
  // Children are not recognised by e-mail or phone.
  find: async () => [],
};

function demanded(parentId: string | undefined): string {
  if (parentId !== undefined) return parentId;
  throw new Failure("bug", "A note of Salesmate was asked for without its contact.");
}

/** Where a list stands: the note to begin at, and the first note of the page before. */
const Position = z.strictObject({ from: z.int().min(0), first: z.string().optional() });
type Position = z.infer<typeof Position>;

/**
 * Whether lists come in pages is not documented. One that gives its total is read to it. Any other that could be a full
 * page is asked for what follows; when the same notes come again, it was whole.
 * @throws Failure `not_found` when the contact is gone, and its notes with it.
 */
async function list(session: Salesmate, { cursor }: ListQuery, contactId: string): Promise<ListPage> {
  const here = cursor === undefined ? { from: 0 } : parseCursor(cursor);
  const doing = `list the notes of contact ${contactId}`;
  const request = {
    method: "GET",
    path: path`/module/v4/modules/${CONTACTS.id}/objects/${contactId}/notes`,
    query: { rows: PAGE_ROWS, from: here.from },
    doing,
  } as const;
  const answer = await session.http.request(request);
  const { data, totalRows } = readAnswer(NotesAnswer, answer, about(doing)).Data;
  const next = nextPosition(here, data, totalRows ?? undefined);
  if (next === "again") return { records: [] };
  return {
    records: data.filter(isNote).map((note) => snapshotOf(note, contactId)),
    ...(next !== undefined && { next: JSON.stringify(next) }),
  };
}

/** Where to read on; `again` when the page shows once more what the one before it showed. */
function nextPosition(
  here: Position,
  page: readonly Note[],
  total: number | undefined,
): Position | "again" | undefined {
  const first = page[0] === undefined ? undefined : String(page[0].id);
  if (first === undefined) return undefined;
  if (first === here.first) return "again";
  const from = here.from + page.length;
  const isWhole = total === undefined ? page.length < SMALLEST_PAGE_ROWS : from >= total;
  return isWhole ? undefined : { from, first };
}

/** Lists may show other entries of a record's history as well. */
function isNote({ type, isDeleted }: Note): boolean {
  return isDeleted !== true && (typeof type !== "string" || /^note$/i.test(type.trim()));
}

function parseCursor(text: string): Position {
  try {
    return Position.parse(JSON.parse(text));
  } catch (cause) {
    const words = "The stored position in a contact's notes at Salesmate cannot be read; start the listing again.";
    throw new Failure("bug", words, { cause });
  }
}

/** No version: nothing says that editing a note moves the time that its list shows. */
function snapshotOf({ id, html }: Note, contactId: string): Snapshot {
  return { externalId: String(id), parentId: contactId, fields: { [BODY]: html.trim() } };
}

async function read(session: Salesmate, externalId: string, contactId: string): Promise<Snapshot | "gone"> {
  const listing = `the notes of contact ${contactId} at Salesmate`;
  const fetchPage = (cursor: string | undefined) => list(session, cursor === undefined ? {} : { cursor }, contactId);
  return goneAs("gone" as const, async () => {
    for await (const page of followPages(fetchPage, { listing })) {
      const found = page.records.find((record) => record.externalId === externalId);
      if (found !== undefined) return found;
    }
    return "gone";
  });
}

async function create(session: Salesmate, fields: Fields, contactId: string): Promise<CreateAnswer> {
  const doing = `create a note of contact ${contactId}`;
  const json = { note: htmlIn(fields), type: "Note", attachments: [] };
  const answer = await session.http.request({ method: "POST", path: notesPath(contactId), json, doing });
  const { noteId } = readAnswer(NoteCreateAnswer, answer, { ...about(doing), isWrite: true }).Data;
  return { kind: "created", externalId: String(noteId) };
}

/** The answer to an update shows no note, so none is returned. */
async function update(
  session: Salesmate,
  externalId: string,
  changes: Changes,
  known: Fields,
  contactId: string,
): Promise<undefined> {
  const doing = `update note ${externalId} of contact ${contactId}`;
  const json = { note: htmlIn(applyChanges(known, changes)) };
  await session.http.request({ method: "PUT", path: notePath(contactId, externalId), json, doing });
}

/** @throws Failure `misconfigured` for a field that notes do not have. */
function htmlIn(fields: Fields): string {
  const other = Object.keys(fields).find((key) => key !== BODY);
  if (other === undefined) return withBreaks(String(fields[BODY] ?? EMPTY));
  throw new Failure(
    "misconfigured",
    `Could not write the field "${other}" at Salesmate: its notes have no such field. Correct the mapping.`,
  );
}

/** A text without formatting keeps its lines by their ends, which would be no line ends in HTML. */
function withBreaks(text: string): string {
  return /<[a-z!/][^>]*>/i.test(text) ? text : text.trim().replaceAll(/\r?\n/g, "<br>");
}

async function remove(session: Salesmate, externalId: string, contactId: string): Promise<void> {
  const doing = `delete note ${externalId} of contact ${contactId}`;
  await goneAs(undefined, () =>
    session.http.request({ method: "DELETE", path: notePath(contactId, externalId), doing }),
  );
}

function notesPath(contactId: string): string {
  return path`/contact/v4/modules/${CONTACTS.id}/object/${contactId}/notes`;
}

function notePath(contactId: string, noteId: string): string {
  return path`/contact/v4/modules/${CONTACTS.id}/object/${contactId}/notes/${noteId}`;
}
