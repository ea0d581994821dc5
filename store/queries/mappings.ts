import type { KeptMapping } from "../../engine/ports.ts";
import type { Database } from "../database.ts";
import { fromJson } from "../json.ts";
import { change, rowsOfLists, type Script, tell, template } from "../script.ts";
import type { MappingsTable } from "../tables.ts";

/** Scripts about the mappings that journal entries were decided under. */
export interface MappingScripts {
  /** Keeps it, or notes that it is in use again. */
  readonly keep: (workspaceId: string, mapping: KeptMapping, at: number) => Script<void>;
  readonly named: (workspaceId: string, versions: readonly string[]) => Script<readonly KeptMapping[]>;
  /** Removes those that gave way to another of their sync before the time given. */
  readonly prune: (workspaceId: string, before: number) => Script<number>;
}

/**
 * An entry that was made while another mapping took over may be a moment younger than that, as long as a write takes.
 * Ms.
 */
const LATE_ENTRY_MS = 3_600_000;

export function mappingScripts({ kysely }: Database): MappingScripts {
  const keep = template<MappingsTable>((slot) =>
    kysely
      .insertInto("mappings")
      .values({
        workspace_id: slot("workspace_id"),
        sync_id: slot("sync_id"),
        version: slot("version"),
        content: slot("content"),
        used_at: slot("used_at"),
      })
      .onConflict((conflict) =>
        conflict.columns(["workspace_id", "sync_id", "version"]).doUpdateSet({ used_at: slot("used_at") }),
      ),
  );
  return {
    *keep(workspaceId, { syncId, version, ...content }, at) {
      yield* tell(
        keep({ workspace_id: workspaceId, sync_id: syncId, version, content: JSON.stringify(content), used_at: at }),
      );
    },
    *named(workspaceId, versions) {
      const rows = yield* rowsOfLists([...new Set(versions)], (some) =>
        kysely.selectFrom("mappings").selectAll().where("workspace_id", "=", workspaceId).where("version", "in", some),
      );
      return rows.map(mappingOf);
    },
    *prune(workspaceId, before) {
      return yield* change(
        kysely
          .deleteFrom("mappings")
          .where("workspace_id", "=", workspaceId)
          .where((eb) =>
            eb.exists(
              eb
                .selectFrom("mappings as later")
                .select("later.version")
                .whereRef("later.workspace_id", "=", "mappings.workspace_id")
                .whereRef("later.sync_id", "=", "mappings.sync_id")
                .whereRef("later.used_at", ">", "mappings.used_at")
                .where("later.used_at", "<", before - LATE_ENTRY_MS),
            ),
          ),
      );
    },
  };
}

function mappingOf({ sync_id, version, content }: MappingsTable): KeptMapping {
  return {
    syncId: sync_id,
    version,
    ...fromJson<Omit<KeptMapping, "syncId" | "version">>("mappings", version, content),
  };
}
