import { z } from "zod";
import { OPPORTUNITY_STATUSES } from "../../../model/opportunity.ts";
import { actionsOf } from "./dialect.ts";
import {
  ContactId,
  Count,
  CustomFieldInput,
  CustomFieldValue,
  id,
  optional,
  required,
  Skip,
  Succeeded,
  Text,
  Texts,
  Time,
  upTo,
} from "./shapes.ts";

const action = actionsOf({
  subject: "Opportunities",
  module: "opportunities",
  scopes: { reads: "opportunities.readonly", writes: "opportunities.write" },
});

const Opportunity = z.object({
  id: z.string(),
  name: Text,
  status: Text,
  monetaryValue: Count,
  pipelineId: Text,
  pipelineStageId: Text,
  contactId: Text,
  assignedTo: Text,
  source: Text,
  followers: Texts,
  lostReasonId: Text,
  customFields: z.array(CustomFieldValue).optional(),
  contact: z.object({ id: Text, name: Text, companyName: Text, email: Text, phone: Text, tags: Texts }).optional(),
  lastStatusChangeAt: Time,
  lastStageChangeAt: Time,
  createdAt: Time,
  updatedAt: Time,
  locationId: Text,
});
const STATUS = z.enum(OPPORTUNITY_STATUSES).describe("State.");
const ONE = { opportunityId: id("Id of the opportunity.") };
const PLACE = {
  pipelineStageId: id("Id of the stage.").optional(),
  monetaryValue: z.number().optional().describe("What it is worth."),
  assignedTo: id("Id of the user it belongs to.").optional(),
};
const MORE = { ...PLACE, customFields: z.array(CustomFieldInput).optional().describe("Custom fields to set.") };
const LOST_REASON = { lostReasonId: id("Id of the reason why it was lost.").optional() };
const Followers = z.array(z.string().min(1)).min(1).describe("Ids of users.");
const EXAMPLE = {
  id: "yWQobCRIhRguQtD2llvk",
  name: "New kitchen",
  status: "open",
  monetaryValue: 12_500,
  pipelineId: "VDm7RPYC2GLUvdpKmBfC",
  pipelineStageId: "7915dedc-8f18-44d5-8bc3-77c04e994a10",
  contactId: "ocQHyuzHvysMo5N5VsXc",
  createdAt: "2026-03-06T10:00:00.000Z",
  updatedAt: "2026-03-06T10:00:00.000Z",
};
const ONE_EXAMPLE = { opportunityId: EXAMPLE.id };
const USER = "sx6wyHhbFdRXh302LLNR";

/** The list by GET takes names with underscores in the dated versions, except for these. */
const SEARCH_SPELLING = {
  dated: {
    locationId: "location_id",
    pipelineId: "pipeline_id",
    pipelineStageId: "pipeline_stage_id",
    contactId: "contact_id",
    assignedTo: "assigned_to",
  },
} as const;

