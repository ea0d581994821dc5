import { nameOf, type Person, recordsOf } from "../people.ts";
import type { World } from "../world.ts";
import { listedOf } from "./listed.ts";

/**
 * Nobody is deleted at Salesmate because two were merged at HighLevel: each has a record there that was not lost, or the
 * link of the retired one went on with the survivor. SPEC: D8.
 */
export async function deletedByMerge(world: World): Promise<readonly string[]> {
  const { ledger, network } = world;
  const deletions = network.calls.filter(
    ({ side, method, path }) => side === "right" && method === "DELETE" && /\/contact\/v4\/\d+(\?|$)/.test(path),
  );
  return ledger.merges.flatMap(({ at, retired, survivor, rightId }) => {
    const isRemoved = [retired, survivor].some((one) => isRemovedByPerson(world, one));
    const deletion = deletions.find((call) => call.at > at && call.path.includes(`/${rightId}`));
    return deletion === undefined || isRemoved
      ? []
      : [
          `${nameOf(retired)} was merged into ${nameOf(survivor)} at HighLevel, and deleted at Salesmate at ${deletion.at}`,
        ];
  });
}

function isRemovedByPerson({ ledger }: World, person: Person): boolean {
  return ledger.removals.some((one) => one.person === person);
}

/** Whom somebody brought back is followed again, where no policy ended that. SPEC: D9. */
export async function unfollowed(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { person, side, at } of world.ledger.restorations) {
    const [record] = recordsOf(world.partners, side, person);
    const isGoneAgain = world.ledger.removals.some((one) => one.person === person && one.at > at);
    if (record === undefined || isGoneAgain) continue;
    const { link, isAmbiguous, isSetAside, isUnlinked } = await listedOf(world, side, record.id);
    const isFollowed = link?.left !== undefined && link.right !== undefined && link.state === "linked";
    // Whom a start with new records only left alone is left alone again.
    const isHeldBack = link?.beforeStart === "newOnly";
    if (!isFollowed && !isAmbiguous && !isSetAside && !isUnlinked && !isHeldBack)
      found.push(
        `${nameOf(person)} was brought back on the ${side} and is not followed (link ${link?.state ?? "none"})`,
      );
  }
  return found;
}
