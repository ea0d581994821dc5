import { createTable, type Table } from "../control/table.ts";
import { opaqueId } from "../random.ts";
import { emptyContact, fullNameOf, type Origin, type StoredContact } from "./contact.ts";
import type { ContactChange } from "./write.ts";

/** One change of the book: `before` is missing for a create, `after` for a delete. */
export type BookChange = { readonly before?: StoredContact; readonly after?: StoredContact };

/** What refuses a write that would make a duplicate. */
export type Duplicate = {
  readonly contact: StoredContact;
  readonly matchingField: "email" | "phone" | "additionalEmail";
};

/** Orders in which the search can sort. */
export const SORT_FIELDS = [
  "email",
  "dnd",
  "source",
  "firstNameLowerCase",
  "lastNameLowerCase",
  "dateAdded",
  "dateUpdated",
];

/** The contacts of one location, with the search index that follows behind. */
export type Book = {
  /** The contacts as they are now. */
  readonly contacts: Table<StoredContact>;
  /** The contacts as the search index shows them: the state of `searchLagMs` ago. */
  readonly index: () => Table<StoredContact>;
  /** A contact as it was before its last change; itself when it never changed. */
  readonly earlier: (id: string) => StoredContact | undefined;
  readonly add: (change: ContactChange, origin: Origin) => StoredContact;
  readonly change: (contact: StoredContact, change: ContactChange, origin: Origin) => StoredContact;
  readonly remove: (contact: StoredContact) => void;
  /** A contact that was deleted and can be restored. */
  readonly deleted: (id: string) => StoredContact | undefined;
  /** Brings a deleted contact back under its id, changed just now or as long ago as it was. Nobody is told. */
  readonly restore: (contact: StoredContact, isTouched: boolean) => StoredContact;
  /** Changes the survivor and retires the other for good. Nobody is told. */
  readonly merge: (
    survivor: StoredContact,
    change: ContactChange,
    retired: StoredContact,
    origin: Origin,
  ) => StoredContact;
  /** Moves the time of a contact's last change. Nobody is told. */
  readonly touch: (contact: StoredContact) => void;
  /** Puts a contact in as if it had always been there: no lag, nobody told. */
  readonly place: (change: ContactChange, origin: Origin, addedAt: number, updatedAt: number) => StoredContact;
  /** A contact other than `self` that already has this e-mail or phone. */
  readonly duplicateOf: (change: ContactChange, self: string, order: readonly UniqueKey[]) => Duplicate | undefined;
  readonly clear: () => void;
};

/** What a location may demand to be unique. */
export type UniqueKey = "email" | "phone";

/** What a book is made of. */
export type BookParts = {
  readonly now: () => number;
  readonly random: () => number;
  readonly locationId: string;
  readonly lagMs: () => number;
  readonly onChange: (change: BookChange) => void;
};

type Pending = { readonly at: number; readonly id: string; readonly contact: StoredContact | undefined };

