import type { Intent } from "../../engine/ports.ts";
import type { Side } from "../../model/record.ts";
import type { Database } from "../database.ts";
import { fromJson, optional } from "../json.ts";
import { firstOf, rowsOf, type Script, tell, template } from "../script.ts";
import type { IntentsTable } from "../tables.ts";

/** Scripts about creates whose outcome is not recorded yet. */
export interface IntentScripts {
  /** @returns `undefined` when written, or the intent that already holds one of the claims. */
  readonly open: (workspaceId: string, intent: Intent) => Script<Intent | undefined>;
  readonly close: (workspaceId: string, intentId: string) => Script<void>;
  readonly setState: (
    workspaceId: string,
    change: { readonly intentId: string; readonly state: Intent["state"]; readonly horizonAt: number },
  ) => Script<void>;
  /** Closes every intent of a link. */
  readonly closeOfLink: (workspaceId: string, linkId: string) => Script<void>;
  /** Open creates of a sync toward a side. */
  readonly toward: (workspaceId: string, syncId: string, side: Side) => Script<readonly Intent[]>;
  readonly ofLink: (workspaceId: string, linkId: string) => Script<readonly Intent[]>;
}

export function intentScripts({ kysely }: Database): IntentScripts {
  const ofLink = template<{ workspaceId: string; linkId: string }, IntentsTable>((slot) =>
    kysely
      .selectFrom("intents")
      .selectAll()
      .where("workspace_id", "=", slot("workspaceId"))
      .where("link_id", "=", slot("linkId"))
      .orderBy("id"),
  );
  const toward = template<{ workspaceId: string; syncId: string; side: string }, IntentsTable>((slot) =>
    kysely
      .selectFrom("intents")
      .selectAll()
      .where("workspace_id", "=", slot("workspaceId"))
      .where("sync_id", "=", slot("syncId"))
      .where("side", "=", slot("side"))
      .orderBy("id"),
  );
  const close = template<{ workspaceId: string; id: string }>((slot) =>
    kysely.deleteFrom("intents").where("workspace_id", "=", slot("workspaceId")).where("id", "=", slot("id")),
  );
  const release = template<{ workspaceId: string; id: string }>((slot) =>
    kysely
      .deleteFrom("intent_claims")
      .where("workspace_id", "=", slot("workspaceId"))
      .where("intent_id", "=", slot("id")),
  );
  return {
    *open(workspaceId, intent) {
      const holder = yield* claimHolder(workspaceId, intent);
      if (holder !== undefined) return intentOf(holder);
      yield* tell(kysely.insertInto("intents").values(intentRow(workspaceId, intent)));
      const claims = claimRows(workspaceId, intent);
      if (claims.length > 0) yield* tell(kysely.insertInto("intent_claims").values(claims));
      return undefined;
    },
    close: closeOne,
    *closeOfLink(workspaceId, linkId) {
      const rows = yield* rowsOf(ofLink({ workspaceId, linkId }));
      for (const { id } of rows) yield* closeOne(workspaceId, id);
    },
    *setState(workspaceId, { intentId, state, horizonAt }) {
      const change = { state, horizon_at: horizonAt };
      yield* tell(
        kysely.updateTable("intents").set(change).where("workspace_id", "=", workspaceId).where("id", "=", intentId),
      );
    },
    *toward(workspaceId, syncId, side) {
      const rows = yield* rowsOf(toward({ workspaceId, syncId, side }));
      return rows.map(intentOf);
    },
    *ofLink(workspaceId, linkId) {
      const rows = yield* rowsOf(ofLink({ workspaceId, linkId }));
      return rows.map(intentOf);
    },
  };

  function* closeOne(workspaceId: string, id: string): Script<void> {
    yield* tell(release({ workspaceId, id }));
    yield* tell(close({ workspaceId, id }));
  }

  function* claimHolder(workspaceId: string, intent: Intent): Script<IntentsTable | undefined> {
    if (intent.claims.length === 0) return undefined;
    return yield* firstOf(
      kysely
        .selectFrom("intent_claims")
        .innerJoin("intents", (join) =>
          join
            .onRef("intents.workspace_id", "=", "intent_claims.workspace_id")
            .onRef("intents.id", "=", "intent_claims.intent_id"),
        )
        .selectAll("intents")
        .where("intent_claims.workspace_id", "=", workspaceId)
        .where("intent_claims.sync_id", "=", intent.syncId)
        .where("intent_claims.side", "=", intent.side)
        .where("intent_claims.claim", "in", intent.claims)
        .orderBy("intents.id")
        .limit(1),
    );
  }
}

function intentRow(workspaceId: string, intent: Intent): IntentsTable {
  return {
    workspace_id: workspaceId,
    id: intent.id,
    link_id: intent.linkId,
    sync_id: intent.syncId,
    side: intent.side,
    claims: JSON.stringify(intent.claims),
    find_by: JSON.stringify(intent.findBy),
    sent: JSON.stringify(intent.sent),
    started_at: intent.startedAt,
    horizon_at: intent.horizonAt,
    state: intent.state,
    parent_id: intent.parentId ?? null,
  };
}

function claimRows(workspaceId: string, intent: Intent) {
  return [...new Set(intent.claims)].map((claim) => ({
    workspace_id: workspaceId,
    sync_id: intent.syncId,
    side: intent.side,
    claim,
    intent_id: intent.id,
  }));
}

function intentOf(row: IntentsTable): Intent {
  return {
    id: row.id,
    linkId: row.link_id,
    syncId: row.sync_id,
    // Written from values of these very types.
    side: row.side as Intent["side"],
    state: row.state as Intent["state"],
    claims: fromJson("intents", row.id, row.claims),
    findBy: fromJson("intents", row.id, row.find_by),
    sent: fromJson("intents", row.id, row.sent),
    startedAt: row.started_at,
    horizonAt: row.horizon_at,
    ...optional("parentId", row.parent_id),
  };
}
