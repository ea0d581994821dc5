import type { Field } from "./contact.ts";
import type { ModuleKind } from "./module.ts";

const text = (name: string, label: string): Field => ({ name, label, type: "Text" });

/** Companies. Source: contract sheet, section 6; there is no e-mail among their fields. */
export const COMPANIES: ModuleKind = {
  prefix: "company",
  label: "Company",
  id: 5,
  required: ["name"],
  calledBy: "name",
  firstId: 3_000_001,
  fields: [
    text("name", "Name"),
    text("website", "Website"),
    text("phone", "Phone"),
    text("otherPhone", "Other Phone"),
    text("currency", "Currency"),
    { name: "description", label: "Description", type: "TextArea" },
    text("tags", "Tags"),
    text("billingAddressLine1", "Billing Address Line 1"),
    text("billingAddressLine2", "Billing Address Line 2"),
    text("billingCity", "Billing City"),
    text("billingZipCode", "Billing Zip Code"),
    text("billingState", "Billing State"),
    text("billingCountry", "Billing Country"),
    { name: "annualRevenue", label: "Annual Revenue", type: "Number" },
    { name: "numberOfEmployees", label: "Number of Employees", type: "Number" },
    text("textCustomField1", "Trade"),
    { name: "selectCustomField1", label: "Size", type: "Select", options: ["Small", "Middle", "Large"] },
  ],
};
