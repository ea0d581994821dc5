import { TimeStandsStill } from "../clock.ts";
import { putUpGuard } from "../guard.ts";
import type { RunOptions, Verdict, Violation } from "../run.ts";
import { healPair } from "./heal.ts";
import { PAIR_ORACLES } from "./oracles/index.ts";
import { PAIR_OUTCOMES } from "./outcomes.ts";
import type { PairPlan } from "./plan.ts";
import { pairState, playPair, settleIn } from "./play.ts";
import { openPairWorld, type PairWorld } from "./world.ts";

/** Plays a plan of a pair from its beginning to its healed end, and judges it. */
export async function runPair(plan: PairPlan, options: RunOptions = {}): Promise<Verdict> {
  const { partner, seed, habits } = plan;
  const world = await openPairWorld({ partner, seed, habits, keepsTrace: options.keepsTrace === true });
  const guard = putUpGuard();
  try {
    const startedAt = world.clock.now();
    const violation =
      (await endlessIn(world, plan)) ??
      (await firstViolation(world, plan, startedAt)) ??
      touched(options.isGuarded === false ? [] : guard.touches);
    const reached = PAIR_OUTCOMES.filter(({ isReached }) => isReached(world)).map(({ name }) => name);
    world.trace.note("end", await pairState(world));
    return {
      ...{ seed, hash: world.trace.digest(), calls: world.network.calls.length, lines: world.trace.lines },
      ...(violation !== undefined && { violation }),
      reached: new Set(reached),
    };
  } finally {
    guard.lift();
    await world.close();
  }
}

/** Who is there before the hub is has been there for longer than any list lags, ms. */
const SETTLED_MS = 60_000;

async function endlessIn(world: PairWorld, plan: PairPlan): Promise<Violation | undefined> {
  try {
    await settleIn(world, plan);
    await world.clock.advance(SETTLED_MS);
    world.startHub();
    await world.turns.settle();
    for (const step of plan.steps) await playPair(world, step);
    await healPair(world);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof TimeStandsStill) return { oracle: "the work is bounded", findings: [thrown.message] };
    throw thrown;
  }
}

function touched(touches: readonly string[]): Violation | undefined {
  return touches.length === 0 ? undefined : { oracle: "nothing but the seed orders a run", findings: touches };
}

async function firstViolation(world: PairWorld, plan: PairPlan, startedAt: number): Promise<Violation | undefined> {
  for (const { name, judge } of PAIR_ORACLES) {
    const findings = await judge(world, { plan, startedAt });
    if (findings.length > 0) return { oracle: name, findings };
  }
  return undefined;
}
