import { SIDES } from "../../model/record.ts";
import { below, chance, pick, type Random } from "../../sandbox/random.ts";
import type { Habits, Plan } from "../plan.ts";
import type { Step } from "../steps.ts";
import { inserted, LIKELY } from "./inserted.ts";

const ACTS_MAX = 3;

/** Adds merges, and deletions that are taken back. */
export function addActs(random: Random, plan: Plan): Plan {
  const acts = Array.from({ length: 1 + below(random, ACTS_MAX) }, () => actFrom(random)).flat();
  const habits: Habits = {
    ...plan.habits,
    highlevel: {
      ...plan.habits.highlevel,
      mergeTells: pick(random, ["nobody", "nobody", "delete", "update", "both"]),
      restoreTells: chance(random, 0.5),
      restoreTouches: chance(random, 0.5),
    },
  };
  return { ...plan, habits, steps: inserted(random, plan.steps, acts, Math.floor(plan.steps.length / 3)) };
}

/** A deletion mostly precedes what brings the record back. */
function actFrom(random: Random): readonly Step[] {
  const one = below(random, LIKELY);
  const side = pick(random, SIDES);
  if (chance(random, 0.5)) {
    const retired = (one + 1 + below(random, LIKELY - 1)) % LIKELY;
    return [
      { kind: "wait", ms: pick(random, [300, 1_000_000]) },
      { kind: "merge", survivor: one, retired },
    ];
  }
  return [
    { kind: "remove", person: one, side },
    { kind: "wait", ms: pick(random, [300, 70_000, 1_000_000, 9_000_000]) },
    { kind: "restore", person: one, side: chance(random, 0.8) ? side : pick(random, SIDES) },
  ];
}
