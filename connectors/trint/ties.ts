import type { Session } from "../../kit/index.ts";
import { contentId } from "../../kit/index.ts";
import type { BookRecord } from "../../model/book.ts";
import type { TiedBy } from "../../model/transcript.ts";
import { EMPTY, type Fields } from "../../model/value.ts";
import type { Settings } from "./settings.ts";
import { everyOf, TIE, TRANSCRIPT } from "./shelf.ts";
import { holdsName, noteId } from "./transcript.ts";

/**
 * Which transcripts are with whom. A tie is a record of the hub's book under its person; one that a person has undone stays
 * there as undone, so that no rule ties it again.
 */

/** A tie that holds. */
export interface Tie {
  readonly transcriptId: string;
  readonly personId: string;
  readonly by: TiedBy;
}

/** The ties of a transcript that hold, oldest first. */
export async function tiesOf({ book }: Session<Settings>, transcriptId: string): Promise<readonly Tie[]> {
  const ids = await book.find(TIE, "transcriptId", transcriptId);
  const records = await Promise.all(ids.map((id) => book.read(TIE, id)));
  return records.flatMap((record) => (record === undefined ? [] : holding(record)));
}

/** The ties of a person that hold. */
export async function tiesUnder(session: Session<Settings>, personId: string): Promise<readonly Tie[]> {
  return (await everyOf(session, TIE, { parentId: personId })).flatMap(holding);
}

function holding({ parentId = "", fields }: BookRecord): Tie[] {
  if (fields.isTied !== true) return [];
  // Only this file writes ties.
  return [{ transcriptId: String(fields.transcriptId), personId: parentId, by: String(fields.by) as TiedBy }];
}

/** Ties a transcript to a person unless it is, or somebody has undone it. By hand it is tied whatever was before. */
export async function tie({ book }: Session<Settings>, wanted: Tie): Promise<boolean> {
  const { transcriptId, personId, by } = wanted;
  const externalId = noteId(transcriptId, personId);
  const before = await book.read(TIE, externalId);
  if (before?.fields.isTied === true || (before !== undefined && by !== "hand")) return false;
  const fields = { transcriptId, by, isTied: true };
  await book.put({ resource: TIE, externalId, parentId: personId, fields, origin: by === "hand" ? "hub" : "partner" });
  return true;
}

/** Undoes a tie, for good as far as rules are concerned. */
export async function untie({ book }: Session<Settings>, transcriptId: string, personId: string): Promise<void> {
  await book.update(TIE, noteId(transcriptId, personId), { isTied: { kind: "set", value: false } });
}

/** Ties a transcript to everybody whom the rules in force find in its fields. */
export async function tieByRules(session: Session<Settings>, transcriptId: string, fields: Fields): Promise<void> {
  const { tieBy } = session.settings;
  for (const by of tieBy) {
    for (const personId of await peopleBy(session, by, fields)) await tie(session, { transcriptId, personId, by });
  }
}

async function peopleBy(
  session: Session<Settings>,
  by: Exclude<TiedBy, "hand">,
  fields: Fields,
): Promise<readonly string[]> {
  switch (by) {
    case "metadata":
      return byMetadata(session, fields);
    case "email":
      return byEmail(session, String(fields.titleEmail ?? ""));
    case "name":
      return byName(session, (name) => holdsName(String(fields.title ?? ""), name));
    case "speaker": {
      const speakers = Array.isArray(fields.speakers) ? fields.speakers.map(folded) : [];
      return speakers.length === 0 ? [] : byName(session, (name) => speakers.includes(folded(name)));
    }
    default:
      return by satisfies never;
  }
}

/** The id is the surest, then the e-mail. */
async function byMetadata(session: Session<Settings>, fields: Fields): Promise<readonly string[]> {
  const { book } = session;
  const person = String(fields.metadataPerson ?? "");
  if (person !== "" && (await book.read("contact", person)) !== undefined) return [person];
  const email = String(fields.metadataEmail ?? "");
  if (email !== "") return byEmail(session, email);
  const phone = String(fields.metadataPhone ?? "");
  return phone === "" ? [] : onlyOne(await book.find("contact", "phone", phone));
}

async function byEmail(session: Session<Settings>, email: string): Promise<readonly string[]> {
  if (email === "") return [];
  const { book, settings } = session;
  const found = await book.find("contact", "email", email);
  if (found.length > 0 || !settings.unknownBecomePeople) return onlyOne(found);
  const externalId = `guest_${contentId(email)}`;
  const entry = { resource: "contact", externalId, fields: { email }, origin: "hub" } as const;
  return (await book.put(entry)).kind === "deleted" ? [] : [externalId];
}

/** What several share does not tell who it is. */
function onlyOne(found: readonly string[]): readonly string[] {
  return found.length === 1 ? found : [];
}

const NAMES_KEPT_MS = 15_000;

async function byName(session: Session<Settings>, isMeant: (name: string) => boolean): Promise<readonly string[]> {
  const names = await session.remember("names", NAMES_KEPT_MS, async () => namesOf(await everyOf(session, "contact")));
  return [...names].flatMap(([name, ids]) => (isMeant(name) ? onlyOne(ids) : []));
}

/** The people of each full name. */
function namesOf(people: readonly BookRecord[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { externalId, fields } of people) {
    const name = folded(String(fields.fullName ?? ""));
    if (name.includes(" ")) names.set(name, [...(names.get(name) ?? []), externalId]);
  }
  return names;
}

function folded(name: string): string {
  return name.normalize("NFC").trim().replaceAll(/\s+/g, " ").toLowerCase();
}

/** Brings what is shown of a person's transcripts up to date: how many, and the latest. */
export async function showTranscripts(session: Session<Settings>, personId: string): Promise<void> {
  const { book } = session;
  if ((await book.read("contact", personId)) === undefined) return;
  const ties = await tiesUnder(session, personId);
  const found = await Promise.all(ties.map(({ transcriptId }) => book.read(TRANSCRIPT, transcriptId)));
  const records = found.flatMap((record) => record ?? []);
  const at = ({ fields }: BookRecord): string => String(fields.createdAt ?? "");
  const latest = records.reduce<BookRecord | undefined>(
    (best, one) => (best === undefined || at(one) > at(best) ? one : best),
    undefined,
  );
  const shown = {
    transcripts: records.length === 0 ? EMPTY : records.length,
    transcriptTitle: latest?.fields.title ?? EMPTY,
    transcribedOn: latest === undefined ? EMPTY : at(latest).slice(0, 10),
    transcriptPage: latest?.pageUrl ?? EMPTY,
  };
  const changes = Object.entries(shown).map(([key, value]) => [key, { kind: "set", value } as const]);
  await book.update("contact", personId, Object.fromEntries(changes));
}
