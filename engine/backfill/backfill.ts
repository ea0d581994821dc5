import { SIDES, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { matchKeys } from "../match/keys.ts";
import type { Checkpoint, Effect } from "../ports.ts";
import { sideState } from "../reconcile/observe.ts";
import { type Attempt, again, type Outcome } from "../reconcile/outcome.ts";
import { identityTurn, oneSided } from "../reconcile/remember.ts";
import { beginAtOnce } from "../start/begin.ts";
import { isPausedNow } from "./catchUp.ts";
import { matchAll } from "./matching.ts";
import { pagesOf, type ReadPage } from "./pages.ts";
import { readingMarks, scheduleListings, scheduleStart } from "./schedule.ts";

/**
 * The first full reading of a sync: both sides are listed at the same time, each record becomes a one-sided link, and
 * when both listings have ended the links are told apart. Each page is stored together with the position after it, so
 * that a crash goes on where it stopped.
 *
 * Nothing is written at a partner here: what must be written is marked as due, at the priority of a backfill.
 * Source: docs/SPEC.md L1 to L4.
 */
export async function backfill(context: LaneContext, attempt: Attempt): Promise<Outcome> {
  const mapping = await attempt.open.mapping(attempt.calls);
  await beginAtOnce(context, attempt);
  const areWhole = await Promise.all(SIDES.map((side) => listSide(context, attempt, mapping, side)));
  // Paused meanwhile: the key stays due, and goes on from the pages that are stored.
  if (areWhole.includes(false)) return again(context.clock.now());
  await matchAll(context, attempt, mapping);
  const { sync } = attempt.open;
  const start = await scheduleStart(context, sync);
  return { effects: [...(await scheduleListings(context, sync)), ...start, ...readingMarks(context, sync)] };
}

/** Lists one side. @returns whether it was read to its end, which a pause keeps it from. */
async function listSide(context: LaneContext, attempt: Attempt, mapping: Mapping, side: Side): Promise<boolean> {
  const { sync } = attempt.open;
  const stored = await context.store.checkpoint(sync.workspaceId, sync.id, side, "backfill");
  if (stored?.finishedAt !== undefined) return true;
  let checkpoint: Checkpoint = stored ?? {
    syncId: sync.id,
    side,
    kind: "backfill",
    startedAt: context.clock.now(),
    seen: 0,
  };
  const from = checkpoint.cursor === undefined ? {} : { cursor: checkpoint.cursor };
  for await (const page of pagesOf(attempt.open, side, attempt.calls, context.clock.now, from)) {
    checkpoint = advance(checkpoint, page, context.clock.now());
    await storePage(context, attempt, mapping, side, page, checkpoint);
    context.news({ kind: "progress", workspaceId: sync.workspaceId, syncId: sync.id, checkpoint });
    if (page.next !== undefined && isPausedNow(context, sync)) return false;
  }
  return true;
}

/** The checkpoint after a page: its next position, or finished. */
export function advance(checkpoint: Checkpoint, page: ReadPage, now: number): Checkpoint {
  const { cursor: _passed, ...rest } = checkpoint;
  const moved = { ...rest, seen: checkpoint.seen + page.records.length };
  const counted = page.total === undefined ? moved : { ...moved, total: page.total };
  return page.next === undefined ? { ...counted, finishedAt: now } : { ...counted, cursor: page.next };
}

async function storePage(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  side: Side,
  page: ReadPage,
  checkpoint: Checkpoint,
): Promise<void> {
  const { workspaceId, id, match } = attempt.open.sync;
  await context.turns.take(identityTurn(id), async () => {
    const ids = page.records.map((record) => record.externalId);
    const known = await context.store.linksByRecords(workspaceId, id, side, ids);
    const taken = new Set(known.map((link) => link[side]?.externalId));
    const effects: Effect[] = [];
    for (const record of page.records) {
      if (taken.has(record.externalId)) continue;
      taken.add(record.externalId);
      const link = oneSided(context, mapping, id, side, sideState(record, page.asOf));
      effects.push({ kind: "saveLink", link, keys: { [side]: matchKeys(mapping, match, side, record.fields) } });
    }
    effects.push({ kind: "checkpoint", checkpoint });
    await context.store.apply(context.lane, effects);
  });
}
