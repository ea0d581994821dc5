import { expect, test } from "vitest";
import type { Habits, Plan } from "./plan.ts";
import { run } from "./run.ts";

/** Histories that once broke a promise, cut down to what they broke it by. A seed's meaning changes; these stay. */
interface Regression {
  readonly name: string;
  readonly plan: Omit<Plan, "seed" | "habits">;
  readonly habits?: Partial<Habits>;
}

const HABITS: Habits = {
  signIn: "oauth",
  pace: "quick",
  isSwept: true,
  nameless: [],
  rules: {
    conflict: "preferLeft",
    clear: "carry",
    onLeftGone: "delete",
    onRightGone: "delete",
    breakerLimit: 50,
    children: [],
  },
  highlevel: { searchLagMs: 0 },
  salesmate: {},
};

const BELA = { person: 1, sides: ["left", "right"], cities: { left: "Town1", right: "Town1" } } as const;

const REGRESSIONS: readonly Regression[] = [
  {
    name: "a field that HighLevel's rows leave out is filled from the other side",
    plan: {
      residents: [BELA],
      steps: [{ kind: "edit", person: 1, side: "right", field: "postalCode", value: "10007" }],
    },
  },
  {
    name: "the second of two hubs goes on with the tokens that the first was given",
    plan: {
      residents: [{ ...BELA, cities: { left: "Town1", right: "City1" } }],
      steps: [{ kind: "revoke", token: "access" }, { kind: "wait", ms: 5 }, { kind: "second" }],
    },
    habits: { pace: "usual" },
  },
];

test.each(REGRESSIONS)("Z6 what was once broken stays mended: $name", async ({ plan, habits }) => {
  // The test runner goes by the real clock, in the same process.
  const { violation } = await run({ seed: 1, habits: { ...HABITS, ...habits }, ...plan }, { isGuarded: false });
  expect(violation).toBeUndefined();
});
