import type { Link, Sync } from "../../../engine/ports.ts";
import type { Connector } from "../../../kit/connector.ts";
import type { RecordView } from "../../../model/api/views.ts";
import { SIDES, type Side } from "../../../model/record.ts";
import type { BookStore, ConnectionRow } from "../../../store/port.ts";

/** What a record is told with: its sync, and the connections and connectors that there are. */
export interface RecordSurroundings {
  readonly sync: Sync | undefined;
  readonly connections: readonly ConnectionRow[];
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly books: Pick<BookStore, "record">;
}

/** The records of a link, left before right. */
export async function recordViews(link: Link, surroundings: RecordSurroundings): Promise<RecordView[]> {
  const views = SIDES.map(async (side): Promise<RecordView[]> => {
    const state = link[side];
    if (state === undefined) return [];
    const { externalId, version } = state;
    const changedAt = Number(version ?? Number.NaN);
    const { kept, pageUrl } = await keptOf(surroundings, side, externalId);
    const url = pageUrl ?? pageOf(surroundings, side, externalId);
    return [
      {
        side,
        externalId,
        knownSince: link.createdAt,
        ...(Number.isFinite(changedAt) ? { changedAt } : {}),
        ...(url === undefined ? {} : { url }),
        ...(kept === undefined ? {} : { kept }),
      },
    ];
  });
  return (await Promise.all(views)).flat();
}

/** What the hub keeps of a record, or for it; and where it stands beside the product's own, where that is known. */
async function keptOf(
  { sync, connections, connectors, books }: RecordSurroundings,
  side: Side,
  externalId: string,
): Promise<{ readonly kept?: RecordView["kept"]; readonly pageUrl?: string }> {
  const row = connections.find(({ id }) => id === sync?.[side]);
  const connector = row && connectors.get(row.connectorId);
  if (sync === undefined || row === undefined || connector === undefined) return {};
  const { resource, workspaceId } = sync;
  const isKept = connector.resources[resource]?.keptBy === "hub";
  const adapters = Object.values(connector.resources);
  const hasKeptChildren = adapters.some(({ keptBy, parent }) => keptBy === "hub" && parent === resource);
  if (!isKept && !hasKeptChildren) return {};
  const record = isKept ? await books.record({ workspaceId, connectionId: row.id }, resource, externalId) : undefined;
  const known = { connectionId: row.id, partner: connector.name, isKept, hasKeptChildren };
  return {
    kept: { ...known, ...(record && { origin: record.origin }) },
    ...(record?.pageUrl !== undefined && { pageUrl: record.pageUrl }),
  };
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
