import { z } from "zod";
import { CONTACT_INPUT, Contact, ContactRow, EXAMPLE_CONTACT, NEW_CONTACT_INPUT } from "./contactShapes.ts";
import { actionsOf } from "./dialect.ts";
import { ContactId, Count, id, optional, Skip, Succeeded, upTo } from "./shapes.ts";

const action = actionsOf({
  subject: "Contacts",
  module: "contacts",
  scopes: { reads: "contacts.readonly", writes: "contacts.write" },
});

const ID = { contactId: ContactId };
const IDS = { contactId: EXAMPLE_CONTACT.id };
const PERSON = {
  firstName: "Ana",
  lastName: "Silva",
  email: "ana.silva@lisboa.example",
  phone: "+12015550123",
  city: "Lisboa",
  tags: ["customer"],
};
const Filter = z.record(z.string(), z.unknown());

/** Creating, reading, changing, deleting, finding. Source: sections 2.2 and 2.2.1 of what is known of the API. */
export const contacts = [
  action({
    id: "contact.create",
    title: "Create a contact",
    description: "Makes a new contact; needs a name, an e-mail or a phone. One that is there already is refused.",
    effect: "creates",
    method: "POST",
    path: "/contacts/",
    input: NEW_CONTACT_INPUT,
    fill: { locationId: "body" },
    output: { contact: Contact },
    example: { input: PERSON, output: { contact: EXAMPLE_CONTACT } },
  }),
  action({
    id: "contact.read",
    title: "Read a contact",
    description: "Shows everything that is known of one contact.",
    effect: "reads",
    method: "GET",
    path: "/contacts/{contactId}",
    input: ID,
    output: { contact: Contact },
    example: { input: IDS, output: { contact: EXAMPLE_CONTACT } },
  }),
  action({
    id: "contact.update",
    title: "Change a contact",
    description: "Changes the fields that are given; null empties one. Tags take the place of all there are.",
    effect: "changes",
    method: "PUT",
    path: "/contacts/{contactId}",
    input: { ...ID, ...CONTACT_INPUT },
    output: { contact: Contact.optional() },
    example: { input: { ...IDS, city: "Porto" }, output: { contact: { ...EXAMPLE_CONTACT, city: "Porto" } } },
  }),
  action({
    id: "contact.delete",
    title: "Delete a contact",
    description: "Deletes one contact, and with it its notes, tasks and appointments.",
    effect: "deletes",
    method: "DELETE",
    path: "/contacts/{contactId}",
    input: ID,
    output: Succeeded,
    example: { input: IDS, output: { succeeded: true } },
  }),
  action({
    id: "contact.upsert",
    title: "Create or change a contact",
    description: "Finds the contact by e-mail and phone in the location's order and changes it; else makes a new one.",
    effect: "changes",
    method: "POST",
    path: "/contacts/upsert",
    input: {
      ...NEW_CONTACT_INPUT,
      createNewIfDuplicateAllowed: z
        .boolean()
        .optional()
        .describe("Whether to make a new one even so, where the location allows duplicates."),
    },
    fill: { locationId: "body" },
    output: { contact: Contact, isNew: z.boolean() },
    example: { input: PERSON, output: { contact: EXAMPLE_CONTACT, isNew: true } },
  }),
  action({
    id: "contact.search",
    title: "Search contacts",
    description: "Finds contacts by text or filters, sorted; the search may lag behind changes by a minute.",
    effect: "reads",
    method: "POST",
    path: "/contacts/search",
    input: {
      query: z.string().max(75).optional().describe("Part of a name, e-mail or phone."),
      filters: z
        .array(Filter)
        .optional()
        .describe("Conditions, each with field, operator and value; or groups of them."),
      sort: z
        .array(z.strictObject({ field: z.string(), direction: z.enum(["asc", "desc"]) }))
        .optional()
        .describe("What to sort by, such as dateUpdated."),
      pageLimit: z.int().min(1).max(500).default(100).describe("How many at most, up to 500."),
      page: z.int().min(1).optional().describe("Which page, for the first 10,000."),
      searchAfter: z.array(z.unknown()).optional().describe("The searchAfter of the page before."),
    },
    fill: { locationId: "body" },
    reshape: withLastPosition,
    output: { contacts: z.array(ContactRow), total: Count, searchAfter: z.array(z.unknown()).optional() },
    example: {
      input: { query: "ana", pageLimit: 20, sort: [{ field: "dateUpdated", direction: "desc" }] },
      output: { contacts: [EXAMPLE_CONTACT], total: 1, searchAfter: [1_772_791_200_000, EXAMPLE_CONTACT.id] },
    },
  }),
  action({
    id: "contact.findDuplicate",
    title: "Find a contact by e-mail or phone",
    description: "Tells who already holds an e-mail address or phone number, as the location decides it.",
    effect: "reads",
    method: "GET",
    path: "/contacts/search/duplicate",
    input: { email: optional("E-mail address."), number: optional("Phone number with country code.") },
    fill: { locationId: "query" },
    output: { contact: Contact.optional() },
    example: { input: { email: "ana.silva@lisboa.example" }, output: { contact: EXAMPLE_CONTACT } },
  }),
  action({
    id: "contact.listOfBusiness",
    title: "List the contacts of a business",
    description: "Lists the contacts that are linked to one business.",
    effect: "reads",
    method: "GET",
    path: "/contacts/business/{businessId}",
    input: {
      businessId: id("Id of the business."),
      query: optional("Part of a name, e-mail or phone."),
      limit: upTo(100),
      skip: Skip,
    },
    fill: { locationId: "query" },
    output: { contacts: z.array(ContactRow), count: Count },
    example: {
      input: { businessId: "63771dcac1116f0e21de8e12", limit: 25 },
      output: { contacts: [EXAMPLE_CONTACT], count: 1 },
    },
  }),
];

/** The next page begins behind the last row of this one. */
function withLastPosition(body: unknown): unknown {
  const { contacts = [] } = z
    .object({ contacts: z.array(z.object({ searchAfter: z.array(z.unknown()).optional() })).optional() })
    .parse(body ?? {});
  return { ...Object(body), searchAfter: contacts.at(-1)?.searchAfter };
}
