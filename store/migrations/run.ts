import { type Kysely, sql, type Transaction } from "kysely";
import { Failure } from "../../model/errors.ts";
import type { Database } from "../database.ts";
import type { Tables } from "../tables.ts";
import { MIGRATIONS, type Migration } from "./index.ts";

/**
 * Brings the schema up to date, each step in a transaction of its own. Processes that start together wait for one
 * another and find the step done.
 * @throws Failure `misconfigured` when the database was made by a newer version
 */
export async function migrate(database: Database): Promise<void> {
  await inLockedTransaction(database, createLedger);
  await refuseNewer(database.kysely);
  for (const migration of MIGRATIONS) {
    await inLockedTransaction(database, (trx) => applyOnce(trx, database, migration));
  }
}

async function inLockedTransaction(database: Database, work: (trx: Transaction<Tables>) => Promise<void>) {
  const { migrationLock } = database.dialect;
  await database.kysely.transaction().execute(async (trx) => {
    if (migrationLock !== undefined) await sql.raw(migrationLock).execute(trx);
    await work(trx);
  });
}

async function createLedger(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable("schema_migrations")
    .ifNotExists()
    .addColumn("number", "integer", (column) => column.primaryKey().notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .execute();
}

async function refuseNewer(db: Kysely<Tables>): Promise<void> {
  const newest = MIGRATIONS.at(-1)?.number ?? 0;
  const unknown = await db
    .selectFrom("schema_migrations")
    .select(["number", "name"])
    .where("number", ">", newest)
    .executeTakeFirst();
  if (unknown === undefined) return;
  throw new Failure(
    "misconfigured",
    `The database was made by a newer version (its schema has step ${unknown.number}, this version knows ${newest}). Install that version or a later one.`,
  );
}

async function applyOnce(trx: Transaction<Tables>, database: Database, migration: Migration): Promise<void> {
  const { number, name } = migration;
  const done = await trx
    .selectFrom("schema_migrations")
    .select("number")
    .where("number", "=", number)
    .executeTakeFirst();
  if (done !== undefined) return;
  // A migration sees the schema of its own time, not the tables of today.
  await migration.up(trx as unknown as Kysely<unknown>, database.dialect);
  await trx.insertInto("schema_migrations").values({ number, name }).execute();
}
