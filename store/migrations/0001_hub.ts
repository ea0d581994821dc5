import { type CreateTableBuilder, type Kysely, sql } from "kysely";
import type { DialectTraits } from "../database.ts";

/** Tables of the hub itself. Every key begins with the workspace, so that the tables can be distributed by it. */
export async function hub(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  await configuration(db, dialect);
  await links(db, dialect);
  await due(db, dialect);
  await intents(db, dialect);
  await history(db, dialect);
}

async function configuration(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { key, big, keyedEnd } = types(dialect);
  await db.schema
    .createTable("workspaces")
    .addColumn("workspace_id", key, required)
    .addColumn("name", "text", required)
    .addColumn("created_at", big, required)
    .addPrimaryKeyConstraint("workspaces_pk", ["workspace_id"])
    .modifyEnd(keyedEnd)
    .execute();
  await db.schema
    .createTable("lanes")
    .addColumn("workspace_id", key, required)
    .addColumn("epoch", big, required)
    .addColumn("holder", "text", required)
    .addColumn("taken_at", big, required)
    .addPrimaryKeyConstraint("lanes_pk", ["workspace_id"])
    .modifyEnd(keyedEnd)
    .execute();
  await connections(db, dialect);
  await db.schema
    .createTable("secrets")
    .addColumn("workspace_id", key, required)
    .addColumn("name", key, required)
    .addColumn("sealed", "text", required)
    .addPrimaryKeyConstraint("secrets_pk", ["workspace_id", "name"])
    .modifyEnd(keyedEnd)
    .execute();
  await db.schema
    .createTable("syncs")
    .addColumn("workspace_id", key, required)
    .addColumn("id", key, required)
    .addColumn("config", "text", required)
    .addColumn("version", "text", required)
    .addColumn("is_paused", "integer", required)
    .addColumn("created_at", big, required)
    .addPrimaryKeyConstraint("syncs_pk", ["workspace_id", "id"])
    .modifyEnd(keyedEnd)
    .execute();
}

async function connections(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { key, big, keyedEnd } = types(dialect);
  await db.schema
    .createTable("connections")
    .addColumn("workspace_id", key, required)
    .addColumn("id", key, required)
    .addColumn("connector_id", key, required)
    .addColumn("name", "text", required)
    .addColumn("settings", "text", required)
    .addColumn("base_urls", "text", required)
    .addColumn("is_paused", "integer", required)
    .addColumn("health", "text", required)
    .addColumn("created_at", big, required)
    .addPrimaryKeyConstraint("connections_pk", ["workspace_id", "id"])
    .modifyEnd(keyedEnd)
    .execute();
  await index(db, "connections_by_connector", "connections", ["connector_id", "workspace_id", "id"]);
}

async function links(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { key, big, end, keyedEnd } = types(dialect);
  await withSides(
    db.schema
      .createTable("links")
      .addColumn("workspace_id", key, required)
      .addColumn("id", key, required)
      .addColumn("sync_id", key, required)
      .addColumn("state", "text", required),
    dialect,
  )
    .addColumn("base", "text", required)
    .addColumn("conflicts", "text", required)
    .addColumn("findings", "text", required)
    .addColumn("ambiguity", "text")
    .addColumn("has_conflicts", "integer", required)
    .addColumn("has_findings", "integer", required)
    .addColumn("needs_attention", "integer", required)
    .addColumn("is_deletion", "integer", required)
    .addColumn("title", "text", required)
    .addColumn("title_folded", key, required)
    .addColumn("search_text", "text", required)
    .addColumn("created_at", big, required)
    .addColumn("updated_at", big, required)
    .addPrimaryKeyConstraint("links_pk", ["workspace_id", "id"])
    .modifyEnd(end)
    .execute();
  await linkIndexes(db);
  await db.schema
    .createTable("link_keys")
    .addColumn("workspace_id", key, required)
    .addColumn("sync_id", key, required)
    .addColumn("side", "text", required)
    .addColumn("match_key", key, required)
    .addColumn("link_id", key, required)
    .addPrimaryKeyConstraint("link_keys_pk", ["workspace_id", "sync_id", "side", "match_key", "link_id"])
    .modifyEnd(keyedEnd)
    .execute();
  await index(db, "link_keys_by_link", "link_keys", ["workspace_id", "link_id", "side"]);
}

