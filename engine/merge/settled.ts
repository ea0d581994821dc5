import type { Side } from "../../model/record.ts";
import { type Change, type Changes, isSameValue, type Value } from "../../model/value.ts";
import type { Mapping } from "../mapping/compile.ts";
import { normalElement } from "../mapping/normalForm.ts";
import type { Observed } from "./plan.ts";

/**
 * What of a side may be agreed on after it was written. The answer to a write shows the whole record: where it speaks
 * of what was written, the form that came back is agreed on (E2); whatever else it shows to be different was changed by
 * somebody between the read and the write, is not agreed on, and must be planned for. Pure.
 *
 * @param planned the side as it was planned with.
 * @param after   the side as the answer shows it.
 */
export function settledSide(
  mapping: Mapping,
  side: Side,
  changes: Changes,
  planned: Observed,
  after: Observed,
): Observed {
  const fields: Record<string, Value> = { ...after.fields };
  const keys = mapping.fields.map((field) => field.keys[side]);
  for (const key of keys) {
    const value = settledValue(changes[key], planned.fields[key], after.fields[key]);
    if (value === undefined) delete fields[key];
    else fields[key] = value;
  }
  const untouched = planned.folded?.filter((key) => changes[key] === undefined) ?? [];
  const written = after.folded?.filter((key) => changes[key] !== undefined) ?? [];
  return { ...after, fields, folded: [...untouched, ...written] };
}

function settledValue(change: Change | undefined, planned: Value | undefined, after: Value | undefined) {
  if (change === undefined) return planned;
  if (change.kind !== "elements" || typeof planned !== "object" || typeof after !== "object") return after;
  return settledElements(change, planned, after);
}

/**
 * Elements that nobody but us can have put there or taken away. Where an element that was sent did not come back, the
 * partner rewrote it, and what is new stands for it.
 */
function settledElements(
  change: Extract<Change, { kind: "elements" }>,
  planned: readonly string[],
  after: readonly string[],
): readonly string[] {
  const isRewritten = change.add.some((element) => !has(after, element));
  const expected = [...planned, ...change.add];
  const kept = after.filter((element) => isRewritten || has(expected, element));
  const takenByOthers = planned.filter((element) => !has(change.remove, element) && !has(after, element));
  return [...kept, ...takenByOthers];
}

function has(elements: readonly string[], wanted: string): boolean {
  return elements.some((element) => normalElement(element) === normalElement(wanted));
}

/** Whether the answer to a write shows a mapped value that somebody else changed meanwhile. */
export function isMovedUnderfoot(mapping: Mapping, side: Side, settled: Observed, after: Observed): boolean {
  return mapping.fields.some((field) => {
    const key = field.keys[side];
    const agreed = settled.fields[key];
    const shown = after.fields[key];
    if (agreed === undefined || shown === undefined || isSameValue(agreed, shown)) return false;
    return !isSameValue(field.normal(side, agreed), field.normal(side, shown));
  });
}
