import { type Desk, type DeskContact, type DeskFields, matchesQuery, type SeedContact } from "../control/desk.ts";
import type { Book } from "./book.ts";
import { FIELDS_BY_NAME, type StoredContact, tagsOf, textOf } from "./contact.ts";
import { searchedTexts } from "./present.ts";
import { readValues, type WriteRules } from "./write.ts";
import type { Writer } from "./writer.ts";

/** Friendly names of the fields that are spelled differently in the product. */
const WIRE_NAMES: Readonly<Record<string, string>> = {
  phone: "mobile",
  workPhone: "phone",
  jobTitle: "designation",
  addressLine1: "billingAddressLine1",
  city: "billingCity",
  state: "billingState",
  postalCode: "billingZipCode",
  country: "billingCountry",
};

const SHOWN = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "workPhone",
  "otherPhone",
  "jobTitle",
  "addressLine1",
  "city",
  "state",
  "postalCode",
  "country",
  "website",
  "description",
];

/** What the desk works with. */
export type DeskParts = {
  readonly book: Book;
  readonly writer: Writer;
  readonly rules: WriteRules;
  /** The person at the screen. */
  readonly user: number;
  readonly now: () => number;
  /** Forgets all records. */
  readonly clear: () => void;
  /** A record of another kind that has this id, or `undefined`. */
  readonly otherState: (id: number) => unknown;
};

/** A person at the product's own screen: the same rules as the API, without its limit and its list of calls. */
export function createDesk(parts: DeskParts): Desk {
  const { book, writer, user, now } = parts;
  return {
    list: (query, offset, limit) => matching(book, query, offset, limit),
    create: (given) => deskContact(writer.create({ owner: user, ...bodyOf(given, parts) }, user)),
    edit: (id, given) => {
      const contact = writer.demand(id);
      const kept = { owner: contact.owner, lastName: textOf(contact, "lastName") };
      return deskContact(writer.update(id, { ...kept, ...bodyOf(given, parts) }, user));
    },
    remove: (id) => writer.remove(id, user),
    seed: (contacts) => {
      for (const contact of contacts) seedOne(contact, parts, now());
    },
    clear: parts.clear,
    state: (id) => book.get(Number(id)) ?? parts.otherState(Number(id)),
  };
}

function matching(book: Book, query: string, offset: number, limit: number) {
  const list = book.contacts.sorted("lastModifiedAt");
  const contacts: DeskContact[] = [];
  let total = 0;
  for (const contact of list.backward(list.size())) {
    if (!matchesQuery(query, query === "" ? [] : searchedTexts(contact))) continue;
    if (total >= offset && contacts.length < limit) contacts.push(deskContact(contact));
    total += 1;
  }
  return { contacts, total };
}

/** A contact under the friendly names of the control API. */
export function deskContact(contact: StoredContact): DeskContact {
  const fields: Record<string, string | readonly string[]> = {};
  for (const name of SHOWN) fields[name] = textOf(contact, WIRE_NAMES[name] ?? name);
  fields.tags = tagsOf(contact);
  for (const [name, value] of Object.entries(contact.values)) {
    if (name.includes("CustomField")) fields[name] = String(value);
  }
  return { id: String(contact.id), fields, updatedAt: new Date(contact.lastModifiedAt).toISOString() };
}

/** Friendly names into a body of the API. @throws Refusal 400 on a name that the product does not have. */
function bodyOf(given: DeskFields, { rules }: Pick<DeskParts, "rules">): Record<string, string> {
  const body: Record<string, string> = {};
  for (const [friendly, value] of Object.entries(given)) {
    const name = WIRE_NAMES[friendly] ?? friendly;
    if (!FIELDS_BY_NAME.has(name)) throw rules.refusals.invalid(`${friendly} is not a valid field`);
    body[name] = typeof value === "string" ? value : value.join(",");
  }
  return body;
}

function seedOne({ fields, createdAt, updatedAt }: SeedContact, parts: DeskParts, now: number): void {
  const values = readValues(bodyOf(fields, parts), parts.rules);
  const at = createdAt ?? now;
  parts.book.add({ owner: parts.user, values }, parts.user, parts.user, at, updatedAt ?? at);
}