function withSides<Columns extends string>(table: CreateTableBuilder<"links", Columns>, dialect: DialectTraits) {
  const { key, big } = types(dialect);
  return table
    .addColumn("left_external_id", key)
    .addColumn("right_external_id", key)
    .addColumn("left_as_of", big)
    .addColumn("right_as_of", big)
    .addColumn("left_gone_at", big)
    .addColumn("right_gone_at", big)
    .addColumn("left_seen_at", big)
    .addColumn("right_seen_at", big)
    .addColumn("left_side", "text")
    .addColumn("right_side", "text");
}

/**
 * The sync comes late in each: a planner without statistics takes any index that begins with the columns it is given,
 * and would walk all links of a sync to find one record.
 */
async function linkIndexes(db: Kysely<unknown>): Promise<void> {
  await uniqueIndex(db, "links_left", "links", ["workspace_id", "left_external_id", "sync_id"]);
  await uniqueIndex(db, "links_right", "links", ["workspace_id", "right_external_id", "sync_id"]);
  await index(db, "links_by_state", "links", ["workspace_id", "state", "sync_id", "id"]);
  await index(db, "links_by_update", "links", ["workspace_id", "updated_at", "id"]);
  await index(db, "links_by_title", "links", ["workspace_id", "title_folded", "id"]);
  // The few that people must look at, and the few that are gone: small, and asked for often.
  await db.schema
    .createIndex("links_by_attention")
    .on("links")
    .columns(["workspace_id", "updated_at", "id"])
    .where(sql.ref("needs_attention"), "=", sql.lit(1))
    .execute();
  await db.schema
    .createIndex("links_by_deletion")
    .on("links")
    .columns(["workspace_id", "updated_at"])
    .where(sql.ref("is_deletion"), "=", sql.lit(1))
    .execute();
}

async function due(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { key, big, keyedEnd } = types(dialect);
  await db.schema
    .createTable("due")
    .addColumn("workspace_id", key, required)
    .addColumn("key", key, required)
    .addColumn("state", "text", required)
    .addColumn("priority", "integer", required)
    .addColumn("due_at", big, required)
    .addColumn("reason", "text", required)
    .addColumn("generation", big, required)
    .addColumn("attempts", "integer", required)
    .addColumn("error_kind", "text")
    .addColumn("error_message", "text")
    .addColumn("failed_at", big)
    .addPrimaryKeyConstraint("due_pk", ["workspace_id", "key"])
    .modifyEnd(keyedEnd)
    .execute();
  await index(db, "due_by_urgency", "due", ["workspace_id", "state", "priority", "due_at"]);
  await db.schema
    .createIndex("due_by_failure")
    .on("due")
    .columns(["workspace_id", "state", "failed_at", "key"])
    .where(sql.ref("failed_at"), "is not", null)
    .execute();
}

async function intents(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { key, big, keyedEnd } = types(dialect);
  await db.schema
    .createTable("intents")
    .addColumn("workspace_id", key, required)
    .addColumn("id", key, required)
    .addColumn("link_id", key, required)
    .addColumn("sync_id", key, required)
    .addColumn("side", "text", required)
    .addColumn("claims", "text", required)
    .addColumn("find_by", "text", required)
    .addColumn("sent", "text", required)
    .addColumn("started_at", big, required)
    .addColumn("horizon_at", big, required)
    .addColumn("state", "text", required)
    .addPrimaryKeyConstraint("intents_pk", ["workspace_id", "id"])
    .modifyEnd(keyedEnd)
    .execute();
  await index(db, "intents_by_link", "intents", ["workspace_id", "link_id"]);
  await db.schema
    .createTable("intent_claims")
    .addColumn("workspace_id", key, required)
    .addColumn("sync_id", key, required)
    .addColumn("side", "text", required)
    .addColumn("claim", key, required)
    .addColumn("intent_id", key, required)
    .addPrimaryKeyConstraint("intent_claims_pk", ["workspace_id", "sync_id", "side", "claim"])
    .modifyEnd(keyedEnd)
    .execute();
  await index(db, "intent_claims_by_intent", "intent_claims", ["workspace_id", "intent_id"]);
}

