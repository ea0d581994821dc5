import type { Checkpoint } from "../../engine/ports.ts";
import type { Database } from "../database.ts";
import { optional } from "../json.ts";
import { firstOf, type Script, tell, template } from "../script.ts";
import type { CheckpointsTable } from "../tables.ts";

/** Scripts about where listings stand. */
export interface CheckpointScripts {
  readonly put: (workspaceId: string, checkpoint: Checkpoint) => Script<void>;
  readonly get: (
    workspaceId: string,
    syncId: string,
    side: Checkpoint["side"],
    kind: Checkpoint["kind"],
  ) => Script<Checkpoint | undefined>;
}

export function checkpointScripts({ kysely }: Database): CheckpointScripts {
  const get = template<{ workspaceId: string; syncId: string; side: string; kind: string }, CheckpointsTable>((slot) =>
    kysely
      .selectFrom("checkpoints")
      .selectAll()
      .where("workspace_id", "=", slot("workspaceId"))
      .where("sync_id", "=", slot("syncId"))
      .where("side", "=", slot("side"))
      .where("kind", "=", slot("kind")),
  );
  const put = template<CheckpointsTable>((slot) =>
    kysely
      .insertInto("checkpoints")
      .values({
        workspace_id: slot("workspace_id"),
        sync_id: slot("sync_id"),
        side: slot("side"),
        kind: slot("kind"),
        cursor: slot("cursor"),
        high_water: slot("high_water"),
        started_at: slot("started_at"),
        finished_at: slot("finished_at"),
        seen: slot("seen"),
        total: slot("total"),
        mode: slot("mode"),
      })
      .onConflict((conflict) =>
        conflict.columns(["workspace_id", "sync_id", "side", "kind"]).doUpdateSet((eb) => ({
          cursor: eb.ref("excluded.cursor"),
          high_water: eb.ref("excluded.high_water"),
          started_at: eb.ref("excluded.started_at"),
          finished_at: eb.ref("excluded.finished_at"),
          seen: eb.ref("excluded.seen"),
          total: eb.ref("excluded.total"),
          mode: eb.ref("excluded.mode"),
        })),
      ),
  );
  return {
    *put(workspaceId, checkpoint) {
      yield* tell(put(checkpointRow(workspaceId, checkpoint)));
    },
    *get(workspaceId, syncId, side, kind) {
      const row = yield* firstOf(get({ workspaceId, syncId, side, kind }));
      return row && checkpointOf(row);
    },
  };
}

function checkpointRow(workspaceId: string, checkpoint: Checkpoint): CheckpointsTable {
  return {
    workspace_id: workspaceId,
    sync_id: checkpoint.syncId,
    side: checkpoint.side,
    kind: checkpoint.kind,
    cursor: checkpoint.cursor ?? null,
    high_water: checkpoint.highWater ?? null,
    started_at: checkpoint.startedAt ?? null,
    finished_at: checkpoint.finishedAt ?? null,
    seen: checkpoint.seen,
    total: checkpoint.total ?? null,
    mode: checkpoint.mode ?? null,
  };
}

function checkpointOf(row: CheckpointsTable): Checkpoint {
  return {
    syncId: row.sync_id,
    // Written from values of these very types.
    side: row.side as Checkpoint["side"],
    kind: row.kind as Checkpoint["kind"],
    seen: row.seen,
    ...optional("cursor", row.cursor),
    ...optional("highWater", row.high_water),
    ...optional("startedAt", row.started_at),
    ...optional("finishedAt", row.finished_at),
    ...optional("total", row.total),
    // Written from a value of this very type.
    ...optional("mode", row.mode as Checkpoint["mode"] | null),
  };
}
