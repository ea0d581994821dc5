import type { FieldType } from "./field.ts";

/**
 * The fields of an opportunity, a sale that may come of a contact, in model form, with the type each is compared as. As
 * with notes, a connector names its own fields freely and says by `standard` which of these one corresponds to.
 */
export const OPPORTUNITY_FIELDS = {
  name: "text",
  /** By name: ids differ between products. */
  pipeline: "option",
  /** A step of the pipeline, by name. */
  stage: "option",
  /** One of `OPPORTUNITY_STATUSES`, where the product has it. */
  status: "option",
  /** What it is worth, in the currency that both products count in. Nothing and 0 are the same: not every product tells them apart. */
  value: "number",
  source: "text",
} as const satisfies Record<string, FieldType>;

/** What may have become of an opportunity. */
export const OPPORTUNITY_STATUSES = ["open", "won", "lost", "abandoned"] as const;
