import { type Desk, type DeskContact, type DeskFields, matchesQuery } from "../control/desk.ts";
import type { Book } from "./book.ts";
import { CONTACT_STATES, type ContactState, CUSTOM_FIELDS, type StoredContact } from "./contact.ts";
import type { ContactWriter } from "./contactWrite.ts";
import type { Refusals } from "./wording.ts";

/** What the desk works with. */
export type DeskParts = {
  readonly book: Book;
  readonly writer: ContactWriter;
  readonly refusals: Refusals;
  readonly now: () => number;
  /** Forgets all records. */
  readonly clear: () => void;
  /** A record of another kind that has this id, or `undefined`. */
  readonly otherState: (id: string) => unknown;
};

/** Friendly names of the fields that are spelled otherwise in the product. */
const WIRE_NAMES: Readonly<Record<string, string>> = { companyName: "company", lists: "lists" };

/** A person at the product's own screen: the same rules as the API, without its limit and its list of calls. */
export function createDesk(parts: DeskParts): Desk {
  const { book, writer, refusals, now } = parts;
  const demand = (id: string): StoredContact => {
    const contact = book.contacts.get(id);
    if (contact === undefined || contact.deletedAt !== undefined) throw refusals.missing("Contact not found");
    return contact;
  };
  const create = (given: DeskFields): DeskContact => {
    const { status, ...fields } = given;
    const { contact } = writer.import(bodyOf(fields));
    return shown(status === undefined ? contact : withStatus(contact, String(status), parts));
  };
  return {
    list: (query, offset, limit) => matching(book, query, offset, limit),
    create,
    edit: (id, given) => edited(demand(id), given, parts),
    remove: (id) => void writer.remove(demand(id).email),
    seed: (contacts) => {
      for (const { fields, createdAt, updatedAt } of contacts) {
        const { id } = create(fields);
        const contact = book.contacts.get(id);
        const at = createdAt ?? now();
        if (contact !== undefined) book.put({ ...contact, createdAt: at, updatedAt: updatedAt ?? at });
      }
    },
    clear: parts.clear,
    state: (id) => book.contacts.get(id) ?? parts.otherState(id),
  };
}

/** On the product's own screen an address can be changed, which no operation of the API can; the id stays. */
function edited(contact: StoredContact, given: DeskFields, parts: DeskParts): DeskContact {
  const { email, status, ...fields } = given;
  const address = email === undefined ? contact.email : String(email).trim().toLowerCase();
  if (address !== contact.email) {
    if (parts.book.holding(address) !== undefined) throw parts.refusals.invalid("email is already in use");
    parts.book.put({ ...contact, email: address, updatedAt: parts.now() });
  }
  const { contact: changed } = parts.writer.import({ ...bodyOf(fields), email: address });
  return shown(status === undefined ? changed : withStatus(changed, String(status), parts));
}

function withStatus(contact: StoredContact, wanted: string, { book, refusals, now }: DeskParts): StoredContact {
  const status = CONTACT_STATES.find((known): known is ContactState => known === wanted);
  if (status === undefined) throw refusals.invalid(`status must be one of ${CONTACT_STATES.join(", ")}`);
  return book.put({ ...contact, status, updatedAt: now() });
}

function matching(book: Book, query: string, offset: number, limit: number) {
  const list = book.contacts.sorted("updatedAt");
  const contacts: DeskContact[] = [];
  let total = 0;
  for (const contact of list.backward(list.size())) {
    const { email, name, phone, deletedAt } = contact;
    if (deletedAt !== undefined || !matchesQuery(query, [email, name, phone])) continue;
    if (total >= offset && contacts.length < limit) contacts.push(shown(contact));
    total += 1;
  }
  return { contacts, total };
}

/** A contact under the friendly names of the control API. */
function shown(contact: StoredContact): DeskContact {
  const { email, name, phone, company, eid, type, status, lists } = contact;
  const [firstName = "", ...rest] = name.split(" ");
  const custom = Object.fromEntries(CUSTOM_FIELDS.map((key) => [key, contact.custom[key] ?? ""]));
  const names = { name, firstName, lastName: rest.join(" ") };
  const fields = { ...names, email, phone, companyName: company, eid, type, status, lists, ...custom };
  return { id: contact.id, fields, updatedAt: new Date(contact.updatedAt).toISOString() };
}

/** First and last name make one name, as the product keeps it. */
function bodyOf({ firstName, lastName, lists, ...fields }: DeskFields): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [friendly, value] of Object.entries(fields)) body[WIRE_NAMES[friendly] ?? friendly] = String(value);
  const name = [firstName, lastName].filter((part) => part !== undefined && part !== "").join(" ");
  if (firstName !== undefined || lastName !== undefined) body.name = name;
  if (Array.isArray(lists)) body.addToLists = lists;
  return body;
}
