import { z } from "zod";
import { START_MODES, START_STATES } from "../sync.ts";
import { ValueView } from "./views.ts";

/**
 * What starting a sync would do. The kinds that a record or pair can count as; one may be of several:
 * - `same`: a pair for which nothing is to do.
 * - `update`: a pair of which one side is written, or both.
 * - `createLeft`, `createRight`: a record whose counterpart is made on that side.
 * - `conflict`: a pair with fields that wait for a person.
 * - `ambiguous`: a record that could be several others; a person must choose.
 * - `problem`: something of it can not be carried over, or nothing.
 * - `apart`: a pair whose differences stay as they are, by the mode.
 * - `leftAlone`: a record without counterpart for which none is made, by the mode.
 */
export const PREVIEW_KINDS = [
  "update",
  "createLeft",
  "createRight",
  "conflict",
  "ambiguous",
  "problem",
  "apart",
  "leftAlone",
  "same",
] as const;
export type PreviewKind = (typeof PREVIEW_KINDS)[number];

/** One field as starting would treat it: what each side holds (absent when empty), and what would be written where. */
export const PreviewFieldView = z.object({
  field: z.string(),
  label: z.string(),
  kind: z.enum(["write", "conflict", "problem", "apart"]),
  left: ValueView.optional(),
  right: ValueView.optional(),
  /** The side that is written, or that can not hold the value. */
  side: z.enum(["left", "right"]).optional(),
  /** What that side would hold afterwards; empty when it is cleared. */
  value: ValueView.optional(),
  note: z.string().optional(),
});
export type PreviewFieldView = z.infer<typeof PreviewFieldView>;

/** One record or pair. */
export const PreviewRowView = z.object({
  linkId: z.string(),
  title: z.string(),
  kinds: z.array(z.enum(PREVIEW_KINDS)).min(1),
  fields: z.array(PreviewFieldView),
});
export type PreviewRowView = z.infer<typeof PreviewRowView>;

/** How many there are of each kind, and why what can not be carried over can not. */
export const PreviewView = z.object({
  syncId: z.string(),
  state: z.enum(START_STATES),
  /** The mode that it is shown for; of a sync that was started, how it was. */
  mode: z.enum(START_MODES),
  startedAt: z.number().optional(),
  /** Pairs that were recognised as the same. */
  matched: z.int(),
  counts: z.record(z.enum(PREVIEW_KINDS), z.int()),
  /** The most frequent first; at most twenty. */
  problems: z.array(z.object({ message: z.string(), count: z.int() })),
});
export type PreviewView = z.infer<typeof PreviewView>;

/** A page of records and pairs; `next` is where the next one begins, absent on the last. */
export const PreviewPage = z.object({ rows: z.array(PreviewRowView), next: z.string().optional() });
export type PreviewPage = z.infer<typeof PreviewPage>;
