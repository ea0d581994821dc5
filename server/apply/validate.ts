import { type Connector, connectorFor } from "../../kit/connector.ts";
import { parseAddress } from "../../kit/index.ts";
import { asFailure, Failure } from "../../model/errors.ts";
import { isStandalone, PLURALS } from "../../model/record.ts";
import { type SyncConfig, USUAL_RULES } from "../../model/sync.ts";
import type { ConnectionConfig, WorkspaceConfig } from "../../model/workspace.ts";
import type { ConnectionRow, SyncRow } from "../../store/port.ts";
import { rowIssues } from "./rows.ts";

/** What was applied before, by id. */
export interface Applied {
  readonly connections: ReadonlyMap<string, ConnectionRow>;
  readonly syncs: ReadonlyMap<string, SyncRow>;
}

/** The connections that a sync may name: those of the document and those applied before, with their connectors. */
type ConnectorOfId = ReadonlyMap<string, Connector | undefined>;

/**
 * Checks a workspace document against the connectors and against what was applied before. Pure.
 * @throws Failure `misconfigured` with one issue per mistake, each naming the connection or sync and the key.
 */
export function validateWorkspace(
  config: WorkspaceConfig,
  connectors: ReadonlyMap<string, Connector>,
  applied: Applied,
): void {
  const stored = [...applied.connections.values()].map((row) => [row.id, connectorFor(connectors, row)] as const);
  const named = config.connections.map((one) => [one.id, connectorNamed(connectors, one)] as const);
  const known = new Map([...stored, ...named]);
  const issues = [
    ...doubled(config.connections, "connection"),
    ...doubled(config.syncs, "sync"),
    ...config.connections.flatMap((connection) =>
      connectionIssues(connection, connectors, applied.connections.get(connection.id)),
    ),
    ...config.syncs.flatMap((sync) => syncIssues(sync, known)),
    ...config.syncs.flatMap((sync) => parentIssues(sync, contactSyncs(config, applied))),
    ...config.syncs.flatMap((sync) => movedSync(sync, applied.syncs.get(sync.id)?.config)),
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

/** What is wrong with a connection, against its connector and what it was before; empty when nothing is. Pure. */
export function connectionIssues(
  config: ConnectionConfig,
  connectors: ReadonlyMap<string, Connector>,
  before: ConnectionRow | undefined,
): string[] {
  const named = (issue: string) => `connection ${config.id}: ${issue}`;
  const connector = connectorNamed(connectors, config);
  if (connector === undefined) {
    return [named(`connector: there is no ${config.connector}; there are ${[...connectors.keys()].join(", ")}`)];
  }
  const moved = before === undefined ? [] : movedConnection(config, connector, before);
  return [...moved, ...credentialIssues(config, connector), ...settingsIssues(config, connector)].map(named);
}

/** The records that were read belong to the account they were read from; another account is another connection. */
function movedConnection(config: ConnectionConfig, connector: Connector, before: ConnectionRow): string[] {
  if (before.connectorId !== config.connector) {
    return [`connector: it is a ${before.connectorId} connection; use another id`];
  }
  const [old, wanted] = [before.settings, config.settings].map((settings) => accountOf(connector, settings));
  if (old === undefined || wanted === undefined || old === wanted) return [];
  return [`settings: it is the connection of the ${connector.name} account ${old}; use another id for ${wanted}`];
}

/** `undefined` for settings that are not right, which is told elsewhere. */
function accountOf(connector: Connector, settings: unknown): string | undefined {
  const parsed = connector.settings.safeParse(settings);
  return parsed.success ? connector.account(parsed.data) : undefined;
}

function credentialIssues({ credential }: ConnectionConfig, connector: Connector): string[] {
  if (credential === undefined) return [];
  const kinds = connector.credentials.map((one) => one.kind);
  if (!kinds.includes(credential.kind)) return [`credential.kind: ${connector.name} takes ${kinds.join(" or ")}`];
  return credential.kind === "oauth" ? addressIssues("credential.tokenUrl", credential.tokenUrl) : [];
}

function settingsIssues(config: ConnectionConfig, connector: Connector): string[] {
  const parsed = connector.settings.safeParse(config.settings);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${["settings", ...issue.path].join(".")}: ${issue.message}`);
  }
  const bases = Object.keys(connector.baseUrls(parsed.data));
  return Object.entries(config.baseUrls).flatMap(([name, url]) =>
    bases.includes(name)
      ? addressIssues(`baseUrls.${name}`, url)
      : [`baseUrls.${name}: ${connector.name} has ${bases.join(", ")}`],
  );
}

/** Addresses that a credential is sent to are refused before they are stored, for the reasons the kit would refuse them. */
function addressIssues(key: string, url: string): string[] {
  try {
    parseAddress(url, "address");
    return [];
  } catch (thrown) {
    return [`${key}: ${asFailure(thrown).message}`];
  }
}

function connectorNamed(connectors: ReadonlyMap<string, Connector>, { connector, settings }: ConnectionConfig) {
  return connectorFor(connectors, { connectorId: connector, settings });
}

function syncIssues(sync: SyncConfig, known: ConnectorOfId): string[] {
  const same = sync.left === sync.right ? ["right: must be another connection than left"] : [];
  const sides = (["left", "right"] as const).flatMap((side) => {
    if (!known.has(sync[side])) return [`${side}: there is no connection ${sync[side]}`];
    const connector = known.get(sync[side]);
    const lacksResource = connector !== undefined && connector.resources[sync.resource] === undefined;
    return lacksResource ? [`resource: ${connector.name} has no ${sync.resource}`] : [];
  });
  const settles = sync.parent !== undefined && sync.settleMs !== undefined;
  const settling = settles ? [`settleMs: ${PLURALS[sync.resource]} are carried at once; leave it out`] : [];
  return [...same, ...sides, ...settling, ...matchIssues(sync), ...rowIssues(sync)].map(
    (issue) => `sync ${sync.id}: ${issue}`,
  );
}

/** A company may be recognised by its name, but two people may share one. */
function matchIssues({ resource, match }: SyncConfig): string[] {
  if (!isStandalone(resource)) return [];
  const known = USUAL_RULES[resource];
  const strange = match.filter((rule) => !known.includes(rule));
  return strange.map((rule) => `match: ${PLURALS[resource]} are not recognised by ${rule}; use ${known.join(", ")}`);
}

/** The syncs of contacts that others may name as their parent: those of the document and those applied before. */
function contactSyncs(config: WorkspaceConfig, applied: Applied): readonly SyncConfig[] {
  const stored = [...applied.syncs.values()].map((row) => row.config);
  const all = new Map([...stored, ...config.syncs].map((sync) => [sync.id, sync]));
  return [...all.values()].filter((sync) => sync.resource === "contact");
}

/** Notes, tasks and appointments are kept in step under contacts that another sync keeps in step between the same sides. */
function parentIssues(sync: SyncConfig, contacts: readonly SyncConfig[]): string[] {
  const named = (issue: string) => [`sync ${sync.id}: parent: ${issue}`];
  if (isStandalone(sync.resource)) {
    return sync.parent === undefined ? [] : named(`${PLURALS[sync.resource]} belong to no other sync`);
  }
  const fitting = contacts.filter(({ left, right }) => left === sync.left && right === sync.right);
  const choice = fitting.length === 0 ? "add one first" : `use ${fitting.map(({ id }) => id).join(" or ")}`;
  const wanted = `the sync of the contacts of ${sync.left} and ${sync.right}`;
  if (sync.parent === undefined) return named(`a sync of ${PLURALS[sync.resource]} names ${wanted}; ${choice}`);
  return fitting.some(({ id }) => id === sync.parent) ? [] : named(`${sync.parent} is not ${wanted}; ${choice}`);
}

/** A sync's links join records of two connections; with other sides or another resource they would join nothing. */
function movedSync(sync: SyncConfig, before: SyncConfig | undefined): string[] {
  if (before === undefined) return [];
  return (["left", "right", "resource", "parent"] as const)
    .filter((key) => sync[key] !== before[key])
    .map((key) => `sync ${sync.id}: ${key}: it is ${before[key]} for the links that are there; use another id`);
}
