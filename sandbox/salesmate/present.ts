import type { ActivityBook } from "./activityBook.ts";
import { BELONGING_FIELDS, BELONGING_TIMES, type Belongings, belongingsOf } from "./belongings.ts";
import { valueText } from "./book.ts";
import { FIELDS_BY_NAME, type FieldValue, fullNameOf, type StoredContact } from "./contact.ts";
import { literalOf } from "./dates.ts";
import type { Module } from "./module.ts";
import type { Notes } from "./note.ts";
import type { Quirks } from "./quirks.ts";

/** A user of the account. */
export type User = {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly timezone: string;
  readonly isActive: boolean;
};

/** What the shape of an answer depends on. */
export type Showing = {
  readonly quirks: Quirks;
  readonly userOf: (id: number) => User | undefined;
  readonly belongingsOf: (contactId: number) => Belongings;
  /** What a company is called; `undefined` where there is none. */
  readonly companyName: (id: number) => string | undefined;
};

/** What the shape of an answer depends on, as it is now. */
export function showing(parts: {
  readonly quirks: () => Quirks;
  readonly users: () => readonly User[];
  readonly activityBook: ActivityBook;
  readonly notes: Notes;
  readonly deals: Pick<Module, "book">;
  readonly companies: Pick<Module, "book" | "nameOf">;
}): Showing {
  return {
    quirks: parts.quirks(),
    userOf: (id) => parts.users().find((user) => user.id === id),
    belongingsOf: (contactId) => belongingsOf(contactId, parts),
    companyName: (id) => {
      const company = parts.companies.book.get(id);
      return company === undefined || company.isDeleted ? undefined : parts.companies.nameOf(company);
    },
  };
}

/** A contact as a direct read shows it: everything, dates as ISO text or epoch milliseconds. */
export function shownContact(contact: StoredContact, showing: Showing): Record<string, unknown> {
  const date = (at: number) => (showing.quirks.readDatesAs === "iso" ? new Date(at).toISOString() : at);
  const belongings = showing.belongingsOf(contact.id);
  const times = BELONGING_TIMES.map((name) => {
    const at = belongings[name];
    return [name, typeof at === "number" ? date(at) : null];
  });
  const { company, ...values } = contact.values;
  return {
    id: contact.id,
    name: fullNameOf(contact),
    type: "Contact",
    ...values,
    ...(company !== undefined && shownCompany(contact, showing)),
    ...shownOwner(contact, showing),
    ...belongings,
    ...Object.fromEntries(times),
    createdAt: date(contact.createdAt),
    createdBy: contact.createdBy,
    lastModifiedAt: date(contact.lastModifiedAt),
    lastModifiedBy: contact.lastModifiedBy,
    isDeleted: contact.isDeleted,
  };
}

/** A row of search: only the fields asked for, dates as minute-precise text in the account's time zone. */
export function searchRow(contact: StoredContact, fieldNames: readonly string[], showing: Showing) {
  const row: Record<string, unknown> = {};
  for (const fieldName of fieldNames) Object.assign(row, cellOf(contact, fieldName.replace(/^contact\./, ""), showing));
  return row;
}

function cellOf(contact: StoredContact, name: string, showing: Showing): Record<string, unknown> {
  const literal = (at: number) => literalOf(at, showing.quirks.timeZone);
  switch (name) {
    case "id":
      return { id: contact.id };
    case "name":
      return { name: fullNameOf(contact) };
    case "type":
      return { type: "Contact" };
    case "owner":
    case "owner.id":
    case "owner.name":
      return shownOwner(contact, showing);
    case "company":
    case "company.id":
    case "company.name":
      return shownCompany(contact, showing);
    case "createdAt":
    case "lastModifiedAt":
      return { [name]: literal(contact[name]) };
    case "createdBy":
    case "lastModifiedBy":
    case "isDeleted":
      return { [name]: contact[name] };
    default:
      return FIELDS_BY_NAME.has(name)
        ? { [name]: cellValue(contact.values[name]) }
        : belongingCell(contact, name, showing);
  }
}

function belongingCell(contact: StoredContact, name: string, showing: Showing): Record<string, unknown> {
  const field = BELONGING_FIELDS.find((known) => known === name);
  if (field === undefined) return {};
  const value = showing.belongingsOf(contact.id)[field];
  const isTime = BELONGING_TIMES.some((time) => time === field) && typeof value === "number";
  return { [field]: isTime ? literalOf(value, showing.quirks.timeZone) : value };
}

function cellValue(value: FieldValue | undefined): FieldValue | null {
  return value ?? null;
}

function shownCompany({ values }: StoredContact, { quirks, companyName }: Showing): Record<string, unknown> {
  const id = Number(values.company ?? 0);
  const name = id === 0 ? undefined : companyName(id);
  return name === undefined ? { company: null } : shownLink("company", id, name, quirks);
}

/** The owner of a record, as an answer shows it. */
export function shownOwner(
  { owner }: { readonly owner: number },
  { quirks, userOf }: Showing,
): Record<string, unknown> {
  const user = userOf(owner);
  return shownLink("owner", owner, user === undefined ? "" : `${user.firstName} ${user.lastName}`, quirks);
}

/** Another record that a field leads to: an object under the field's name in either case, or a bare number. */
export function shownLink(field: string, id: number, name: string, { ownerAs }: Quirks): Record<string, unknown> {
  if (ownerAs === "owner-number") return { [field]: id };
  const key = ownerAs === "Owner-object" ? field.charAt(0).toUpperCase() + field.slice(1) : field;
  return { [key]: { id, name } };
}

/** Texts that a search box looks into. */
export function searchedTexts(contact: StoredContact): string[] {
  return [fullNameOf(contact), ...["email", "mobile", "phone", "otherPhone"].map((name) => valueText(name, contact))];
}
