import type { Session } from "../../kit/index.ts";
import type { BookRecord } from "../../model/book.ts";
import type { Fields } from "../../model/value.ts";
import { fetchWords, findWords, listFiles, readFile, speakersOf } from "./calls.ts";
import { FAILED_AFTER_MS, PAGE_ROWS, TRANSCRIPT_TYPE, WHOLE_ROWS } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { everyOf, TIE, TRANSCRIPT } from "./shelf.ts";
import { showTranscripts, tieByRules, tiesOf } from "./ties.ts";
import { fieldsOf, firstLines, noteId, pageOf, stateOfFile, tasksIn, transcriptNote } from "./transcript.ts";
import type { File } from "./wire.ts";

/**
 * Brings transcripts into the hub's book and makes of each what it becomes for its people. Every step can be repeated: a
 * transcript counts as seen (`seen`) only when its ties are made, and as read (`isPending` empty) only when its notes and
 * tasks are, so that a hub that dies in between takes it up again.
 */

/** Polls that come sooner than this after one another read the list once, ms. */
const GATHERED_MS = 15_000;
/** The whole list is read as often: nothing but absence from it tells of a deletion, ms. */
const WHOLE_MS = 3_600_000;
/** Transcripts whose words are read in one turn; the others follow in the next. */
const WORDS_A_TURN = 20;

/** Brings what is new at Trint into the book. */
export function gatherTranscripts(session: Session<Settings>): Promise<void> {
  return session.remember("transcripts", GATHERED_MS, async () => {
    await gatherFiles(session);
    await tieNewPeople(session);
    await readSomeWords(session);
  });
}

async function gatherFiles(session: Session<Settings>): Promise<void> {
  const { book, settings, now } = session;
  const turn = String(Math.floor(now() / WHOLE_MS));
  const isWhole = (await book.bookmark("whole")) !== turn;
  const seen = new Set<string>();
  for (const drive of [undefined, ...settings.sharedDriveIds]) await gatherList(session, drive, isWhole, seen);
  if (!isWhole) return;
  for (const { externalId } of await everyOf(session, TRANSCRIPT)) {
    if (!seen.has(externalId)) await refreshTranscript(session, externalId);
  }
  await book.setBookmark("whole", turn);
}

/** The list can not be asked for changes. Where the newest come first, two pages without news end a short look. */
async function gatherList(
  session: Session<Settings>,
  sharedDriveId: string | undefined,
  isWhole: boolean,
  seen: Set<string>,
): Promise<void> {
  const limit = isWhole ? WHOLE_ROWS : PAGE_ROWS;
  let quiet = 0;
  for (let skip = 0; ; skip += limit) {
    const files = await listFiles(session, { limit, skip, ...(sharedDriveId !== undefined && { sharedDriveId }) });
    let news = 0;
    for (const file of files) {
      seen.add(file.id);
      if (await keepFile(session, file)) news += 1;
    }
    quiet = news === 0 ? quiet + 1 : 0;
    if (files.length < limit || (!isWhole && quiet >= 2 && isNewestFirst(files))) return;
  }
}

function isNewestFirst(files: readonly File[]): boolean {
  return String(files.at(0)?.created ?? "") >= String(files.at(-1)?.created ?? "");
}

/** Keeps what a file says now and ties it. @returns whether there was news */
async function keepFile(session: Session<Settings>, file: File): Promise<boolean> {
  const { book, settings } = session;
  if (file.fileType && file.fileType !== TRANSCRIPT_TYPE) return false;
  const seen = stateOfFile(file);
  const before = await book.read(TRANSCRIPT, file.id);
  if (before?.fields.seen === seen) return false;
  const fields = fieldsOf(file);
  const pageUrl = pageOf(settings, file.id);
  const put = (more: Fields) =>
    book.put({ resource: TRANSCRIPT, externalId: file.id, fields: more, origin: "partner", pageUrl });
  if ((await put({ ...fields, seen: "" })).kind === "deleted") return false;
  await tieByRules(session, file.id, { ...before?.fields, ...fields });
  const ties = await tiesOf(session, file.id);
  for (const { personId } of ties) await showTranscripts(session, personId);
  const isWanted = ties.length > 0 || settings.tieBy.includes("speaker");
  await put({ seen, isPending: isWanted ? YES : "" });
  return true;
}

const YES = "yes";

/** A change may be stored a little after the moment it is marked with, ms. */
const PEOPLE_OVERLAP_MS = 60_000;

/** Ties what was there already to people who are new, or known by something else now. */
async function tieNewPeople(session: Session<Settings>): Promise<void> {
  const { book, settings, now } = session;
  const startedAt = now();
  const since = Number((await book.bookmark("people")) ?? 0) - PEOPLE_OVERLAP_MS;
  const people = await everyOf(session, "contact", { since: Math.max(0, since) });
  if (people.length === 0) return;
  session.forget("names");
  const needsAll = settings.tieBy.includes("name") || settings.tieBy.includes("speaker");
  const ids = needsAll
    ? (await everyOf(session, TRANSCRIPT)).map(({ externalId }) => externalId)
    : (await Promise.all(people.map((person) => namingOf(session, person)))).flat();
  for (const id of new Set(ids)) await tieAgain(session, id);
  await book.setBookmark("people", String(startedAt));
}

