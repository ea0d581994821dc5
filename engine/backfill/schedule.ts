import { PRIORITIES } from "../../model/priority.ts";
import { SIDES, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Effect, Sync } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { isStarted } from "../start/progress.ts";
import { beginCatchUp } from "./catchUp.ts";
import { isBackfilled } from "./progress.ts";

/**
 * Marks the recurring listings of a sync that has been matched: polls at once, sweeps a rhythm later. A reading that was
 * marked again while it ran comes to its end twice; a listing that is due already then stays as it is.
 */
export async function scheduleListings(context: LaneContext, sync: Sync): Promise<Effect[]> {
  const now = context.clock.now();
  const wanted = SIDES.flatMap((side) => [
    listingMark("poll", sync, side, now),
    listingMark("sweep", sync, side, now + sync.sweepMs),
  ]);
  const known = await Promise.all(wanted.map(({ mark }) => context.store.dueKey(sync.workspaceId, mark.key)));
  return wanted.filter((_mark, place) => known[place] === undefined);
}

/** The first readings of the notes, tasks and appointments of a sync's contacts: they begin when these are matched. */
export function readingMarks(context: LaneContext, sync: Sync): Effect[] {
  return context.syncs.childrenOf(sync.id).map((child) => readingMark(context, child));
}

function readingMark(context: LaneContext, sync: Sync): Effect {
  const key = keyText({ kind: "backfill", syncId: sync.id });
  const mark = { priority: PRIORITIES.backfill, dueAt: context.clock.now(), reason: "backfill" } as const;
  return { kind: "mark", mark: { key, syncId: sync.id, ...mark } };
}

/**
 * What must be due when a lane is opened or its syncs change: the first reading of a sync that has not had it, else
 * the recurring listings. Marks merge, so saying it again changes nothing.
 */
export async function scheduleSync(context: LaneContext, sync: Sync): Promise<Effect[]> {
  if (await isBackfilled(context, sync)) {
    return [...(await resumeListings(context, sync)), ...(await scheduleStart(context, sync))];
  }
  return [readingMark(context, sync)];
}

/** T2: a sync that needs no review starts by itself once both sides were read. */
export async function scheduleStart(context: LaneContext, sync: Sync): Promise<Effect[]> {
  if (sync.parent !== undefined || !sync.start.isReviewed || (await isStarted(context, sync))) return [];
  const key = keyText({ kind: "start", syncId: sync.id, mode: sync.start.mode });
  const mark = { priority: PRIORITIES.backfill, dueAt: context.clock.now(), reason: "backfill" } as const;
  return [{ kind: "mark", mark: { key, syncId: sync.id, ...mark } }];
}

async function resumeListings(context: LaneContext, sync: Sync): Promise<Effect[]> {
  const effects: Effect[] = await beginCatchUp(context, sync);
  for (const side of SIDES) {
    const last = await context.store.checkpoint(sync.workspaceId, sync.id, side, "sweep");
    effects.push(listingMark("poll", sync, side, context.clock.now()));
    effects.push(listingMark("sweep", sync, side, (last?.finishedAt ?? context.clock.now()) + sync.sweepMs));
  }
  return effects;
}

type Marking = Extract<Effect, { kind: "mark" }>;

/** A mark for one recurring listing. */
export function listingMark(kind: "poll" | "sweep", sync: Sync, side: Side, dueAt: number): Marking {
  const key = keyText({ kind, syncId: sync.id, side });
  return { kind: "mark", mark: { key, syncId: sync.id, priority: PRIORITIES[kind], dueAt, reason: kind } };
}
