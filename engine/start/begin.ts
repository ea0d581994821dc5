import { PRIORITIES } from "../../model/priority.ts";
import type { StartMode } from "../../model/sync.ts";
import { isBackfilled } from "../backfill/progress.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { agreedBase, isQuiet, type Plan, plan } from "../merge/plan.ts";
import type { Checkpoint, Effect, Link } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { type Attempt, again, journalEntry, journalLine, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { nextLink, observed, type Pair } from "../reconcile/pair.ts";
import { identityTurn } from "../reconcile/remember.ts";
import { baseOf, isAllTold, keptApart } from "./firstAgreement.ts";
import { isStarted, startOf } from "./progress.ts";

/**
 * Starting a sync: everything that was there before is made ready, a batch at a time, each stored together with how far
 * it has come; then work begins. Nothing is written at a partner here: what must be written is marked as due. From the
 * first batch to the last nothing else is taken in, so that no change slips in between.
 * Source: docs/SPEC.md T3 to T8.
 */

const BATCH = 500;
/** How long a start that was asked for while the sides are still read waits for that, ms. */
const READING_WAIT_MS = 1_000;

/** Starts the sync, or goes on with a start that broke off; one that was started stays as it is. */
export async function beginSync(context: LaneContext, attempt: Attempt, wanted: StartMode): Promise<Outcome> {
  const { sync } = attempt.open;
  if (sync.parent !== undefined || (await isStarted(context, sync))) return SETTLED;
  if (!(await isBackfilled(context, sync))) return again(context.clock.now() + READING_WAIT_MS);
  const mapping = await attempt.open.mapping(attempt.calls);
  await context.turns.take(`start:${sync.id}`, () => makeReady(context, attempt, mapping, wanted));
  return SETTLED;
}

/** A start under way, or ended. */
type Start = Checkpoint & { readonly mode: StartMode; readonly startedAt: number };

async function makeReady(context: LaneContext, attempt: Attempt, mapping: Mapping, wanted: StartMode): Promise<void> {
  const { sync } = attempt.open;
  const inTurn = (work: () => Promise<Start>) => context.turns.take(identityTurn(sync.id), work);
  let start = await inTurn(() => opened(context, attempt, wanted));
  while (start.finishedAt === undefined) {
    const from = start;
    start = await inTurn(() => readyBatch(context, attempt, mapping, from));
    context.news({ kind: "progress", workspaceId: sync.workspaceId, syncId: sync.id, checkpoint: start });
  }
}

/** T7: what was chosen first counts, however often it is asked for. */
async function opened(context: LaneContext, attempt: Attempt, wanted: StartMode): Promise<Start> {
  const { sync } = attempt.open;
  const stored = await startOf(context, sync);
  if (stored?.startedAt !== undefined) return { ...stored, startedAt: stored.startedAt, mode: stored.mode ?? "full" };
  const start = newStart(context, sync.id, wanted);
  await context.store.apply(context.lane, [{ kind: "checkpoint", checkpoint: start }]);
  return start;
}

function newStart(context: LaneContext, syncId: string, mode: StartMode): Start {
  return { syncId, side: "left", kind: "start", mode, startedAt: context.clock.now(), seen: 0 };
}

/** T2: a sync that needs no review and brings everything in step is at work from its first reading on. */
export async function beginAtOnce(context: LaneContext, attempt: Attempt): Promise<void> {
  const { sync } = attempt.open;
  if (sync.parent !== undefined || !sync.start.isReviewed || sync.start.mode !== "full") return;
  // Whoever was told apart before was not marked; the start that follows the reading does that.
  const hasMatched = (await context.store.checkpoint(sync.workspaceId, sync.id, "left", "match")) !== undefined;
  if (hasMatched || (await startOf(context, sync)) !== undefined) return;
  const start = newStart(context, sync.id, "full");
  await context.store.apply(context.lane, [
    { kind: "checkpoint", checkpoint: { ...start, finishedAt: start.startedAt } },
  ]);
}

async function readyBatch(context: LaneContext, attempt: Attempt, mapping: Mapping, from: Start): Promise<Start> {
  const { workspaceId, id } = attempt.open.sync;
  const { cursor, ...rest } = from;
  const links = await context.store.linksAfter(workspaceId, id, {
    states: ["half", "linked", "ambiguous"],
    limit: BATCH,
    ...(cursor === undefined ? {} : { afterId: cursor }),
  });
  const last = links.at(-1);
  const quietly = { ...attempt, calls: { priority: attempt.calls.priority, calls: [] } };
  const effects = links.flatMap((link) => readyOne(context, quietly, mapping, from, link));
  const seen = from.seen + links.length;
  const start = last === undefined ? { ...rest, finishedAt: context.clock.now() } : { ...rest, seen, cursor: last.id };
  await context.store.apply(context.lane, [
    ...effects,
    { kind: "checkpoint", checkpoint: start },
    ...(last === undefined ? [startedLine(context, quietly, start)] : []),
  ]);
  return start;
}

const WORDS = {
  full: "everything is brought in step",
  newOnly:
    "pairs are linked as they are, records without counterpart are left alone, and what is edited or new is carried over",
  fillEmpty: "empty fields are filled, other differences stay, and records without counterpart are made across",
} as const satisfies Record<StartMode, string>;

function startedLine(context: LaneContext, attempt: Attempt, { mode, seen }: Start): Effect {
  const summary = `Started with ${seen} records and pairs: ${WORDS[mode]}.`;
  return { kind: "journal", entry: journalEntry(context, attempt, undefined, "agreed", summary) };
}

/** What one link needs. What came in after the start was asked for was not there before, and is like any other. */
function readyOne(context: LaneContext, attempt: Attempt, mapping: Mapping, start: Start, link: Link): Effect[] {
  const { left, right } = link;
  const mode = link.createdAt > start.startedAt ? "full" : start.mode;
  if (left === undefined || right === undefined) return readyHalf(context, attempt, mode, link);
  const pair = { left, right };
  if (mode === "full") return readyPair(context, attempt, mapping, link, pair);
  return readyPair(context, attempt, mapping, { ...link, base: {}, beforeStart: mode }, pair);
}

/** T5, T6: under `newOnly` a record without counterpart is held back; else it is worked on. */
function readyHalf(context: LaneContext, attempt: Attempt, mode: StartMode, link: Link): Effect[] {
  const saved: Effect[] = mode === "full" ? [] : [{ kind: "saveLink", link: { ...link, beforeStart: mode } }];
  const isLeft = mode === "newOnly" || link.state === "ambiguous";
  return isLeft ? saved : [...saved, dueMark(context, attempt, link)];
}

/** A pair for which nothing must be read or written is agreed on the spot; every other is worked on. */
function readyPair(context: LaneContext, attempt: Attempt, mapping: Mapping, link: Link, pair: Pair): Effect[] {
  const both = { left: observed(pair.left), right: observed(pair.right) };
  const base = baseOf(mapping, link, both);
  const planned = plan({ mapping, base, ...both });
  if (isNothingToDo(planned) && isAllTold(mapping, both)) {
    return agreed(context, attempt, mapping, { ...link, base }, planned, pair);
  }
  const isChanged = link.beforeStart !== undefined;
  return [
    ...(isChanged ? [{ kind: "saveLink", link: { ...link, base } } as const] : []),
    dueMark(context, attempt, link),
  ];
}

function isNothingToDo(planned: Plan): boolean {
  return isQuiet(planned) && planned.findings.length === 0 && planned.conflicts.length === 0;
}

function agreed(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  planned: Plan,
  pair: Pair,
): Effect[] {
  const both = { left: observed(pair.left), right: observed(pair.right) };
  const apart = link.beforeStart === undefined ? [] : keptApart(mapping, link.base, both);
  const isKnown =
    link.beforeStart === undefined &&
    JSON.stringify(agreedBase(mapping, link.base, both.left, both.right, planned.held)) === JSON.stringify(link.base);
  if (isKnown) return [];
  const next = nextLink(context, mapping, link, planned, pair);
  return [{ kind: "saveLink", link: next }, ...(apart.length === 0 ? [] : [apartLine(context, attempt, next, apart)])];
}

function apartLine(context: LaneContext, attempt: Attempt, link: Link, apart: readonly { label: string }[]): Effect {
  const labels = apart.map(({ label }) => label).join(", ");
  return journalLine(context, attempt, link, "agreed", `Left as they were at the start: ${labels}.`);
}

/** A start by a person comes long after the reading: whoever is created is looked for at the partner first (C2). */
function dueMark(context: LaneContext, attempt: Attempt, { id, syncId }: Link): Effect {
  const mark = { syncId, priority: PRIORITIES.backfill, dueAt: context.clock.now(), reason: attempt.due.reason };
  return { kind: "mark", mark: { key: keyText({ kind: "link", linkId: id }), ...mark } };
}
