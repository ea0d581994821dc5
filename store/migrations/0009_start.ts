import { type Kysely, sql } from "kysely";

/** How a sync was started. One that had been matched before there was such a choice has been at work since. */
export async function start(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("checkpoints").addColumn("mode", "text").execute();
  await sql`
    insert into checkpoints (workspace_id, sync_id, side, kind, started_at, finished_at, seen, mode)
    select workspace_id, sync_id, 'left', 'start', finished_at, finished_at, 0, 'full'
    from checkpoints where kind = 'match' and finished_at is not null
  `.execute(db);
}
