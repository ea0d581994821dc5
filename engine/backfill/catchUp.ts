import { catchUpWords } from "../../model/catchUp.ts";
import { otherSide, SIDES, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Checkpoint, Effect, Sync } from "../ports.ts";
import { type Attempt, journalEntry } from "../reconcile/outcome.ts";

/**
 * Telling how much there was to catch up with: after a pause, or when the hub itself stood still, the first poll of each
 * side counts what it finds, and the one that ends last says it for both.
 * Source: docs/SPEC.md L10.
 */

/** As many poll rhythms without a poll are a standstill; and what is no standstill in any case, ms. */
const RHYTHMS = 3;
const SHORTEST_STANDSTILL_MS = 60_000;

/** Whether a sync is paused by now; what was under way when it was ends after the page in hand. */
export function isPausedNow(context: Pick<LaneContext, "syncs">, { id }: Pick<Sync, "id">): boolean {
  return context.syncs.find(id)?.isPaused === true;
}

/** What is stored when a sync goes on: nothing, unless its polls have stood still. */
export async function beginCatchUp(context: LaneContext, sync: Sync): Promise<Effect[]> {
  const { workspaceId, id } = sync;
  const now = context.clock.now();
  const of = (kind: Checkpoint["kind"]) =>
    Promise.all(SIDES.map((side) => context.store.checkpoint(workspaceId, id, side, kind)));
  const [polls, begun] = await Promise.all([of("poll"), of("catchUp")]);
  const stoodStill = SIDES.some((side, place) => now - (polls[place]?.finishedAt ?? now) > standstillMs(sync, side));
  if (!stoodStill || begun.some(isUnderWay)) return [];
  const startedAt = Math.max(...polls.flatMap((poll) => poll?.finishedAt ?? []));
  return SIDES.map((side) => ({
    kind: "checkpoint",
    checkpoint: { syncId: id, side, kind: "catchUp", startedAt, seen: 0 },
  }));
}

function standstillMs(sync: Sync, side: Side): number {
  return Math.max(SHORTEST_STANDSTILL_MS, RHYTHMS * sync.pollMs[side]);
}

function isUnderWay(catchUp: Checkpoint | undefined): catchUp is Checkpoint {
  return catchUp !== undefined && catchUp.finishedAt === undefined;
}

/** Stores how many changes the first poll of a side has found; does nothing for any later one. */
export async function endCatchUp(context: LaneContext, attempt: Attempt, side: Side, found: number): Promise<void> {
  const { workspaceId, id } = attempt.open.sync;
  const own = await context.store.checkpoint(workspaceId, id, side, "catchUp");
  if (!isUnderWay(own)) return;
  // One after the other, so that exactly one of both sides finds itself to be the last.
  await context.turns.take(`catchUp:${id}`, async () => {
    const checkpoint: Checkpoint = { ...own, seen: found, finishedAt: context.clock.now() };
    const other = await context.store.checkpoint(workspaceId, id, otherSide(side), "catchUp");
    const line = isUnderWay(other) ? [] : [sayHowMuch(context, attempt, side, checkpoint, other)];
    await context.store.apply(context.lane, [{ kind: "checkpoint", checkpoint }, ...line]);
    context.news({ kind: "progress", workspaceId, syncId: id, checkpoint });
  });
}

function sayHowMuch(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  own: Checkpoint,
  other: Checkpoint | undefined,
): Effect {
  const { partners } = attempt.open;
  const found = { [side]: own.seen, [otherSide(side)]: other?.seen ?? 0 };
  const counts = SIDES.map((each) => ({ name: partners[each].name, count: found[each] ?? 0 }));
  const ms = context.clock.now() - (own.startedAt ?? 0);
  return {
    kind: "journal",
    entry: journalEntry(context, attempt, undefined, "caughtUp", catchUpWords(ms, counts)),
  };
}
