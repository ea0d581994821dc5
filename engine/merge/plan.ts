import type { Side } from "../../model/record.ts";
import type { Change, Changes, Fields, Value } from "../../model/value.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";
import { isSameForm } from "../mapping/normalForm.ts";
import type { Base, Conflict, FieldDecision, Finding } from "../ports.ts";
import type { FieldDraft } from "./draft.ts";
import { formOf } from "./forms.ts";
import { planScalar } from "./scalar.ts";
import { planSet } from "./set.ts";

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
  /** Ids of fields that a person is asked about; read only before their first agreement. */
  readonly asked?: readonly string[];
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

/** The plan of most links most of the time; made once. */
const NOTHING: Plan = { changes: { left: {}, right: {} }, conflicts: [], findings: [], decisions: [], held: new Set() };

/**
 * Plans the writes that bring one link to agreement. Pure: no clock, no I/O; throws never.
 * Source: docs/SPEC.md M1 to M19, M21, E1 to E3, N9; M20 is kept where a write is answered.
 */
export function plan(input: PlanInput): Plan {
  const drafts: FieldDraft[] = [];
  const { mapping, base, left, right } = input;
  for (const field of mapping.fields) {
    const agreed = base[field.agreement];
    if (agreed !== undefined && readsAsAgreed(field, agreed, left.fields, right.fields)) continue;
    const draft = planField(field, agreed, input);
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts.length === 0 ? NOTHING : planOf(drafts);
}

/** Most fields of most records are done with here, which is what makes planning fast. */
function readsAsAgreed(field: MappedField, agreed: Base[string], left: Fields, right: Fields): boolean {
  return field.isVerbatim && left[field.keys.left] === agreed[0] && right[field.keys.right] === agreed[1];
}

function planField(field: MappedField, base: Base[string] | undefined, input: PlanInput): FieldDraft | undefined {
  const left = formOf(field, "left", input.left, base?.[0], input.right);
  const right = formOf(field, "right", input.right, base?.[1], input.left);
  if (left === undefined || right === undefined) return undefined;
  if (isQuietField(field, base, left, right)) return undefined;
  const one = { field, input, left, right, base };
  return field.type === "set" ? planSet(one) : planScalar(one);
}

/** Nothing moved. Sets are looked at closely unless both sides hold the same. */
function isQuietField(field: MappedField, base: Base[string] | undefined, left: Value, right: Value): boolean {
  if (field.type === "set") return isSameForm(left, right);
  return base !== undefined && isSameForm(left, base[0]) && isSameForm(right, base[1]);
}

function planOf(drafts: readonly FieldDraft[]): Plan {
  const changes: Readonly<Record<Side, Record<string, Change>>> = { left: {}, right: {} };
  const conflicts: Plan["conflicts"][number][] = [];
  const findings: Finding[] = [];
  for (const { field, left, right, conflict, finding } of drafts) {
    if (left !== undefined) changes.left[field.keys.left] = left;
    if (right !== undefined) changes.right[field.keys.right] = right;
    if (finding !== undefined) findings.push(finding);
    if (conflict !== undefined) conflicts.push(conflict);
  }
  const held = conflicts.length === 0 ? NOTHING.held : new Set(conflicts.map((conflict) => conflict.field));
  return { changes, conflicts, findings, decisions: drafts.map(({ decision }) => decision), held };
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
  return mapping.resting.length === 0 ? next : withResting(mapping.resting, base, next);
}

/** M25: what was agreed on about a row that does nothing for now stays, in its place. */
function withResting(resting: readonly string[], base: Base, next: Base): Base {
  const stays = (agreement: string): boolean => resting.some((start) => agreement.startsWith(start));
  const kept = Object.entries(base).flatMap(([agreement, entry]) => {
    const present = next[agreement] ?? (stays(agreement) ? entry : undefined);
    return present === undefined ? [] : [[agreement, present] as const];
  });
  return { ...Object.fromEntries(kept), ...next };
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
