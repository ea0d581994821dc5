import type { Connector } from "../../kit/connector.ts";
import type { ConnectionRow, HubStore } from "../../store/port.ts";
import { agencyNameOf, appNameOf, type ConnectionRegistry, type Credentials, ofMissing } from "../connections/index.ts";
import type { ToldInstallation } from "../webhooks/index.ts";

/** What following installations stands on. */
export interface InstallationParts {
  readonly store: Pick<HubStore, "connections">;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly credentials: Credentials;
  readonly registry: Pick<ConnectionRegistry, "open" | "check">;
  readonly onConnected: (workspaceId: string, connectionId: string) => Promise<void>;
}

/**
 * Looks at the connections of an account at which the app was installed or removed, or at all that are of no single
 * account. What was told is a rumour: the partner itself is asked, and what it answers becomes the connection's health. A
 * connection that nobody has signed in yet is signed in from the pair of its agency, where that is here.
 */
export async function followInstallation(parts: InstallationParts, told: ToldInstallation): Promise<void> {
  const connector = parts.connectors.get(told.connectorId);
  if (connector === undefined) return;
  const workspaceIds = new Set(told.provedBy.map(({ workspaceId }) => workspaceId));
  for (const workspaceId of workspaceIds) {
    for (const row of await parts.store.connections(workspaceId)) {
      if (isConcerned(connector, row, told)) await look(parts, connector, row, told);
    }
  }
}

function isConcerned(
  connector: Connector,
  row: ConnectionRow,
  { connectorId, installation }: ToldInstallation,
): boolean {
  if (row.connectorId !== connectorId) return false;
  return installation.locationId === undefined || accountOf(connector, row) === installation.locationId;
}

async function look(
  parts: InstallationParts,
  connector: Connector,
  row: ConnectionRow,
  { installation: { kind, companyId } }: ToldInstallation,
): Promise<void> {
  const isNew = kind === "installed" && companyId !== undefined && (await signIn(parts, connector, row, companyId));
  const outcome = await parts.registry.check(row.workspaceId, row.id);
  if (isNew || outcome === "working") await parts.onConnected(row.workspaceId, row.id);
}

/** @returns whether the connection waited for this, and was signed in */
async function signIn(
  { credentials, registry }: InstallationParts,
  connector: Connector,
  row: ConnectionRow,
  agencyId: string,
): Promise<boolean> {
  const { workspaceId, id } = row;
  const own = await credentials.read(workspaceId, id).catch(ofMissing);
  const app = own ?? (await credentials.read(workspaceId, appNameOf(connector.id)).catch(ofMissing));
  const pair = await credentials.read(workspaceId, agencyNameOf(connector.id, agencyId)).catch(ofMissing);
  if (app?.kind !== "consent" || pair?.kind !== "oauth" || pair.clientId !== app.clientId) return false;
  const { clientId, clientSecret } = app;
  const account = accountOf(connector, row);
  const token = { kind: "minted", agencyId, account, accessToken: "", expiresAt: 0, clientId, clientSecret } as const;
  await credentials.grant(workspaceId, id, token);
  await registry.open(row);
  return true;
}

function accountOf(connector: Connector, row: ConnectionRow): string {
  return connector.account(connector.settings.parse(row.settings));
}
