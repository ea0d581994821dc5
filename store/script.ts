import type { Compilable } from "kysely";
import type { Together } from "./together.ts";

/**
 * How the store talks to a database without knowing whether the database answers at once (SQLite) or later
 * (PostgreSQL): work is written as a *script*, a generator that yields queries and is handed their answers. A driver
 * plays it, synchronously or not. In SQLite a whole transaction therefore runs without giving way to anything, and
 * nobody can see it half-done.
 */

/** What can be bound to a query. Booleans are stored as 0 and 1. */
export type Bound = string | number | null;

/** A compiled query, ready to run. */
export interface Query<Row = unknown> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Its text comes back often and is worth keeping prepared on the server. */
  readonly isHot?: boolean;
  /** Nobody looks at its answer: it may be sent without waiting, and its failure fails the transaction. */
  readonly isTold?: boolean;
  /** How it leaves in one statement with others of its kind, where that spares a way to go. */
  readonly together?: Together;
  /** Never set; carries the type of the rows. */
  readonly row?: Row;
}

/** Rows read or returned, and how many rows an insert, update or delete touched. */
export interface Answer {
  readonly rows: readonly unknown[];
  readonly changed: number;
}

/** A piece of work: yields queries, is handed their answers, returns its result. */
export type Script<Result> = Generator<Query, Result, Answer>;

/** Runs a query inside a script. @returns its rows. */
export function* rowsOf<Row>(query: Query<Row> | Compilable<Row>): Script<readonly Row[]> {
  const answer = yield compiled(query);
  // The rows have the type that Kysely inferred for the query that was just run.
  return answer.rows as readonly Row[];
}

/** Runs a query inside a script. @returns its first row, if it has one. */
export function* firstOf<Row>(query: Query<Row> | Compilable<Row>): Script<Row | undefined> {
  const rows = yield* rowsOf(query);
  return rows[0];
}

/** Runs an insert, update or delete inside a script, without waiting for it where the database is far away. */
export function* tell(query: Query | Compilable): Script<void> {
  yield { ...compiled(query), isTold: true };
}

/** Runs an insert, update or delete inside a script. @returns how many rows it touched. */
export function* change(query: Query | Compilable): Script<number> {
  const answer = yield compiled(query);
  return answer.changed;
}

/** Values in one `in (…)`; both databases take far more, but a plan for a long list is slow to make. */
const LIST_MAX = 500;

/** Runs a query that takes a list, as often as its length asks for. @returns the rows of all, in the order of the list's parts. */
export function* rowsOfLists<Value, Row>(
  values: readonly Value[],
  query: (some: readonly Value[]) => Compilable<Row>,
): Script<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < values.length; from += LIST_MAX) {
    rows.push(...(yield* rowsOf(query(values.slice(from, from + LIST_MAX)))));
  }
  return rows;
}

/** Runs a change that takes a list, as often as its length asks for. @returns how many rows all of them touched. */
export function* changeOfLists<Value>(
  values: readonly Value[],
  query: (some: readonly Value[]) => Compilable,
): Script<number> {
  let changed = 0;
  for (let from = 0; from < values.length; from += LIST_MAX) {
    changed += yield* change(query(values.slice(from, from + LIST_MAX)));
  }
  return changed;
}

function compiled<Row>(query: Query<Row> | Compilable<Row>): Query<Row> {
  if (!("compile" in query)) return query;
  const { sql, parameters } = query.compile();
  return { sql, parameters };
}

/** Stands in a query under construction for a value that is known only when it runs. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A query compiled once; calling it with values gives the query to run. */
export type Template<Values, Row> = (values: Values) => Query<Row>;

/**
 * Compiles a query once, on first use, for queries on hot paths: compiling costs more than running them does.
 * @param build makes the query; `slot("name")` stands wherever `values.name` will be bound.
 */
export function template<Values extends object, Row = unknown>(
  build: (slot: <Name extends keyof Values & string>(name: Name) => Values[Name]) => Compilable<Row>,
): Template<Values, Row> {
  let ready: { sql: string; parameters: readonly unknown[] } | undefined;
  return (values) => {
    // A slot is only ever seen by Kysely's compiler, which passes parameters through untouched.
    ready ??= build((name) => new Slot(name) as never).compile();
    const { sql, parameters } = ready;
    return { sql, parameters: parameters.map((each) => fill(each, values)), isHot: true };
  };
}

function fill(parameter: unknown, values: object): unknown {
  if (!(parameter instanceof Slot)) return parameter;
  // The name was taken from the keys of the values' type when the template was built.
  return (values as Record<string, unknown>)[parameter.name];
}
