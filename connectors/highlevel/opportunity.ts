import { z } from "zod";
import type { FieldDefinition } from "../../model/field.ts";
import { OPPORTUNITY_STATUSES } from "../../model/opportunity.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, EMPTY, type Fields, isEmpty, type Value } from "../../model/value.ts";
import { named, type Pipeline } from "./pipelines.ts";
import type { Settings } from "./settings.ts";
import { textOf, versionOf } from "./values.ts";

/** An opportunity between HighLevel's JSON and model form. Pure. */

const Text = z.union([z.string(), z.number(), z.boolean()]).nullish();

/** An opportunity in any answer. Source: the published API description (opportunities). */
export const Opportunity = z.object({
  id: z.string().min(1),
  name: Text,
  monetaryValue: Text,
  pipelineId: Text,
  pipelineStageId: Text,
  status: Text,
  source: Text,
  contactId: Text,
  updatedAt: z.union([z.string(), z.number()]).nullish(),
});
export type Opportunity = z.infer<typeof Opportunity>;

export const OpportunityAnswer = z.object({ opportunity: Opportunity });

export const OpportunitiesAnswer = z.object({
  opportunities: z.array(Opportunity),
  meta: z.object({ startAfterId: Text, startAfter: Text, total: z.number().nullish() }).nullish(),
});

/** The refusal of a second opportunity of a contact in one pipeline. */
export const DuplicateRefusal = z.object({ meta: z.object({ existingId: z.string().min(1) }) });

const field = (key: string, label: string, type: FieldDefinition["type"], isWritable = true): FieldDefinition => ({
  ...{ key, label, type, isWritable, standard: key },
});

/**
 * The fields of an opportunity. Pipeline and stage take any name: one that the location does not have is left as it was,
 * which the hub sees and tells. Owner, followers and custom fields are HighLevel's own and stay as they are.
 */
export const OPPORTUNITY_CATALOGUE: readonly FieldDefinition[] = [
  field("name", "Name", "text"),
  field("pipeline", "Pipeline", "option"),
  field("stage", "Stage", "option"),
  { ...field("status", "Status", "option"), options: [...OPPORTUNITY_STATUSES] },
  field("value", "Value", "number"),
  field("source", "Source", "text", false),
];

/** Whether these pipelines name all that the opportunity is in. */
export function isNamed({ pipelineId, pipelineStageId }: Opportunity, known: readonly Pipeline[]): boolean {
  const pipeline = known.find(({ id }) => id === pipelineId);
  if (!pipelineId) return true;
  return pipeline !== undefined && (!pipelineStageId || pipeline.stages.some(({ id }) => id === pipelineStageId));
}

/**
 * An opportunity in model form.
 * @returns `undefined` for one of no contact, which the hub could not say whose it is
 */
export function opportunitySnapshot(opportunity: Opportunity, known: readonly Pipeline[]): Snapshot | undefined {
  const parentId = textOf(opportunity.contactId);
  if (parentId === EMPTY) return undefined;
  const pipeline = known.find(({ id }) => id === opportunity.pipelineId);
  const stage = pipeline?.stages.find(({ id }) => id === opportunity.pipelineStageId);
  const version = versionOf(opportunity.updatedAt);
  return {
    externalId: opportunity.id,
    parentId,
    fields: {
      name: textOf(opportunity.name),
      pipeline: pipeline?.name.trim() ?? textOf(opportunity.pipelineId),
      stage: stage?.name.trim() ?? textOf(opportunity.pipelineStageId),
      status: textOf(opportunity.status),
      value: worthOf(opportunity.monetaryValue),
      source: textOf(opportunity.source),
    },
    ...(version !== undefined && { version }),
  };
}

/** HighLevel shows 0 where nothing was ever set. */
function worthOf(value: unknown): Value {
  const text = textOf(value);
  const number = Number(text);
  if (text === EMPTY || number === 0) return EMPTY;
  return Number.isNaN(number) ? text : number;
}

/**
 * The body of a create. HighLevel takes none without a pipeline: where the one wanted is not there, it begins in the first
 * of the location.
 * @returns `undefined` when the location has no pipeline at all
 */
export function opportunityCreateBody(
  fields: Fields,
  contactId: string,
  known: readonly Pipeline[],
  { locationId }: Settings,
): Record<string, unknown> | undefined {
  const pipeline = named(known, textOf(fields.pipeline)) ?? known[0];
  if (pipeline === undefined) return undefined;
  const stage = named(pipeline.stages, textOf(fields.stage));
  return {
    pipelineId: pipeline.id,
    ...(stage !== undefined && { pipelineStageId: stage.id }),
    name: textOf(fields.name),
    status: textOf(fields.status).toLowerCase() || "open",
    ...(!isEmpty(fields.value ?? EMPTY) && { monetaryValue: Number(fields.value) }),
    contactId,
    locationId,
  };
}

/**
 * The body of an update: what changed, as far as the location has it. Another pipeline takes the stage along, by name.
 * @returns an empty body when nothing is left to send
 */
export function opportunityUpdateBody(
  changes: Changes,
  known: Fields,
  all: readonly Pipeline[],
): Record<string, unknown> {
  const next = applyChanges(known, changes);
  const body: Record<string, unknown> = stepBody(changes, known, next, all);
  if (changes.name !== undefined && !isEmpty(next.name ?? EMPTY)) body.name = textOf(next.name);
  if (changes.status !== undefined && !isEmpty(next.status ?? EMPTY)) body.status = textOf(next.status).toLowerCase();
  if (changes.value !== undefined) body.monetaryValue = isEmpty(next.value ?? EMPTY) ? 0 : Number(next.value);
  return body;
}

function stepBody(changes: Changes, known: Fields, next: Fields, all: readonly Pipeline[]): Record<string, unknown> {
  if (changes.pipeline === undefined && changes.stage === undefined) return {};
  const current = named(all, textOf(known.pipeline));
  const pipeline = named(all, textOf(next.pipeline)) ?? current;
  const isOther = pipeline?.id !== current?.id;
  const stage = named(pipeline?.stages ?? [], textOf(next.stage));
  return {
    ...(isOther && { pipelineId: pipeline?.id }),
    ...(stage !== undefined && (isOther || changes.stage !== undefined) && { pipelineStageId: stage.id }),
  };
}

/** Whether these pipelines have the pipeline and the stage that a write asks for. */
export function isSteppable(changes: Fields, known: Fields, all: readonly Pipeline[]): boolean {
  const pipeline = named(all, textOf(changes.pipeline ?? known.pipeline));
  if (changes.pipeline !== undefined && pipeline === undefined) return false;
  return changes.stage === undefined || named(pipeline?.stages ?? [], textOf(changes.stage)) !== undefined;
}
