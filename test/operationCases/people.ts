import { expect } from "vitest";
import { type Bag, idIn } from "../operationWorld.ts";
import { goneFor, type OperationCase, only, part, seenBy, shows } from "./cases.ts";

const contactOf = (_input: Bag, output: Bag) => ({ contactId: part(output, "contact").id });
const theContact = (input: Bag) => only(input, "contactId");
const taggedAs = (...tags: readonly string[]) => seenBy("contact.read", theContact, () => ({ contact: { tags } }));

/** Contacts, what they carry, their tasks and their notes. */
export const PEOPLE: Readonly<Record<string, OperationCase>> = {
  "contact.list": shows("contactId"),
  "contact.create": seenBy("contact.read", contactOf, (input) => ({ contact: input })),
  "contact.read": shows("contactId"),
  "contact.update": seenBy("contact.read", theContact, () => ({ contact: { firstName: "Zoë", city: "Porto" } })),
  "contact.delete": goneFor("contact.read"),
  "contact.upsert": seenBy("contact.read", contactOf, (input) => ({ contact: input })),
  "contact.search": shows("contactId", { input: () => ({ query: "zoë" }) }),
  "contact.findDuplicate": shows("contactId", { input: () => ({ email: "zoe@example.com" }) }),
  "contact.listOfBusiness": shows("contactId", {
    before: async ({ run, make }) =>
      run("contact.setBusinessOfMany", { ids: [await make("contactId")], businessId: await make("businessId") }),
  }),
  "contact.addTags": taggedAs("vip"),
  "contact.removeTags": {
    ...seenBy("contact.read", theContact, () => ({ contact: { tags: ["customer"] } })),
    before: async ({ run, make }) =>
      run("contact.addTags", { contactId: await make("contactId"), tags: ["customer", "vip"] }),
  },
  "contact.changeTagsOfMany": seenBy(
    "contact.read",
    ({ contacts }) => ({ contactId: Object(contacts)[0] }),
    () => ({ contact: { tags: ["newsletter"] } }),
  ),
  "contact.setBusinessOfMany": seenBy(
    "contact.read",
    ({ ids }) => ({ contactId: Object(ids)[0] }),
    ({ businessId }) => ({ contact: { businessId } }),
  ),
  "contact.addFollowers": {
    after: async ({ run }, input, output) => {
      expect(output.followersAdded).toEqual(input.followers);
      expect(await run("contact.addFollowers", input)).toMatchObject({
        followers: input.followers,
        followersAdded: [],
      });
    },
  },
  "contact.removeFollowers": {
    before: async ({ run, make }) =>
      run("contact.addFollowers", { contactId: await make("contactId"), followers: [await make("userId")] }),
    after: async ({ run }, input, output) => {
      expect(output).toMatchObject({ followers: [], followersRemoved: input.followers });
      expect(await run("contact.removeFollowers", input)).toMatchObject({ followersRemoved: [] });
    },
  },
  ...enrolments(),
  "task.list": shows("taskId"),
  "task.create": seenBy(
    "task.read",
    (input, output) => ({ ...theContact(input), taskId: idIn(output, "task") }),
    ({ title, body }) => ({ task: { title, body, completed: false } }),
  ),
  "task.read": shows("taskId"),
  "task.update": seenBy(
    "task.read",
    (input) => only(input, "contactId", "taskId"),
    () => ({ task: { title: "Write" } }),
  ),
  "task.complete": seenBy(
    "task.read",
    (input) => only(input, "contactId", "taskId"),
    () => ({ task: { completed: true, title: "Measure" } }),
  ),
  "task.delete": goneFor("task.read"),
  "task.search": shows("taskId"),
  "note.list": shows("noteId"),
  "note.create": seenBy(
    "note.read",
    (input, output) => ({ ...theContact(input), noteId: idIn(output, "note") }),
    ({ body }) => ({ note: { body } }),
  ),
  "note.read": shows("noteId"),
  "note.update": seenBy(
    "note.read",
    (input) => only(input, "contactId", "noteId"),
    ({ body }) => ({ note: { body } }),
  ),
  "note.delete": goneFor("note.read"),
  "business.list": shows("businessId"),
  "business.create": seenBy(
    "business.read",
    (_input, output) => ({ businessId: idIn(output, "business") }),
    (input) => ({ business: input }),
  ),
  "business.read": shows("businessId"),
  "business.update": seenBy(
    "business.read",
    (input) => only(input, "businessId"),
    () => ({ business: { city: "Lisboa", name: "Harbour Bakery" } }),
  ),
  "business.delete": goneFor("business.read"),
  ...staff(),
};

/** Who takes part in a campaign or workflow can be asked of nobody at HighLevel: the emulator's own state tells. */
function enrolments(): Readonly<Record<string, OperationCase>> {
  const enrolled = (kind: "campaign" | "workflow", isIn: boolean): OperationCase => ({
    after: async ({ emulator, make }, input) => {
      const ids = emulator.enrolments.of(kind, await make("contactId"));
      expect(ids.includes(String(input[`${kind}Id`] ?? (await make(`${kind}Id`))))).toBe(isIn);
    },
  });
  const joined = (id: string, kind: "campaign" | "workflow"): Pick<OperationCase, "before"> => ({
    before: async ({ run, make }) =>
      run(id, { contactId: await make("contactId"), [`${kind}Id`]: await make(`${kind}Id`) }),
  });
  return {
    "contact.addToCampaign": enrolled("campaign", true),
    "contact.removeFromCampaign": { ...enrolled("campaign", false), ...joined("contact.addToCampaign", "campaign") },
    "contact.removeFromAllCampaigns": {
      ...enrolled("campaign", false),
      ...joined("contact.addToCampaign", "campaign"),
    },
    "contact.addToWorkflow": enrolled("workflow", true),
    "contact.removeFromWorkflow": { ...enrolled("workflow", false), ...joined("contact.addToWorkflow", "workflow") },
  };
}

function staff(): Readonly<Record<string, OperationCase>> {
  const here = ({ emulator }: { readonly emulator: { readonly location: { readonly id: string } } }) => ({
    locationIds: [emulator.location.id],
  });
  return {
    "user.list": shows("userId"),
    "user.search": shows("userId", { input: () => ({ query: "tom" }) }),
    "user.findByEmail": shows("userId", { input: () => ({ emails: "tom@harbourlight.example" }) }),
    "user.read": shows("userId"),
    "user.create": {
      ...seenBy(
        "user.read",
        (_input, output) => ({ userId: idIn(output, "user") }),
        ({ firstName, email }) => ({ user: { firstName, email } }),
      ),
      input: here,
    },
    "user.update": seenBy(
      "user.read",
      (input) => only(input, "userId"),
      () => ({ user: { firstName: "Tom", lastName: "Pinto" } }),
    ),
    "user.delete": goneFor("user.read"),
  };
}
