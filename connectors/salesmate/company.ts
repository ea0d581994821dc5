import { recordFormat, type StandardField } from "./record.ts";

/** A company between Salesmate's JSON and model form. Pure. It has no e-mail at Salesmate. */

const STANDARD: readonly StandardField[] = [
  { key: "name", wire: "name", label: "Name", type: "text" },
  { key: "website", wire: "website", label: "Website", type: "url" },
  { key: "phone", wire: "phone", label: "Phone", type: "phone" },
  { key: "otherPhone", wire: "otherPhone", label: "Other phone", type: "phone" },
  { key: "description", wire: "description", label: "Description", type: "longText" },
  { key: "tags", wire: "tags", label: "Tags", type: "set" },
  { key: "addressLine1", wire: "billingAddressLine1", label: "Billing address line 1", type: "text" },
  { key: "addressLine2", wire: "billingAddressLine2", label: "Billing address line 2", type: "text" },
  { key: "city", wire: "billingCity", label: "Billing city", type: "text" },
  { key: "state", wire: "billingState", label: "Billing state", type: "text" },
  { key: "postalCode", wire: "billingZipCode", label: "Billing zip code", type: "text" },
  { key: "country", wire: "billingCountry", label: "Billing country", type: "country" },
];

/** Salesmate demands a name. */
const NAME = {
  wire: "name",
  key: "name",
  otherwise: ({ titlePlaceholder }: { readonly titlePlaceholder: string }) => titlePlaceholder,
};

/** The ways between a company's JSON and model form. */
export const COMPANY = recordFormat({ prefix: "company", standard: STANDARD, demanded: [NAME] });
