import { type Book, isNobody } from "./book.ts";
import { fullNameOf, type Origin, type StoredContact } from "./contact.ts";
import { type ContactChange, type ContactWrite, changeOf, storedTags, type WriteRules } from "./write.ts";

/** The acts that change contacts, with all their rules; the API and the product's own screen both go through here. */
export type Writer = {
  readonly create: (write: ContactWrite, origin: Origin) => StoredContact;
  readonly update: (id: string, write: ContactWrite, origin: Origin) => StoredContact;
  readonly upsert: (
    write: ContactWrite,
    mayDuplicate: boolean,
    origin: Origin,
  ) => { isNew: boolean; contact: StoredContact };
  readonly addTags: (id: string, tags: readonly string[], origin: Origin) => StoredContact;
  readonly removeTags: (id: string, tags: readonly string[], origin: Origin) => StoredContact;
  readonly remove: (id: string) => void;
  /** The contact as it is now. @throws Refusal when there is none. */
  readonly demand: (id: string) => StoredContact;
};

/** Binds the acts to one book. */
export function createWriter(book: Book, rules: WriteRules, template: () => StoredContact): Writer {
  const { quirks, refusals } = rules;

  const gone = (id: string) =>
    quirks().goneAs === "404"
      ? refusals.missing(`Contact not found for id: ${id}`)
      : refusals.bad(`Contact with id ${id} not found`);

  const demand = (id: string): StoredContact => {
    const contact = book.contacts.get(id);
    if (contact === undefined) throw gone(id);
    return contact;
  };

  const refuseDuplicate = (change: ContactChange, self: string): void => {
    if (quirks().allowDuplicateContact) return;
    const duplicate = book.duplicateOf(change, self, quirks().uniqueKeys);
    if (duplicate === undefined) return;
    const { contact, matchingField } = duplicate;
    throw refusals.bad("This location does not allow duplicated contacts.", {
      meta: { contactId: contact.id, matchingField, contactName: fullNameOf(contact) },
    });
  };

  const create = (write: ContactWrite, origin: Origin): StoredContact => {
    const change = changeOf(write, template(), rules);
    if (isNobody(change)) {
      throw refusals.bad("Contacts without email, phone, firstName and lastName are not allowed.");
    }
    refuseDuplicate(change, "");
    return book.add(change, origin);
  };

  const apply = (contact: StoredContact, change: ContactChange, origin: Origin): StoredContact => {
    const moved = onlyMoved(contact, change);
    if (Object.keys(moved).length === 0 && !quirks().touchOnNoChange) return contact;
    refuseDuplicate(moved, contact.id);
    return book.change(contact, moved, origin);
  };

  const update = (id: string, write: ContactWrite, origin: Origin): StoredContact => {
    const contact = demand(id);
    return apply(contact, changeOf(write, contact, rules), origin);
  };

  const upsert = (write: ContactWrite, mayDuplicate: boolean, origin: Origin) => {
    if (mayDuplicate && quirks().allowDuplicateContact) return { isNew: true, contact: create(write, origin) };
    const found = book.duplicateOf(changeOf(write, template(), rules), "", quirks().uniqueKeys);
    if (found === undefined) return { isNew: true, contact: create(write, origin) };
    const change = changeOf(write, found.contact, rules);
    return { isNew: false, contact: apply(found.contact, withoutTaken(book, found.contact, change), origin) };
  };

  const setTags = (contact: StoredContact, tags: readonly string[], origin: Origin) =>
    apply(contact, { tags: storedTags(tags) }, origin);

  return {
    create,
    update,
    upsert,
    demand,
    addTags: (id, tags, origin) => {
      const contact = demand(id);
      return setTags(contact, [...contact.tags, ...tags], origin);
    },
    removeTags: (id, tags, origin) => {
      const contact = demand(id);
      const unwanted = storedTags(tags);
      return setTags(
        contact,
        contact.tags.filter((tag) => !unwanted.includes(tag)),
        origin,
      );
    },
    remove: (id) => book.remove(demand(id)),
  };
}

/** An e-mail or phone that belongs to yet another contact is dropped from an upsert. */
function withoutTaken(book: Book, contact: StoredContact, change: ContactChange): ContactChange {
  const { email, phone, ...others } = change;
  const isTaken = (part: ContactChange) => book.duplicateOf(part, contact.id, ["email", "phone"]) !== undefined;
  return {
    ...others,
    ...(email === undefined || isTaken({ email }) ? {} : { email }),
    ...(phone === undefined || isTaken({ phone }) ? {} : { phone }),
  };
}

/** The part of a change that is different from what is stored. */
export function onlyMoved(contact: StoredContact, change: ContactChange): ContactChange {
  const stored: Record<string, unknown> = contact;
  return Object.fromEntries(
    Object.entries(change).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name] ?? blank(value)),
    ),
  );
}

/** Clearing what was never set changes nothing. */
function blank(value: unknown): unknown {
  return value === null ? null : undefined;
}
