import { sql } from "kysely";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { freshDatabase } from "../../test/postgres.ts";
import type { Database } from "../database.ts";
import { migrate } from "../migrations/run.ts";
import { postgresDatabase } from "../postgres/database.ts";
import { type Query, rowsOf, type Script } from "../script.ts";
import { dueScripts } from "./due.ts";
import { linkScripts } from "./links/links.ts";
import { linkQuestions } from "./links/questions.ts";

/**
 * PostgreSQL plans by what it knows of a table, and of one that has grown within the last minute it knows nothing. What a
 * lane asks for and writes all the time must not read such a table whole. The plan is looked at, not the clock.
 */

/** So many that reading all of them takes long, and too few for a planner to fear it. */
const GROWN = 20_000;
const NAMES = Array.from({ length: 48 }, (_, place) => `L${place * 7}`);

let database: Database;
beforeAll(async () => {
  database = postgresDatabase(await freshDatabase(inject("postgresUrl")));
  await migrate(database);
  await grow(database);
});
afterAll(() => database.close());

test("S66 links asked for by record or by id are found by the index of just that", async () => {
  const asked: Query[] = [];
  const noting: Database = {
    ...database,
    read: (script) => {
      const step = script.next();
      // A question begins with its query.
      asked.push(step.value as Query);
      return database.read(again(script, step));
    },
  };
  const questions = linkQuestions(noting, linkScripts(noting));
  const found = await Promise.all([
    ...NAMES.map((name) => questions.linkByRecord("w", "contacts", "left", name)),
    ...NAMES.map((name) => questions.link("w", `id-${name}`)),
  ]);
  expect(found.map((link) => link?.left?.externalId)).toEqual([...NAMES, ...NAMES]);
  const plans = await Promise.all(asked.map(planOf));
  expect(plans).toEqual([expect.stringContaining("links_left"), expect.stringContaining("links_pk")]);
});

test("S66 a list of keys is worked off by their names", async () => {
  const settle = dueScripts(database).settle("w", { kind: "settle", key: "L7", generation: 1 });
  // It begins with the write, which says how it is made one with others.
  const { together } = settle.next().value as Query;
  const rows = NAMES.map((key) => ({ workspace_id: "w", key, generation: 1 }));
  const plan = await planOf(together?.many(rows) ?? { sql: "", parameters: [] });
  expect(plan).toContain("due_pk");
  expect(plan).not.toMatch(/seq scan/i);
});

/** Plays a script that has made one step already. */
function* again<Result>(script: Script<Result>, step: IteratorResult<Query, Result>): Script<Result> {
  let next = step;
  while (!next.done) next = script.next(yield next.value);
  return next.value;
}

async function planOf({ sql: text, parameters }: Query): Promise<string> {
  const rows = await database.read(rowsOf<{ "QUERY PLAN": string }>({ sql: `explain ${text}`, parameters }));
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

async function grow({ kysely }: Database): Promise<void> {
  const numbers = sql`generate_series(0, ${sql.lit(GROWN - 1)}) as n`;
  await sql`
    insert into links (workspace_id, id, sync_id, state, left_external_id, left_side, base, conflicts, findings,
      has_conflicts, has_findings, needs_attention, is_deletion, title, title_folded, search_text, created_at, updated_at)
    select 'w', 'id-L' || n, 'contacts', 'linked', 'L' || n, json_build_object('externalId', 'L' || n)::text,
      '{}', '[]', '[]', 0, 0, 0, 0, 'Ana ' || n, 'ana ' || n, 'ana', 1, n
    from ${numbers}
  `.execute(kysely);
  await sql`
    insert into due (workspace_id, key, sync_id, state, priority, due_at, reason, generation, attempts)
    select 'w', 'L' || n, 'contacts', 'due', 0, n, 'webhook', 1, 0 from ${numbers}
  `.execute(kysely);
}
