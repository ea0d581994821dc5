import type { SqlKind } from "../../kit/index.ts";
import type { DeclaredField, DeclaredTable } from "../../model/declaration.ts";
import type { Value } from "../../model/value.ts";
import { fromModel } from "./values.ts";

/** The statements about a declared table, in the words of both products. Names are checked; values never stand in the text. */

/** A statement with its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Rows on one page. */
export const TABLE_PAGE = 500;

/** Writes statements for one product. */
export function statementsFor(kind: SqlKind, table: DeclaredTable, outbox: string | undefined) {
  const name = (text: string): string => {
    const quote = kind === "postgres" ? '"' : "`";
    return text
      .split(".")
      .map((part) => quote + part + quote)
      .join(".");
  };
  const mark = (place: number): string => (kind === "postgres" ? `$${place}` : "?");
  const columns = [table.id, table.parentId, table.changedAt, table.deletedAt, ...table.fields.map(({ path }) => path)];
  const shown = [...new Set(columns.filter((one) => one !== undefined))].map(name).join(", ");
  const from = name(table.table);
  const alive = table.deletedAt === undefined ? [] : [`${name(table.deletedAt)} is null`];
  const asText = (column: string) => (kind === "postgres" ? `${name(column)}::text` : `cast(${name(column)} as char)`);
  const whereOf = (conditions: readonly string[]) =>
    conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`;
  /** Adds a value and marks its place. */
  const given = (values: unknown[], value: unknown): string => {
    values.push(value);
    return mark(values.length);
  };
  /** A column that holds an id. The index is used; MySQL, to which `7x` equals 7, compares the text as well. */
  const holds = (values: unknown[], column: string, id: string): string => {
    const same = `${name(column)} = ${given(values, id)}`;
    return kind === "postgres" ? same : `${same} and cast(${name(column)} as char) = ${given(values, id)}`;
  };
  const whole = (begin: string, values: unknown[], id: string): Statement => {
    const where = whereOf([...alive, holds(values, table.id, id)]);
    return { text: begin + where, values };
  };

  return {
    /** One page in the order of ids. */
    list: (asked: { readonly after?: string; readonly since?: string; readonly parentId?: string }): Statement => {
      const { after, since, parentId } = asked;
      const values: unknown[] = [];
      const conditions = [...alive];
      if (after !== undefined) conditions.push(`${name(table.id)} > ${given(values, after)}`);
      if (parentId !== undefined && table.parentId !== undefined) {
        conditions.push(holds(values, table.parentId, parentId));
      }
      if (since !== undefined && table.changedAt !== undefined) {
        conditions.push(`${name(table.changedAt)} >= ${given(values, since)}`);
      } else if (since !== undefined && outbox !== undefined) {
        const told = `${name("table_name")} = ${given(values, table.table)} and ${name("happened_at")} >= ${given(values, since)}`;
        conditions.push(`${asText(table.id)} in (select ${name("record_id")} from ${name(outbox)} where ${told})`);
      }
      const text = `select ${shown} from ${from}${whereOf(conditions)} order by ${name(table.id)} limit ${TABLE_PAGE}`;
      return { text, values };
    },
    read: (id: string): Statement => whole(`select ${shown} from ${from}`, [], id),
    find: (column: string, value: string, isFolded: boolean): Statement => {
      const fold = (text: string) => (isFolded ? `lower(${text})` : text);
      return {
        text: `select ${name(table.id)} from ${from}${whereOf([...alive, `${fold(name(column))} = ${fold(mark(1))}`])} limit 50`,
        values: [value],
      };
    },
    insert: (fields: readonly (readonly [DeclaredField, Value])[], parentId: string | undefined): Statement => {
      const pairs: (readonly [string, unknown])[] = fields.map(
        ([field, value]) => [field.path, written(kind, field, value)] as const,
      );
      if (table.parentId !== undefined && parentId !== undefined) pairs.push([table.parentId, parentId]);
      const names = pairs.map(([column]) => name(column)).join(", ");
      const marks = pairs.map((_pair, place) => mark(place + 1)).join(", ");
      const body = pairs.length === 0 && kind === "postgres" ? "default values" : `(${names}) values (${marks})`;
      const returning = kind === "postgres" ? ` returning ${name(table.id)}` : "";
      return { text: `insert into ${from} ${body}${returning}`, values: pairs.map(([, value]) => value) };
    },
    update: (id: string, changes: readonly (readonly [DeclaredField, Value])[]): Statement => {
      const values: unknown[] = [];
      const sets = changes.map(
        ([field, value]) => `${name(field.path)} = ${given(values, written(kind, field, value))}`,
      );
      return whole(`update ${from} set ${sets.join(", ")}`, values, id);
    },
    remove: (id: string): Statement => {
      const { deletedAt } = table;
      const begin =
        deletedAt === undefined ? `delete from ${from}` : `update ${from} set ${name(deletedAt)} = current_timestamp`;
      return whole(begin, [], id);
    },
    /** Proves that the table and its columns are there. */
    check: (): Statement => ({ text: `select ${shown} from ${from} limit 1`, values: [] }),
  };
}

/** A value as the product takes it as a parameter. MySQL takes no zone in a moment, and no list but as JSON. */
function written(kind: SqlKind, field: DeclaredField, value: Value): unknown {
  const theirs = fromModel(field, value);
  if (Array.isArray(theirs) && kind === "mysql") return JSON.stringify(theirs);
  if (kind === "mysql" && field.type === "dateTime" && typeof theirs === "string") return momentFor(kind, theirs);
  if (theirs !== null && typeof theirs === "object" && !Array.isArray(theirs)) return JSON.stringify(theirs);
  return theirs;
}

/** A moment as a parameter, from ISO text in UTC. */
export function momentFor(kind: SqlKind, iso: string): string {
  return kind === "postgres" ? iso : iso.replace("T", " ").replace("Z", "");
}

/** The statements that make an outbox, and triggers on each table that feed it, for its owner to run. */
export function outboxSql(kind: SqlKind, outbox: string, tables: readonly DeclaredTable[]): string {
  return kind === "postgres" ? postgresOutbox(outbox, tables) : mysqlOutbox(outbox, tables);
}

function postgresOutbox(outbox: string, tables: readonly DeclaredTable[]): string {
  const name = (text: string) =>
    text
      .split(".")
      .map((part) => `"${part}"`)
      .join(".");
  const plain = outbox.replaceAll(".", "_");
  const fed = tables.map(({ table, id }) => {
    const trigger = `"${`${plain}_${table.replaceAll(".", "_")}`.slice(0, 60)}"`;
    return `drop trigger if exists ${trigger} on ${name(table)};
create trigger ${trigger} after insert or update or delete on ${name(table)}
  for each row execute function ${name(`${outbox}_note`)}('${table}', '${id}');`;
  });
  return `create table if not exists ${name(outbox)} (
  "id" bigint generated always as identity primary key,
  "table_name" text not null,
  "record_id" text not null,
  "happened_at" timestamptz not null default clock_timestamp()
);
create index if not exists "${plain}_by_time" on ${name(outbox)} ("table_name", "happened_at");
create or replace function ${name(`${outbox}_note`)}() returns trigger language plpgsql as $$
begin
  insert into ${name(outbox)} ("table_name", "record_id")
    values (tg_argv[0], coalesce(to_jsonb(new), to_jsonb(old)) ->> tg_argv[1]);
  return null;
end $$;
${fed.join("\n")}
`;
}

function mysqlOutbox(outbox: string, tables: readonly DeclaredTable[]): string {
  const name = (text: string) =>
    text
      .split(".")
      .map((part) => `\`${part}\``)
      .join(".");
  const fed = tables.flatMap(({ table, id }) =>
    (
      [
        ["insert", "new"],
        ["update", "new"],
        ["delete", "old"],
      ] as const
    ).map(([verb, row]) => {
      const trigger = `\`${`${outbox}_${table}_${verb}`.replaceAll(".", "_").slice(0, 60)}\``;
      return `drop trigger if exists ${trigger};
create trigger ${trigger} after ${verb} on ${name(table)} for each row
  insert into ${name(outbox)} (\`table_name\`, \`record_id\`) values ('${table}', ${row}.\`${id}\`);`;
    }),
  );
  return `create table if not exists ${name(outbox)} (
  \`id\` bigint auto_increment primary key,
  \`table_name\` varchar(191) not null,
  \`record_id\` varchar(191) not null,
  \`happened_at\` datetime(6) not null default (utc_timestamp(6)),
  index \`by_time\` (\`table_name\`, \`happened_at\`)
);
${fed.join("\n")}
`;
}
