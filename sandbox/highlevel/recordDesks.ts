import type { DeskRecord, RecordDesk, RecordDesks, RecordFields } from "../control/records.ts";
import { BUSINESS_TEXTS, type BusinessText, type StoredBusiness } from "./businesses.ts";
import { PERSON as ORIGIN } from "./desk.ts";
import type { StoredOpportunity } from "./opportunities.ts";
import { changeFrom, fieldsFrom } from "./opportunityWrite.ts";
import type { Place } from "./place.ts";
import { missing } from "./rows.ts";
import type { Tag } from "./tags.ts";

/** A person at the product's own screen, with what the location keeps beside contacts. */
export function createRecordDesks(place: Place): RecordDesks {
  return { businesses: businessDesk(place), opportunities: opportunityDesk(place), tags: tagDesk(place) };
}

const PERSON = { id: ORIGIN.sourceId, type: ORIGIN.source };

/** Friendly names that are spelled differently in the product. */
const WIRE_NAMES: Readonly<Record<string, string>> = { addressLine1: "address" };

function businessDesk({ businesses, refusals }: Place): RecordDesk {
  const textsIn = (fields: RecordFields): Partial<Record<BusinessText, string | null>> => {
    const entries = Object.entries(fields).map(([name, value]) => [WIRE_NAMES[name] ?? name, value || null] as const);
    const strange = entries.find(([name]) => !BUSINESS_TEXTS.some((known) => known === name));
    if (strange !== undefined) throw refusals.invalid([`property ${strange[0]} should not exist`]);
    return Object.fromEntries(entries);
  };
  return {
    list: () => businesses.all().map(shownBusiness),
    create: (fields) => {
      if (!fields.name) throw refusals.invalid(["name should not be empty"]);
      return shownBusiness(businesses.create(textsIn(fields), PERSON));
    },
    edit: (id, fields) => shownBusiness(businesses.change(id, textsIn(fields), PERSON)),
    remove: businesses.remove,
  };
}

function shownBusiness(business: StoredBusiness): DeskRecord {
  const fields = BUSINESS_TEXTS.map((name) => [name === "address" ? "addressLine1" : name, business[name] ?? ""]);
  return { id: business.id, fields: Object.fromEntries(fields) };
}

function opportunityDesk(place: Place): RecordDesk {
  const { opportunities, pipelines, refusals } = place;
  const all = () => pipelines.pipelines.all();

  const givenIn = ({ contactId: _contact, ...fields }: RecordFields, current?: StoredOpportunity) => {
    const { name, pipeline, stage, status, value, ...strange } = fields;
    const [unknown] = Object.keys(strange);
    if (unknown !== undefined) throw refusals.invalid([`property ${unknown} should not exist`]);
    const chosen = pipeline === undefined ? all().find(({ id }) => id === current?.pipelineId) : named(all(), pipeline);
    const step = stage === undefined ? undefined : named(chosen?.stages ?? [], stage);
    if ((pipeline !== undefined && !chosen) || (stage !== undefined && !step)) {
      throw refusals.invalid(["the pipeline or its stage is not there"]);
    }
    return {
      ...(name !== undefined && { name }),
      ...(pipeline !== undefined && { pipelineId: chosen?.id }),
      ...(step !== undefined && { pipelineStageId: step.id }),
      ...(status !== undefined && { status }),
      ...(value !== undefined && { monetaryValue: Number(value) }),
    };
  };

  const demand = (id: string): StoredOpportunity => {
    const found = opportunities.get(id);
    if (found === undefined) throw missing(place, "Opportunity", id);
    return found;
  };

  const shown = ({ id, contactId, name, pipelineId, pipelineStageId, status, monetaryValue }: StoredOpportunity) => {
    const pipeline = all().find((known) => known.id === pipelineId);
    const stage = pipeline?.stages.find((known) => known.id === pipelineStageId);
    const where = { pipeline: pipeline?.name ?? "", stage: stage?.name ?? "" };
    return { id, fields: { contactId, name, ...where, status, value: String(monetaryValue) } };
  };

  return {
    list: () => opportunities.all().map(shown),
    create: (fields) => {
      const contact = place.writer.demand(fields.contactId ?? "");
      const given = { pipelineId: all()[0]?.id, status: "open", name: "", ...givenIn(fields) };
      return shown(opportunities.create(contact.id, fieldsFrom(given, place)));
    },
    edit: (id, fields) => {
      const old = demand(id);
      return shown(opportunities.change(old, changeFrom(givenIn(fields, old), old, place)));
    },
    remove: (id) => opportunities.remove(demand(id)),
  };
}

function tagDesk(place: Place): RecordDesk {
  const { tags } = place;
  const shown = ({ id, name }: Tag) => ({ id, fields: { name } });
  const demand = (id: string): Tag => {
    const found = tags.get(id);
    if (found === undefined) throw missing(place, "Tag", id);
    return found;
  };
  const nameIn = ({ name = "" }: RecordFields): string => {
    const wanted = name.trim().toLowerCase();
    if (wanted === "" || tags.find(wanted)) throw place.refusals.invalid(["name should be one that no tag has"]);
    return wanted;
  };
  return {
    list: () => tags.all().map(shown),
    create: (fields) => shown(tags.add(nameIn(fields))),
    edit: (id, fields) => shown(tags.rename(demand(id), nameIn(fields), ORIGIN)),
    remove: (id) => tags.remove(demand(id), ORIGIN),
  };
}

function named<Item extends { readonly name: string }>(items: readonly Item[], name: string): Item | undefined {
  return items.find((item) => item.name === name);
}
