import { createTable, type Table } from "../control/table.ts";
import type { StoredContact } from "./contact.ts";

/** The contacts of one account, deleted ones among them. */
export type Book = {
  readonly contacts: Table<StoredContact>;
  /** The contact that holds this e-mail and is not deleted. */
  readonly holding: (email: string) => StoredContact | undefined;
  /** The deleted contact that held it last. */
  readonly held: (email: string) => StoredContact | undefined;
  /** A contact as it was before its last change. */
  readonly earlier: (id: string) => StoredContact | undefined;
  readonly put: (contact: StoredContact) => StoredContact;
  readonly clear: () => void;
};

/** Makes an empty book. */
export function createBook(): Book {
  const contacts = createTable(SHAPE);
  const before = new Map<string, StoredContact>();
  const withEmail = (email: string) => contacts.find("email", email.trim().toLowerCase());
  return {
    contacts,
    holding: (email) => withEmail(email).find(({ deletedAt }) => deletedAt === undefined),
    held: (email) => withEmail(email).sort((left, right) => (right.deletedAt ?? 0) - (left.deletedAt ?? 0))[0],
    earlier: (id) => before.get(id),
    put: (contact) => {
      const old = contacts.get(contact.id);
      if (old !== undefined) before.set(old.id, old);
      contacts.put(contact);
      return contact;
    },
    clear: () => {
      contacts.clear();
      before.clear();
    },
  };
}

const SHAPE = {
  idOf: (contact: StoredContact) => contact.id,
  compareIds: (left: string, right: string) => (left < right ? -1 : Number(left > right)),
  keysOf: (index: string, { email, eid }: StoredContact) => {
    const text = index === "eid" ? eid : email;
    return text === "" ? [] : [text];
  },
  orderOf: (order: string, { createdAt, updatedAt }: StoredContact) => (order === "createdAt" ? createdAt : updatedAt),
};
