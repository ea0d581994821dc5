import { z } from "zod";

/**
 * The kinds of field value that a mapping can compare and carry. A `richText` field holds HTML; a `money` field an amount
 * that may name its currency, for instance `1234.50 EUR`; an `address` a whole one in one text.
 */
export const FIELD_TYPES = [
  "text",
  "longText",
  "richText",
  "email",
  "phone",
  "url",
  "date",
  "dateTime",
  "number",
  "money",
  "boolean",
  "option",
  "country",
  "fullName",
  "address",
  "set",
  "json",
] as const;

/** One of `FIELD_TYPES`. `json` passes through untouched and is never mapped by default. */
export type FieldType = (typeof FIELD_TYPES)[number];

/** One field of a resource at one connection, as discovered live. */
export const FieldDefinition = z.object({
  /** Stable key of the field in model form, for instance `firstName` or `custom.shoe_size`. */
  key: z.string(),
  /** What the partner calls it, shown to people. */
  label: z.string(),
  type: z.enum(FIELD_TYPES),
  isWritable: z.boolean(),
  /** The contact field of the model that this one corresponds to; pairs with equal `standard` form the stock mapping. */
  standard: z.string().optional(),
  /** Longest text the partner keeps, in characters. */
  maxLength: z.number().int().optional(),
  /** Labels of the allowed options, for `option` and closed `set` fields. */
  options: z.array(z.string()).optional(),
  /** Whether people of the account made the field, so that they may change or delete it at any time. */
  isCustom: z.boolean().optional(),
  /** What tells the field from another that is made under the same key later; absent where no two ever have one key. */
  madeAs: z.string().optional(),
  /** Whether a `country` field takes ISO 3166-1 alpha-2 codes only, so that any other text would be refused. */
  isCodeOnly: z.boolean().optional(),
});
export type FieldDefinition = z.infer<typeof FieldDefinition>;
