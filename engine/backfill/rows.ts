import type { Priority } from "../../model/priority.ts";
import { otherSide, type Side, type Snapshot } from "../../model/record.ts";
import { isSameValue } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";
import type { Effect, Link, Reason, SideState } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import type { Attempt } from "../reconcile/outcome.ts";
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
  const { workspaceId, id } = attempt.open.sync;
  const ids = page.records.map((record) => record.externalId);
  const links = await context.store.linksByRecords(workspaceId, id, side, ids);
  const known = new Map(links.map((link) => [link[side]?.externalId, link]));
  const effects: Effect[] = [];
  for (const record of page.records) {
    const key = newsKey(attempt, mapping, side, record, page, known.get(record.externalId), how.isDeep);
    if (key === undefined) continue;
    keepRow(context, attempt, side, key, record, page.asOf);
    const mark = { key, priority: how.priority, dueAt: context.clock.now(), reason: how.reason };
    effects.push({ kind: "mark", mark });
  }
  return effects;
}

/** A row may stand for a read only where rows are whole and current. */
function keepRow(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  key: string,
  snapshot: Snapshot,
  asOf: number,
): void {
  const { listing } = attempt.open.partners[side];
  if (listing.isComplete && listing.lagMs === 0) context.rows.put(key, { side, snapshot, asOf });
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
    return mayBeBack(attempt, side, page, link) ? keyText({ kind: "link", linkId: link.id }) : undefined;
  }
  return isNews(mapping, side, record, page, state, link, isDeep)
    ? keyText({ kind: "link", linkId: link.id })
    : undefined;
}

/** A row of a deleted record says something only when the list has had the time to know of the deletion. */
function mayBeBack(attempt: Attempt, side: Side, page: ReadPage, link: Link): boolean {
  const { sync, partners } = attempt.open;
  return page.asOf > link.updatedAt + partners[side].listing.lagMs + sync.deletes.holdMs;
}

function isNews(
  mapping: Mapping,
  side: Side,
  record: Snapshot,
  page: ReadPage,
  state: SideState,
  link: Link,
  isDeep: boolean,
): boolean {
  if (state.goneAt !== undefined) return true;
  if (page.asOf < state.asOf) return false;
  // L8: against a change time that has not come yet, nothing could be newer; the values are compared instead.
  if (record.version !== undefined && state.version !== undefined && Number(state.version) <= page.asOf) {
    const isNewer = Number(record.version) > Number(state.version);
    if (isNewer || !isDeep) return isNewer;
  }
  return mapping.fields.some((field) => differs(field, side, record, state, link));
}

/** Whether the row shows another value than was last read; a value in lower case only is compared as such. */
function differs(field: MappedField, side: Side, record: Snapshot, state: SideState, link: Link): boolean {
  const key = field.keys[side];
  const seen = record.fields[key];
  if (seen === undefined) return false;
  const stored = state.fields[key] ?? "";
  const form = field.normal(side, seen);
  const known = field.normal(side, stored);
  if (isSameValue(form, known)) return false;
  const isFolded = record.folded?.includes(key) === true || state.folded?.includes(key) === true;
  if (!isFolded) return true;
  const across = link[otherSide(side)]?.fields[field.keys[otherSide(side)]] ?? "";
  const mayStandFor = state.folded?.includes(key) === true ? [known, field.normal(side, across)] : [known];
  return !mayStandFor.some((value) => String(value).toLowerCase() === String(form).toLowerCase());
}
