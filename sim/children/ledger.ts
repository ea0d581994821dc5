import type { Side } from "../../model/record.ts";
import type { Person } from "../people.ts";
import type { Jot, JotField, JotKind } from "./jots.ts";

/** A note or task that a person wrote, once in a run and on one side. */
export interface Writing {
  readonly at: number;
  readonly jot: Jot;
  readonly kind: JotKind;
  readonly side: Side;
  /** Whose it is. */
  readonly person: Person;
  /** Whether it was written on both sides at once, in the same words: the two are one (H5). */
  readonly isTwin: boolean;
}

/** Something that a person put into a note or task. */
export interface JotDeed {
  readonly at: number;
  readonly jot: Jot;
  readonly side: Side;
  readonly field: JotField;
  /** As a reader takes it. */
  readonly value: string;
  /** Whether it was said with all that was said before in view and at rest, so that it replaces that on either side. */
  readonly isLater: boolean;
}

/** A note or task that a person deleted. */
export interface Discarding {
  readonly at: number;
  readonly jot: Jot;
  readonly side: Side;
}

/** All that people did with notes and tasks in a run. */
export interface JotLedger {
  readonly written: Map<Jot, Writing>;
  readonly deeds: JotDeed[];
  readonly discarded: Discarding[];
}

/** Nobody has written anything yet. */
export function emptyJots(): JotLedger {
  return { written: new Map(), deeds: [], discarded: [] };
}

/** Longer than the turn over all contacts and all that follows from it take where nothing fails, ms. */
const AT_REST_MS = 3 * 3_600_000;

/** Notes what a person put into a field. @param isCalm whether nothing has disturbed the run so far */
export function noteJotDeed(ledger: JotLedger, deed: Omit<JotDeed, "isLater">, isCalm: boolean): void {
  const before = ledger.deeds.filter((other) => other.jot === deed.jot && other.field === deed.field);
  const isAtRest = before.every((other) => deed.at - other.at > AT_REST_MS);
  ledger.deeds.push({ ...deed, isLater: isCalm && isAtRest });
}

/** The last thing that a person said in a field on each side, as far as no later one replaced it. */
export function lastJotDeeds(ledger: JotLedger, jot: Jot, field: JotField): readonly JotDeed[] {
  let last: Partial<Record<Side, JotDeed>> = {};
  for (const deed of ledger.deeds) {
    if (deed.jot !== jot || deed.field !== field) continue;
    last = deed.isLater ? { [deed.side]: deed } : { ...last, [deed.side]: deed };
  }
  return Object.values(last);
}
