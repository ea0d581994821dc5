import type { Field } from "./contact.ts";
import type { ModuleKind } from "./module.ts";

const text = (name: string, label: string): Field => ({ name, label, type: "Text" });

/** Products. The sheet lists their operations and none of their fields, so these are assumed. */
export const PRODUCTS: ModuleKind = {
  prefix: "product",
  label: "Product",
  id: 6,
  required: ["name"],
  calledBy: "name",
  firstId: 7_000_001,
  isOwnerOptional: true,
  fields: [
    text("name", "Name"),
    text("sku", "SKU"),
    { name: "unitPrice", label: "Unit Price", type: "Number" },
    text("currency", "Currency"),
    { name: "description", label: "Description", type: "TextArea" },
    text("tags", "Tags"),
    { name: "isActive", label: "Active", type: "Checkbox" },
  ],
};
