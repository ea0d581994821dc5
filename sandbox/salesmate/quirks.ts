import { z } from "zod";

/** What the real product's documents leave open, each as a switch. The defaults are the most likely reading. */
export const QuirksShape = z.strictObject({
  /** IANA name of the account's time zone, in which the texts of dates are written and read. */
  timeZone: z.string().refine(isTimeZone, "is not the IANA name of a time zone").default("Europe/London"),
  /** Whether a failure has a status of its own or comes with 200. */
  failuresAs: z.enum(["status", "200"]).default("status"),
  /** Status of a wrong key. */
  badKeyAs: z.enum(["403", "401"]).default("403"),
  /** Status of a call over the limit. */
  overLimitAs: z.enum(["429", "403", "200"]).default("429"),
  /** How dates are written in the answer of a direct read. */
  readDatesAs: z.enum(["iso", "epoch"]).default("iso"),
  /** How an owner, and the contact of an activity, is written in answers. */
  ownerAs: z.enum(["Owner-object", "owner-object", "owner-number"]).default("Owner-object"),
  /** How a deleted contact answers a direct read. */
  goneAs: z.enum(["404", "isDeleted"]).default("404"),
  /** What an update answers as `Data`. */
  updateAnswers: z.enum(["id", "empty"]).default("id"),
  /** What becomes of a field that does not exist. */
  unknownFields: z.enum(["ignore", "reject"]).default("ignore"),
  /** Whether EQUALS minds upper and lower case. */
  equalsMindsCase: z.boolean().default(false),
  /** Whether IS_AFTER compares whole minutes, so that 09:00:30 is not after 09:00. */
  afterComparesMinutes: z.boolean().default(false),
  /** Whether an update that changes nothing moves `lastModifiedAt`. */
  touchOnNoChange: z.boolean().default(true),
  /** Which writings of an activity's due date are taken. */
  dueDateTakes: z.enum(["epoch", "iso", "either"]).default("epoch"),
  /** What a search for the activities of a contact does: finds them, passes the condition over, or is refused. */
  searchByContact: z.enum(["taken", "ignored", "refused"]).default("taken"),
  /** Whether the activities of a deleted contact stay, without contact, or are deleted with it. */
  activitiesOfDeleted: z.enum(["stay", "go"]).default("stay"),
  /** Whether notes are listed as a bare list, or as rows with another key for the id and a total. */
  notesAs: z.enum(["list", "rows"]).default("list"),
  /** Whether a note's HTML comes back in another spelling than it was sent in. */
  rewriteNotes: z.boolean().default(false),
  /** Whether a note that is written or deleted moves `lastModifiedAt` of its contact. */
  notesTouchContact: z.boolean().default(false),
  /** Whether a second contact with the same e-mail is refused, as a rule of the larger plans may do. */
  refuseDuplicateEmail: z.boolean().default(false),
});

/** The switches in force. */
export type Quirks = z.output<typeof QuirksShape>;

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false; // Intl throws a RangeError for a zone that it does not know
  }
}
