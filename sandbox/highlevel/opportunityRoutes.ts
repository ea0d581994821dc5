import { countText, flag, flagText, requiredText, requiredTexts, text } from "./check.ts";
import { pageOf } from "./drawer.ts";
import { namedIn, refuseUnknown } from "./followerRoutes.ts";
import type { StoredOpportunity } from "./opportunities.ts";
import { shownOpportunity } from "./opportunityPresent.ts";
import { listOpportunities, searchOpportunities } from "./opportunitySearch.ts";
import { changeFrom, fieldsFrom, lostReasonOf, opportunityChecks, status } from "./opportunityWrite.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, queryOf, type Row } from "./rows.ts";

/** Section 2.7 of the contract sheet. */
export const OPPORTUNITY_OPERATIONS: readonly Row[] = [
  ["GET", "/opportunities/search", "opportunities.readonly", listOpportunities],
  ["POST", "/opportunities/search", "opportunities.readonly", searchOpportunities],
  ["GET", "/opportunities/pipelines", "opportunities.readonly", listPipelines],
  ["GET", "/opportunities/lost-reason", "opportunities.readonly", listLostReasons],
  ["POST", "/opportunities/", "opportunities.write", createOpportunity],
  ["POST", "/opportunities/upsert", "opportunities.write", upsertOpportunity],
  ["GET", "/opportunities/:opportunityId", "opportunities.readonly", readOpportunity],
  ["PUT", "/opportunities/:opportunityId", "opportunities.write", updateOpportunity],
  ["DELETE", "/opportunities/:opportunityId", "opportunities.write", deleteOpportunity],
  ["PUT", "/opportunities/:opportunityId/status", "opportunities.write", updateStatus],
  ["POST", "/opportunities/:opportunityId/followers", "opportunities.write", addFollowers],
  ["DELETE", "/opportunities/:opportunityId/followers", "opportunities.write", removeFollowers],
];

function createOpportunity(visit: Visit, place: Place): Answer {
  const required = ["pipelineId", "locationId", "name", "status", "contactId"];
  const given = bodyOf(visit, place, opportunityChecks("create", visit.isV3), required);
  const contact = place.writer.demand(String(given.contactId));
  const fields = fieldsFrom(given, place);
  const existing = duplicateOf(contact.id, fields.pipelineId, place);
  if (existing !== undefined && !place.quirks().allowDuplicateOpportunity) {
    throw place.refusals.bad("Can not create duplicate opportunity for the contact.", {
      code: "OPPORTUNITY_NO_DUPLICATE",
      meta: { existingId: existing.id },
      error: "Bad Request",
    });
  }
  return wrapped(place.opportunities.create(contact.id, fields), visit, place, 201);
}

function duplicateOf(contactId: string, pipelineId: string, { opportunities }: Place): StoredOpportunity | undefined {
  return opportunities.all().find((other) => other.contactId === contactId && other.pipelineId === pipelineId);
}

function readOpportunity(visit: Visit, place: Place): Answer {
  return wrapped(demand(visit, place), visit, place);
}

function updateOpportunity(visit: Visit, place: Place): Answer {
  const opportunity = demand(visit, place);
  const given = bodyOf(visit, place, opportunityChecks("update", visit.isV3));
  return wrapped(place.opportunities.change(opportunity, changeFrom(given, opportunity, place)), visit, place);
}

function deleteOpportunity(visit: Visit, place: Place): Answer {
  place.opportunities.remove(demand(visit, place));
  return { body: done(visit) };
}

function updateStatus(visit: Visit, place: Place): Answer {
  const opportunity = demand(visit, place);
  const given = bodyOf(visit, place, { status, lostReasonId: text }, ["status"]);
  place.opportunities.change(opportunity, {
    status: String(given.status),
    ...(given.lostReasonId ? { lostReasonId: lostReasonOf(String(given.lostReasonId), place) } : {}),
  });
  return { body: done(visit) };
}

const UPSERT_REQUIRED = ["pipelineId", "locationId"];
const FOLLOWER_PARTS = ["followers", "isRemoveAllFollowers", "followersActionType"];

/** Found by id, or else by its contact within the pipeline; made where there is none. */
function upsertOpportunity(visit: Visit, place: Place): Answer {
  const required = [...UPSERT_REQUIRED, ...(place.quirks().upsertDemandsFollowers ? FOLLOWER_PARTS : [])];
  const given = bodyOf(visit, place, opportunityChecks("upsert", visit.isV3), required);
  const contactId = given.contactId ? place.writer.demand(String(given.contactId)).id : undefined;
  const found = given.id
    ? place.opportunities.get(String(given.id))
    : contactId && duplicateOf(contactId, String(given.pipelineId), place);
  if (given.id && found === undefined) throw missing(place, "Opportunity", String(given.id));
  const opportunity = found ? changed(found, given, place) : created(contactId, given, place);
  return { body: { opportunity: shownOpportunity(opportunity, visit, place), new: !found } };
}

