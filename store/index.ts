import { Failure } from "../model/errors.ts";
import type { Database } from "./database.ts";
import { hubStore } from "./hubStore.ts";
import type { HubStore } from "./port.ts";
import { postgresDatabase } from "./postgres/database.ts";
import { sqliteDatabase } from "./sqlite/database.ts";

export { type BookChange, type BookOnOptions, bookOn } from "./books.ts";
export type * from "./port.ts";

/**
 * Opens the hub's store; call `migrate` before anything else.
 * @param url `sqlite:/path/file.db`, `sqlite::memory:`, or `postgres://user:password@host/database`
 * @throws Failure `misconfigured` when the address is none of these or the file cannot be opened
 */
export function openStore(url: string): HubStore {
  return hubStore(openDatabase(url));
}

function openDatabase(url: string): Database {
  if (url.startsWith("sqlite:") && url.length > "sqlite:".length) return sqliteDatabase(url.slice("sqlite:".length));
  if (/^postgres(ql)?:/.test(url)) return postgresDatabase(url);
  throw new Failure(
    "misconfigured",
    "The store's address must look like sqlite:/path/to/file.db or postgres://user:password@host/database.",
  );
}
