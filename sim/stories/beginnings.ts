import { chance, pick, type Random } from "../../sandbox/random.ts";
import type { Plan, Resident } from "../plan.ts";

/** How often somebody's city is known on one side only from the beginning, where that makes a difference. */
const LACKING_SHARE = 0.3;

/** Starts the sync with new records only, or to fill empty fields. */
export function beginOtherwise(random: Random, plan: Plan): Plan {
  const start = pick(random, ["newOnly", "fillEmpty"] as const);
  const residents = plan.residents.map((resident) => lacking(random, resident));
  return { ...plan, residents, habits: { ...plan.habits, rules: { ...plan.habits.rules, start } } };
}

function lacking(random: Random, resident: Resident): Resident {
  const { person, sides, cities } = resident;
  // Who has neither e-mail nor phone may have nothing but a name and a city.
  if (sides.length < 2) return resident;
  if (!chance(random, LACKING_SHARE)) return { ...resident, cities: { ...cities, right: `City${person}` } };
  return {
    ...resident,
    cities: pick(random, [
      { ...cities, left: "" },
      { ...cities, right: "" },
    ]),
  };
}
