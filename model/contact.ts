import type { FieldType } from "./field.ts";
import type { Fields } from "./value.ts";

/**
 * The fields of a contact in model form, with the type each is compared as. A connector names its own fields freely
 * and says by `standard` which of these one corresponds to; the stock mapping of a sync joins both sides on these keys.
 */
export const CONTACT_FIELDS = {
  firstName: "text",
  lastName: "text",
  /** Of partners that keep a name in one field only. */
  fullName: "fullName",
  email: "email",
  phone: "phone",
  workPhone: "phone",
  otherPhone: "phone",
  companyName: "text",
  jobTitle: "text",
  /** Of partners that keep an address in one field only. */
  address: "address",
  addressLine1: "text",
  addressLine2: "text",
  city: "text",
  state: "text",
  postalCode: "text",
  country: "country",
  website: "url",
  dateOfBirth: "date",
  source: "text",
  description: "longText",
  tags: "set",
  /** That nothing may be sent to them by e-mail. */
  doNotEmail: "boolean",
  /** What somebody's reviews at Trustpilot come to: the stars of the last, the mean of all, how many, when the last was. */
  trustpilotScore: "number",
  trustpilotMean: "number",
  trustpilotReviews: "number",
  trustpilotOn: "date",
  /** How Trustpilot calls them. */
  trustpilotId: "text",
} as const satisfies Record<string, FieldType>;

/** Fields of the model that a product which lacks them may hold in a custom field, by the key that such a field then has. */
export const BY_CUSTOM_KEY: Readonly<Record<string, ContactField>> = {
  trustpilot_score: "trustpilotScore",
  trustpilot_mean: "trustpilotMean",
  trustpilot_reviews: "trustpilotReviews",
  trustpilot_on: "trustpilotOn",
  trustpilot_id: "trustpilotId",
};

/** A field of the model's contact. */
export type ContactField = keyof typeof CONTACT_FIELDS;

/** The name by which people recognise a contact: full name, else e-mail, else phone, else `fallback`. */
export function contactTitle(fields: Fields, fallback: string): string {
  const name = [fields.firstName, fields.lastName].filter((part) => typeof part === "string" && part !== "").join(" ");
  for (const candidate of [name, fields.fullName, fields.email, fields.phone]) {
    if (typeof candidate === "string" && candidate !== "") return candidate;
  }
  return fallback;
}
