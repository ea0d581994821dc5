import { Failure } from "../../model/errors.ts";
import { SyncConfig } from "../../model/sync.ts";
import type { Database } from "../database.ts";
import { fromJson } from "../json.ts";
import type { ConnectionHealth, ConnectionRow, KeptAllowance, KeptScopes, SyncRow, Workspace } from "../port.ts";
import { firstOf, rowsOf, type Script, tell } from "../script.ts";
import type { ConnectionsTable, SyncsTable, Tables } from "../tables.ts";

/** Scripts about what people configure. Putting replaces everything but the time of creation. */
export interface ConfigurationScripts {
  readonly workspaces: () => Script<readonly Workspace[]>;
  readonly putWorkspace: (workspace: Omit<Workspace, "isPaused">) => Script<void>;
  readonly setWorkspacePaused: (workspaceId: string, isPaused: boolean) => Script<void>;
  readonly connections: (workspaceId: string) => Script<readonly ConnectionRow[]>;
  readonly connection: (workspaceId: string, connectionId: string) => Script<ConnectionRow | undefined>;
  readonly connectionsOf: (connectorId: string) => Script<readonly ConnectionRow[]>;
  readonly putConnection: (connection: ConnectionRow) => Script<void>;
  readonly dropConnection: (workspaceId: string, connectionId: string) => Script<void>;
  readonly setConnectionPaused: (workspaceId: string, connectionId: string, isPaused: boolean) => Script<void>;
  readonly setConnectionHealth: (workspaceId: string, connectionId: string, health: ConnectionHealth) => Script<void>;
  readonly syncs: (workspaceId: string) => Script<readonly SyncRow[]>;
  readonly putSync: (sync: SyncRow) => Script<void>;
  readonly setSyncPaused: (workspaceId: string, syncId: string, isPaused: boolean) => Script<void>;
  readonly allowance: (workspaceId: string, connectionId: string) => Script<KeptAllowance | undefined>;
  readonly putAllowance: (workspaceId: string, connectionId: string, kept: KeptAllowance) => Script<void>;
  readonly knownScopes: (workspaceId: string, connectionId: string) => Script<KeptScopes | undefined>;
  readonly putKnownScopes: (workspaceId: string, connectionId: string, kept: KeptScopes) => Script<void>;
}

export function configurationScripts(database: Database): ConfigurationScripts {
  return {
    ...workspaceScripts(database),
    ...connectionScripts(database),
    ...syncScripts(database),
    ...allowanceScripts(database),
    ...scopeScripts(database),
  };
}

function workspaceScripts({
  kysely,
}: Database): Pick<ConfigurationScripts, "workspaces" | "putWorkspace" | "setWorkspacePaused"> {
  return {
    *workspaces() {
      const rows = yield* rowsOf(kysely.selectFrom("workspaces").selectAll().orderBy("workspace_id"));
      return rows.map(workspaceOf);
    },
    *putWorkspace({ id, name, createdAt }) {
      yield* tell(
        kysely
          .insertInto("workspaces")
          .values({ workspace_id: id, name, created_at: createdAt, is_paused: 0 })
          .onConflict((conflict) => conflict.column("workspace_id").doUpdateSet({ name })),
      );
    },
    *setWorkspacePaused(workspaceId, isPaused) {
      yield* tell(
        kysely
          .updateTable("workspaces")
          .set({ is_paused: Number(isPaused) })
          .where("workspace_id", "=", workspaceId),
      );
    },
  };
}

type ConnectionScripts = Pick<
  ConfigurationScripts,
  | "connections"
  | "connection"
  | "connectionsOf"
  | "putConnection"
  | "dropConnection"
  | "setConnectionPaused"
  | "setConnectionHealth"
>;

function connectionScripts({ kysely }: Database): ConnectionScripts {
  const all = () => kysely.selectFrom("connections").selectAll().orderBy("workspace_id").orderBy("id");
  return {
    *connections(workspaceId) {
      const rows = yield* rowsOf(all().where("workspace_id", "=", workspaceId));
      return rows.map(connectionOf);
    },
    *connection(workspaceId, connectionId) {
      const row = yield* firstOf(all().where("workspace_id", "=", workspaceId).where("id", "=", connectionId));
      return row && connectionOf(row);
    },
    *connectionsOf(connectorId) {
      const rows = yield* rowsOf(all().where("connector_id", "=", connectorId));
      return rows.map(connectionOf);
    },
    *putConnection(connection) {
      const { workspace_id, id, created_at, ...replaced } = connectionRow(connection);
      yield* tell(
        kysely
          .insertInto("connections")
          .values({ workspace_id, id, created_at, ...replaced })
          .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet(replaced)),
      );
    },
    *dropConnection(workspaceId, connectionId) {
      yield* tell(
        kysely.deleteFrom("connections").where("workspace_id", "=", workspaceId).where("id", "=", connectionId),
      );
      yield* tell(
        kysely
          .deleteFrom("allowances")
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId),
      );
      yield* tell(
        kysely
          .deleteFrom("known_scopes")
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId),
      );
    },
    *setConnectionPaused(workspaceId, connectionId, isPaused) {
      yield* tell(
        kysely
          .updateTable("connections")
          .set({ is_paused: Number(isPaused) })
          .where("workspace_id", "=", workspaceId)
          .where("id", "=", connectionId),
      );
    },
    *setConnectionHealth(workspaceId, connectionId, health) {
      yield* tell(
        kysely
          .updateTable("connections")
          .set({ health: JSON.stringify(health) })
          .where("workspace_id", "=", workspaceId)
          .where("id", "=", connectionId),
      );
    },
  };
}

