import { fullNameOf, type StoredContact, TEXT_FIELDS } from "./contact.ts";
import type { CustomFields } from "./customFields.ts";
import type { Quirks } from "./quirks.ts";

/** What the shape of an answer depends on. */
export type Showing = { readonly quirks: Quirks; readonly fields: CustomFields; readonly isV3: boolean };

/** A contact as create, read, update and upsert show it. */
export function shownContact(contact: StoredContact, showing: Showing) {
  return {
    id: contact.id,
    locationId: contact.locationId,
    ...namesOf(contact),
    ...lowerNames(contact),
    emailLowerCase: contact.email ?? undefined,
    ...shownTexts(contact, showing.quirks),
    ...shownRest(contact, showing),
    attachments: [],
    createdBy: contact.createdBy,
    lastUpdatedBy: contact.lastUpdatedBy,
    ...(showing.isV3 ? {} : { deleted: false }),
  };
}

/** A row of search: names in lower case, `address` instead of `address1`, and the cursor that continues after it. */
export function searchRow(contact: StoredContact, showing: Showing, searchAfter: readonly unknown[]) {
  const { address1, firstName, lastName, ...texts } = shownTexts(contact, showing.quirks);
  return {
    id: contact.id,
    locationId: contact.locationId,
    ...listedNames(contact, showing.quirks),
    ...lowerNames(contact),
    phoneLabel: null,
    ...texts,
    address: address1,
    businessName: null,
    ...shownRest(contact, showing),
    validEmail: null,
    opportunities: [],
    searchAfter,
  };
}

/** A row of the deprecated list: names in lower case. */
export function listRow(contact: StoredContact, showing: Showing) {
  const { firstName, lastName, ...texts } = shownTexts(contact, showing.quirks);
  return {
    id: contact.id,
    locationId: contact.locationId,
    ...listedNames(contact, showing.quirks),
    ...texts,
    ...shownRest(contact, showing),
  };
}

/** The fields of a contact in a webhook: no `dateUpdated`, no list of what changed. */
export function eventFields(contact: StoredContact, showing: Showing) {
  const { gender, timezone, ...texts } = shownTexts(contact, showing.quirks);
  return {
    id: contact.id,
    ...texts,
    name: fullNameOf(contact),
    dateAdded: new Date(contact.addedAt).toISOString(),
    dnd: contact.dnd,
    tags: contact.tags,
    attachments: [],
    customFields: shownCustom(contact, showing),
  };
}

function namesOf(contact: StoredContact) {
  const name = fullNameOf(contact);
  return name === "" ? {} : { name, contactName: name };
}

function lowerNames(contact: StoredContact) {
  return {
    firstNameLowerCase: contact.firstName?.toLowerCase() ?? null,
    lastNameLowerCase: contact.lastName?.toLowerCase() ?? null,
    fullNameLowerCase: fullNameOf(contact).toLowerCase(),
  };
}

function listedNames(contact: StoredContact, quirks: Quirks) {
  const raw = { firstNameRaw: contact.firstName ?? null, lastNameRaw: contact.lastName ?? null };
  return {
    contactName: fullNameOf(contact).toLowerCase(),
    firstName: contact.firstName?.toLowerCase() ?? null,
    lastName: contact.lastName?.toLowerCase() ?? null,
    ...(quirks.rawNames ? raw : {}),
  };
}

function shownTexts(contact: StoredContact, quirks: Quirks): Record<string, string | null> {
  const texts: Record<string, string | null> = {};
  for (const field of TEXT_FIELDS) {
    const text = contact[field];
    if (text) texts[field] = field === "dateOfBirth" ? shownBirthDate(text, quirks) : text;
    else if (text === null && quirks.clearedAs !== "absent") texts[field] = quirks.clearedAs === "null" ? null : "";
  }
  return texts;
}

function shownBirthDate(date: string, quirks: Quirks): string {
  return quirks.dateOfBirthAs === "iso" ? `${date}T00:00:00.000Z` : date;
}

function shownRest(contact: StoredContact, showing: Showing) {
  return {
    type: "lead",
    dnd: contact.dnd,
    dndSettings: showing.isV3 ? lowerCamel(contact.dndSettings) : contact.dndSettings,
    inboundDndSettings: contact.inboundDndSettings,
    tags: contact.tags,
    followers: contact.followers,
    businessId: contact.businessId,
    additionalEmails: contact.additionalEmails.map((email) => ({ email, validEmail: null })),
    additionalPhones: [],
    customFields: shownCustom(contact, showing),
    dateAdded: new Date(contact.addedAt).toISOString(),
    dateUpdated: new Date(contact.updatedAt).toISOString(),
  };
}

function lowerCamel(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [V3_CHANNELS.get(name) ?? name, value]));
}

const V3_CHANNELS = new Map(
  Object.entries({ Call: "call", Email: "email", SMS: "sms", WhatsApp: "whatsApp", GMB: "gmb", FB: "fb" }),
);

function shownCustom(contact: StoredContact, { fields, quirks }: Showing) {
  return contact.customFields.map(({ id, value }) => ({
    id,
    value: fields.find(id)?.dataType === "DATE" ? shownDate(String(value), quirks) : value,
  }));
}

function shownDate(date: string, quirks: Quirks): string | number {
  const instant = new Date(`${date}T00:00:00.000Z`);
  if (quirks.dateFieldAs === "date") return date;
  return quirks.dateFieldAs === "epoch" ? instant.getTime() : instant.toISOString();
}
