import type { FieldType } from "./field.ts";

/**
 * The fields of a business, a company that contacts may belong to, in model form, with the type each is compared as. As
 * with contacts, a connector names its own fields freely and says by `standard` which of these one corresponds to.
 */
export const BUSINESS_FIELDS = {
  name: "text",
  email: "email",
  phone: "phone",
  otherPhone: "phone",
  website: "url",
  addressLine1: "text",
  addressLine2: "text",
  city: "text",
  state: "text",
  postalCode: "text",
  country: "country",
  description: "longText",
  tags: "set",
} as const satisfies Record<string, FieldType>;
