import { Failure } from "../../model/errors.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields, isEmpty, type Value } from "../../model/value.ts";
import { type CustomFieldTable, definitionOf, type KnownCustomField } from "./customFields.ts";
import { DO_NOT_DISTURB, doNotDisturbBody, doNotDisturbOf, isDoNotDisturb } from "./doNotDisturb.ts";
import { CLEARED, ROW_MAY_OMIT } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { customValueOf, dateOf, textOf, versionOf } from "./values.ts";
import type { Contact, CustomValue } from "./wire.ts";

/** A contact between HighLevel's JSON and model form. Pure. */

/**
 * Where a contact was seen. A `direct` read shows everything; the answer to a write is the same but for names, whose
 * letter case is not documented there; a search `row` may leave keys out and shows names in lower case.
 */
export type Sighting = "direct" | "written" | "row";

/** The standard fields, in the order they are shown. The first wire key is the one that is written. */
const STANDARD = [
  { key: "firstName", label: "First name", type: "text", wire: ["firstName"] },
  { key: "lastName", label: "Last name", type: "text", wire: ["lastName"] },
  { key: "email", label: "E-mail", type: "email", wire: ["email"] },
  { key: "phone", label: "Phone", type: "phone", wire: ["phone"] },
  { key: "companyName", label: "Company name", type: "text", wire: ["companyName"] },
  { key: "addressLine1", label: "Street address", type: "text", wire: ["address1", "address"] },
  { key: "city", label: "City", type: "text", wire: ["city"] },
  { key: "state", label: "State", type: "text", wire: ["state"] },
  { key: "postalCode", label: "Postal code", type: "text", wire: ["postalCode"] },
  { key: "country", label: "Country", type: "country", wire: ["country"] },
  { key: "website", label: "Website", type: "url", wire: ["website"] },
  { key: "dateOfBirth", label: "Date of birth", type: "date", wire: ["dateOfBirth"] },
  { key: "source", label: "Source", type: "text", wire: ["source"] },
] as const satisfies readonly {
  key: string;
  label: string;
  type: FieldDefinition["type"];
  wire: readonly (keyof Contact)[];
}[];

/** Fields that only HighLevel has: no field of another product corresponds to one by itself. */
const OWN = [
  { key: "gender", label: "Gender", wire: ["gender"] },
  { key: "timezone", label: "Time zone", wire: ["timezone"] },
  { key: "assignedTo", label: "Owner (id of the user)", wire: ["assignedTo"] },
] as const;

const FURTHER_EMAILS = "additionalEmails";

const WIRE_KEY: ReadonlyMap<string, string> = new Map([...STANDARD, ...OWN].map(({ key, wire }) => [key, wire[0]]));

/** Whether an update may carry the field. A create takes some that no update is documented to take. */
function isInUpdates(key: string, settings: Settings): boolean {
  switch (key) {
    case "companyName":
      return settings.canSendCompanyNameOnUpdate;
    case "gender":
      return settings.canSendGenderOnUpdate;
    case FURTHER_EMAILS:
      return settings.canSendAdditionalEmails;
    default:
      return key !== "tags";
  }
}

/** The catalogue of a location's contact fields. The company name can be set on create even where it is not writable. */
export function describeContact(table: CustomFieldTable, settings: Settings): readonly FieldDefinition[] {
  const standard = STANDARD.map(({ key, label, type }) => {
    const isWritable = isInUpdates(key, settings);
    // Source: "Country List" of the developer documentation, which allows two-letter codes only.
    return { key, label, type, isWritable, standard: key, ...(type === "country" && { isCodeOnly: true }) };
  });
  const tags: FieldDefinition = { key: "tags", label: "Tags", type: "set", isWritable: true, standard: "tags" };
  const own = OWN.map(({ key, label }) => ({
    key,
    label,
    type: "text" as const,
    isWritable: isInUpdates(key, settings),
  }));
  const isWritable = isInUpdates(FURTHER_EMAILS, settings);
  const emails: FieldDefinition = { key: FURTHER_EMAILS, label: "Further e-mails", type: "set", isWritable };
  return [...standard, tags, ...own, emails, ...DO_NOT_DISTURB, ...[...table.byId.values()].map(definitionOf)];
}

