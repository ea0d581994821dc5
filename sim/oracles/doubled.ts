import { SIDES } from "../../model/record.ts";
import { NAMES, nameOf, recordsOf } from "../people.ts";
import type { World } from "../world.ts";

/** Nobody is there twice: people enter everybody once per side, and the hub never adds a second. SPEC: C1 to C4. */
export async function doubles(world: World): Promise<readonly string[]> {
  return [...NAMES.keys()].flatMap((person) =>
    SIDES.flatMap((side) => {
      const count = recordsOf(world.partners, side, person).length;
      return count > 1 ? [`${nameOf(person)} is there ${count} times on the ${side}`] : [];
    }),
  );
}
