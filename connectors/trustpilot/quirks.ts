import type { ErrorKind } from "../../model/errors.ts";

/** What Trustpilot does that its reference does not tell, or tells in several ways; each entry has a test. */

/** An error that is recognised by its status: bodies are not published. */
export interface ErrorQuirk {
  readonly status: number;
  readonly kind: ErrorKind;
  /** What a person should do, after Trustpilot's own words. */
  readonly advice?: string;
}

export const ERROR_QUIRKS: readonly ErrorQuirk[] = [
  { status: 400, kind: "rejected" },
  {
    status: 401,
    kind: "unauthorized",
    advice: "Take key and secret from the Business app under Integrations > Developers.",
  },
  {
    status: 403,
    kind: "forbidden",
    advice: "The plan must include the API, and a user with the rights of an admin must be named (businessUserId).",
  },
  { status: 404, kind: "not_found" },
  { status: 415, kind: "bug" },
  { status: 429, kind: "rate_limited" },
  { status: 501, kind: "misconfigured", advice: "Trustpilot does not have this operation any more." },
];

/** The most reviews on one page. */
export const PAGE_ROWS = 100;

/** Times in conditions have no zone and are read as UTC. */
export function conditionTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}
