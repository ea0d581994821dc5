import { type Connector, connectorFor, type StoredCredential, signsInByItself } from "../../kit/index.ts";
import type { ConnectionDone, NewConnection } from "../../model/api/connections.ts";
import { Failure } from "../../model/errors.ts";
import type { ConnectionRow } from "../../store/port.ts";
import { connectionIssues } from "../apply/index.ts";
import { secretNameOf } from "../connections/index.ts";
import { accountOf, connectorOf, type DeskParts } from "./parts.ts";
import type { GivenSettings } from "./settings.ts";

/** A connection that is to be there, with the credential that it has from the start, if any. */
export interface Wanted {
  readonly connectorId: string;
  readonly name: string;
  readonly settings: GivenSettings;
  readonly baseUrls: Readonly<Record<string, string>>;
  readonly credential?: StoredCredential;
}

/**
 * Adds a connection. A credential is tried before anything is stored.
 * @throws Failure `misconfigured` for settings that are wrong, `conflict` for an account that is connected already, and
 * what the partner said of a credential that does not work
 */
export async function addConnection(
  parts: DeskParts,
  workspaceId: string,
  { connector, name, settings, baseUrls, credential }: NewConnection,
): Promise<ConnectionDone> {
  const wanted = { connectorId: connector, name, settings, baseUrls, ...(credential && { credential }) };
  const row = await newRow(parts, workspaceId, wanted);
  const works = credential && !needsConsent(parts, row, credential) ? await tried(parts, row, credential) : credential;
  return keepNew(parts, row, works);
}

/** Whether a person is still to agree at the partner's page before this credential is worth anything. */
export function needsConsent(
  { connectors }: Pick<DeskParts, "connectors">,
  row: ConnectionRow,
  { kind }: StoredCredential,
) {
  const connector = connectorFor(connectors, row);
  return kind === "consent" && (connector === undefined || !signsInByItself(connector, row.settings));
}

/** A row for a new connection, checked. Stores nothing. @throws Failure as `addConnection` */
export async function newRow(parts: DeskParts, workspaceId: string, wanted: Wanted): Promise<ConnectionRow> {
  const connector = connectorOf(parts, wanted.connectorId);
  const rows = await parts.store.connections(workspaceId);
  const baseUrls = await addressesFor(parts, workspaceId, wanted);
  const { name, settings } = wanted;
  const id = freeId(name, new Set(rows.map((row) => row.id)));
  assertRight(parts, { id, connector: connector.id, name, settings: { ...settings }, baseUrls: { ...baseUrls } });
  assertNotConnected(connector, rows, settings);
  const now = parts.clock.now();
  const health = { status: "unknown", message: "", since: now } as const;
  const made = { isPaused: false, health, createdAt: now, isFromFile: false };
  return { workspaceId, id, connectorId: connector.id, name, settings, baseUrls, ...made };
}

/** Stores a new connection and opens it. */
export async function keepNew(
  parts: DeskParts,
  row: ConnectionRow,
  credential: StoredCredential | undefined,
): Promise<ConnectionDone> {
  const { workspaceId, id } = row;
  if (credential !== undefined) await parts.credentials.grant(workspaceId, id, credential);
  await parts.store.putConnection(row);
  await parts.registry.open(row);
  if (credential !== undefined && !needsConsent(parts, row, credential)) await parts.registry.check(workspaceId, id);
  await parts.onConnected(workspaceId, id);
  return { connectionId: id, notes: [] };
}

/** The credential to keep, once it has been seen to work. @throws Failure what is wrong with it, in the partner's words */
export async function tried(
  parts: DeskParts,
  row: ConnectionRow,
  credential: StoredCredential,
): Promise<StoredCredential> {
  const trial = await parts.registry.tryOut(row, credential);
  if (trial.kind === "works") return trial.credential;
  const { kind, message, details } = trial.failure;
  const { name } = connectorFor(parts.connectors, row) ?? connectorOf(parts, row.connectorId);
  const said =
    kind === "unauthorized"
      ? `${name} did not accept it. Look whether it was copied whole and is still valid.`
      : message;
  throw new Failure(kind, `${said} Nothing was stored.`, details);
}

/** @throws Failure `misconfigured` with one issue per mistake */
export function assertRight(
  { connectors }: DeskParts,
  config: Parameters<typeof connectionIssues>[0],
  before?: ConnectionRow,
): void {
  const issues = connectionIssues(config, connectors, before).map((issue) =>
    issue.replace(`connection ${config.id}: `, ""),
  );
  if (issues.length > 0) throw new Failure("misconfigured", "Nothing was stored. Correct what is named.", { issues });
}

/** Two connections for one account would count its allowance twice, and keep a record in step with itself. */
function assertNotConnected(connector: Connector, rows: readonly ConnectionRow[], settings: GivenSettings): void {
  const account = accountOf(connector, settings);
  const there = rows.find((row) => row.connectorId === connector.id && accountOf(connector, row.settings) === account);
  if (there === undefined) return;
  throw new Failure(
    "conflict",
    `${there.name} (${there.id}) is the connection of this ${connector.name} account. Sign that one in instead.`,
  );
}

/** The base addresses that a new connection has instead of its connector's. @throws Failure where none may be made */
export async function addressesFor(
  parts: Pick<DeskParts, "store" | "connectors" | "isSandbox">,
  workspaceId: string,
  { connectorId, baseUrls }: Pick<Wanted, "connectorId" | "baseUrls">,
): Promise<Readonly<Record<string, string>>> {
  if (!parts.isSandbox) return baseUrls;
  return sandboxAddresses(connectorOf(parts, connectorId), await parts.store.connections(workspaceId));
}

/** Adds a connection whose credential a partner has just given. @returns its id */
export async function addSignedIn(
  parts: DeskParts,
  workspaceId: string,
  { credential, ...wanted }: Wanted,
): Promise<string> {
  const row = await newRow(parts, workspaceId, wanted);
  const { connectionId } = await keepNew(parts, row, credential);
  return connectionId;
}

/** In a sandbox a new account lies where the emulated one does. @throws Failure `misconfigured` for other partners */
function sandboxAddresses({ id, name }: Connector, rows: readonly ConnectionRow[]): Readonly<Record<string, string>> {
  const emulated = rows.find(({ connectorId }) => connectorId === id);
  if (emulated !== undefined) return emulated.baseUrls;
  throw new Failure(
    "misconfigured",
    `This is a sandbox, which is forgotten when it ends, and it has no ${name}. For real accounts run \`npm run kith -- serve\`.`,
  );
}

const ID_MAX = 40;

/** An id after the name, which nothing here has yet: `Harbour Dental` becomes `harbour-dental`, then `harbour-dental-2`. */
function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const stem = plain.replaceAll(/^-+|-+$/g, "").slice(0, ID_MAX - 4) || "connection";
  // A page of its own has this name, where new ones are added.
  const isFree = (id: string) => !taken.has(id) && id !== "new";
  if (isFree(stem)) return stem;
  for (let number = 2; ; number += 1) if (isFree(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** Forgets all that a connection holds here. */
export async function dropConnection(parts: DeskParts, workspaceId: string, connectionId: string): Promise<void> {
  await parts.registry.drop(workspaceId, connectionId);
  await parts.store.dropConnection(workspaceId, connectionId, secretNameOf(connectionId));
}
