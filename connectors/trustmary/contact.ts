import { Failure } from "../../model/errors.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, EMPTY, type Fields, isEmpty, type Value } from "../../model/value.ts";
import { BLOCKED_STATES, CLEARED, CUSTOM_PREFIX } from "./quirks.ts";
import type { Contact } from "./wire.ts";

/** A contact between Trustmary's JSON and model form. Pure. */

const TYPES = ["customer", "employee"];

/** The texts that an import takes, by our key and by Trustmary's name. */
const TEXTS = { fullName: "name", phone: "phone", companyName: "company", externalId: "eid", type: "type" } as const;

const STANDARD: readonly FieldDefinition[] = [
  { key: "fullName", label: "Name", type: "fullName", isWritable: true, standard: "fullName" },
  { key: "email", label: "E-mail", type: "email", isWritable: true, standard: "email" },
  { key: "phone", label: "Phone", type: "phone", isWritable: true, standard: "phone" },
  { key: "companyName", label: "Company", type: "text", isWritable: true, standard: "companyName" },
  { key: "type", label: "Type", type: "option", isWritable: true, options: TYPES },
  { key: "externalId", label: "External id", type: "text", isWritable: true },
  { key: "status", label: "Status", type: "text", isWritable: false },
  { key: "doNotEmail", label: "Wants no e-mail", type: "boolean", isWritable: false, standard: "doNotEmail" },
  { key: "score", label: "Latest score", type: "number", isWritable: false },
  { key: "answeredOn", label: "Latest answer", type: "date", isWritable: false },
];

/** What the hub knows of a contact's latest answer. */
export interface LatestAnswer {
  readonly score: Value;
  /** YYYY-MM-DD. */
  readonly answeredOn: Value;
}

/** The catalogue of fields; custom ones by their names. */
export function describeContact(custom: readonly string[]): readonly FieldDefinition[] {
  const definition = (key: string): FieldDefinition => ({
    key: customKey(key),
    label: key.slice(CUSTOM_PREFIX.length),
    type: "text",
    isWritable: true,
    isCustom: true,
  });
  return [...STANDARD, ...custom.map(definition)];
}

/** The names of the custom fields that a contact shows. */
export function customNames(contact: Contact): readonly string[] {
  return Object.keys(contact).filter((name) => name.startsWith(CUSTOM_PREFIX));
}

/** A contact in model form; its external id is its e-mail in lower case. `custom` names the fields that exist. */
export function contactSnapshot(
  contact: Contact,
  custom: readonly string[],
  latest: LatestAnswer | undefined,
): Snapshot {
  const fields: Record<string, Value> = { email: contact.email };
  for (const [key, name] of Object.entries(TEXTS)) fields[key] = textOf(contact[name]);
  for (const name of custom) fields[customKey(name)] = textOf(contact[name]);
  fields.status = textOf(contact.status);
  // That nothing stands in the way is not said: it would take back what somebody asked for elsewhere.
  fields.doNotEmail = BLOCKED_STATES.includes(contact.status ?? "") ? true : EMPTY;
  fields.score = latest?.score ?? EMPTY;
  fields.answeredOn = latest?.answeredOn ?? EMPTY;
  const changedAt = Date.parse(contact.updated_at ?? "");
  return {
    externalId: contact.email.toLowerCase(),
    fields,
    ...(Number.isFinite(changedAt) && { version: String(changedAt) }),
  };
}

/** The body of an import that makes a contact: what is not empty. @throws Failure `rejected` without an e-mail */
export function importBody(fields: Fields): Record<string, unknown> {
  const email = addressOf(fields);
  const filled = Object.entries(fields).filter(([key, value]) => key !== "email" && !isEmpty(value));
  return { email, ...Object.fromEntries(filled.map(([key, value]) => [nameOf(key), String(value)])) };
}

/** The body of an import that applies changes to the contact of this address. */
export function changeBody(email: string, changes: Changes, known: Fields): Record<string, unknown> {
  const next = applyChanges(known, changes);
  const changed = Object.keys(changes).filter((key) => key !== "email");
  const values = changed.map((key) => {
    const value = next[key] ?? EMPTY;
    return [nameOf(key), isEmpty(value) ? CLEARED : String(value)] as const;
  });
  return { email, ...Object.fromEntries(values) };
}

/** The e-mail of a contact, in lower case. @throws Failure `rejected` where there is none */
export function addressOf(fields: Fields): string {
  const email = typeof fields.email === "string" ? fields.email.trim().toLowerCase() : "";
  if (email !== "") return email;
  const words = "Trustmary knows people by their e-mail, and this contact has none. Give it one, or leave it out.";
  throw new Failure("rejected", words, { issues: [words] });
}

/** What a contact shows that a body can say again. */
export function writableFields(fields: Fields, custom: readonly string[]): Fields {
  const keys = ["email", ...Object.keys(TEXTS), ...custom.map(customKey)];
  return Object.fromEntries(keys.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])));
}

function nameOf(key: string): string {
  const name = Object.entries(TEXTS).find(([ours]) => ours === key)?.[1] ?? customName(key);
  if (name !== undefined) return name;
  throw new Failure("misconfigured", `Trustmary does not let "${key}" of a contact be written. Correct the mapping.`);
}

const CUSTOM_KEY = "custom.";

function customKey(name: string): string {
  return `${CUSTOM_KEY}${name.slice(CUSTOM_PREFIX.length)}`;
}

function customName(key: string): string | undefined {
  return key.startsWith(CUSTOM_KEY) ? `${CUSTOM_PREFIX}${key.slice(CUSTOM_KEY.length)}` : undefined;
}

function textOf(value: unknown): Value {
  return value === null || value === undefined ? EMPTY : String(value);
}
