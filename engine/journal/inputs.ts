import type { Side } from "../../model/record.ts";
import type { Value } from "../../model/value.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";
import type { Observed, Plan, PlanInput } from "../merge/plan.ts";
import type { DecisionInputs, JournalDetail } from "../ports.ts";

/**
 * What the journal keeps of a plan: its decisions, and of what it was made from as much as they depend on. Nothing when
 * nothing was decided. Pure.
 * @param input what `planned` was planned from.
 */
export function keptPlan(input: PlanInput, planned: Plan): Pick<JournalDetail, "fields" | "inputs"> {
  const { decisions } = planned;
  if (decisions.length === 0) return {};
  const decided = new Set(decisions.map(({ field }) => field));
  const fields = input.mapping.fields.filter(({ id }) => decided.has(id));
  return { fields: decisions, inputs: inputsOf(input, fields) };
}

function inputsOf(input: PlanInput, fields: readonly MappedField[]): DecisionInputs {
  const asked = (input.asked ?? []).filter((id) => fields.some((field) => field.id === id));
  const chosen = Object.entries(input.choices ?? {}).filter(([id]) => fields.some((field) => field.id === id));
  return {
    left: observedOf(input.left, fields, "left"),
    right: observedOf(input.right, fields, "right"),
    ...(chosen.length === 0 ? {} : { choices: Object.fromEntries(chosen) }),
    ...(asked.length === 0 ? {} : { asked }),
  };
}

function observedOf(observed: Observed, fields: readonly MappedField[], side: Side): Observed {
  const keys = fields.flatMap((field) => keysOf(field, side));
  const values: Record<string, Value> = {};
  for (const key of keys) {
    const value = observed.fields[key];
    if (value !== undefined) values[key] = value;
  }
  const folded = observed.folded?.filter((key) => keys.includes(key)) ?? [];
  const isTimed = observed.changedAt !== undefined && fields.some(({ conflict }) => conflict === "newest");
  return {
    fields: values,
    ...(folded.length === 0 ? {} : { folded }),
    ...(isTimed ? { changedAt: observed.changedAt } : {}),
  };
}

/** The keys of a side that a mapped field is decided from. */
function keysOf(field: MappedField, side: Side): readonly string[] {
  return field.reads[side];
}

/** The fields of a mapping, by id; for those who go from decisions back to their rows. */
export function fieldsById(mapping: Mapping): ReadonlyMap<string, MappedField> {
  return new Map(mapping.fields.map((field) => [field.id, field]));
}
