import { DatabaseSync, type SQLOutputValue } from "node:sqlite";

/** Daybook's database: people, and the todos, notes and visits that belong to them. */

/** A column: how it is kept, and how it stands in the API. */
interface Column {
  readonly kind: "text" | "number" | "flag" | "list";
  /** Where it stands in the API's JSON; its own name when absent. */
  readonly at?: readonly [string, string];
}

const text: Column = { kind: "text" };

/** The tables that the API shows, with their columns. */
export const TABLES = {
  people: {
    given_name: text,
    family_name: text,
    email: { kind: "text", at: ["contact", "email"] },
    phone: { kind: "text", at: ["contact", "phone"] },
    company: text,
    labels: { kind: "list" },
    street: { kind: "text", at: ["address", "street"] },
    city: { kind: "text", at: ["address", "city"] },
    region: { kind: "text", at: ["address", "region"] },
    postcode: { kind: "text", at: ["address", "postcode"] },
    country: { kind: "text", at: ["address", "country"] },
    birthday: text,
    about: text,
    loyalty_tier: text,
    wants_news: { kind: "flag" },
  },
  todos: { title: text, details: text, due: text, state: text, priority: text },
  notes: { content: text, author: text },
  visits: {
    title: text,
    remarks: text,
    starts: { kind: "number" },
    ends: { kind: "number" },
    place: text,
    status: text,
  },
} as const satisfies Record<string, Record<string, Column>>;
/** A table that the API shows. */
export type Table = keyof typeof TABLES;

/** A record as the API shows it. */
export type Shown = Readonly<Record<string, unknown>> & { readonly id: string };

/** Which records are wanted. */
export interface Wanted {
  readonly personId?: string | undefined;
  /** ISO 8601; those that changed then or later. */
  readonly changedSince?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly page: number;
  readonly perPage: number;
}

/** What is done with records. */
export interface Database {
  readonly list: (table: Table, wanted: Wanted) => { readonly rows: readonly Shown[]; readonly total: number };
  readonly read: (table: Table, id: string) => Shown | undefined;
  /** @returns the new record; `undefined` when there is no such person */
  readonly add: (table: Table, body: unknown, personId?: string) => Shown | undefined;
  readonly change: (table: Table, id: string, body: unknown) => Shown | undefined;
  readonly remove: (table: Table, id: string) => Shown | undefined;
  readonly raw: DatabaseSync;
  readonly close: () => void;
}

/**
 * Opens the database and makes what is missing.
 * @param file a path, or `:memory:`
 * @param now epoch ms
 */
export function openDatabase(file: string, now: () => number): Database {
  const raw = new DatabaseSync(file);
  raw.exec("PRAGMA foreign_keys = ON");
  for (const table of Object.keys(TABLES) as Table[]) raw.exec(tableSql(table));
  const stamp = () => new Date(now()).toISOString();
  const read = (table: Table, id: string): Shown | undefined => {
    const row = raw.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(Number(id));
    return row && shown(table, row);
  };
  return {
    raw,
    read,
    list: (table, wanted) => {
      const { where, values } = conditions(table, wanted);
      const counted = raw.prepare(`SELECT count(*) AS total FROM ${table}${where}`).get(...values);
      const rows = raw
        .prepare(`SELECT * FROM ${table}${where} ORDER BY id LIMIT ? OFFSET ?`)
        .all(...values, wanted.perPage, (wanted.page - 1) * wanted.perPage);
      return { rows: rows.map((row) => shown(table, row)), total: Number(counted?.total ?? 0) };
    },
    add: (table, body, personId) => {
      if (table !== "people" && (personId === undefined || read("people", personId) === undefined)) return undefined;
      const kept = keptColumns(table, body);
      const columns = { ...kept, changed_at: stamp(), ...(table !== "people" && { person_id: Number(personId) }) };
      const names = Object.keys(columns);
      const marks = names.map(() => "?").join(", ");
      const { lastInsertRowid } = raw
        .prepare(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${marks})`)
        .run(...Object.values(columns));
      return read(table, String(lastInsertRowid));
    },
    change: (table, id, body) => {
      const columns = { ...keptColumns(table, body), changed_at: stamp() };
      const sets = Object.keys(columns).map((name) => `${name} = ?`);
      raw.prepare(`UPDATE ${table} SET ${sets.join(", ")} WHERE id = ?`).run(...Object.values(columns), Number(id));
      return read(table, id);
    },
    remove: (table, id) => {
      const before = read(table, id);
      raw.prepare(`DELETE FROM ${table} WHERE id = ?`).run(Number(id));
      return before;
    },
    close: () => raw.close(),
  };
}

function tableSql(table: Table): string {
  const columns = Object.entries<Column>(TABLES[table]).map(
    ([name, { kind }]) => `${name} ${kind === "text" || kind === "list" ? "TEXT" : "INTEGER"}`,
  );
  const person = table === "people" ? [] : ["person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE"];
  const all = ["id INTEGER PRIMARY KEY AUTOINCREMENT", ...person, ...columns, "changed_at TEXT NOT NULL"];
  return `CREATE TABLE IF NOT EXISTS ${table} (${all.join(", ")})`;
}

function conditions(table: Table, { personId, changedSince, email, phone }: Wanted) {
  const all: [string, string | number][] = [];
  if (personId !== undefined && table !== "people") all.push(["person_id = ?", Number(personId)]);
  if (changedSince !== undefined) all.push(["changed_at >= ?", changedSince]);
  if (email !== undefined && table === "people") all.push(["lower(email) = lower(?)", email]);
  if (phone !== undefined && table === "people") all.push(["phone = ?", phone]);
  const where = all.length === 0 ? "" : ` WHERE ${all.map(([sql]) => sql).join(" AND ")}`;
  return { where, values: all.map(([, value]) => value) };
}

/** The columns that a body names. What it leaves out stays as it is; null empties. */
function keptColumns(table: Table, body: unknown): Record<string, string | number | null> {
  const kept: Record<string, string | number | null> = {};
  for (const [name, column] of Object.entries<Column>(TABLES[table])) {
    const value = column.at === undefined ? inside(body, name) : inside(inside(body, column.at[0]), column.at[1]);
    if (value !== undefined) kept[name] = keptAs(column, value);
  }
  return kept;
}

function inside(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function keptAs({ kind }: Column, value: unknown): string | number | null {
  if (value === null) return null;
  if (kind === "list") return JSON.stringify(Array.isArray(value) ? value.map(String) : []);
  if (kind === "flag") return value === true ? 1 : 0;
  return kind === "number" ? Number(value) : String(value);
}

function shown(table: Table, row: Record<string, SQLOutputValue>): Shown {
  const record: Record<string, unknown> = {};
  for (const [name, { kind, at }] of Object.entries<Column>(TABLES[table])) {
    const value = shownAs(kind, row[name]);
    if (at === undefined) record[name] = value;
    else record[at[0]] = { ...(record[at[0]] as object | undefined), [at[1]]: value };
  }
  const person = table === "people" ? {} : { person_id: String(row.person_id) };
  return { id: String(row.id), ...person, ...record, changed_at: row.changed_at };
}

function shownAs(kind: Column["kind"], value: SQLOutputValue | undefined): unknown {
  if (kind === "list") return value === null || value === undefined ? [] : JSON.parse(String(value));
  if (kind === "flag") return value === 1;
  return value ?? null;
}
