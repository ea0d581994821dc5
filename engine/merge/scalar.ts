import { otherSide, type Side } from "../../model/record.ts";
import { type Change, isEmpty, isSameValue } from "../../model/value.ts";
import type { MappedField } from "../mapping/compile.ts";
import type { Finding } from "../ports.ts";
import { type Case, type FieldDraft, noted, written } from "./draft.ts";
import type { PlanInput } from "./plan.ts";

/**
 * Plans one field that holds one value. `undefined` where there is nothing to say of it. Pure.
 * Source: docs/SPEC.md M1 to M9, M14, M16, M17, M21.
 */
export function planScalar(one: Case): FieldDraft | undefined {
  return one.base === undefined ? planFirst(one) : planSince(one, one.base);
}

/** M2, M21: nothing was agreed yet: equal values agree, an empty side is filled, different values are a conflict. */
function planFirst(one: Case): FieldDraft | undefined {
  if (isSameValue(one.left, one.right)) return undefined;
  if (isAskedAbout(one)) return settleConflict(one);
  if (isEmpty(one.left)) return write(one, "left", "M2");
  if (isEmpty(one.right)) return write(one, "right", "M2");
  return settleConflict(one);
}

/** Both sides were filled when the question arose: one that is empty by now was emptied by somebody. */
function isAskedAbout({ field, input: { asked } }: Case): boolean {
  return asked?.includes(field.id) === true;
}

/** M1, M3, M4, M17: the same by now: agree; one side moved: carry it over; both to different values: conflict. */
function planSince(one: Case, base: NonNullable<Case["base"]>): FieldDraft {
  const leftMoved = !isSameValue(one.left, base[0]);
  const rightMoved = !isSameValue(one.right, base[1]);
  if (isSameValue(one.left, one.right)) return noted(one, leftMoved && rightMoved ? "M3" : "M17");
  return leftMoved && rightMoved ? settleConflict(one) : write(one, leftMoved ? "right" : "left", "M1");
}

/**
 * M5, M6, M14, M16: both sides moved a field to different values; a person has chosen, or its direction or policy says
 * who wins, or it waits for a person.
 */
function settleConflict(one: Case): FieldDraft {
  const chosen = chosenSide(one);
  if (chosen !== undefined) return write(one, otherSide(chosen), "M16");
  const winner = winnerOf(one.field, one.input);
  if (winner !== undefined) return write(one, otherSide(winner), winner === one.field.from ? "M14" : "M5");
  return noted(one, "M6", { conflict: { field: one.field.id, left: one.left, right: one.right } });
}

function chosenSide({ field, input: { choices } }: Case): Side | undefined {
  return choices !== undefined && Object.hasOwn(choices, field.id) ? choices[field.id] : undefined;
}

function winnerOf(field: MappedField, input: PlanInput): Side | undefined {
  if (field.from !== undefined && field.conflict !== "ask") return field.from;
  switch (field.conflict) {
    case "preferLeft":
      return "left";
    case "preferRight":
      return "right";
    case "newest":
      return newerSide(input);
    case "ask":
      return undefined;
    default:
      return field.conflict satisfies never;
  }
}

/** The side that changed last, when both partners say when; a tie or a missing time settles nothing. */
function newerSide(input: PlanInput): Side | undefined {
  const left = input.left.changedAt;
  const right = input.right.changedAt;
  if (left === undefined || right === undefined || left === right) return undefined;
  return left > right ? "left" : "right";
}

/** M7 to M9: the other side's value for `side`, unless direction, clear policy or the target's limits forbid it. */
function write(one: Case, side: Side, rule: string): FieldDraft {
  const { field } = one;
  if (!field.canWrite[side]) return noted(one, "M8");
  const from = otherSide(side);
  if (isEmpty(one[from]))
    return field.clear === "leave" ? noted(one, "M7") : writtenOn(one, side, rule, { kind: "clear" });
  const value = one.input[from].fields[field.keys[from]] ?? "";
  const carried = field.carry(from, value, one.input[side].fields);
  if (carried.kind === "value") return writtenOn(one, side, rule, { kind: "set", value: carried.value });
  const finding: Finding = { field: field.id, side, kind: "notExpressible", message: carried.message, wanted: value };
  return noted(one, "M9", { finding });
}

function writtenOn(one: Case, side: Side, rule: string, change: Change): FieldDraft {
  return written(one, rule, side === "left" ? { left: change, right: undefined } : { left: undefined, right: change });
}
