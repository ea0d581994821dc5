import { opaqueId } from "../random.ts";
import type { CustomValue } from "./contact.ts";
import { createDrawer, type Drawer } from "./drawer.ts";
import type { Stand } from "./place.ts";

/** The states of an opportunity. */
export const OPPORTUNITY_STATUSES = ["open", "won", "lost", "abandoned"] as const;

/** What a write can set of an opportunity. */
export type OpportunityFields = {
  readonly name: string;
  readonly pipelineId: string;
  readonly pipelineStageId: string;
  readonly status: string;
  readonly monetaryValue: number;
  readonly assignedTo: string | null;
  readonly customFields: readonly CustomValue[];
  readonly followers: readonly string[];
  readonly lostReasonId: string | null;
  readonly source: string | null;
  /** The forecast, which only v3 knows: a date as it was sent, and a share from 0 to 100. */
  readonly forecastExpectedCloseDate: string | null;
  readonly forecastProbability: number | null;
};

/** An opportunity as it is stored. Times are epoch milliseconds. */
export type StoredOpportunity = OpportunityFields & {
  readonly id: string;
  readonly contactId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly statusChangedAt: number;
  readonly stageChangedAt: number;
};

/** The opportunities of one location. Every change sends its events. */
export type Opportunities = Pick<Drawer<StoredOpportunity>, "get" | "earlier" | "all" | "clear"> & {
  /** All as the search shows them, which lags behind writes. */
  readonly searched: () => StoredOpportunity[];
  readonly create: (contactId: string, fields: OpportunityFields) => StoredOpportunity;
  readonly change: (old: StoredOpportunity, change: Partial<OpportunityFields>) => StoredOpportunity;
  readonly remove: (old: StoredOpportunity) => void;
  /** All of one contact become another's. Nobody is told. */
  readonly handOver: (fromId: string, toId: string) => void;
};

/** Makes a location's opportunities: none at first. */
export function createOpportunities({ now, random, tell, quirks }: Stand): Opportunities {
  const drawer = createDrawer<StoredOpportunity>(() => [], now);
  const announce = (type: string, opportunity: StoredOpportunity) =>
    tell(type, eventFields(opportunity), opportunity.contactId);

  return {
    get: drawer.get,
    earlier: drawer.earlier,
    all: drawer.all,
    clear: drawer.clear,
    searched: () => drawer.searched(quirks().searchLagMs),
    create: (contactId, fields) => {
      const at = now();
      const times = { createdAt: at, updatedAt: at, statusChangedAt: at, stageChangedAt: at };
      const opportunity = drawer.put({ ...fields, ...times, id: opaqueId(random, 20), contactId });
      announce("OpportunityCreate", opportunity);
      return opportunity;
    },
    change: (old, change) => {
      const moved = movedIn(old, change);
      const at = now();
      const opportunity = drawer.put({
        ...old,
        ...change,
        updatedAt: at,
        ...(moved.includes("status") && { statusChangedAt: at }),
        ...(moved.includes("pipelineStageId") && { stageChangedAt: at }),
      });
      for (const type of eventTypes(moved, quirks().opportunityUpdateBeside)) announce(type, opportunity);
      return opportunity;
    },
    remove: (old) => {
      drawer.remove(old.id);
      announce("OpportunityDelete", old);
    },
    handOver: (fromId, toId) => {
      for (const one of drawer.all()) if (one.contactId === fromId) drawer.put({ ...one, contactId: toId });
    },
  };
}

function movedIn(old: StoredOpportunity, change: Partial<OpportunityFields>): string[] {
  const stored: Readonly<Record<string, unknown>> = old;
  return Object.entries(change).flatMap(([name, value]) =>
    JSON.stringify(value) === JSON.stringify(stored[name]) ? [] : [name],
  );
}

/** The events of their own that single fields have, besides OpportunityUpdate. */
const EVENTS_OF_FIELDS: Readonly<Record<string, string>> = {
  pipelineStageId: "OpportunityStageUpdate",
  status: "OpportunityStatusUpdate",
  monetaryValue: "OpportunityMonetaryValueUpdate",
  assignedTo: "OpportunityAssignedToUpdate",
};

/** A change sends OpportunityUpdate and one more for each field that has its own; followers alone send nothing. */
function eventTypes(moved: readonly string[], isBeside: boolean): string[] {
  const loud = moved.filter((name) => name !== "followers");
  const own = loud.flatMap((name) => EVENTS_OF_FIELDS[name] ?? []);
  const needsUpdate = isBeside ? loud.length > 0 : own.length < loud.length;
  return [...(needsUpdate ? ["OpportunityUpdate"] : []), ...own];
}

function eventFields(opportunity: StoredOpportunity) {
  const { id, assignedTo, contactId, monetaryValue, name, pipelineId, pipelineStageId, source, status } = opportunity;
  const dateAdded = new Date(opportunity.createdAt).toISOString();
  return { id, assignedTo, contactId, monetaryValue, name, pipelineId, pipelineStageId, source, status, dateAdded };
}
