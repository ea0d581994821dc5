import { createTable, type Table } from "../control/table.ts";
import { fullNameOf, type StoredContact, textOf } from "./contact.ts";
import type { ContactWrite } from "./write.ts";

/** The contacts of one account. */
export type Book = {
  /** Those that a search can find: all that are not deleted. */
  readonly contacts: Table<StoredContact>;
  /** A contact by id, deleted or not. */
  readonly get: (id: number) => StoredContact | undefined;
  /** A contact as it was before its last change. */
  readonly earlier: (id: number) => StoredContact | undefined;
  readonly add: (write: ContactWrite, owner: number, user: number, at: number, changedAt?: number) => StoredContact;
  readonly change: (contact: StoredContact, write: ContactWrite, user: number, at: number) => StoredContact;
  /** Soft: the contact vanishes from search and keeps its id. */
  readonly remove: (contact: StoredContact, user: number, at: number) => void;
  /** Undoes a deletion. */
  readonly restore: (contact: StoredContact, user: number, at: number) => StoredContact;
  readonly clear: () => void;
};

const FIRST_ID = 1_001;

/** Makes an empty book. Ids rise and are never given twice. */
export function createBook(): Book {
  const contacts = createTable(SHAPE);
  const deleted = new Map<number, StoredContact>();
  const before = new Map<number, StoredContact>();
  let nextId = FIRST_ID;

  const get = (id: number) => contacts.get(String(id)) ?? deleted.get(id);

  return {
    contacts,
    get,
    earlier: (id) => before.get(id) ?? get(id),
    add: ({ values }, owner, user, at, changedAt = at) => {
      const id = nextId;
      nextId += 1;
      const stamps = { createdAt: at, createdBy: user, lastModifiedAt: changedAt, lastModifiedBy: user };
      const contact = { id, owner, values, ...stamps, isDeleted: false };
      contacts.put(contact);
      return contact;
    },
    change: (contact, write, user, at) => {
      const changed = {
        ...contact,
        owner: write.owner ?? contact.owner,
        values: { ...contact.values, ...write.values },
        lastModifiedAt: at,
        lastModifiedBy: user,
      };
      before.set(contact.id, contact);
      contacts.put(changed);
      return changed;
    },
    remove: (contact, user, at) => {
      contacts.remove(String(contact.id));
      deleted.set(contact.id, { ...contact, isDeleted: true, lastModifiedAt: at, lastModifiedBy: user });
    },
    restore: (contact, user, at) => {
      deleted.delete(contact.id);
      const restored = { ...contact, isDeleted: false, lastModifiedAt: at, lastModifiedBy: user };
      contacts.put(restored);
      return restored;
    },
    clear: () => {
      contacts.clear();
      deleted.clear();
      before.clear();
    },
  };
}

const SHAPE = {
  idOf: (contact: StoredContact) => String(contact.id),
  compareIds: (left: string, right: string) => Number(left) - Number(right),
  keysOf: (index: string, contact: StoredContact) => {
    const text = valueText(index, contact).toLowerCase();
    return text === "" ? [] : [text];
  },
  orderOf: (order: string, contact: StoredContact) => orderOf(order, contact),
};

/** The text of any field, also of the owner and the full name. */
export function valueText(field: string, contact: StoredContact): string {
  if (field === "owner" || field === "owner.id") return String(contact.owner);
  if (field === "id") return String(contact.id);
  return field === "name" ? fullNameOf(contact) : textOf(contact, field);
}

function orderOf(order: string, contact: StoredContact): string | number {
  switch (order) {
    case "id":
      return contact.id;
    case "createdAt":
      return contact.createdAt;
    case "lastModifiedAt":
      return contact.lastModifiedAt;
    default:
      return valueText(order, contact).toLowerCase();
  }
}
