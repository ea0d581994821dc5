import { nameOf, recordsOf } from "../people.ts";
import type { World } from "../world.ts";

/** Whom a person deleted does not come back on that side. Nobody is entered twice in a run. SPEC: D2, C7. */
export async function returned(world: World): Promise<readonly string[]> {
  return world.ledger.removals.flatMap(({ person, side }) =>
    recordsOf(world.partners, side, person).length === 0
      ? []
      : [`${nameOf(person)} was deleted on the ${side} and is there again`],
  );
}
