import type { Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Checkpoint, Effect } from "../ports.ts";
import { type Attempt, again, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { turnByListing } from "./allTurn.ts";
import { type ChildSync, isChildSync } from "./home.ts";
import { isAllTurn, restMs } from "./turnBound.ts";
import { childrenMarks, parentsAfter } from "./walk.ts";

/**
 * The slow full turn of a side whose children can be listed contact by contact only: every linked contact's key is marked
 * once per `sweepMs`, spread evenly over that time, so that whatever nobody told of is found within it.
 *
 *   turn begins ──step──> mark as many contacts as the time that has passed asks for ──step──> … ──no more──> ends
 *      └──<────────────────────────── when `sweepMs` are over ─────────────────────────────────────────────────┘
 *
 * A person who asks has the key worked before its time: then all that is left of the turn is marked at once.
 * Where one listing shows all children beside, the turn is that listing, as long as the partner allows it.
 * Source: docs/SPEC.md H17, H22.
 */
export async function turnOverParents(context: LaneContext, attempt: Attempt, side: Side): Promise<Outcome> {
  const { sync, partners } = attempt.open;
  if (!isChildSync(sync)) return SETTLED;
  const now = context.clock.now();
  const stored = await context.store.checkpoint(sync.workspaceId, sync.id, side, "sweep");
  if (partners[side].listing.isListedWhole === true && !isUnderWayByContact(stored)) {
    const isDue = attempt.due.reason === "person" || stored === undefined || now >= restsUntil(stored, sync, side);
    if (!isDue) return again(restsUntil(stored, sync, side));
    const turned = await turnByListing(context, attempt, sync, side);
    if (turned !== "refused") return turned;
    return attempt.due.reason === "person" ? markAll(context, sync, side) : begin(context, sync, side);
  }
  if (stored !== undefined && now < nextAt(stored, sync)) {
    // Nobody asked where the turn was made slower since: it goes on when its new time has come.
    return attempt.due.reason === "person" ? markAll(context, sync, side) : again(nextAt(stored, sync));
  }
  if (stored === undefined || stored.finishedAt !== undefined) return begin(context, sync, side);
  return step(context, sync, side, stored);
}

/** A turn contact by contact is made to its end, also where all can be listed by now. */
function isUnderWayByContact(stored: Checkpoint | undefined): boolean {
  return stored !== undefined && !isAllTurn(stored) && stored.finishedAt === undefined;
}

/** When the next turn begins by one listing, epoch ms; at once while one is under way. */
function restsUntil(stored: Checkpoint, sync: ChildSync, side: Side): number {
  if (stored.finishedAt === undefined) return 0;
  return isAllTurn(stored) ? stored.finishedAt + restMs(sync, side, stored) : nextAt(stored, sync);
}

/** The shortest time between two steps of a turn, ms, and the most steps that a turn is spread over. */
const STEP_MS = 1_000;
const STEPS_MAX = 500;
/** The most contacts marked in one transaction. */
const BATCH = 500;

async function begin(context: LaneContext, sync: ChildSync, side: Side): Promise<Outcome> {
  const total = await context.store.countLinks(sync.workspaceId, sync.parent, "linked");
  const startedAt = context.clock.now();
  const checkpoint: Checkpoint = { syncId: sync.id, side, kind: "sweep", startedAt, seen: 0, total };
  return again(nextAt(checkpoint, sync), [{ kind: "checkpoint", checkpoint }]);
}

/** How many contacts one step takes. */
function batchOf(total: number, sweepMs: number): number {
  const stepMs = Math.max(STEP_MS, sweepMs / STEPS_MAX);
  return Math.min(BATCH, Math.max(1, Math.round((total * stepMs) / sweepMs)));
}

/** When the turn goes on, epoch ms: when as many are due as one step takes; a turn that ended, when its time is over. */
function nextAt({ startedAt = 0, finishedAt, seen, total = 0 }: Checkpoint, { sweepMs }: ChildSync): number {
  if (finishedAt !== undefined || total === 0) return startedAt + sweepMs;
  const share = Math.min(1, (seen + batchOf(total, sweepMs)) / total);
  return Math.ceil(startedAt + share * sweepMs);
}

async function step(context: LaneContext, sync: ChildSync, side: Side, turn: Checkpoint): Promise<Outcome> {
  const now = context.clock.now();
  const { startedAt = now, total = 0 } = turn;
  const isOverdue = now >= startedAt + sync.sweepMs;
  const limit = isOverdue ? BATCH : batchOf(total, sync.sweepMs);
  const parents = await parentsAfter(context, sync, turn.cursor, limit);
  const { cursor: _passed, ...rest } = turn;
  const last = parents.at(-1);
  const counted = { ...rest, seen: turn.seen + parents.length, total: Math.max(total, turn.seen + parents.length) };
  const isOver = last === undefined || parents.length < limit;
  const checkpoint: Checkpoint = isOver ? { ...counted, finishedAt: now } : { ...counted, cursor: last.id };
  const at = Math.max(now, isOverdue && !isOver ? now : nextAt(checkpoint, sync));
  return again(at, [...childrenMarks(context, sync, side, parents, "sweep"), { kind: "checkpoint", checkpoint }]);
}

/** Everything at once, for a person who asks; the next turn begins with that. */
async function markAll(context: LaneContext, sync: ChildSync, side: Side): Promise<Outcome> {
  let afterId: string | undefined;
  for (;;) {
    const parents = await parentsAfter(context, sync, afterId, BATCH);
    const marks: Effect[] = childrenMarks(context, sync, side, parents, "sweep");
    if (marks.length > 0) await context.store.apply(context.lane, marks);
    afterId = parents.at(-1)?.id;
    if (afterId === undefined) break;
  }
  return begin(context, sync, side);
}
