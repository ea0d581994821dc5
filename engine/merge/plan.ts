import { otherSide, type Side } from "../../model/record.ts";
import { type Change, type Changes, type Fields, isEmpty, isSameValue, type Value } from "../../model/value.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";
import { normalElement } from "../mapping/normalForm.ts";
import type { Base, Conflict, FieldDecision, Finding } from "../ports.ts";

/** One side as it was observed. */
export interface Observed {
  readonly fields: Fields;
  /** Keys known in lower case only. */
  readonly folded?: readonly string[];
  /** When the partner says it last changed, epoch ms; only used by the policy `newest`. */
  readonly changedAt?: number;
}

export interface PlanInput {
  readonly mapping: Mapping;
  /** Values both sides last agreed on; empty before the first agreement. */
  readonly base: Base;
  readonly left: Observed;
  readonly right: Observed;
  /** By field id, whose value a person chose to keep; read only where both sides changed the field differently. */
  readonly choices?: Readonly<Record<string, Side>>;
}

/** What would bring the two sides to agreement. */
export interface Plan {
  /** Writes, by side and the side's own field keys; an empty object means no write. */
  readonly changes: Readonly<Record<Side, Changes>>;
  /** Fields that wait for a person; `since` is set by the caller. */
  readonly conflicts: readonly Omit<Conflict, "since">[];
  /** Values that the other side can not hold. */
  readonly findings: readonly Finding[];
  /** One line per field that is not quietly the same, with the rule that decided. */
  readonly decisions: readonly FieldDecision[];
  /** Fields whose base must stay as it is until a person has chosen. */
  readonly held: ReadonlySet<string>;
}

/**
 * Plans the writes that bring one link to agreement. Pure: no clock, no I/O; throws never.
 * Source: docs/SPEC.md M1 to M16.
 */
export function plan(input: PlanInput): Plan {
  const drafts: FieldDraft[] = [];
  for (const field of input.mapping.fields) {
    const draft = planField(field, input);
    if (draft !== undefined) drafts.push(draft);
  }
  return {
    changes: { left: changesOf(drafts, "left"), right: changesOf(drafts, "right") },
    conflicts: drafts.map((draft) => draft.conflict).filter((conflict) => conflict !== undefined),
    findings: drafts.map((draft) => draft.finding).filter((finding) => finding !== undefined),
    decisions: drafts.map((draft) => draft.decision),
    held: new Set(drafts.filter((draft) => draft.conflict !== undefined).map((draft) => draft.decision.field)),
  };
}

function changesOf(drafts: readonly FieldDraft[], side: Side): Changes {
  const changes: Record<string, Change> = {};
  for (const draft of drafts) {
    const change = draft.changes[side];
    if (change !== undefined) changes[draft.keys[side]] = change;
  }
  return changes;
}

/** Whether the plan writes anything. */
export function isQuiet(planned: Plan): boolean {
  return Object.keys(planned.changes.left).length === 0 && Object.keys(planned.changes.right).length === 0;
}

/**
 * The base after the plan's writes were answered: every field both sides showed, but those held for a person.
 * A value that a partner changed on its way in is agreed in the form it came back, so it is not written again.
 */
export function agreedBase(
  mapping: Mapping,
  base: Base,
  left: Observed,
  right: Observed,
  held: ReadonlySet<string>,
): Base {
  const next: Record<string, readonly [Value, Value]> = {};
  for (const field of mapping.fields) {
    const before = base[field.agreement];
    const seen = held.has(field.id) ? undefined : seenForms(field, before, left, right);
    const entry = seen ?? before;
    if (entry !== undefined) next[field.agreement] = entry;
  }
  return next;
}

function seenForms(
  field: MappedField,
  before: readonly [Value, Value] | undefined,
  left: Observed,
  right: Observed,
): readonly [Value, Value] | undefined {
  const leftForm = formOf(field, "left", left, before?.[0], right);
  const rightForm = formOf(field, "right", right, before?.[1], left);
  return leftForm === undefined || rightForm === undefined ? undefined : [leftForm, rightForm];
}

