import type { Side } from "../model/record.ts";
import type { DeskFields } from "../sandbox/control/desk.ts";
import type { Answer } from "./answers.ts";
import { emptyJots, type JotLedger } from "./children/ledger.ts";
import { EDITED, type EditedField, type Person, TAGS, type Tag } from "./people.ts";

/** What a person can have said something about: a field, or whether a tag is there. */
export type Subject = EditedField | `tag ${Tag}`;

/** Something that a person did at one side's own screen. */
export interface Deed {
  readonly at: number;
  readonly side: Side;
  readonly person: Person;
  readonly subject: Subject;
  /** The field's new value, `""` for a cleared one; `on` or `off` for a tag. */
  readonly value: string;
  /** Whether it was said with all that was said before in view and at rest, so that it replaces that on either side. */
  readonly isLater: boolean;
  /** Whether it was said by putting the record in. */
  readonly isEntry?: true;
}

/** A record that a person deleted. */
export interface Removal {
  readonly at: number;
  readonly side: Side;
  readonly person: Person;
  /** The record's id at its product. */
  readonly id: string;
  /** Who had the same e-mail there: the hub may take them for whom the record was merged into (D8). */
  readonly heirs: readonly Person[];
}

/** Two contacts of HighLevel that became one. */
export interface Merge {
  readonly at: number;
  readonly survivor: Person;
  readonly retired: Person;
  /** The id of the retired one's record at Salesmate. */
  readonly rightId: string;
}

/** A deleted contact that somebody brought back. */
export interface Restoration {
  readonly at: number;
  readonly side: Side;
  readonly person: Person;
}

/** Edits of one record in one go, while nothing else was going on. */
export interface Burst {
  readonly side: Side;
  /** The counterpart's id. */
  readonly acrossId: string;
  /** When it began, epoch ms. */
  readonly from: number;
  /** Until when it must have been left alone to count as settled, epoch ms. */
  readonly until: number;
}

/** All that people did in a run: what the oracles hold the hub to. The hub never sees it. */
export interface Ledger {
  readonly deeds: Deed[];
  readonly removals: Removal[];
  readonly merges: Merge[];
  readonly restorations: Restoration[];
  readonly bursts: Burst[];
  readonly answers: Answer[];
  readonly jots: JotLedger;
  /** On which sides somebody was entered by a person, and so not by the hub. */
  readonly entered: Map<Person, Set<Side>>;
  /** Whether a record was, or is about to be, said to be gone although it is not. */
  hasVanishing: boolean;
  /** When something last happened after which nothing can be said to be at rest; never, while it is undefined. */
  disturbedAt: number | undefined;
}

/** Nobody has done anything yet. */
export function emptyLedger(): Ledger {
  return {
    ...{ deeds: [], removals: [], merges: [], restorations: [], bursts: [], answers: [], jots: emptyJots() },
    ...{ entered: new Map(), hasVanishing: false, disturbedAt: undefined },
  };
}

/** Notes that a person was entered with these fields: each that is filled is a deed. */
export function noteEntered(ledger: Ledger, at: number, side: Side, person: Person, fields: DeskFields): void {
  ledger.entered.set(person, new Set([...(ledger.entered.get(person) ?? []), side]));
  const filled = said(fields).filter(([, value]) => value !== "");
  for (const [subject, value] of filled) note(ledger, { at, side, person, subject, value, isEntry: true });
}

/** Notes that a person's fields were changed; an empty value is a cleared one. */
export function noteEdited(ledger: Ledger, at: number, side: Side, person: Person, fields: DeskFields): void {
  for (const [subject, value] of said(fields)) note(ledger, { at, side, person, subject, value });
}

/** Notes that a person gave or took a tag. */
export function noteTagged(
  ledger: Ledger,
  at: number,
  side: Side,
  person: Person,
  { tag, isGiven }: { readonly tag: Tag; readonly isGiven: boolean },
): void {
  note(ledger, { at, side, person, subject: `tag ${tag}`, value: isGiven ? "on" : "off" });
}

/**
 * Longer than a poll and all that follows from it take where nothing fails, ms: what nobody touched for so long has been
 * carried, so that what is said then is said in the knowledge of it.
 */
const AT_REST_MS = 45 * 60_000;

function note(ledger: Ledger, deed: Omit<Deed, "isLater">): void {
  const before = ledger.deeds.filter((other) => other.person === deed.person && other.subject === deed.subject);
  const isAtRest = before.every((other) => deed.at - other.at > AT_REST_MS);
  ledger.deeds.push({ ...deed, isLater: isAtRest && ledger.disturbedAt === undefined });
}

function said(fields: DeskFields): (readonly [Subject, string])[] {
  const texts = EDITED.flatMap((field) => {
    const value = fields[field];
    return typeof value === "string" ? [[field, value] as const] : [];
  });
  const tags = fields.tags ?? [];
  return [...texts, ...TAGS.flatMap((tag) => (tags.includes(tag) ? [[`tag ${tag}`, "on"] as const] : []))];
}

/**
 * The last thing that a person did about a subject on each side, as far as no later one replaced it.
 * @param mayWait whether two sides that differ may have been left as they are: who then speaks on one side has not
 *   seen what the other says, and replaces their own words only
 */
export function lastDeeds(
  ledger: Ledger,
  person: Person,
  subject: Subject,
  mayWait: boolean,
): Partial<Record<Side, Deed>> {
  let last: Partial<Record<Side, Deed>> = {};
  for (const deed of ledger.deeds) {
    if (deed.person !== person || deed.subject !== subject) continue;
    const isWaiting = mayWait && last.left !== undefined && last.right !== undefined;
    last = deed.isLater && !isWaiting ? { [deed.side]: deed } : { ...last, [deed.side]: deed };
  }
  return last;
}

/** Everything that anybody has said something about, per person. */
export function subjectsOf(ledger: Ledger): readonly { readonly person: Person; readonly subject: Subject }[] {
  const seen = new Map<string, { readonly person: Person; readonly subject: Subject }>();
  for (const { person, subject } of ledger.deeds) seen.set(`${person} ${subject}`, { person, subject });
  return [...seen.values()];
}

/** The person, and whoever they live on in after merges, one after the other; only HighLevel's contacts are merged. */
export function livesOnAs({ merges }: Ledger, person: Person, side: Side): readonly Person[] {
  const ends = [person];
  if (side === "left") for (const { retired, survivor } of merges) if (ends.at(-1) === retired) ends.push(survivor);
  return ends;
}
