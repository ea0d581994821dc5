import { type Checks, customFields, flag, number, oneOf, requiredText, text, texts } from "./check.ts";
import type { CustomValue } from "./contact.ts";
import { storable } from "./customFields.ts";
import { refuseUnknown } from "./followerRoutes.ts";
import { OPPORTUNITY_STATUSES, type OpportunityFields, type StoredOpportunity } from "./opportunities.ts";
import type { StoredPipeline } from "./pipelines.ts";
import type { Place } from "./place.ts";
import { missing } from "./rows.ts";

/** The state of an opportunity in a body. */
export const status = oneOf(OPPORTUNITY_STATUSES);

const WRITABLE: Checks = {
  name: requiredText,
  pipelineId: requiredText,
  pipelineStageId: text,
  status,
  monetaryValue: number,
  assignedTo: text,
  customFields,
};

const V3_ONLY: Checks = { forecastExpectedCloseDate: text, forecastProbability: number };

/** The properties of each kind of body, by generation. */
export function opportunityChecks(kind: "create" | "update" | "upsert", isV3: boolean): Checks {
  const writable = { ...WRITABLE, ...(isV3 ? V3_ONLY : {}) };
  switch (kind) {
    case "create":
      return { ...writable, locationId: requiredText, contactId: requiredText };
    case "update":
      return writable;
    case "upsert":
      return { ...writable, ...UPSERT };
    default:
      return kind satisfies never;
  }
}

const UPSERT: Checks = {
  id: text,
  locationId: requiredText,
  contactId: text,
  followers: texts,
  isRemoveAllFollowers: flag,
  followersActionType: oneOf(["add", "remove"]),
  lostReasonId: text,
};

/** A body whose properties have been checked. */
type Given = Readonly<Record<string, unknown>>;

/** A new opportunity: in the first step and open, as far as the body says nothing else. */
export function fieldsFrom(given: Given, place: Place): OpportunityFields {
  const pipeline = pipelineOf(String(given.pipelineId), place);
  const blank: OpportunityFields = {
    name: "",
    pipelineId: pipeline.id,
    pipelineStageId: pipeline.stages[0]?.id ?? "",
    status: "open",
    monetaryValue: 0,
    assignedTo: null,
    customFields: [],
    followers: [],
    lostReasonId: null,
    source: null,
    forecastExpectedCloseDate: null,
    forecastProbability: null,
  };
  return { ...blank, ...changeFrom(given, blank, place) };
}

/** What a checked body changes. @throws Refusal for a pipeline, step or user that is not there. */
export function changeFrom(
  given: Given,
  current: OpportunityFields | StoredOpportunity,
  place: Place,
): Partial<OpportunityFields> {
  if (given.assignedTo) refuseUnknown([String(given.assignedTo)], place);
  return {
    ...stepFrom(given, current, place),
    ...("name" in given && { name: String(given.name) }),
    ...("status" in given && { status: String(given.status) }),
    ...("monetaryValue" in given && { monetaryValue: Number(given.monetaryValue ?? 0) }),
    ...("assignedTo" in given && { assignedTo: textOrNull(given.assignedTo) }),
    ...(given.lostReasonId ? { lostReasonId: lostReasonOf(String(given.lostReasonId), place) } : {}),
    ...(Array.isArray(given.customFields) && { customFields: merged(given.customFields, current, place) }),
    ...("forecastExpectedCloseDate" in given && {
      forecastExpectedCloseDate: textOrNull(given.forecastExpectedCloseDate),
    }),
    ...(typeof given.forecastProbability === "number" && { forecastProbability: given.forecastProbability }),
  };
}

/** A step must be one of its pipeline; another pipeline without a step begins at its first. */
function stepFrom(given: Given, current: OpportunityFields, place: Place): Partial<OpportunityFields> {
  if (given.pipelineId === undefined && !given.pipelineStageId) return {};
  const pipeline = pipelineOf(String(given.pipelineId ?? current.pipelineId), place);
  const isSame = pipeline.id === current.pipelineId;
  const first = isSame ? current.pipelineStageId : pipeline.stages[0]?.id;
  const pipelineStageId = String(given.pipelineStageId || first);
  if (!pipeline.stages.some(({ id }) => id === pipelineStageId)) {
    throw place.refusals.bad(`The pipeline stage id ${pipelineStageId} is invalid`);
  }
  return { pipelineId: pipeline.id, pipelineStageId };
}

function pipelineOf(id: string, { pipelines, refusals }: Place): StoredPipeline {
  const pipeline = pipelines.pipelines.get(id);
  if (pipeline === undefined) throw refusals.bad(`The pipeline id ${id} is invalid`);
  return pipeline;
}

/** A reason for losing. @throws Refusal when the location has none such. */
export function lostReasonOf(id: string, place: Place): string {
  if (place.pipelines.lostReasons.get(id) === undefined) throw missing(place, "Lost reason", id);
  return id;
}

function textOrNull(value: unknown): string | null {
  return value ? String(value) : null;
}

function merged(sent: readonly unknown[], { customFields: current }: OpportunityFields, place: Place): CustomValue[] {
  const values = new Map(current.map(({ id, value }) => [id, value]));
  for (const item of sent) {
    const given: Given = typeof item === "object" && item !== null ? { ...item } : {};
    const name = String(given.id ?? given.key ?? "");
    const field = place.fields.find(`opportunity.${name}`) ?? place.fields.find(name);
    if (field === undefined) {
      if (place.quirks().unknownCustomField === "reject") throw place.refusals.bad(`Custom field ${name} not found`);
      continue;
    }
    const value = storable(field, given.field_value === undefined ? given.fieldValue : given.field_value);
    if (value === undefined) values.delete(field.id);
    else values.set(field.id, value);
  }
  return [...values].map(([id, value]) => ({ id, value }));
}
