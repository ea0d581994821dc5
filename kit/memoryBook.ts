import {
  BOOK_PAGE,
  type BookQuery,
  type BookRecord,
  bookCursor,
  changedRecord,
  foundBy,
  HUB_ID,
  movedRecord,
  type Origin,
  parseBookCursor,
  putOnto,
  type Torn,
} from "../model/book.ts";
import { Failure } from "../model/errors.ts";
import { idMaker } from "../model/ids.ts";
import type { HubBook } from "./book.ts";

type Held = BookRecord | (Torn & Pick<BookRecord, "resource" | "externalId">);

/**
 * A book in memory, for connections that are opened without a store: it lasts as long as the process.
 * @param now    epoch ms
 * @param random uniform in [0, 1)
 */
export function createMemoryBook(now: () => number, random: () => number): HubBook {
  const pages = new Map<string, Held>();
  const bookmarks = new Map<string, string>();
  const newId = idMaker(now, random);
  const keep = (held: Held): void => void pages.set(keyOf(held.resource, held.externalId), held);
  const living = (): BookRecord[] => [...pages.values()].filter(isLiving);
  const find = (resource: string, externalId: string): BookRecord | undefined => {
    const held = pages.get(keyOf(resource, externalId));
    return held !== undefined && isLiving(held) ? held : undefined;
  };
  const tear = ({ resource, externalId }: BookRecord, deletedBy: Origin): void =>
    keep({ resource, externalId, deletedBy, deletedAt: now() });
  const ofParent = (parentId: string): BookRecord[] => living().filter((record) => record.parentId === parentId);
  return {
    list: async (resource, query = {}) =>
      pageOf(
        living().filter((record) => record.resource === resource),
        query,
      ),
    read: async (resource, externalId) => find(resource, externalId),
    deletedBy: async (resource, externalId) => {
      const held = pages.get(keyOf(resource, externalId));
      return held === undefined || isLiving(held) ? undefined : held.deletedBy;
    },
    find: async (resource, fieldKey, value) => {
      const wanted = foundBy(value);
      if (wanted === undefined) return [];
      const carries = ({ fields }: BookRecord) => foundBy(fields[fieldKey] ?? "") === wanted;
      const found = living().filter((record) => record.resource === resource && carries(record));
      return found.sort(byCreation).map(({ externalId }) => externalId);
    },
    put: async (entry) => {
      const externalId = entry.externalId ?? `${HUB_ID}${newId()}`;
      const answer = putOnto(pages.get(keyOf(entry.resource, externalId)), { ...entry, externalId }, now());
      if (answer.kind !== "deleted") keep(answer.record);
      return answer;
    },
    update: async (resource, externalId, changes) => {
      const held = find(resource, externalId);
      if (held === undefined) return undefined;
      const next = changedRecord(held, changes, now());
      keep(next);
      return next;
    },
    delete: async (resource, externalId, by = "hub") => {
      const held = find(resource, externalId);
      if (held !== undefined) tear(held, by);
    },
    deleteChildren: async (parentId, by = "hub") => {
      for (const child of ofParent(parentId)) tear(child, by);
    },
    moveChildren: async (fromParentId, toParentId) => {
      for (const child of ofParent(fromParentId)) keep(movedRecord(child, toParentId, now()));
    },
    bookmark: async (name) => bookmarks.get(name),
    setBookmark: async (name, text) => void bookmarks.set(name, text),
  };
}

function keyOf(resource: string, externalId: string): string {
  return `${resource} ${externalId}`;
}

function isLiving(held: Held): held is BookRecord {
  return "fields" in held;
}

/** @throws Failure `bug` for a cursor that no page gave. */
function pageOf(found: readonly BookRecord[], query: BookQuery) {
  const { parentId, since, cursor, limit = BOOK_PAGE } = query;
  const after = cursor === undefined ? undefined : parseBookCursor(cursor);
  if (cursor !== undefined && after === undefined) {
    throw new Failure("bug", "Could not list what the hub keeps: the position to read on from is not one of its own.");
  }
  const wanted = found
    .filter((record) => parentId === undefined || record.parentId === parentId)
    .filter((record) => since === undefined || record.changedAt >= since)
    .sort(byChange);
  const rest = after === undefined ? wanted : wanted.filter((record) => byChange(record, after) > 0);
  const records = rest.slice(0, limit);
  const last = records.at(-1);
  return {
    records,
    ...(last !== undefined && rest.length > limit && { next: bookCursor(last) }),
    ...(after === undefined && { total: wanted.length }),
  };
}

type Place = Pick<BookRecord, "changedAt" | "externalId">;

function byChange(one: Place, other: Place): number {
  return one.changedAt - other.changedAt || compare(one.externalId, other.externalId);
}

function byCreation(one: BookRecord, other: BookRecord): number {
  return one.createdAt - other.createdAt || compare(one.externalId, other.externalId);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
