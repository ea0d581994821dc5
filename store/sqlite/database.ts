import { setImmediate as afterPendingInput, setTimeout as afterWhile } from "node:timers/promises";
import { Failure } from "../../model/errors.ts";
import type { Database, DialectTraits } from "../database.ts";
import { type Breathe, groupCommit, type MakeScript, newTransaction } from "../groupCommit.ts";
import { openKysely } from "../kysely.ts";
import { type Connection, openConnection, playNow } from "./connection.ts";
import { sqliteDialect } from "./kysely.ts";
import { fairLock, type Lock } from "./lock.ts";

/** Marks a file as ours: "Kith" in ASCII. Source: sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x4b697468;

export const SQLITE_TRAITS: DialectTraits = {
  keyType: "text",
  bigintType: "integer",
  authDateType: "text",
  authBooleanType: "integer",
  tableEnd: "strict",
  keyedTableEnd: "strict, without rowid",
  hasRowLocks: false,
  answersAtOnce: true,
  keepsOrderOfLists: true,
  migrationLock: undefined,
};

/**
 * Opens an SQLite database on one connection. Writes are whole transactions that run without a pause, so a read on the
 * same connection finds only what was committed.
 * @param file a path, or `:memory:`
 * @throws Failure `misconfigured` when the file cannot be opened
 */
export function sqliteDatabase(file: string): Database {
  const connection = openConnection(file);
  const lock = fairLock();
  const kysely = openKysely(sqliteDialect(connection, lock));
  return {
    type: "sqlite",
    kysely,
    dialect: SQLITE_TRAITS,
    read: async (script) => playNow(connection, script),
    write: groupCommit((scripts) => transact(connection, lock, scripts), breatheFor(file)),
    prepare: async () => prepare(connection),
    close: async () => {
      const release = await lock();
      connection.close();
      release();
    },
  };
}

/** A group of this many says that many more are on their way. */
const BUSY_GROUP = 8;
/** How long a busy store gathers, ms: somewhat longer than a commit waits for the disk, so that half as many are needed. */
const GATHER_MS = 4;
/** Who is that many has nothing to win by waiting for more: a lane has not many more keys under way. */
const CROWD = 32;

/**
 * A file's commit waits for the disk, and the process with it. So requests that have arrived are let in first, and those
 * of the next moments as well while many arrive. Memory has nothing to wait for, and stays in order without any timer.
 */
function breatheFor(file: string): Breathe {
  if (file === ":memory:") return async () => {};
  return async (lastSize, waiting) => {
    await afterPendingInput();
    if (lastSize >= BUSY_GROUP && waiting() < CROWD) await afterWhile(GATHER_MS);
  };
}

async function transact(
  connection: Connection,
  lock: Lock,
  scripts: readonly MakeScript<unknown>[],
): Promise<readonly unknown[]> {
  const release = await lock();
  try {
    connection.exec("begin immediate");
    const transaction = newTransaction();
    const results = scripts.map((script) => playNow(connection, script(transaction)));
    connection.exec("commit");
    return results;
  } catch (error) {
    if (connection.isInTransaction()) connection.exec("rollback");
    throw error;
  } finally {
    release();
  }
}

function prepare(connection: Connection): void {
  const owner = pragma(connection, "application_id");
  if (owner !== APPLICATION_ID && (owner !== 0 || hasTables(connection))) {
    throw new Failure(
      "misconfigured",
      `${connection.file} is the database of another program. Name another file, or one that does not exist yet.`,
    );
  }
  connection.keepPrivate();
  connection.exec("pragma journal_mode = wal");
  if (owner === 0) connection.exec(`pragma application_id = ${APPLICATION_ID}`);
}

function pragma(connection: Connection, name: "application_id"): number {
  const [row] = connection.run({ sql: `pragma ${name}`, parameters: [] }).rows;
  // A pragma answers with one row that has one column of its own name.
  return (row as Record<string, number>)[name] ?? 0;
}

function hasTables(connection: Connection): boolean {
  return connection.run({ sql: "select 1 from sqlite_master limit 1", parameters: [] }).rows.length > 0;
}