/** What is planned for one field that is not quietly the same. */
interface FieldDraft {
  readonly keys: Readonly<Record<Side, string>>;
  readonly changes: Readonly<Partial<Record<Side, Change>>>;
  readonly conflict?: Omit<Conflict, "since">;
  readonly finding?: Finding;
  readonly decision: FieldDecision;
}

/** One field with both sides in normal form; `base` is absent before the first agreement. */
interface Case {
  readonly field: MappedField;
  readonly input: PlanInput;
  readonly left: Value;
  readonly right: Value;
  readonly base: readonly [Value, Value] | undefined;
}

function planField(field: MappedField, input: PlanInput): FieldDraft | undefined {
  const base = input.base[field.agreement];
  const left = formOf(field, "left", input.left, base?.[0], input.right);
  const right = formOf(field, "right", input.right, base?.[1], input.left);
  if (left === undefined || right === undefined) return undefined;
  if (isQuietField(field, base, left, right)) return undefined;
  const one: Case = { field, input, left, right, base };
  if (field.type === "set") return planSet(one);
  return base === undefined ? planFirst(one) : planScalar(one, base);
}

/** Most fields of most records: nothing moved. Sets are looked at closely unless both sides hold the same. */
function isQuietField(
  field: MappedField,
  base: readonly [Value, Value] | undefined,
  left: Value,
  right: Value,
): boolean {
  if (field.type === "set") return isSameValue(left, right);
  return base !== undefined && isSameValue(left, base[0]) && isSameValue(right, base[1]);
}

/**
 * The normal form of what a side shows. Absent fields count as unchanged; a value known in lower case only counts as
 * whatever it may stand for: the base, else the other side's value, as long as these fold to it (N9).
 */
function formOf(
  field: MappedField,
  side: Side,
  observed: Observed,
  base: Value | undefined,
  across: Observed,
): Value | undefined {
  const key = field.keys[side];
  const value = observed.fields[key];
  // A form is its own normal form (N1), so most values need not be brought into it again.
  if (value === undefined || (value === base && field.readsForms[side])) return base;
  const form = field.normal(side, value);
  if (!observed.folded?.includes(key)) return form;
  if (base !== undefined && foldsTo(base, form)) return base;
  const opposite = across.fields[field.keys[otherSide(side)]];
  if (opposite === undefined) return form;
  const oppositeForm = field.normal(otherSide(side), opposite);
  return foldsTo(oppositeForm, form) ? oppositeForm : form;
}

function foldsTo(full: Value, folded: Value): boolean {
  return String(full).toLowerCase() === String(folded).toLowerCase();
}

/** M2: nothing was agreed yet: equal values agree, an empty side is filled, different values are a conflict. */
function planFirst(one: Case): FieldDraft | undefined {
  if (isSameValue(one.left, one.right)) return undefined;
  if (isEmpty(one.left)) return write(one, "left", "M2");
  if (isEmpty(one.right)) return write(one, "right", "M2");
  return settleConflict(one);
}

/** M1, M3, M4, M17: the same by now: agree; one side moved: carry it over; both to different values: conflict. */
function planScalar(one: Case, base: readonly [Value, Value]): FieldDraft | undefined {
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
  return { ...noted(one, "M6"), conflict: { field: one.field.id, left: one.left, right: one.right } };
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
  const value = one.input[from].fields[field.keys[from]] ?? "";
  if (isEmpty(one[from]))
    return field.clear === "leave" ? noted(one, "M7") : written(one, side, rule, { kind: "clear" });
  const carried = field.carry(from, value, one.input[side].fields);
  if (carried.kind === "value") return written(one, side, rule, { kind: "set", value: carried.value });
  const finding: Finding = { field: field.id, side, kind: "notExpressible", message: carried.message, wanted: value };
  return { ...noted(one, "M9"), finding };
}

