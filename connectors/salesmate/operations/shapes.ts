import { z } from "zod";

/** Shapes of inputs that several subjects have. */

/** The number of a record, as text. */
export function number(what: string) {
  return z
    .string()
    .regex(/^[1-9]\d{0,17}$/, "must be a number")
    .describe(what);
}

export const Text = z.string().max(255).optional();
export const LongText = z.string().max(32_000).optional();
export const Amount = z.number().optional();
export const Moment = z.iso.datetime({ offset: true });

/** Who owns a record. Salesmate demands one, so the connection's own is taken where nobody is named. */
export const Owner = number("Number of the user who owns it; the owner of the settings where left out.").optional();

export const Tags = z
  .array(
    z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(/^[^,]+$/, "must hold no comma"),
  )
  .describe("All tags that it shall have; others are taken away.")
  .optional();

/** Fields of the account's own, by their keys in `field.list`. */
export const CustomFields = z
  .record(
    z.string().regex(/^[A-Za-z]+CustomField\d+$/, "must be the key of a custom field, such as textCustomField1"),
    z.union([z.string(), z.number(), z.boolean(), z.null()]),
  )
  .optional()
  .describe("Fields of the account's own by their keys, such as textCustomField1.");

/** Where a person, or a company, gets its mail. */
export const ADDRESS = {
  billingAddressLine1: Text,
  billingAddressLine2: Text,
  billingCity: Text,
  billingZipCode: Text,
  billingState: Text,
  billingCountry: Text,
} as const;
