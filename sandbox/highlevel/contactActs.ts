import type { ContactActs } from "../control/children.ts";
import type { DeskContact } from "../control/desk.ts";
import type { Book, BookChange } from "./book.ts";
import type { Children } from "./children.ts";
import { type Origin, type StoredContact, TEXT_FIELDS } from "./contact.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";
import type { ContactChange } from "./write.ts";

/** What merging and restoring work with. */
export type ContactActParts = {
  readonly book: Book;
  readonly children: Children;
  /** @throws Refusal when there is no such contact. */
  readonly demand: (id: string) => StoredContact;
  readonly shown: (contact: StoredContact) => DeskContact;
  readonly announce: (change: BookChange) => void;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly origin: Origin;
};

/** Merging and restoring as a person does them at the screen. The API has neither. */
export function createContactActs(parts: ContactActParts): Required<ContactActs> {
  return {
    merge: (survivorId, retiredId) => parts.shown(merge(survivorId, retiredId, parts)),
    restore: (id) => parts.shown(restore(id, parts)),
  };
}

/** The product tells nobody of a merge; by quirk it tells of the retired contact, of the survivor, or of both. */
function merge(survivorId: string, retiredId: string, parts: ContactActParts): StoredContact {
  const { book, children, demand, quirks, refusals, origin } = parts;
  const survivor = demand(survivorId);
  const retired = demand(retiredId);
  if (survivor.id === retired.id) throw refusals.bad("A contact can not be merged with itself");
  const merged = book.merge(survivor, unionOf(survivor, retired), retired, origin);
  children.handOver(retired.id, survivor.id);
  const { mergeTells } = quirks();
  if (mergeTells === "update" || mergeTells === "both") parts.announce({ before: survivor, after: merged });
  if (mergeTells === "delete" || mergeTells === "both") parts.announce({ before: retired });
  return merged;
}

/** What the survivor gets: what it lacks, all tags, and the other's addresses as further ones. */
function unionOf(survivor: StoredContact, retired: StoredContact): ContactChange {
  const texts = TEXT_FIELDS.flatMap((field) => (survivor[field] ? [] : [[field, retired[field] ?? survivor[field]]]));
  const filled: ContactChange = Object.fromEntries(texts.filter(([, text]) => text !== undefined));
  const email = filled.email ?? survivor.email;
  const others = [...survivor.additionalEmails, ...(retired.email ? [retired.email] : []), ...retired.additionalEmails];
  const known = new Set(survivor.customFields.map(({ id }) => id));
  return {
    ...filled,
    tags: [...new Set([...survivor.tags, ...retired.tags])],
    followers: [...new Set([...survivor.followers, ...retired.followers])],
    businessId: survivor.businessId ?? retired.businessId,
    additionalEmails: [...new Set(others)].filter((other) => other !== email),
    customFields: [...survivor.customFields, ...retired.customFields.filter(({ id }) => !known.has(id))],
  };
}

/** Whether anybody is told of a restored contact, and whether it counts as changed, is a quirk each. */
function restore(id: string, { book, children, quirks, refusals, announce }: ContactActParts): StoredContact {
  const deleted = book.deleted(id);
  if (deleted === undefined) throw refusals.missing(`Contact not found for id: ${id}`);
  const contact = book.restore(deleted, quirks().restoreTouches);
  children.returnWith(id);
  if (quirks().restoreTells) announce({ after: contact });
  return contact;
}
