import { type Check, type Checks, flag, oneOf, requiredText, requiredTexts, texts } from "./check.ts";
import type { Origin } from "./contact.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, type Row } from "./rows.ts";
import { storedTags } from "./write.ts";

/** Operations 23 and 24 of the contract sheet. */
export const BULK_OPERATIONS: readonly Row[] = [
  ["POST", "/contacts/bulk/tags/update/:type", "contacts.write", bulkTags],
  ["POST", "/contacts/bulk/business", "contacts.write", bulkBusiness],
];

const TAGS_BODY: Checks = { contacts: requiredTexts, tags: texts, locationId: requiredText, removeAllTags: flag };

/** What is to be done with tags, as a whole body says it. */
type TagOrder = { readonly isAdding: boolean; readonly tags: readonly string[]; readonly isAll: boolean };

/** Each contact gets a line of its own; one that is missing does not stop the others. */
function bulkTags(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, TAGS_BODY, ["contacts", "tags", "locationId"]);
  const problems = oneOf(["add", "remove"])("type", visit.params.type);
  if (problems.length > 0) throw place.refusals.invalid(problems);
  const isAdding = visit.params.type === "add";
  const isAll = given.removeAllTags === true;
  if (isAdding && isAll) throw place.refusals.bad("removeAllTags can only be used with type remove");
  const order = { isAdding, isAll, tags: storedTags(listOf(given.tags)) };
  const responses = listOf(given.contacts).map((id) => tagOne(id, order, visit.origin, place));
  const errorCount = responses.filter(({ type }) => type === "error").length;
  const succeded = errorCount === 0;
  return {
    status: 201,
    body: { succeded, ...(visit.isV3 ? { succeeded: succeded } : {}), errorCount, responses },
  };
}

function tagOne(contactId: string, order: TagOrder, origin: Origin, { book, writer }: Place) {
  const contact = book.contacts.get(contactId);
  if (contact === undefined) {
    const message = `Contact not found for id: ${contactId}`;
    return { contactId, message, type: "error", oldTags: [], tagsAdded: [], tagsRemoved: [] };
  }
  const oldTags = contact.tags;
  const { tags } = order.isAdding
    ? writer.addTags(contactId, order.tags, origin)
    : writer.removeTags(contactId, order.isAll ? oldTags : order.tags, origin);
  return {
    contactId,
    message: "Tags updated",
    type: "success",
    oldTags,
    tagsAdded: tags.filter((tag) => !oldTags.includes(tag)),
    tagsRemoved: oldTags.filter((tag) => !tags.includes(tag)),
  };
}

const BUSINESS_IDS_MAX = 50;

const ids: Check = (name, value) => {
  const problems = requiredTexts(name, value);
  return problems.length === 0 && listOf(value).length > BUSINESS_IDS_MAX
    ? [`${name} must contain no more than ${BUSINESS_IDS_MAX} elements`]
    : problems;
};

const business: Check = (name, value) => (value === null ? [] : requiredText(name, value));

const BUSINESS_BODY: Checks = { locationId: requiredText, ids, businessId: business };

/** A business of `null` detaches. All contacts must be there before any is changed. */
function bulkBusiness(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, BUSINESS_BODY, ["locationId", "ids", "businessId"]);
  const businessId = given.businessId === null ? null : String(given.businessId);
  if (businessId !== null) place.businesses.demand(businessId);
  const contacts = listOf(given.ids).map((id) => place.writer.demand(id));
  for (const contact of contacts) {
    if (contact.businessId !== businessId) place.book.change(contact, { businessId }, visit.origin);
  }
  return { body: { success: true, ids: contacts.map(({ id }) => id) } };
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
