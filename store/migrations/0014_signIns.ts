import { type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/** Signing in to partners: who may exchange a secret at the moment, and consents that a browser has been sent to ask for. */
export async function signIns(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const key = sql.raw<string>(dialect.keyType);
  const moment = sql.raw<number>(dialect.bigintType);
  await db.schema
    .createTable("secret_holds")
    .addColumn("workspace_id", key, (column) => column.notNull())
    .addColumn("name", key, (column) => column.notNull())
    .addColumn("holder", key, (column) => column.notNull())
    .addColumn("held_until", moment, (column) => column.notNull())
    .addPrimaryKeyConstraint("secret_holds_pk", ["workspace_id", "name"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
  await db.schema
    .createTable("consents")
    .addColumn("id", key, (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("expires_at", moment, (column) => column.notNull())
    .addPrimaryKeyConstraint("consents_pk", ["id"])
    .modifyEnd(sql.raw(dialect.tableEnd))
    .execute();
}
