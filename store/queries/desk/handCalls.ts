import type { Database } from "../../database.ts";
import { fromJson } from "../../json.ts";
import type { HandCall, HandCallQuery } from "../../port.ts";
import { change, rowsOf, type Script, tell } from "../../script.ts";
import type { HandCallsTable } from "../../tables.ts";

/** Scripts about operations that somebody ran. */
export interface HandCallScripts {
  readonly put: (workspaceId: string, call: HandCall) => Script<void>;
  readonly page: (workspaceId: string, query: HandCallQuery) => Script<readonly HandCall[]>;
  /** The oldest first, at most `limit`. Ids sort by the time they were made. */
  readonly prune: (workspaceId: string, before: number, limit: number) => Script<number>;
}

export function handCallScripts({ kysely }: Database): HandCallScripts {
  return {
    *put(workspaceId, call) {
      const row = handCallRow(workspaceId, call);
      yield* tell(
        kysely
          .insertInto("hand_calls")
          .values(row)
          .onConflict((conflict) => conflict.columns(["workspace_id", "id"]).doUpdateSet({ detail: row.detail })),
      );
    },
    *page(workspaceId, { connectionId, operationId, before, limit }) {
      const rows = yield* rowsOf(
        kysely
          .selectFrom("hand_calls")
          .selectAll()
          .where("workspace_id", "=", workspaceId)
          .where("connection_id", "=", connectionId)
          .$if(operationId !== undefined, (query) => query.where("operation_id", "=", operationId ?? ""))
          .$if(before !== undefined, (query) => query.where("id", "<", before ?? ""))
          .orderBy("id", "desc")
          .limit(limit),
      );
      return rows.map(handCallOf);
    },
    *prune(workspaceId, before, limit) {
      const oldest = kysely
        .selectFrom("hand_calls")
        .select("id")
        .where("workspace_id", "=", workspaceId)
        .where("at", "<", before)
        .orderBy("id")
        .limit(limit);
      return yield* change(
        kysely.deleteFrom("hand_calls").where("workspace_id", "=", workspaceId).where("id", "in", oldest),
      );
    },
  };
}

function handCallRow(workspaceId: string, { id, connectionId, operationId, at, ...detail }: HandCall): HandCallsTable {
  return {
    workspace_id: workspaceId,
    id,
    connection_id: connectionId,
    operation_id: operationId,
    at,
    detail: JSON.stringify(detail),
  };
}

function handCallOf({ id, connection_id, operation_id, at, detail }: HandCallsTable): HandCall {
  return {
    id,
    connectionId: connection_id,
    operationId: operation_id,
    at,
    ...fromJson<Omit<HandCall, "id" | "connectionId" | "operationId" | "at">>("hand_calls", id, detail),
  };
}
