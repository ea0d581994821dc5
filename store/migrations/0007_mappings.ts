import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/** Mappings as they were in force, once per version, for the journal entries that name them. */
export async function mappings(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const key = sql.raw<string>(dialect.keyType);
  await db.schema
    .createTable("mappings")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("sync_id", key, (column) => column.notNull())
    .addColumn("version", key, (column) => column.notNull())
    // All that the mapping is compiled from, as JSON.
    .addColumn("content", "text", (column) => column.notNull())
    // When it was last stored, epoch ms; of a sync's mappings the one stored last is in use.
    .addColumn("used_at", sql.raw<number>(dialect.bigintType), (column) => column.notNull())
    .addPrimaryKeyConstraint("mappings_pk", ["workspace_id", "sync_id", "version"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
}
