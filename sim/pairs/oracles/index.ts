import { changedDecisions } from "../../oracles/replayed.ts";
import { bugs } from "../../oracles/sound.ts";
import type { PairPlan } from "../plan.ts";
import type { PairWorld } from "../world.ts";
import { differingPairJots, lostJotDeeds, wrongJots } from "./jots.ts";
import { differingPeople, doubledPeople, lostDeeds, lostPeople, returnedPeople, uncarriedRemovals } from "./people.ts";
import { lostReplies, repeatedReplies } from "./replies.ts";
import { pairSecondPass, unboundedPair } from "./work.ts";

/** Something that must be true of every healed run of a pair. */
export interface PairOracle {
  readonly name: string;
  /** Each way in which it does not hold, in plain words; empty when it holds. */
  readonly judge: (
    world: PairWorld,
    run: { readonly plan: PairPlan; readonly startedAt: number },
  ) => Promise<readonly string[]>;
}

/** All of them, in the order in which they are asked; the quiet pass comes last, because it lets time go on. */
export const PAIR_ORACLES: readonly PairOracle[] = [
  { name: "nobody is doubled", judge: doubledPeople },
  { name: "nobody deleted comes back", judge: returnedPeople },
  { name: "nobody is gone unasked", judge: lostPeople },
  { name: "deletions are carried", judge: uncarriedRemovals },
  { name: "both sides agree or say why", judge: differingPeople },
  { name: "no edit is lost", judge: lostDeeds },
  { name: "no note or task is doubled, lost or back", judge: wrongJots },
  { name: "both sides have the same notes and tasks", judge: differingPairJots },
  { name: "no edit of a note or task is lost", judge: lostJotDeeds },
  { name: "nothing is made twice of a reply", judge: repeatedReplies },
  { name: "no reply is lost", judge: lostReplies },
  { name: "every decision can be made anew", judge: changedDecisions },
  { name: "no bug is reported", judge: bugs },
  {
    name: "the work is bounded",
    judge: (world, { plan, startedAt }) => unboundedPair(world, plan.steps.length, startedAt),
  },
  { name: "a second pass writes nothing", judge: pairSecondPass },
];
