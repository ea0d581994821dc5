import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/** What the hub keeps itself beside the partners' records: per connection its records, what finds them, and bookmarks. */
export async function books(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const key = sql.raw<string>(dialect.keyType);
  const moment = sql.raw<number>(dialect.bigintType);
  const tableEnd = sql.raw(dialect.tableEnd);
  const keyedTableEnd = sql.raw(dialect.keyedTableEnd);
  const RECORD = ["workspace_id", "connection_id", "resource", "external_id"] as const;

  await db.schema
    .createTable("kept_records")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("connection_id", key, (column) => column.notNull())
    .addColumn("resource", key, (column) => column.notNull())
    .addColumn("external_id", key, (column) => column.notNull())
    .addColumn("parent_id", key)
    .addColumn("fields", "text", (column) => column.notNull())
    .addColumn("origin", "text", (column) => column.notNull())
    .addColumn("page_url", "text")
    .addColumn("created_at", moment, (column) => column.notNull())
    .addColumn("changed_at", moment, (column) => column.notNull())
    // Of a record that was deleted, by whom; its fields are forgotten then.
    .addColumn("deleted_by", "text")
    // What it is searched by: all of its values, folded.
    .addColumn("search_text", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("kept_records_pk", [...RECORD])
    .modifyEnd(tableEnd)
    .execute();
  await db.schema
    .createIndex("kept_records_by_change")
    .on("kept_records")
    .columns(["workspace_id", "connection_id", "resource", "changed_at", "external_id"])
    .where(sql.ref("deleted_by"), "is", null)
    .execute();
  await db.schema
    .createIndex("kept_records_by_parent")
    .on("kept_records")
    .columns(["workspace_id", "connection_id", "parent_id", "resource", "changed_at", "external_id"])
    .where(sql.ref("deleted_by"), "is", null)
    .execute();
  await db.schema
    .createIndex("kept_records_deleted")
    .on("kept_records")
    .columns(["workspace_id", "changed_at"])
    .where(sql.ref("deleted_by"), "is not", null)
    .execute();

  await db.schema
    .createTable("kept_values")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("connection_id", key, (column) => column.notNull())
    .addColumn("resource", key, (column) => column.notNull())
    .addColumn("external_id", key, (column) => column.notNull())
    .addColumn("field", key, (column) => column.notNull())
    .addColumn("value", key, (column) => column.notNull())
    .addPrimaryKeyConstraint("kept_values_pk", [...RECORD, "field"])
    .modifyEnd(keyedTableEnd)
    .execute();
  await db.schema
    .createIndex("kept_values_by_value")
    .on("kept_values")
    .columns(["workspace_id", "connection_id", "resource", "field", "value"])
    .execute();

  await db.schema
    .createTable("bookmarks")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("connection_id", key, (column) => column.notNull())
    .addColumn("name", key, (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("bookmarks_pk", ["workspace_id", "connection_id", "name"])
    .modifyEnd(tableEnd)
    .execute();
}
