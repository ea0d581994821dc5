import type { ErrorKind } from "../../model/errors.ts";

/** What Trustmary does that its reference does not tell, or tells in several ways; each entry has a test. */

/** An error that is recognised by its status. Bodies are not published and are shown to people as they come. */
export interface ErrorQuirk {
  readonly status: number;
  readonly kind: ErrorKind;
  /** What a person should do, after Trustmary's own words. */
  readonly advice?: string;
}

export const ERROR_QUIRKS: readonly ErrorQuirk[] = [
  { status: 400, kind: "rejected" },
  {
    status: 401,
    kind: "unauthorized",
    advice:
      "Make a new key in Trustmary under Settings > Developers; where a good key is refused, try the other keyPrefix.",
  },
  { status: 404, kind: "not_found" },
  { status: 415, kind: "bug" },
  { status: 429, kind: "rate_limited" },
];

/** The most records of one answer; the next begin at `offset`. */
export const PAGE_ROWS = 1_000;

/** How many rows of the page before each page shows again: so many may be deleted between two, which moves the rest up. */
export const PAGE_OVERLAP = 10;

/** What empties a field in an import: what is not named stays. */
export const CLEARED = "";

/** States of a contact in which nothing may be sent to it because its owner, or the post, said so. */
export const BLOCKED_STATES: readonly string[] = ["unsubscribed", "complaint", "bounce"];

/** What stands at the beginning of the names of custom fields. */
export const CUSTOM_PREFIX = "field_";
