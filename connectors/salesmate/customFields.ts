import { readAnswer, type Session } from "../../kit/index.ts";
import type { FieldDefinition, FieldType } from "../../model/field.ts";
import { TAG_SEPARATOR } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { FieldsAnswer, type VisibleField } from "./wire.ts";

/** A custom field of the account's contacts, or of another module. */
export interface KnownCustomField {
  /** Its key in Salesmate's JSON: a type, `CustomField` and a number. */
  readonly wireKey: string;
  /** `custom.` and the wire key. */
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  readonly isWritable: boolean;
  readonly options?: readonly string[];
}

/** Model type by the word before `CustomField`. Types that are not here are shown and never written. */
const TYPES: Readonly<Record<string, FieldType>> = {
  text: "text",
  textarea: "longText",
  longtext: "longText",
  email: "email",
  phone: "phone",
  url: "url",
  number: "number",
  int: "number",
  integer: "number",
  decimal: "number",
  currency: "number",
  percent: "number",
  date: "date",
  boolean: "boolean",
  checkbox: "boolean",
  select: "option",
  multiselect: "set",
};

const NAME = /^([A-Za-z]+)CustomField\d+$/;

/** The custom fields among the account's visible fields of one module. */
export function customFieldsIn(fields: readonly VisibleField[]): readonly KnownCustomField[] {
  return fields.flatMap((field) => {
    // Some answers write the module before the name.
    const wireKey = field.fieldName.replace(/^(contact|company|deal)\./, "");
    const word = NAME.exec(wireKey)?.[1];
    return word === undefined ? [] : [knownField(field, wireKey, TYPES[word.toLowerCase()] ?? "json")];
  });
}

function knownField(field: VisibleField, wireKey: string, type: FieldType): KnownCustomField {
  const options = optionsIn(field.fieldOptions);
  // Several options are one text with commas, so an option that holds one itself could not be told from two.
  const isWritable = type !== "json" && !(type === "set" && options.some((option) => option.includes(TAG_SEPARATOR)));
  return {
    wireKey,
    key: `custom.${wireKey}`,
    label: field.displayName || wireKey,
    type,
    isWritable,
    ...(options.length > 0 && { options }),
  };
}

/** Options come as JSON inside a text: `{"values":[…]}`, of texts or of objects with a label. */
function optionsIn(fieldOptions: unknown): readonly string[] {
  const parsed = typeof fieldOptions === "string" ? parseText(fieldOptions) : fieldOptions;
  if (typeof parsed !== "object" || parsed === null || !("values" in parsed)) return [];
  return Array.isArray(parsed.values) ? parsed.values.map(labelOf).filter((label) => label !== "") : [];
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Options only help people choose; a text that is not JSON simply offers none.
    return undefined;
  }
}

function labelOf(option: unknown): string {
  if (typeof option === "string") return option;
  if (typeof option !== "object" || option === null) return "";
  const label = "value" in option ? option.value : "name" in option ? option.name : "";
  return typeof label === "string" ? label : "";
}

/** The catalogue entry of a custom field. */
export function definitionOf(field: KnownCustomField): FieldDefinition {
  const { key, label, type, isWritable } = field;
  return { key, label, type, isWritable, isCustom: true, ...(field.options && { options: [...field.options] }) };
}

const KEPT_MS = 300_000;

/** The modules whose fields the account lists. */
export type FieldModule = "contact" | "company" | "deal" | "activity";

/** The account's custom fields of one module; loaded once, then remembered for five minutes. */
export function customFields(
  session: Session<Settings>,
  module: FieldModule = "contact",
): Promise<readonly KnownCustomField[]> {
  const key = module === "contact" ? "customFields" : `customFields.${module}`;
  return session.remember(key, KEPT_MS, async () => {
    const doing = `read the fields of ${PLURAL[module]}`;
    const answer = await session.http.request({ method: "GET", path: "/v3/fields/getAllVisibleFields", doing });
    const fields = readAnswer(FieldsAnswer, answer, { partner: "Salesmate", doing }).Data;
    return customFieldsIn(fields[module] ?? []);
  });
}

const PLURAL: Readonly<Record<FieldModule, string>> = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
  activity: "activities",
};
