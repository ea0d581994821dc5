import { sql } from "kysely";
import { expect, inject, test } from "vitest";
import { NOON } from "../../test/builders.ts";
import { freshDatabase } from "../../test/postgres.ts";
import type { Database } from "../database.ts";
import { postgresDatabase } from "../postgres/database.ts";
import { sqliteDatabase } from "../sqlite/database.ts";
import { MIGRATIONS } from "./index.ts";

const LINK = "0123456789abcdefghjkmn";

/** Keys of a version that did not say whose they are, and the sync that each belongs to. */
const KEYS: Readonly<Record<string, string | undefined>> = {
  "record:contacts:left:a:b%c": "contacts",
  "record:con:left:L1": "con",
  "backfill:contacts": "contacts",
  "poll:contacts:right": "contacts",
  [`link:${LINK}`]: "contacts",
  [`keep:${LINK}:left:first:name`]: "contacts",
  [`same:${LINK}:another`]: "contacts",
  "link:of-long-ago": undefined,
  nonsense: undefined,
};

test.each([
  ["SQLite", async () => sqliteDatabase(":memory:")],
  ["PostgreSQL", async () => postgresDatabase(await freshDatabase(inject("postgresUrl")))],
] as const)("S56 keys that were due in an earlier version are due under their syncs, in %s", async (_name, open) => {
  const database = await open();
  try {
    await migrateBetween(database, 0, 5);
    await fill(database);
    await migrateBetween(database, 5, 6);
    const { rows } = await sql<{ key: string; sync_id: string }>`select key, sync_id from due`.execute(database.kysely);
    const expected = Object.entries(KEYS).filter(([, syncId]) => syncId !== undefined);
    expect(Object.fromEntries(rows.map(({ key, sync_id }) => [key, sync_id]))).toEqual(Object.fromEntries(expected));
  } finally {
    await database.close();
  }
});

/** Carries out the steps of the schema after `from`, up to `to`. */
async function migrateBetween({ kysely, dialect }: Database, from: number, to: number): Promise<void> {
  for (const { number, up } of MIGRATIONS) {
    // A migration sees the schema of its own time.
    if (number > from && number <= to) await up(kysely as never, dialect);
  }
}

async function fill({ kysely }: Database): Promise<void> {
  for (const id of ["con", "contacts"]) {
    await sql`insert into syncs (workspace_id, id, config, version, is_paused, created_at)
      values ('w', ${id}, '{}', '1', 0, ${NOON})`.execute(kysely);
  }
  await sql`insert into links (workspace_id, id, sync_id, state, base, conflicts, findings, has_conflicts, has_findings,
      needs_attention, is_deletion, title, title_folded, search_text, created_at, updated_at)
    values ('w', ${LINK}, 'contacts', 'linked', '{}', '[]', '[]', 0, 0, 0, 0, '', '', '', ${NOON}, ${NOON})`.execute(
    kysely,
  );
  for (const key of Object.keys(KEYS)) {
    await sql`insert into due (workspace_id, key, state, priority, due_at, reason, generation, attempts)
      values ('w', ${key}, 'due', 0, ${NOON}, 'webhook', 1, 0)`.execute(kysely);
  }
}
