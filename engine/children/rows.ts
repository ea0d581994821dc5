import type { Priority } from "../../model/priority.ts";
import type { Side, Snapshot } from "../../model/record.ts";
import { isNews, keepRow, mayBeBack } from "../backfill/news.ts";
import { isBackfilled } from "../backfill/progress.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { Effect, Link, Reason } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { isOneSided } from "../reconcile/identify.ts";
import { sideState } from "../reconcile/observe.ts";
import type { Attempt } from "../reconcile/outcome.ts";
import { identityTurn, oneSided } from "../reconcile/remember.ts";
import { startedAs } from "../start/progress.ts";
import { followChildren, followParent, isChildSync, isEnded, isFree } from "./home.ts";
import type { Listed } from "./listing.ts";
import { bringHome, isAstray } from "./moves.ts";

/** How rows came to be read; the marks that they lead to carry it. */
export interface Way {
  readonly reason: Reason;
  readonly priority: Priority;
  /** Whether they were read while the turn of a link was held: then those that moved are not brought home there. */
  readonly isInTurn?: boolean;
}

/**
 * Takes in rows of children: new ones are remembered under their contact, those that moved follow it, and what is new or
 * different is marked as due. Children of a contact that is not linked yet only make that contact due: when it is linked,
 * they are looked at (H3).
 * @returns marks, still to be stored.
 */
export async function meetRows(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  side: Side,
  listed: Listed,
  way: Way,
): Promise<Effect[]> {
  const { sync } = attempt.open;
  if (!isChildSync(sync)) return [];
  const parents = await byRecord(context, attempt, sync.parent, side, parentIdsOf(listed.records));
  const known = await byRecord(context, attempt, sync.id, side, listed.records.map(idOf));
  const strangers = new Set<string>();
  const fresh: Owned[] = [];
  const marks: Effect[] = [];
  const unpaired: Link[] = [];
  for (const record of listed.records) {
    const parent = parents.get(record.parentId ?? "");
    const link = known.get(record.externalId);
    if (link !== undefined && isInPlace(link, side, record)) {
      const changed = changedRow(context, attempt, mapping, side, { record, link }, listed.asOf, way);
      marks.push(...changed);
      if (changed.length === 0 && isWaiting(link)) unpaired.push(link);
    } else if (parent === undefined || (isOneSided(parent) && !isEnded(parent))) strangers.add(record.parentId ?? "");
    else if (isEnded(parent)) continue;
    else if (link === undefined) fresh.push({ record, parent });
    else marks.push(...(await movedRow(context, attempt, side, { parent, link }, listed.asOf, way)));
  }
  marks.push(...(await restingMarks(context, attempt, unpaired, way)));
  strangers.delete("");
  marks.push(...(await rememberAll(context, attempt, mapping, side, fresh, listed.asOf, way)));
  return [...marks, ...[...strangers].map((parentId) => followParent(context, attempt, sync, side, parentId))];
}

/** A row and the link of the contact that it belongs to. */
interface Owned {
  readonly record: Snapshot;
  readonly parent: Link;
}

function idOf(record: Snapshot): string {
  return record.externalId;
}

function parentIdsOf(records: readonly Snapshot[]): readonly string[] {
  return [...new Set(records.flatMap(({ parentId }) => (parentId === undefined ? [] : [parentId])))];
}

