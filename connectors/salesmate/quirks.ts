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

/** Something that Salesmate does oddly, what the hub does about it, and the rule whose tests show that it does. */
export interface Habit {
  readonly does: string;
  readonly therefore: string;
  readonly rule: string;
}

/** What Salesmate does that a reader of its reference would not expect. */
export const HABITS: readonly Habit[] = [
  {
    does: "A refusal may come with status 200.",
    therefore: "The envelope tells whether it is one.",
    rule: "SM41",
  },
  {
    does: "A refused key is answered 403 as often as 401.",
    therefore: "The name of the error tells it from a lacking permission.",
    rule: "SM20",
  },
  {
    does: "Over the limit it is answered 429, or another status with words; no header says how long to wait.",
    therefore: "Each of them counts as too many, and nothing is sent for a while.",
    rule: "SM46",
  },
  {
    does: "A deleted record is answered 404, or shown with a mark.",
    therefore: "Both mean gone, if the words are Salesmate's own.",
    rule: "SM40",
  },
  {
    does: "An update demands surname and owner again, or what else the kind of record demands.",
    therefore: "They are repeated as they were read last.",
    rule: "SM15",
  },
  {
    does: "A contact must have a surname.",
    therefore: "A placeholder stands for a missing one, and is read back as empty.",
    rule: "SM44",
  },
  {
    does: "An owner is shown as an object under a large or a small letter, or as a number.",
    therefore: "It is read from each.",
    rule: "SM42",
  },
  {
    does: "Tags are one text with commas, and an update replaces all of them.",
    therefore: "The whole list is sent, and a tag with a comma is not.",
    rule: "SM17",
  },
  {
    does: "Searches by time are written in the account's time zone, to the minute and without the zone.",
    therefore: "A search begins with the minute before, and before an hour that the clock shows twice.",
    rule: "SM2",
  },
  {
    does: "Rows show times to the minute.",
    therefore: "Only a direct read has a version; rows are compared by value.",
    rule: "SM12",
  },
  {
    does: "Rows show what was asked for and no more.",
    therefore: "Every field is asked for, and one that a row lacks is not taken for empty.",
    rule: "SM13",
  },
  {
    does: "Pages are counted from the start, so that records that vanish move all others.",
    therefore: "The reading goes back by as many as vanished.",
    rule: "SM47",
  },
  {
    does: "Phones are kept as they were typed.",
    therefore: "A look-up tries each of the usual writings.",
    rule: "SM31",
  },
  {
    does: "Whether activities can be searched for by contact is not published.",
    therefore: "It is tried once a day; without it all are read.",
    rule: "SM60",
  },
  {
    does: "Tasks, appointments and calls are all activities, told apart by the name of a type that the account chose.",
    therefore: "The names are settings; one that they do not know ends nothing.",
    rule: "SM62",
  },
  {
    does: "Due dates are taken in milliseconds, or as text.",
    therefore: "A setting says which.",
    rule: "SM56",
  },
  {
    does: "There is no reading of one note, and their list has no published shape.",
    therefore: "A note is read from its contact's list, whichever of the likely shapes that has.",
    rule: "SM64",
  },
  {
    does: "Notes are HTML, in which line ends are no line ends.",
    therefore: "A note without formatting is given breaks.",
    rule: "SM87",
  },
  {
    does: "There is no create-or-change, and the same e-mail may be there twice.",
    therefore: "Who is who is decided by the hub; the operation of that name looks first.",
    rule: "SM91",
  },
  {
    does: "Pipeline, stage and state of a deal are names.",
    therefore: "They are matched by name, and one that is not there is left as it was.",
    rule: "SM84",
  },
];
