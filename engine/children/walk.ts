import { PRIORITIES } from "../../model/priority.ts";
import { SIDES, type Side } from "../../model/record.ts";
import { advance } from "../backfill/backfill.ts";
import { pagesOf } from "../backfill/pages.ts";
import { isBackfilled } from "../backfill/progress.ts";
import { listingMark } from "../backfill/schedule.ts";
import type { LaneContext } from "../context.ts";
import type { Checkpoint, Effect, Link } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { type Attempt, again, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { type ChildSync, isChildSync } from "./home.ts";
import { meetRows } from "./rows.ts";

/**
 * The first reading of a sync of children. It begins when their contacts have been matched. A side whose children can all
 * be listed is listed; a side where they are listed contact by contact is walked: the contacts' keys are marked a page at
 * a time, the next page when the one before has been worked.
 *
 *   contacts not matched ──> settled; their own reading marks this one when it ends
 *   list what can be listed ──> walk: mark a page ──worked──> mark the next … ──no more──> finished, listings begin
 *
 * Source: docs/SPEC.md H15, H16.
 */
export async function readChildren(context: LaneContext, attempt: Attempt): Promise<Outcome> {
  const { sync } = attempt.open;
  if (!isChildSync(sync)) return SETTLED;
  const parents = context.syncs.find(sync.parent);
  if (parents === undefined || !(await isBackfilled(context, parents))) return SETTLED;
  await Promise.all(SIDES.filter((side) => !isWalked(attempt, side)).map((side) => listAll(context, attempt, side)));
  const walked = SIDES.filter((side) => isWalked(attempt, side));
  return walked.length === 0 ? finish(context, sync, attempt, []) : walk(context, attempt, sync, walked);
}

/** Whether a side's children are listed contact by contact. */
export function isWalked(attempt: Attempt, side: Side): boolean {
  return attempt.open.partners[side].listing.isByParent === true;
}

/** Lists all children of one side, page by page, each stored together with the position after it. */
async function listAll(context: LaneContext, attempt: Attempt, side: Side): Promise<void> {
  const { sync } = attempt.open;
  let checkpoint = await begun(context, sync, side);
  if (checkpoint.finishedAt !== undefined) return;
  const mapping = await attempt.open.mapping(attempt.calls);
  const from = checkpoint.cursor === undefined ? {} : { cursor: checkpoint.cursor };
  for await (const page of pagesOf(attempt.open, side, attempt.calls, context.clock.now, from)) {
    const marks = await meetRows(context, attempt, mapping, side, page, FIRST);
    checkpoint = advance(checkpoint, page, context.clock.now());
    await context.store.apply(context.lane, [...marks, { kind: "checkpoint", checkpoint }]);
    context.news({ kind: "progress", workspaceId: sync.workspaceId, syncId: sync.id, checkpoint });
  }
}

const FIRST = { reason: "backfill", priority: PRIORITIES.backfill } as const;

async function begun(context: LaneContext, sync: ChildSync | Attempt["open"]["sync"], side: Side): Promise<Checkpoint> {
  const stored = await context.store.checkpoint(sync.workspaceId, sync.id, side, "backfill");
  return stored ?? { syncId: sync.id, side, kind: "backfill", startedAt: context.clock.now(), seen: 0 };
}

/** Contacts whose children are marked at once. */
const PAGE = 100;
/** How long the walk waits between looks at whether a page has been worked, ms. */
const PAGE_WAIT_MS = 500;

async function walk(context: LaneContext, attempt: Attempt, sync: ChildSync, sides: readonly Side[]): Promise<Outcome> {
  const checkpoints = await Promise.all(sides.map((side) => begun(context, sync, side)));
  const [first] = checkpoints;
  if (first === undefined || first.finishedAt !== undefined) return finish(context, sync, attempt, []);
  const now = context.clock.now();
  if (await isBeingWorked(context, sync, sides, first.cursor)) return again(now + PAGE_WAIT_MS);
  const total = first.total ?? (await context.store.countLinks(sync.workspaceId, sync.parent, "linked"));
  const parents = await parentsAfter(context, sync, first.cursor, PAGE);
  const last = parents.at(-1);
  const moved = checkpoints.map(({ cursor: _passed, ...rest }): Checkpoint => {
    const seen = rest.seen + parents.length;
    const counted = { ...rest, seen, total: Math.max(total, seen) };
    return last === undefined ? { ...counted, finishedAt: now } : { ...counted, cursor: last.id };
  });
  const effects: Effect[] = moved.map((checkpoint) => ({ kind: "checkpoint", checkpoint }));
  for (const checkpoint of moved) {
    context.news({ kind: "progress", workspaceId: sync.workspaceId, syncId: sync.id, checkpoint });
  }
  if (last === undefined) return finish(context, sync, attempt, effects);
  return again(now, [...effects, ...sides.flatMap((side) => childrenMarks(context, sync, side, parents, "backfill"))]);
}

/** Whether the last contact of the page before still waits; one that failed is not waited for, it is tried again by itself. */
async function isBeingWorked(
  context: LaneContext,
  sync: ChildSync,
  sides: readonly Side[],
  lastId: string | undefined,
): Promise<boolean> {
  const last = lastId === undefined ? undefined : await context.store.link(sync.workspaceId, lastId);
  if (last === undefined) return false;
  const keys = sides.flatMap((side) => childrenKey(sync, side, last) ?? []);
  const due = await Promise.all(keys.map((key) => context.store.dueKey(sync.workspaceId, key)));
  return due.some((key) => key?.state === "due" && key.error === undefined);
}

/** Linked contacts in the order of their ids. */
export function parentsAfter(
  context: LaneContext,
  sync: ChildSync,
  afterId: string | undefined,
  limit: number,
): Promise<readonly Link[]> {
  const query = { states: ["linked"] as const, limit, ...(afterId === undefined ? {} : { afterId }) };
  return context.store.linksAfter(sync.workspaceId, sync.parent, query);
}

function childrenKey(sync: ChildSync, side: Side, parent: Link): string | undefined {
  const parentId = parent[side]?.externalId;
  return parentId === undefined ? undefined : keyText({ kind: "children", syncId: sync.id, side, parentId });
}

/** Marks the children of these contacts on one side. */
export function childrenMarks(
  context: LaneContext,
  sync: ChildSync,
  side: Side,
  parents: readonly Link[],
  reason: "backfill" | "sweep",
): Effect[] {
  const dueAt = context.clock.now();
  return parents.flatMap((parent) => {
    const key = childrenKey(sync, side, parent);
    return key === undefined
      ? []
      : [{ kind: "mark", mark: { key, syncId: sync.id, priority: PRIORITIES[reason], dueAt, reason } } as const];
  });
}

/** Read in full; polls and turns begin. */
async function finish(
  context: LaneContext,
  sync: Attempt["open"]["sync"],
  attempt: Attempt,
  effects: readonly Effect[],
): Promise<Outcome> {
  const now = context.clock.now();
  const checkpoint: Checkpoint = {
    syncId: sync.id,
    side: "left",
    kind: "match",
    startedAt: now,
    finishedAt: now,
    seen: 0,
  };
  const listings = SIDES.flatMap((side) =>
    isWalked(attempt, side)
      ? [listingMark("sweep", sync, side, now)]
      : [listingMark("poll", sync, side, now), listingMark("sweep", sync, side, now + sync.sweepMs)],
  );
  return { effects: [...effects, { kind: "checkpoint", checkpoint }, ...listings] };
}
