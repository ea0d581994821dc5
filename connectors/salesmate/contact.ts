import { Failure } from "../../model/errors.ts";
import type { FieldDefinition, FieldType } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields, isEmpty, type Value } from "../../model/value.ts";
import { definitionOf, type KnownCustomField } from "./customFields.ts";
import { CLEARED, TAG_SEPARATOR } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { idUnder, type Sighting, versionOf } from "./sighting.ts";
import { type Times, timesIn } from "./times.ts";
import type { Contact } from "./wire.ts";

/** A contact between Salesmate's JSON and model form. Pure. */

/** The standard fields, in the order they are shown. `mobile` is the phone that Salesmate sends text messages to. */
const STANDARD: readonly { key: string; wire: string; label: string; type: FieldType }[] = [
  { key: "firstName", wire: "firstName", label: "First name", type: "text" },
  { key: "lastName", wire: "lastName", label: "Last name", type: "text" },
  { key: "email", wire: "email", label: "E-mail", type: "email" },
  { key: "phone", wire: "mobile", label: "Mobile", type: "phone" },
  { key: "workPhone", wire: "phone", label: "Phone", type: "phone" },
  { key: "otherPhone", wire: "otherPhone", label: "Other phone", type: "phone" },
  { key: "jobTitle", wire: "designation", label: "Designation", type: "text" },
  { key: "website", wire: "website", label: "Website", type: "url" },
  { key: "description", wire: "description", label: "Description", type: "longText" },
  { key: "tags", wire: "tags", label: "Tags", type: "set" },
  { key: "addressLine1", wire: "billingAddressLine1", label: "Billing address line 1", type: "text" },
  { key: "addressLine2", wire: "billingAddressLine2", label: "Billing address line 2", type: "text" },
  { key: "city", wire: "billingCity", label: "Billing city", type: "text" },
  { key: "state", wire: "billingState", label: "Billing state", type: "text" },
  { key: "postalCode", wire: "billingZipCode", label: "Billing zip code", type: "text" },
  { key: "country", wire: "billingCountry", label: "Billing country", type: "country" },
];

/** Carried along because every update must repeat it; never mapped. */
const OWNER: FieldDefinition = { key: "ownerId", label: "Owner", type: "number", isWritable: false };

/** The catalogue of an account's contact fields. */
export function describeContact(custom: readonly KnownCustomField[]): readonly FieldDefinition[] {
  const standard = STANDARD.map(({ key, label, type }) => ({ key, label, type, isWritable: true, standard: key }));
  return [...standard, OWNER, ...custom.map(definitionOf)];
}

/** Every field that a search row must show to be as good as a direct read. */
export function displayingFields(custom: readonly KnownCustomField[]): readonly string[] {
  const names = [...STANDARD.map((field) => field.wire), ...custom.map((field) => field.wireKey)];
  return ["id", ...names, "owner.id", "lastModifiedAt"].map((name) => `contact.${name}`);
}

/** Makes snapshots of an account's contacts; holds its time zone, so make one per page. */
export function snapshotsOf(custom: readonly KnownCustomField[], settings: Settings) {
  const times = timesIn(settings.timeZone);
  return (contact: Contact, sighting: Sighting): Snapshot => {
    const fields: Record<string, Value> = {};
    for (const { key, wire, type } of [...STANDARD, ...custom.map((field) => ({ ...field, wire: field.wireKey }))]) {
      const value = contact[wire];
      // A row that lacks a key says nothing of it, rather than that it is empty: emptiness would travel on.
      if (value === undefined && sighting === "row") continue;
      fields[key] = valueIn(type, value, times);
    }
    if (fields.lastName === settings.surnamePlaceholder) fields.lastName = "";
    const ownerId = idUnder(contact, "owner");
    if (ownerId !== undefined) fields.ownerId = ownerId;
    const version = sighting === "direct" ? versionOf(contact.lastModifiedAt, times) : undefined;
    return { externalId: String(contact.id), fields, ...(version !== undefined && { version }) };
  };
}

function valueIn(type: FieldType, value: unknown, times: Times): Value {
  switch (type) {
    case "set":
      return tagsOf(value);
    case "date":
      return times.day(value);
    case "number":
      return numberOf(value);
    case "boolean":
      return value === undefined || value === null || value === ""
        ? ""
        : value === true || value === 1 || /^(true|yes|1)$/i.test(String(value));
    default:
      return textOf(value);
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value).trim();
}

function numberOf(value: unknown): Value {
  const text = textOf(value);
  const number = Number(text);
  return text === "" || Number.isNaN(number) ? text : number;
}

/** Tags are one text; an array is read too, because metadata calls show them so. */
function tagsOf(value: unknown): readonly string[] {
  const parts = Array.isArray(value) ? value.map(textOf) : textOf(value).split(TAG_SEPARATOR);
  const seen = new Set([""]);
  return parts
    .map((part) => part.trim())
    .filter((part) => {
      const folded = part.toLowerCase();
      if (seen.has(folded)) return false;
      seen.add(folded);
      return true;
    });
}

/** The body of a create: what is not empty, with the owner and a surname, which Salesmate demands. */
export function createBody(
  fields: Fields,
  custom: readonly KnownCustomField[],
  settings: Settings,
): Record<string, unknown> {
  const filled = Object.keys(fields).filter((key) => key !== OWNER.key && !isEmpty(fields[key] ?? ""));
  return { ...bodyOf(filled, fields, custom), ...demanded(fields, settings) };
}

/** The body of an update: what changed, with owner and surname again, and tags as the whole list they shall be. */
export function updateBody(
  changes: Changes,
  known: Fields,
  custom: readonly KnownCustomField[],
  settings: Settings,
): Record<string, unknown> {
  const next = applyChanges(known, changes);
  const changed = Object.keys(changes).filter((key) => key !== OWNER.key);
  return { ...bodyOf(changed, next, custom), ...demanded(next, settings) };
}

function demanded(fields: Fields, settings: Settings): Record<string, unknown> {
  const surname = textOf(fields.lastName);
  const owner = fields.ownerId;
  return {
    lastName: surname === "" ? settings.surnamePlaceholder : surname,
    owner: typeof owner === "number" ? owner : settings.ownerId,
  };
}

function bodyOf(keys: readonly string[], fields: Fields, custom: readonly KnownCustomField[]): Record<string, unknown> {
  return Object.fromEntries(
    keys.map((key) => {
      const { wire, type } = writableField(key, custom);
      return [wire, wireValue(type, fields[key] ?? "")];
    }),
  );
}

function writableField(key: string, custom: readonly KnownCustomField[]): { wire: string; type: FieldType } {
  const standard = STANDARD.find((field) => field.key === key);
  if (standard !== undefined) return standard;
  const field = custom.find((known) => known.key === key);
  if (field?.isWritable === true) return { wire: field.wireKey, type: field.type };
  const why = field === undefined ? "the account has no such field" : "it cannot be written";
  throw new Failure("misconfigured", `Could not write the field "${key}" at Salesmate: ${why}. Correct the mapping.`);
}

function wireValue(type: FieldType, value: Value): unknown {
  if (type === "set") return expressibleTags(value).join(TAG_SEPARATOR);
  if (!isEmpty(value)) return value;
  return type === "number" || type === "date" || type === "boolean" ? CLEARED.other : CLEARED.text;
}

/** A tag with a comma would come back as two, so it is left out; the engine sees that it was not kept and says so. */
function expressibleTags(value: Value): readonly string[] {
  return typeof value === "object" ? value.filter((tag) => !tag.includes(TAG_SEPARATOR)) : [];
}
