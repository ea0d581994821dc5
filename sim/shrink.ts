import type { Verdict } from "./run.ts";

/** What can be cut down: a history, and who is there at its beginning. */
export interface Cuttable {
  readonly steps: readonly unknown[];
  readonly residents: readonly unknown[];
}

/** A plan that still fails and from which nothing more can be left out, with what it fails by. */
export interface Shrunk<Plan extends Cuttable> {
  readonly plan: Plan;
  readonly verdict: Verdict;
}

/** Plays a plan, as `run` does; `undefined` when there is no time left for it. */
type Replay<Plan> = (plan: Plan) => Promise<Verdict | undefined>;

/**
 * Leaves out of a failing plan whatever it fails without: halves first, then single steps and residents, again and
 * again until nothing can go. What is left must fail the same oracle.
 * @param replay plays a plan; once it answers nothing, what was found so far is the result
 */
export async function shrink<Plan extends Cuttable>(
  plan: Plan,
  verdict: Verdict,
  replay: Replay<Plan>,
): Promise<Shrunk<Plan>> {
  let best: Shrunk<Plan> = { plan, verdict };
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    best = await dropping(best, size, replay);
  }
  return withoutResidents(best, replay);
}

/** Tries to leave out each stretch of so many steps, from the end to the beginning; starts over where single ones went. */
async function dropping<Plan extends Cuttable>(
  from: Shrunk<Plan>,
  size: number,
  replay: Replay<Plan>,
): Promise<Shrunk<Plan>> {
  let best = from;
  for (let at = best.plan.steps.length - 1; at >= 0; at -= size) {
    const steps = best.plan.steps.toSpliced(Math.max(0, at - size + 1), size);
    best = (await stillFailing({ ...best.plan, steps }, best, replay)) ?? best;
    at = Math.min(at, best.plan.steps.length);
  }
  return size === 1 && best.plan.steps.length < from.plan.steps.length ? dropping(best, 1, replay) : best;
}

async function withoutResidents<Plan extends Cuttable>(
  from: Shrunk<Plan>,
  replay: Replay<Plan>,
): Promise<Shrunk<Plan>> {
  let best = from;
  for (const resident of from.plan.residents) {
    const residents = best.plan.residents.filter((other) => other !== resident);
    best = (await stillFailing({ ...best.plan, residents }, best, replay)) ?? best;
  }
  return best;
}

async function stillFailing<Plan extends Cuttable>(
  plan: Plan,
  { verdict: { violation } }: Shrunk<Plan>,
  replay: Replay<Plan>,
): Promise<Shrunk<Plan> | undefined> {
  const verdict = await replay(plan);
  return verdict?.violation !== undefined && verdict.violation.oracle === violation?.oracle
    ? { plan, verdict }
    : undefined;
}
