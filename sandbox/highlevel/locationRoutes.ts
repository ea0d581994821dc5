import { type Check, checked, flag, number, requiredText, text, texts } from "./check.ts";
import { type CustomField, type CustomFields, DATA_TYPES, type DataType } from "./customFields.ts";
import type { Quirks } from "./quirks.ts";
import type { Route } from "./routing.ts";
import type { Refusals } from "./wording.ts";

/** The one location of an emulator. */
export type Location = {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly country: string;
  /** IANA name. */
  readonly timezone: string;
};

/** Where every location can be reached. */
export const OFFICE = {
  email: "office@harbourlight.example",
  phone: "+12025550100",
  address: "12 Quay Street",
} as const;

/** What the operations on the location work with. */
export type LocationParts = {
  readonly location: Location;
  readonly fields: CustomFields;
  readonly tags: () => readonly { readonly id: string; readonly name: string }[];
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
};

/** Registers the location itself, its tags and its custom fields. */
export function locationRoutes(route: Route, parts: LocationParts): void {
  const { location, quirks, tags } = parts;
  route("GET", "/locations/:locationId", "locations.readonly", () => ({
    body: {
      location: {
        ...location,
        ...OFFICE,
        settings: {
          allowDuplicateContact: quirks().allowDuplicateContact,
          allowDuplicateOpportunity: quirks().allowDuplicateOpportunity,
          allowFacebookNameMerge: false,
          disableContactTimezone: false,
        },
      },
    },
  }));
  route("GET", "/locations/:locationId/tags", "locations/tags.readonly", () => ({
    body: { tags: tags().map((tag) => ({ ...tag, locationId: location.id })) },
  }));
  fieldRoutes(route, parts);
}

const dataType: Check = (name, value) =>
  isDataType(value) ? [] : [`${name} must be one of the following values: ${DATA_TYPES.join(", ")}`];

function isDataType(value: unknown): value is DataType {
  return DATA_TYPES.some((type) => type === value);
}

const EDITABLE = {
  name: requiredText,
  placeholder: text,
  acceptedFormat: texts,
  isMultipleFile: flag,
  maxNumberOfFiles: number,
  textBoxListOptions: () => [],
  options: texts,
  position: number,
  model: text,
};
const CREATABLE = { ...EDITABLE, dataType };

function fieldRoutes(route: Route, { fields, refusals }: LocationParts): void {
  const PATH = "/locations/:locationId/customFields";
  const demand = (idOrKey = ""): CustomField => {
    const field = fields.find(idOrKey);
    if (field === undefined) throw refusals.missing(`Custom field with id ${idOrKey} not found`);
    return field;
  };
  route("GET", PATH, "locations/customFields.readonly", ({ query }) => ({
    body: { customFields: fields.list(query.model ?? "all") },
  }));
  route("POST", PATH, "locations/customFields.write", ({ body }) => {
    const { name, dataType: type, options, model } = checked(body, CREATABLE, ["name", "dataType"], refusals);
    if (!isDataType(type)) throw refusals.invalid(dataType("dataType", type));
    const picks = Array.isArray(options) ? options.map(String) : [];
    const customField = fields.add(String(name), type, picks, model === "opportunity" ? model : "contact");
    return { status: 201, body: { customField } };
  });
  route("GET", `${PATH}/:fieldId`, "locations/customFields.readonly", ({ params }) => ({
    body: { customField: demand(params.fieldId) },
  }));
  route("PUT", `${PATH}/:fieldId`, "locations/customFields.write", ({ params, body }) => {
    const field = demand(params.fieldId);
    const { name, placeholder, position, options } = checked(body, EDITABLE, [], refusals);
    const customField = fields.change(field.id, {
      ...(typeof name === "string" ? { name } : {}),
      ...(typeof placeholder === "string" ? { placeholder } : {}),
      ...(typeof position === "number" ? { position } : {}),
      ...(Array.isArray(options) && field.picklistOptions ? { picklistOptions: options.map(String) } : {}),
    });
    return { body: { customField } };
  });
  route("DELETE", `${PATH}/:fieldId`, "locations/customFields.write", ({ params }) => {
    fields.remove(demand(params.fieldId).id);
    return { body: { succeded: true } };
  });
}
