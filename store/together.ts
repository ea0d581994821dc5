import { type Compilable, type Kysely, type RawBuilder, sql } from "kysely";
import type { DialectTraits } from "./database.ts";
import { type Query, type Template, template } from "./script.ts";
import type { Tables } from "./tables.ts";

/**
 * Writes of the same kind that leave in one statement. To a database across a network, sending and answering is most of
 * what a short statement costs; so what nobody awaits is held until somebody does or the transaction ends, and then all
 * rows of a kind are sent as one list. SQLite is asked without any way to go, and writes each row by itself.
 */

/** What makes a write of one row part of a list. */
export interface Together {
  readonly table: string;
  /** Two writes to a table with the same subject keep their order. */
  readonly subject: string;
  /** Whether one statement may hold several rows of a subject; what replaces a row may not. */
  readonly mayRepeat: boolean;
  readonly row: object;
  /** One statement for all these rows; the same function for all writes of a kind. */
  readonly many: (rows: readonly object[]) => Query;
}

/** Where the rows of a list stand in a statement: as a table of this name. */
export const ROWS = "rows";

/** What `many` of a write of rows is built with: rows in the shape of their table, to select from or join with. */
export type RowList<Row> = ReturnType<typeof rowList<Row>>;

function rowList<Row>(table: string, json: string) {
  const list: RawBuilder<Row> = sql<Row>`json_populate_recordset(null::${sql.table(table)}, ${json}::json)`;
  return list.as<typeof ROWS>(sql.ref(ROWS));
}

/** How a row is written, alone and in a list. */
interface RowWrite<Row> {
  readonly table: keyof Tables;
  readonly subjectOf: (row: Row) => string;
  readonly mayRepeat?: boolean;
  readonly one: Parameters<typeof template<Row & object>>[0];
  readonly many: (rows: RowList<Row>) => Compilable;
}

/**
 * A write of one row that nobody awaits, compiled once.
 * @returns the query; it says how it is made one with others where that spares a way to go.
 */
export function rowWrite<Row extends object>(
  { answersAtOnce }: DialectTraits,
  { table, subjectOf, mayRepeat = false, one, many }: RowWrite<Row>,
): Template<Row, unknown> {
  const alone = template<Row>(one);
  if (answersAtOnce) return alone;
  const list = template<{ json: string }>((slot) => many(rowList<Row>(table, slot("json"))));
  const listOf = (rows: readonly object[]): Query => list({ json: JSON.stringify(rows) });
  return (row) => ({ ...alone(row), together: { table, subject: subjectOf(row), mayRepeat, row, many: listOf } });
}

/** Inserts all rows of a list, column by column. */
export function insertRows<Table extends keyof Tables>(
  kysely: Kysely<Tables>,
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
  rows: RowList<unknown>,
) {
  const from = kysely.selectFrom(rows).select(columns.map((column) => sql.ref(`${ROWS}.${column}`).as(column)));
  return kysely
    .insertInto(table)
    .columns([...columns])
    .expression(from);
}

/** Most rows in one statement. */
const ROWS_MAX = 500;

/** Statements that are held back, in the order in which they must leave. */
export interface HeldWrites {
  readonly add: (query: Query, together: Together) => void;
  /** Hands over all that is held, and holds nothing any more. */
  readonly takeAll: () => readonly Query[];
}

/** Writes of one kind that leave together. */
interface Run {
  readonly queries: Query[];
  readonly rows: object[];
  readonly many: Together["many"];
}

/**
 * Holds writes back. A write joins the last run of its kind, unless what was written since is about the same row of that
 * table: then a run of its own begins, so that whatever is about one row happens in the order it was written in.
 */
export function heldWrites(): HeldWrites {
  let runs: Run[] = [];
  let lastOf = new Map<string | Together["many"], number>();
  return {
    add: (query, { table, subject, mayRepeat, row, many }) => {
      const name = `${table} ${subject}`;
      const sameRow = lastOf.get(name) ?? -1;
      const known = lastOf.get(many) ?? -1;
      const isAfter = known > sameRow || (mayRepeat && known === sameRow);
      const isJoining = isAfter && (runs[known]?.rows.length ?? ROWS_MAX) < ROWS_MAX;
      const place = isJoining ? known : runs.push({ queries: [], rows: [], many }) - 1;
      runs[place]?.queries.push(query);
      runs[place]?.rows.push(row);
      lastOf.set(name, place).set(many, place);
    },
    takeAll: () => {
      const held = runs;
      runs = [];
      lastOf = new Map();
      return held.flatMap(leaving);
    },
  };
}

/** So few rows are written one by one: their statements are planned already. */
const FEW = 3;

function leaving({ queries, rows, many }: Run): readonly Query[] {
  return queries.length <= FEW ? queries : [{ ...many(rows), isTold: true }];
}