/** Ids of the custom fields that a contact carries values of. */
export function customIdsOf(contact: Contact): readonly string[] {
  return (contact.customFields ?? []).map((field) => field.id);
}

/** A contact in model form. Values of custom fields that the table does not know are left out. */
export function snapshotOf(contact: Contact, table: CustomFieldTable, sighting: Sighting): Snapshot {
  const fields: Record<string, Value> = {};
  const folded: string[] = [];
  for (const { key, wire } of STANDARD) {
    const value = isName(key) ? nameOf(contact, key, sighting, folded) : standardOf(contact, key, wire, sighting);
    if (value !== undefined) fields[key] = value;
  }
  for (const { key, wire } of OWN) {
    if (sighting !== "row" || contact[key] !== undefined) fields[key] = standardOf(contact, key, wire, sighting) ?? "";
  }
  if (sighting !== "row" || contact.additionalEmails) fields[FURTHER_EMAILS] = furtherEmails(contact);
  Object.assign(fields, doNotDisturbOf(contact, sighting === "row"));
  fields.tags = (contact.tags ?? []).map((tag) => tag.trim()).filter((tag) => tag !== "");
  Object.assign(fields, customOf(contact.customFields, table, sighting));
  const version = versionOf(contact.dateUpdated);
  return {
    externalId: contact.id,
    fields,
    ...(folded.length > 0 && { folded }),
    ...(version !== undefined && { version }),
  };
}

function standardOf(
  contact: Contact,
  key: string,
  wire: readonly (keyof Contact)[],
  sighting: Sighting,
): string | undefined {
  const found = wire.map((name) => contact[name]).find((value) => value !== undefined && value !== null);
  const isNamed = wire.some((name) => contact[name] !== undefined);
  if (sighting === "row" && !isNamed && ROW_MAY_OMIT.includes(key)) return undefined;
  return key === "dateOfBirth" ? dateOf(found) : textOf(found);
}

function furtherEmails({ additionalEmails }: Contact): readonly string[] {
  const texts = (additionalEmails ?? []).map((one) =>
    typeof one === "object" && one !== null && "email" in one ? one.email : one,
  );
  return texts.map(textOf).filter((email) => email !== "");
}

function isName(key: string): key is "firstName" | "lastName" {
  return key === "firstName" || key === "lastName";
}

/** A name as a person wrote it, or in lower case and then marked as folded. */
function nameOf(contact: Contact, key: "firstName" | "lastName", sighting: Sighting, folded: string[]): string {
  const raw = textOf(contact[`${key}Raw`]);
  if (raw !== "") return raw;
  const name = textOf(contact[key]) || textOf(contact[`${key}LowerCase`]);
  if (sighting !== "direct" && name !== "" && name === name.toLowerCase()) folded.push(key);
  return name;
}

/** Fields without a value are not listed, so every known field that is not listed is empty. */
function customOf(values: Contact["customFields"], table: CustomFieldTable, sighting: Sighting): Fields {
  if ((values === undefined || values === null) && sighting === "row") return {};
  const byId = new Map((values ?? []).map((value) => [value.id, value]));
  const entries = [...table.byId.values()].map((field) => [
    field.key,
    customValueOf(field.type, rawOf(byId.get(field.id))),
  ]);
  return Object.fromEntries(entries);
}

function rawOf(value: CustomValue | undefined): unknown {
  return value?.value ?? value?.fieldValue ?? value?.field_value;
}

