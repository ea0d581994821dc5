import { type Kysely, sql } from "kysely";

/** What links say beside their two records: who was told apart, whose children they are, and what holds them back. */
export async function links(db: Kysely<unknown>): Promise<void> {
  for (const column of ["refused", "parent_link_id", "held_back"]) {
    await db.schema.alterTable("links").addColumn(column, "text").execute();
  }
  await db.schema
    .createIndex("links_by_parent")
    .on("links")
    .columns(["workspace_id", "sync_id", "parent_link_id", "id"])
    .where(sql.ref("parent_link_id"), "is not", null)
    .execute();
}
