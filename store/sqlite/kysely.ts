import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Connection } from "./connection.ts";
import type { Lock } from "./lock.ts";

/**
 * Kysely on a connection of `node:sqlite`. The lock keeps its transactions, which give way between statements, apart
 * from the store's own, which do not.
 */
export function sqliteDialect(connection: Connection, lock: Lock): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => sqliteDriver(connection, lock),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function sqliteDriver(connection: Connection, lock: Lock): Driver {
  const releases = new WeakMap<DatabaseConnection, () => void>();
  const run = async (on: DatabaseConnection, sql: string) => {
    await on.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => {},
    acquireConnection: async () => {
      const release = await lock();
      const held = kyselyConnection(connection);
      releases.set(held, release);
      return held;
    },
    // Immediate: a transaction that reads first and writes later must not find that another wrote in between.
    beginTransaction: (held) => run(held, "begin immediate"),
    commitTransaction: (held) => run(held, "commit"),
    rollbackTransaction: (held) => run(held, "rollback"),
    releaseConnection: async (held) => releases.get(held)?.(),
    destroy: async () => {},
  };
}

function kyselyConnection(connection: Connection): DatabaseConnection {
  return {
    executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
      const { rows, changed } = connection.run(query);
      // Kysely's own contract: the rows are of the type it inferred for the query.
      return { rows: rows as Row[], numAffectedRows: BigInt(changed) };
    },
    streamQuery: async function* <Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
      yield { rows: connection.run(query).rows as Row[] };
    },
  };
}
