import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/**
 * Due keys say whose they are, so that those of a paused sync can rest unseen; a key of which that cannot be said names
 * nothing that is there, and goes. Edits can settle before they are due. Keys set aside say what was to be written. A
 * workspace can be paused.
 */
export async function queue(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  await db.schema
    .alterTable("workspaces")
    .addColumn("is_paused", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await syncsOfKeys(db, dialect);
}

async function syncsOfKeys(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const key = sql.raw<string>(dialect.keyType);
  await db.schema
    .alterTable("due")
    .addColumn("sync_id", key, (column) => column.notNull().defaultTo(""))
    .execute();
  for (const column of ["quiet_at", "cap_at", "plain_at"]) {
    await db.schema.alterTable("due").addColumn(column, sql.raw(dialect.bigintType)).execute();
  }
  await db.schema.alterTable("due").addColumn("plan", "text").execute();
  await nameSyncs(db);
  await db.schema.dropIndex("due_by_urgency").execute();
  await db.schema
    .createIndex("due_by_urgency")
    .on("due")
    .columns(["workspace_id", "state", "sync_id", "priority", "due_at"])
    .execute();
}

/** How long an id of ours is: the part of a key that names a link, whatever follows it. */
const ID_LENGTH = 22;

async function nameSyncs(db: Kysely<unknown>): Promise<void> {
  await sql`
    update due set sync_id = coalesce((
      select syncs.id from syncs where syncs.workspace_id = due.workspace_id
        and substr(due.key || ':', length(due.key) - length(ltrim(due.key, 'abcdefghijklmnopqrstuvwxyz')) + 2,
          length(syncs.id) + 1) = syncs.id || ':'
    ), '')
  `.execute(db);
  await sql`
    update due set sync_id = coalesce((
      select links.sync_id from links where links.workspace_id = due.workspace_id
        and links.id = substr(due.key, length(due.key) - length(ltrim(due.key, 'abcdefghijklmnopqrstuvwxyz')) + 2,
          ${sql.lit(ID_LENGTH)})
    ), '')
    where sync_id = ''
  `.execute(db);
  await sql`delete from due where sync_id = ''`.execute(db);
}
