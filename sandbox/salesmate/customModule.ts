import type { Field } from "./contact.ts";
import type { ModuleKind } from "./module.ts";

const text = (name: string, label: string): Field => ({ name, label, type: "Text" });

/** A module that the account has made for itself: its building sites. */
export const SITES: ModuleKind = {
  prefix: "site",
  label: "Site",
  id: 101,
  required: ["name"],
  calledBy: "name",
  firstId: 8_000_001,
  fields: [
    text("name", "Name"),
    text("city", "City"),
    { name: "description", label: "Description", type: "TextArea" },
    text("tags", "Tags"),
    text("textCustomField1", "Foreman"),
  ],
};

/** The modules of the account by internal name. Source of the numbers: contract sheet, section 3. */
export const MODULE_NUMBERS: Readonly<Record<string, { readonly id: number; readonly name: string }>> = {
  contact: { id: 1, name: "Contact" },
  task: { id: 2, name: "Task" },
  email: { id: 3, name: "Email" },
  deal: { id: 4, name: "Deal" },
  company: { id: 5, name: "Company" },
  product: { id: 6, name: "Product" },
  teaminbox: { id: 7, name: "Team Inbox" },
  [SITES.prefix]: { id: SITES.id, name: SITES.label },
};
