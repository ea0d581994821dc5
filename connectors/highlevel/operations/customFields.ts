import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, Count, Flag, id, optional, required, Succeeded, Text } from "./shapes.ts";

const fieldAction = actionsOf({
  subject: "Custom fields",
  module: "locations",
  scopes: { reads: "locations/customFields.readonly", writes: "locations/customFields.write" },
});
const valueAction = actionsOf({
  subject: "Custom values",
  module: "locations",
  scopes: { reads: "locations/customValues.readonly", writes: "locations/customValues.write" },
});

/** Source: the published list of Custom Fields V2, spelling included. */
const DATA_TYPES = [
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

const CustomField = z.object({
  id: z.string(),
  name: Text,
  fieldKey: Text,
  dataType: Text,
  placeholder: Text,
  position: Count,
  picklistOptions: z.array(z.unknown()).optional(),
  isAllowedCustomOption: Flag,
  isMultiFileAllowed: Flag,
  maxFileLimit: Count,
  model: Text,
  locationId: Text,
});
const ONE_FIELD = { customFieldId: id("Id of the field, or its key.") };
const FIELD_INPUT = {
  placeholder: optional("What stands in the empty field."),
  acceptedFormat: z.array(z.string()).optional().describe("File types that are taken."),
  isMultipleFile: z.boolean().optional().describe("Whether it takes several files."),
  maxNumberOfFiles: z.int().optional().describe("How many files at most."),
  textBoxListOptions: z.array(z.unknown()).optional().describe("The boxes of a list of text boxes."),
  options: z.array(z.string()).optional().describe("What can be chosen."),
  position: z.int().optional().describe("Place among the fields."),
  model: z.enum(["contact", "opportunity"]).optional().describe("What it is a field of."),
};
const FIELD = {
  id: "3sv6UEo51C9Bmpo1cKTq",
  name: "Favourite colour",
  fieldKey: "contact.favourite_colour",
  dataType: "TEXT",
  model: "contact",
};
const ONE_FIELD_EXAMPLE = { customFieldId: FIELD.id };

/** Definitions of custom fields. */
export const customFields = [
  fieldAction({
    id: "customField.list",
    title: "List custom fields",
    description: "Lists the custom fields of contacts, of opportunities, or of both.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}/customFields",
    input: { model: z.enum(["contact", "opportunity", "all"]).optional().describe("Whose fields.") },
    output: { customFields: z.array(CustomField) },
    example: { input: { model: "contact" }, output: { customFields: [FIELD] } },
  }),
  fieldAction({
    id: "customField.create",
    title: "Create a custom field",
    description: "Makes a new custom field; its type can not be changed later.",
    effect: "creates",
    method: "POST",
    path: "/locations/{locationId}/customFields",
    input: {
      name: required("Name of the field."),
      dataType: z.enum(DATA_TYPES).describe("What it holds."),
      ...FIELD_INPUT,
    },
    output: { customField: CustomField },
    example: {
      input: { name: "Shoe size", dataType: "NUMERICAL", model: "contact" },
      output: { customField: { ...FIELD, name: "Shoe size", fieldKey: "contact.shoe_size", dataType: "NUMERICAL" } },
    },
  }),
  fieldAction({
    id: "customField.read",
    title: "Read a custom field",
    description: "Shows one custom field, by its id or its key.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}/customFields/{customFieldId}",
    input: ONE_FIELD,
    output: { customField: CustomField },
    example: { input: ONE_FIELD_EXAMPLE, output: { customField: FIELD } },
  }),
  fieldAction({
    id: "customField.update",
    title: "Change a custom field",
    description: "Changes the name, options or place of one custom field.",
    effect: "changes",
    method: "PUT",
    path: "/locations/{locationId}/customFields/{customFieldId}",
    input: { ...ONE_FIELD, name: required("Name of the field."), ...FIELD_INPUT },
    output: { customField: CustomField },
    example: {
      input: { ...ONE_FIELD_EXAMPLE, name: "Best colour" },
      output: { customField: { ...FIELD, name: "Best colour" } },
    },
  }),
  fieldAction({
    id: "customField.delete",
    title: "Delete a custom field",
    description: "Deletes one custom field and its values on all records.",
    effect: "deletes",
    method: "DELETE",
    path: "/locations/{locationId}/customFields/{customFieldId}",
    input: ONE_FIELD,
    output: Succeeded,
    example: { input: ONE_FIELD_EXAMPLE, output: { succeeded: true } },
  }),
];

const CustomValue = z.object({ id: z.string(), name: Text, fieldKey: Text, value: Anything, locationId: Text });
const ONE_VALUE = { customValueId: id("Id of the value.") };
const VALUE_INPUT = { name: required("Name of the value."), value: z.string().describe("What it stands for.") };
const VALUE = {
  id: "sIynXLUsTsVtYbyzEfDv",
  name: "Opening hours",
  fieldKey: "{{ custom_values.opening_hours }}",
  value: "9 to 17",
};
const ONE_VALUE_EXAMPLE = { customValueId: VALUE.id };

/** Texts of the location that messages and pages can insert. */
export const customValues = [
  valueAction({
    id: "customValue.list",
    title: "List custom values",
    description: "Lists the texts that messages and pages of the location can insert.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}/customValues",
    input: {},
    output: { customValues: z.array(CustomValue) },
    example: { input: {}, output: { customValues: [VALUE] } },
  }),
  valueAction({
    id: "customValue.create",
    title: "Create a custom value",
    description: "Makes a new text that messages and pages can insert.",
    effect: "creates",
    method: "POST",
    path: "/locations/{locationId}/customValues",
    input: VALUE_INPUT,
    output: { customValue: CustomValue },
    example: { input: { name: "Opening hours", value: "9 to 17" }, output: { customValue: VALUE } },
  }),
  valueAction({
    id: "customValue.read",
    title: "Read a custom value",
    description: "Shows one text of the location.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}/customValues/{customValueId}",
    input: ONE_VALUE,
    output: { customValue: CustomValue },
    example: { input: ONE_VALUE_EXAMPLE, output: { customValue: VALUE } },
  }),
  valueAction({
    id: "customValue.update",
    title: "Change a custom value",
    description: "Changes the name and text of one custom value.",
    effect: "changes",
    method: "PUT",
    path: "/locations/{locationId}/customValues/{customValueId}",
    input: { ...ONE_VALUE, ...VALUE_INPUT },
    output: { customValue: CustomValue },
    example: {
      input: { ...ONE_VALUE_EXAMPLE, name: "Opening hours", value: "8 to 16" },
      output: { customValue: { ...VALUE, value: "8 to 16" } },
    },
  }),
  valueAction({
    id: "customValue.delete",
    title: "Delete a custom value",
    description: "Deletes one text of the location.",
    effect: "deletes",
    method: "DELETE",
    path: "/locations/{locationId}/customValues/{customValueId}",
    input: ONE_VALUE,
    output: Succeeded,
    example: { input: ONE_VALUE_EXAMPLE, output: { succeeded: true } },
  }),
];
