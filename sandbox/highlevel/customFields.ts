import { opaqueId, type Random } from "../random.ts";

/** The types of custom fields that the product knows. `MONETORY` is the product's own spelling. */
export const DATA_TYPES = [
  "TEXT",
  "LARGE_TEXT",
  "NUMERICAL",
  "PHONE",
  "MONETORY",
  "CHECKBOX",
  "SINGLE_OPTIONS",
  "MULTIPLE_OPTIONS",
  "DATE",
  "TEXTBOX_LIST",
  "FILE_UPLOAD",
  "RADIO",
  "EMAIL",
] as const;

/** One type of custom field. */
export type DataType = (typeof DATA_TYPES)[number];

/** The definition of a custom field. `fieldKey` begins with `contact.` or `opportunity.`. */
export type CustomField = {
  readonly id: string;
  readonly name: string;
  readonly fieldKey: string;
  readonly placeholder: string;
  readonly dataType: DataType;
  readonly position: number;
  readonly picklistOptions?: readonly string[];
  /** Of a field for files. */
  readonly isMultiFileAllowed?: boolean;
  readonly maxFileLimit?: number;
  readonly acceptedFormat?: readonly string[];
  /** Of a list of text boxes: label and what each begins with. */
  readonly textBoxListOptions?: readonly unknown[];
  readonly locationId: string;
  readonly model: "contact" | "opportunity";
};

const OPTION_TYPES: readonly DataType[] = ["SINGLE_OPTIONS", "RADIO", "MULTIPLE_OPTIONS", "CHECKBOX"];

const FIRST_FIELDS: readonly (readonly [name: string, key: string, type: DataType, options?: readonly string[]])[] = [
  ["Favourite colour", "favourite_colour", "TEXT"],
  ["Background", "background", "LARGE_TEXT"],
  ["Children", "children", "NUMERICAL"],
  ["Budget", "budget", "MONETORY"],
  ["Renewal on", "renewal_on", "DATE"],
  ["Stage", "stage", "SINGLE_OPTIONS", ["New", "Talking", "Customer", "Former customer"]],
  ["Contact by", "contact_by", "RADIO", ["Phone", "E-mail", "Letter"]],
  ["Interests", "interests", "MULTIPLE_OPTIONS", ["Gardening", "Sailing", "Music", "Cooking", "Chess"]],
  ["Consents", "consents", "CHECKBOX", ["Newsletter", "Calls", "Photos"]],
  ["Assistant's phone", "assistants_phone", "PHONE"],
  ["Assistant's e-mail", "assistants_email", "EMAIL"],
  ["Measures", "measures", "TEXTBOX_LIST"],
  ["Contract", "contract", "FILE_UPLOAD"],
];

/** The custom fields of one location. */
export type CustomFields = {
  readonly list: (model: string) => CustomField[];
  /** Found by id, by key, or by key without `contact.`. */
  readonly find: (idOrKey: string) => CustomField | undefined;
  readonly add: (
    name: string,
    dataType: DataType,
    options: readonly string[],
    model: CustomField["model"],
  ) => CustomField;
  readonly change: (id: string, change: Partial<CustomField>) => CustomField | undefined;
  readonly remove: (id: string) => boolean;
};

/** Makes a catalogue that holds one field of every type. */
export function createCustomFields(random: Random, locationId: string): CustomFields {
  const fields = new Map<string, CustomField>();
  const byKey = new Map<string, string>();

  const put = (field: CustomField): CustomField => {
    fields.set(field.id, field);
    byKey.set(field.fieldKey, field.id);
    return field;
  };

  const find = (idOrKey: string): CustomField | undefined =>
    fields.get(idOrKey) ??
    fields.get(byKey.get(idOrKey) ?? "") ??
    fields.get(byKey.get(`contact.${idOrKey}`) ?? "") ??
    undefined;

  const define = (
    name: string,
    key: string,
    dataType: DataType,
    options: readonly string[] = [],
    model: CustomField["model"] = "contact",
  ): CustomField =>
    put({
      id: opaqueId(random, 20),
      name,
      fieldKey: `${model}.${key}`,
      placeholder: "",
      dataType,
      position: fields.size * 50,
      ...(OPTION_TYPES.includes(dataType) ? { picklistOptions: options } : {}),
      locationId,
      model,
    });

  for (const [name, key, type, options] of FIRST_FIELDS) define(name, key, type, options);

  return {
    list: (model) => [...fields.values()].filter((field) => model === "all" || field.model === model),
    find,
    add: (name, dataType, options, model) => define(name, freeKey(name, model, byKey), dataType, options, model),
    change: (id, change) => {
      const field = find(id);
      return field === undefined ? undefined : put({ ...field, ...change });
    },
    remove: (id) => {
      const field = find(id);
      if (field === undefined) return false;
      byKey.delete(field.fieldKey);
      return fields.delete(field.id);
    },
  };
}

function freeKey(name: string, model: string, taken: ReadonlyMap<string, string>): string {
  const key = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");
  let free = key;
  for (let number = 2; taken.has(`${model}.${free}`); number += 1) free = `${key}_${number}`;
  return free;
}

/** What a value becomes when it is stored; `undefined` when the field can not hold it. */
export function storable(field: CustomField, value: unknown): unknown {
  const options = field.picklistOptions ?? [];
  switch (field.dataType) {
    case "NUMERICAL":
    case "MONETORY":
      return numberFrom(value);
    case "DATE":
      return typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : undefined;
    case "SINGLE_OPTIONS":
    case "RADIO":
      return typeof value === "string" && options.includes(value) ? value : undefined;
    case "MULTIPLE_OPTIONS":
    case "CHECKBOX":
      return Array.isArray(value) && value.every((item) => options.includes(item)) ? value : undefined;
    case "TEXTBOX_LIST":
    case "FILE_UPLOAD":
      return typeof value === "object" ? value : undefined;
    default:
      return typeof value === "string" ? value : undefined;
  }
}

function numberFrom(value: unknown): number | undefined {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
