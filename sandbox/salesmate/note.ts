import { createTable, type Table } from "../control/table.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** A note under an object of some module, as it is stored. Never changed in place. */
export type StoredNote = {
  readonly id: number;
  /** `1` a contact, `2` an activity, `4` a deal, `5` a company. */
  readonly moduleId: number;
  readonly objectId: number;
  /** HTML, as it was sent. */
  readonly note: string;
  readonly isPinned: boolean;
  readonly createdAt: number;
  readonly createdBy: number;
  readonly lastModifiedAt: number;
  readonly lastModifiedBy: number;
};

/** What a note stands under. */
export type NoteParent = Pick<StoredNote, "moduleId" | "objectId">;

/** The notes of one account, with the rules of writing them. */
export type Notes = {
  /** Oldest first. */
  readonly under: (parent: NoteParent) => StoredNote[];
  /** @throws Refusal 400 when it says nothing. */
  readonly create: (parent: NoteParent, body: unknown, user: number) => StoredNote;
  /** @throws Refusal 404 when there is no such note under the parent. */
  readonly update: (parent: NoteParent, id: string, body: unknown, user: number) => StoredNote;
  readonly pin: (parent: NoteParent, id: string, isPinned: boolean) => void;
  readonly remove: (parent: NoteParent, id: string) => void;
  readonly removeUnder: (parent: NoteParent) => void;
  /** Gives all notes of one parent to another. */
  readonly move: (from: NoteParent, to: NoteParent) => void;
  /** A note as it was before its last change. */
  readonly earlier: (note: StoredNote) => StoredNote;
  readonly get: (id: number) => StoredNote | undefined;
  readonly clear: () => void;
};

/** Far from the numbers of contacts and activities, so that a number tells what it is of. */
const FIRST_ID = 5_000_001;
const LENGTH_MAX = 100_000;

/** Makes a book without notes. Ids rise and are never given twice; a deleted note leaves nothing behind. */
export function createNotes(refusals: Refusals, now: () => number): Notes {
  const table: Table<StoredNote> = createTable(SHAPE);
  const before = new Map<number, StoredNote>();
  let nextId = FIRST_ID;

  const under = ({ moduleId, objectId }: NoteParent) =>
    table.find("parent", `${moduleId}/${objectId}`).sort((left, right) => left.id - right.id);
  const demand = ({ moduleId, objectId }: NoteParent, id: string): StoredNote => {
    const note = table.get(id);
    if (note === undefined || note.moduleId !== moduleId || note.objectId !== objectId) {
      throw refusals.missing("Note not found");
    }
    return note;
  };

  return {
    under,
    create: ({ moduleId, objectId }, body, user) => {
      const note = readNote(body, refusals);
      const id = nextId;
      nextId += 1;
      const stamps = { createdAt: now(), createdBy: user, lastModifiedAt: now(), lastModifiedBy: user };
      const made = { id, moduleId, objectId, note, isPinned: false, ...stamps };
      table.put(made);
      return made;
    },
    update: (parent, id, body, user) => {
      const old = demand(parent, id);
      const changed = { ...old, note: readNote(body, refusals), lastModifiedAt: now(), lastModifiedBy: user };
      before.set(old.id, old);
      table.put(changed);
      return changed;
    },
    pin: (parent, id, isPinned) => table.put({ ...demand(parent, id), isPinned }),
    remove: (parent, id) => table.remove(String(demand(parent, id).id)),
    removeUnder: (parent) => {
      for (const { id } of under(parent)) table.remove(String(id));
    },
    move: (from, to) => {
      for (const note of under(from)) table.put({ ...note, moduleId: to.moduleId, objectId: to.objectId });
    },
    earlier: (note) => before.get(note.id) ?? note,
    get: (id) => table.get(String(id)),
    clear: () => {
      table.clear();
      before.clear();
    },
  };
}

const SHAPE = {
  idOf: (note: StoredNote) => String(note.id),
  compareIds: (left: string, right: string) => Number(left) - Number(right),
  keysOf: (_index: string, { moduleId, objectId }: StoredNote) => [`${moduleId}/${objectId}`],
  orderOf: (_order: string, note: StoredNote) => note.id,
};

function readNote(body: unknown, refusals: Refusals): string {
  const note = typeof body === "object" && body !== null && "note" in body ? body.note : undefined;
  if (typeof note !== "string" || note.trim() === "") throw refusals.invalid("Note is required");
  if (note.length > LENGTH_MAX) throw refusals.invalid(`Note must be at most ${LENGTH_MAX} characters long`);
  return note;
}

/** A note as a list shows it. Neither the keys nor the marks around the text are documented, so both are quirks. */
export function shownNote(note: StoredNote, quirks: Quirks): Record<string, unknown> {
  const date = (at: number) => (quirks.readDatesAs === "iso" ? new Date(at).toISOString() : at);
  const text = quirks.rewriteNotes ? rewritten(note.note) : note.note;
  const stamps = { createdAt: date(note.createdAt), lastModifiedAt: date(note.lastModifiedAt) };
  return quirks.notesAs === "list"
    ? { id: note.id, note: text, type: "Note", isPinned: note.isPinned, ...stamps, createdBy: note.createdBy }
    : { noteId: note.id, note: text, isPinned: note.isPinned, ...stamps, createdBy: { id: note.createdBy } };
}

/** What an editor makes of a note: another spelling of line ends, and marks around the whole. */
function rewritten(note: string): string {
  return `<div class="note-body">\n  ${note.replaceAll(/<br ?\/?>/g, "<br />\n")}\n</div>`;
}
