import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Change, type Changes, EMPTY, type Fields, isEmpty } from "../../model/value.ts";
import type { Pipeline } from "./pipelines.ts";
import { type RecordFormat, recordFormat, type StandardField } from "./record.ts";

/** A deal, which is an opportunity to the hub, between Salesmate's JSON and model form. Pure. */

const STANDARD: readonly StandardField[] = [
  { key: "name", wire: "title", label: "Title", type: "text" },
  { key: "pipeline", wire: "pipeline", label: "Pipeline", type: "option" },
  { key: "stage", wire: "stage", label: "Stage", type: "option" },
  { key: "status", wire: "status", label: "Status", type: "option" },
  { key: "value", wire: "dealValue", label: "Deal value", type: "number" },
  { key: "source", wire: "source", label: "Source", type: "text" },
];

/** The states of a deal. Source: contract of the v4 API; one source writes Close for Won. */
export const DEAL_STATUSES = ["Open", "Won", "Lost"] as const;

const PLAIN = recordFormat({
  prefix: "deal",
  standard: STANDARD,
  parent: "primaryContact",
  demanded: [
    {
      wire: "title",
      key: "name",
      otherwise: ({ titlePlaceholder }: { readonly titlePlaceholder: string }) => titlePlaceholder,
    },
    { wire: "pipeline", key: "pipeline" },
    { wire: "stage", key: "stage" },
    { wire: "status", key: "status" },
  ],
});

/**
 * The ways between a deal's JSON and model form. Pipeline and stage take any name: one that the account does not have is
 * left as it was, which the hub sees and tells.
 */
export const DEAL: RecordFormat = {
  ...PLAIN,
  describe: (custom) =>
    PLAIN.describe(custom).map((field): FieldDefinition => (field.key === "status" ? withStates(field) : field)),
  snapshotsOf: (custom, settings) => {
    const plain = PLAIN.snapshotsOf(custom, settings);
    return (row, sighting) => {
      const snapshot = plain(row, sighting);
      return snapshot && asOpportunity(snapshot);
    };
  },
};

function withStates(field: FieldDefinition): FieldDefinition {
  return { ...field, options: [...DEAL_STATUSES] };
}

/** No value and 0 are the same, since HighLevel does not tell them apart. */
function asOpportunity(snapshot: Snapshot): Snapshot {
  const { value, status } = snapshot.fields;
  const isNothing = value === 0;
  const isWon = typeof status === "string" && /^closed?$/i.test(status);
  if (!isNothing && !isWon) return snapshot;
  return {
    ...snapshot,
    fields: { ...snapshot.fields, ...(isNothing && { value: EMPTY }), ...(isWon && { status: "Won" }) },
  };
}

/** What a create is sent of these fields: a deal without pipeline, stage or state begins in the first of each. */
export function steppedFields(fields: Fields, known: readonly Pipeline[]): Fields {
  const pipeline = named(known, fields.pipeline) ?? known[0];
  if (pipeline === undefined) return { status: "Open", ...fields };
  const stage = spelled(pipeline.stages, fields.stage) ?? pipeline.stages[0] ?? EMPTY;
  return { status: "Open", ...fields, pipeline: pipeline.name, stage };
}

/**
 * What an update is sent of these changes: pipeline and stage as far as the account has them, in its own letters. Another
 * pipeline takes the stage along, by name, or begins with its first.
 */
export function steppedChanges(changes: Changes, before: Fields, known: readonly Pipeline[]): Changes {
  if ((changes.pipeline === undefined && changes.stage === undefined) || known.length === 0) return changes;
  const { pipeline: _pipeline, stage: _stage, ...others } = changes;
  const next = applyChanges(before, changes);
  const current = named(known, before.pipeline);
  const pipeline = named(known, next.pipeline) ?? current;
  if (pipeline === undefined) return others;
  const isOther = pipeline !== current;
  const stage = spelled(pipeline.stages, next.stage) ?? (isOther ? pipeline.stages[0] : undefined);
  return {
    ...others,
    ...(isOther && { pipeline: set(pipeline.name) }),
    ...(stage !== undefined && stage !== before.stage && { stage: set(stage) }),
  };
}

/** Whether these pipelines have the pipeline and the stage that a write asks for. */
export function isSteppable(wanted: Fields, before: Fields, known: readonly Pipeline[]): boolean {
  const pipeline = named(known, wanted.pipeline ?? before.pipeline);
  if (!isEmpty(wanted.pipeline ?? EMPTY) && pipeline === undefined) return false;
  return isEmpty(wanted.stage ?? EMPTY) || spelled(pipeline?.stages ?? [], wanted.stage) !== undefined;
}

function set(value: string): Change {
  return { kind: "set", value };
}

function named(known: readonly Pipeline[], name: unknown): Pipeline | undefined {
  return known.find((pipeline) => isSame(pipeline.name, name));
}

/** A stage as the account writes it. */
function spelled(stages: readonly string[], name: unknown): string | undefined {
  return stages.find((stage) => isSame(stage, name));
}

function isSame(one: string, other: unknown): boolean {
  return typeof other === "string" && one.toLowerCase() === other.trim().toLowerCase();
}
