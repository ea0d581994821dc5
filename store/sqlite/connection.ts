import { chmodSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { Failure } from "../../model/errors.ts";
import type { Answer, Query, Script } from "../script.ts";
import { sqliteFailure } from "./errors.ts";

/** How long a write waits for another process to finish its own. */
const BUSY_TIMEOUT_MS = 5_000;
/** Statements kept prepared; lists of ids make a text for each length. */
const STATEMENTS_MAX = 400;

/**
 * At how many pages the log of a file is carried over into it, which waits for the disk twice: 16 MB, four times what
 * SQLite does by itself, so that pages changed again and again are carried once.
 */
const LOG_PAGES = 4_000;

/** One open SQLite database. Everything happens at once, on the calling thread. */
export interface Connection {
  /** The file's name, or `:memory:`. */
  readonly file: string;
  /** @throws Failure */
  readonly run: (query: Query) => Answer;
  /** Runs statements without parameters or rows. @throws Failure */
  readonly exec: (sql: string) => void;
  readonly isInTransaction: () => boolean;
  /** Lets nobody but its owner read the file and those beside it. @throws Failure `misconfigured` where that is not ours to do */
  readonly keepPrivate: () => void;
  readonly close: () => void;
}

/**
 * Opens the file, making it and its folder when they are missing. Writes nothing into it yet.
 * @throws Failure `misconfigured` when that is not possible
 */
export function openConnection(file: string): Connection {
  const db = openDatabase(file);
  const statements = new Map<string, Prepared>();
  return {
    file,
    run: (query) => {
      try {
        return runPrepared(prepared(db, statements, query.sql), query.parameters);
      } catch (error) {
        throw sqliteFailure(error, file);
      }
    },
    exec: (sql) => {
      try {
        db.exec(sql);
      } catch (error) {
        throw sqliteFailure(error, file);
      }
    },
    isInTransaction: () => db.isTransaction,
    keepPrivate: () => keepPrivate(file),
    close: () => {
      statements.clear();
      db.close();
    },
  };
}

/** Plays a script to its end without giving way to anything else. */
export function playNow<Result>(connection: Connection, script: Script<Result>): Result {
  let step = script.next();
  while (!step.done) step = stepNow(connection, script, step.value);
  return step.value;
}

function stepNow<Result>(connection: Connection, script: Script<Result>, query: Query): IteratorResult<Query, Result> {
  let answer: Answer;
  try {
    answer = connection.run(query);
  } catch (error) {
    return script.throw(error);
  }
  return script.next(answer);
}

interface Prepared {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

function openDatabase(file: string): DatabaseSync {
  try {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    // FULL: a commit that was answered survives a power cut. All these settings hold for this connection only.
    db.exec("pragma synchronous = full; pragma temp_store = memory;");
    db.exec(`pragma wal_autocheckpoint = ${LOG_PAGES}`);
    return db;
  } catch (error) {
    throw sqliteFailure(error, file);
  }
}

/** SQLite gives the files that it makes beside a database the permissions of the database itself. */
const BESIDE = ["", "-wal", "-shm"] as const;

function keepPrivate(file: string): void {
  if (file === ":memory:") return;
  for (const ending of BESIDE) {
    const mode = statSync(file + ending, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & 0o077) !== 0) closeToOthers(file + ending);
  }
}

function closeToOthers(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch (cause) {
    const message = `${file} can be read by other accounts and belongs to one of them. Make it this account's own.`;
    throw new Failure("misconfigured", message, { cause });
  }
}

function prepared(db: DatabaseSync, statements: Map<string, Prepared>, sql: string): Prepared {
  const known = statements.get(sql);
  if (known !== undefined) return known;
  const statement = db.prepare(sql);
  const fresh = { statement, hasRows: statement.columns().length > 0 };
  forgetOldest(statements);
  statements.set(sql, fresh);
  return fresh;
}

function forgetOldest(statements: Map<string, Prepared>): void {
  if (statements.size < STATEMENTS_MAX) return;
  const [oldest] = statements.keys();
  if (oldest !== undefined) statements.delete(oldest);
}

function runPrepared({ statement, hasRows }: Prepared, parameters: readonly unknown[]): Answer {
  const bound = parameters.map(bindable);
  if (!hasRows) return { rows: [], changed: Number(statement.run(...bound).changes) };
  const rows = statement.all(...bound);
  return { rows, changed: rows.length };
}

/** better-auth binds dates and booleans as well; they are stored as its own adapter for SQLite stores them. */
function bindable(value: unknown): SQLInputValue {
  if (value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  // Anything else that SQLite cannot hold is refused by its own type check.
  return value as SQLInputValue;
}
