import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/** What each connection has used of its partner's limits, so that a restart does not use it again. */
export async function allowances(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const key = sql.raw<string>(dialect.keyType);
  await db.schema
    .createTable("allowances")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("connection_id", key, (column) => column.notNull())
    .addColumn("kept", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("allowances_pk", ["workspace_id", "connection_id"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
}