/** M10: sets merge element by element: what either side added is added, what either side removed is removed. */
function planSet(one: Case): FieldDraft | undefined {
  const removed = removals(one);
  const wanted = new Set([...elements(one.left), ...elements(one.right)].filter((element) => !removed.has(element)));
  const left = elementsChange(one, "left", wanted);
  const right = elementsChange(one, "right", wanted);
  const finding = unfitFinding(one, "left", wanted) ?? unfitFinding(one, "right", wanted);
  if (left === undefined && right === undefined) {
    return finding === undefined ? undefined : { ...noted(one, "M9"), finding };
  }
  return {
    keys: one.field.keys,
    changes: { ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) },
    ...(finding === undefined ? {} : { finding }),
    decision: decision(one, "M10", left === undefined ? "right" : right === undefined ? "left" : "both"),
  };
}

/** M9: an element that the side can not hold, as long as the other side has it. */
function unfitFinding(one: Case, side: Side, wanted: ReadonlySet<string>): Finding | undefined {
  const { field, input } = one;
  if (!field.canWrite[side]) return undefined;
  const from = otherSide(side);
  const value = input[from].fields[field.keys[from]] ?? [];
  for (const element of wanted) {
    if (elements(one[side]).includes(element)) continue;
    const carried = field.carry(from, [spelled(value, element)]);
    if (carried.kind === "value") continue;
    return { field: field.id, side, kind: "notExpressible", message: carried.message, wanted: value };
  }
  return undefined;
}

/** Elements that a side had at the last agreement and has no more, where the other side may be written. */
function removals({ field, left, right, base }: Case): ReadonlySet<string> {
  if (base === undefined) return new Set();
  const goneLeft = elements(base[0]).filter((element) => !elements(left).includes(element));
  const goneRight = elements(base[1]).filter((element) => !elements(right).includes(element));
  return new Set([...(field.canWrite.right ? goneLeft : []), ...(field.canWrite.left ? goneRight : [])]);
}

function elementsChange(one: Case, side: Side, wanted: ReadonlySet<string>): Change | undefined {
  const { field, input } = one;
  if (!field.canWrite[side]) return undefined;
  const present = elements(one[side]);
  const refused = refusedElements(one, side);
  const from = otherSide(side);
  const add = [...wanted]
    .filter((element) => !present.includes(element) && !refused.has(element))
    .flatMap((element) => carriedElement(one, from, element));
  const remove = field.clear === "carry" ? present.filter((element) => !wanted.has(element)) : [];
  if (add.length === 0 && remove.length === 0) return undefined;
  return {
    kind: "elements",
    add,
    remove: remove.map((element) => spelled(input[side].fields[field.keys[side]], element)),
  };
}

/** The element as the other side spells it; none when that side can not hold it. */
function carriedElement({ field, input }: Case, from: Side, element: string): readonly string[] {
  const carried = field.carry(from, [spelled(input[from].fields[field.keys[from]], element).trim()]);
  return carried.kind === "value" ? elements(carried.value) : [];
}

/** Elements that one side was known not to keep at the last agreement, and still does not have. */
function refusedElements(one: Case, side: Side): ReadonlySet<string> {
  if (one.base === undefined) return new Set();
  const [own, across] = side === "left" ? one.base : [one.base[1], one.base[0]];
  const present = elements(one[side]);
  return new Set(elements(across).filter((element) => !elements(own).includes(element) && !present.includes(element)));
}

/** The element in the letters that side wrote it in. */
function spelled(value: Value | undefined, element: string): string {
  const list = typeof value === "object" ? value : [];
  return list.find((candidate) => normalElement(candidate) === element) ?? element;
}

function elements(value: Value): readonly string[] {
  return typeof value === "object" ? value : [];
}

function noted(one: Case, rule: string): FieldDraft {
  return { keys: one.field.keys, changes: {}, decision: decision(one, rule) };
}

function written(one: Case, side: Side, rule: string, change: Change): FieldDraft {
  return { keys: one.field.keys, changes: { [side]: change }, decision: decision(one, rule, side) };
}

function decision({ field, left, right, base }: Case, rule: string, write?: FieldDecision["write"]): FieldDecision {
  return {
    field: field.id,
    ...(base === undefined ? {} : { base }),
    left,
    right,
    rule,
    ...(write === undefined ? {} : { write }),
  };
}
