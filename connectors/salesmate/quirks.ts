import type { ErrorKind } from "../../model/errors.ts";

/** What Salesmate does that its reference does not tell, or tells in several ways; each entry has a test. */

/** An error that is recognised by the name in its envelope. The first that fits counts. */
export interface ErrorQuirk {
  readonly name: RegExp;
  readonly kind: ErrorKind;
  /** What a person should do, after Salesmate's own words. */
  readonly advice?: string;
}

/** A refused key is answered 403 as often as 401, and any of these may come with status 200. */
export const ERROR_QUIRKS: readonly ErrorQuirk[] = [
  {
    name: /^AuthorizationFailed$/i,
    kind: "unauthorized",
    advice: "Take the Session Key from My Account > Access Key; try the Access Key if that is refused.",
  },
  { name: /^Access ?denied$/i, kind: "forbidden", advice: "The key's user lacks a permission in Salesmate." },
  { name: /^NoSuchLinkExist$/i, kind: "misconfigured", advice: "Set linkname to the account's own." },
  { name: /^ObjectNotFound$/i, kind: "not_found" },
  { name: /^ValidationError$/i, kind: "rejected" },
  { name: /rate|limit|toomany/i, kind: "rate_limited" },
  { name: /internal|server|timeout|unavailable/i, kind: "unavailable" },
];

/** The most rows on one page of a search. */
export const PAGE_ROWS = 250;

/** A list of notes that is shorter is no page of a longer one, whatever its page size. */
export const SMALLEST_PAGE_ROWS = 10;

/** Separates tags, and several chosen options, in their one text. A tag that holds it cannot be expressed, and is not sent. */
export const TAG_SEPARATOR = ",";

/** What empties a field in an update. */
export const CLEARED = { text: "", other: null } as const;

/** The fields a phone may stand in; phones are kept as they were typed. */
export const PHONE_FIELDS = ["mobile", "phone", "otherPhone"] as const;
