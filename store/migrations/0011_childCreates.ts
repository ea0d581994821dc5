import type { Kysely } from "kysely";

/** The contact under which a note, task or appointment is being made: its link may belong to another one meanwhile. */
export async function childCreates(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("intents").addColumn("parent_id", "text").execute();
}
