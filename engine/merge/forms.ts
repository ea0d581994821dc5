import { otherSide, type Side } from "../../model/record.ts";
import type { Value } from "../../model/value.ts";
import type { MappedField } from "../mapping/compile.ts";
import { readsLike } from "../mapping/normalForm.ts";
import type { Observed } from "./plan.ts";

/**
 * The normal form of what a side shows. Absent fields count as unchanged; a value known in lower case only counts as
 * whatever it may stand for: the base, else the other side's value, as long as these fold to it (N9). Pure.
 *
 * @param base the form of this side at the last agreement.
 * @returns `base` itself, the very object, where the value reads like it.
 */
export function formOf(
  field: MappedField,
  side: Side,
  observed: Observed,
  base: Value | undefined,
  across: Observed,
): Value | undefined {
  const key = field.keys[side];
  const value = observed.fields[key];
  if (value === undefined) return base;
  if (base !== undefined && field.readsForms[side] && readsLike(field.type, value, base)) return base;
  const form = field.normal(side, value);
  return observed.folded?.includes(key) ? unfolded(field, side, form, base, across) : form;
}

function unfolded(field: MappedField, side: Side, form: Value, base: Value | undefined, across: Observed): Value {
  if (base !== undefined && foldsTo(base, form)) return base;
  const opposite = across.fields[field.keys[otherSide(side)]];
  if (opposite === undefined) return form;
  const oppositeForm = field.normal(otherSide(side), opposite);
  return foldsTo(oppositeForm, form) ? oppositeForm : form;
}

function foldsTo(full: Value, folded: Value): boolean {
  return String(full).toLowerCase() === String(folded).toLowerCase();
}
