import type { DueMark } from "../engine/ports.ts";
import { type BookEntry, type BookQuery, HUB_ID, type Origin } from "../model/book.ts";
import type { NewId } from "../model/ids.ts";
import type { Changes, Value } from "../model/value.ts";
import type { Database } from "./database.ts";
import type { MakeScript } from "./groupCommit.ts";
import type { BookOf, BookStore } from "./port.ts";
import type { BookReads } from "./queries/books/read.ts";
import type { BookWrites } from "./queries/books/write.ts";
import type { DueScripts } from "./queries/due.ts";

/** The books of all connections, on what the database can be asked about them. */
export function bookStore(
  { read, write }: Pick<Database, "read" | "write">,
  scripts: BookReads & BookWrites,
  due: Pick<DueScripts, "mark">,
): BookStore {
  /** What is written, and what it makes due, together. */
  const marking = <Result>(of: BookOf, script: MakeScript<Result>, marks: readonly DueMark[] = []) =>
    write(function* (transaction) {
      const result = yield* script(transaction);
      for (const mark of marks) yield* due.mark(of.workspaceId, mark);
      return result;
    });
  return {
    page: (of, resource, query) => read(scripts.page(of, resource, query)),
    browse: (of, resource, query) => read(scripts.browse(of, resource, query)),
    record: async (of, resource, externalId) => {
      const held = await read(scripts.held(of, resource, externalId));
      return held !== undefined && "fields" in held ? held : undefined;
    },
    deletedBy: async (of, resource, externalId) => {
      const held = await read(scripts.held(of, resource, externalId));
      return held !== undefined && "deletedBy" in held ? held.deletedBy : undefined;
    },
    find: (of, resource, fieldKey, value) => read(scripts.find(of, resource, fieldKey, value)),
    put: (of, entry, at, marks) => marking(of, () => scripts.put(of, entry, at), marks),
    update: (of, resource, externalId, changes, at, marks) =>
      marking(of, () => scripts.update(of, resource, externalId, changes, at), marks),
    delete: (of, resource, externalId, by, at, marks) =>
      marking(of, () => scripts.remove(of, resource, externalId, by, at), marks),
    deleteChildren: (of, parentId, by, at) => write(() => scripts.removeChildren(of, parentId, by, at)),
    moveChildren: (of, fromParentId, toParentId, at) =>
      write(() => scripts.moveChildren(of, fromParentId, toParentId, at)),
    bookmark: (of, name) => read(scripts.bookmark(of, name)),
    setBookmark: (of, name, text) => write(() => scripts.setBookmark(of, name, text)),
    counts: (of) => read(scripts.counts(of)),
    prune: (workspaceId, before, limit) => write(() => scripts.prune(workspaceId, before, limit)),
  };
}

/** What the book of one connection stands on. */
export interface BookOnOptions {
  readonly books: BookStore;
  readonly of: BookOf;
  /** Epoch ms. */
  readonly now: () => number;
  readonly newId: NewId;
}

/** The book of one connection, as connectors know it: `HubBook` of the kit. */
export function bookOn({ books, of, now, newId }: BookOnOptions) {
  return {
    list: (resource: string, query: BookQuery = {}) => books.page(of, resource, query),
    read: (resource: string, externalId: string) => books.record(of, resource, externalId),
    deletedBy: (resource: string, externalId: string) => books.deletedBy(of, resource, externalId),
    find: (resource: string, fieldKey: string, value: Value) => books.find(of, resource, fieldKey, value),
    put: (entry: BookEntry) =>
      books.put(of, { ...entry, externalId: entry.externalId ?? `${HUB_ID}${newId()}` }, now()),
    update: (resource: string, externalId: string, changes: Changes) =>
      books.update(of, resource, externalId, changes, now()),
    delete: (resource: string, externalId: string, by: Origin = "hub") =>
      books.delete(of, resource, externalId, by, now()),
    deleteChildren: (parentId: string, by: Origin = "hub") => books.deleteChildren(of, parentId, by, now()),
    moveChildren: (fromParentId: string, toParentId: string) => books.moveChildren(of, fromParentId, toParentId, now()),
    bookmark: (name: string) => books.bookmark(of, name),
    setBookmark: (name: string, text: string) => books.setBookmark(of, name, text),
  };
}
