import { SIDES, type Side } from "../../model/record.ts";
import type { Jot } from "../children/jots.ts";
import { emptyJots, type JotLedger } from "../children/ledger.ts";
import type { Person } from "../people.ts";
import type { PairField } from "./partner.ts";
import type { Reply } from "./steps.ts";

/** Something that a person said of somebody at one side. */
export interface PairDeed {
  readonly at: number;
  readonly side: Side;
  readonly person: Person;
  readonly field: PairField;
  /** `""` for a cleared one. */
  readonly value: string;
  /** Whether it was said with all that was said before in view and at rest, so that it replaces that on either side. */
  readonly isLater: boolean;
}

/** A review or an answer that was given. */
export interface GivenReply {
  readonly reply: Reply;
  readonly at: number;
  readonly person: Person;
  /** Its id at the partner, and of its note in the hub's book. */
  readonly id: string;
  readonly isLow: boolean;
  /** What it says now. */
  readonly words: string;
  readonly isWithdrawn: boolean;
}

/** All that people did in a run of a pair: what the oracles hold the hub to. The hub never sees it. */
export interface PairLedger {
  readonly deeds: PairDeed[];
  readonly removals: { readonly at: number; readonly side: Side; readonly person: Person }[];
  /** On which sides somebody was entered by people, or by a review of theirs. */
  readonly entered: Map<Person, Set<Side>>;
  readonly jots: JotLedger;
  /** What was being written when the hub died: it may have been kept, or not. */
  readonly unsure: Set<Jot>;
  readonly replies: Map<Reply, GivenReply>;
  /** What was made of a reply, and deleted by somebody at HighLevel. */
  readonly dismissed: { readonly at: number; readonly reply: Reply; readonly of: "notes" | "tasks" }[];
  /** When something last happened after which nothing can be said to be at rest; never, while it is undefined. */
  disturbedAt: number | undefined;
}

/** Nobody has done anything yet. */
export function emptyPairLedger(): PairLedger {
  return {
    ...{ deeds: [], removals: [], entered: new Map(), jots: emptyJots(), unsure: new Set(), replies: new Map() },
    ...{ dismissed: [], disturbedAt: undefined },
  };
}

/** Longer than a poll and all that follows from it take where nothing fails, ms. */
const AT_REST_MS = 45 * 60_000;

/** Notes what a person said of a field. */
export function noteDeed(ledger: PairLedger, deed: Omit<PairDeed, "isLater">): void {
  const before = ledger.deeds.filter((other) => other.person === deed.person && other.field === deed.field);
  const isAtRest = before.every((other) => deed.at - other.at > AT_REST_MS);
  ledger.deeds.push({ ...deed, isLater: isAtRest && ledger.disturbedAt === undefined });
}

/** The values of a field that were said last on each side, as far as no later one replaced them. */
export function lastSaid(ledger: PairLedger, person: Person, field: PairField, mayWait: boolean): readonly string[] {
  let last: Partial<Record<Side, PairDeed>> = {};
  for (const deed of ledger.deeds) {
    if (deed.person !== person || deed.field !== field) continue;
    const isWaiting = mayWait && SIDES.every((side) => last[side] !== undefined);
    last = deed.isLater && !isWaiting ? { [deed.side]: deed } : { ...last, [deed.side]: deed };
  }
  return Object.values(last).map(({ value }) => value);
}

/** Notes that somebody is known on a side by people's doing. */
export function noteEntered(ledger: PairLedger, side: Side, person: Person): void {
  ledger.entered.set(person, new Set([...(ledger.entered.get(person) ?? []), side]));
}
