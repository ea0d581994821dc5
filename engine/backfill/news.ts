import { otherSide, type Side, type Snapshot } from "../../model/record.ts";
import { isSameValue } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";
import type { Link, SideState } from "../ports.ts";
import type { Attempt } from "../reconcile/outcome.ts";

/** A row may stand for a read only where rows are whole and current. */
export function keepRow(
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

/** A row of a deleted record says something only when the list has had the time to know of the deletion. */
export function mayBeBack(attempt: Attempt, side: Side, asOf: number, link: Link): boolean {
  const { sync, partners } = attempt.open;
  return asOf > link.updatedAt + partners[side].listing.lagMs + sync.deletes.holdMs;
}

/**
 * Whether a row of a listing says anything that the link does not know.
 * @param asOf   when the page was asked for, epoch ms.
 * @param isDeep whether values are compared although the change time is the same.
 */
export function isNews(
  mapping: Mapping,
  side: Side,
  record: Snapshot,
  asOf: number,
  link: Link,
  isDeep: boolean,
): boolean {
  const state = link[side];
  if (state === undefined) return false;
  if (state.goneAt !== undefined) return true;
  if (asOf < state.asOf) return false;
  // L8: against a change time that has not come yet, nothing could be newer; the values are compared instead.
  if (record.version !== undefined && state.version !== undefined && Number(state.version) <= asOf) {
    const isNewer = Number(record.version) > Number(state.version);
    if (isNewer || !isDeep) return isNewer;
  }
  return mapping.fields.some((field) => differs(field, side, record, state, link));
}

/**
 * Whether a row tells the change time that is known of a record, which was seen so soon after it that the partner's overlap
 * covers both: another change may lie in the same tick of the partner's clock, or have been on its way into the lists.
 */
export function isSameTick(record: Snapshot, state: SideState, overlapMs: number): boolean {
  return record.version === state.version && state.asOf <= Number(state.version) + overlapMs;
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
