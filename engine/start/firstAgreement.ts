import { SIDES, type Side } from "../../model/record.ts";
import type { StartMode } from "../../model/sync.ts";
import { isEmpty, isSameValue, type Value } from "../../model/value.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";
import { agreedBase, type Observed } from "../merge/plan.ts";
import type { Base, Link } from "../ports.ts";

/**
 * What two records agree on that were there before their sync was started. Pure.
 * Source: docs/SPEC.md T5, T6.
 */

/** Both records, as planning takes them. */
export interface Both {
  readonly left: Observed;
  readonly right: Observed;
}

/** The modes in which the first agreement is another than planning would come to. */
export type AsTheyAre = Exclude<StartMode, "full">;

/**
 * The base from which two such records are planned for the first time: under `newOnly` every field as it is, under
 * `fillEmpty` every field that both sides fill. What a row did not tell for certain is left out, for a read to tell.
 * A field that was to be filled and that both sides fill by now was edited since: it is agreed on as it was then, so that
 * what was said since is carried like any edit.
 * @param known what was agreed on already, and stays.
 * @param then  both records as they were when last read, where they had met by then.
 */
export function firstBase(mapping: Mapping, mode: AsTheyAre, known: Base, both: Both, then?: Both): Base {
  const open = mapping.fields.filter((field) => known[field.agreement] === undefined && isTold(field, both));
  const settled = open.filter((field) => !isToFill(field, mode, both));
  const isFilled = (field: MappedField): boolean =>
    then !== undefined && isTold(field, then) && isToFill(field, mode, then);
  const asIs = settled.filter((field) => !isFilled(field));
  const asThen = settled.filter((field) => isFilled(field));
  const base = agreedOn(mapping, asIs, known, both);
  return then === undefined ? base : agreedOn(mapping, asThen, base, then);
}

/** The base with these fields agreed on as they are, and no others. */
function agreedOn(mapping: Mapping, fields: readonly MappedField[], known: Base, { left, right }: Both): Base {
  const ids = new Set(fields.map(({ id }) => id));
  const held = mapping.fields.filter(({ id }) => !ids.has(id));
  return agreedBase(mapping, known, left, right, new Set(held.map(({ id }) => id)));
}

/**
 * The base that planning starts from: the link's own, and what its records agreed on by being there before the start.
 * @param link as stored: its records as they were last read.
 */
export function baseOf(
  mapping: Mapping,
  { base, beforeStart, left, right }: Pick<Link, "base" | "beforeStart" | Side>,
  both: Both,
): Base {
  if (beforeStart === undefined) return base;
  const then = left === undefined || right === undefined ? undefined : { left, right };
  return firstBase(mapping, beforeStart, base, both, then);
}

/** Whether both rows told enough for every field to be agreed on without a read. */
export function isAllTold(mapping: Mapping, both: Both): boolean {
  return mapping.fields.every((field) => isTold(field, both));
}

/** The fields that differ, and are agreed on as they are. */
export function keptApart(mapping: Mapping, base: Base, both: Both): readonly MappedField[] {
  return mapping.fields.filter((field) => {
    const agreed = base[field.agreement];
    const forms = formsOf(field, both);
    return (
      agreed !== undefined &&
      forms !== undefined &&
      !isSameValue(agreed[0], agreed[1]) &&
      isSameValue(agreed[0], forms[0]) &&
      isSameValue(agreed[1], forms[1])
    );
  });
}

function isToFill(field: MappedField, mode: AsTheyAre, both: Both): boolean {
  if (mode === "newOnly") return false;
  const forms = formsOf(field, both);
  return forms !== undefined && isEmpty(forms[0]) !== isEmpty(forms[1]);
}

/** No row kept quiet about a field that the other fills, nor showed in lower case only what the other has otherwise. */
function isTold(field: MappedField, both: Both): boolean {
  const values = SIDES.map((side) => both[side].fields[field.keys[side]]);
  if (values.includes(undefined)) return values.every((value) => isEmpty(value ?? ""));
  const isFolded = SIDES.some((side) => both[side].folded?.includes(field.keys[side]) === true);
  const forms = formsOf(field, both);
  return !isFolded || forms === undefined || isSameFolded(forms[0], forms[1]);
}

function isSameFolded(one: Value, other: Value): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}

function formsOf(field: MappedField, both: Both): readonly [Value, Value] | undefined {
  const left = both.left.fields[field.keys.left];
  const right = both.right.fields[field.keys.right];
  if (left === undefined || right === undefined) return undefined;
  return [field.normal("left", left), field.normal("right", right)];
}
