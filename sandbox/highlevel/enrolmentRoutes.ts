import { requiredText, text, time } from "./check.ts";
import type { StoredCampaign } from "./enrolments.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, queryOf, type Row, succeeded } from "./rows.ts";

/** Operations 27 to 31 of the contract sheet, and the two lists that they choose from. */
export const ENROLMENT_OPERATIONS: readonly Row[] = [
  ["GET", "/campaigns/", "campaigns.readonly", listCampaigns],
  ["GET", "/workflows/", "workflows.readonly", listWorkflows],
  ["POST", "/contacts/:contactId/campaigns/:campaignId", "contacts.write", joinCampaign],
  ["DELETE", "/contacts/:contactId/campaigns/removeAll", "contacts.write", leaveAllCampaigns],
  ["DELETE", "/contacts/:contactId/campaigns/remove-all", "contacts.write", leaveAllCampaigns, { only: "v3" }],
  ["DELETE", "/contacts/:contactId/campaigns/:campaignId", "contacts.write", leaveCampaign],
  ["POST", "/contacts/:contactId/workflow/:workflowId", "contacts.write", joinWorkflow],
  ["DELETE", "/contacts/:contactId/workflow/:workflowId", "contacts.write", leaveWorkflow],
];

function listCampaigns(visit: Visit, place: Place): Answer {
  const { status } = queryOf(visit, place, { locationId: requiredText, status: text }, ["locationId"]);
  const campaigns = place.enrolments.campaigns.all().filter((campaign) => !status || campaign.status === status);
  return { body: { campaigns: campaigns.map((campaign) => ({ ...campaign, locationId: place.location.id })) } };
}

function listWorkflows(visit: Visit, place: Place): Answer {
  queryOf(visit, place, { locationId: requiredText }, ["locationId"]);
  const workflows = place.enrolments.workflows.all().map((workflow) => ({
    ...workflow,
    createdAt: new Date(workflow.createdAt).toISOString(),
    updatedAt: new Date(workflow.updatedAt).toISOString(),
    locationId: place.location.id,
  }));
  return { body: { workflows } };
}

function joinCampaign(visit: Visit, place: Place): Answer {
  bodyOf(visit, place, {});
  const contactId = contactOf(visit, place);
  const campaign = campaignOf(visit, place);
  if (place.enrolments.enrol("campaign", campaign.id, contactId)) tellOf(campaign, contactId, "active", place);
  return { status: 201, body: succeeded(visit) };
}

function leaveCampaign(visit: Visit, place: Place): Answer {
  const contactId = contactOf(visit, place);
  const campaign = campaignOf(visit, place);
  if (place.enrolments.leave("campaign", campaign.id, contactId)) tellOf(campaign, contactId, "removed", place);
  return { body: succeeded(visit) };
}

function leaveAllCampaigns(visit: Visit, place: Place): Answer {
  const contactId = contactOf(visit, place);
  for (const id of place.enrolments.of("campaign", contactId)) {
    place.enrolments.leave("campaign", id, contactId);
    const campaign = place.enrolments.campaigns.get(id);
    if (campaign !== undefined) tellOf(campaign, contactId, "removed", place);
  }
  return { body: succeeded(visit) };
}

function joinWorkflow(visit: Visit, place: Place): Answer {
  bodyOf(visit, place, { eventStartTime: time });
  place.enrolments.enrol("workflow", workflowOf(visit, place), contactOf(visit, place));
  return { body: succeeded(visit) };
}

function leaveWorkflow(visit: Visit, place: Place): Answer {
  bodyOf(visit, place, { eventStartTime: time });
  place.enrolments.leave("workflow", workflowOf(visit, place), contactOf(visit, place));
  return { body: succeeded(visit) };
}

function contactOf({ params }: Visit, { writer }: Place): string {
  return writer.demand(params.contactId ?? "").id;
}

function campaignOf({ params: { campaignId = "" } }: Visit, place: Place): StoredCampaign {
  const campaign = place.enrolments.campaigns.get(campaignId);
  if (campaign === undefined) throw missing(place, "Campaign", campaignId);
  return campaign;
}

function workflowOf({ params: { workflowId = "" } }: Visit, place: Place): string {
  if (place.enrolments.workflows.get(workflowId) === undefined) throw missing(place, "Workflow", workflowId);
  return workflowId;
}

function tellOf({ id }: StoredCampaign, contactId: string, status: string, { quirks, tell, now }: Place): void {
  if (!quirks().campaignTells) return;
  const dateAdded = new Date(now()).toISOString();
  tell("CampaignStatusUpdate", { id, contactId, status, templateId: "", replied: false, dateAdded }, contactId);
}
