import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/** What the custom fields of each sync were when they were last in step, and what is known of credentials' permissions. */
export async function fieldWatches(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const key = sql.raw<string>(dialect.keyType);
  await db.schema
    .createTable("field_watches")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("sync_id", key, (column) => column.notNull())
    // Definitions, findings and what people said of them, as JSON.
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("field_watches_pk", ["workspace_id", "sync_id"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
  await db.schema
    .createTable("known_scopes")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("connection_id", key, (column) => column.notNull())
    // Of each permission whether the credential has it, and since when that is known, as JSON.
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("known_scopes_pk", ["workspace_id", "connection_id"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
}
