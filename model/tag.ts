import type { FieldType } from "./field.ts";

/**
 * The fields of a tag as such, beside the contacts that carry it. A tag is its name, whose letter case does not count: one
 * that is given another name is another tag.
 */
export const TAG_FIELDS = { name: "option" } as const satisfies Record<string, FieldType>;
