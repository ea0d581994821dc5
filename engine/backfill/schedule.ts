import { PRIORITIES } from "../../model/priority.ts";
import { SIDES, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Effect, Sync } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { isBackfilled } from "./progress.ts";

/** Marks the recurring listings of a sync that has been matched: polls at once, sweeps a rhythm after the last. */
export function scheduleListings(context: LaneContext, sync: Sync): Effect[] {
  return SIDES.flatMap((side) => [
    listingMark("poll", sync, side, context.clock.now()),
    listingMark("sweep", sync, side, context.clock.now() + sync.sweepMs),
  ]);
}

/**
 * What must be due when a lane is opened or its syncs change: the first reading of a sync that has not had it, else
 * the recurring listings. Marks merge, so saying it again changes nothing.
 */
export async function scheduleSync(context: LaneContext, sync: Sync): Promise<Effect[]> {
  if (await isBackfilled(context, sync)) return resumeListings(context, sync);
  const key = keyText({ kind: "backfill", syncId: sync.id });
  return [
    { kind: "mark", mark: { key, priority: PRIORITIES.backfill, dueAt: context.clock.now(), reason: "backfill" } },
  ];
}

async function resumeListings(context: LaneContext, sync: Sync): Promise<Effect[]> {
  const effects: Effect[] = [];
  for (const side of SIDES) {
    const last = await context.store.checkpoint(sync.workspaceId, sync.id, side, "sweep");
    effects.push(listingMark("poll", sync, side, context.clock.now()));
    effects.push(listingMark("sweep", sync, side, (last?.finishedAt ?? context.clock.now()) + sync.sweepMs));
  }
  return effects;
}

/** A mark for one recurring listing. */
export function listingMark(kind: "poll" | "sweep", sync: Sync, side: Side, dueAt: number): Effect {
  const key = keyText({ kind, syncId: sync.id, side });
  return { kind: "mark", mark: { key, priority: PRIORITIES[kind], dueAt, reason: kind } };
}
