import type { Fields } from "./value.ts";

/** The two sides of a sync and of every link. Neither is a source or a target. */
export const SIDES = ["left", "right"] as const;
export type Side = (typeof SIDES)[number];

/** The side across from `side`. */
export function otherSide(side: Side): Side {
  return side === "left" ? "right" : "left";
}

/** The kinds of record that stand alone: they are recognised by what they carry, and found again by it. */
export const STANDALONE = ["contact", "business", "tag"] as const;
export type StandaloneResource = (typeof STANDALONE)[number];

/** The kinds of record that belong to a contact, its children. */
export const CHILDREN = ["note", "task", "appointment", "opportunity"] as const;
export type ChildResource = (typeof CHILDREN)[number];

/** The kinds of record that can be kept in step. */
export const RESOURCES = [...STANDALONE, ...CHILDREN] as const;
export type Resource = (typeof RESOURCES)[number];

/** Whether records of this kind belong to no contact. */
export function isStandalone(resource: Resource): resource is StandaloneResource {
  return STANDALONE.some((known) => known === resource);
}

/** Names one record at one partner. */
export interface Ref {
  readonly connectionId: string;
  readonly resource: Resource;
  readonly externalId: string;
}

/** A record as one read of the partner showed it, in model form. */
export interface Snapshot {
  readonly externalId: string;
  /** The contact that a child record belongs to, by its external id; absent for what stands alone. */
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

/** What several records of one kind are called. */
export const PLURALS: Readonly<Record<Resource, string>> = {
  contact: "contacts",
  business: "businesses",
  tag: "tags",
  note: "notes",
  task: "tasks",
  appointment: "appointments",
  opportunity: "opportunities",
};
