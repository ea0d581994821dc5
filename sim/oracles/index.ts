import type { Step } from "../steps.ts";
import type { World } from "../world.ts";
import { unheard } from "./answered.ts";
import { startBroken } from "./begun.ts";
import { unbounded } from "./bounded.ts";
import { uncarried } from "./carried.ts";
import { doubles } from "./doubled.ts";
import { differences } from "./equal.ts";
import { differingJots, doubledJots, lostJots, lostWords, returnedJots, uncarriedJots } from "./jots.ts";
import { lostEdits } from "./kept.ts";
import { deletedByMerge, unfollowed } from "./merged.ts";
import { secondPassWrites } from "./quiet.ts";
import { changedDecisions } from "./replayed.ts";
import { returned } from "./returned.ts";
import { interrupted } from "./settled.ts";
import { needlessSignOuts } from "./signedIn.ts";
import { bugs } from "./sound.ts";
import { deletedEdits, needlessDeletions } from "./spared.ts";
import { believed } from "./trusted.ts";

/** Something that must be true of every healed run, whatever happened in it. An oracle knows only what it promises. */
export interface Oracle {
  readonly name: string;
  /** Each way in which it does not hold, in plain words; empty when it holds. */
  readonly judge: (world: World, run: Run) => Promise<readonly string[]>;
}

/** What an oracle may know of the run beside the world at its end. */
export interface Run {
  readonly steps: readonly Step[];
  /** Epoch ms. */
  readonly startedAt: number;
}

/** All of them, in the order in which they are asked; the quiet pass comes last, because it lets time go on. */
export const ORACLES: readonly Oracle[] = [
  { name: "nobody is doubled", judge: doubles },
  { name: "nobody deleted comes back", judge: returned },
  { name: "deletions are carried", judge: uncarried },
  { name: "what was edited is not deleted", judge: deletedEdits },
  { name: "nobody is deleted unasked", judge: needlessDeletions },
  { name: "both sides agree or say why", judge: differences },
  { name: "the start keeps its word", judge: (world, { startedAt }) => startBroken(world, startedAt) },
  { name: "what was answered is carried out", judge: unheard },
  { name: "nobody is interrupted", judge: interrupted },
  { name: "no edit is lost", judge: lostEdits },
  { name: "a merge deletes nobody", judge: deletedByMerge },
  { name: "who is brought back is followed", judge: unfollowed },
  { name: "no note or task is doubled", judge: doubledJots },
  { name: "no deleted note or task comes back", judge: returnedJots },
  { name: "no note or task is lost", judge: lostJots },
  { name: "deletions of notes and tasks are carried", judge: uncarriedJots },
  { name: "both sides have the same notes and tasks", judge: differingJots },
  { name: "no edit of a note or task is lost", judge: lostWords },
  { name: "every decision can be made anew", judge: changedDecisions },
  { name: "no bug is reported", judge: bugs },
  { name: "a stranger is not believed", judge: believed },
  { name: "the sign-in is kept", judge: (world, { steps }) => needlessSignOuts(world, steps) },
  { name: "the work is bounded", judge: (world, { steps, startedAt }) => unbounded(world, steps, startedAt) },
  { name: "a second pass writes nothing", judge: secondPassWrites },
];