async function byRecord(
  context: LaneContext,
  attempt: Attempt,
  syncId: string,
  side: Side,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, Link>> {
  const links = await context.store.linksByRecords(attempt.open.sync.workspaceId, syncId, side, externalIds);
  return new Map(links.map((link) => [link[side]?.externalId ?? "", link]));
}

/** A child that is followed and still with the contact that it was with, be that its own or not. */
function isInPlace(link: Link, side: Side, record: Snapshot): boolean {
  return !isEnded(link) && link[side]?.parentId === record.parentId;
}

/** Whether a counterpart is still to be found or made; what a start left alone, or a person is asked about, rests. */
function isWaiting(link: Link): boolean {
  return isFree(link) && link.state === "half" && link.beforeStart !== "newOnly";
}

/**
 * H3: marks for children without counterpart whose keys are neither due nor set aside. They waited for their contact, or
 * were remembered by a process that was killed before it could mark them; their rows say nothing new.
 */
async function restingMarks(
  context: LaneContext,
  attempt: Attempt,
  links: readonly Link[],
  way: Way,
): Promise<Effect[]> {
  const { workspaceId } = attempt.open.sync;
  const keys = await Promise.all(
    links.map(({ id }) => context.store.dueKey(workspaceId, keyText({ kind: "link", linkId: id }))),
  );
  return links.filter((_link, place) => keys[place] === undefined).map((link) => markOf(context, link, way));
}

function changedRow(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  side: Side,
  { record, link }: { readonly record: Snapshot; readonly link: Link },
  asOf: number,
  way: Way,
): Effect[] {
  if (!isNews(mapping, side, record, asOf, link, true)) return [];
  keepRow(context, attempt, side, keyText({ kind: "link", linkId: link.id }), record, asOf);
  return [markOf(context, link, way)];
}

/**
 * A child that was met before and is not where it was followed: it may have moved, or come back. Who holds the turn of one
 * link never waits for another's: two that did would wait for each other. The look at all children holds none.
 */
async function movedRow(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  { parent, link }: { readonly parent: Link; readonly link: Link },
  asOf: number,
  way: Way,
): Promise<Effect[]> {
  if (isAstray(link, side, parent) && way.isInTurn === true) return lookAtAll(context, attempt, side, parent);
  if (isAstray(link, side, parent)) return bringHome(context, attempt, link.id, side, parent);
  const isBack = link.state === "tombstone" && mayBeBack(attempt, side, asOf, link);
  return isBack ? [markOf(context, link, way)] : [];
}

/** The children of a contact as due on one side. */
function lookAtAll(context: LaneContext, attempt: Attempt, side: Side, parent: Link): Effect[] {
  const parentId = parent[side]?.externalId;
  return parentId === undefined ? [] : [followChildren(context, attempt, side, parentId)];
}

/** Stores links for children not seen before, unless another key did so meanwhile, and marks them. */
async function rememberAll(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  side: Side,
  fresh: readonly Owned[],
  asOf: number,
  way: Way,
): Promise<Effect[]> {
  const { id } = attempt.open.sync;
  if (fresh.length === 0) return [];
  const first = await asBefore(context, attempt);
  return context.turns.take(identityTurn(id), async () => {
    const ids = fresh.map(({ record }) => record.externalId);
    const known = await byRecord(context, attempt, id, side, ids);
    const links = fresh
      .filter(({ record }) => !known.has(record.externalId))
      .map(({ record, parent }) => ({
        record,
        link: { ...oneSided(context, mapping, id, side, sideState(record, asOf), parent.id), ...first },
      }));
    await context.store.apply(
      context.lane,
      links.map(({ link }) => ({ kind: "saveLink", link })),
    );
    return links.map(({ record, link }) => {
      const key = keyText({ kind: "link", linkId: link.id });
      keepRow(context, attempt, side, key, record, asOf);
      return markOf(context, link, way);
    });
  });
}

/** T5, T6: what the first reading meets was there before the start, and is treated as its contacts were. */
async function asBefore(context: LaneContext, attempt: Attempt): Promise<Pick<Link, "beforeStart">> {
  const { sync } = attempt.open;
  if (await isBackfilled(context, sync)) return {};
  const mode = await startedAs(context, sync);
  return mode === undefined || mode === "full" ? {} : { beforeStart: mode };
}

function markOf(context: LaneContext, { id, syncId }: Link, { reason, priority }: Way): Effect {
  const key = keyText({ kind: "link", linkId: id });
  return { kind: "mark", mark: { key, syncId, priority, dueAt: context.clock.now(), reason } };
}
