import type { JournalEntry } from "../../engine/ports.ts";
import { otherSide, SIDES } from "../../model/record.ts";
import { JOT_KINDS, seen, standingOf } from "../children/jots.ts";
import type { World } from "../world.ts";
import { called, journaled, type Outcome, outcome } from "./outcome.ts";

/** What a long sweep must reach of notes and tasks. */
export const JOT_OUTCOMES: readonly Outcome[] = [
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
  called("appointment made left", "an appointment was made at HighLevel", "POST", /\/events\/appointments$/),
  called("appointment edited left", "an appointment was changed at HighLevel", "PUT", /\/events\/appointments\/\w+$/),
  called("appointment deleted left", "an appointment's deletion was carried", "DELETE", /\/calendars\/events\/\w+$/),
  outcome("appointment across", "an appointment stands on both sides", (world) =>
    [...world.ledger.jots.written.values()].some(
      ({ kind, jot }) =>
        kind === "appointments" && SIDES.every((side) => standingOf(world, side, "appointments", jot).length > 0),
    ),
  ),
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
];

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
