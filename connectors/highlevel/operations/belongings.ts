import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { ContactId, Count, id, moment, Succeeded, Text, Texts } from "./shapes.ts";

const action = actionsOf({
  subject: "Tags, followers, campaigns, workflows",
  module: "contacts",
  scopes: { reads: "contacts.readonly", writes: "contacts.write" },
});

const Tags = z.array(z.string().min(1)).min(1).describe("Tags; HighLevel keeps them in lower case.");
const Contacts = z.array(ContactId).min(1);
const Followers = z.array(z.string().min(1)).min(1).describe("Ids of users.");
const CAMPAIGN = { contactId: ContactId, campaignId: id("Id of the campaign.") };
const WORKFLOW = {
  contactId: ContactId,
  workflowId: id("Id of the workflow."),
  eventStartTime: moment("When the event is that the workflow counts from").optional(),
};
const CONTACT = "ocQHyuzHvysMo5N5VsXc";
const CAMPAIGN_EXAMPLE = { contactId: CONTACT, campaignId: "CiJ3IQdJ5tXzVVcmyVSQ" };
const WORKFLOW_EXAMPLE = { contactId: CONTACT, workflowId: "88e7ae2f-32b8-4c35-9f5a-27dbb3d9ff4e" };
const DONE = { succeeded: true };

/** What a contact carries and takes part in. */
export const belongings = [
  action({
    id: "contact.addTags",
    title: "Add tags to a contact",
    description: "Adds tags and leaves all others as they are.",
    effect: "changes",
    method: "POST",
    path: "/contacts/{contactId}/tags",
    input: { contactId: ContactId, tags: Tags },
    output: { tags: Texts },
    example: { input: { contactId: CONTACT, tags: ["vip"] }, output: { tags: ["customer", "vip"] } },
  }),
  action({
    id: "contact.removeTags",
    title: "Remove tags from a contact",
    description: "Takes tags away and leaves all others as they are.",
    effect: "changes",
    method: "DELETE",
    path: "/contacts/{contactId}/tags",
    input: { contactId: ContactId, tags: Tags },
    output: { tags: Texts },
    example: { input: { contactId: CONTACT, tags: ["vip"] }, output: { tags: ["customer"] } },
  }),
  action({
    id: "contact.changeTagsOfMany",
    title: "Add or remove tags of many contacts",
    description: "Adds tags to several contacts at once, or takes them away.",
    effect: "changes",
    method: "POST",
    path: "/contacts/bulk/tags/update/{type}",
    input: {
      type: z.enum(["add", "remove"]).describe("Whether to add or to remove."),
      contacts: Contacts.describe("Ids of the contacts."),
      tags: Tags,
      removeAllTags: z.boolean().optional().describe("With remove: whether to take all tags away."),
    },
    fill: { locationId: "body" },
    output: {
      ...Succeeded,
      errorCount: Count,
      responses: z
        .array(
          z.object({
            contactId: Text,
            message: Text,
            type: Text,
            oldTags: Texts,
            tagsAdded: Texts,
            tagsRemoved: Texts,
          }),
        )
        .optional(),
    },
    example: {
      input: { type: "add", contacts: [CONTACT], tags: ["newsletter"] },
      output: { ...DONE, errorCount: 0, responses: [{ contactId: CONTACT, tagsAdded: ["newsletter"] }] },
    },
  }),
  action({
    id: "contact.setBusinessOfMany",
    title: "Link contacts to a business",
    description: "Links up to 50 contacts to one business; without a business it unlinks them.",
    effect: "changes",
    method: "POST",
    path: "/contacts/bulk/business",
    input: {
      ids: z.array(ContactId).min(1).max(50).describe("Ids of the contacts, at most 50."),
      businessId: id("Id of the business.").nullable().describe("Id of the business; null unlinks."),
    },
    fill: { locationId: "body" },
    output: { ...Succeeded, ids: Texts },
    example: {
      input: { ids: [CONTACT], businessId: "63771dcac1116f0e21de8e12" },
      output: { ...DONE, ids: [CONTACT] },
    },
  }),
  action({
    id: "contact.addFollowers",
    title: "Add followers to a contact",
    description: "Lets users follow one contact.",
    effect: "changes",
    method: "POST",
    path: "/contacts/{contactId}/followers",
    input: { contactId: ContactId, followers: Followers },
    output: { followers: Texts, followersAdded: Texts },
    example: {
      input: { contactId: CONTACT, followers: ["sx6wyHhbFdRXh302LLNR"] },
      output: { followers: ["sx6wyHhbFdRXh302LLNR"], followersAdded: ["sx6wyHhbFdRXh302LLNR"] },
    },
  }),
  action({
    id: "contact.removeFollowers",
    title: "Remove followers from a contact",
    description: "Lets users no longer follow one contact.",
    effect: "changes",
    method: "DELETE",
    path: "/contacts/{contactId}/followers",
    input: { contactId: ContactId, followers: Followers },
    output: { followers: Texts, followersRemoved: Texts },
    example: {
      input: { contactId: CONTACT, followers: ["sx6wyHhbFdRXh302LLNR"] },
      output: { followers: [], followersRemoved: ["sx6wyHhbFdRXh302LLNR"] },
    },
  }),
  action({
    id: "contact.addToCampaign",
    title: "Add a contact to a campaign",
    description: "Starts one campaign for one contact.",
    effect: "changes",
    method: "POST",
    path: "/contacts/{contactId}/campaigns/{campaignId}",
    input: CAMPAIGN,
    output: Succeeded,
    example: { input: CAMPAIGN_EXAMPLE, output: DONE },
  }),
  action({
    id: "contact.removeFromCampaign",
    title: "Remove a contact from a campaign",
    description: "Ends one campaign for one contact.",
    effect: "changes",
    method: "DELETE",
    path: "/contacts/{contactId}/campaigns/{campaignId}",
    input: CAMPAIGN,
    output: Succeeded,
    example: { input: CAMPAIGN_EXAMPLE, output: DONE },
  }),
  action({
    id: "contact.removeFromAllCampaigns",
    title: "Remove a contact from all campaigns",
    description: "Ends every campaign for one contact.",
    effect: "changes",
    method: "DELETE",
    path: { dated: "/contacts/{contactId}/campaigns/removeAll", v3: "/contacts/{contactId}/campaigns/remove-all" },
    input: { contactId: ContactId },
    output: Succeeded,
    example: { input: { contactId: CONTACT }, output: DONE },
  }),
  action({
    id: "contact.addToWorkflow",
    title: "Add a contact to a workflow",
    description: "Starts one workflow for one contact.",
    effect: "changes",
    method: "POST",
    path: "/contacts/{contactId}/workflow/{workflowId}",
    input: WORKFLOW,
    output: Succeeded,
    example: { input: WORKFLOW_EXAMPLE, output: DONE },
  }),
  action({
    id: "contact.removeFromWorkflow",
    title: "Remove a contact from a workflow",
    description: "Ends one workflow for one contact.",
    effect: "changes",
    method: "DELETE",
    path: "/contacts/{contactId}/workflow/{workflowId}",
    input: WORKFLOW,
    output: Succeeded,
    example: { input: WORKFLOW_EXAMPLE, output: DONE },
  }),
];
