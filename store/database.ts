import type { Kysely } from "kysely";
import type { MakeScript } from "./groupCommit.ts";
import type { Script } from "./script.ts";
import type { Tables } from "./tables.ts";

/** A database that can play scripts. The rest of the store is written once, against this. */
export interface Database {
  readonly type: "sqlite" | "postgres";
  /** Builds queries in the database's dialect; also what migrations and better-auth run on. */
  readonly kysely: Kysely<Tables>;
  /** Plays a script that only reads. It sees what was committed before it began, and nothing half-done. */
  readonly read: <Result>(script: Script<Result>) => Promise<Result>;
  /**
   * Plays a script in a transaction that it may share with others. `script` is called again, on a clean slate, when
   * another member made the shared transaction fail.
   */
  readonly write: <Result>(script: MakeScript<Result>) => Promise<Result>;
  /** Refuses a database that belongs to another program, and prepares an empty one. @throws Failure `misconfigured` */
  readonly prepare: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly dialect: DialectTraits;
}

/** The few things in which the two databases differ, as far as migrations and queries must know. */
export interface DialectTraits {
  /** Type of ids and keys, ordered by byte and not by language. */
  readonly keyType: "text" | 'text collate "C"';
  /** Type of 64-bit integers: SQLite's strict tables know only one integer. */
  readonly bigintType: "integer" | "bigint";
  /** Type of better-auth's times and booleans. */
  readonly authDateType: "text" | "timestamptz";
  readonly authBooleanType: "integer" | "boolean";
  /** Written after `create table (…)`. */
  readonly tableEnd: "strict" | "";
  /** The same for tables that are read by their whole key and have short rows. */
  readonly keyedTableEnd: "strict, without rowid" | "";
  /** Whether a row that guards a transaction must be locked; SQLite has one writer at a time. */
  readonly hasRowLocks: boolean;
  /** Whether an answer is there at once, so that asking first costs no wait. */
  readonly answersAtOnce: boolean;
  /** Whether rows found by a list of values of an index's column still come in the index's order, unsorted. */
  readonly keepsOrderOfLists: boolean;
  /** SQL that makes one process wait for another's migration, inside a transaction; none where `begin` does that. */
  readonly migrationLock: string | undefined;
}