/** Makes an empty book. */
export function createBook(parts: BookParts): Book {
  const contacts = createTable(SHAPE);
  const indexed = createTable(SHAPE);
  const before = new Map<string, StoredContact>();
  const deleted = new Map<string, StoredContact>();
  let pending: Pending[] = [];
  let done = 0;

  const index = (): Table<StoredContact> => {
    const visibleAt = parts.now() - parts.lagMs();
    for (let next = pending[done]; next !== undefined && next.at <= visibleAt; next = pending[done]) {
      if (next.contact === undefined) indexed.remove(next.id);
      else indexed.put(next.contact);
      done += 1;
    }
    if (done > 1_000 && done * 2 > pending.length) {
      pending = pending.slice(done);
      done = 0;
    }
    return indexed;
  };

  const put = (contact: StoredContact, old: StoredContact | undefined): StoredContact => {
    if (old !== undefined) before.set(contact.id, old);
    contacts.put(contact);
    pending.push({ at: parts.now(), id: contact.id, contact });
    index();
    return contact;
  };

  const store = (contact: StoredContact, old: StoredContact | undefined): StoredContact => {
    put(contact, old);
    parts.onChange(old === undefined ? { after: contact } : { before: old, after: contact });
    return contact;
  };

  const drop = (contact: StoredContact): void => {
    contacts.remove(contact.id);
    before.delete(contact.id);
    pending.push({ at: parts.now(), id: contact.id, contact: undefined });
  };

  const fresh = (origin: Origin) => emptyContact(opaqueId(parts.random, 20), parts.locationId, origin, parts.now());

  return {
    contacts,
    index,
    earlier: (id) => before.get(id) ?? contacts.get(id),
    add: (change, origin) => store({ ...fresh(origin), ...change }, undefined),
    change: (contact, change, origin) =>
      store({ ...contact, ...change, lastUpdatedBy: origin, updatedAt: parts.now() }, contact),
    remove: (contact) => {
      drop(contact);
      deleted.set(contact.id, contact);
      parts.onChange({ before: contact });
    },
    deleted: (id) => deleted.get(id),
    restore: (contact, isTouched) => {
      deleted.delete(contact.id);
      return put({ ...contact, ...(isTouched && { updatedAt: parts.now() }) }, undefined);
    },
    merge: (survivor, change, retired, origin) => {
      drop(retired);
      return put({ ...survivor, ...change, lastUpdatedBy: origin, updatedAt: parts.now() }, survivor);
    },
    touch: (contact) => void put({ ...contact, updatedAt: parts.now() }, contact),
    place: (change, origin, addedAt, updatedAt) => {
      const contact = { ...fresh(origin), ...change, addedAt, updatedAt };
      contacts.put(contact);
      indexed.put(contact);
      return contact;
    },
    duplicateOf: (change, self, order) => duplicateIn(contacts, change, self, order),
    clear: () => {
      contacts.clear();
      indexed.clear();
      before.clear();
      deleted.clear();
      pending = [];
      done = 0;
    },
  };
}

const SHAPE = {
  idOf: (contact: StoredContact) => contact.id,
  compareIds: (left: string, right: string) => (left === right ? 0 : left < right ? -1 : 1),
  keysOf: (index: string, contact: StoredContact) => keysOf(index, contact),
  orderOf: (order: string, contact: StoredContact) => orderOf(order, contact),
};

function keysOf(index: string, contact: StoredContact): string[] {
  const one = (text: string | null | undefined) => (text ? [text] : []);
  switch (index) {
    case "email":
      return one(contact.email);
    case "additionalEmail":
      return [...contact.additionalEmails];
    default:
      return one(contact.phone);
  }
}

/** The value by which a contact is sorted. */
export function orderOf(order: string, contact: StoredContact): string | number {
  switch (order) {
    case "dateAdded":
      return contact.addedAt;
    case "dateUpdated":
      return contact.updatedAt;
    case "email":
      return contact.email ?? "";
    case "dnd":
      return Number(contact.dnd);
    case "source":
      return contact.source ?? "";
    case "firstNameLowerCase":
      return contact.firstName?.toLowerCase() ?? "";
    default:
      return contact.lastName?.toLowerCase() ?? "";
  }
}

function duplicateIn(
  contacts: Table<StoredContact>,
  change: ContactChange,
  self: string,
  order: readonly UniqueKey[],
): Duplicate | undefined {
  const other = (index: string, key: string) => contacts.find(index, key).find((contact) => contact.id !== self);
  for (const unique of order) {
    const value = change[unique];
    if (!value) continue;
    const contact = other(unique, value);
    if (contact !== undefined) return { contact, matchingField: unique };
    const additional = unique === "email" ? other("additionalEmail", value) : undefined;
    if (additional !== undefined) return { contact: additional, matchingField: "additionalEmail" };
  }
  return undefined;
}

/** Whether a contact would have nothing to be known by. */
export function isNobody(contact: ContactChange): boolean {
  return !contact.email && !contact.phone && fullNameOf(contact) === "";
}
