import type { FieldWatch } from "../../../engine/ports.ts";
import type { Database } from "../../database.ts";
import { fromJson } from "../../json.ts";
import { firstOf, type Script, tell, template } from "../../script.ts";
import type { FieldWatchesTable } from "../../tables.ts";

/** Scripts about what the custom fields of a sync were when they were last in step. */
export interface FieldWatchScripts {
  readonly put: (workspaceId: string, watch: FieldWatch) => Script<void>;
  readonly get: (workspaceId: string, syncId: string) => Script<FieldWatch | undefined>;
}

export function fieldWatchScripts({ kysely }: Database): FieldWatchScripts {
  const put = template<FieldWatchesTable>((slot) =>
    kysely
      .insertInto("field_watches")
      .values({ workspace_id: slot("workspace_id"), sync_id: slot("sync_id"), content: slot("content") })
      .onConflict((conflict) =>
        conflict.columns(["workspace_id", "sync_id"]).doUpdateSet((eb) => ({ content: eb.ref("excluded.content") })),
      ),
  );
  const get = template<{ workspaceId: string; syncId: string }, FieldWatchesTable>((slot) =>
    kysely
      .selectFrom("field_watches")
      .selectAll()
      .where("workspace_id", "=", slot("workspaceId"))
      .where("sync_id", "=", slot("syncId")),
  );
  return {
    *put(workspaceId, { syncId, ...content }) {
      yield* tell(put({ workspace_id: workspaceId, sync_id: syncId, content: JSON.stringify(content) }));
    },
    *get(workspaceId, syncId) {
      const row = yield* firstOf(get({ workspaceId, syncId }));
      if (row === undefined) return undefined;
      return { syncId, ...fromJson<Omit<FieldWatch, "syncId">>("field_watches", syncId, row.content) };
    },
  };
}
