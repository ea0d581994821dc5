import { standingOf } from "../children/jots.ts";
import { recordsOf } from "../people.ts";
import type { World } from "../world.ts";
import { journaled, type Outcome } from "./outcome.ts";

/** What a long sweep must reach of merges, returns and the journal. */
export const ACT_OUTCOMES: readonly Outcome[] = [
  journaled("merge seen", "a merge was told from a deletion", ({ summary }) => summary.startsWith("Merged with")),
  {
    name: "note moved",
    meaning: "a note or task went over to another contact in a merge",
    isReached: hasMoved,
  },
  journaled("brought back", "a deleted record came back and is followed", ({ summary }) =>
    summary.startsWith("Brought back"),
  ),
  journaled("decided anew", "a decision could be made anew", ({ detail }) => (detail.fields ?? []).length > 0),
];

function hasMoved(world: World): boolean {
  const { jots, merges } = world.ledger;
  return merges.some(({ survivor, retired }) => {
    const ids = new Set(recordsOf(world.partners, "left", survivor).map(({ id }) => id));
    return [...jots.written.values()].some(
      ({ jot, kind, person }) =>
        person === retired && standingOf(world, "left", kind, jot).some(({ contactId }) => ids.has(contactId)),
    );
  });
}