async function history(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  await journal(db, dialect);
  await checkpoints(db, dialect);
  await deliveries(db, dialect);
}

async function journal(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { key, big, end } = types(dialect);
  await db.schema
    .createTable("journal")
    .addColumn("workspace_id", key, required)
    .addColumn("id", key, required)
    .addColumn("at", big, required)
    .addColumn("sync_id", key, required)
    .addColumn("link_id", key)
    .addColumn("reason", "text", required)
    .addColumn("verdict", "text", required)
    .addColumn("summary", "text", required)
    .addColumn("detail", "text", required)
    .addColumn("duration_ms", dialect.bigintType === "bigint" ? "double precision" : "real", required)
    .addPrimaryKeyConstraint("journal_pk", ["workspace_id", "id"])
    .modifyEnd(end)
    .execute();
  await index(db, "journal_by_link", "journal", ["workspace_id", "link_id", "id"]);
  await index(db, "journal_by_time", "journal", ["workspace_id", "at", "verdict"]);
}

async function checkpoints(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { key, big, keyedEnd } = types(dialect);
  await db.schema
    .createTable("checkpoints")
    .addColumn("workspace_id", key, required)
    .addColumn("sync_id", key, required)
    .addColumn("side", "text", required)
    .addColumn("kind", "text", required)
    .addColumn("cursor", "text")
    .addColumn("high_water", big)
    .addColumn("started_at", big)
    .addColumn("finished_at", big)
    .addColumn("seen", big, required)
    .addColumn("total", big)
    .addPrimaryKeyConstraint("checkpoints_pk", ["workspace_id", "sync_id", "side", "kind"])
    .modifyEnd(keyedEnd)
    .execute();
}

async function deliveries(db: Kysely<unknown>, dialect: DialectTraits): Promise<void> {
  const { key, big, end } = types(dialect);
  await db.schema
    .createTable("deliveries")
    .addColumn("workspace_id", key, required)
    .addColumn("id", key, required)
    .addColumn("connection_id", key, required)
    .addColumn("delivery_id", key, required)
    .addColumn("received_at", big, required)
    .addColumn("type", "text", required)
    .addColumn("occurred_at", big)
    .addColumn("scheme", "text", required)
    .addColumn("external_ids", "text", required)
    .addPrimaryKeyConstraint("deliveries_pk", ["workspace_id", "id"])
    .modifyEnd(end)
    .execute();
  await uniqueIndex(db, "deliveries_once", "deliveries", ["workspace_id", "connection_id", "delivery_id"]);
  await index(db, "deliveries_by_time", "deliveries", ["workspace_id", "received_at"]);
}

function types(dialect: DialectTraits) {
  return {
    key: sql.raw<string>(dialect.keyType),
    big: sql.raw<number>(dialect.bigintType),
    end: sql.raw(dialect.tableEnd),
    keyedEnd: sql.raw(dialect.keyedTableEnd),
  };
}

function required<Column extends { notNull: () => Column }>(column: Column): Column {
  return column.notNull();
}

async function index(db: Kysely<unknown>, name: string, table: string, columns: readonly string[]): Promise<void> {
  await db.schema
    .createIndex(name)
    .on(table)
    .columns([...columns])
    .execute();
}

async function uniqueIndex(
  db: Kysely<unknown>,
  name: string,
  table: string,
  columns: readonly string[],
): Promise<void> {
  await db.schema
    .createIndex(name)
    .unique()
    .on(table)
    .columns([...columns])
    .execute();
}
