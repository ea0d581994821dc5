import type { Database } from "../../database.ts";
import { firstOf, type Script, tell } from "../../script.ts";

/** Scripts about links that have joined others: their old addresses lead on. */
export interface JoinedScripts {
  readonly note: (workspaceId: string, linkId: string, into: string) => Script<void>;
  readonly into: (workspaceId: string, linkId: string) => Script<string | undefined>;
  /** Forgets who has joined this link. */
  readonly forget: (workspaceId: string, into: string) => Script<void>;
}

export function joinedScripts({ kysely }: Database): JoinedScripts {
  return {
    *note(workspaceId, linkId, into) {
      const joined = kysely.updateTable("joined_links").set({ into_id: into }).where("workspace_id", "=", workspaceId);
      // Whoever had joined the one that ends here goes on to the same link.
      yield* tell(joined.where("into_id", "=", linkId));
      const row = { workspace_id: workspaceId, link_id: linkId, into_id: into };
      const insert = kysely.insertInto("joined_links").values(row);
      yield* tell(insert.onConflict((conflict) => conflict.columns(["workspace_id", "link_id"]).doUpdateSet(row)));
    },
    *into(workspaceId, linkId) {
      const named = kysely.selectFrom("joined_links").select("into_id").where("workspace_id", "=", workspaceId);
      const row = yield* firstOf(named.where("link_id", "=", linkId));
      return row?.into_id;
    },
    *forget(workspaceId, into) {
      yield* tell(
        kysely.deleteFrom("joined_links").where("workspace_id", "=", workspaceId).where("into_id", "=", into),
      );
    },
  };
}
