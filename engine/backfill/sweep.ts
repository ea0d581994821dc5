import { PRIORITIES } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Checkpoint, Effect } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { type Attempt, again, type Outcome } from "../reconcile/outcome.ts";
import { advance } from "./backfill.ts";
import { isPausedNow } from "./catchUp.ts";
import { pagesOf } from "./pages.ts";
import { markNews } from "./rows.ts";

const ABSENT_BATCH = 500;

/**
 * Reads one side in full and compares every record with what was last read: catches what no webhook and no poll told.
 * Records that no page showed are marked as due, so that a direct read can say whether they are gone; absence from a
 * list alone proves nothing.
 * Source: docs/SPEC.md L7, D1.
 */
export async function sweep(context: LaneContext, attempt: Attempt, side: Side): Promise<Outcome> {
  const { sync } = attempt.open;
  const mapping = await attempt.open.mapping(attempt.calls);
  let checkpoint = await beginOrResume(context, attempt, side);
  const from = checkpoint.cursor === undefined ? {} : { cursor: checkpoint.cursor };
  for await (const page of pagesOf(attempt.open, side, attempt.calls, context.clock.now, from)) {
    const how = { reason: "sweep", priority: PRIORITIES.sweep, isDeep: true } as const;
    const effects = await markNews(context, attempt, mapping, side, page, how);
    const externalIds = page.records.map((record) => record.externalId);
    const isLast = page.next === undefined;
    const { finishedAt: _pending, ...advanced } = advance(checkpoint, page, context.clock.now());
    checkpoint = advanced;
    await context.store.apply(context.lane, [
      ...effects,
      { kind: "seen", syncId: sync.id, side, externalIds, at: page.asOf },
      ...(isLast ? [] : [{ kind: "checkpoint", checkpoint } as const]),
    ]);
    if (!isLast && isPausedNow(context, sync)) return again(context.clock.now());
  }
  await markAbsent(context, attempt, side, checkpoint.startedAt ?? 0);
  const done: Checkpoint = { ...checkpoint, finishedAt: context.clock.now() };
  return again(context.clock.now() + sync.sweepMs, [{ kind: "checkpoint", checkpoint: done }]);
}

/** A sweep that broke off goes on from its last page; otherwise a new one begins. */
async function beginOrResume(context: LaneContext, attempt: Attempt, side: Side): Promise<Checkpoint> {
  const { workspaceId, id } = attempt.open.sync;
  const stored = await context.store.checkpoint(workspaceId, id, side, "sweep");
  if (stored !== undefined && stored.finishedAt === undefined && stored.cursor !== undefined) return stored;
  return { syncId: id, side, kind: "sweep", startedAt: context.clock.now(), seen: 0 };
}

async function markAbsent(context: LaneContext, attempt: Attempt, side: Side, before: number): Promise<void> {
  const { workspaceId, id } = attempt.open.sync;
  let afterId: string | undefined;
  for (;;) {
    const query = { before, limit: ABSENT_BATCH, ...(afterId === undefined ? {} : { afterId }) };
    const unseen = await context.store.linksUnseenSince(workspaceId, id, side, query);
    const effects: Effect[] = unseen.map((link) => ({
      kind: "mark",
      mark: {
        key: keyText({ kind: "link", linkId: link.id }),
        syncId: id,
        priority: PRIORITIES.sweep,
        dueAt: context.clock.now(),
        reason: "sweep",
      },
    }));
    if (effects.length > 0) await context.store.apply(context.lane, effects);
    const last = unseen.at(-1);
    if (last === undefined || unseen.length < ABSENT_BATCH) return;
    afterId = last.id;
  }
}
