import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { sql } from "kysely";
import { expect, inject, test } from "vitest";
import { freshDatabase } from "../test/postgres.ts";
import type { Database } from "./database.ts";
import { migrate } from "./migrations/run.ts";
import { postgresDatabase } from "./postgres/database.ts";
import { sqliteDatabase } from "./sqlite/database.ts";

/**
 * The schema that the migrations lead to, as files, so that a change of it is seen in review.
 * `UPDATE_SCHEMA=1 npx vitest run store/schema.test.ts` writes them anew.
 */
const HEADER = "-- Made by store/schema.test.ts from the migrations; do not edit.\n\n";

test("S33 the checked-in schema of SQLite is what the migrations make", async () => {
  const database = sqliteDatabase(":memory:");
  await migrate(database);
  const dump = await sqliteSchema(database);
  await database.close();
  expect(dump).toBe(checkedIn("schema.sqlite.sql", dump));
});

test("S33 the checked-in schema of PostgreSQL is what the migrations make", async () => {
  const database = postgresDatabase(await freshDatabase(inject("postgresUrl")));
  await migrate(database);
  const dump = await postgresSchema(database);
  await database.close();
  expect(dump).toBe(checkedIn("schema.postgres.sql", dump));
});

function checkedIn(name: string, dump: string): string {
  const file = new URL(name, import.meta.url);
  if (process.env.UPDATE_SCHEMA === "1") writeFileSync(file, dump);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

async function sqliteSchema({ kysely }: Database): Promise<string> {
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_master where sql is not null order by tbl_name, type desc, name
  `.execute(kysely);
  return HEADER + rows.map((row) => `${oneColumnPerLine(row.sql)};\n`).join("\n");
}

/** Splits the outermost parentheses of a `create table`; indexes are short enough as they are. */
function oneColumnPerLine(statement: string): string {
  const parts = /^(create table [^(]+)\((.*)\)([^)]*)$/is.exec(statement);
  if (parts === null) return statement;
  const [, head, columns = "", end] = parts;
  return `${head}(\n  ${columns.split(/, (?![^(]*\))/).join(",\n  ")}\n)${end}`;
}

async function postgresSchema({ kysely }: Database): Promise<string> {
  const columns = await sql<{ table: string; line: string }>`
    select c.relname as table, quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(co.collname) else '' end
      || case when a.attnotnull then ' not null' else '' end as line
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    join pg_type t on t.oid = a.atttypid
    left join pg_collation co on co.oid = a.attcollation
    where a.attnum > 0 and not a.attisdropped
    order by c.relname collate "C", a.attnum
  `.execute(kysely);
  const constraints = await sql<{ table: string; line: string }>`
    select c.relname as table, 'constraint ' || quote_ident(o.conname) || ' ' || pg_get_constraintdef(o.oid) as line
    from pg_constraint o
    join pg_class c on c.oid = o.conrelid and c.relnamespace = current_schema()::regnamespace
    where o.contype <> 'n'
    order by c.relname collate "C", o.conname collate "C"
  `.execute(kysely);
  const indexes = await sql<{ table: string; line: string }>`
    select tablename as table, indexdef as line from pg_indexes
    where schemaname = current_schema()
      and indexname not in (select conname from pg_constraint)
    order by tablename collate "C", indexname collate "C"
  `.execute(kysely);
  const tables = [...new Set(columns.rows.map((row) => row.table))];
  const linesOf = (rows: readonly { table: string; line: string }[], table: string) =>
    rows.filter((row) => row.table === table).map((row) => row.line);
  const written = tables.map((table) => {
    const body = [...linesOf(columns.rows, table), ...linesOf(constraints.rows, table)].join(",\n  ");
    const extra = linesOf(indexes.rows, table).map((line) => `${line};\n`);
    return `CREATE TABLE ${table} (\n  ${body}\n);\n${extra.join("")}`;
  });
  return HEADER + written.join("\n");
}