type Given = Readonly<Record<string, unknown>>;

function changed(found: StoredOpportunity, given: Given, place: Place): StoredOpportunity {
  const followers = followersAfter(found.followers, given, place);
  return place.opportunities.change(found, { ...changeFrom(given, found, place), followers });
}

function created(contactId: string | undefined, given: Given, place: Place): StoredOpportunity {
  const problems = [
    ...(contactId === undefined ? requiredText("contactId", undefined) : []),
    ...(given.name === undefined ? requiredText("name", undefined) : []),
  ];
  if (contactId === undefined || problems.length > 0) throw place.refusals.invalid(problems);
  const followers = followersAfter([], given, place);
  return place.opportunities.create(contactId, { ...fieldsFrom(given, place), followers });
}

function followersAfter(before: readonly string[], given: Given, place: Place): string[] {
  const named = Array.isArray(given.followers) ? given.followers.map(String) : [];
  const left = given.isRemoveAllFollowers === true ? [] : before;
  if (given.followersActionType === "remove") return left.filter((id) => !named.includes(id));
  refuseUnknown(named, place);
  return [...new Set([...left, ...named])];
}

function addFollowers(visit: Visit, place: Place): Answer {
  const opportunity = demand(visit, place);
  const followersAdded = namedIn(visit, place).filter((id) => !opportunity.followers.includes(id));
  refuseUnknown(followersAdded, place);
  const followers = [...opportunity.followers, ...followersAdded];
  place.opportunities.change(opportunity, { followers });
  return { status: 201, body: { followers, followersAdded } };
}

/** With `isRemoveAllFollowers` in the query, nobody need be named. */
function removeFollowers(visit: Visit, place: Place): Answer {
  const opportunity = demand(visit, place);
  const { isRemoveAllFollowers } = queryOf(visit, place, { isRemoveAllFollowers: flagText });
  const isAll = isRemoveAllFollowers === "true";
  const given = bodyOf(visit, place, { followers: isAll ? () => [] : requiredTexts, isRemoveAllFollowers: flag }, [
    ...(isAll ? [] : ["followers"]),
  ]);
  const named = isAll || !Array.isArray(given.followers) ? opportunity.followers : given.followers.map(String);
  const followersRemoved = opportunity.followers.filter((id) => named.includes(id));
  const followers = opportunity.followers.filter((id) => !followersRemoved.includes(id));
  place.opportunities.change(opportunity, { followers });
  return { body: { followers, followersRemoved } };
}

function listPipelines(visit: Visit, place: Place): Answer {
  queryOf(visit, place, { locationId: requiredText }, ["locationId"]);
  const pipelines = place.pipelines.pipelines.all().map((pipeline) => ({
    ...pipeline,
    stages: pipeline.stages.map((stage) => ({ ...stage, showInFunnel: true, showInPieChart: true })),
    showInFunnel: true,
    showInPieChart: true,
    locationId: place.location.id,
  }));
  return { body: { pipelines } };
}

const REASON_QUERY = {
  locationId: requiredText,
  name: text,
  query: text,
  deleted: flagText,
  getCount: flagText,
  skip: countText,
  limit: countText,
};

function listLostReasons(visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, REASON_QUERY, ["locationId"]);
  const words = (query.name ?? query.query ?? "").toLowerCase();
  const found = place.pipelines.lostReasons.all().filter(({ name }) => name.toLowerCase().includes(words));
  const lostReasons = pageOf(found, Number(query.skip ?? 0), Number(query.limit ?? 100)).map((reason) => ({
    id: reason.id,
    name: reason.name,
    locationId: place.location.id,
    createdAt: new Date(reason.createdAt).toISOString(),
    updatedAt: new Date(reason.createdAt).toISOString(),
  }));
  return { body: { lostReasons, total: found.length } };
}

function demand({ params: { opportunityId = "" } }: Visit, place: Place): StoredOpportunity {
  const opportunity = place.opportunities.get(opportunityId);
  if (opportunity === undefined) throw missing(place, "Opportunity", opportunityId);
  return opportunity;
}

function wrapped(opportunity: StoredOpportunity, visit: Visit, place: Place, status = 200): Answer {
  return { status, body: { opportunity: shownOpportunity(opportunity, visit, place) } };
}

/** "Done": misspelt in the dated versions, another word in v3. */
function done({ isV3 }: Visit): object {
  return isV3 ? { success: true } : { succeded: true };
}
