import { type ErrorKind, Failure } from "../model/errors.ts";

/** The other way out: to a database that is an app. Who opens one is handed in; see server/sql. */

/** The databases that can be an app. */
export type SqlKind = "postgres" | "mysql";

/** Which database, and as whom. */
export interface SqlTarget {
  readonly kind: SqlKind;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly isEncrypted: boolean;
  readonly user: string;
  readonly password: string;
}

/** What a statement came to. */
export interface SqlAnswer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Rows that a write touched. */
  readonly count: number;
  /** The id that a MySQL insert made; PostgreSQL returns it as a row. */
  readonly insertId?: string;
}

/** A database that is open. */
export interface SqlClient {
  /**
   * Runs one statement. Values never become part of its text.
   * @param doing for messages, as in `HttpRequest.doing`
   * @throws Failure
   */
  readonly query: (statement: string, values: readonly unknown[], doing: string) => Promise<SqlAnswer>;
  readonly close: () => Promise<void>;
}

/** Opens a database; connects at the first statement. */
export type OpenSql = (target: SqlTarget, partner: string) => SqlClient;

/** Codes of PostgreSQL (SQLSTATE) and MySQL, by what they begin with. Sources: both products' lists of error codes. */
const KINDS: readonly (readonly [RegExp, ErrorKind])[] = [
  [/^(28|ER_ACCESS_DENIED|ER_DBACCESS_DENIED|3D000|ER_BAD_DB)/, "unauthorized"],
  [/^(42501|ER_TABLEACCESS_DENIED|ER_COLUMNACCESS_DENIED)/, "forbidden"],
  [/^(42|ER_NO_SUCH_TABLE|ER_BAD_FIELD|ER_PARSE)/, "misconfigured"],
  [/^(22|23|ER_DUP|ER_DATA|ER_TRUNCATED|ER_WRONG_VALUE|ER_NO_REFERENCED|ER_ROW_IS|ER_BAD_NULL|WARN_DATA)/, "rejected"],
  [/^(40|ER_LOCK)/, "conflict"],
];

/** The failure for what a database's driver threw. Its words may repeat values, so only the code is told. */
export function failureOfSql(thrown: unknown, partner: string, doing: string, isWrite: boolean): Failure {
  if (thrown instanceof Failure) return thrown;
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
  const kind = KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? "unavailable";
  const column =
    typeof thrown === "object" && thrown !== null && "column" in thrown ? ` (column ${String(thrown.column)})` : "";
  const next = kind === "misconfigured" ? " Look whether its tables and columns are as declared." : "";
  return new Failure(
    kind,
    `Could not ${doing} at ${partner}: its database refused it with ${code || "no answer"}${column}.${next}`,
    {
      ...(kind === "unavailable" && isWrite && { isOutcomeUnknown: true }),
      cause: thrown,
    },
  );
}
