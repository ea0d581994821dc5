import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import {
  BOOK_PAGE,
  type BookPage,
  type BookQuery,
  type BookRecord,
  bookCursor,
  foundBy,
  parseBookCursor,
  type Torn,
} from "../../../model/book.ts";
import { Failure } from "../../../model/errors.ts";
import type { Value } from "../../../model/value.ts";
import type { Database } from "../../database.ts";
import { storable } from "../../json.ts";
import type { BookBrowse, BookFound, BookOf } from "../../port.ts";
import { firstOf, rowsOf, type Script } from "../../script.ts";
import type { KeptRecordsTable, Tables } from "../../tables.ts";
import { patternsOf } from "../links/views.ts";
import { heldOf, recordOf } from "./rows.ts";

/** Scripts that read what the hub keeps itself. */
export interface BookReads {
  readonly page: (of: BookOf, resource: string, query: BookQuery) => Script<BookPage>;
  readonly browse: (of: BookOf, resource: string, query: BookBrowse) => Script<BookFound>;
  /** What a book holds under an id: a record, or that it was deleted. */
  readonly held: (of: BookOf, resource: string, externalId: string) => Script<BookRecord | Torn | undefined>;
  readonly find: (of: BookOf, resource: string, fieldKey: string, value: Value) => Script<readonly string[]>;
  readonly bookmark: (of: BookOf, name: string) => Script<string | undefined>;
  readonly counts: (of: BookOf) => Script<readonly { readonly resource: string; readonly count: number }[]>;
}

export function bookReads({ kysely }: Database): BookReads {
  return {
    page: (of, resource, query) => page(kysely, of, resource, query),
    browse: (of, resource, query) => browse(kysely, of, resource, query),
    *held(of, resource, externalId) {
      const row = yield* firstOf(one(kysely, of, resource, externalId));
      return row && heldOf(row);
    },
    *find({ workspaceId, connectionId }, resource, fieldKey, value) {
      const wanted = foundBy(value);
      if (wanted === undefined) return [];
      const rows = yield* rowsOf(
        kysely
          .selectFrom("kept_values as found")
          .innerJoin("kept_records as record", (join) =>
            join
              .onRef("record.workspace_id", "=", "found.workspace_id")
              .onRef("record.connection_id", "=", "found.connection_id")
              .onRef("record.resource", "=", "found.resource")
              .onRef("record.external_id", "=", "found.external_id"),
          )
          .select("record.external_id")
          .where("found.workspace_id", "=", workspaceId)
          .where("found.connection_id", "=", connectionId)
          .where("found.resource", "=", resource)
          .where("found.field", "=", fieldKey)
          .where("found.value", "=", storable(wanted))
          .orderBy("record.created_at")
          .orderBy("record.external_id"),
      );
      return rows.map(({ external_id }) => external_id);
    },
    *bookmark({ workspaceId, connectionId }, name) {
      const row = yield* firstOf(
        kysely
          .selectFrom("bookmarks")
          .select("text")
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId)
          .where("name", "=", name),
      );
      return row?.text;
    },
    counts: ({ workspaceId, connectionId }) =>
      rowsOf(
        kysely
          .selectFrom("kept_records")
          .select((eb) => ["resource", eb.fn.countAll<number>().as("count")])
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId)
          .where("deleted_by", "is", null)
          .groupBy("resource")
          .orderBy("resource"),
      ),
  };
}

/** The row under an id, deleted or not. */
export function one(
  kysely: Kysely<Tables>,
  { workspaceId, connectionId }: BookOf,
  resource: string,
  externalId: string,
) {
  return kysely
    .selectFrom("kept_records")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("resource", "=", resource)
    .where("external_id", "=", storable(externalId));
}

// biome-ignore lint/complexity/noBannedTypes: Kysely's own word for "no columns chosen yet".
type Found = SelectQueryBuilder<Tables, "kept_records", {}>;

/** The rows that are not deleted; of every resource. */
export function living(kysely: Kysely<Tables>, { workspaceId, connectionId }: BookOf): Found {
  return kysely
    .selectFrom("kept_records")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("deleted_by", "is", null);
}

/** @throws Failure `bug` for a cursor that no page gave. */
function* page(kysely: Kysely<Tables>, of: BookOf, resource: string, query: BookQuery): Script<BookPage> {
  const { parentId, since, cursor, limit = BOOK_PAGE } = query;
  const after = cursor === undefined ? undefined : parseBookCursor(cursor);
  if (cursor !== undefined && after === undefined) {
    throw new Failure("bug", "Could not list what the hub keeps: the position to read on from is not one of its own.");
  }
  let wanted = living(kysely, of).where("resource", "=", resource);
  if (parentId !== undefined) wanted = wanted.where("parent_id", "=", storable(parentId));
  if (since !== undefined) wanted = wanted.where("changed_at", ">=", since);
  const counted = after ? undefined : yield* firstOf(wanted.select((eb) => eb.fn.countAll<number>().as("count")));
  const rest =
    after === undefined
      ? wanted
      : wanted.where((eb) =>
          eb(eb.refTuple("changed_at", "external_id"), ">", eb.tuple(after.changedAt, after.externalId)),
        );
  const rows = yield* rowsOf(
    rest
      .selectAll()
      .orderBy("changed_at")
      .orderBy("external_id")
      .limit(limit + 1),
  );
  const records = rows.slice(0, limit).map(recordOf);
  const last = records.at(-1);
  return {
    records,
    ...(last !== undefined && rows.length > limit && { next: bookCursor(last) }),
    ...(counted && { total: Number(counted.count) }),
  };
}

function* browse(kysely: Kysely<Tables>, of: BookOf, resource: string, query: BookBrowse): Script<BookFound> {
  const { parentId, text = "", offset, limit } = query;
  let wanted = living(kysely, of).where("resource", "=", resource);
  if (parentId !== undefined) wanted = wanted.where("parent_id", "=", storable(parentId));
  for (const pattern of patternsOf(text)) {
    wanted = wanted.where(sql<boolean>`search_text like ${pattern} escape '\\'`);
  }
  const counted = yield* firstOf(wanted.select((eb) => eb.fn.countAll<number>().as("count")));
  const newest = wanted.selectAll().orderBy("changed_at", "desc").orderBy("external_id", "desc");
  const rows: readonly KeptRecordsTable[] = yield* rowsOf(newest.limit(limit).offset(offset));
  return { records: rows.map(recordOf), total: Number(counted?.count ?? 0) };
}
