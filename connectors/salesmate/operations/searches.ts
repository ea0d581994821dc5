import { z } from "zod";
import { equals, type Rule, type RuleGroup, type Searched, searchBody, stamped } from "../search.ts";
import type { Settings } from "../settings.ts";
import type { Bag } from "./dialect.ts";
import { Moment } from "./shapes.ts";

const SORTED = ["id", "createdAt", "lastModifiedAt", "name", "firstName", "lastName"] as const;

const FieldName = z.string().regex(/^[A-Za-z]\w*(\.\w+)?$/, "must be the name of a field, such as email or owner.id");

/** What a search can be given. Salesmate knows more conditions, whose spelling is not published: `filter` takes them. */
export const SEARCH_INPUT = {
  fields: z
    .array(FieldName)
    .min(1)
    .optional()
    .describe("Names of the fields to show beside the number; the usual ones where left out."),
  equals: z
    .record(FieldName, z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe("Values that fields must have, by the names of the fields."),
  isAny: z.boolean().optional().describe("Whether it is enough that one of these fields has its value."),
  createdAfter: Moment.optional().describe("Only what was made since then; to the minute."),
  changedAfter: Moment.optional().describe("Only what was made or changed since then; to the minute."),
  filter: z.looseObject({}).optional().describe("Salesmate's own filterQuery, in place of all conditions above."),
  sortBy: z.enum(SORTED).optional().describe("The number where left out."),
  isDescending: z.boolean().optional(),
  rows: z.int().min(1).max(250).optional().describe("How many rows; 250 where left out."),
  from: z.int().min(0).optional().describe("How many rows to skip."),
} as const;

const SearchInput = z.object(SEARCH_INPUT);

/**
 * What is sent for such an input: the page, for the query, and the body.
 * @param usual names of the fields that are shown where none are named
 */
export function searchSent(searched: Searched, usual: readonly string[], input: Bag, settings: Settings): Bag {
  const {
    fields = usual,
    filter,
    sortBy = "id",
    isDescending = false,
    rows = 250,
    from = 0,
    ...conditions
  } = SearchInput.parse(input);
  const shown = ["id", ...fields].map((field) => `${searched.prefix}.${field}`);
  const body = searchBody(searched, [...new Set(shown)], "AND", rulesOf(searched, conditions, settings));
  const sort = { fieldName: `${searched.prefix}.${sortBy}`, order: isDescending ? "desc" : "asc" };
  return { ...body, ...(filter && { filterQuery: filter }), sort, rows, from };
}

type Conditions = Pick<z.infer<typeof SearchInput>, "equals" | "isAny" | "createdAfter" | "changedAfter">;

function rulesOf(
  searched: Searched,
  { equals: wanted = {}, isAny = false, createdAfter, changedAfter }: Conditions,
  settings: Settings,
): readonly (Rule | RuleGroup)[] {
  const values = Object.entries(wanted).map(([name, value]) => equals(searched, name, name, String(value)));
  const isGroup = isAny && values.length > 0;
  return [
    ...(isGroup ? [{ group: { operator: "OR", rules: values } } as const] : values),
    ...(createdAfter === undefined ? [] : [stamped(searched, "createdAt", Date.parse(createdAfter), settings)]),
    ...(changedAfter === undefined ? [] : [stamped(searched, "lastModifiedAt", Date.parse(changedAfter), settings)]),
  ];
}
