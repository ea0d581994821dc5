import { expect, test } from "vitest";
import { type Plan, planOf } from "./plan.ts";
import type { Verdict } from "./run.ts";
import { shrink } from "./shrink.ts";
import type { Step } from "./steps.ts";

const WAITS: readonly Step[] = Array.from({ length: 20 }, (_, ms) => ({ kind: "wait", ms }));
const PLAN: Plan = { ...planOf(1), steps: WAITS };

/** A run that fails as long as these waits are in it. */
function failsWith(...guilty: readonly number[]): (plan: Plan) => Promise<Verdict> {
  return async ({ seed, steps }) => {
    const isBroken = guilty.every((ms) => steps.some((step) => step.kind === "wait" && step.ms === ms));
    const violation = isBroken ? { oracle: "no edit is lost", findings: ["one was"] } : undefined;
    return { seed, hash: "", calls: 0, reached: new Set(), lines: [], ...(violation && { violation }) };
  };
}

test("Z10 a failing history is cut down to the steps and residents that it fails by", async () => {
  const play = failsWith(3, 11);
  const { plan } = await shrink(PLAN, await play(PLAN), play);
  expect(plan.steps).toEqual([
    { kind: "wait", ms: 3 },
    { kind: "wait", ms: 11 },
  ]);
  expect(plan.residents).toEqual([]);
});

test("Z10 cutting down ends when there is no time left, with the shortest history so far", async () => {
  const play = failsWith(3, 11);
  let plays = 0;
  const hurried = async (plan: Plan): Promise<Verdict | undefined> => {
    plays += 1;
    return plays > 4 ? undefined : play(plan);
  };
  const { plan, verdict } = await shrink(PLAN, await play(PLAN), hurried);
  expect(plan.steps.length).toBeLessThan(WAITS.length);
  expect(verdict.violation?.oracle).toBe("no edit is lost");
});
