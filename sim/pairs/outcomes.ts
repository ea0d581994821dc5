import { emailOf } from "../people.ts";
import type { PairWorld } from "./world.ts";

/** Something that a sweep of a pair must have come to, or it has not looked everywhere. */
export interface PairOutcome {
  readonly name: string;
  readonly meaning: string;
  readonly isReached: (world: PairWorld) => boolean;
}

const isMoved = (world: PairWorld, side: "left" | "right"): boolean =>
  world.ledger.deeds.some(
    (deed) => deed.field === "email" && deed.side === side && deed.value !== emailOf(deed.person),
  );

/** Every outcome that a sweep of a hundred seeds of a pair must reach. */
export const PAIR_OUTCOMES: readonly PairOutcome[] = [
  { name: "email-left", meaning: "an e-mail was changed in HighLevel", isReached: (world) => isMoved(world, "left") },
  {
    name: "email-right",
    meaning: "an e-mail was changed at the partner",
    isReached: (world) => isMoved(world, "right"),
  },
  ...(["left", "right"] as const).flatMap((side) => [
    {
      name: `removed-${side}`,
      meaning: `somebody was deleted on the ${side}`,
      isReached: ({ ledger }: PairWorld) => ledger.removals.some((one) => one.side === side),
    },
    {
      name: `written-${side}`,
      meaning: `a note or task was written on the ${side}`,
      isReached: ({ ledger }: PairWorld) => [...ledger.jots.written.values()].some((one) => one.side === side),
    },
  ]),
  {
    name: "discarded",
    meaning: "a note or task was deleted",
    isReached: ({ ledger }) => ledger.jots.discarded.length > 0,
  },
  {
    name: "low-reply",
    meaning: "somebody replied with a low score",
    isReached: ({ ledger }) => [...ledger.replies.values()].some(({ isLow }) => isLow),
  },
  {
    name: "dismissed",
    meaning: "somebody deleted what was made of a reply",
    isReached: ({ ledger }) => ledger.dismissed.length > 0,
  },
  { name: "crashed", meaning: "a process died", isReached: ({ hubs }) => hubs.length > 1 },
  { name: "lost-after", meaning: "an answer was lost", isReached: ({ network }) => network.struck.has("lostAfter") },
  {
    name: "limited",
    meaning: "the partner said that there were too many requests",
    isReached: ({ network }) => network.calls.some(({ side, status }) => side === "right" && status === 429),
  },
  {
    name: "failed-after",
    meaning: "the partner did as asked, and said that it had failed",
    isReached: ({ network }) => network.calls.some(({ side, status }) => side === "right" && status === 500),
  },
];

/** A shorter sweep may miss some outcome by chance. */
const CENSUS_SEEDS = 100;

/** The outcomes that a sweep should have reached and did not. */
export function missedByPair(tally: {
  readonly seeds: number;
  readonly reached: Readonly<Record<string, number>>;
}): readonly PairOutcome[] {
  return tally.seeds < CENSUS_SEEDS ? [] : PAIR_OUTCOMES.filter(({ name }) => (tally.reached[name] ?? 0) === 0);
}
