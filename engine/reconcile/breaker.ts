import { PRIORITIES } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Checkpoint, Effect, Link } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { withSide } from "./observe.ts";
import { type Attempt, journalLine, type Outcome, SETTLED } from "./outcome.ts";

/** The window in which deletions are counted, ms. */
const WINDOW_MS = 3_600_000;
const BATCH = 500;

/**
 * Ends a link whose record was deleted, unless so many ended of late that a person must look first. One at a time, each
 * stored before the next is counted, so that many at once do not slip past the limit together. What is held stays held
 * until a person allows it; time alone changes nothing.
 * Source: docs/SPEC.md D6, D7.
 */
export function underBreaker(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  side: Side,
  end: () => Promise<Outcome>,
): Promise<Outcome> {
  return context.turns.take(turnOf(attempt), async () => {
    const breaker = await breakerOf(context, attempt);
    const heldAt = link[side]?.heldAt;
    const isAllowed = heldAt !== undefined && heldAt <= (breaker.finishedAt ?? 0);
    if (!isAllowed && (await isOpen(context, attempt, breaker))) return hold(context, attempt, link, side, breaker);
    const { effects, ...outcome } = await end();
    await context.store.apply(context.lane, effects);
    return { ...outcome, effects: [] };
  });
}

/** Lets go what was held until now: the links are looked at again, and later deletions are counted anew. */
export async function allowDeletions(context: LaneContext, attempt: Attempt): Promise<Outcome> {
  const { workspaceId, id } = attempt.open.sync;
  const allowed: Checkpoint = { ...BREAKER, syncId: id, seen: 0, finishedAt: context.clock.now() };
  // Stored before the links are looked at: one that came first would be held again.
  await context.turns.take(turnOf(attempt), () =>
    context.store.apply(context.lane, [{ kind: "checkpoint", checkpoint: allowed }]),
  );
  let afterId: string | undefined;
  for (;;) {
    const query = { states: ["linked"] as const, limit: BATCH, ...(afterId === undefined ? {} : { afterId }) };
    const links = await context.store.linksAfter(workspaceId, id, query);
    const marks = links.filter(isHeld).map((link) => markOf(context, link));
    if (marks.length > 0) await context.store.apply(context.lane, marks);
    afterId = links.at(-1)?.id;
    if (afterId === undefined) return SETTLED;
  }
}

const BREAKER = { side: "left", kind: "deletions" } as const;

function turnOf(attempt: Attempt): string {
  return `deletes:${attempt.open.sync.id}`;
}

async function breakerOf(context: LaneContext, attempt: Attempt): Promise<Checkpoint> {
  const { workspaceId, id } = attempt.open.sync;
  const stored = await context.store.checkpoint(workspaceId, id, BREAKER.side, BREAKER.kind);
  return stored ?? { ...BREAKER, syncId: id, seen: 0 };
}

/** Whether further deletions are held: some are held already, or the limit of the window is reached. */
async function isOpen(context: LaneContext, attempt: Attempt, breaker: Checkpoint): Promise<boolean> {
  if (breaker.startedAt !== undefined) return true;
  const { workspaceId, id, deletes } = attempt.open.sync;
  const since = Math.max(context.clock.now() - WINDOW_MS, (breaker.finishedAt ?? 0) + 1);
  return (await context.store.countDeletesSince(workspaceId, id, since)) >= deletes.breakerLimit;
}

/** Held, and said in the journal, the first time; after that there is nothing to do until a person allows it. */
async function hold(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  side: Side,
  breaker: Checkpoint,
): Promise<Outcome> {
  const state = link[side];
  if (state === undefined || state.heldAt !== undefined) return SETTLED;
  const now = context.clock.now();
  const held = withSide(link, side, { ...state, heldAt: now });
  const checkpoint = { ...breaker, startedAt: breaker.startedAt ?? now, seen: breaker.seen + 1 };
  await context.store.apply(context.lane, [
    { kind: "saveLink", link: held },
    { kind: "checkpoint", checkpoint },
    journalLine(context, attempt, held, "waiting", whyHeld(attempt, side)),
  ]);
  return { effects: [], told: { link: held, verdict: "waiting" } };
}

function whyHeld(attempt: Attempt, side: Side): string {
  const { deletes } = attempt.open.sync;
  const name = attempt.open.partners[side].name;
  return `Deleted in ${name}; held, since more than ${deletes.breakerLimit} deletions came within an hour. Look whether they are meant, then allow them on the sync.`;
}

function isHeld(link: Link): boolean {
  return link.left?.heldAt !== undefined || link.right?.heldAt !== undefined;
}

function markOf(context: LaneContext, link: Link): Effect {
  const key = keyText({ kind: "link", linkId: link.id });
  const mark = { priority: PRIORITIES.poll, dueAt: context.clock.now(), reason: "person" } as const;
  return { kind: "mark", mark: { key, syncId: link.syncId, ...mark } };
}
