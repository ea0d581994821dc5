import { type Connector, connectorFor, type WebhookAdapter, type WebhookNotice } from "../../kit/connector.ts";
import { type Resource, SIDES, type Side } from "../../model/record.ts";
import type { ConnectionRow, HubStore, SyncRow } from "../../store/port.ts";

/** A connection that webhooks can be for, with all that taking one needs, so that no request reads the store for it. */
export interface Destination {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly adapter: WebhookAdapter;
  /** Checked by the connector. */
  readonly settings: unknown;
  /** The syncs that the connection takes part in: the resource, and how the keys of its records begin. */
  readonly keyStarts: readonly KeyStart[];
}

/** How the keys of one sync begin on the connection's side. */
export interface KeyStart {
  readonly resource: Resource;
  readonly syncId: string;
  readonly side: Side;
  /** How long after a write the connection's lists may still show the old value, ms. */
  readonly lagMs: number;
  /** Of a record's key; its id follows. */
  readonly start: string;
  /** Of the key of a contact's children, where the resource is one; the contact's id follows. */
  readonly ofChildren?: string;
  /** How long the edits seen there settle, ms. */
  readonly settleMs: number;
}

/** Which connections a webhook can be for. Held in memory until `forget`. */
export interface Directory {
  /** `undefined` when the connector does not exist or takes no webhooks. */
  readonly of: (connectorId: string) => Promise<readonly Destination[] | undefined>;
  /** Those of `of` that the notice is for. */
  readonly forNotice: (connectorId: string, notice: WebhookNotice) => Promise<readonly Destination[]>;
  /** Reads the store again at the next request; called when a workspace was applied. */
  readonly forget: () => void;
}

/** Most accounts remembered per connector, so that no stream of invented accounts fills the memory. */
const ACCOUNTS_MAX = 10_000;

interface Entry {
  readonly destinations: readonly Destination[];
  /** Only accounts that some connection is for. */
  readonly byAccount: Map<string, readonly Destination[]>;
}

/** A directory over the stored connections and syncs. */
export function createDirectory(
  store: Pick<HubStore, "connectionsOf" | "syncs">,
  connectors: ReadonlyMap<string, Connector>,
): Directory {
  const entries = new Map<string, Promise<Entry>>();

  function entryOf(connectorId: string): Promise<Entry> | undefined {
    const connector = connectors.get(connectorId);
    if (connector?.webhooks === undefined && connector?.describedBy === undefined) return undefined;
    const known = entries.get(connectorId);
    if (known !== undefined) return known;
    const loading = load(connectorId);
    entries.set(connectorId, loading);
    // A load that failed is not remembered; whoever waits for it hears of the failure.
    loading.catch(() => entries.delete(connectorId));
    return loading;
  }

  async function load(connectorId: string): Promise<Entry> {
    const rows = await store.connectionsOf(connectorId);
    const syncs = new Map<string, readonly SyncRow[]>();
    for (const { workspaceId } of rows) syncs.set(workspaceId, await store.syncs(workspaceId));
    const destinations = rows.flatMap((row) => {
      const connector = connectorFor(connectors, row);
      const settings = connector?.settings.safeParse(row.settings);
      const adapter = connector?.webhooks;
      if (!settings?.success || adapter === undefined) return [];
      const lagOf = (resource: Resource) => lagMs(connector, resource, settings.data);
      const keyStarts = keyStartsOf(row, syncs.get(row.workspaceId) ?? [], lagOf);
      return [{ workspaceId: row.workspaceId, connectionId: row.id, adapter, settings: settings.data, keyStarts }];
    });
    return { destinations, byAccount: new Map() };
  }

  return {
    of: async (connectorId) => (await entryOf(connectorId))?.destinations,
    forNotice: async (connectorId, notice) => {
      const entry = await entryOf(connectorId);
      return entry === undefined ? [] : destinationsFor(entry, notice);
    },
    forget: () => entries.clear(),
  };
}

function destinationsFor(entry: Entry, notice: WebhookNotice): readonly Destination[] {
  // Whose a notice without an account is, only a connection's own address tells.
  if (notice.account === "") return [];
  const known = entry.byAccount.get(notice.account);
  if (known !== undefined) return known;
  const found = entry.destinations.filter(({ adapter, settings }) => adapter.isFor(notice, settings));
  if (found.length > 0 && entry.byAccount.size < ACCOUNTS_MAX) entry.byAccount.set(notice.account, found);
  return found;
}

function lagMs(connector: Connector | undefined, resource: Resource, settings: unknown): number {
  const listing = connector?.resources[resource]?.listing;
  if (listing === undefined) return 0;
  return (typeof listing === "function" ? listing(settings) : listing).lagMs;
}

function keyStartsOf(
  row: ConnectionRow,
  syncs: readonly SyncRow[],
  lagOf: (resource: Resource) => number,
): Destination["keyStarts"] {
  return syncs.flatMap(({ config }) =>
    SIDES.filter((side) => config[side] === row.id).map((side) => ({
      resource: config.resource,
      syncId: config.id,
      side,
      lagMs: lagOf(config.resource),
      settleMs: config.settleMs?.[side] ?? 0,
      start: `record:${config.id}:${side}:`,
      ...(config.parent === undefined ? {} : { ofChildren: `children:${config.id}:${side}:` }),
    })),
  );
}
