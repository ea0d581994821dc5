import type { Connector } from "../../kit/connector.ts";
import { Failure } from "../../model/errors.ts";
import type { SyncConfig } from "../../model/sync.ts";
import type { ConnectionConfig, WorkspaceConfig } from "../../model/workspace.ts";

/** The connections that a sync may name: those of the document and those applied before, with their connectors. */
export type ConnectorOfId = ReadonlyMap<string, string>;

/**
 * Checks a workspace document against the connectors. Pure.
 * @param applied connector ids of the connections that are stored already, by connection id.
 * @throws Failure `misconfigured` with one issue per mistake, each naming the connection or sync and the key.
 */
export function validateWorkspace(
  config: WorkspaceConfig,
  connectors: ReadonlyMap<string, Connector>,
  applied: ConnectorOfId,
): void {
  const known = new Map([...applied, ...config.connections.map((one) => [one.id, one.connector] as const)]);
  const issues = [
    ...doubled(config.connections, "connection"),
    ...doubled(config.syncs, "sync"),
    ...config.connections.flatMap((connection) => connectionIssues(connection, connectors, applied)),
    ...config.syncs.flatMap((sync) => syncIssues(sync, connectors, known)),
  ];
  if (issues.length === 0) return;
  throw new Failure("misconfigured", `Workspace ${config.workspace.id} was not applied; nothing was changed.`, {
    issues,
  });
}

function doubled(items: readonly { readonly id: string }[], kind: string): string[] {
  const ids = items.map((item) => item.id);
  const twice = new Set(ids.filter((id, place) => ids.indexOf(id) !== place));
  return [...twice].map((id) => `${kind} ${id}: there are two of this id`);
}

function connectionIssues(
  config: ConnectionConfig,
  connectors: ReadonlyMap<string, Connector>,
  applied: ConnectorOfId,
): string[] {
  const named = (issue: string) => `connection ${config.id}: ${issue}`;
  const connector = connectors.get(config.connector);
  if (connector === undefined) {
    return [named(`connector: there is no ${config.connector}; there are ${[...connectors.keys()].join(", ")}`)];
  }
  const before = applied.get(config.id) ?? config.connector;
  const moved = before === config.connector ? [] : [`connector: it is a ${before} connection; use another id`];
  return [...moved, ...credentialIssues(config, connector), ...settingsIssues(config, connector)].map(named);
}

function credentialIssues(config: ConnectionConfig, connector: Connector): string[] {
  const kinds = connector.credentials.map((credential) => credential.kind);
  if (kinds.includes(config.credential.kind)) return [];
  return [`credential.kind: ${connector.name} takes ${kinds.join(" or ")}`];
}

function settingsIssues(config: ConnectionConfig, connector: Connector): string[] {
  const parsed = connector.settings.safeParse(config.settings);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${["settings", ...issue.path].join(".")}: ${issue.message}`);
  }
  const bases = Object.keys(connector.baseUrls(parsed.data));
  const unknown = Object.keys(config.baseUrls).filter((name) => !bases.includes(name));
  return unknown.map((name) => `baseUrls.${name}: ${connector.name} has ${bases.join(", ")}`);
}

function syncIssues(sync: SyncConfig, connectors: ReadonlyMap<string, Connector>, known: ConnectorOfId): string[] {
  const same = sync.left === sync.right ? ["right: must be another connection than left"] : [];
  const sides = (["left", "right"] as const).flatMap((side) => {
    const connectorId = known.get(sync[side]);
    if (connectorId === undefined) return [`${side}: there is no connection ${sync[side]}`];
    const connector = connectors.get(connectorId);
    const lacksResource = connector !== undefined && connector.resources[sync.resource] === undefined;
    return lacksResource ? [`resource: ${connector.name} has no ${sync.resource}`] : [];
  });
  return [...same, ...sides].map((issue) => `sync ${sync.id}: ${issue}`);
}
