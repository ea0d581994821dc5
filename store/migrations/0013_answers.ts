import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/** What a person answered: records kept on their one side, and where links went that have joined others. */
export async function answers(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const key = sql.raw<string>(dialect.keyType);
  const moment = sql.raw<number>(dialect.bigintType);
  await db.schema.alterTable("links").addColumn("kept_alone_at", moment).execute();
  // Few in most workspaces, and counted for every overview.
  await db.schema
    .createIndex("links_kept_alone")
    .on("links")
    .columns(["workspace_id", "sync_id", "state"])
    .where(sql.ref("kept_alone_at"), "is not", null)
    .execute();
  await db.schema
    .createTable("joined_links")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("link_id", key, (column) => column.notNull())
    .addColumn("into_id", key, (column) => column.notNull())
    .addPrimaryKeyConstraint("joined_links_pk", ["workspace_id", "link_id"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
  await db.schema.createIndex("joined_links_into").on("joined_links").columns(["workspace_id", "into_id"]).execute();
}
