import { path, readAnswer, type Session, type WantedField } from "../../kit/index.ts";
import { BY_CUSTOM_KEY, CONTACT_FIELDS } from "../../model/contact.ts";
import { Failure } from "../../model/errors.ts";
import type { FieldDefinition, FieldType } from "../../model/field.ts";
import type { Settings } from "./settings.ts";
import { type CustomField, CustomFieldsAnswer } from "./wire.ts";

/** A custom field of the location, under the key the hub knows it by. */
export interface KnownCustomField {
  readonly id: string;
  /** `custom.` and the field's key without `contact.`. */
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  readonly isWritable: boolean;
  readonly options?: readonly string[];
}

/** The custom fields of one location, both ways round. */
export interface CustomFieldTable {
  readonly byId: ReadonlyMap<string, KnownCustomField>;
  readonly byKey: ReadonlyMap<string, KnownCustomField>;
}

/** Model type of each of HighLevel's types. Shapes of the two last ones are not documented, so they pass as they are. */
const TYPES: Readonly<Record<string, FieldType>> = {
  TEXT: "text",
  LARGE_TEXT: "longText",
  PHONE: "phone",
  EMAIL: "email",
  NUMERICAL: "number",
  MONETORY: "number",
  DATE: "date",
  SINGLE_OPTIONS: "option",
  RADIO: "option",
  MULTIPLE_OPTIONS: "set",
  CHECKBOX: "set",
  TEXTBOX_LIST: "json",
  FILE_UPLOAD: "json",
};

/** Builds the table from the location's definitions. A type that is not known is shown but never written. */
export function tableOf(fields: readonly CustomField[]): CustomFieldTable {
  const known = fields.map(knownField);
  return {
    byId: new Map(known.map((field) => [field.id, field])),
    byKey: new Map(known.map((field) => [field.key, field])),
  };
}

function knownField(field: CustomField): KnownCustomField {
  const known = TYPES[field.dataType];
  const type = known ?? "json";
  const options = (field.picklistOptions ?? []).map(optionLabel).filter((label) => label !== "");
  return {
    id: field.id,
    key: `custom.${field.fieldKey.replace(/^contact\./, "")}`,
    label: field.name || field.fieldKey,
    type,
    isWritable: known !== undefined,
    ...(options.length > 0 && { options }),
  };
}

function optionLabel(option: unknown): string {
  if (typeof option === "string") return option;
  if (typeof option !== "object" || option === null) return "";
  const label = "label" in option ? option.label : "name" in option ? option.name : "";
  return typeof label === "string" ? label : "";
}

/** The catalogue entry of a custom field. */
export function definitionOf(field: KnownCustomField): FieldDefinition {
  const standard = standardOf(field);
  return {
    key: field.key,
    label: field.label,
    type: field.type,
    isWritable: field.isWritable,
    isCustom: true,
    madeAs: field.id,
    ...(standard !== undefined && { standard }),
    ...(field.options && { options: [...field.options] }),
  };
}

/** A custom field that is named as a field of the model, and holds what that holds, is that field. */
function standardOf({ key, type }: KnownCustomField): string | undefined {
  const standard = BY_CUSTOM_KEY[key.replace(/^custom\./, "")];
  return standard !== undefined && CONTACT_FIELDS[standard] === type ? standard : undefined;
}

const KEPT_MS = 300_000;
/** A value whose field was deleted keeps its id for ever; without this pause each read would load the fields again. */
const RELOAD_PAUSE_MS = 60_000;

/** The location's custom fields; loaded once, then remembered for five minutes. */
export function customFields(session: Session<Settings>): Promise<CustomFieldTable> {
  return session.remember("customFields", KEPT_MS, () => load(session));
}

/** The same, loaded again first when `isKnown` finds something missing; at most once a minute. */
export async function customFieldsKnowing(
  session: Session<Settings>,
  isKnown: (table: CustomFieldTable) => boolean,
): Promise<CustomFieldTable> {
  const table = await customFields(session);
  if (isKnown(table)) return table;
  await session.remember("customFields.reloaded", RELOAD_PAUSE_MS, () => {
    session.forget("customFields");
    return customFields(session);
  });
  return customFields(session);
}

async function load(session: Session<Settings>): Promise<CustomFieldTable> {
  const doing = "read the custom fields of the location";
  const answer = await session.http.request({
    method: "GET",
    path: path`/locations/${session.settings.locationId}/customFields`,
    query: { model: "contact" },
    doing,
  });
  return tableOf(readAnswer(CustomFieldsAnswer, answer, { partner: "HighLevel", doing }).customFields);
}

/** HighLevel's type for each of the model's that can be made. */
const MADE_AS: Readonly<Partial<Record<FieldType, string>>> = {
  text: "TEXT",
  longText: "LARGE_TEXT",
  number: "NUMERICAL",
  date: "DATE",
};

/** Makes a custom field of contacts. @throws Failure `misconfigured` for a type that HighLevel does not have */
export async function makeCustomField(session: Session<Settings>, { name, type }: WantedField): Promise<void> {
  const dataType = MADE_AS[type];
  if (dataType === undefined) {
    throw new Failure("misconfigured", `HighLevel has no custom field for a ${type}. Make "${name}" there by hand.`);
  }
  await session.http.request({
    method: "POST",
    path: path`/locations/${session.settings.locationId}/customFields`,
    json: { name, dataType, model: "contact" },
    doing: `make the custom field "${name}"`,
  });
  session.forget("customFields");
}
