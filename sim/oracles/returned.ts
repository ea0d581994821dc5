import { isRestoredAfter } from "../acts.ts";
import { nameOf, recordsOf } from "../people.ts";
import type { World } from "../world.ts";

/**
 * Whom a person deleted does not come back on that side. Nobody is entered twice in a run, and whom
 * somebody brought back belongs there. SPEC: D2, D9, C7.
 */
export async function returned(world: World): Promise<readonly string[]> {
  return world.ledger.removals.flatMap(({ person, side, at }) =>
    recordsOf(world.partners, side, person).length === 0 || isRestoredAfter(world, person, at)
      ? []
      : [`${nameOf(person)} was deleted on the ${side} and is there again`],
  );
}
