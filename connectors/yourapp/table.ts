import { z } from "zod";
import type { Action, ListPage, ListQuery, ResourceAdapter, Session, SqlAnswer, SqlClient } from "../../kit/index.ts";
import {
  type AppDeclaration,
  DECLARED_RESOURCES,
  type DeclaredField,
  type DeclaredResource,
  type DeclaredTable,
} from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, EMPTY, isEmpty, type Value } from "../../model/value.ts";
import { idAt } from "./json.ts";
import type { Settings } from "./settings.ts";
import { momentFor, outboxSql, type Statement, statementsFor, TABLE_PAGE } from "./statements.ts";
import { msOf, toModel } from "./values.ts";

type App = Session<Settings>;
type Database = NonNullable<AppDeclaration["database"]>;

/** Records that are rows of a table: listed in the order of their ids, changed column by column. */
export function tableAdapter(
  app: AppDeclaration,
  database: Database,
  resource: DeclaredResource,
  table: DeclaredTable,
): ResourceAdapter<Settings> {
  const isChild = resource !== "contact";
  const sql = statementsFor(database.kind, table, database.outbox);
  const run = (session: App, { text, values }: Statement, doing: string): Promise<SqlAnswer> =>
    clientOf(session, app).query(text, values, doing);
  const shown = (row: Readonly<Record<string, unknown>>) => snapshotOf(table, isChild, row);
  return {
    ...(isChild && { parent: "contact" as const }),
    describe: async () =>
      table.fields.map(({ key, label, type, isWritable, standard, options, maxLength }) => ({
        ...{ key, label, type, isWritable },
        ...(standard !== undefined && { standard }),
        ...(options !== undefined && { options }),
        ...(maxLength !== undefined && { maxLength }),
      })),
    listing: { isComplete: true, lagMs: 0, overlapMs: OVERLAP_MS },
    list: async (session, query) => {
      const { rows } = await run(session, sql.list(asked(database, query)), `list the ${resource}s`);
      return pageOf(
        rows.flatMap((row) => shown(row) ?? []),
        rows,
        table,
      );
    },
    read: async (session, externalId) => {
      const reading = run(session, sql.read(externalId), `read ${resource} ${externalId}`);
      // The id is all that could be refused: what is none to this table names no row of it.
      const [row] = await reading.then(({ rows }) => rows, noneWhereRefused);
      return (row && shown(row)) ?? "gone";
    },
    create: async (session, fields, parentId) => {
      assertWriting(session);
      const doing = `create a ${resource}`;
      if (isChild && parentId === undefined) throw new Failure("bug", `To ${doing}, its contact must be known.`);
      const given = writable(table).flatMap((field): [DeclaredField, Value][] => {
        const value = fields[field.key] ?? EMPTY;
        return isEmpty(value) ? [] : [[field, value]];
      });
      const answer = await run(session, sql.insert(given, parentId), doing);
      const externalId = answer.insertId ?? idAt(answer.rows[0], table.id);
      if (externalId !== undefined) return { kind: "created", externalId };
      throw new Failure("misconfigured", `Could not ${doing} at ${app.name}: its table makes no ids by itself.`);
    },
    update: async (session, externalId, changes, known) => {
      assertWriting(session);
      const doing = `update ${resource} ${externalId}`;
      const next = applyChanges(known, changes);
      const given = writable(table).flatMap((field): [DeclaredField, Value][] =>
        field.key in changes ? [[field, next[field.key] ?? EMPTY]] : [],
      );
      if (given.length === 0) return undefined;
      const { count } = await run(session, sql.update(externalId, given), doing);
      // MySQL counts no row that was so already: only a look tells whether it is there.
      const isThere = count > 0 || (await run(session, sql.read(externalId), doing)).rows.length > 0;
      if (isThere) return undefined;
      throw new Failure("not_found", `Could not ${doing} at ${app.name}: it is gone.`);
    },
    delete: async (session, externalId) => {
      assertWriting(session);
      await run(session, sql.remove(externalId), `delete ${resource} ${externalId}`);
    },
    find: async (session, rule, value) => {
      const column = table.fields.find(({ standard }) => standard === rule)?.path;
      if (column === undefined || isChild) return [];
      const { rows } = await run(session, sql.find(column, value, rule === "email"), `look a contact up by ${rule}`);
      return rows.flatMap((row) => idAt(row, table.id) ?? []);
    },
  };
}

