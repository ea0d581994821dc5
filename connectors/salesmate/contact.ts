import { recordFormat, type StandardField } from "./record.ts";

/** A contact between Salesmate's JSON and model form. Pure. */

/** The standard fields. `mobile` is the phone that Salesmate sends text messages to. */
const STANDARD: readonly StandardField[] = [
  { key: "firstName", wire: "firstName", label: "First name", type: "text" },
  { key: "lastName", wire: "lastName", label: "Last name", type: "text" },
  { key: "email", wire: "email", label: "E-mail", type: "email" },
  { key: "phone", wire: "mobile", label: "Mobile", type: "phone" },
  { key: "workPhone", wire: "phone", label: "Phone", type: "phone" },
  { key: "otherPhone", wire: "otherPhone", label: "Other phone", type: "phone" },
  { key: "jobTitle", wire: "designation", label: "Designation", type: "text" },
  { key: "website", wire: "website", label: "Website", type: "url" },
  { key: "description", wire: "description", label: "Description", type: "longText" },
  { key: "tags", wire: "tags", label: "Tags", type: "set" },
  { key: "addressLine1", wire: "billingAddressLine1", label: "Billing address line 1", type: "text" },
  { key: "addressLine2", wire: "billingAddressLine2", label: "Billing address line 2", type: "text" },
  { key: "city", wire: "billingCity", label: "Billing city", type: "text" },
  { key: "state", wire: "billingState", label: "Billing state", type: "text" },
  { key: "postalCode", wire: "billingZipCode", label: "Billing zip code", type: "text" },
  { key: "country", wire: "billingCountry", label: "Billing country", type: "country" },
];

/** Salesmate demands a surname. */
const SURNAME = {
  wire: "lastName",
  key: "lastName",
  otherwise: ({ surnamePlaceholder }: { readonly surnamePlaceholder: string }) => surnamePlaceholder,
};

/** The ways between a contact's JSON and model form. */
export const CONTACT = recordFormat({ prefix: "contact", standard: STANDARD, demanded: [SURNAME] });
