import { PRIORITIES } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Checkpoint } from "../ports.ts";
import { type Attempt, again, type Outcome } from "../reconcile/outcome.ts";
import { endCatchUp, isPausedNow } from "./catchUp.ts";
import { pagesOf, type ReadPage } from "./pages.ts";
import { markNews } from "./rows.ts";

/**
 * Reads what changed on one side since the last poll, with the partner's overlap, and marks it. The high-water mark
 * moves only when the whole reading has ended, so a poll that breaks off is read again. It never passes the poll's own
 * beginning: a change time in the future would hide every change until then.
 * Source: docs/SPEC.md L5, L6, L8, L11.
 */
export async function poll(context: LaneContext, attempt: Attempt, side: Side): Promise<Outcome> {
  const { sync, partners } = attempt.open;
  const { listing } = partners[side];
  const mapping = await attempt.open.mapping(attempt.calls);
  const startedAt = context.clock.now();
  const mark = await highWater(context, attempt, side);
  const since = mark - listing.overlapMs;
  let highest: number | undefined;
  let seen = 0;
  let found = 0;
  for await (const page of pagesOf(attempt.open, side, attempt.calls, context.clock.now, { since })) {
    const how = { reason: "poll", priority: PRIORITIES.poll, isDeep: false } as const;
    const effects = await markNews(context, attempt, mapping, side, page, how);
    if (effects.length > 0) await context.store.apply(context.lane, effects);
    const version = highestVersion(page);
    if (version !== undefined) highest = Math.max(highest ?? 0, version);
    seen += page.records.length;
    found += effects.length;
    if (page.next !== undefined && isPausedNow(context, sync)) return again(context.clock.now());
  }
  await endCatchUp(context, attempt, side, found);
  const checkpoint: Checkpoint = {
    syncId: sync.id,
    side,
    kind: "poll",
    highWater: Math.min(startedAt, seen === 0 ? mark : Math.max(mark, highest ?? startedAt - listing.lagMs)),
    startedAt,
    finishedAt: context.clock.now(),
    seen,
  };
  return again(context.clock.now() + sync.pollMs[side], [{ kind: "checkpoint", checkpoint }]);
}

/** Where the last poll came to; before the first, when the first full reading began. */
async function highWater(context: LaneContext, attempt: Attempt, side: Side): Promise<number> {
  const { workspaceId, id } = attempt.open.sync;
  const last = await context.store.checkpoint(workspaceId, id, side, "poll");
  if (last?.highWater !== undefined) return last.highWater;
  const first = await context.store.checkpoint(workspaceId, id, side, "backfill");
  return first?.startedAt ?? context.clock.now();
}

/** The latest change time on the page; `undefined` where rows carry none: then the poll's own beginning counts. */
function highestVersion(page: ReadPage): number | undefined {
  const times = page.records.map((record) => Number(record.version)).filter(Number.isFinite);
  return times.length === 0 ? undefined : Math.max(...times);
}
