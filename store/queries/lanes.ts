import type { Lane } from "../../engine/ports.ts";
import { Failure } from "../../model/errors.ts";
import type { Database } from "../database.ts";
import type { Transaction } from "../groupCommit.ts";
import { firstOf, type Script, template } from "../script.ts";

/** Scripts about who may write for a workspace. */
export interface LaneScripts {
  readonly take: (transaction: Transaction, workspaceId: string, holder: string, at: number) => Script<Lane>;
  /**
   * Fails unless the lane is still held under this epoch; nobody can take it before the transaction has ended. So the
   * first member of a transaction asks for all.
   */
  readonly guard: (transaction: Transaction, lane: Lane) => Script<void>;
}

export function laneScripts({ kysely, dialect }: Database): LaneScripts {
  const take = template<{ workspaceId: string; holder: string; at: number }, { epoch: number }>((slot) =>
    kysely
      .insertInto("lanes")
      .values({ workspace_id: slot("workspaceId"), epoch: 1, holder: slot("holder"), taken_at: slot("at") })
      .onConflict((conflict) =>
        conflict.column("workspace_id").doUpdateSet((eb) => ({
          epoch: eb("lanes.epoch", "+", 1),
          holder: eb.ref("excluded.holder"),
          taken_at: eb.ref("excluded.taken_at"),
        })),
      )
      .returning("epoch"),
  );
  const epochOf = template<{ workspaceId: string }, { epoch: number }>((slot) => {
    const query = kysely.selectFrom("lanes").select("epoch").where("workspace_id", "=", slot("workspaceId"));
    return dialect.hasRowLocks ? query.forShare() : query;
  });
  return {
    *take({ epochs }, workspaceId, holder, at) {
      const row = yield* firstOf(take({ workspaceId, holder, at }));
      if (row === undefined)
        throw new Failure("bug", `Taking the lane of workspace ${workspaceId}: no epoch came back.`);
      epochs.set(workspaceId, row.epoch);
      return { workspaceId, epoch: row.epoch };
    },
    *guard({ epochs }, { workspaceId, epoch }) {
      const held = epochs.get(workspaceId) ?? (yield* firstOf(epochOf({ workspaceId })))?.epoch;
      if (held !== undefined) epochs.set(workspaceId, held);
      if (held === epoch) return;
      throw new Failure(
        "conflict",
        `Writing for workspace ${workspaceId}: another process took over. This one must stop working on it.`,
        { isLaneTaken: true },
      );
    },
  };
}
