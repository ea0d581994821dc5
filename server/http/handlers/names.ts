import { type Connector, connectorFor } from "../../../kit/connector.ts";
import { type SideNames, sideNames } from "../../../model/sideNames.ts";
import type { ConnectionRow } from "../../../store/port.ts";

/** What the sides of a sync between these connections are called; see `sideNames`. Pure. */
export function sidesCalled(
  sync: SideNames,
  connections: readonly ConnectionRow[],
  connectors: ReadonlyMap<string, Connector>,
): SideNames {
  const named = connections.map((row) => ({
    id: row.id,
    name: row.name,
    partner: connectorFor(connectors, row)?.name ?? row.name,
  }));
  return sideNames(sync, named);
}
