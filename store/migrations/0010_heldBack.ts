import { type Kysely, sql } from "kysely";

/** Records that were there before their sync was started; few in most workspaces, and counted for every overview. */
export async function heldBack(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex("links_held_back")
    .on("links")
    .columns(["workspace_id", "sync_id", "held_back", "state"])
    .where(sql.ref("held_back"), "is not", null)
    .execute();
}
