import { type Desk, type DeskContact, type DeskFields, matchesQuery, type SeedContact } from "../control/desk.ts";
import { type Book, isNobody } from "./book.ts";
import { COMPANY_NAME, CONTACT_CHECKS, checkedContact } from "./check.ts";
import type { Children } from "./children.ts";
import { fullNameOf, type Origin, type StoredContact } from "./contact.ts";
import type { CustomField, CustomFields } from "./customFields.ts";
import { type ContactChange, changeOf, type WriteRules } from "./write.ts";
import type { Writer } from "./writer.ts";

/** Friendly names that are spelled differently in the product. */
const WIRE_NAMES: Readonly<Record<string, string>> = { addressLine1: "address1" };

const SHOWN = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "companyName",
  "address1",
  "city",
  "state",
  "postalCode",
  "country",
  "website",
  "dateOfBirth",
  "source",
] as const;

const CUSTOM = "custom.";

/** What the desk works with. */
export type DeskParts = {
  readonly book: Book;
  readonly writer: Writer;
  readonly fields: CustomFields;
  readonly rules: WriteRules;
  readonly template: () => StoredContact;
  readonly now: () => number;
  readonly children: Children;
};

/** A person at the product's own screen: the same rules as the API, without its limits and its list of calls. */
export function createDesk(parts: DeskParts): Desk {
  const { book, writer, fields, now, children } = parts;
  const shown = (contact: StoredContact) => deskContact(contact, fields);
  return {
    list: (query, offset, limit) => {
      const found = matching(book, query, offset, limit);
      return { contacts: found.contacts.map(shown), total: found.total };
    },
    create: (given) => shown(writer.create(writeOf(given, parts), PERSON)),
    edit: (id, given) => {
      writer.demand(id);
      return shown(writer.update(id, writeOf(given, parts), PERSON));
    },
    remove: writer.remove,
    seed: (contacts) => {
      for (const contact of contacts) seedOne(contact, parts, now());
    },
    clear: () => {
      book.clear();
      children.clear();
    },
    state: (id) => book.contacts.get(id) ?? children.state(id),
  };
}

/** The person at the screen. */
export const PERSON: Origin = { source: "WEB_USER", channel: "APP", sourceId: "usr00000000000000001" };

function matching(book: Book, query: string, offset: number, limit: number) {
  const contacts: StoredContact[] = [];
  const list = book.contacts.sorted("dateUpdated");
  if (query.trim() === "") {
    for (const contact of list.backward(list.size() - offset)) {
      if (contacts.push(contact) >= limit) break;
    }
    return { contacts, total: list.size() };
  }
  let total = 0;
  for (const contact of list.backward(list.size())) {
    if (!matchesQuery(query, [fullNameOf(contact), contact.email, contact.phone])) continue;
    if (total >= offset && contacts.length < limit) contacts.push(contact);
    total += 1;
  }
  return { contacts, total };
}

/** A contact as the screen shows it. */
export function deskContact(contact: StoredContact, fields: CustomFields): DeskContact {
  const shown: Record<string, string | readonly string[]> = {};
  for (const name of SHOWN) shown[name === "address1" ? "addressLine1" : name] = contact[name] ?? "";
  shown.tags = contact.tags;
  if (contact.additionalEmails.length > 0) shown.additionalEmails = contact.additionalEmails;
  for (const { id, value } of contact.customFields) {
    const field = fields.find(id);
    if (field !== undefined) shown[CUSTOM + field.fieldKey.slice("contact.".length)] = asText(value);
  }
  return { id: contact.id, fields: shown, updatedAt: new Date(contact.updatedAt).toISOString() };
}

function asText(value: unknown): string | readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Friendly names into a body of the API. @throws Refusal 422 on an unknown name or a bad value. */
function writeOf(given: DeskFields, { fields, rules }: DeskParts) {
  return checkedContact(bodyOf(given, fields), DESK_CHECKS, rules.refusals);
}

const DESK_CHECKS = { ...CONTACT_CHECKS.update, ...COMPANY_NAME };

function bodyOf(given: DeskFields, fields: CustomFields): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const custom: unknown[] = [];
  for (const [name, value] of Object.entries(given)) {
    const field = name.startsWith(CUSTOM) ? fields.find(name.slice(CUSTOM.length)) : undefined;
    if (field !== undefined) custom.push({ id: field.id, field_value: typedFor(field, value) });
    else if (name === "tags") body.tags = typeof value === "string" ? [value] : value;
    else if (name === "additionalEmails") body[name] = [value].flat().map((email) => ({ email }));
    else body[WIRE_NAMES[name] ?? name] = value;
  }
  return custom.length === 0 ? body : { ...body, customFields: custom };
}

/** Forms and files are typed in as JSON; everything else as it is. */
function typedFor(field: CustomField, value: string | readonly string[]): unknown {
  const isForm = field.dataType === "TEXTBOX_LIST" || field.dataType === "FILE_UPLOAD";
  return isForm && typeof value === "string" && value !== "" ? JSON.parse(value) : value;
}

/** A seed is taken as it is: what was valid long ago need not pass today's rules against duplicates. */
function seedOne({ fields: given, createdAt, updatedAt }: SeedContact, parts: DeskParts, now: number): void {
  const change = seedChange(given, parts);
  if (isNobody(change)) return;
  const addedAt = createdAt ?? now;
  parts.book.place(change, PERSON, addedAt, updatedAt ?? addedAt);
}

function seedChange(given: DeskFields, parts: DeskParts): ContactChange {
  const { phone, ...others } = given;
  const change = changeOf(
    checkedContact(bodyOf(others, parts.fields), DESK_CHECKS, parts.rules.refusals),
    parts.template(),
    parts.rules,
  );
  if (typeof phone !== "string" || phone === "") return change;
  // Reading a hundred thousand phones takes seconds; one that is in E.164 already needs no reading.
  const known = /^\+\d{7,15}$/.test(phone) ? phone : changeOf({ phone }, parts.template(), parts.rules).phone;
  return { ...change, phone: known ?? null };
}
