import { PostgresDialect } from "kysely";
import { Pool, type PoolClient, types } from "pg";
import { Failure } from "../../model/errors.ts";
import type { Database, DialectTraits } from "../database.ts";
import { groupCommit, type MakeScript, newTransaction } from "../groupCommit.ts";
import { openKysely } from "../kysely.ts";
import type { Query, Script } from "../script.ts";
import { isLostToAnother, postgresFailure } from "./errors.ts";
import { openSession, type Session } from "./session.ts";

const CONNECTIONS_MAX = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** How often a transaction that lost to another process is played again before it counts as unavailable. */
const REPLAYS_MAX = 3;
/**
 * How every connection plans. Each time anew: a plan that was made while a table was small would be kept while it grows,
 * and a first reading makes a table grow from nothing. And joins only row by row: all joins here are of a few rows with a
 * table by its key, for which a planner that has no statistics yet would read the table whole. Where a pool in between
 * drops such settings, nothing is lost but speed.
 */
const PLANNING = "set plan_cache_mode = force_custom_plan; set enable_hashjoin = off; set enable_mergejoin = off";
/** Any number that no other program is likely to lock: "Kith" in ASCII. */
const MIGRATION_LOCK = 0x4b697468;

export const POSTGRES_TRAITS: DialectTraits = {
  keyType: 'text collate "C"',
  bigintType: "bigint",
  authDateType: "timestamptz",
  authBooleanType: "boolean",
  tableEnd: "",
  keyedTableEnd: "",
  hasRowLocks: true,
  answersAtOnce: false,
  // Since version 17 only.
  keepsOrderOfLists: false,
  migrationLock: `select pg_advisory_xact_lock(${MIGRATION_LOCK})`,
};

/**
 * Opens a PostgreSQL database; connects when first used.
 * @param url `postgres://user:password@host/database`
 * @throws Failure `misconfigured` when the address cannot be read
 */
export function postgresDatabase(url: string): Database {
  const pool = openPool(url);
  const nameOf = statementNames();
  const kysely = openKysely(new PostgresDialect({ pool }));
  const transactOnce = (scripts: readonly MakeScript<unknown>[]) =>
    withClient(pool, (client) => transact(client, nameOf, scripts));
  return {
    type: "postgres",
    kysely,
    dialect: POSTGRES_TRAITS,
    read: (script) => withClient(pool, (client) => openSession(client, nameOf).play(script)),
    // While one group commits, the next gathers by itself: the wait is the network's, not this thread's.
    write: groupCommit(
      (scripts) => withReplays(() => transactOnce(scripts)),
      async () => {},
    ),
    prepare: () => withClient(pool, (client) => refuseForeign(openSession(client, nameOf))),
    close: () => kysely.destroy(),
  };
}

function openPool(url: string): Pool {
  try {
    const pool = new Pool({
      connectionString: url,
      max: CONNECTIONS_MAX,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      pipeline: true,
      types: { getTypeParser: typeParser },
    });
    // A connection that breaks is reported by the query that needs it; without listeners it would end the process.
    pool.on("error", () => {});
    pool.on("connect", (client) => {
      client.on("error", () => {});
      client.query(PLANNING).catch(() => {});
    });
    return pool;
  } catch {
    // The cause would quote the address, which holds a password.
    throw new Failure(
      "misconfigured",
      "The store's address cannot be read. Write postgres://user:password@host/database.",
    );
  }
}

/** 64-bit integers become numbers: times and counts are far below 2^53. */
const typeParser: typeof types.getTypeParser = (oid: number, format?: "text" | "binary") =>
  oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format as "text");

/** Names for the texts of hot queries. There are a few dozen of them. */
function statementNames(): (query: Query) => string | undefined {
  const names = new Map<string, string>();
  return ({ sql, isHot }) => {
    if (isHot !== true) return undefined;
    const name = names.get(sql) ?? `kith_${names.size}`;
    names.set(sql, name);
    return name;
  };
}

/** A client on which the database reported an error is not used again: what it holds prepared would have to be guessed. */
async function withClient<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client?.release(!(error instanceof Failure));
    throw postgresFailure(error);
  }
}

async function transact(
  client: PoolClient,
  nameOf: (query: Query) => string | undefined,
  scripts: readonly MakeScript<unknown>[],
): Promise<readonly unknown[]> {
  const session = openSession(client, nameOf);
  await client.query("begin");
  try {
    return await playAll(session, scripts);
  } catch (error) {
    // A connection that is gone has rolled back by itself; the error that matters is the one already in hand.
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

async function playAll(session: Session, scripts: readonly MakeScript<unknown>[]): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  const transaction = newTransaction();
  try {
    for (const script of scripts) results.push(await session.play(script(transaction)));
  } catch (error) {
    // When something sent ahead failed first, all that followed failed because of it: then its error is thrown.
    await session.settled();
    throw error;
  }
  await session.commit();
  return results;
}

async function withReplays<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let replay = 0; ; replay += 1) {
    try {
      return await work();
    } catch (error) {
      const cause = error instanceof Failure ? error.cause : error;
      if (replay === REPLAYS_MAX || !isLostToAnother(cause)) throw error;
    }
  }
}

async function refuseForeign(session: Session): Promise<void> {
  const { tables, ledger } = await session.play(ownership());
  if (tables === 0 || ledger === 2) return;
  throw new Failure(
    "misconfigured",
    "The PostgreSQL database holds the tables of another program. Name another database, or an empty one.",
  );
}

function* ownership(): Script<{ tables: number; ledger: number }> {
  const answer = yield {
    sql: `select
      (select count(*) from information_schema.tables where table_schema = current_schema()) as tables,
      (select count(*) from information_schema.columns where table_schema = current_schema()
        and table_name = 'schema_migrations' and column_name in ('number', 'name')) as ledger`,
    parameters: [],
  };
  const [row] = answer.rows;
  // The two counts just asked for.
  return row as { tables: number; ledger: number };
}
