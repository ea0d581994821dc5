import type { DueMark } from "../engine/ports.ts";
import { type BookEntry, type BookQuery, HUB_ID, type Origin } from "../model/book.ts";
import type { NewId } from "../model/ids.ts";
import type { Changes, Value } from "../model/value.ts";
import type { Database } from "./database.ts";
import type { BookOf, BookStore } from "./port.ts";
import type { BookReads } from "./queries/books/read.ts";
import type { BookWrites, Written } from "./queries/books/write.ts";
import type { DueScripts } from "./queries/due.ts";
import type { Script } from "./script.ts";

/** The books of all connections, on what the database can be asked about them. */
export function bookStore(
  { read, write }: Pick<Database, "read" | "write">,
  scripts: BookReads & BookWrites,
  due: Pick<DueScripts, "mark">,
): BookStore {
  /** What is written, and what that makes due, together. What changes nothing makes nothing due. */
  const marking = <Result>(of: BookOf, marks: readonly DueMark[] = [], script: () => Script<Written<Result>>) =>
    write(function* () {
      const { result, isChanged } = yield* script();
      if (isChanged) for (const mark of marks) yield* due.mark(of.workspaceId, mark);
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
    put: (of, entry, at, marks) => marking(of, marks, () => scripts.put(of, entry, at)),
    update: (of, resource, externalId, changes, at, marks) =>
      marking(of, marks, () => scripts.update(of, resource, externalId, changes, at)),
    delete: (of, resource, externalId, by, at, marks) =>
      marking(of, marks, () => scripts.remove(of, resource, externalId, by, at)),
    deleteChildren: (of, parentId, by, at, marks) =>
      marking(of, marks, () => scripts.removeChildren(of, parentId, by, at)),
    moveChildren: (of, fromParentId, toParentId, at, marks) =>
      marking(of, marks, () => scripts.moveChildren(of, fromParentId, toParentId, at)),
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
  /** What a change of these makes due; nothing where absent. Told before the change is made. */
  readonly marksOf?: (changed: BookChange) => Promise<readonly DueMark[]>;
  /** Called when something was made due. */
  readonly onMarked?: () => void;
}

/** What a write to a book is about: one record, or the children of one parent or more. */
export type BookChange =
  | { readonly kind: "record"; readonly resource: string; readonly externalId: string }
  | { readonly kind: "children"; readonly parentIds: readonly string[] };

interface Telling {
  readonly isTold?: boolean;
}

/** The book of one connection, as connectors know it: `HubBook` of the kit. */
export function bookOn({ books, of, now, newId, marksOf, onMarked }: BookOnOptions) {
  const telling = async <Result>(
    changed: BookChange,
    { isTold = true }: Telling,
    write: (marks: readonly DueMark[]) => Promise<Result>,
  ): Promise<Result> => {
    const marks = isTold ? ((await marksOf?.(changed)) ?? []) : [];
    const result = await write(marks);
    if (marks.length > 0) onMarked?.();
    return result;
  };
  return {
    list: (resource: string, query: BookQuery = {}) => books.page(of, resource, query),
    read: (resource: string, externalId: string) => books.record(of, resource, externalId),
    deletedBy: (resource: string, externalId: string) => books.deletedBy(of, resource, externalId),
    find: (resource: string, fieldKey: string, value: Value) => books.find(of, resource, fieldKey, value),
    put: (entry: BookEntry, told: Telling = {}) => {
      const externalId = entry.externalId ?? `${HUB_ID}${newId()}`;
      return telling({ kind: "record", resource: entry.resource, externalId }, told, (marks) =>
        books.put(of, { ...entry, externalId }, now(), marks),
      );
    },
    update: (resource: string, externalId: string, changes: Changes, told: Telling = {}) =>
      telling({ kind: "record", resource, externalId }, told, (marks) =>
        books.update(of, resource, externalId, changes, now(), marks),
      ),
    delete: (resource: string, externalId: string, by: Origin = "hub", told: Telling = {}) =>
      telling({ kind: "record", resource, externalId }, told, (marks) =>
        books.delete(of, resource, externalId, by, now(), marks),
      ),
    deleteChildren: (parentId: string, by: Origin = "hub", told: Telling = {}) =>
      telling({ kind: "children", parentIds: [parentId] }, told, (marks) =>
        books.deleteChildren(of, parentId, by, now(), marks),
      ),
    moveChildren: (from: string, to: string) =>
      telling({ kind: "children", parentIds: [from, to] }, {}, (marks) =>
        books.moveChildren(of, from, to, now(), marks),
      ),
    bookmark: (name: string) => books.bookmark(of, name),
    setBookmark: (name: string, text: string) => books.setBookmark(of, name, text),
  };
}
