import { Failure } from "../../model/errors.ts";

/** SQLSTATE of a transaction that lost to another and may simply be played again. Source: postgresql.org/docs/current/errcodes-appendix.html */
const LOST_TO_ANOTHER: readonly string[] = ["40001", "40P01"];
const DUPLICATE = "23505";
/** Classes: connection lost, out of resources, shut down by an operator, system error; and lost transactions. */
const UNAVAILABLE = /^(08|53|57P|58|40)/;
/** Wrong name or password, no such database, no rights. */
const REFUSED = /^(28|3D|42501)/;
/** Values that the database cannot hold: NUL in a text, a key too long for its index. */
const BAD_VALUE = /^(22|54)/;
/** Error codes of Node's sockets. */
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;

/** Whether the transaction may be played again at once. */
export function isLostToAnother(error: unknown): boolean {
  return LOST_TO_ANOTHER.includes(codeOf(error));
}

/** What PostgreSQL or the network threw, as a failure that says what to do. Values never appear in it. */
export function postgresFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === DUPLICATE) {
    return new Failure("conflict", `Storing: another row already holds this (${message}). Read again and retry.`, {
      cause: error,
    });
  }
  if (REFUSED.test(code)) {
    return new Failure("misconfigured", `PostgreSQL refused the connection: ${message}. Check the store's address.`, {
      cause: error,
    });
  }
  if (BAD_VALUE.test(code)) {
    return new Failure("rejected", `PostgreSQL cannot hold a value: ${message}.`, { cause: error });
  }
  if (UNAVAILABLE.test(code) || NETWORK.test(code) || isLostConnection(message)) {
    return new Failure("unavailable", `PostgreSQL is not available: ${message}. It is tried again.`, { cause: error });
  }
  return new Failure("bug", `The database refused a statement: ${message}.`, { cause: error });
}

/** The driver's own words for a connection that ended under a query; they carry no code. */
function isLostConnection(message: string): boolean {
  return /connection (terminated|error|timeout)|not queryable|timeout exceeded when trying to connect/i.test(message);
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
