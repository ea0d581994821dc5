import type { Plan } from "./plan.ts";
import { run, type Verdict } from "./run.ts";

/** A plan that still fails and from which nothing more can be left out, with what it fails by. */
export interface Shrunk {
  readonly plan: Plan;
  readonly verdict: Verdict;
}

/** Plays a plan, as `run` does; `undefined` when there is no time left for it. */
type Replay = (plan: Plan) => Promise<Verdict | undefined>;

/**
 * Leaves out of a failing plan whatever it fails without: halves first, then single steps and residents, again and
 * again until nothing can go. What is left must fail the same oracle.
 * @param replay plays a plan; once it answers nothing, what was found so far is the result
 */
export async function shrink(plan: Plan, verdict: Verdict, replay: Replay = run): Promise<Shrunk> {
  let best: Shrunk = { plan, verdict };
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    best = await dropping(best, size, replay);
  }
  return withoutResidents(best, replay);
}

/** Tries to leave out each stretch of so many steps, from the end to the beginning; starts over where single ones went. */
async function dropping(from: Shrunk, size: number, replay: Replay): Promise<Shrunk> {
  let best = from;
  for (let at = best.plan.steps.length - 1; at >= 0; at -= size) {
    const steps = best.plan.steps.toSpliced(Math.max(0, at - size + 1), size);
    best = (await stillFailing({ ...best.plan, steps }, best, replay)) ?? best;
    at = Math.min(at, best.plan.steps.length);
  }
  return size === 1 && best.plan.steps.length < from.plan.steps.length ? dropping(best, 1, replay) : best;
}

async function withoutResidents(from: Shrunk, replay: Replay): Promise<Shrunk> {
  let best = from;
  for (const resident of from.plan.residents) {
    const residents = best.plan.residents.filter((other) => other !== resident);
    best = (await stillFailing({ ...best.plan, residents }, best, replay)) ?? best;
  }
  return best;
}

async function stillFailing(
  plan: Plan,
  { verdict: { violation } }: Shrunk,
  replay: Replay,
): Promise<Shrunk | undefined> {
  const verdict = await replay(plan);
  return verdict?.violation !== undefined && verdict.violation.oracle === violation?.oracle
    ? { plan, verdict }
    : undefined;
}
