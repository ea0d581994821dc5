import { reachedIn } from "./census.ts";
import { TimeStandsStill } from "./clock.ts";
import { putUpGuard } from "./guard.ts";
import { heal } from "./heal.ts";
import { ORACLES } from "./oracles/index.ts";
import type { Plan } from "./plan.ts";
import { finalState, play, settleIn } from "./play.ts";
import { openWorld, type World } from "./world.ts";

/** What became of one run. */
export interface Verdict {
  readonly seed: number;
  /** The first oracle that does not hold, and in what; absent when all hold. */
  readonly violation?: Violation;
  /** The fingerprint of everything that happened. */
  readonly hash: string;
  /** Calls that reached a partner. */
  readonly calls: number;
  /** What the run reached, by name; see `census.ts`. */
  readonly reached: ReadonlySet<string>;
  /** Everything that happened, in words, where that was asked for. */
  readonly lines: readonly string[];
}

/** An oracle that does not hold. */
export interface Violation {
  readonly oracle: string;
  readonly findings: readonly string[];
}

/** How a run is made. */
export interface RunOptions {
  readonly keepsTrace?: boolean;
  /** Whether a touch of the real world fails the run; it does unless told otherwise. */
  readonly isGuarded?: boolean;
}

/** Plays a plan from its beginning to its healed end, and judges it. */
export async function run(plan: Plan, options: RunOptions = {}): Promise<Verdict> {
  const world = await openWorld({ seed: plan.seed, habits: plan.habits, keepsTrace: options.keepsTrace === true });
  const guard = putUpGuard();
  try {
    const startedAt = world.clock.now();
    const violation =
      (await endlessIn(world, plan)) ??
      (await firstViolation(world, plan, startedAt)) ??
      violationOf(options.isGuarded === false ? [] : guard.touches);
    const reached = await reachedIn(world);
    world.trace.note("end", finalState(world));
    return {
      seed: plan.seed,
      ...(violation !== undefined && { violation }),
      hash: world.trace.digest(),
      calls: world.network.calls.length,
      reached,
      lines: world.trace.lines,
    };
  } finally {
    guard.lift();
    await world.close();
  }
}

/** Plays everything. @returns a violation when it does not come to an end */
async function endlessIn(world: World, plan: Plan): Promise<Violation | undefined> {
  try {
    await playAll(world, plan);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof TimeStandsStill) return { oracle: "the work is bounded", findings: [thrown.message] };
    throw thrown;
  }
}

async function playAll(world: World, plan: Plan): Promise<void> {
  settleIn(world, plan);
  world.startHub();
  await world.turns.settle();
  for (const step of plan.steps) await play(world, step);
  await heal(world);
}

function violationOf(touches: readonly string[]): Violation | undefined {
  return touches.length === 0 ? undefined : { oracle: "nothing but the seed orders a run", findings: touches };
}

async function firstViolation(world: World, { steps }: Plan, startedAt: number): Promise<Violation | undefined> {
  for (const { name, judge } of ORACLES) {
    const findings = await judge(world, { steps, startedAt });
    if (findings.length > 0) return { oracle: name, findings };
  }
  return undefined;
}
