import type { Fields } from "./value.ts";

/** The two sides of a sync and of every link. Neither is a source or a target. */
export const SIDES = ["left", "right"] as const;
export type Side = (typeof SIDES)[number];

/** The side across from `side`. */
export function otherSide(side: Side): Side {
  return side === "left" ? "right" : "left";
}

/** The kinds of record that can be kept in step. Notes, tasks and appointments are children: they belong to a contact. */
export const RESOURCES = ["contact", "note", "task", "appointment"] as const;
export type Resource = (typeof RESOURCES)[number];

/** Names one record at one partner. */
export interface Ref {
  readonly connectionId: string;
  readonly resource: Resource;
  readonly externalId: string;
}

/** A record as one read of the partner showed it, in model form. */
export interface Snapshot {
  readonly externalId: string;
  /** The contact that a child record belongs to, by its external id; absent for contacts. */
  readonly parentId?: string;
  readonly fields: Fields;
  /**
   * Keys of fields that this read showed in lower case only (HighLevel's search does this to names). Such a value is
   * no evidence against any value that it equals when lower-cased.
   */
  readonly folded?: readonly string[];
  /** The partner's own version of the record, compared for equality and, being times, for order; epoch ms as text. */
  readonly version?: string;
}

/** What one read of one record established, and as of when (epoch ms; the read began no earlier). */
export type Reading =
  | { readonly kind: "present"; readonly snapshot: Snapshot; readonly asOf: number }
  | { readonly kind: "gone"; readonly asOf: number };
