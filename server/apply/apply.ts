import { createHash } from "node:crypto";
import type { Clock, DueMark } from "../../engine/ports.ts";
import type { Connector } from "../../kit/connector.ts";
import { PRIORITIES } from "../../kit/http.ts";
import type { SyncConfig } from "../../model/sync.ts";
import type { ConnectionConfig, WorkspaceConfig } from "../../model/workspace.ts";
import type { ConnectionRow, HubStore, SyncRow } from "../../store/port.ts";
import { type ConnectionRegistry, type Credentials, releaseWaiting } from "../connections/index.ts";
import { validateWorkspace } from "./validate.ts";

/** Applies a workspace document. @returns what changed, in plain words; empty when nothing did. */
export type ApplyWorkspace = (config: WorkspaceConfig) => Promise<readonly string[]>;

/** What applying stands on. */
export interface ApplyOptions {
  readonly store: HubStore;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly credentials: Credentials;
  readonly registry: Pick<ConnectionRegistry, "open">;
  readonly clock: Pick<Clock, "now">;
  /** Called once all is stored and before new work is marked: lanes and caches take up the new configuration. */
  readonly onApplied: (workspaceId: string) => Promise<void>;
  /** Called when there is new work for the workspace. */
  readonly wake: (workspaceId: string) => void;
}

/**
 * Applying, one document at a time. A document adds and changes; what it does not name stays as it is. Applying the
 * same document again changes nothing. Should the process stop midway, applying it again completes it.
 */
export function createApply(options: ApplyOptions): ApplyWorkspace {
  let last: Promise<unknown> = Promise.resolve();
  return (config) => {
    const turn = last.then(() => applyOne(options, config));
    // The next document waits for this one, whatever came of it; its caller hears of the failure.
    last = turn.catch(() => undefined);
    return turn;
  };
}

async function applyOne(options: ApplyOptions, config: WorkspaceConfig): Promise<readonly string[]> {
  const { store } = options;
  const workspaceId = config.workspace.id;
  const connections = new Map((await store.connections(workspaceId)).map((row) => [row.id, row]));
  const syncs = new Map((await store.syncs(workspaceId)).map((row) => [row.config.id, row]));
  validateWorkspace(config, options.connectors, { connections, syncs });

  const changes = await putWorkspace(options, config);
  const changedConnections: string[] = [];
  for (const connection of config.connections) {
    const changed = await putConnection(options, workspaceId, connection, connections.get(connection.id));
    if (changed.length > 0) changedConnections.push(connection.id);
    changes.push(...changed);
  }
  const marks: DueMark[] = [];
  for (const sync of config.syncs) {
    const before = syncs.get(sync.id);
    const change = await putSync(options, workspaceId, sync, before);
    if (change === undefined) continue;
    changes.push(`sync ${sync.id}: ${change}`);
    marks.push(
      ...(before === undefined ? firstReading(sync, options.clock.now()) : comparison(sync, options.clock.now())),
    );
  }
  if (changes.length > 0) await options.onApplied(workspaceId);
  for (const id of changedConnections) await releaseWaiting(store, workspaceId, id, options.clock.now());
  if (marks.length > 0) await store.mark(workspaceId, marks);
  if (changes.length > 0) options.wake(workspaceId);
  return changes;
}

async function putWorkspace(options: ApplyOptions, config: WorkspaceConfig): Promise<string[]> {
  const { id, name } = config.workspace;
  const before = (await options.store.workspaces()).find((workspace) => workspace.id === id);
  if (before?.name === name) return [];
  await options.store.putWorkspace({ id, name, createdAt: before?.createdAt ?? options.clock.now() });
  return [`workspace ${id}: ${before === undefined ? "added" : "name changed"}`];
}

async function putConnection(
  options: ApplyOptions,
  workspaceId: string,
  config: ConnectionConfig,
  before: ConnectionRow | undefined,
): Promise<string[]> {
  const { credential } = config;
  const isSameCredential =
    credential === undefined || (await options.credentials.isApplied(workspaceId, config.id, credential));
  const changed = before === undefined ? ["added"] : changesOf(before, config, isSameCredential);
  if (changed.length === 0) return [];
  const now = options.clock.now();
  const row: ConnectionRow = {
    workspaceId,
    id: config.id,
    connectorId: config.connector,
    name: config.name,
    settings: config.settings,
    baseUrls: config.baseUrls,
    isPaused: before?.isPaused ?? false,
    health: { status: "unknown", message: "", since: now },
    createdAt: before?.createdAt ?? now,
    isFromFile: true,
  };
  if (!isSameCredential) await options.credentials.write(workspaceId, config.id, credential);
  await options.store.putConnection(row);
  await options.registry.open(row);
  return changed.map((change) => `connection ${config.id}: ${change}`);
}

function changesOf(before: ConnectionRow, config: ConnectionConfig, isSameCredential: boolean): string[] {
  return [
    ...(before.name === config.name ? [] : ["name changed"]),
    ...(isSameJson(before.settings, config.settings) ? [] : ["settings changed"]),
    ...(isSameJson(before.baseUrls, config.baseUrls) ? [] : ["addresses changed"]),
    ...(isSameCredential ? [] : ["credential changed"]),
  ];
}

async function putSync(
  options: ApplyOptions,
  workspaceId: string,
  config: SyncConfig,
  before: SyncRow | undefined,
): Promise<"added" | "changed" | undefined> {
  const version = versionOf(config);
  if (before?.version === version) return undefined;
  const createdAt = before?.createdAt ?? options.clock.now();
  await options.store.putSync({ workspaceId, config, version, isPaused: before?.isPaused ?? false, createdAt });
  return before === undefined ? "added" : "changed";
}

/** A new sync begins by reading both sides in full. */
function firstReading(sync: SyncConfig, at: number): DueMark[] {
  const mark = { priority: PRIORITIES.backfill, dueAt: at, reason: "backfill" } as const;
  return [{ key: `backfill:${sync.id}`, syncId: sync.id, ...mark }];
}

/** A changed sync compares both sides in full, so that the new mapping reaches every record. */
function comparison(sync: SyncConfig, at: number): DueMark[] {
  return (["left", "right"] as const).map((side) => ({
    key: `sweep:${sync.id}:${side}`,
    syncId: sync.id,
    priority: PRIORITIES.sweep,
    dueAt: at,
    reason: "person" as const,
  }));
}

/** Names a configuration: the same text for the same one, whatever the order of its keys. */
export function versionOf(config: SyncConfig): string {
  return createHash("sha256").update(canonical(config)).digest("base64url").slice(0, 16);
}

function isSameJson(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
