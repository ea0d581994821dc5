import type { BookEntry, BookPage, BookQuery, BookRecord, Origin, PutAnswer } from "../model/book.ts";
import type { Changes, Value } from "../model/value.ts";

/**
 * Whether the syncs of a record hear of a write, so that it travels at once. They do unless it says otherwise: a sync that
 * writes itself need not be told, and what a list is about to show is heard of by that list.
 */
export interface Telling {
  readonly isTold?: boolean;
}

/**
 * The book of one connection: what the hub keeps beside the partner's records; see model/book.ts. A connector reaches it
 * as `session.book`. All calls are safe to repeat. A change is seen by every read that begins after it was answered.
 */
export interface HubBook {
  /** One page of a resource, the least recently changed first, so that what changes meanwhile is met again, not missed. */
  readonly list: (resource: string, query?: BookQuery) => Promise<BookPage>;
  /** `undefined` where there is none, or none any more. */
  readonly read: (resource: string, externalId: string) => Promise<BookRecord | undefined>;
  /** Whether there was such a record, which has been deleted; by whom. Remembered for as long as the store says. */
  readonly deletedBy: (resource: string, externalId: string) => Promise<Origin | undefined>;
  /**
   * Ids of the records that carry this value in a field, oldest first. Letter case, outer spaces and what stands between
   * the digits of a telephone number do not count. Texts of more than `FOUND_BY_MAX` characters are found by none.
   */
  readonly find: (resource: string, fieldKey: string, value: Value) => Promise<readonly string[]>;
  /**
   * Makes a record, or changes the one of this id; fields that are not named stay. Putting the same again changes nothing.
   * What the hub has deleted stays deleted, so that it is not gathered again.
   */
  readonly put: (entry: BookEntry, telling?: Telling) => Promise<PutAnswer>;
  /** Applies changes to the record as it is at that moment. @returns it, or `undefined` where there is none */
  readonly update: (
    resource: string,
    externalId: string,
    changes: Changes,
    telling?: Telling,
  ) => Promise<BookRecord | undefined>;
  /**
   * Deletes a record; deleting what is gone succeeds.
   * @param by who took it away, `hub` where absent: what the partner took away comes back when it is put again
   */
  readonly delete: (resource: string, externalId: string, by?: Origin, telling?: Telling) => Promise<void>;
  /** Deletes all records of this parent, of whatever resource. */
  readonly deleteChildren: (parentId: string, by?: Origin, telling?: Telling) => Promise<void>;
  /** Gives all records of one parent to another, of whatever resource. */
  readonly moveChildren: (fromParentId: string, toParentId: string) => Promise<void>;
  /** A text that was put by under this name: how far something has been gathered, for instance. */
  readonly bookmark: (name: string) => Promise<string | undefined>;
  /** Puts a text by under this name, in the place of the one before. */
  readonly setBookmark: (name: string, text: string) => Promise<void>;
}
