import type { JournalEntry } from "../engine/ports.ts";
import { otherSide } from "../model/record.ts";
import type { Outcome } from "./census.ts";
import { JOT_KINDS, seen, standingOf } from "./children/jots.ts";
import { recordsOf } from "./people.ts";
import type { World } from "./world.ts";

/** What a long sweep must reach of notes, tasks, merges, returns and the journal. */
export const MORE_OUTCOMES: readonly Outcome[] = [
  called("note made left", "a note was made at HighLevel", "POST", /^\/contacts\/\w+\/notes$/),
  called("note made right", "a note was made at Salesmate", "POST", /\/object\/\d+\/notes$/),
  called("note edited left", "a note was changed at HighLevel", "PUT", /^\/contacts\/\w+\/notes\/\w+$/),
  called("note edited right", "a note was changed at Salesmate", "PUT", /\/object\/\d+\/notes\/\d+$/),
  called("note deleted", "a note's deletion was carried", "DELETE", /\/notes\/\w+$/),
  called("task made left", "a task was made at HighLevel", "POST", /^\/contacts\/\w+\/tasks$/),
  called("task made right", "a task was made at Salesmate", "POST", /\/activity\/v4$/),
  called("task edited left", "a task was changed at HighLevel", "PUT", /^\/contacts\/\w+\/tasks\/\w+$/),
  called("task edited right", "a task was changed at Salesmate", "PUT", /\/activity\/v4\/\d+$/),
  called("task deleted", "a task's deletion was carried", "DELETE", /\/(tasks\/\w+|activity\/v4\/\d+)$/),
  {
    name: "task done",
    meaning: "a task that was completed on one side is completed on the other",
    isReached: isDoneAcross,
  },
  journaled(
    "note by webhook",
    "a webhook led to a note or task",
    (entry) => isOfJot(entry) && entry.reason === "webhook",
  ),
  journaled(
    "note in conflict",
    "a note or task waited for a person",
    (entry) => isOfJot(entry) && entry.verdict === "conflict",
  ),
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

function called(name: string, meaning: string, method: string, path: RegExp): Outcome {
  const isIt = (call: World["network"]["calls"][number]): boolean =>
    call.method === method && path.test(call.path.replace(/\?.*/, "")) && call.status < 300;
  return { name, meaning, isReached: ({ network }) => network.calls.some(isIt) };
}

function journaled(name: string, meaning: string, isIt: (entry: JournalEntry) => boolean): Outcome {
  return { name, meaning, isReached: (_world, { journal }) => journal.some(isIt) };
}

function isOfJot({ syncId }: JournalEntry): boolean {
  return JOT_KINDS.some((kind) => kind === syncId);
}

function isDoneAcross(world: World): boolean {
  return world.ledger.jots.deeds.some(({ jot, field, value, side }) => {
    if (field !== "isCompleted" || value !== "true") return false;
    const [standing] = standingOf(world, otherSide(side), "tasks", jot);
    return standing !== undefined && seen(standing.child, "isCompleted") === "true";
  });
}

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
