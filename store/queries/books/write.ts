import type { Kysely } from "kysely";
import {
  type BookEntry,
  type BookRecord,
  changedRecord,
  foundBy,
  HUB_ID,
  movedRecord,
  type Origin,
  type PutAnswer,
  putOnto,
  type Torn,
} from "../../../model/book.ts";
import type { Changes } from "../../../model/value.ts";
import type { Database } from "../../database.ts";
import { storable } from "../../json.ts";
import type { BookOf } from "../../port.ts";
import { change, firstOf, rowsOf, type Script, tell } from "../../script.ts";
import type { KeptValuesTable, Tables } from "../../tables.ts";
import { living, one } from "./read.ts";
import { heldOf, recordOf, rowOf } from "./rows.ts";

/** Scripts that write what the hub keeps itself. A record is read, and locked where rows have locks, before it is written. */
export interface BookWrites {
  readonly put: (
    of: BookOf,
    entry: BookEntry & { readonly externalId: string },
    at: number,
  ) => Script<Written<PutAnswer>>;
  readonly update: (
    of: BookOf,
    resource: string,
    externalId: string,
    changes: Changes,
    at: number,
  ) => Script<Written<BookRecord | undefined>>;
  readonly remove: (of: BookOf, resource: string, externalId: string, by: Origin, at: number) => Script<Written<void>>;
  readonly removeChildren: (of: BookOf, parentId: string, by: Origin, at: number) => Script<Written<void>>;
  readonly moveChildren: (of: BookOf, fromParentId: string, toParentId: string, at: number) => Script<Written<void>>;
  readonly setBookmark: (of: BookOf, name: string, text: string) => Script<void>;
  /** Forgets the book with all that it holds. */
  readonly drop: (of: BookOf) => Script<void>;
  readonly prune: (workspaceId: string, before: number, limit: number) => Script<number>;
}

/** What came of a write, and whether it changed anything. */
export interface Written<Result> {
  readonly result: Result;
  readonly isChanged: boolean;
}

export function bookWrites({ kysely, dialect }: Database): BookWrites {
  function* held(of: BookOf, resource: string, externalId: string): Script<BookRecord | Torn | undefined> {
    const found = one(kysely, of, resource, externalId);
    const row = yield* firstOf(dialect.hasRowLocks ? found.forUpdate() : found);
    return row && heldOf(row);
  }
  function* record(of: BookOf, resource: string, externalId: string): Script<BookRecord | undefined> {
    const found = yield* held(of, resource, externalId);
    return found !== undefined && "fields" in found ? found : undefined;
  }
  function* children(of: BookOf, parentId: string): Script<readonly BookRecord[]> {
    const found = living(kysely, of)
      .selectAll()
      .where("parent_id", "=", storable(parentId))
      // Always in the same order, so that two which lock the same rows wait for one another and not in a circle.
      .orderBy("resource")
      .orderBy("external_id");
    return (yield* rowsOf(dialect.hasRowLocks ? found.forUpdate() : found)).map(recordOf);
  }
  return {
    *put(of, entry, at) {
      const before = yield* held(of, entry.resource, entry.externalId);
      const answer = putOnto(before, entry, at);
      if (answer.kind === "deleted" || answer.kind === "same") return { result: answer, isChanged: false };
      if (before !== undefined || (yield* insert(kysely, of, answer.record))) {
        yield* write(kysely, of, answer.record);
        return { result: answer, isChanged: true };
      }
      // Another process made it a moment ago; what it wrote can be seen, and is locked, now.
      const again = putOnto(yield* held(of, entry.resource, entry.externalId), entry, at);
      const isChanged = again.kind === "made" || again.kind === "changed";
      if (isChanged) yield* write(kysely, of, again.record);
      return { result: again, isChanged };
    },
    *update(of, resource, externalId, changes, at) {
      const before = yield* record(of, resource, externalId);
      if (before === undefined) return { result: undefined, isChanged: false };
      const next = changedRecord(before, changes, at);
      const isChanged = next !== before;
      if (isChanged) yield* write(kysely, of, next);
      return { result: next, isChanged };
    },
    *remove(of, resource, externalId, by, at) {
      const before = yield* record(of, resource, externalId);
      if (before !== undefined) yield* tear(kysely, of, before, by, at);
      return { result: undefined, isChanged: before !== undefined };
    },
    *removeChildren(of, parentId, by, at) {
      const found = yield* children(of, parentId);
      for (const child of found) yield* tear(kysely, of, child, by, at);
      return { result: undefined, isChanged: found.length > 0 };
    },
    *moveChildren(of, fromParentId, toParentId, at) {
      const found = fromParentId === toParentId ? [] : yield* children(of, fromParentId);
      for (const child of found) yield* write(kysely, of, movedRecord(child, toParentId, at));
      return { result: undefined, isChanged: found.length > 0 };
    },
    *setBookmark({ workspaceId, connectionId }, name, text) {
      yield* tell(
        kysely
          .insertInto("bookmarks")
          .values({ workspace_id: workspaceId, connection_id: connectionId, name, text: storable(text) })
          .onConflict((conflict) =>
            conflict.columns(["workspace_id", "connection_id", "name"]).doUpdateSet({ text: storable(text) }),
          ),
      );
    },
    *drop({ workspaceId, connectionId }) {
      for (const table of ["kept_values", "kept_records", "bookmarks"] as const) {
        yield* tell(
          kysely.deleteFrom(table).where("workspace_id", "=", workspaceId).where("connection_id", "=", connectionId),
        );
      }
    },
    *prune(workspaceId, before, limit) {
      const oldest = kysely
        .selectFrom("kept_records")
        .select(["connection_id", "resource", "external_id"])
        .where("workspace_id", "=", workspaceId)
        .where("deleted_by", "is not", null)
        .where("changed_at", "<", before)
        .where("external_id", ">=", HUB_ID)
        .where("external_id", "<", AFTER_HUB_IDS)
        .orderBy("changed_at")
        .limit(limit);
      return yield* change(
        kysely
          .deleteFrom("kept_records")
          .where("workspace_id", "=", workspaceId)
          .where((eb) =>
            eb(
              eb.refTuple("connection_id", "resource", "external_id"),
              "in",
              oldest.$asTuple("connection_id", "resource", "external_id"),
            ),
          ),
      );
    },
  };
}

