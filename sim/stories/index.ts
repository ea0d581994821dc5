import { chance, seededRandom } from "../../sandbox/random.ts";
import type { Plan } from "../plan.ts";
import { addActs } from "./acts.ts";
import { addJots } from "./jots.ts";

/** In how many histories people also keep notes and tasks, and in how many they merge and bring back contacts. */
const SHARE = { jots: 1 / 3, acts: 1 / 4 } as const;
/** What is added to a history draws from a chance of its own, so that what was there before stays as it was. */
const STREAM = 0x5eed;

/**
 * Adds to some of the plans what people do beside keeping their contacts. HighLevel tells nobody of a merge, and not
 * always of a return: only a full comparison finds them.
 */
export function withStories(plan: Plan): Plan {
  const random = seededRandom(plan.seed ^ STREAM);
  const withJots = chance(random, SHARE.jots) ? addJots(random, plan) : plan;
  return plan.habits.isSwept && chance(random, SHARE.acts) ? addActs(random, withJots) : withJots;
}