/** Opportunities. */
export const opportunities = [
  action({
    id: "opportunity.create",
    title: "Create an opportunity",
    description: "Makes a new opportunity of a contact in a pipeline.",
    effect: "creates",
    method: "POST",
    path: "/opportunities/",
    input: {
      pipelineId: id("Id of the pipeline."),
      contactId: ContactId,
      name: required("Name of the opportunity."),
      status: STATUS.default("open"),
      ...MORE,
    },
    fill: { locationId: "body" },
    output: { opportunity: Opportunity },
    example: {
      input: {
        pipelineId: EXAMPLE.pipelineId,
        pipelineStageId: EXAMPLE.pipelineStageId,
        contactId: EXAMPLE.contactId,
        name: EXAMPLE.name,
        monetaryValue: 12_500,
      },
      output: { opportunity: EXAMPLE },
    },
  }),
  action({
    id: "opportunity.read",
    title: "Read an opportunity",
    description: "Shows one opportunity.",
    effect: "reads",
    method: "GET",
    path: "/opportunities/{opportunityId}",
    input: ONE,
    output: { opportunity: Opportunity },
    example: { input: ONE_EXAMPLE, output: { opportunity: EXAMPLE } },
  }),
  action({
    id: "opportunity.update",
    title: "Change an opportunity",
    description: "Changes what is given of one opportunity; its contact stays.",
    effect: "changes",
    method: "PUT",
    path: "/opportunities/{opportunityId}",
    input: {
      ...ONE,
      pipelineId: id("Id of the pipeline.").optional(),
      name: optional("Name of the opportunity."),
      status: STATUS.optional(),
      ...MORE,
    },
    output: { opportunity: Opportunity },
    example: {
      input: { ...ONE_EXAMPLE, monetaryValue: 15_000 },
      output: { opportunity: { ...EXAMPLE, monetaryValue: 15_000 } },
    },
  }),
  action({
    id: "opportunity.delete",
    title: "Delete an opportunity",
    description: "Deletes one opportunity.",
    effect: "deletes",
    method: "DELETE",
    path: "/opportunities/{opportunityId}",
    input: ONE,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
  action({
    id: "opportunity.setStatus",
    title: "Set the state of an opportunity",
    description: "Marks one opportunity as open, won, lost or abandoned.",
    effect: "changes",
    method: "PUT",
    path: "/opportunities/{opportunityId}/status",
    input: { ...ONE, status: STATUS, ...LOST_REASON },
    output: Succeeded,
    example: { input: { ...ONE_EXAMPLE, status: "won" }, output: { succeeded: true } },
  }),
  action({
    id: "opportunity.upsert",
    title: "Create or change an opportunity",
    description: "Changes the opportunity that is named, or makes one in the pipeline.",
    effect: "changes",
    method: "POST",
    path: "/opportunities/upsert",
    input: {
      id: id("Id of the opportunity, where it is known.").optional(),
      pipelineId: id("Id of the pipeline."),
      contactId: ContactId.optional(),
      name: optional("Name of the opportunity."),
      status: STATUS.optional(),
      ...PLACE,
      ...LOST_REASON,
      followers: z.array(z.string()).default([]).describe("Ids of users."),
      isRemoveAllFollowers: z.boolean().default(false).describe("Whether to take all followers away first."),
      followersActionType: z.enum(["add", "remove"]).default("add").describe("Whether followers are added or removed."),
    },
    fill: { locationId: "body" },
    output: { opportunity: Opportunity, isNew: z.boolean() },
    example: {
      input: { pipelineId: EXAMPLE.pipelineId, contactId: EXAMPLE.contactId, name: EXAMPLE.name, status: "open" },
      output: { opportunity: EXAMPLE, isNew: true },
    },
  }),
  action({
    id: "opportunity.list",
    title: "List opportunities",
    description: "Lists opportunities by pipeline, stage, contact, person, state or text.",
    effect: "reads",
    method: "GET",
    path: "/opportunities/search",
    input: {
      q: optional("Part of a name, e-mail or phone."),
      pipelineId: id("Only of this pipeline.").optional(),
      pipelineStageId: id("Only in this stage.").optional(),
      contactId: id("Only of this contact.").optional(),
      assignedTo: id("Only of this user.").optional(),
      status: z
        .enum([...OPPORTUNITY_STATUSES, "all"])
        .optional()
        .describe("Only in this state."),
      order: optional("What to sort by, such as added_desc."),
      startAfter: z.number().optional().describe("The startAfter of the page before."),
      startAfterId: optional("The startAfterId of the page before."),
      page: z.int().min(1).optional().describe("Which page."),
      limit: upTo(100),
    },
    fill: { locationId: "query" },
    spelling: SEARCH_SPELLING,
    output: {
      opportunities: z.array(Opportunity),
      meta: z.object({ total: Count, startAfter: Count, startAfterId: Text, nextPage: Count }).optional(),
    },
    example: { input: { status: "open", limit: 20 }, output: { opportunities: [EXAMPLE], meta: { total: 1 } } },
  }),
  action({
    id: "opportunity.search",
    title: "Search opportunities",
    description: "Finds opportunities by text, if wanted with what belongs to them.",
    effect: "reads",
    method: "POST",
    path: "/opportunities/search",
    input: {
      query: z.string().default("").describe("Part of a name, e-mail or phone."),
      limit: z.int().min(1).max(100).default(20).describe("How many at most, up to 100."),
      page: z.int().min(1).default(1).describe("Which page."),
      searchAfter: z.array(z.unknown()).default([]).describe("The position behind which to go on."),
      additionalDetails: z
        .strictObject({
          notes: z.boolean(),
          tasks: z.boolean(),
          calendarEvents: z.boolean(),
          unReadConversations: z.boolean(),
        })
        .default({ notes: false, tasks: false, calendarEvents: false, unReadConversations: false })
        .describe("What else to show."),
    },
    fill: { locationId: "body" },
    output: { opportunities: z.array(Opportunity), total: Count },
    example: { input: { query: "kitchen" }, output: { opportunities: [EXAMPLE], total: 1 } },
  }),
  action({
    id: "opportunity.addFollowers",
    title: "Add followers to an opportunity",
    description: "Lets users follow one opportunity.",
    effect: "changes",
    method: "POST",
    path: "/opportunities/{opportunityId}/followers",
    input: { ...ONE, followers: Followers },
    output: { followers: Texts, followersAdded: Texts },
    example: {
      input: { ...ONE_EXAMPLE, followers: [USER] },
      output: { followers: [USER], followersAdded: [USER] },
    },
  }),
  action({
    id: "opportunity.removeFollowers",
    title: "Remove followers from an opportunity",
    description: "Lets users no longer follow one opportunity.",
    effect: "changes",
    method: "DELETE",
    path: "/opportunities/{opportunityId}/followers",
    input: { ...ONE, followers: Followers },
    output: { followers: Texts, followersRemoved: Texts },
    example: { input: { ...ONE_EXAMPLE, followers: [USER] }, output: { followers: [], followersRemoved: [USER] } },
  }),
];

const Stage = z.object({ id: z.string(), name: Text, position: Count });
const Pipeline = z.object({ id: z.string(), name: Text, stages: z.array(Stage).optional(), locationId: Text });
const Reason = z.object({ id: z.string(), name: Text, createdAt: Time, updatedAt: Time, locationId: Text });

/** What opportunities go through. */
export const pipelines = [
  action({
    id: "pipeline.list",
    title: "List pipelines",
    description: "Lists the pipelines of the location with their stages.",
    effect: "reads",
    method: "GET",
    path: "/opportunities/pipelines",
    input: {},
    fill: { locationId: "query" },
    output: { pipelines: z.array(Pipeline) },
    example: {
      input: {},
      output: {
        pipelines: [
          {
            id: EXAMPLE.pipelineId,
            name: "Sales",
            stages: [{ id: EXAMPLE.pipelineStageId, name: "New", position: 0 }],
          },
        ],
      },
    },
  }),
  action({
    id: "lostReason.list",
    title: "List reasons why opportunities are lost",
    description: "Lists the reasons that a lost opportunity can be given.",
    effect: "reads",
    method: "GET",
    path: "/opportunities/lost-reason",
    input: { query: optional("Part of the name."), limit: upTo(100), skip: Skip },
    fill: { locationId: "query" },
    output: { lostReasons: z.array(Reason), total: Count },
    example: { input: {}, output: { lostReasons: [{ id: "65f1a2b3c4d5e6f701234567", name: "Price" }], total: 1 } },
  }),
];