/** The transcripts that name a person by a key. */
async function namingOf({ book }: Session<Settings>, { externalId, fields }: BookRecord): Promise<readonly string[]> {
  const email = String(fields.email ?? "");
  const phone = String(fields.phone ?? "");
  const found = await Promise.all([
    book.find(TRANSCRIPT, "metadataPerson", externalId),
    ...(email === ""
      ? []
      : [book.find(TRANSCRIPT, "metadataEmail", email), book.find(TRANSCRIPT, "titleEmail", email)]),
    ...(phone === "" ? [] : [book.find(TRANSCRIPT, "metadataPhone", phone)]),
  ]);
  return found.flat();
}

async function tieAgain(session: Session<Settings>, id: string): Promise<void> {
  const record = await session.book.read(TRANSCRIPT, id);
  if (record === undefined) return;
  const before = await tiesOf(session, id);
  await tieByRules(session, id, record.fields);
  const after = await tiesOf(session, id);
  if (after.length > before.length) await followTies(session, id);
}

/** Has the words of a transcript read whose people are others now, and shows those what they have. */
export async function followTies(session: Session<Settings>, id: string): Promise<void> {
  await session.book.update(TRANSCRIPT, id, { isPending: { kind: "set", value: YES } });
  for (const { personId } of await tiesOf(session, id)) await showTranscripts(session, personId);
}

async function readSomeWords(session: Session<Settings>): Promise<void> {
  const { book } = session;
  const ids = await book.find(TRANSCRIPT, "isPending", YES);
  const records = (await Promise.all(ids.map((id) => book.read(TRANSCRIPT, id)))).flatMap((record) => record ?? []);
  // Whoever waited longest comes first, so that those that never come keep nobody waiting.
  const inTurn = [...records].sort((one, other) => Number(one.fields.triedAt || 0) - Number(other.fields.triedAt || 0));
  for (const record of inTurn.slice(0, WORDS_A_TURN)) await readWords(session, record);
}

/** Reads the words of a transcript, if they are there, and makes of them what they become. */
export async function readWords(session: Session<Settings>, record: BookRecord): Promise<void> {
  const { book, now, settings } = session;
  const id = record.externalId;
  const set = (fields: Fields) => book.put({ resource: TRANSCRIPT, externalId: id, fields, origin: "partner" });
  const words = await findWords(session, id);
  if (words.kind === "unseen") return void (await set({ state: "closed", isPending: "" }));
  if (words.kind === "early") {
    const isLate = now() - Date.parse(String(record.fields.createdAt)) > FAILED_AFTER_MS;
    return void (await set({
      state: isLate ? "failed" : "transcribing",
      isPending: isLate ? "" : YES,
      triedAt: now(),
    }));
  }
  const text = await fetchWords(session, words.address);
  const speakers = settings.tieBy.includes("speaker") ? await speakersOf(session, id) : [];
  await set({ state: "ready", lines: firstLines(text, settings.noteLines), speakers });
  if (speakers.length > 0) await tieByRules(session, id, { ...record.fields, speakers });
  const read = await book.read(TRANSCRIPT, id);
  if (read !== undefined) await makeNotes(session, read, text);
  await set({ isPending: "" });
}

/** Tasks go first, and to the first of its people only: each is to be done once. */
async function makeNotes(session: Session<Settings>, record: BookRecord, text: string): Promise<void> {
  const { book, settings, now } = session;
  const { pageUrl = "" } = record;
  const ties = await tiesOf(session, record.externalId);
  const [first] = ties;
  for (const task of first === undefined ? [] : tasksIn(record, text, settings, now())) {
    const isKnown = (await book.read("task", task.externalId)) !== undefined;
    const entry = { resource: "task", ...task, parentId: first?.personId ?? "", origin: "hub" } as const;
    if (!isKnown) await book.put(entry);
  }
  for (const { personId: parentId } of ties) {
    const note = transcriptNote(record, parentId);
    await book.put({ resource: "note", ...note, parentId, origin: "partner", pageUrl });
    await showTranscripts(session, parentId);
  }
}

/** Reads one transcript and keeps what it is now. */
export async function refreshTranscript(session: Session<Settings>, id: string): Promise<void> {
  const { book } = session;
  const file = await readFile(session, id);
  if (file === "unknown") {
    // Another account may lack this operation: only an export that is forbidden as well tells that there is nothing.
    const isKnown = (await book.read(TRANSCRIPT, id)) !== undefined;
    if (isKnown && (await findWords(session, id)).kind === "unseen") await forgetTranscript(session, id);
    return;
  }
  await keepFile(session, file);
  const record = await book.read(TRANSCRIPT, id);
  if (record?.fields.isPending === YES) await readWords(session, record);
}

async function forgetTranscript(session: Session<Settings>, id: string): Promise<void> {
  const { book } = session;
  const ties = await tiesOf(session, id);
  for (const { personId } of ties) {
    await book.delete("note", noteId(id, personId), "partner");
    await book.delete(TIE, noteId(id, personId), "partner");
  }
  await book.delete(TRANSCRIPT, id, "partner");
  for (const { personId } of ties) await showTranscripts(session, personId);
}
