import type { Sync } from "../engine/ports.ts";
import type { Connector } from "../kit/connector.ts";
import { HOW_TO_TURN_WRITING_ON, mayWrite } from "../kit/index.ts";
import { SIDES } from "../model/record.ts";
import type { ConnectionRow } from "../store/port.ts";

/** Which sides of a sync can not be written to as they are set, in plain words with what to do. Pure. */
export function readOnlyWords(
  sync: Sync,
  connections: ReadonlyMap<string, ConnectionRow>,
  connectors: ReadonlyMap<string, Connector>,
): string[] {
  return SIDES.flatMap((side) => {
    const row = connections.get(sync[side]);
    const connector = row && connectors.get(row.connectorId);
    if (row === undefined || connector === undefined || mayWrite(connector, row.settings)) return [];
    // What the hub keeps itself is written to nobody.
    if (connector.resources[sync.resource]?.keptBy === "hub") return [];
    const waits = `connection ${row.id} only reads, so what is to be written to ${row.name} waits`;
    return [`sync ${sync.id}: ${waits}. ${HOW_TO_TURN_WRITING_ON}`];
  });
}
