import type { ErrorKind } from "../../model/errors.ts";

/** What Trint does that its reference does not tell, or tells in several ways; each entry has a test. */

/** An error that is recognised by its status, or by words in its plain body. */
export interface ErrorQuirk {
  readonly status?: number;
  readonly says?: RegExp;
  readonly kind: ErrorKind;
  /** What a person should do, after Trint's own words. */
  readonly advice?: string;
}

/** The first that fits counts. */
export const ERROR_QUIRKS: readonly ErrorQuirk[] = [
  {
    // The status is not published; the words are.
    says: /insufficient credit/i,
    kind: "rejected",
    advice: "Buy more at Trint, or wait until the plan renews, then upload again.",
  },
  { status: 400, kind: "rejected" },
  {
    status: 401,
    kind: "unauthorized",
    advice:
      "Make a new key on the API page of the Trint account; where a good key is refused, try the other tenant, and see that keyId belongs to the secret.",
  },
  { status: 402, kind: "rejected" },
  // Trint tells what is another's and what is not there apart by nothing.
  { status: 403, kind: "forbidden", advice: "The key does not see it, or it is not there." },
  { status: 404, kind: "not_found" },
  { status: 429, kind: "rate_limited" },
];

/** Files of one page of a poll, and of a reading of the whole list, which is the most that Trint gives. */
export const PAGE_ROWS = 100;
export const WHOLE_ROWS = 1_000;

/** An export of words that are not there yet is not found; of what the key does not see, forbidden. */
export const NOT_READY = 404;
export const NOT_SEEN = 403;

/** A transcript without words so long after it was made has failed: Trint tells of no failure, ms. */
export const FAILED_AFTER_MS = 24 * 3_600_000;

/** What the list shows beside transcripts (stories) is passed over. */
export const TRANSCRIPT_TYPE = "TRANSCRIPT";
