import { applyChanges, type Changes, EMPTY, type Fields, isSameValue, type Value } from "./value.ts";

/**
 * The hub's book: what it keeps itself beside a partner's records, because the partner has no place for it (people for a
 * product that has none, their notes and tasks). There is one book per connection, and each record in it is of a
 * resource: one of those kept in step, or any other word that a connector chooses (`invitation`).
 */

/** Who made a record of the book: somebody at the hub or at the other side of a sync, or the partner's own doing. */
export const ORIGINS = ["hub", "partner"] as const;
export type Origin = (typeof ORIGINS)[number];

/** One record that the hub keeps. */
export interface BookRecord {
  readonly resource: string;
  /** The partner's own id where one was given, else one that the hub made, which begins with `HUB_ID`. */
  readonly externalId: string;
  /** Of children: the external id of the contact they belong to. */
  readonly parentId?: string;
  /** In model form, by the keys that the connector describes. */
  readonly fields: Fields;
  readonly origin: Origin;
  /** Where people look at it, or at what it stands beside, in the partner's own pages. */
  readonly pageUrl?: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** When it was last changed, epoch ms. Rises with every change, so that it tells versions apart. */
  readonly changedAt: number;
}

/** What is put into the book. Fields that it does not name stay as they are. */
export interface BookEntry {
  readonly resource: string;
  /** Names the record; a record of this id is changed, or made. One of an id of the hub's own is made where absent. */
  readonly externalId?: string;
  readonly parentId?: string;
  readonly fields: Fields;
  readonly origin: Origin;
  readonly pageUrl?: string;
}

/**
 * What came of putting an entry into the book. `deleted` means that the hub has deleted the record before: it stays so.
 */
export type PutAnswer =
  | { readonly kind: "made" | "changed" | "same"; readonly record: BookRecord }
  | { readonly kind: "deleted" };

/** Which records of a resource are wanted, the least recently changed first. */
export interface BookQuery {
  /** Only those of this parent. */
  readonly parentId?: string;
  /** Only those changed at or after, epoch ms. */
  readonly since?: number;
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** Most records on the page; `BOOK_PAGE` where absent. */
  readonly limit?: number;
}

/** One page of a resource of the book. */
export interface BookPage {
  readonly records: readonly BookRecord[];
  /** Absent on the last page. */
  readonly next?: string;
  /** How many there are on all pages, told with the first. */
  readonly total?: number;
}

/** Records on a page, where nothing else is asked for. */
export const BOOK_PAGE = 200;

/** What the ids that the hub makes begin with. No partner's ids do. */
export const HUB_ID = "kith_";

/** The memory of a record that was deleted, by whom and when (epoch ms). */
export interface Torn {
  readonly deletedBy: Origin;
  readonly deletedAt: number;
}

/**
 * What putting an entry makes of what the book holds under its id. Pure.
 * A record that the hub deleted stays deleted; one that the partner took away comes back when the partner shows it again.
 * @param held what is there now, if anything
 * @param now  epoch ms
 */
export function putOnto(
  held: BookRecord | Torn | undefined,
  entry: BookEntry & { readonly externalId: string },
  now: number,
): PutAnswer {
  if (held !== undefined && "deletedAt" in held) {
    if (held.deletedBy === "hub") return { kind: "deleted" };
    const at = Math.max(now, held.deletedAt + 1);
    return { kind: "made", record: { ...entry, createdAt: at, changedAt: at } };
  }
  if (held === undefined) return { kind: "made", record: { ...entry, createdAt: now, changedAt: now } };
  const next: BookRecord = {
    ...held,
    fields: { ...held.fields, ...entry.fields },
    ...(entry.parentId !== undefined && { parentId: entry.parentId }),
    ...(entry.pageUrl !== undefined && { pageUrl: entry.pageUrl }),
  };
  if (isSameRecord(held, next)) return { kind: "same", record: held };
  return { kind: "changed", record: { ...next, changedAt: laterThan(held, now) } };
}

/** The record after `changes`; the same one where they change nothing. Pure. */
export function changedRecord(held: BookRecord, changes: Changes, now: number): BookRecord {
  const next = { ...held, fields: applyChanges(held.fields, changes) };
  return isSameRecord(held, next) ? held : { ...next, changedAt: laterThan(held, now) };
}

/** The record under another parent; the same one where it is there already. Pure. */
export function movedRecord(held: BookRecord, parentId: string, now: number): BookRecord {
  return held.parentId === parentId ? held : { ...held, parentId, changedAt: laterThan(held, now) };
}

/** Two changes within a millisecond are two versions, and a clock that was set back makes none older. */
function laterThan({ changedAt }: BookRecord, now: number): number {
  return Math.max(now, changedAt + 1);
}

function isSameRecord(one: BookRecord, other: BookRecord): boolean {
  if (one.parentId !== other.parentId || one.pageUrl !== other.pageUrl) return false;
  const keys = new Set([...Object.keys(one.fields), ...Object.keys(other.fields)]);
  return [...keys].every((key) => isSameField(one.fields[key], other.fields[key]));
}

function isSameField(one: Value | undefined, other: Value | undefined): boolean {
  return one !== undefined && other !== undefined && isSameValue(one, other);
}

/** Longest value by which a record can be found, in characters. */
export const FOUND_BY_MAX = 200;

/**
 * The form in which a value is looked for: without regard to letter case and outer spaces, telephone numbers without what
 * stands between their digits. Pure. @returns `undefined` for what nobody looks for: emptiness, sets and long texts
 */
export function foundBy(value: Value): string | undefined {
  if (typeof value === "object" || typeof value === "boolean") return undefined;
  const text = String(value).trim().toLowerCase();
  if (text === EMPTY || text.length > FOUND_BY_MAX) return undefined;
  return PHONE.test(text) ? text.replaceAll(/[^+\d]/g, "") : text;
}

/** At least five digits, with nothing else but what people write between those of a telephone number. */
const PHONE = /^\+?(?:[ ()./-]*\d){5,}[ ()./-]*$/;

/** Where a page ends: at the change time and id of its last record. */
export function bookCursor({ changedAt, externalId }: BookRecord): string {
  return `${changedAt}:${externalId}`;
}

/** Reads a cursor; `undefined` for one that this did not write. */
export function parseBookCursor(
  cursor: string,
): { readonly changedAt: number; readonly externalId: string } | undefined {
  const colon = cursor.indexOf(":");
  const changedAt = Number(cursor.slice(0, colon));
  if (colon < 1 || !Number.isSafeInteger(changedAt)) return undefined;
  return { changedAt, externalId: cursor.slice(colon + 1) };
}
