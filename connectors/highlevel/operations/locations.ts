import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, Count, Flag, id, optional, required, Skip, Succeeded, Text, Time, upTo } from "./shapes.ts";

const action = actionsOf({
  subject: "Location",
  module: "locations",
  scopes: { reads: "locations.readonly", writes: "locations.write" },
});

const Location = z.object({
  id: z.string(),
  companyId: Text,
  name: Text,
  email: Text,
  phone: Text,
  address: Text,
  city: Text,
  state: Text,
  country: Text,
  postalCode: Text,
  website: Text,
  timezone: Text,
  settings: z
    .object({
      allowDuplicateContact: Flag,
      allowDuplicateOpportunity: Flag,
      allowFacebookNameMerge: Flag,
      disableContactTimezone: Flag,
    })
    .optional(),
});
const EXAMPLE = {
  id: "ve9EPM428h8vShlRW1KT",
  companyId: "5DP41231LkQsiKESj6rh",
  name: "Harbour Dental",
  country: "US",
  timezone: "America/New_York",
  settings: { allowDuplicateContact: false },
};

const Template = z.object({
  id: z.string(),
  name: Text,
  type: Text,
  template: Anything,
  dateAdded: Time,
  locationId: Text,
});

/** The location itself, and what belongs to it as a whole. */
export const locations = [
  action({
    id: "location.read",
    title: "Read the location",
    description: "Shows the location's name, address, time zone and settings.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}",
    input: {},
    output: { location: Location },
    example: { input: {}, output: { location: EXAMPLE } },
  }),
  action({
    id: "location.search",
    title: "Search locations",
    description: "Lists the locations that the token reaches.",
    effect: "reads",
    method: "GET",
    path: "/locations/search",
    input: {
      email: optional("Only the one with this e-mail address."),
      order: z.enum(["asc", "desc"]).optional().describe("Order of creation."),
      limit: upTo(100),
      skip: Skip,
    },
    fill: { companyId: "query" },
    output: { locations: z.array(Location) },
    example: { input: { limit: 10 }, output: { locations: [EXAMPLE] } },
  }),
  action({
    id: "timezone.list",
    title: "List time zones",
    description: "Lists the time zones that a contact or location can have.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}/timezones",
    input: {},
    output: { timezones: z.array(z.string()) },
    bare: "timezones",
    aliases: { timezones: ["timezones", "timeZones"] },
    example: { input: {}, output: { timezones: ["America/New_York", "Europe/Lisbon"] } },
  }),
  action({
    id: "template.list",
    title: "List message templates",
    description: "Lists the templates for text messages, e-mails and WhatsApp.",
    effect: "reads",
    scopes: ["locations/templates.readonly"],
    method: "GET",
    path: "/locations/{locationId}/templates",
    input: {
      originId: required("Where the templates are from; the location's own id for its own."),
      type: z.enum(["sms", "email", "whatsapp"]).optional().describe("Only those of this kind."),
      deleted: z.boolean().optional().describe("Whether to list deleted ones."),
      limit: upTo(100),
      skip: Skip,
    },
    output: { templates: z.array(Template), total: Count },
    aliases: { total: ["totalCount", "total"] },
    example: {
      input: { originId: EXAMPLE.id, type: "sms" },
      output: { templates: [{ id: "6523d6f2a1b4c8e7d9f01234", name: "Reminder", type: "sms" }], total: 1 },
    },
  }),
  action({
    id: "template.delete",
    title: "Delete a message template",
    description: "Deletes one template of the location.",
    effect: "deletes",
    scopes: ["locations/templates.readonly"],
    method: "DELETE",
    path: "/locations/{locationId}/templates/{templateId}",
    input: { templateId: id("Id of the template.") },
    output: Succeeded,
    example: { input: { templateId: "6523d6f2a1b4c8e7d9f01234" }, output: { succeeded: true } },
  }),
];
