import { z } from "zod";
import { actionsOf, SOURCES } from "./dialect.ts";

const contactAction = actionsOf("Contacts");
const listAction = actionsOf("Contact lists");

const Email = z.email().describe("E-mail of the contact, by which Trustmary knows it.");
const Offset = z.int().min(0).optional().describe("How many to skip; a page holds 1,000.");
const Type = z.enum(["customer", "employee"]).optional();
const Text = z.string().optional();

const Contact = z.looseObject({ id: z.string(), email: z.string(), name: Text, eid: Text, status: Text });
const EXAMPLE = { id: "ctDemo1", email: "mia@example.com", name: "Mia Lund", eid: "person-123", status: "active" };

/** What can be asked about contacts and the lists they are on. */
export const contacts = [
  contactAction({
    id: "contact.list",
    title: "List contacts",
    description: "Lists contacts a thousand at a time, or the one with an e-mail; deleted ones only when asked for.",
    effect: "reads",
    source: SOURCES.reference,
    method: "GET",
    path: "/contacts",
    input: {
      email: Email.optional(),
      offset: Offset,
      includeAll: z.boolean().optional().describe("Deleted ones, too."),
    },
    output: { contacts: z.array(Contact) },
    bare: "contacts",
    example: { input: { email: EXAMPLE.email }, output: { contacts: [EXAMPLE] } },
  }),
  contactAction({
    id: "contact.upsert",
    title: "Create or change a contact",
    description: "Makes the contact with this e-mail, or changes what is named of the one that is there.",
    effect: "changes",
    source: SOURCES.contacts,
    method: "POST",
    path: "/contacts",
    spread: ["customFields"],
    input: {
      email: Email,
      name: Text.describe("Full name."),
      eid: Text.describe("Your own id of the person."),
      phone: Text.describe("With country code."),
      company: Text,
      type: Type,
      addToLists: z
        .array(z.union([z.string(), z.object({ id: z.string(), segment: Text })]))
        .optional()
        .describe("Lists to join; joining with a segment starts the list's automation, which may send messages."),
      removeFromLists: z.array(z.string()).optional(),
      processName: z.boolean().optional().describe("Split the name into first and last."),
      customFields: z
        .record(z.string().regex(/^field_/), z.string())
        .optional()
        .describe("By name: field_plan."),
    },
    output: { contact: Contact, action: Text, listsUpdated: z.number().optional() },
    example: {
      input: { email: EXAMPLE.email, name: EXAMPLE.name, eid: EXAMPLE.eid },
      output: { contact: EXAMPLE, action: "IMPORT_CREATE", listsUpdated: 0 },
    },
  }),
  contactAction({
    id: "contact.delete",
    title: "Delete a contact",
    description: "Marks the contact with this e-mail as deleted.",
    effect: "deletes",
    source: SOURCES.reference,
    method: "DELETE",
    path: "/contacts",
    input: { email: Email },
    output: { contact: Contact.optional() },
    example: { input: { email: EXAMPLE.email }, output: { contact: EXAMPLE } },
  }),
  listAction({
    id: "list.list",
    title: "List the contact lists",
    description: "Lists what contacts can be put on.",
    effect: "reads",
    source: SOURCES.reference,
    method: "GET",
    path: "/lists",
    input: { type: Type, offset: Offset },
    output: { lists: z.array(z.looseObject({ id: z.string(), name: Text, type: Text, count: z.number().optional() })) },
    bare: "lists",
    example: { input: {}, output: { lists: [{ id: "lstDemo1", name: "Customers", type: "customer", count: 12 }] } },
  }),
];
