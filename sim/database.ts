import { CompiledQuery } from "kysely";
import { type HubStore, openStore } from "../store/index.ts";

/** The store of one run. */
export interface Lent {
  readonly store: HubStore;
  /** Gives it back. Nothing may be asked of it afterwards. */
  readonly giveBack: () => void;
}

/** Databases in memory that no run uses now. */
const resting: HubStore[] = [];

/**
 * A real store with nothing in it. To migrate a database and to prepare its statements takes longer than many a run
 * does, so that of an earlier run is emptied and lent again.
 */
export async function emptyStore(): Promise<Lent> {
  const store = resting.pop() ?? (await freshStore());
  await empty(store);
  return { store, giveBack: () => void resting.push(store) };
}

async function freshStore(): Promise<HubStore> {
  const store = openStore("sqlite::memory:");
  await store.migrate();
  return store;
}

/** Leaves nothing but the tables, and the note of which migrations they have seen. */
async function empty({ auth }: HubStore): Promise<void> {
  const tables = await auth.db.executeQuery<{ readonly name: string }>(
    CompiledQuery.raw(
      "select name from sqlite_master where type = 'table' and name != 'schema_migrations' order by name",
    ),
  );
  for (const { name } of tables.rows) await auth.db.executeQuery(CompiledQuery.raw(`delete from "${name}"`));
}