/** Rows of a transaction may be seen a while after the time they carry, ms. */
const OVERLAP_MS = 120_000;

function noneWhereRefused(thrown: unknown): [] {
  if (thrown instanceof Failure && thrown.kind === "rejected") return [];
  throw thrown;
}

function asked({ kind }: Database, { cursor, since, parentId }: ListQuery) {
  return {
    ...(cursor !== undefined && { after: cursor }),
    ...(parentId !== undefined && { parentId }),
    ...(since !== undefined && parentId === undefined && { since: momentFor(kind, new Date(since).toISOString()) }),
  };
}

function pageOf(records: readonly Snapshot[], rows: SqlAnswer["rows"], table: DeclaredTable): ListPage {
  const last = idAt(rows.at(-1), table.id);
  return { records, ...(rows.length >= TABLE_PAGE && last !== undefined && { next: last }) };
}

function snapshotOf(
  table: DeclaredTable,
  isChild: boolean,
  row: Readonly<Record<string, unknown>>,
): Snapshot | undefined {
  const externalId = idAt(row, table.id);
  const parentId = table.parentId === undefined ? undefined : idAt(row, table.parentId);
  if (externalId === undefined || (isChild && parentId === undefined)) return undefined;
  const changedMs = table.changedAt === undefined ? undefined : msOf(row[table.changedAt], "iso");
  return {
    externalId,
    ...(isChild && parentId !== undefined && { parentId }),
    fields: Object.fromEntries(table.fields.map((field) => [field.key, toModel(field, row[field.path])])),
    ...(changedMs !== undefined && { version: String(changedMs) }),
  };
}

function writable({ fields }: DeclaredTable): readonly DeclaredField[] {
  return fields.filter(({ isWritable }) => isWritable);
}

function clientOf({ sql }: App, { name }: AppDeclaration): SqlClient {
  const client = sql?.();
  if (client !== undefined) return client;
  throw new Failure("misconfigured", `${name} is a database, and this hub opens none.`);
}

function assertWriting({ settings: { app, writing } }: App): void {
  if (writing) return;
  throw new Failure(
    "forbidden",
    `Did not change anything in ${app.name}: its connection only reads. Set writing: true in its settings.`,
  );
}

/** Proves that every declared table and column is there. */
export async function checkTables(app: AppDeclaration, database: Database, session: App): Promise<void> {
  for (const resource of DECLARED_RESOURCES) {
    const table = app.tables?.[resource];
    if (table === undefined) continue;
    const { text, values } = statementsFor(database.kind, table, database.outbox).check();
    await clientOf(session, app).query(text, values, `look at the table ${table.table}`);
  }
}

/** The entry of the catalogue that prints what the database's owner runs, so that every change is noted where it happens. */
export function outboxAction(app: AppDeclaration): readonly Action<Settings>[] {
  const { database, tables = {} } = app;
  if (database === undefined) return [];
  const all = DECLARED_RESOURCES.flatMap((resource) => tables[resource] ?? []);
  return [
    {
      ...{
        kind: "action",
        id: "database.outbox",
        subject: "Database",
        title: "Print the statements of an outbox",
        effect: "reads",
      },
      description:
        "For tables without a column of change times: a table that triggers write each change to. Run them yourself.",
      ...{ scopes: [], source: "the app's declaration", generations: ["declared"], calls: [] },
      input: z.strictObject({}),
      output: z.object({ sql: z.string() }),
      example: { input: {}, output: { sql: "create table if not exists …" } },
      run: async () => ({ sql: outboxSql(database.kind, database.outbox ?? "kith_outbox", all) }),
    },
  ];
}
