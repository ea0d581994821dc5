import { z } from "zod";
import { DEAL_STATUSES } from "../deal.ts";
import { ACTIVITIES, COMPANIES, CONTACTS, DEALS } from "../search.ts";
import type { Settings } from "../settings.ts";
import type { Bag } from "./dialect.ts";
import type { RecordKind } from "./records.ts";
import { ADDRESS, Amount, LongText, Moment, number, Tags, Text } from "./shapes.ts";

/** The four kinds of record that have operations of their own, and what each is made of. Source: fields of the v4 API. */

const Name = z.string().trim().min(1).max(255);

export const CONTACT_KIND: RecordKind = {
  name: "contact",
  subject: "Contacts",
  one: "a contact",
  plural: "contacts",
  searched: CONTACTS,
  demanded: { lastName: Name },
  fields: {
    firstName: Text,
    email: z.union([z.email(), z.literal("")]).optional(),
    mobile: Text.describe("The phone that Salesmate sends text messages to."),
    phone: Text,
    otherPhone: Text,
    company: number("Number of the company.").optional(),
    designation: Text.describe("Job title."),
    website: Text,
    skypeId: Text,
    facebookHandle: Text,
    twitterHandle: Text,
    linkedInHandle: Text,
    googlePlusHandle: Text,
    currency: Text.describe("A code that the account has, such as EUR."),
    tags: Tags,
    description: LongText,
    ...ADDRESS,
    emailOptOut: z.boolean().optional(),
    smsOptOut: z.boolean().optional(),
  },
  usual: ["firstName", "lastName", "email", "mobile", "phone", "tags", "owner.id", "createdAt", "lastModifiedAt"],
  example: { firstName: "Mia", lastName: "Lund", email: "mia@example.com", mobile: "+358501112233" },
};

export const COMPANY_KIND: RecordKind = {
  name: "company",
  subject: "Companies",
  one: "a company",
  plural: "companies",
  searched: COMPANIES,
  demanded: { name: Name },
  fields: {
    website: Text,
    phone: Text,
    otherPhone: Text,
    currency: Text,
    description: LongText,
    tags: Tags,
    ...ADDRESS,
    annualRevenue: Amount,
    numberOfEmployees: Amount,
  },
  usual: ["name", "website", "phone", "tags", "owner.id", "createdAt", "lastModifiedAt"],
  example: { name: "Harbour Tiles", website: "https://harbour.example" },
};

export const DEAL_KIND: RecordKind = {
  name: "deal",
  subject: "Deals",
  one: "a deal",
  plural: "deals",
  searched: DEALS,
  demanded: {
    title: Name,
    primaryContact: number("Number of the contact whose deal it is."),
    pipeline: Name.describe("Name of the pipeline, as pipeline.list shows it."),
    stage: Name.describe("Name of one of its stages."),
    status: z.enum(DEAL_STATUSES),
  },
  fields: {
    primaryCompany: number("Number of the company.").optional(),
    dealValue: Amount,
    currency: Text,
    estimatedCloseDate: Moment.optional(),
    closedDate: Moment.optional(),
    source: Text,
    priority: Text,
    description: LongText,
    tags: Tags,
    lostReason: Text,
    winProbability: Amount,
    followers: z
      .array(z.looseObject({ userId: z.int().optional(), contactId: z.int().optional() }))
      .optional()
      .describe("Who follows it: users or contacts."),
    associatedProducts: z
      .array(z.looseObject({ id: z.int(), quantity: z.number().optional(), sellingPrice: z.number().optional() }))
      .optional()
      .describe("Products that are sold with it."),
  },
  usual: [
    ...["title", "pipeline", "stage", "status", "dealValue", "primaryContact.id"],
    ...["owner.id", "createdAt", "lastModifiedAt"],
  ],
  example: {
    title: "Roof",
    primaryContact: "1002",
    pipeline: "Sales",
    stage: "Talked",
    status: "Open",
    dealValue: 900,
  },
};

export const ACTIVITY_KIND: RecordKind = {
  name: "activity",
  subject: "Activities",
  one: "an activity",
  plural: "activities",
  searched: ACTIVITIES,
  demanded: {
    title: z.string().trim().min(1).max(500),
    type: Name.describe("Name of one of the account's types, such as Task, Call or Meeting."),
  },
  fields: {
    description: z.string().max(2_000).optional(),
    tags: Tags,
    dueDate: Moment.optional().describe("When it is due or begins."),
    duration: z.int().min(0).optional().describe("Minutes."),
    isCompleted: z.boolean().optional(),
    isCalendarInvite: z.boolean().optional(),
    primaryContact: number("Number of the contact that it is about.").optional(),
    primaryCompany: number("Number of the company that it is about.").optional(),
    relatedTo: number("Number of a record of another module that it is about.").optional(),
    relatedToModule: Text,
    outcome: Text,
    location: Text,
    visibility: Text,
    followers: z
      .array(z.looseObject({ userId: z.int().optional(), contactId: z.int().optional() }))
      .optional()
      .describe("Who follows it: users or contacts."),
  },
  usual: [
    ...["title", "type", "description", "dueDate", "duration", "isCompleted", "primaryContact.id"],
    ...["owner.id", "createdAt", "lastModifiedAt"],
  ],
  example: { title: "Call back", type: "Call", primaryContact: "1002", dueDate: "2026-04-01T09:30:00Z" },
  prepare: datedAs,
  searchQuery: { viewType: "list" },
};

/** Due dates are sent in milliseconds, or as text where the settings say so. */
export function datedAs(input: Bag, { dueDateAs }: Settings): Bag {
  const { dueDate } = input;
  if (typeof dueDate !== "string") return input;
  const at = new Date(dueDate);
  return { ...input, dueDate: dueDateAs === "iso" ? at.toISOString() : at.getTime() };
}
