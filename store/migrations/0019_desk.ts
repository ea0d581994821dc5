import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/**
 * Connecting by the dashboard: which connections a workspace file describes, the agencies that have agreed, and the
 * operations that were run by hand.
 */
export async function desk(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const key = sql.raw<string>(dialect.keyType);
  const big = sql.raw<number>(dialect.bigintType);
  // All that is there before this came from files.
  await db.schema
    .alterTable("connections")
    .addColumn("is_from_file", "integer", (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema
    .createTable("agencies")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("connector_id", key, (column) => column.notNull())
    .addColumn("agency_id", key, (column) => column.notNull())
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("base_urls", "text", (column) => column.notNull())
    .addColumn("granted_at", big, (column) => column.notNull())
    .addPrimaryKeyConstraint("agencies_pk", ["workspace_id", "connector_id", "agency_id"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
  await db.schema
    .createTable("hand_calls")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("id", key, (column) => column.notNull())
    .addColumn("connection_id", key, (column) => column.notNull())
    .addColumn("operation_id", key, (column) => column.notNull())
    .addColumn("at", big, (column) => column.notNull())
    .addColumn("detail", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("hand_calls_pk", ["workspace_id", "id"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
  await db.schema
    .createIndex("hand_calls_by_time")
    .on("hand_calls")
    .columns(["workspace_id", "connection_id", "id"])
    .execute();
}
