import { below, chance, pick, type Random } from "../../sandbox/random.ts";
import { EDITED } from "../people.ts";
import type { Plan, Resident } from "../plan.ts";
import type { Step } from "../steps.ts";
import { inserted, LIKELY } from "./inserted.ts";

const ANSWERS_MAX = 4;
/** In how many of these histories every conflict of a field is for people to settle. */
const ASKING_SHARE = 0.5;

/** Has people answer what the hub asks them, now and then and in the end; and gives them more to be asked about. */
export function addAnswers(random: Random, plan: Plan): Plan {
  const { rules } = plan.habits;
  const conflict = chance(random, ASKING_SHARE) ? ("ask" as const) : rules.conflict;
  const habits = { ...plan.habits, isAnswering: true, rules: { ...rules, conflict } };
  const asked = Array.from({ length: 1 + below(random, ANSWERS_MAX) }, (_, place) => questionAndAnswer(random, place));
  const steps = asked.reduce<readonly Step[]>(
    (all, story) => inserted(random, all, story, below(random, all.length)),
    plan.steps,
  );
  return { ...plan, habits, steps, residents: [...plan.residents, ...hiddenTwin(plan)] };
}

/** Nobody else enters this person. */
const TWIN = 7;

/** Where records are left alone at the start, somebody whom only a person can know again stands on both sides. */
function hiddenTwin({ habits }: Plan): readonly Resident[] {
  if (habits.rules.start !== "newOnly" || habits.nameless.includes(TWIN)) return [];
  return [{ person: TWIN, sides: ["left", "right"], cities: { left: "Quito", right: "Quito" }, isUnlike: true }];
}

function questionAndAnswer(random: Random, place: number): readonly Step[] {
  const field = pick(random, EDITED.filter((each) => each !== "email" && each !== "phone") as ["city"]); // some are left
  const values = [`one ${place}.example`, `other ${place}.example`] as const;
  return [
    { kind: "clash", person: below(random, LIKELY), field, values },
    { kind: "wait", ms: pick(random, [300, 70_000, 1_000_000]) },
    { kind: "answer", roll: random() },
  ];
}
