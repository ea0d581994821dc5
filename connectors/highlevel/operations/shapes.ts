import { z } from "zod";

/** Shapes that the operations of several subjects use. Outputs name what HighLevel documents; the rest is left out. */

/** An id of HighLevel: opaque, and never a step in a path. */
export function id(what: string) {
  return z
    .string()
    .regex(/^(?!\.{1,2}$)[^\s/]{1,200}$/, "must be an id, without spaces or slashes")
    .describe(what);
}

/** A text that may be left out, or emptied by null. */
export function clearable(what: string) {
  return z.string().nullable().optional().describe(what);
}

/** An id that may be left out, or taken away by null. */
export function clearableId(what: string) {
  return id(what).nullable().optional().describe(what);
}

/** A text that may be left out. */
export function optional(what: string) {
  return z.string().optional().describe(what);
}

/** A text that must be there. */
export function required(what: string) {
  return z.string().min(1).describe(what);
}

/** A time as HighLevel takes it. */
export function moment(what: string) {
  return z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/, "must be a time such as 2026-03-06T10:00:00+01:00")
    .describe(`${what}, as 2026-03-06T10:00:00+01:00.`);
}

/** How many are wanted, up to the most that HighLevel gives. */
export function upTo(most: number) {
  return z.int().min(1).max(most).optional().describe(`How many at most, up to ${most}.`);
}

export const Skip = z.int().min(0).optional().describe("How many to pass over.");
export const ContactId = id("Id of the contact.");
export const UserId = id("Id of the user.");

/** Whether it was done; a partner that says no is refused before. */
export const Succeeded = { succeeded: z.boolean() };

/** A text of an answer; numbers and flags are read as texts. */
export const Text = z
  .union([z.string(), z.number().transform(String), z.boolean().transform(String)])
  .pipe(z.string())
  .optional();
/** A time of an answer: ISO 8601, from that or epoch milliseconds. A clock without offset stays as it is. */
export const Time = z
  .union([z.string(), z.number().transform((ms) => new Date(ms).toISOString())])
  .pipe(z.string())
  .optional();
export const Flag = z.boolean().optional();
export const Count = z.number().optional();
export const Texts = z.array(z.string()).optional();
/** Something of whose inside HighLevel documents nothing. */
export const Anything = z.unknown().optional();

/** A value of a custom field, under each of the names that HighLevel uses for it. */
export const CustomFieldValue = z.preprocess(
  (found) => {
    if (typeof found !== "object" || found === null) return found;
    const { value, fieldValue, field_value, fieldValueString } = found as Readonly<Record<string, unknown>>;
    return { ...found, value: value ?? fieldValue ?? field_value ?? fieldValueString };
  },
  z.object({ id: z.string(), value: z.unknown().optional() }),
);

/** What is written to a custom field, which is named by its id or its key. */
export const CustomFieldInput = z
  .strictObject({
    id: z.string().optional().describe("Id of the field."),
    key: z.string().optional().describe("Its key without `contact.` or `opportunity.`, where the id is not known."),
    value: z.unknown().describe("Text, number, or list of texts, as its type asks."),
  })
  .refine(({ id: known, key }) => known !== undefined || key !== undefined, "name the field by its id or its key");

/** Brings the name `_id` of a row to `id`. */
export function withId<Row extends z.ZodType>(row: Row) {
  return z.preprocess((found) => {
    if (typeof found !== "object" || found === null || "id" in found || !("_id" in found)) return found;
    return { ...found, id: found._id };
  }, row);
}