/** The body of a create: everything that is not empty, tags included. */
export function createBody(fields: Fields, table: CustomFieldTable, settings: Settings): Record<string, unknown> {
  // Further addresses are taken by updates only, and follow with the next one.
  const filled = Object.entries(fields).filter(([key, value]) => !isEmpty(value) && key !== FURTHER_EMAILS);
  const body = bodyOf(new Map(filled), table, settings);
  const { tags } = fields;
  return { ...body, ...(Array.isArray(tags) && tags.length > 0 && { tags }), locationId: settings.locationId };
}

/**
 * The body of an update, without tags: those are added and removed by calls of their own, because a list in an update
 * would replace what another hand added meanwhile.
 * @returns `undefined` when nothing is left to send
 */
export function updateBody(
  changes: Changes,
  known: Fields,
  table: CustomFieldTable,
  settings: Settings,
): Record<string, unknown> | undefined {
  const next = applyChanges(known, changes);
  // What may not be sent is left out; the answer then shows the old value, and that is what is recorded.
  const values = new Map(
    Object.keys(changes)
      .filter((key) => isInUpdates(key, settings))
      .map((key) => [key, next[key] ?? ""]),
  );
  return values.size === 0 ? undefined : bodyOf(values, table, settings);
}

function bodyOf(
  values: ReadonlyMap<string, Value>,
  table: CustomFieldTable,
  settings: Settings,
): Record<string, unknown> {
  const body: Record<string, unknown> = doNotDisturbBody(values, settings);
  const custom: Record<string, unknown>[] = [];
  const valueKey = settings.apiVersion === "v3" ? "fieldValue" : "field_value";
  for (const [key, value] of values) {
    const wireKey = WIRE_KEY.get(key);
    if (wireKey !== undefined) body[wireKey] = isEmpty(value) ? CLEARED.scalar : value;
    else if (key === FURTHER_EMAILS) body[key] = elementsOf(value).map((email) => ({ email }));
    else if (key !== "tags" && !isDoNotDisturb(key)) {
      const field = fieldNamed(key, table);
      custom.push({ id: field.id, [valueKey]: customWire(field, value) });
    }
  }
  return custom.length > 0 ? { ...body, customFields: custom } : body;
}

function elementsOf(value: Value): readonly string[] {
  return typeof value === "object" ? value : [];
}

function fieldNamed(key: string, table: CustomFieldTable): KnownCustomField {
  const field = table.byKey.get(key);
  if (field?.isWritable === true) return field;
  const why = field === undefined ? "the location has no such field" : "it cannot be written";
  throw new Failure("misconfigured", `Could not write the field "${key}" at HighLevel: ${why}. Correct the mapping.`);
}

function customWire(field: KnownCustomField, value: Value): unknown {
  if (isEmpty(value)) return field.type === "set" ? CLEARED.customSet : CLEARED.custom;
  switch (field.type) {
    case "number":
      return Number(value);
    case "json":
      return jsonIn(field, value);
    default:
      return value;
  }
}

function jsonIn(field: KnownCustomField, value: Value): unknown {
  const parsed = typeof value === "string" ? parsedJson(value) : undefined;
  if (typeof parsed === "object" && parsed !== null) return parsed;
  throw new Failure(
    "rejected",
    `Could not write the field "${field.key}" at HighLevel: it takes JSON, a list or an object. Correct the value or take the field out of the mapping.`,
  );
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Any text that is no JSON is refused by the caller, with the name of the field.
    return undefined;
  }
}

/** Which tags a change adds and removes, given those there are; letter case does not count. */
export function tagMoves(
  change: Changes[string] | undefined,
  current: readonly string[],
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  if (change === undefined) return { add: [], remove: [] };
  const next = applyChanges({ tags: current }, { tags: change }).tags;
  const wanted = typeof next === "object" ? next : [];
  if (change.kind === "elements") return { add: change.add, remove: change.remove };
  return { add: without(wanted, current), remove: without(current, wanted) };
}

function without(tags: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others.map((tag) => tag.toLowerCase()));
  return tags.filter((tag) => !known.has(tag.toLowerCase()));
}
