import { z } from "zod";
import type { Action } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { actionsOf, DONE, MADE, SOURCES } from "./dialect.ts";
import { EXAMPLE_ID, type RecordKind, searchAction } from "./records.ts";
import { Amount, CustomFields, LongText, number, Tags, Text } from "./shapes.ts";

/** The fields of a product are listed nowhere; further ones are given by their keys in `field.list`. */
const KIND: RecordKind = {
  name: "product",
  subject: "Products",
  one: "a product",
  plural: "products",
  searched: { prefix: "product", name: "Product", id: 6 },
  demanded: { name: z.string().trim().min(1).max(255) },
  fields: {
    sku: Text,
    unitPrice: Amount,
    currency: Text,
    description: LongText,
    tags: Tags,
    isActive: z.boolean().optional(),
    customFields: CustomFields,
    owner: number("Number of the user who owns it.").optional(),
  },
  usual: ["name", "sku", "unitPrice", "createdAt", "lastModifiedAt"],
  example: { name: "Blue tile", unitPrice: 12.5 },
};

const action = actionsOf(KIND.subject);
const productId = number("Number of the product.");
const written = { ...KIND.demanded, ...KIND.fields };
const own = { source: SOURCES.assumed, spread: ["customFields"] } as const;

/** What can be asked about products. */
export const products: readonly Action<Settings>[] = [
  action({
    id: "product.create",
    title: "Create a product",
    description: "Makes a product.",
    effect: "creates",
    method: "POST",
    path: "/v1/products",
    input: written,
    ...own,
    gives: MADE,
    example: { input: KIND.example, output: { id: EXAMPLE_ID } },
  }),
  action({
    id: "product.update",
    title: "Change a product",
    description: "Changes what is given. The name is taken to be demanded each time, as with all other records.",
    effect: "changes",
    method: "PUT",
    path: "/v1/products/{productId}",
    input: { productId, ...written },
    ...own,
    gives: DONE,
    example: { input: { productId: EXAMPLE_ID, name: "Green tile" }, output: { succeeded: true } },
  }),
  action({
    id: "product.delete",
    title: "Delete a product",
    description: "Takes a product away.",
    effect: "deletes",
    source: SOURCES.assumed,
    method: "DELETE",
    path: "/v1/products/{productId}",
    input: { productId },
    gives: DONE,
    example: { input: { productId: EXAMPLE_ID }, output: { succeeded: true } },
  }),
  action({
    id: "product.deleteMany",
    title: "Delete products",
    description: "Takes several products away at once.",
    effect: "deletes",
    source: SOURCES.assumed,
    method: "PUT",
    path: "/v1/products/bulkDelete",
    input: { ids: z.array(z.int().positive()).min(1).max(250) },
    gives: DONE,
    example: { input: { ids: [1588, 1589] }, output: { succeeded: true } },
  }),
  searchAction(KIND, "/v3/products/search", "Search products", SOURCES.assumed),
];
