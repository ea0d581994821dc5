import type { Connector } from "../../kit/index.ts";
import type { ConnectionChange, ConnectionDone } from "../../model/api/connections.ts";
import { Failure } from "../../model/errors.ts";
import type { CredentialConfig } from "../../model/workspace.ts";
import type { ConnectionRow } from "../../store/port.ts";
import { assertRight, dropConnection, needsConsent, tried } from "./adding.ts";
import { connectorOf, type DeskParts, rowOf } from "./parts.ts";
import { changedSettings } from "./settings.ts";

/** Changes the name or the settings of a connection. @throws Failure `misconfigured` for settings that are wrong */
export async function changeConnection(
  parts: DeskParts,
  workspaceId: string,
  connectionId: string,
  change: ConnectionChange,
): Promise<ConnectionDone> {
  const row = await rowOf(parts, workspaceId, connectionId);
  const connector = connectorOf(parts, row.connectorId);
  const settings =
    change.settings === undefined ? row.settings : changedSettings(connector, row.settings, change.settings);
  const changed = {
    ...row,
    name: change.name ?? row.name,
    settings,
    baseUrls: hostsAfter(parts, connector, row, change),
  };
  if (JSON.stringify(changed) === JSON.stringify(row)) return { connectionId, notes: [] };
  const { id, name, baseUrls } = changed;
  assertRight(parts, { id, connector: connector.id, name, settings: Object(settings), baseUrls }, row);
  await parts.store.putConnection(changed);
  await parts.registry.open(changed);
  await parts.onConnected(workspaceId, connectionId);
  const reason = await parts.consents.reasonToConnect(workspaceId, connectionId);
  const again = reason === undefined ? [] : [`Saved; ${reason.what}. Connect it again for that.`];
  return { connectionId, notes: [...again, ...fileNote(row.isFromFile)] };
}

/**
 * The base addresses after a change of those that an account may have of its own. Others take credentials, which were
 * given for where they lead now, and in a sandbox all lead to the emulators.
 * @throws Failure `misconfigured` for an address that is not the connection's to choose
 */
function hostsAfter(
  { isSandbox }: Pick<DeskParts, "isSandbox">,
  { name, ownHosts = {} }: Connector,
  { baseUrls }: ConnectionRow,
  { baseUrls: given }: ConnectionChange,
): Record<string, string> {
  if (given === undefined || isSandbox) return { ...baseUrls };
  const foreign = Object.keys(given).filter((key) => !(key in ownHosts) && given[key] !== baseUrls[key]);
  if (foreign.length > 0) {
    const issues = foreign.map(
      (key) => `baseUrls.${key}: is set in a workspace file only, as ${name} gets credentials there`,
    );
    throw new Failure("misconfigured", "Nothing was stored. Correct what is named.", { issues });
  }
  const kept = Object.entries(baseUrls).filter(([key]) => !(key in ownHosts));
  return { ...Object.fromEntries(kept), ...given };
}

/** What stands in a file comes back from there. */
function fileNote(isFromFile: boolean): string[] {
  if (!isFromFile) return [];
  return [
    "A workspace file describes this connection. Change it there as well, or the next `kith apply` sets it back.",
  ];
}

/** Signs a connection in with a credential, kept only where it works. @throws Failure what is wrong with it */
export async function signInConnection(
  parts: DeskParts,
  workspaceId: string,
  connectionId: string,
  credential: CredentialConfig,
): Promise<ConnectionDone> {
  const row = await rowOf(parts, workspaceId, connectionId);
  const connector = connectorOf(parts, row.connectorId);
  const { name, baseUrls, settings } = row;
  assertRight(
    parts,
    { id: row.id, connector: connector.id, name, settings: Object(settings), baseUrls: { ...baseUrls }, credential },
    row,
  );
  const isWaiting = needsConsent(parts, row, credential);
  const kept = isWaiting ? credential : await tried(parts, row, credential);
  await parts.credentials.grant(workspaceId, connectionId, kept);
  await parts.registry.open(row);
  if (!isWaiting) await parts.registry.check(workspaceId, connectionId);
  await parts.onConnected(workspaceId, connectionId);
  return { connectionId, notes: [] };
}

/** Signs a connection out: its credential is forgotten, and it shows so. */
export async function forgetCredential(parts: DeskParts, workspaceId: string, connectionId: string): Promise<void> {
  const row = await rowOf(parts, workspaceId, connectionId);
  await parts.credentials.forget(workspaceId, connectionId);
  await parts.registry.open(row);
  // Finds no credential, which becomes its health.
  await parts.registry.check(workspaceId, connectionId);
  await parts.onConnected(workspaceId, connectionId);
}

/** Forgets a connection. @throws Failure `conflict` while a sync names it */
export async function removeConnection(parts: DeskParts, workspaceId: string, connectionId: string): Promise<void> {
  const row = await rowOf(parts, workspaceId, connectionId);
  const syncs = await parts.store.syncs(workspaceId);
  const naming = syncs.filter(({ config }) => config.left === connectionId || config.right === connectionId);
  if (naming.length > 0) {
    const names = naming.map(({ config }) => config.name).join(", ");
    throw new Failure("conflict", `${row.name} is kept in step by ${names}, so it stays. Sign it out instead.`);
  }
  await dropConnection(parts, workspaceId, connectionId);
  await parts.onConnected(workspaceId, connectionId);
}
