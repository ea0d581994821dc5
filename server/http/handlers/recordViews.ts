import type { Link, Sync } from "../../../engine/ports.ts";
import type { Connector } from "../../../kit/connector.ts";
import type { RecordView } from "../../../model/api/views.ts";
import { SIDES, type Side } from "../../../model/record.ts";
import type { ConnectionRow } from "../../../store/port.ts";

/** What a record is told with: its sync, and the connections and connectors that there are. */
export interface RecordSurroundings {
  readonly sync: Sync | undefined;
  readonly connections: readonly ConnectionRow[];
  readonly connectors: ReadonlyMap<string, Connector>;
}

/** The records of a link, left before right. */
export function recordViews(link: Link, surroundings: RecordSurroundings): RecordView[] {
  return SIDES.flatMap((side) => {
    const state = link[side];
    if (state === undefined) return [];
    const { externalId, version } = state;
    const changedAt = Number(version ?? Number.NaN);
    const url = pageOf(surroundings, side, externalId);
    return [
      {
        side,
        externalId,
        knownSince: link.createdAt,
        ...(Number.isFinite(changedAt) ? { changedAt } : {}),
        ...(url === undefined ? {} : { url }),
      },
    ];
  });
}

/** A connection with an address of its own leads to a stand-in, whose records have no page at the product. */
function pageOf(surroundings: RecordSurroundings, side: Side, externalId: string): string | undefined {
  const { sync, connections, connectors } = surroundings;
  const row = connections.find(({ id }) => id === sync?.[side]);
  const connector = row && connectors.get(row.connectorId);
  if (sync === undefined || row === undefined || connector?.pageOf === undefined) return undefined;
  if (Object.keys(row.baseUrls).length > 0) return undefined;
  const settings = connector.settings.safeParse(row.settings);
  return settings.success ? connector.pageOf(settings.data, sync.resource, externalId) : undefined;
}
