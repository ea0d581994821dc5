import { FIELDS_BY_NAME, type Field, type FieldValue, splitTags } from "./contact.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** What a body of create or update says, checked. Only what was sent is there. */
export type ContactWrite = {
  readonly owner: number | undefined;
  readonly values: Readonly<Record<string, FieldValue>>;
};

/** What the rules of writing depend on. */
export type WriteRules = {
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly isUser: (id: number) => boolean;
  readonly currencies: readonly string[];
};

/** What the rules of writing contacts depend on. */
export type ContactRules = WriteRules & {
  /** Whether there is such a company, not deleted. */
  readonly isCompany: (id: number) => boolean;
};

const TEXT_LENGTH_MAX = 255;
const LONG_TEXT_LENGTH_MAX = 32_000;
const TAGS_LENGTH_MAX = 4_000;

/** Fields that may be in a body and are not taken from it. */
const READ_ONLY = new Set([
  "id",
  "name",
  "type",
  "createdAt",
  "createdBy",
  "lastModifiedAt",
  "lastModifiedBy",
  "isDeleted",
]);

/**
 * Checks a body. Last name and owner must be there, in an update too; phones stay as they were typed; tags keep their
 * letters and lose their doubles.
 * @throws Refusal 400 ValidationError for the first thing that is wrong.
 */
export function readWrite(body: unknown, rules: ContactRules): ContactWrite {
  const given: Record<string, unknown> = typeof body === "object" && body !== null ? { ...body } : {};
  if (typeof given.lastName !== "string" || given.lastName.trim() === "") {
    throw rules.refusals.invalid("Last Name is required");
  }
  const owner = readOwner(given.owner, rules);
  if (owner === undefined) throw rules.refusals.invalid("Owner is required");
  const values = readValues(given, rules);
  const { company = "" } = values;
  if (company !== "" && !rules.isCompany(Number(company))) throw rules.refusals.invalid("Company is not valid");
  return { owner, values };
}

/**
 * Checks the fields of a body, without asking for those that are required.
 * @param fields those of the module; a contact's where it is not said
 * @throws Refusal 400 ValidationError.
 */
export function readValues(
  given: Readonly<Record<string, unknown>>,
  rules: WriteRules,
  fields: ReadonlyMap<string, Field> = FIELDS_BY_NAME,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = fields.get(name);
    if (field !== undefined) values[name] = readValue(field, value, rules);
    else refuseUnknown(name, rules);
  }
  return values;
}

function refuseUnknown(name: string, { quirks, refusals }: WriteRules): void {
  if (name === "owner" || READ_ONLY.has(name) || quirks().unknownFields === "ignore") return;
  throw refusals.invalid(`${name} is not a valid field`);
}

/** A user's id; as in clients, a number written as text is taken too. @throws Refusal 400 when it is no active user. */
export function readOwner(value: unknown, { isUser, refusals }: WriteRules): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const id = Number(value);
  if (!isUser(id)) throw refusals.invalid("Owner is not valid");
  return id;
}

function readValue(field: Field, value: unknown, rules: WriteRules): FieldValue {
  if (value === null || value === undefined || value === "") return "";
  switch (field.type) {
    case "Number":
    case "Link":
      return readNumber(field, value, rules);
    case "Checkbox":
      return value === true || value === "true" || value === 1 || value === "1";
    case "Date":
      return readDate(field, value, rules);
    case "Instant":
      return readInstant(field, value, rules);
    case "Select":
      return readOption(field, readText(field, value, TEXT_LENGTH_MAX, rules), rules);
    case "MultiSelect":
      return splitTags([value].flat().join(","))
        .map((option) => readOption(field, option, rules))
        .join(",");
    case "Email":
      return readEmail(readText(field, value, TEXT_LENGTH_MAX, rules), rules);
    case "TextArea":
      return readText(field, value, LONG_TEXT_LENGTH_MAX, rules);
    default:
      return readPlain(field, value, rules);
  }
}

function readPlain(field: Field, value: unknown, rules: WriteRules): string {
  if (field.name === "tags") return readTags(field, value, rules);
  const text = readText(field, value, TEXT_LENGTH_MAX, rules);
  if (field.name === "currency" && !rules.currencies.includes(text)) {
    throw rules.refusals.invalid("No such currency exists");
  }
  return text;
}

function readText(field: Field, value: unknown, lengthMax: number, { refusals }: WriteRules): string {
  if (typeof value !== "string" && typeof value !== "number") throw refusals.invalid(`${field.label} is not valid`);
  const text = String(value);
  if (text.length > lengthMax) throw refusals.invalid(`${field.label} must be at most ${lengthMax} characters long`);
  return text;
}

function readTags(field: Field, value: unknown, rules: WriteRules): string {
  const seen = new Set<string>();
  const tags = splitTags(readText(field, value, TAGS_LENGTH_MAX, rules)).filter((tag) => {
    const isNew = !seen.has(tag.toLowerCase());
    seen.add(tag.toLowerCase());
    return isNew;
  });
  return tags.join(",");
}

function readEmail(text: string, { refusals }: WriteRules): string {
  if (!/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(text)) throw refusals.invalid("Email is not valid");
  return text;
}

function readNumber(field: Field, value: unknown, { refusals }: WriteRules): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw refusals.invalid(`${field.label} must be a number`);
  return number;
}

/** A day, from ISO text or epoch milliseconds. Other texts would depend on the zone of the machine. */
function readDate(field: Field, value: unknown, { refusals }: WriteRules): string {
  const isIso = typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value);
  const date = new Date(isIso || typeof value === "number" ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw refusals.invalid(`${field.label} is not a valid date`);
  return date.toISOString().slice(0, 10);
}

/** Epoch milliseconds, from ISO text that says its zone or from epoch milliseconds. */
function readInstant(field: Field, value: unknown, { refusals }: WriteRules): number {
  const isIso = typeof value === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const at = isIso ? Date.parse(value) : typeof value === "number" ? value : Number.NaN;
  if (!Number.isFinite(at)) throw refusals.invalid(`${field.label} is not a valid date`);
  return at;
}

function readOption(field: Field, option: string, { refusals }: WriteRules): string {
  if (field.options?.includes(option)) return option;
  throw refusals.invalid(`${field.label} has no such option`);
}
