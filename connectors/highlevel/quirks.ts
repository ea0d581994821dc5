import type { ErrorKind } from "../../model/errors.ts";

/**
 * What HighLevel does that its reference does not tell, or tells in several ways; each entry has a test.
 * Texts are matched without regard to letter case.
 */

/** One error that is recognised by its words. The first that fits counts. */
export interface ErrorQuirk {
  readonly statuses: readonly number[];
  readonly says: RegExp;
  /** Only in answers to these paths; anywhere when absent. */
  readonly at?: RegExp;
  readonly kind: ErrorKind;
  /** What a person should do, after the partner's own words. */
  readonly advice?: string;
}

/**
 * 401 means four different things. Only a refused token may start a refresh: answering a missing scope with one would
 * go round for ever. A 404 means "gone" only where it is about a record, and 400 may mean it too.
 */
export const ERROR_QUIRKS: readonly ErrorQuirk[] = [
  {
    statuses: [400, 401],
    says: /version header|api version/i,
    kind: "misconfigured",
    advice: "Set apiVersion to a version that HighLevel publishes.",
  },
  {
    statuses: [401, 403],
    says: /not authorized for this scope/i,
    kind: "forbidden",
  },
  {
    statuses: [401, 403],
    says: /authclass type is not allowed|user type mismatch/i,
    kind: "forbidden",
    advice: "It takes a token of another kind: of the location, or of its agency.",
  },
  {
    statuses: [401, 403],
    says: /does not have access to this location/i,
    kind: "misconfigured",
    advice: "Set locationId to the location that the token was made in.",
  },
  {
    statuses: [400, 404, 422],
    says: /calendar.*(invalid|not exist|not found)/i,
    at: /^\/calendars\/events/,
    kind: "misconfigured",
    advice: "Set calendarId to one of the location's calendars.",
  },
  {
    statuses: [404],
    says: /^cannot (get|post|put|delete) /i,
    kind: "misconfigured",
    advice: "This path does not exist under the chosen version; set apiVersion.",
  },
];

/** A missing contact may be answered 400 with these words instead of 404. */
export const GONE_WORDS = /not found/i;

/** The refusal of a duplicate; its `meta.contactId` names the contact that is there already. */
export const DUPLICATE_WORDS = /does not allow duplicated contacts/i;

/** The value of `X-GHL-Signature` that stands for "not signed this way". */
export const NO_SIGNATURE = "N/A";

/** Search rows leave these keys out although other rows show them, so that absence there says nothing. */
export const ROW_MAY_OMIT: readonly string[] = ["website", "postalCode"];

/** What empties a field: most texts are nullable, custom values take the empty text, or the empty list. */
export const CLEARED = { scalar: null, custom: "", customSet: [] } as const;

/** The most tasks on one page of the location's search. */
export const TASK_PAGE_LIMIT = 100;

/** How many rows of the page before each page of tasks shows again: so many may be deleted between two pages. */
export const TASK_PAGE_OVERLAP = 10;

/** The most contacts on one page of a search. */
export const PAGE_LIMIT = 500;
