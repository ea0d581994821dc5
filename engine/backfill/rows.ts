import type { Priority } from "../../model/priority.ts";
import type { Side, Snapshot } from "../../model/record.ts";
import { isChildSync } from "../children/home.ts";
import { meetRows } from "../children/rows.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { Effect, Link, Reason } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import type { Attempt } from "../reconcile/outcome.ts";
import { isNews, keepRow, mayBeBack } from "./news.ts";
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
    const mark = { key, syncId: id, priority: how.priority, dueAt: context.clock.now(), reason: how.reason };
    effects.push({ kind: "mark", mark });
  }
  return effects;
}

/** The key that the row makes due; `undefined` when it says nothing new. */
function newsKey(
  attempt: Attempt,
  mapping: Mapping,
  side: Side,
  record: Snapshot,
  page: ReadPage,
  link: Link | undefined,
  isDeep: boolean,
): string | undefined {
  if (link === undefined) {
    return keyText({ kind: "record", syncId: attempt.open.sync.id, side, externalId: record.externalId });
  }
  const state = link[side];
  if (state === undefined || link.state === "unlinked") return undefined;
  if (link.state === "tombstone") {
    return mayBeBack(attempt, side, page.asOf, link) ? keyText({ kind: "link", linkId: link.id }) : undefined;
  }
  return isNews(mapping, side, record, page.asOf, link, isDeep)
    ? keyText({ kind: "link", linkId: link.id })
    : undefined;
}
