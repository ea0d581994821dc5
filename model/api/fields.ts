import { z } from "zod";
import { FIELD_TYPES } from "../field.ts";
import { FIELD_CHANGES } from "../fieldFindings.ts";

/** Mapped custom fields that are not what they were, as they leave the hub. Times are epoch milliseconds. */

/** One such field: of which side, what it was and is. Until a person has said what to do, it is left out. */
export const FieldFindingView = z.object({
  side: z.enum(["left", "right"]),
  /** Its key, and what it was called. */
  field: z.string(),
  label: z.string(),
  change: z.enum(FIELD_CHANGES),
  was: z.enum(FIELD_TYPES),
  /** What is there under its key now; absent where nothing is. */
  is: z.enum(FIELD_TYPES).optional(),
  nowCalled: z.string().optional(),
  /** The options that it does not have any more. */
  lost: z.array(z.string()),
  since: z.number(),
  /** How many linked records it concerns; absent until they have been counted. */
  records: z.int().optional(),
  /** Whether a person said that the mapping goes on without it. */
  isLeftOut: z.boolean(),
  /** When a person last had it looked at again, in vain. */
  triedAt: z.number().optional(),
});
export type FieldFindingView = z.infer<typeof FieldFindingView>;

/** A custom field that a side could have, so that it keeps there what the other side tells. */
export const WantedFieldView = z.object({
  side: z.enum(["left", "right"]),
  key: z.string(),
  name: z.string(),
  type: z.enum(FIELD_TYPES),
});
export type WantedFieldView = z.infer<typeof WantedFieldView>;

/** One such field with those that could take its place; the suggested ones have its name. */
export const FieldChoiceView = FieldFindingView.extend({
  choices: z.array(z.object({ field: z.string(), label: z.string(), isSuggested: z.boolean() })),
});
export type FieldChoiceView = z.infer<typeof FieldChoiceView>;
