import { sql } from "kysely";
import { expect, inject, test } from "vitest";
import { freshDatabase } from "../../test/postgres.ts";
import type { Database } from "../database.ts";
import { postgresDatabase } from "../postgres/database.ts";
import { sqliteDatabase } from "../sqlite/database.ts";
import { MIGRATIONS } from "./index.ts";

test.each([
  ["SQLite", async () => sqliteDatabase(":memory:")],
  ["PostgreSQL", async () => postgresDatabase(await freshDatabase(inject("postgresUrl")))],
] as const)("S60 links of an earlier version are found without regard to accents, in %s", async (_name, open) => {
  const database = await open();
  try {
    await migrateBetween(database, 0, 7);
    for (const [workspace, id, title] of [
      ["a", "1", "zoë ålund"],
      ["a", "2", "bo"],
      ["b", "1", "łukasz"],
    ] as const) {
      await insert(database, workspace, id, title);
    }
    await migrateBetween(database, 7, 8);
    const { rows } = await sql`select title_folded, search_text from links order by workspace_id, id`.execute(
      database.kysely,
    );
    expect(rows).toEqual([
      { title_folded: "zoe alund", search_text: "zoe alund\nzoe@example.com" },
      { title_folded: "bo", search_text: "bo\nzoe@example.com" },
      { title_folded: "lukasz", search_text: "lukasz\nzoe@example.com" },
    ]);
  } finally {
    await database.close();
  }
});

async function insert({ kysely }: Database, workspaceId: string, id: string, title: string): Promise<void> {
  const text = `${title}\nzoë@example.com`;
  await sql`insert into links (workspace_id, id, sync_id, state, base, conflicts, findings, has_conflicts, has_findings,
      needs_attention, is_deletion, title, title_folded, search_text, created_at, updated_at)
    values (${workspaceId}, ${id}, 'contacts', 'linked', '{}', '[]', '[]', 0, 0, 0, 0, ${title}, ${title}, ${text}, 1, 1)`.execute(
    kysely,
  );
}

/** Carries out the steps of the schema after `from`, up to `to`. */
async function migrateBetween({ kysely, dialect }: Database, from: number, to: number): Promise<void> {
  for (const { number, up } of MIGRATIONS) {
    // A migration sees the schema of its own time.
    if (number > from && number <= to) await up(kysely as never, dialect);
  }
}
