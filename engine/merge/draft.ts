import type { Side } from "../../model/record.ts";
import type { Change, Value } from "../../model/value.ts";
import type { MappedField } from "../mapping/compile.ts";
import type { Conflict, FieldDecision, Finding } from "../ports.ts";
import type { PlanInput } from "./plan.ts";

/** One field with both sides in normal form; `base` is absent before the first agreement. */
export interface Case {
  readonly field: MappedField;
  readonly input: PlanInput;
  readonly left: Value;
  readonly right: Value;
  readonly base: readonly [left: Value, right: Value] | undefined;
}

/** What is planned for one field that is not quietly the same. Every draft has every key: plans are made by the million. */
export interface FieldDraft {
  readonly field: MappedField;
  readonly left: Change | undefined;
  readonly right: Change | undefined;
  readonly conflict: Omit<Conflict, "since"> | undefined;
  readonly finding: Finding | undefined;
  readonly decision: FieldDecision;
}

/** The field is decided on by this rule, and nothing is written; at most a person is told. */
export function noted(
  one: Case,
  rule: string,
  told: Partial<Pick<FieldDraft, "conflict" | "finding">> = {},
): FieldDraft {
  return {
    field: one.field,
    left: undefined,
    right: undefined,
    conflict: told.conflict,
    finding: told.finding,
    decision: decision(one, rule),
  };
}

/** The field is written on at least one side; `finding` says what of it could not be. */
export function written(
  one: Case,
  rule: string,
  { left, right }: Readonly<Record<Side, Change | undefined>>,
  finding?: Finding,
): FieldDraft {
  const write = left === undefined ? "right" : right === undefined ? "left" : "both";
  return { field: one.field, left, right, conflict: undefined, finding, decision: decision(one, rule, write) };
}

/** Decisions are compared with those of the journal to the byte, so the keys stand in this order; JSON leaves out the undefined. */
function decision({ field, left, right, base }: Case, rule: string, write?: FieldDecision["write"]): FieldDecision {
  return { field: field.id, base, left, right, rule, write };
}
