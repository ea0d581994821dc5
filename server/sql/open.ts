import { createPool as createMysqlPool, type ResultSetHeader } from "mysql2/promise";
import { Pool, types } from "pg";
import { failureOfSql, type OpenSql, type SqlAnswer, type SqlClient, type SqlTarget } from "../../kit/index.ts";

/** Where a host may be reached. @throws Failure `misconfigured` when it leads where nobody may go */
export type Reach = (host: string) => Promise<string>;

const CONNECTIONS = 4;
const CONNECT_MS = 10_000;
const STATEMENT_MS = 15_000;

/** Opens databases that are apps. Each connects at its first statement, to the very address that was looked at. */
export function sqlOpener(reach: Reach): OpenSql {
  return (target, partner) => {
    let opened: Promise<Running> | undefined;
    const running = (): Promise<Running> => {
      opened ??= reach(target.host).then((address) =>
        target.kind === "postgres" ? postgres(target, address) : mysql(target, address),
      );
      // What could not be opened is tried anew by the next statement.
      opened.catch(() => {
        opened = undefined;
      });
      return opened;
    };
    return {
      query: async (statement, values, doing) => {
        try {
          return await (await running()).query(statement, values);
        } catch (thrown) {
          throw failureOfSql(thrown, partner, doing, !/^\s*select/i.test(statement));
        }
      },
      close: async () => {
        const known = await opened?.catch(() => undefined);
        await known?.close();
      },
    };
  };
}

interface Running {
  readonly query: (statement: string, values: readonly unknown[]) => Promise<SqlAnswer>;
  readonly close: SqlClient["close"];
}

const [DATE, TIMESTAMP] = [1_082, 1_114];

/** Dates stay the text that they are, and a time without a zone is taken as UTC: neither is moved by this machine's zone. */
function parserOf(oid: number, format?: "text" | "binary") {
  if (oid === DATE) return (text: string) => text;
  if (oid === TIMESTAMP) return (text: string) => new Date(`${text.replace(" ", "T")}Z`);
  return types.getTypeParser(oid, format as "text");
}

function postgres(target: SqlTarget, address: string): Running {
  const pool = new Pool({
    ...{ host: address, port: target.port, database: target.database, user: target.user, password: target.password },
    ...(target.isEncrypted && { ssl: { servername: target.host } }),
    ...{ max: CONNECTIONS, connectionTimeoutMillis: CONNECT_MS, statement_timeout: STATEMENT_MS },
    ...{ application_name: "kith", types: { getTypeParser: parserOf as typeof types.getTypeParser } },
  });
  // A connection that breaks while it rests is made anew by the next statement.
  pool.on("error", () => {});
  return {
    query: async (statement, values) => {
      const { rows, rowCount } = await pool.query<Record<string, unknown>>(statement, [...values]);
      return { rows: rows.map(plain), count: rowCount ?? 0 };
    },
    close: () => pool.end(),
  };
}

function mysql(target: SqlTarget, address: string): Running {
  const pool = createMysqlPool({
    ...{ host: address, port: target.port, database: target.database, user: target.user, password: target.password },
    ...(target.isEncrypted && { ssl: { servername: target.host } as object }),
    ...{ connectionLimit: CONNECTIONS, connectTimeout: CONNECT_MS, dateStrings: true, timezone: "Z" },
    ...{ supportBigNumbers: true, bigNumberStrings: true },
  });
  return {
    query: async (statement, values) => {
      // Prepared on the server: values never become part of the text.
      const [result] = await pool.execute({ sql: statement, timeout: STATEMENT_MS }, [...values] as string[]);
      if (Array.isArray(result)) return { rows: result.map((row) => plain(Object(row))), count: result.length };
      const { affectedRows, insertId } = result as ResultSetHeader;
      return { rows: [], count: affectedRows, ...(insertId !== 0 && { insertId: String(insertId) }) };
    },
    close: () => pool.end(),
  };
}

/** Times as ISO text, so that rows are what JSON could hold. */
function plain(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row).map(
    ([key, value]) => [key, value instanceof Date ? value.toISOString() : value] as const,
  );
  return Object.fromEntries(entries);
}
