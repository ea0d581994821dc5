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
    statuses: [400, 401, 403],
    says: /permanent dnd/i,
    kind: "rejected",
    advice: "The contact asked for it in person, and only the contact can lift it; choose the value of HighLevel.",
  },
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

/** How many rows of the page before each page that is counted off shows again: so many may be deleted between two. */
export const PAGE_OVERLAP = 10;

/** The most businesses, or opportunities, on one page of their list. */
export const RECORD_PAGE_LIMIT = 100;

/** The most contacts on one page of a search. */
export const PAGE_LIMIT = 500;

/** One thing that HighLevel does otherwise than one would think, and what the hub does about it. */
export interface Habit {
  /** Names its test in `habits.test.ts`. */
  readonly id: string;
  /** What HighLevel does. */
  readonly does: string;
  /** What the hub does therefore. */
  readonly therefore: string;
}

/** What everybody who keeps contacts in step with HighLevel should know. Source: its documentation and clients that log answers. */
export const HABITS = [
  {
    id: "lowerCaseNames",
    does: "Lists and searches show names in lower case.",
    therefore: "Names in rows are hints; the name is the one that a direct read shows.",
  },
  {
    id: "lowerCaseTags",
    does: "Tags are kept in lower case.",
    therefore: "Tags are compared without regard to case, and the other side keeps its own writing.",
  },
  {
    id: "goneAs400",
    does: "A contact that is not there is answered 404, or 400 with words.",
    therefore: "Both mean gone, if the words are HighLevel's own.",
  },
  {
    id: "duplicateAs400",
    does: "A create of somebody who is there is answered 400, with the id of the contact that is.",
    therefore: "The create has found that contact.",
  },
  {
    id: "flagInAnswers",
    does: "Answers carry `succeded`, `succeeded`, `success` or no flag.",
    therefore: "The status tells success, and what an answer does not show is read.",
  },
  {
    id: "refusedOnUpdate",
    does: "An update refuses properties that a create needs or takes: location, company name, gender.",
    therefore: "Updates leave them out, unless a setting says that they are taken.",
  },
  {
    id: "tagsReplaced",
    does: "A list of tags in an update or upsert replaces all others.",
    therefore: "Tags are added and removed by calls of their own.",
  },
  {
    id: "upsertDecides",
    does: "An upsert decides by itself which contact is meant, and drops what belongs to another.",
    therefore: "Who is who is decided by the hub; it never upserts in a sync.",
  },
  {
    id: "phoneByCountry",
    does: "A phone without a country code is read in the location's country and kept in E.164.",
    therefore: "Phones are compared in E.164, read in the country of the settings.",
  },
  {
    id: "birthDateWritings",
    does: "A date of birth is shown as a date, an ISO time or epoch milliseconds.",
    therefore: "Its day is read from each, and written as YYYY-MM-DD.",
  },
  {
    id: "countryCodes",
    does: "A country must be a code of two letters.",
    therefore: "The field is declared to take codes only, so that no other text is sent.",
  },
  {
    id: "permanentDoNotDisturb",
    does: "What a contact asked in person not to get is permanent: an update that lifts it is refused.",
    therefore: "It is read as on; a refusal says that only the contact can lift it.",
  },
] as const satisfies readonly Habit[];
