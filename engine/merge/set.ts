import { otherSide, type Side } from "../../model/record.ts";
import type { Change, Value } from "../../model/value.ts";
import { normalElement } from "../mapping/normalForm.ts";
import type { Finding } from "../ports.ts";
import { type Case, type FieldDraft, noted, written } from "./draft.ts";

/**
 * Plans one field that holds a set, element by element: what either side added is added, what either side removed is
 * removed. `undefined` where there is nothing to say of it. Pure.
 * Source: docs/SPEC.md M7 to M10, E3.
 */
export function planSet(one: Case): FieldDraft | undefined {
  const wanted = wantedElements(one);
  const left = planSide(one, "left", wanted);
  const right = planSide(one, "right", wanted);
  const finding = left.finding ?? right.finding;
  if (left.change !== undefined || right.change !== undefined) {
    return written(one, "M10", { left: left.change, right: right.change }, finding);
  }
  return finding === undefined ? undefined : noted(one, "M9", { finding });
}

/** All that either side has, but what one of them had at the last agreement and has no more. */
function wantedElements(one: Case): readonly string[] {
  const left = elements(one.left);
  const right = elements(one.right);
  const removed = removals(one);
  const all = [...left, ...without(right, left)];
  return removed.length === 0 ? all : without(all, removed);
}

/** A removal counts where the other side may be written: elsewhere it could never take effect, and the element stays. */
function removals({ field, left, right, base }: Case): readonly string[] {
  if (base === undefined) return [];
  const goneLeft = field.canWrite.right ? without(elements(base[0]), elements(left)) : [];
  const goneRight = field.canWrite.left ? without(elements(base[1]), elements(right)) : [];
  return goneRight.length === 0 ? goneLeft : [...goneLeft, ...goneRight];
}

interface SidePlan {
  readonly change?: Change;
  /** M9: an element that the side can not hold, as long as the other side has it. */
  readonly finding?: Finding;
}

const NOTHING: SidePlan = {};

function planSide(one: Case, side: Side, wanted: readonly string[]): SidePlan {
  const { field, input } = one;
  if (!field.canWrite[side]) return NOTHING;
  const present = elements(one[side]);
  const missing = without(wanted, present);
  const surplus = field.clear === "carry" ? without(present, wanted) : [];
  if (missing.length === 0 && surplus.length === 0) return NOTHING;
  const { add, finding } = carriedAcross(one, side, missing);
  const remove = surplus.map((element) => spelled(input[side].fields[field.keys[side]], element));
  const change: Change | undefined =
    add.length === 0 && remove.length === 0 ? undefined : { kind: "elements", add, remove };
  return { change, finding };
}

/** Elements that a side lacks as it spells them, and the first that it can not hold. */
function carriedAcross(
  one: Case,
  side: Side,
  missing: readonly string[],
): { readonly add: readonly string[]; readonly finding?: Finding } {
  const { field, input } = one;
  const from = otherSide(side);
  const value = input[from].fields[field.keys[from]];
  const refused = refusedElements(one, side);
  const add: string[] = [];
  let finding: Finding | undefined;
  for (const element of missing) {
    const carried = field.carry(from, [spelled(value, element).trim()]);
    if (carried.kind === "value") {
      if (!refused.includes(element)) add.push(...elements(carried.value));
    } else {
      finding ??= { field: field.id, side, kind: "notExpressible", message: carried.message, wanted: value ?? [] };
    }
  }
  return { add, finding };
}

/** E3: elements that this side was known not to keep at the last agreement; of those that it has again none is missing. */
function refusedElements({ base }: Case, side: Side): readonly string[] {
  if (base === undefined) return [];
  const [own, across] = side === "left" ? base : [base[1], base[0]];
  return without(elements(across), elements(own));
}

/** The element in the letters that side wrote it in. */
function spelled(value: Value | undefined, element: string): string {
  if (value === undefined) return element;
  return elements(value).find((shown) => shown === element || normalElement(shown) === element) ?? element;
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.length === 0 ? some : some.filter((element) => !others.includes(element));
}

function elements(value: Value): readonly string[] {
  return typeof value === "object" ? value : [];
}
