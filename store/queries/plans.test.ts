import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { NOON } from "../../test/builders.ts";
import { freshDatabase } from "../../test/postgres.ts";
import type { Database } from "../database.ts";
import { migrate } from "../migrations/run.ts";
import { postgresDatabase } from "../postgres/database.ts";
import { type Query, rowsOf, type Script } from "../script.ts";
import { sqliteDatabase } from "../sqlite/database.ts";
import type { Tables } from "../tables.ts";
import { dueScripts } from "./due.ts";

/**
 * With a hundred thousand keys due, what is asked on every look must be answered by the index of urgency alone. The plan
 * is looked at and not the clock, which on a busy machine says nothing.
 */

const MANY = 100_000;
const SYNCS = ["contacts", "notes"];

describe.each([
  ["SQLite", async () => sqliteDatabase(":memory:"), "explain query plan"],
  ["PostgreSQL", async () => postgresDatabase(await freshDatabase(inject("postgresUrl"))), "explain"],
] as const)("plans in %s", (_name, open, explain) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database);
    await fill(database.kysely, database.type === "postgres");
  });
  afterAll(() => database.close());

  /** The plan of the first query that a script makes, in the database's words. */
  async function planOf(script: Script<unknown>): Promise<string> {
    const { value } = script.next();
    // Every script about due keys begins with a query.
    const query = value as Query;
    const rows = await database.read(
      rowsOf<Record<string, unknown>>({ sql: `${explain} ${query.sql}`, parameters: query.parameters }),
    );
    return rows.map((row) => String(row.detail ?? row["QUERY PLAN"])).join("\n");
  }

  test("S62 the next keys, and when they are due, are found by the index of urgency, however many there are", async () => {
    const scripts = dueScripts(database);
    for (const script of [
      scripts.urgent("w", SYNCS, NOON, 96),
      scripts.urgent("w", SYNCS.slice(0, 1), NOON, 96),
      scripts.nextAt("w", SYNCS, NOON),
      scripts.hasDead("w"),
    ]) {
      const plan = await planOf(script);
      expect(plan).toContain("due_by_urgency");
      expect(plan).not.toMatch(/seq scan|scan due/i);
    }
  });

  test("S62 a key is marked, worked off and cleared away by its name", async () => {
    const scripts = dueScripts(database);
    const settle = { kind: "settle", key: "record:contacts:left:7", generation: 1 } as const;
    const postpone = { ...settle, kind: "postpone", dueAt: NOON, attempts: 1 } as const;
    for (const script of [
      scripts.settle("w", settle),
      scripts.postpone("w", postpone),
      scripts.clearDead("w", ["link:7"]),
      scripts.one("w", "link:7"),
    ]) {
      const plan = await planOf(script);
      expect(plan).toMatch(/due_pk|primary key/i);
      expect(plan).not.toMatch(/seq scan|scan due/i);
    }
  });

  test("S62 of keys that all are due at once, as many are found as were asked for", async () => {
    const scripts = dueScripts(database);
    const found = await database.read(scripts.urgent("w", SYNCS, NOON, 96));
    expect(found).toHaveLength(96);
    expect(new Set(found.map(({ syncId }) => syncId))).toEqual(new Set(["contacts"]));
  });
});

/** Half of the keys belong to a sync that is paused; a tenth is due later. */
async function fill(db: Kysely<Tables>, isPostgres: boolean): Promise<void> {
  const numbers = isPostgres
    ? sql`select generate_series(1, ${sql.lit(MANY)}) as n`
    : sql`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${sql.lit(MANY)}) select n from numbers`;
  await sql`
    insert into due (workspace_id, key, sync_id, state, priority, due_at, reason, generation, attempts)
    select 'w', 'record:contacts:left:' || n, case when n % 2 = 0 then 'paused' else 'contacts' end, 'due', n % 5,
      ${sql.lit(NOON)} + case when n % 10 = 9 then n else -n end, 'webhook', 1, 0
    from (${numbers}) as many
  `.execute(db);
}
