import { sql } from "kysely";
import { expect, inject, test } from "vitest";
import { NOON } from "../../test/builders.ts";
import { freshDatabase } from "../../test/postgres.ts";
import type { Database } from "../database.ts";
import { postgresDatabase } from "../postgres/database.ts";
import { sqliteDatabase } from "../sqlite/database.ts";
import { MIGRATIONS } from "./index.ts";

test.each([
  ["SQLite", async () => sqliteDatabase(":memory:")],
  ["PostgreSQL", async () => postgresDatabase(await freshDatabase(inject("postgresUrl")))],
] as const)(
  "T14 a sync that had been matched in an earlier version is at work in this one, in %s",
  async (_name, open) => {
    const database = await open();
    try {
      await migrateBetween(database, 0, 8);
      for (const [syncId, finishedAt] of [
        ["at-work", NOON],
        ["still-read", null],
      ] as const) {
        await sql`insert into checkpoints (workspace_id, sync_id, side, kind, started_at, finished_at, seen)
        values ('w', ${syncId}, 'left', 'match', ${NOON}, ${finishedAt}, 7)`.execute(database.kysely);
      }
      await migrateBetween(database, 8, 9);
      const { rows } =
        await sql`select sync_id, mode from checkpoints where kind = 'start' and finished_at is not null`.execute(
          database.kysely,
        );
      expect(rows).toEqual([{ sync_id: "at-work", mode: "full" }]);
    } finally {
      await database.close();
    }
  },
);

/** Carries out the steps of the schema after `from`, up to `to`. */
async function migrateBetween({ kysely, dialect }: Database, from: number, to: number): Promise<void> {
  for (const { number, up } of MIGRATIONS) {
    // A migration sees the schema of its own time.
    if (number > from && number <= to) await up(kysely as never, dialect);
  }
}
