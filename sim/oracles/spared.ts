import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { nameOf, type Person, recordsOf } from "../people.ts";
import type { World } from "../world.ts";

/** What is said while the deletion is already on its way can not be heard any more, ms. */
const ON_ITS_WAY_MS = 60_000;

/** A record that somebody edits after its counterpart was deleted is kept. SPEC: D4. */
export async function deletedEdits(world: World): Promise<readonly string[]> {
  const { ledger, network, partners } = world;
  return ledger.removals.flatMap(({ person, side, at }) => {
    const across = otherSide(side);
    if (isRemovedByPeople(world, across, person) || recordsOf(partners, across, person).length > 0) return [];
    const deletions = network.calls.filter((call) => call.side === across && isDeletion(call.method, call.path));
    const firstAt = Math.min(...deletions.map((call) => call.at).filter((deletedAt) => deletedAt > at));
    // Nothing was deleted: the record goes by another name, which is not this oracle's matter.
    if (!Number.isFinite(firstAt)) return [];
    const isEdited = ledger.deeds.some(
      (deed) => deed.person === person && deed.side === across && deed.at > at && deed.at < firstAt - ON_ITS_WAY_MS,
    );
    return isEdited
      ? [`${nameOf(person)} was edited on the ${across} after the deletion on the ${side}, and deleted`]
      : [];
  });
}

/**
 * Nobody is deleted whom nobody deleted: the hub deletes on one side at most as many as people deleted on the other.
 * SPEC: D1, D3.
 */
export async function needlessDeletions({ ledger, network }: World): Promise<readonly string[]> {
  return SIDES.flatMap((side) => {
    const asked = ledger.removals.filter((one) => one.side === otherSide(side)).length + deletedWith(ledger, side);
    const calls = network.calls.filter((call) => call.side === side && call.method === "DELETE" && call.status < 300);
    const deleted = new Set(calls.map(({ path }) => CONTACT.exec(path)?.[1]).filter((id) => id !== undefined));
    return deleted.size > asked
      ? [`${deleted.size} were deleted on the ${side}, where people deleted ${asked} on the other side`]
      : [];
  });
}

/** D8: who was merged at HighLevel into somebody whom people deleted lives on in nobody, and is deleted as well. */
function deletedWith({ merges, removals }: World["ledger"], side: Side): number {
  const isRemoved = (person: Person): boolean => removals.some((one) => one.person === person);
  return side === "right"
    ? merges.filter(({ survivor, retired }) => isRemoved(survivor) || isRemoved(retired)).length
    : 0;
}

/** The address of one contact, at either partner. */
const CONTACT = /^\/(?:apis\/contact\/v4|contacts)\/(\w+)(?:\?|$)/;

/** Whether people deleted the record themselves, or merged it into another. */
function isRemovedByPeople({ ledger }: World, side: Side, person: Person): boolean {
  return (
    ledger.removals.some((one) => one.person === person && one.side === side) ||
    (side === "left" && ledger.merges.some(({ retired }) => retired === person))
  );
}

function isDeletion(method: string, path: string): boolean {
  return method === "DELETE" && !path.endsWith("/tags");
}
