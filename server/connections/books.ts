import { keyText } from "../../engine/index.ts";
import type { Clock, DueMark, Reason } from "../../engine/ports.ts";
import { PRIORITIES } from "../../kit/http.ts";
import type { HubBook } from "../../kit/index.ts";
import type { NewId } from "../../model/ids.ts";
import { SIDES, type Side } from "../../model/record.ts";
import type { SyncConfig } from "../../model/sync.ts";
import { type BookChange, bookOn } from "../../store/index.ts";
import type { BookOf, HubStore } from "../../store/port.ts";

/** The books of all connections. */
export interface Books {
  /** For the connection's own work. What a sync writes itself makes nothing due. */
  readonly of: (of: BookOf) => HubBook;
  /** For what a person or a program does: every change of it makes its record due at once. */
  readonly byPerson: (of: BookOf) => HubBook;
}

/** What the books stand on. */
export interface BooksOptions {
  readonly store: Pick<HubStore, "books" | "syncs">;
  readonly clock: Pick<Clock, "now">;
  readonly newId: NewId;
  /** Called after something was made due for the workspace. */
  readonly wake: (workspaceId: string) => void;
}

/** The books of a store. */
export function createBooks({ store, clock, newId, wake }: BooksOptions): Books {
  const open = (of: BookOf, reason: Reason): HubBook =>
    bookOn({
      books: store.books,
      of,
      now: clock.now,
      newId,
      marksOf: async (changed) => {
        const syncs = await store.syncs(of.workspaceId);
        const mark = { priority: PRIORITIES.live, dueAt: clock.now(), reason } as const;
        return syncs.flatMap(({ config }) => marksIn(config, of, changed, mark));
      },
      onMarked: () => wake(of.workspaceId),
    });
  return {
    of: (of) => open(of, "follow"),
    byPerson: (of) => alwaysTold(open(of, "person")),
  };
}

/** What a change makes due in one sync. */
function marksIn(
  config: SyncConfig,
  { connectionId }: BookOf,
  changed: BookChange,
  mark: Pick<DueMark, "priority" | "dueAt" | "reason">,
): readonly DueMark[] {
  const sides = SIDES.filter((side) => config[side] === connectionId);
  return sides.flatMap((side) => keysIn(config, side, changed).map((key) => ({ ...mark, key, syncId: config.id })));
}

function keysIn({ id: syncId, resource, parent }: SyncConfig, side: Side, changed: BookChange): readonly string[] {
  switch (changed.kind) {
    case "record":
      if (resource !== changed.resource) return [];
      return [keyText({ kind: "record", syncId, side, externalId: changed.externalId })];
    case "children":
      if (parent === undefined) return [];
      return changed.parentIds.map((parentId) => keyText({ kind: "children", syncId, side, parentId }));
    default:
      return changed satisfies never;
  }
}

/** The same book, which heeds nobody who says that a change need not be told. */
function alwaysTold(book: HubBook): HubBook {
  return {
    ...book,
    put: (entry) => book.put(entry),
    update: (resource, externalId, changes) => book.update(resource, externalId, changes),
    delete: (resource, externalId, by) => book.delete(resource, externalId, by),
    deleteChildren: (parentId, by) => book.deleteChildren(parentId, by),
  };
}
