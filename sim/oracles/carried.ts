import { otherSide } from "../../model/record.ts";
import { isMerged, isRestoredAfter } from "../acts.ts";
import { nameOf, type Person, recordsOf } from "../people.ts";
import type { World } from "../world.ts";
import { listedOf } from "./listed.ts";

/** Where the policy says so, a deletion reaches the other side, unless somebody changed the record there. SPEC: D3, D4. */
export async function uncarried(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { person, side, at } of world.ledger.removals) {
    if (isRestoredAfter(world, person, at) || isMerged(world, person)) continue;
    const across = otherSide(side);
    const policy = side === "left" ? "onLeftGone" : "onRightGone";
    const [record] = recordsOf(world.partners, across, person);
    if (record === undefined || world.pastRules.some((rules) => rules[policy] !== "delete")) continue;
    if (world.ledger.deeds.some((deed) => deed.person === person && deed.side === across)) continue;
    if (isMistakable(world, person)) continue;
    const { isAmbiguous, isSetAside } = await listedOf(world, across, record.id);
    if (!isAmbiguous && !isSetAside) {
      found.push(
        `${nameOf(person)} was deleted on the ${side} and is still on the ${across}, where nobody changed them`,
      );
    }
  }
  return found;
}

/** Whose e-mail somebody else was given as well may be taken for merged with them, and not for deleted. */
function isMistakable({ ledger }: World, person: Person): boolean {
  const emails = ledger.deeds.filter(({ subject }) => subject === "email");
  const own = new Set(emails.filter((deed) => deed.person === person).map(({ value }) => value));
  return emails.some((deed) => deed.person !== person && own.has(deed.value));
}
