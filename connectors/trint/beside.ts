import type { Session, TranscriptAdapter } from "../../kit/index.ts";
import type { BookRecord } from "../../model/book.ts";
import { Failure } from "../../model/errors.ts";
import type { BesideNote, BesidePerson, TranscriptRow, TranscriptView } from "../../model/transcript.ts";
import { fetchWords, findWords } from "./calls.ts";
import type { Settings } from "./settings.ts";
import { everyOf, NARRATIVE, TRANSCRIPT } from "./shelf.ts";
import { showTranscripts, type Tie, tie, tiesOf, untie } from "./ties.ts";
import { noteId, stateOf } from "./transcript.ts";
import { followTies, gatherTranscripts, readWords } from "./transcripts.ts";

/** Transcripts with everything that the hub keeps beside them, and the ties that people make by hand. */
export const transcripts: TranscriptAdapter<Settings> = {
  list: async (session, { text, offset, limit }) => {
    await gatherTranscripts(session);
    const wanted = text.trim().toLowerCase();
    const all = (await everyOf(session, TRANSCRIPT))
      .filter(({ fields }) =>
        [fields.title, fields.metadata].some((said) => String(said).toLowerCase().includes(wanted)),
      )
      .sort((one, other) => (createdAt(one) > createdAt(other) ? -1 : 1));
    const rows = all.slice(offset, offset + limit).map((record) => rowOf(session, record));
    return { transcripts: await Promise.all(rows), total: all.length };
  },
  read: async (session, id) => viewOf(session, await demand(session, id)),
  export: async (session, id) => {
    const record = await demand(session, id);
    const words = await findWords(session, id);
    if (words.kind !== "there") throw notThere(words.kind === "early");
    return { ...(await viewOf(session, record)), text: await fetchWords(session, words.address) };
  },
  tie: async (session, id, personId) => {
    await demand(session, id);
    const person = await session.book.read("contact", personId);
    if (person === undefined) throw new Failure("not_found", `The hub keeps no person ${personId} beside Trint.`);
    await tie(session, { transcriptId: id, personId, by: "hand" });
    await followTies(session, id);
    await readWords(session, await demand(session, id));
    return viewOf(session, await demand(session, id));
  },
  untie: async (session, id, personId) => {
    const record = await demand(session, id);
    await untie(session, id, personId);
    // It comes back when the two are tied again.
    await session.book.delete("note", noteId(id, personId), "partner");
    await showTranscripts(session, personId);
    return viewOf(session, record);
  },
};

/** @throws Failure `not_found` */
async function demand({ book }: Session<Settings>, id: string): Promise<BookRecord> {
  const record = await book.read(TRANSCRIPT, id);
  if (record !== undefined) return record;
  throw new Failure("not_found", `There is no transcript ${id} that the hub knows of.`);
}

function notThere(isEarly: boolean): Failure {
  return isEarly
    ? new Failure("rejected", "The transcript can not be exported yet: Trint is still transcribing it.")
    : new Failure("forbidden", "The transcript can not be exported: the key does not see it, or it is gone.");
}

function createdAt({ fields }: BookRecord): string {
  return String(fields.createdAt ?? "");
}

async function rowOf(session: Session<Settings>, record: BookRecord): Promise<TranscriptRow> {
  const ties = await tiesOf(session, record.externalId);
  const people = await Promise.all(ties.map((one) => personOf(session, one)));
  return { ...headOf(record), people: people.map(({ externalId, name, by }) => ({ externalId, name, by })) };
}

function headOf(record: BookRecord): Omit<TranscriptRow, "people"> {
  const { fields, externalId, pageUrl } = record;
  const text = (key: string): string => String(fields[key] ?? "");
  return {
    id: externalId,
    title: text("title"),
    state: stateOf(record),
    ...(pageUrl !== undefined && { pageUrl }),
    language: text("language"),
    ...(typeof fields.durationMs === "number" && { durationMs: fields.durationMs }),
    createdAt: text("createdAt"),
    updatedAt: text("updatedAt"),
  };
}

async function viewOf(session: Session<Settings>, record: BookRecord): Promise<TranscriptView> {
  const ties = await tiesOf(session, record.externalId);
  const people = await Promise.all(ties.map((one) => besideOf(session, one)));
  const { excerpt, metadata, lines } = record.fields;
  return { ...headOf(record), excerpt: String(lines || excerpt || ""), metadata: String(metadata ?? ""), people };
}

async function personOf({ book }: Session<Settings>, { personId, by }: Tie) {
  const fields = (await book.read("contact", personId))?.fields ?? {};
  const [email, phone] = [String(fields.email ?? ""), String(fields.phone ?? "")];
  return { externalId: personId, name: String(fields.fullName || email || phone || personId), by, email, phone };
}

async function besideOf(session: Session<Settings>, tied: Tie): Promise<BesidePerson> {
  const under = { parentId: tied.personId };
  const [person, notes, narratives, tasks] = await Promise.all([
    personOf(session, tied),
    everyOf(session, "note", under),
    everyOf(session, NARRATIVE, under),
    everyOf(session, "task", under),
  ]);
  const isKey = (note: BookRecord): boolean => isKeyNote(note, session.settings);
  return {
    ...person,
    keyNotes: notes.filter(isKey).map(noteOf),
    narrativeNotes: narratives.map(noteOf).sort((one, other) => one.at - other.at),
    tasks: tasks.map(({ externalId, fields }) => ({
      externalId,
      title: String(fields.title ?? ""),
      dueAt: String(fields.dueAt ?? ""),
      isCompleted: fields.isCompleted === true,
    })),
  };
}

/** Key notes are what people wrote; the notes that transcripts are would only repeat them. */
function isKeyNote({ origin, fields }: BookRecord, { keyNotesWith }: Settings): boolean {
  const said = `${String(fields.title ?? "")}\n${String(fields.body ?? "")}`.toLowerCase();
  return origin === "hub" && said.includes(keyNotesWith.toLowerCase());
}

function noteOf({ externalId, fields, createdAt }: BookRecord): BesideNote {
  return { externalId, title: String(fields.title ?? ""), body: String(fields.body ?? ""), at: createdAt };
}
