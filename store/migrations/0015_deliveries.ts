import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/** What each webhook made due, and how often it came again. */
export async function deliveries(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  await db.schema
    .alterTable("deliveries")
    .addColumn("due_keys", "text", (column) => column.notNull().defaultTo("[]"))
    .execute();
  await db.schema
    .alterTable("deliveries")
    .addColumn("repeats", sql.raw<number>(dialect.bigintType), (column) => column.notNull().defaultTo(0))
    .execute();
}
