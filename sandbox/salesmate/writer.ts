import type { Book } from "./book.ts";
import type { StoredContact } from "./contact.ts";
import { type ContactRules, type ContactWrite, readWrite } from "./write.ts";

/** The acts that change contacts, with all their rules; the API and the product's own screen both go through here. */
export type Writer = {
  readonly create: (body: unknown, user: number) => StoredContact;
  readonly update: (id: string, body: unknown, user: number) => StoredContact;
  readonly remove: (id: string, user: number) => void;
  /** Brings a deleted contact back. @throws Refusal 404 ObjectNotFound when there is no deleted one of this id. */
  readonly restore: (id: string, user: number) => StoredContact;
  /** A contact that is there and not deleted. @throws Refusal 404 ObjectNotFound. */
  readonly demand: (id: string) => StoredContact;
};

/**
 * Binds the acts to one book.
 * @param gone Told of each contact that is deleted, and by whom.
 */
export function createWriter(
  book: Book,
  rules: ContactRules,
  now: () => number,
  gone: (contactId: number, user: number) => void,
): Writer {
  const { quirks, refusals } = rules;

  const demand = (id: string): StoredContact => {
    const contact = /^\d+$/.test(id) ? book.get(Number(id)) : undefined;
    if (contact === undefined || contact.isDeleted) throw refusals.missing("Contact not found");
    return contact;
  };

  const refuseDuplicate = ({ values }: ContactWrite, self: number | undefined): void => {
    const email = String(values.email ?? "").toLowerCase();
    if (!quirks().refuseDuplicateEmail || email === "") return;
    if (book.contacts.find("email", email).some((contact) => contact.id !== self)) {
      throw refusals.invalid("Contact with same Email already exists");
    }
  };

  return {
    demand,
    create: (body, user) => {
      const write = readWrite(body, rules);
      refuseDuplicate(write, undefined);
      return book.add(write, write.owner ?? user, user, now());
    },
    update: (id, body, user) => {
      const contact = demand(id);
      const write = readWrite(body, rules);
      refuseDuplicate(write, contact.id);
      if (!quirks().touchOnNoChange && !moves(contact, write)) return contact;
      return book.change(contact, write, user, now());
    },
    remove: (id, user) => {
      const contact = demand(id);
      book.remove(contact, user, now());
      gone(contact.id, user);
    },
    restore: (id, user) => {
      const contact = book.get(Number(id));
      if (contact?.isDeleted !== true) throw refusals.missing("Contact not found");
      refuseDuplicate({ owner: undefined, values: contact.values }, contact.id);
      return book.restore(contact, user, now());
    },
  };
}

function moves(contact: StoredContact, { owner, values }: ContactWrite): boolean {
  if (owner !== undefined && owner !== contact.owner) return true;
  return Object.entries(values).some(([name, value]) => value !== (contact.values[name] ?? ""));
}
