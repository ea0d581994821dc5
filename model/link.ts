/**
 * The states of a link.
 * - `half`: one side only, its counterpart not known or not made yet.
 * - `linked`: both sides.
 * - `ambiguous`: one side only; several counterparts are possible and a person must choose.
 * - `unlinked`: was linked, the other side is gone and the policy left this one alone; never created again.
 * - `tombstone`: deleted; remembered so that it does not come back.
 */
export const LINK_STATES = ["half", "linked", "ambiguous", "unlinked", "tombstone"] as const;

/** One of `LINK_STATES`. */
export type LinkState = (typeof LINK_STATES)[number];
