import { createTable, type Table } from "../control/table.ts";
import { fullNameOf, type StoredContact, textOf } from "./contact.ts";
import type { ContactWrite } from "./write.ts";

/** The records of one module of an account: contacts, companies, deals. */
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

/** What makes the records of one module different from those of another. */
export type BookShape = {
  readonly firstId: number;
  /** What a record is called, by the fields that its module has for that. */
  readonly nameOf: (record: StoredContact) => string;
};

const CONTACTS: BookShape = { firstId: 1_001, nameOf: fullNameOf };

/** Makes an empty book. Ids rise and are never given twice. */
export function createBook({ firstId, nameOf }: BookShape = CONTACTS): Book {
  const contacts = createTable(shapeOf(nameOf));
  const deleted = new Map<number, StoredContact>();
  const before = new Map<number, StoredContact>();
  let nextId = firstId;

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

function shapeOf(nameOf: BookShape["nameOf"]) {
  const shown = (field: string, record: StoredContact) => valueText(field, record, nameOf);
  return {
    idOf: (record: StoredContact) => String(record.id),
    compareIds: (left: string, right: string) => Number(left) - Number(right),
    keysOf: (index: string, record: StoredContact) => {
      const text = shown(index, record).toLowerCase();
      return text === "" ? [] : [text];
    },
    orderOf: (order: string, record: StoredContact): string | number => {
      switch (order) {
        case "id":
          return record.id;
        case "createdAt":
          return record.createdAt;
        case "lastModifiedAt":
          return record.lastModifiedAt;
        default:
          return shown(order, record).toLowerCase();
      }
    },
  };
}

/** The text of any field, also of the owner and of what the record is called. */
export function valueText(field: string, record: StoredContact, nameOf: BookShape["nameOf"] = fullNameOf): string {
  if (field === "owner" || field === "owner.id") return String(record.owner);
  if (field === "id") return String(record.id);
  return field === "name" ? nameOf(record) : textOf(record, field.replace(/\.id$/, ""));
}
