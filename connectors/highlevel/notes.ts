import {
  type ListPage,
  type ListQuery,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import { about, goneAs, parentOf } from "./calls.ts";
import * as wire from "./childWire.ts";
import { NOTE_CATALOGUE, noteCreateBody, noteSnapshot, noteUpdateBody } from "./note.ts";
import type { Settings } from "./settings.ts";

type HighLevel = Session<Settings>;

/** The notes of a location's contacts, each under its contact. */
export const notes: ResourceAdapter<Settings> = {
  parent: "contact",
  describe: async () => NOTE_CATALOGUE,
  // Only searches are known to lag; a contact's own lists show each note as a read does.
  listing: { isComplete: true, lagMs: 0, overlapMs: 0, isByParent: true },
  list,
  read: async (session, externalId, parentId) => {
    const doing = `read note ${externalId}`;
    const contactId = parentOf(parentId, doing);
    const url = path`/contacts/${contactId}/notes/${externalId}`;
    const answer = await goneAs("gone" as const, () => session.http.request({ method: "GET", path: url, doing }));
    return answer === "gone" ? "gone" : noteSnapshot(readAnswer(wire.NoteAnswer, answer, about(doing)).note, contactId);
  },
  create: async (session, fields, parentId) => {
    const doing = "create a note";
    const contactId = parentOf(parentId, doing);
    const url = path`/contacts/${contactId}/notes`;
    const answer = await session.http.request({ method: "POST", path: url, json: noteCreateBody(fields), doing });
    const { note } = readAnswer(wire.NoteAnswer, answer, { ...about(doing), isWrite: true });
    return { kind: "created", externalId: note.id, snapshot: noteSnapshot(note, contactId) };
  },
  update: async (session, externalId, changes, known, parentId) => {
    const doing = `update note ${externalId}`;
    const contactId = parentOf(parentId, doing);
    const url = path`/contacts/${contactId}/notes/${externalId}`;
    const json = noteUpdateBody(changes, known);
    const answer = await session.http.request({ method: "PUT", path: url, json, doing });
    return noteSnapshot(readAnswer(wire.NoteAnswer, answer, { ...about(doing), isWrite: true }).note, contactId);
  },
  delete: async (session, externalId, parentId) => {
    const doing = `delete note ${externalId}`;
    const url = path`/contacts/${parentOf(parentId, doing)}/notes/${externalId}`;
    await goneAs(undefined, () => session.http.request({ method: "DELETE", path: url, doing }));
  },
  find: async () => [],
};

async function list(session: HighLevel, query: ListQuery): Promise<ListPage> {
  const doing = "list the notes of a contact";
  const contactId = parentOf(query.parentId, doing);
  const url = path`/contacts/${contactId}/notes`;
  const answer = await session.http.request({ method: "GET", path: url, doing });
  const found = readAnswer(wire.NotesAnswer, answer, about(doing)).notes;
  return { records: found.map((note) => noteSnapshot(note, contactId)), total: found.length };
}
