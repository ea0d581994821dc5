import type { Database } from "../../database.ts";
import { fromJson } from "../../json.ts";
import type { AgencyRow } from "../../port.ts";
import { rowsOf, type Script, tell } from "../../script.ts";
import type { AgenciesTable } from "../../tables.ts";

/** Scripts about agencies that have agreed; their tokens are among the secrets. */
export interface AgencyScripts {
  readonly all: (workspaceId: string) => Script<readonly AgencyRow[]>;
  readonly put: (agency: AgencyRow) => Script<void>;
  readonly drop: (workspaceId: string, connectorId: string, agencyId: string) => Script<void>;
}

export function agencyScripts({ kysely }: Database): AgencyScripts {
  return {
    *all(workspaceId) {
      const rows = yield* rowsOf(
        kysely
          .selectFrom("agencies")
          .selectAll()
          .where("workspace_id", "=", workspaceId)
          .orderBy("connector_id")
          .orderBy("agency_id"),
      );
      return rows.map(agencyOf);
    },
    *put(agency) {
      const { workspace_id, connector_id, agency_id, ...replaced } = agencyRow(agency);
      yield* tell(
        kysely
          .insertInto("agencies")
          .values({ workspace_id, connector_id, agency_id, ...replaced })
          .onConflict((conflict) =>
            conflict.columns(["workspace_id", "connector_id", "agency_id"]).doUpdateSet(replaced),
          ),
      );
    },
    *drop(workspaceId, connectorId, agencyId) {
      yield* tell(
        kysely
          .deleteFrom("agencies")
          .where("workspace_id", "=", workspaceId)
          .where("connector_id", "=", connectorId)
          .where("agency_id", "=", agencyId),
      );
    },
  };
}

function agencyRow(agency: AgencyRow): AgenciesTable {
  return {
    workspace_id: agency.workspaceId,
    connector_id: agency.connectorId,
    agency_id: agency.agencyId,
    settings: JSON.stringify(agency.settings),
    base_urls: JSON.stringify(agency.baseUrls),
    granted_at: agency.grantedAt,
  };
}

function agencyOf(row: AgenciesTable): AgencyRow {
  return {
    workspaceId: row.workspace_id,
    connectorId: row.connector_id,
    agencyId: row.agency_id,
    settings: fromJson("agencies", row.agency_id, row.settings),
    baseUrls: fromJson("agencies", row.agency_id, row.base_urls),
    grantedAt: row.granted_at,
  };
}
