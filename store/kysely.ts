import { type Dialect, HandleEmptyInListsPlugin, Kysely, replaceWithNoncontingentExpression } from "kysely";
import type { Tables } from "./tables.ts";

/** Kysely as the store uses it, on either dialect: nothing is in an empty list, which PostgreSQL has no syntax for. */
export function openKysely(dialect: Dialect): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect,
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
}
