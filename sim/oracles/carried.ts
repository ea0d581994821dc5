import { otherSide } from "../../model/record.ts";
import { nameOf, recordsOf } from "../people.ts";
import type { World } from "../world.ts";
import { listedOf } from "./listed.ts";

/** Where the policy says so, a deletion reaches the other side, unless somebody changed the record there. SPEC: D3, D4. */
export async function uncarried(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { person, side } of world.ledger.removals) {
    const across = otherSide(side);
    const policy = side === "left" ? "onLeftGone" : "onRightGone";
    const [record] = recordsOf(world.partners, across, person);
    if (record === undefined || world.pastRules.some((rules) => rules[policy] !== "delete")) continue;
    if (world.ledger.deeds.some((deed) => deed.person === person && deed.side === across)) continue;
    const { isAmbiguous, isSetAside } = await listedOf(world, across, record.id);
    if (!isAmbiguous && !isSetAside) {
      found.push(
        `${nameOf(person)} was deleted on the ${side} and is still on the ${across}, where nobody changed them`,
      );
    }
  }
  return found;
}
