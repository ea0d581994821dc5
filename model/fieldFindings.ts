import { z } from "zod";

/**
 * What became of a mapped custom field: its product does not show it any more, shows another one under its key, keeps
 * another kind of value in it, or has taken options away that records hold.
 */
export const FIELD_CHANGES = ["gone", "anew", "type", "options"] as const;
export type FieldChange = (typeof FIELD_CHANGES)[number];

/** What a person says of a mapped field that is not what it was. */
export const FieldAnswer = z.discriminatedUnion("kind", [
  /** The mapping goes on without it. */
  z.object({ kind: z.literal("leaveOut"), side: z.enum(["left", "right"]), field: z.string().min(1) }),
  /** Another field takes its place; with its own key, the field as it is now. */
  z.object({
    kind: z.literal("mapTo"),
    side: z.enum(["left", "right"]),
    field: z.string().min(1),
    to: z.string().min(1),
  }),
  /** It has been put back, or shall be taken in again: it is looked at once more. */
  z.object({ kind: z.literal("again"), side: z.enum(["left", "right"]), field: z.string().min(1) }),
]);
export type FieldAnswer = z.infer<typeof FieldAnswer>;
