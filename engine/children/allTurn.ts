import type { Side, Snapshot } from "../../model/record.ts";
import { advance } from "../backfill/backfill.ts";
import { isPausedNow } from "../backfill/catchUp.ts";
import { isNews } from "../backfill/news.ts";
import { pagesOf, type ReadPage } from "../backfill/pages.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { Checkpoint, Effect, Link } from "../ports.ts";
import { type Attempt, again, type Outcome } from "../reconcile/outcome.ts";
import { type ChildSync, isEnded, isWhole } from "./home.ts";
import { isAllTurn, restMs } from "./turnBound.ts";
import { childrenMarks } from "./walk.ts";

/**
 * The turn of a side whose children are listed contact by contact, but are all shown by one listing beside. Its rows are
 * hints: they may lag, leave fields out, and are told apart from what is known by their values alone. A contact whose rows
 * say anything new, or one of whose children is shown by no row, is looked at directly. The listing costs a call for so
 * many rows, so that the turn can be made far more often than one call per contact would allow.
 *
 *   begins ──page──> mark the contacts with news ──page──> … ──no more──> mark those of unseen children ──rest──> begins
 *      └──refused──> contact by contact, this time
 *
 * Source: docs/SPEC.md H22.
 */

const ABSENT_BATCH = 500;

/** Makes the turn, or goes on with it. @returns `"refused"` where the partner does not let this credential list all. */
export async function turnByListing(
  context: LaneContext,
  attempt: Attempt,
  sync: ChildSync,
  side: Side,
): Promise<Outcome | "refused"> {
  const mapping = await attempt.open.mapping(attempt.calls);
  let checkpoint = await beginOrResume(context, sync, side);
  const from = checkpoint.cursor === undefined ? {} : { cursor: checkpoint.cursor };
  for await (const page of pagesOf(attempt.open, side, attempt.calls, context.clock.now, from)) {
    if (page.refused !== undefined) return "refused";
    const marks = await newsOf(context, mapping, sync, side, page);
    const isLast = page.next === undefined;
    checkpoint = withoutTotal(advance(checkpoint, page, context.clock.now()));
    const externalIds = page.records.map((record) => record.externalId);
    await context.store.apply(context.lane, [
      ...marks,
      { kind: "seen", syncId: sync.id, side, externalIds, at: page.asOf },
      ...(isLast ? [] : [{ kind: "checkpoint", checkpoint } as const]),
    ]);
    if (!isLast && isPausedNow(context, sync)) return again(context.clock.now());
  }
  await markUnseen(context, sync, side, checkpoint.startedAt ?? 0);
  const done: Checkpoint = { ...checkpoint, finishedAt: context.clock.now() };
  return again(context.clock.now() + restMs(sync, side, done), [{ kind: "checkpoint", checkpoint: done }]);
}

async function beginOrResume(context: LaneContext, sync: ChildSync, side: Side): Promise<Checkpoint> {
  const stored = await context.store.checkpoint(sync.workspaceId, sync.id, side, "sweep");
  if (stored !== undefined && isAllTurn(stored) && stored.finishedAt === undefined) return stored;
  return { syncId: sync.id, side, kind: "sweep", startedAt: context.clock.now(), seen: 0 };
}

/** A turn contact by contact has a total; see `isAllTurn`. */
function withoutTotal({ total: _total, finishedAt: _pending, ...checkpoint }: Checkpoint): Checkpoint {
  return checkpoint;
}

/** Marks for the contacts of which a row says something that is not known. */
async function newsOf(
  context: LaneContext,
  mapping: Mapping,
  sync: ChildSync,
  side: Side,
  page: ReadPage,
): Promise<readonly Effect[]> {
  const { workspaceId } = sync;
  const ids = page.records.map(({ externalId }) => externalId);
  const links = await context.store.linksByRecords(workspaceId, sync.id, side, ids);
  const known = new Map(links.map((link) => [link[side]?.externalId, link]));
  const news = page.records.filter((record) => saysNew(mapping, side, record, page.asOf, known.get(record.externalId)));
  const parentIds = [...new Set(news.flatMap(({ parentId }) => parentId ?? []))];
  const parents = await context.store.linksByRecords(workspaceId, sync.parent, side, parentIds);
  return childrenMarks(context, sync, side, parents.filter(isWhole), "sweep");
}

function saysNew(mapping: Mapping, side: Side, record: Snapshot, asOf: number, link: Link | undefined): boolean {
  if (link === undefined || link.state === "tombstone") return true;
  if (isEnded(link)) return false;
  return link[side]?.parentId !== record.parentId || isNews(mapping, side, record, asOf, link, true);
}

/** D1: that no row showed a child proves nothing; its contact is looked at. */
async function markUnseen(context: LaneContext, sync: ChildSync, side: Side, before: number): Promise<void> {
  let afterId: string | undefined;
  for (;;) {
    const query = { before, limit: ABSENT_BATCH, ...(afterId === undefined ? {} : { afterId }) };
    const unseen = await context.store.linksUnseenSince(sync.workspaceId, sync.id, side, query);
    const parentIds = [...new Set(unseen.flatMap(({ parentLinkId }) => parentLinkId ?? []))];
    const parents = await context.store.links(sync.workspaceId, parentIds);
    const marks = childrenMarks(context, sync, side, parents.filter(isWhole), "sweep");
    if (marks.length > 0) await context.store.apply(context.lane, marks);
    afterId = unseen.at(-1)?.id;
    if (afterId === undefined || unseen.length < ABSENT_BATCH) return;
  }
}
