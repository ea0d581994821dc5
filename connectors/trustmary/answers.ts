import { path, type Session } from "../../kit/index.ts";
import type { BookRecord } from "../../model/book.ts";
import { EMPTY } from "../../model/value.ts";
import { answeredBy, answerNote, followUpTask, latestOf } from "./answer.ts";
import { listPage, surveysOf } from "./calls.ts";
import type { LatestAnswer } from "./contact.ts";
import { PAGE_ROWS } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { Answer, type Contact, type Survey } from "./wire.ts";

/** The kinds of record that the book of a Trustmary connection holds beside notes and tasks. */
const LATEST = "latestAnswer";
const ADDRESS = "address";
const MOVED = "movedAddress";

/** Polls that come sooner than this after one another read the surveys once, ms. */
const GATHERED_MS = 15_000;
/** A survey is read whole as often at least: an answer may be completed without its survey telling of it, ms. */
const WHOLE_MS = 3_600_000;

/** Brings the answers of all surveys into the book: as notes of who gave them, and as their latest score. */
export function gatherAnswers(session: Session<Settings>): Promise<void> {
  return session.remember("answers", GATHERED_MS, async () => {
    for (const survey of await surveysOf(session)) await gatherSurvey(session, survey);
  });
}

async function gatherSurvey(session: Session<Settings>, survey: Survey): Promise<void> {
  const name = `survey:${survey.id}`;
  const state = `${survey.count ?? ""}:${survey.updated_at ?? ""}:${Math.floor(session.now() / WHOLE_MS)}`;
  if ((await session.book.bookmark(name)) === state) return;
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const at = path`/survey/${survey.id}/responses`;
    const answers = await listPage(session, { path: at, name: "responses", shape: Answer, query: { offset } });
    for (const answer of answers) await keepAnswer(session, { survey_name: survey.name, ...answer });
    if (answers.length < PAGE_ROWS) break;
  }
  await session.book.setBookmark(name, state);
}

/**
 * Keeps one answer. The task it may make is put first and only where the answer is not there yet: so it is made once, also
 * when the hub dies in between, and stays as people left it, deleted ones included.
 */
async function keepAnswer(session: Session<Settings>, answer: Answer): Promise<void> {
  const { book, settings } = session;
  const note = answerNote(answer);
  const known = await book.read("note", note.externalId);
  // Whose it is stays so: an answer goes on naming the address that its giver had then.
  const parentId = known?.parentId ?? (await presentAddress(session, answeredBy(answer)));
  if (parentId === undefined) return; // nobody that Trustmary knows: it is read again when they are
  const isNew = known === undefined;
  const isGone = isNew && (await book.deletedBy("note", note.externalId)) !== undefined;
  const task = isNew && !isGone ? followUpTask(answer, settings, session.now()) : undefined;
  if (task !== undefined) await book.put({ resource: "task", ...task, parentId, origin: "hub" });
  await book.put({ resource: "note", ...note, parentId, origin: "partner" });
  const latest = latestOf(answer);
  const before = await book.read(LATEST, parentId);
  if (latest !== undefined && String(before?.fields.at ?? "") <= latest.at) {
    await book.put({ resource: LATEST, externalId: parentId, fields: { ...latest }, origin: "partner" });
    session.forget(LATEST);
  }
}

/** The latest answer of everybody who gave one, by e-mail, with when the hub learned of it. */
export function latestAnswers(
  session: Session<Settings>,
): Promise<ReadonlyMap<string, LatestAnswer & { readonly changedAt: number }>> {
  return session.remember(LATEST, GATHERED_MS, async () => {
    const records = await allOf(session, LATEST);
    return new Map(
      records.map(({ externalId, fields, changedAt }) => [
        externalId,
        { score: fields.score ?? EMPTY, answeredOn: fields.answeredOn ?? EMPTY, changedAt },
      ]),
    );
  });
}

/**
 * Notes under which address a person of Trustmary is known. Where somebody was given another on its own pages, what the hub
 * keeps of them goes along.
 */
export async function followAddress(session: Session<Settings>, personId: string, email: string): Promise<void> {
  const known = await knownAddresses(session);
  const before = known.get(personId);
  if (before === email) return;
  await session.book.delete(MOVED, email, "partner");
  if (before !== undefined) await session.book.moveChildren(before, email);
  await session.book.put({ resource: ADDRESS, externalId: personId, fields: { email }, origin: "partner" });
  known.set(personId, email);
}

/** The address under which each person of Trustmary is known, by their id there. */
function knownAddresses(session: Session<Settings>): Promise<Map<string, string>> {
  return session.remember(ADDRESS, Number.POSITIVE_INFINITY, async () => {
    const records = await allOf(session, ADDRESS);
    return new Map(records.map(({ externalId, fields }) => [externalId, String(fields.email ?? "")]));
  });
}

/**
 * Notes that the hub gives a person another address, and takes along what it keeps of them. What they answer by a link that
 * was sent to the old one is theirs for as long as nobody else is there under it.
 */
export async function moveAddress(session: Session<Settings>, from: Contact, to: Contact): Promise<void> {
  const [before, after] = [from.email.toLowerCase(), to.email.toLowerCase()];
  await followAddress(session, to.id, after);
  await session.book.delete(MOVED, after, "partner");
  await session.book.put({ resource: MOVED, externalId: before, fields: { email: after }, origin: "partner" });
  await session.book.moveChildren(before, after);
  await session.book.delete(ADDRESS, from.id, "partner");
  (await knownAddresses(session)).delete(from.id);
}

/** Where whoever had an address is found now. */
async function presentAddress(session: Session<Settings>, email: string | undefined): Promise<string | undefined> {
  const moved = email === undefined ? undefined : await session.book.read(MOVED, email);
  return moved === undefined ? email : presentAddress(session, String(moved.fields.email ?? ""));
}

async function allOf({ book }: Session<Settings>, resource: string): Promise<readonly BookRecord[]> {
  const all: BookRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.list(resource, { limit: 1_000, ...(cursor !== undefined && { cursor }) });
    all.push(...page.records);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
