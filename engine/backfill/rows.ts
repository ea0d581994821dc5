import type { Priority } from "../../model/priority.ts";
import type { Side, Snapshot } from "../../model/record.ts";
import { isChildSync } from "../children/home.ts";
import { meetRows } from "../children/rows.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { Effect, Link, Reason } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import type { Attempt } from "../reconcile/outcome.ts";
import { isNews, isSameTick, keepRow, mayBeBack } from "./news.ts";
import type { ReadPage } from "./pages.ts";

/** Marks as due what a page of a listing shows to be new or different. Equal rows cost nothing. */
export async function markNews(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  side: Side,
  page: ReadPage,
  how: { readonly reason: Reason; readonly priority: Priority; readonly isDeep: boolean },
): Promise<Effect[]> {
  if (isChildSync(attempt.open.sync)) return meetRows(context, attempt, mapping, side, page, how);
  const { workspaceId, id } = attempt.open.sync;
  const ids = page.records.map((record) => record.externalId);
  const links = await context.store.linksByRecords(workspaceId, id, side, ids);
  const known = new Map(links.map((link) => [link[side]?.externalId, link]));
  const effects: Effect[] = [];
  for (const record of page.records) {
    const key = newsKey(attempt, mapping, side, record, page, known.get(record.externalId), how.isDeep);
    if (key === undefined) continue;
    keepRow(context, attempt, side, key, record, page.asOf);
    const { reason, priority } = how;
    const mark = { key, syncId: id, priority, reason, ...whenDue(context, attempt, side, record) };
    effects.push({ kind: "mark", mark });
  }
  return effects;
}

/**
 * At once, or once the record has been left alone for the side's settle time. That is counted from the change itself, so
 * that a row which is listed again does not wait again.
 */
function whenDue(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  record: Snapshot,
): { readonly dueAt: number; readonly settleMs?: number } {
  const now = context.clock.now();
  const settleMs = attempt.open.sync.settleMs?.[side] ?? 0;
  if (settleMs === 0) return { dueAt: now };
  const changedAt = Number(record.version);
  return { dueAt: Number.isFinite(changedAt) ? Math.min(now, changedAt) : now, settleMs };
}

/** The key that the row makes due: the one that webhooks mark as well. `undefined` when it says nothing new. */
function newsKey(
  attempt: Attempt,
  mapping: Mapping,
  side: Side,
  record: Snapshot,
  page: ReadPage,
  link: Link | undefined,
  isDeep: boolean,
): string | undefined {
  const key = keyText({ kind: "record", syncId: attempt.open.sync.id, side, externalId: record.externalId });
  if (link === undefined) return key;
  const state = link[side];
  if (state === undefined || link.state === "unlinked") return undefined;
  if (link.state === "tombstone") {
    return mayBeBack(attempt, side, page.asOf, link) ? key : undefined;
  }
  const { overlapMs } = attempt.open.partners[side].listing;
  const mustCompare = isDeep || isSameTick(record, state, overlapMs);
  return isNews(mapping, side, record, page.asOf, link, mustCompare) ? key : undefined;
}
