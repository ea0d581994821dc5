import { type Check, type Checks, flag, number, objects, oneOf, requiredText, text, texts } from "./check.ts";
import { type CustomField, DATA_TYPES, type DataType } from "./customFields.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, queryOf, type Row, succeeded } from "./rows.ts";

const FIELDS = "/locations/:locationId/customFields";

/** The location's custom fields of section 2.3 of the contract sheet. */
export const CUSTOM_FIELD_OPERATIONS: readonly Row[] = [
  ["GET", FIELDS, "locations/customFields.readonly", listFields],
  ["POST", FIELDS, "locations/customFields.write", createField],
  ["GET", `${FIELDS}/:fieldId`, "locations/customFields.readonly", readField],
  ["PUT", `${FIELDS}/:fieldId`, "locations/customFields.write", updateField],
  ["DELETE", `${FIELDS}/:fieldId`, "locations/customFields.write", deleteField],
];

const MODELS = ["contact", "opportunity"] as const;

function listFields(visit: Visit, place: Place): Answer {
  const { model = "all" } = queryOf(visit, place, { model: oneOf([...MODELS, "all"]) });
  return { body: { customFields: place.fields.list(model) } };
}

const dataType: Check = (name, value) =>
  isDataType(value) ? [] : [`${name} must be one of the following values: ${DATA_TYPES.join(", ")}`];

function isDataType(value: unknown): value is DataType {
  return DATA_TYPES.some((type) => type === value);
}

const textBoxes: Check = (name, value) => {
  const problems = objects(name, value);
  if (problems.length > 0 || !Array.isArray(value)) return problems;
  return value.flatMap((item: { label?: unknown }, at) => requiredText(`${name}.${at}.label`, item.label));
};

const EDITABLE: Checks = {
  name: requiredText,
  placeholder: text,
  acceptedFormat: texts,
  isMultipleFile: flag,
  maxNumberOfFiles: number,
  textBoxListOptions: textBoxes,
  options: texts,
  position: number,
  model: oneOf(MODELS),
};
const CREATABLE: Checks = { ...EDITABLE, dataType };

function createField(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, CREATABLE, ["name", "dataType"]);
  const type = given.dataType;
  if (!isDataType(type)) throw place.refusals.invalid(dataType("dataType", type));
  const options = Array.isArray(given.options) ? given.options.map(String) : [];
  const model = given.model === "opportunity" ? "opportunity" : "contact";
  const field = place.fields.add(String(given.name), type, options, model);
  return { status: 201, body: { customField: place.fields.change(field.id, settingsOf(given, field)) } };
}

/** Found by id or by key. */
function readField(visit: Visit, place: Place): Answer {
  return { body: { customField: demand(visit, place) } };
}

/** The type can not be changed, and so is no property of this body. */
function updateField(visit: Visit, place: Place): Answer {
  const field = demand(visit, place);
  const given = bodyOf(visit, place, EDITABLE);
  return { body: { customField: place.fields.change(field.id, settingsOf(given, field)) } };
}

function deleteField(visit: Visit, place: Place): Answer {
  place.fields.remove(demand(visit, place).id);
  return { body: succeeded(visit) };
}

function settingsOf(given: Readonly<Record<string, unknown>>, field: CustomField): Partial<CustomField> {
  const { name, placeholder, position, options, acceptedFormat, isMultipleFile, maxNumberOfFiles } = given;
  const isFile = field.dataType === "FILE_UPLOAD";
  return {
    ...(typeof name === "string" && { name }),
    ...(typeof placeholder === "string" && { placeholder }),
    ...(typeof position === "number" && { position }),
    ...(Array.isArray(options) && field.picklistOptions && { picklistOptions: options.map(String) }),
    ...(isFile && typeof isMultipleFile === "boolean" && { isMultiFileAllowed: isMultipleFile }),
    ...(isFile && typeof maxNumberOfFiles === "number" && { maxFileLimit: maxNumberOfFiles }),
    ...(isFile && Array.isArray(acceptedFormat) && { acceptedFormat: acceptedFormat.map(String) }),
    ...(field.dataType === "TEXTBOX_LIST" &&
      Array.isArray(given.textBoxListOptions) && { textBoxListOptions: given.textBoxListOptions }),
  };
}

function demand({ params: { fieldId = "" } }: Visit, { fields, refusals }: Place): CustomField {
  const field = fields.find(fieldId);
  if (field === undefined) throw refusals.missing(`Custom field with id ${fieldId} not found`);
  return field;
}
