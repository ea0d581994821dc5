import { chance, seededRandom } from "../../sandbox/random.ts";
import type { Plan } from "../plan.ts";
import { addActs } from "./acts.ts";
import { addAnswers } from "./answers.ts";
import { beginOtherwise } from "./beginnings.ts";
import { addAppointments, addJots } from "./jots.ts";
import { withScene } from "./scenes.ts";

/**
 * In how many histories people also keep notes and tasks, in how many they merge and bring back contacts, in how many
 * the sync is started in another way than in full, in how many people answer what the hub asks them, and in
 * how many they make appointments.
 */
const SHARE = { jots: 1 / 3, acts: 1 / 4, beginnings: 1 / 6, answers: 1 / 4, appointments: 1 / 6 } as const;
/** What is added to a history draws from a chance of its own, so that what was there before stays as it was. */
const STREAM = 0x5eed;
const BEGINNINGS_STREAM = 0xbe_617;
const ANSWERS_STREAM = 0xa_45;
const APPOINTMENTS_STREAM = 0xda_7e;

/**
 * Adds to some of the plans what people do beside keeping their contacts. HighLevel tells nobody of a merge, and not
 * always of a return: only a full comparison finds them.
 */
export function withStories(plan: Plan): Plan {
  const random = seededRandom(plan.seed ^ STREAM);
  const withJots = chance(random, SHARE.jots) ? addJots(random, plan) : plan;
  const withActs = plan.habits.isSwept && chance(random, SHARE.acts) ? addActs(random, withJots) : withJots;
  return withAppointments(withAnswers(withBeginning(withScene(withActs))));
}

function withAppointments(plan: Plan): Plan {
  const random = seededRandom(plan.seed ^ APPOINTMENTS_STREAM);
  return chance(random, SHARE.appointments) ? addAppointments(random, plan) : plan;
}

function withAnswers(plan: Plan): Plan {
  const random = seededRandom(plan.seed ^ ANSWERS_STREAM);
  return chance(random, SHARE.answers) ? addAnswers(random, plan) : plan;
}

function withBeginning(plan: Plan): Plan {
  const random = seededRandom(plan.seed ^ BEGINNINGS_STREAM);
  return chance(random, SHARE.beginnings) ? beginOtherwise(random, plan) : plan;
}