/** The first text that sorts behind all ids of the hub's own. */
const AFTER_HUB_IDS = `${HUB_ID.slice(0, -1)}${String.fromCharCode(HUB_ID.charCodeAt(HUB_ID.length - 1) + 1)}`;

/** @returns whether nothing was there under its id. */
function* insert(kysely: Kysely<Tables>, of: BookOf, record: BookRecord): Script<boolean> {
  const inserted = yield* change(
    kysely
      .insertInto("kept_records")
      .values(rowOf(of, record))
      .onConflict((conflict) => conflict.doNothing()),
  );
  return inserted > 0;
}

/** Writes what is there already anew, and what it is found by. */
function* write(kysely: Kysely<Tables>, of: BookOf, record: BookRecord): Script<void> {
  const { workspace_id, connection_id, resource, external_id, ...rest } = rowOf(of, record);
  yield* tell(
    kysely
      .updateTable("kept_records")
      .set(rest)
      .where("workspace_id", "=", workspace_id)
      .where("connection_id", "=", connection_id)
      .where("resource", "=", resource)
      .where("external_id", "=", external_id),
  );
  yield* forgetValues(kysely, of, record);
  const values = valuesOf(of, record);
  if (values.length > 0) yield* tell(kysely.insertInto("kept_values").values([...values]));
}

function valuesOf({ workspaceId, connectionId }: BookOf, record: BookRecord): readonly KeptValuesTable[] {
  const { resource, externalId, fields } = record;
  return Object.entries(fields).flatMap(([field, written]) => {
    const value = foundBy(written);
    if (value === undefined) return [];
    const found = { field: storable(field), value: storable(value) };
    const external_id = storable(externalId);
    return [{ workspace_id: workspaceId, connection_id: connectionId, resource, external_id, ...found }];
  });
}

function* forgetValues(
  kysely: Kysely<Tables>,
  { workspaceId, connectionId }: BookOf,
  record: BookRecord,
): Script<void> {
  yield* tell(
    kysely
      .deleteFrom("kept_values")
      .where("workspace_id", "=", workspaceId)
      .where("connection_id", "=", connectionId)
      .where("resource", "=", record.resource)
      .where("external_id", "=", storable(record.externalId)),
  );
}

/** Leaves the memory that there was such a record, and nothing of what it held. */
function* tear(kysely: Kysely<Tables>, of: BookOf, record: BookRecord, by: Origin, at: number): Script<void> {
  yield* tell(
    kysely
      .updateTable("kept_records")
      .set({
        fields: "{}",
        search_text: "",
        parent_id: null,
        page_url: null,
        deleted_by: by,
        changed_at: Math.max(at, record.changedAt + 1),
      })
      .where("workspace_id", "=", of.workspaceId)
      .where("connection_id", "=", of.connectionId)
      .where("resource", "=", record.resource)
      .where("external_id", "=", storable(record.externalId)),
  );
  yield* forgetValues(kysely, of, record);
}
