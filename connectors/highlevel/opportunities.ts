import {
  type CreateAnswer,
  type ErrorAnswer,
  type ListPage,
  type ListQuery,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields } from "../../model/value.ts";
import { about, goneAs, parentOf } from "./calls.ts";
import {
  DuplicateRefusal,
  isNamed,
  isSteppable,
  OPPORTUNITY_CATALOGUE,
  OpportunitiesAnswer,
  type Opportunity,
  OpportunityAnswer,
  opportunityCreateBody,
  opportunitySnapshot,
  opportunityUpdateBody,
} from "./opportunity.ts";
import { type Pipeline, pipelinesKnowing } from "./pipelines.ts";
import { RECORD_PAGE_LIMIT } from "./quirks.ts";
import type { Settings } from "./settings.ts";

type HighLevel = Session<Settings>;

/**
 * The opportunities of a location's contacts. Their search filters by contact but not by time of change, so a listing
 * since a time reads all of them and passes over what did not change.
 */
export const opportunities: ResourceAdapter<Settings> = {
  parent: "contact",
  describe: async () => OPPORTUNITY_CATALOGUE,
  // Rows come from a search that lags, so they are hints.
  listing: ({ searchLagMs, pollOverlapMs }) => ({ isComplete: false, lagMs: searchLagMs, overlapMs: pollOverlapMs }),
  list,
  read,
  create,
  update,
  delete: async (session, externalId) => {
    const doing = `delete opportunity ${externalId}`;
    const request = { method: "DELETE", path: path`/opportunities/${externalId}`, doing } as const;
    await goneAs(undefined, () => session.http.request(request));
  },
  find: async () => [],
};

async function list(session: HighLevel, query: ListQuery): Promise<ListPage> {
  const doing = "list the opportunities of the location";
  const answer = await session.http.request({
    method: "GET",
    path: "/opportunities/search",
    query: searchQuery(session.settings, query),
    doing,
  });
  const { opportunities: rows, meta } = readAnswer(OpportunitiesAnswer, answer, about(doing));
  const known = await pipelinesKnowing(session, (all) => rows.every((row) => isNamed(row, all)));
  const records = rows.flatMap((row) => opportunitySnapshot(row, known) ?? []);
  const { startAfterId, startAfter } = meta ?? {};
  const hasNext = rows.length >= RECORD_PAGE_LIMIT && startAfterId;
  return {
    records: records.filter((record) => isWanted(record, query)),
    ...(hasNext && { next: JSON.stringify([String(startAfter ?? ""), String(startAfterId)]) }),
  };
}

/** The dated versions spell the names of this query with underscores, v3 does not. */
function searchQuery({ apiVersion, locationId }: Settings, { parentId, cursor }: ListQuery): Record<string, string> {
  const [startAfter, startAfterId] = cursor === undefined ? [] : positionIn(cursor);
  const isV3 = apiVersion === "v3";
  return {
    [isV3 ? "locationId" : "location_id"]: locationId,
    ...(parentId !== undefined && { [isV3 ? "contactId" : "contact_id"]: parentId }),
    limit: String(RECORD_PAGE_LIMIT),
    ...(startAfterId !== undefined && { startAfter: startAfter ?? "", startAfterId }),
  };
}

function positionIn(cursor: string): readonly string[] {
  const parsed: unknown = JSON.parse(cursor);
  if (Array.isArray(parsed) && parsed.every((part) => typeof part === "string")) return parsed;
  throw new Failure("bug", "The stored position in HighLevel's opportunities cannot be read; start the listing again.");
}

/** What tells no time of change may have changed. The filter by contact is not taken at its word. */
function isWanted({ version, parentId }: Snapshot, query: ListQuery): boolean {
  if (query.parentId !== undefined) return parentId === query.parentId;
  return query.since === undefined || version === undefined || Number(version) >= query.since;
}

async function read(session: HighLevel, externalId: string): Promise<Snapshot | "gone"> {
  const doing = `read opportunity ${externalId}`;
  const request = { method: "GET", path: path`/opportunities/${externalId}`, doing } as const;
  const answer = await goneAs("gone" as const, () => session.http.request(request));
  if (answer === "gone") return "gone";
  return (await snapshotIn(session, readAnswer(OpportunityAnswer, answer, about(doing)).opportunity)) ?? "gone";
}

/** Once HighLevel has named the opportunity nothing more is asked, since a failure then would hide that it was made. */
async function create(session: HighLevel, fields: Fields, parentId?: string): Promise<CreateAnswer> {
  const doing = "create an opportunity";
  const known = await pipelinesKnowing(session, (all) => isSteppable(fields, {}, all));
  const json = opportunityCreateBody(fields, parentOf(parentId, doing), known, session.settings);
  if (json === undefined) throw noPipeline(doing);
  const request = { method: "POST", path: "/opportunities/", json, isExpected: isDuplicate, doing } as const;
  const answer = await session.http.request(request);
  if (answer.status >= 400) {
    return { kind: "found", externalId: readAnswer(DuplicateRefusal, answer, about(doing)).meta.existingId };
  }
  const { opportunity } = readAnswer(OpportunityAnswer, answer, { ...about(doing), isWrite: true });
  const snapshot = isNamed(opportunity, known) ? opportunitySnapshot(opportunity, known) : undefined;
  return { kind: "created", externalId: opportunity.id, ...(snapshot !== undefined && { snapshot }) };
}

/** A location may allow a contact one opportunity in each pipeline only. */
function isDuplicate({ status, body }: ErrorAnswer): boolean {
  return status === 400 && DuplicateRefusal.safeParse(body).success;
}

async function update(
  session: HighLevel,
  externalId: string,
  changes: Changes,
  known: Fields,
): Promise<Snapshot | undefined> {
  const doing = `update opportunity ${externalId}`;
  const next = applyChanges(known, changes);
  const wanted = Object.fromEntries(Object.keys(changes).map((key) => [key, next[key] ?? ""]));
  const all = await pipelinesKnowing(session, (some) => isSteppable(wanted, known, some));
  const json = opportunityUpdateBody(changes, known, all);
  if (Object.keys(json).length === 0) return stateOf(session, externalId);
  const answer = await session.http.request({ method: "PUT", path: path`/opportunities/${externalId}`, json, doing });
  return snapshotIn(session, readAnswer(OpportunityAnswer, answer, { ...about(doing), isWrite: true }).opportunity);
}

/** What is there, where an update had nothing to send. @throws Failure `not_found` */
async function stateOf(session: HighLevel, externalId: string): Promise<Snapshot> {
  const found = await read(session, externalId);
  if (found !== "gone") return found;
  throw new Failure("not_found", `Opportunity ${externalId} was deleted at HighLevel during its update.`);
}

async function snapshotIn(session: HighLevel, opportunity: Opportunity): Promise<Snapshot | undefined> {
  const known: readonly Pipeline[] = await pipelinesKnowing(session, (all) => isNamed(opportunity, all));
  return opportunitySnapshot(opportunity, known);
}

function noPipeline(doing: string): Failure {
  return new Failure(
    "misconfigured",
    `Could not ${doing} at HighLevel: the location has no pipeline. Make one under Opportunities > Pipelines.`,
  );
}