function syncScripts({ kysely }: Database): Pick<ConfigurationScripts, "syncs" | "putSync" | "setSyncPaused"> {
  return {
    *syncs(workspaceId) {
      const rows = yield* rowsOf(
        kysely.selectFrom("syncs").selectAll().where("workspace_id", "=", workspaceId).orderBy("id"),
      );
      return rows.map(syncOf);
    },
    *putSync(sync) {
      const { workspace_id, id, created_at, ...replaced } = syncRow(sync);
      yield* tell(
        kysely
          .insertInto("syncs")
          .values({ workspace_id, id, created_at, ...replaced })
          .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet(replaced)),
      );
    },
    *setSyncPaused(workspaceId, syncId, isPaused) {
      yield* tell(
        kysely
          .updateTable("syncs")
          .set({ is_paused: Number(isPaused) })
          .where("workspace_id", "=", workspaceId)
          .where("id", "=", syncId),
      );
    },
  };
}

function scopeScripts({ kysely }: Database): Pick<ConfigurationScripts, "knownScopes" | "putKnownScopes"> {
  return {
    *knownScopes(workspaceId, connectionId) {
      const row = yield* firstOf(
        kysely
          .selectFrom("known_scopes")
          .select("content")
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId),
      );
      return row && fromJson<KeptScopes>("known_scopes", connectionId, row.content);
    },
    *putKnownScopes(workspaceId, connectionId, kept) {
      const content = JSON.stringify(kept);
      yield* tell(
        kysely
          .insertInto("known_scopes")
          .values({ workspace_id: workspaceId, connection_id: connectionId, content })
          .onConflict((conflict) => conflict.columns(["workspace_id", "connection_id"]).doUpdateSet({ content })),
      );
    },
  };
}

function allowanceScripts({ kysely }: Database): Pick<ConfigurationScripts, "allowance" | "putAllowance"> {
  return {
    *allowance(workspaceId, connectionId) {
      const row = yield* firstOf(
        kysely
          .selectFrom("allowances")
          .select("kept")
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId),
      );
      return row && fromJson<KeptAllowance>("allowances", connectionId, row.kept);
    },
    *putAllowance(workspaceId, connectionId, allowance) {
      const kept = JSON.stringify(allowance);
      yield* tell(
        kysely
          .insertInto("allowances")
          .values({ workspace_id: workspaceId, connection_id: connectionId, kept })
          .onConflict((conflict) => conflict.columns(["workspace_id", "connection_id"]).doUpdateSet({ kept })),
      );
    },
  };
}

function workspaceOf(row: Tables["workspaces"]): Workspace {
  return { id: row.workspace_id, name: row.name, isPaused: row.is_paused === 1, createdAt: row.created_at };
}

function connectionRow(connection: ConnectionRow): ConnectionsTable {
  return {
    workspace_id: connection.workspaceId,
    id: connection.id,
    connector_id: connection.connectorId,
    name: connection.name,
    settings: JSON.stringify(connection.settings ?? null),
    base_urls: JSON.stringify(connection.baseUrls),
    is_paused: Number(connection.isPaused),
    health: JSON.stringify(connection.health),
    created_at: connection.createdAt,
    is_from_file: Number(connection.isFromFile),
  };
}

function connectionOf(row: ConnectionsTable): ConnectionRow {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    connectorId: row.connector_id,
    name: row.name,
    settings: fromJson<unknown>("connections", row.id, row.settings),
    baseUrls: fromJson("connections", row.id, row.base_urls),
    isPaused: row.is_paused === 1,
    health: fromJson("connections", row.id, row.health),
    createdAt: row.created_at,
    isFromFile: row.is_from_file === 1,
  };
}

function syncRow(sync: SyncRow): SyncsTable {
  return {
    workspace_id: sync.workspaceId,
    id: sync.config.id,
    config: JSON.stringify(sync.config),
    version: sync.version,
    is_paused: Number(sync.isPaused),
    created_at: sync.createdAt,
  };
}

function syncOf(row: SyncsTable): SyncRow {
  return {
    workspaceId: row.workspace_id,
    config: syncConfigOf(row),
    version: row.version,
    isPaused: row.is_paused === 1,
    createdAt: row.created_at,
  };
}

/** Parsed, as settings that came with a later version have defaults. */
function syncConfigOf(row: SyncsTable): SyncConfig {
  const parsed = SyncConfig.safeParse(fromJson("syncs", row.id, row.config));
  if (parsed.success) return parsed.data;
  throw new Failure("bug", `Reading row ${row.id} of table syncs: its configuration is not valid. Apply it again.`, {
    cause: parsed.error,
  });
}
