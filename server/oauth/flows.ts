import { createHash } from "node:crypto";
import type { Dispatcher } from "undici";
import { z } from "zod";
import type { Clock } from "../../engine/ports.ts";
import { type Connector, connectorFor } from "../../kit/connector.ts";
import {
  type AppRegistration,
  type Consent,
  consentAddress,
  consentOf,
  type Granted,
  grantOf,
  type StoredCredential,
} from "../../kit/index.ts";
import { asFailure, Failure } from "../../model/errors.ts";
import type { ConnectionRow, HubStore } from "../../store/port.ts";
import { agencyNameOf, appNameOf, type ConnectionRegistry, type Credentials, ofMissing } from "../connections/index.ts";
import type { Vault } from "../vault/index.ts";

/** What consents stand on. */
export interface ConsentParts {
  readonly store: Pick<HubStore, "connection" | "connections" | "putConsent" | "takeConsent">;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly credentials: Credentials;
  readonly vault: Vault;
  readonly registry: Pick<ConnectionRegistry, "open" | "check">;
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  /** The way out to addresses that somebody typed in; `dispatcher` when absent. */
  readonly guarded?: Dispatcher;
  /** The hub's public address. */
  readonly publicUrl: string;
  /** Makes a text that nobody can guess: 32 bytes of chance in base64url. */
  readonly newSecret: () => string;
  /** Called once a connection was signed in: what waited for it goes on. */
  readonly onConnected: (workspaceId: string, connectionId: string) => Promise<void>;
}

/** A connection that is to be signed in, before a person is sent to the partner. */
export interface ConsentQuestion {
  readonly row: ConnectionRow;
  readonly partner: string;
  readonly scopes: readonly string[];
  /** Where the partner sends the browser back to; registered there beforehand. */
  readonly redirectUri: string;
  /** Where the browser is sent: the origin alone. */
  readonly consentOrigin: string;
}

/** What came of a consent. */
export type ConsentOutcome =
  | {
      readonly kind: "connected";
      readonly name: string;
      readonly partner: string;
      readonly others: readonly string[];
      readonly problem?: string;
    }
  | { readonly kind: "denied"; readonly name: string; readonly partner: string; readonly again: string }
  | { readonly kind: "failed"; readonly message: string; readonly again?: string };

/** Consents: asked for by the owner's browser, and finished by the same one. */
export interface Consents {
  /** @throws Failure `not_found`, or `misconfigured` when the connection cannot be signed in by consent */
  readonly question: (workspaceId: string, connectionId: string) => Promise<ConsentQuestion>;
  /** Why a connection should be signed in anew, in plain words with how; `undefined` where nothing speaks for it. */
  readonly reasonToConnect: (workspaceId: string, connectionId: string) => Promise<string | undefined>;
  /** @returns the partner's address, and the secret that the browser keeps in a cookie until it comes back */
  readonly begin: (
    workspaceId: string,
    connectionId: string,
    userId: string,
  ) => Promise<{ readonly address: string; readonly secret: string }>;
  readonly finish: (parameters: URLSearchParams, secret: string | undefined, userId: string) => Promise<ConsentOutcome>;
}

/** How long a person may take at the partner's page, seconds. */
export const CONSENT_SECONDS = 15 * 60;
/** Where partners send browsers back to. */
export const CALLBACK = "/connect/callback";

/** What is kept of a consent while the browser is away; sealed, as its state proves who comes back. */
const Kept = z.strictObject({
  workspaceId: z.string(),
  connectionId: z.string(),
  userId: z.string(),
  state: z.string(),
});

/** Consents over the store, the vault and the connections. */
export function createConsents(parts: ConsentParts): Consents {
  const { store, vault, clock } = parts;
  const redirectUri = parts.publicUrl + CALLBACK;
  return {
    question: async (workspaceId, connectionId) => {
      const { row, consent } = await connectable(parts, workspaceId, connectionId);
      const consentOrigin = new URL(consent.authorizeUrl).origin;
      return { row, partner: consent.partner, scopes: consent.scopes, redirectUri, consentOrigin };
    },
    reasonToConnect: (workspaceId, connectionId) => reasonToConnect(parts, workspaceId, connectionId),
    begin: async (workspaceId, connectionId, userId) => {
      const { consent, app } = await connectable(parts, workspaceId, connectionId);
      const [secret, state] = [parts.newSecret(), parts.newSecret()];
      const id = idOf(secret);
      const sealed = await vault.seal(sealNameOf(id), JSON.stringify({ workspaceId, connectionId, userId, state }));
      const now = clock.now();
      await store.putConsent({ id, sealed, expiresAt: now + CONSENT_SECONDS * 1_000 }, now);
      return { address: consentAddress(consent, { clientId: app.clientId, redirectUri, state }), secret };
    },
    finish: async (parameters, secret, userId) => {
      const id = idOf(secret ?? "");
      const sealed = secret === undefined ? undefined : await store.takeConsent(id, clock.now());
      if (sealed === undefined) return { kind: "failed", message: UNASKED };
      const kept = Kept.parse(JSON.parse(await vault.open(sealNameOf(id), sealed)));
      if (kept.userId !== userId) return { kind: "failed", message: UNASKED };
      const again = pathOf(kept.workspaceId, kept.connectionId);
      return finish(parts, parameters, { ...kept, redirectUri }).catch((thrown: unknown) => {
        const failure = asFailure(thrown);
        if (failure.kind === "bug") throw failure;
        return { kind: "failed", message: failure.message, again };
      });
    },
  };
}

const UNASKED =
  "Nothing is being connected in this browser, or it took too long. Begin again with `kith connect` or from the connection's page.";

/** The hub's own page for connecting a connection. */
export function pathOf(workspaceId: string, connectionId: string): string {
  return `/connect/${encodeURIComponent(workspaceId)}/${encodeURIComponent(connectionId)}`;
}

async function finish(
  parts: ConsentParts,
  parameters: URLSearchParams,
  kept: z.infer<typeof Kept> & { readonly redirectUri: string },
): Promise<ConsentOutcome> {
  const { workspaceId, connectionId, redirectUri, state } = kept;
  const { row, connector, consent, app } = await connectable(parts, workspaceId, connectionId);
  const { name } = row;
  const { partner } = consent;
  const isTypedIn = connector.hasGivenAddresses === true;
  const ways = { clock: parts.clock, dispatcher: (isTypedIn ? parts.guarded : undefined) ?? parts.dispatcher };
  const granted = await grantOf(consent, { parameters, app, redirectUri, state }, ways);
  if (granted === "denied") return { kind: "denied", name, partner, again: pathOf(workspaceId, connectionId) };
  const others = await keep(parts, { row, connector, consent, app }, granted);
  const outcome = await parts.registry.check(workspaceId, connectionId);
  await parts.onConnected(workspaceId, connectionId);
  return { kind: "connected", name, partner, others, ...(outcome !== "working" && { problem: outcome.message }) };
}

/**
 * Stores what was granted: for the connection alone, or as the pair of an agency, from which this connection and all
 * others of the same app whose accounts the agency let in get tokens of their own.
 * @returns the names of those others
 */
async function keep(parts: ConsentParts, { row, connector, app }: Connectable, granted: Granted): Promise<string[]> {
  const { credentials, registry } = parts;
  const agency = connector.oauth?.agency?.grantedBy(granted.answer);
  if (agency === undefined) {
    assertSameAccount(connector, row, granted);
    await credentials.grant(row.workspaceId, row.id, granted.credential);
    await registry.open(row);
    return [];
  }
  assertLetIn(connector, row, agency.accounts);
  assertMintable(connector, granted);
  await credentials.write(row.workspaceId, agencyNameOf(connector.id, agency.id), granted.credential);
  const rows = await connectionsOfAgency(parts, { row, connector, app }, agency.accounts);
  for (const one of rows) {
    const account = accountOf(connector, one);
    const minted = { kind: "minted", agencyId: agency.id, account, accessToken: "", expiresAt: 0, ...app } as const;
    await credentials.grant(one.workspaceId, one.id, minted);
    await registry.open(one);
  }
  for (const { id } of rows) if (id !== row.id) await parts.onConnected(row.workspaceId, id);
  return rows.filter(({ id }) => id !== row.id).map(({ name }) => name);
}

/** This connection, and the others of its workspace that sign in by the same app and that the agency let in. */
async function connectionsOfAgency(
  { store, credentials }: ConsentParts,
  { row, connector, app }: Pick<Connectable, "row" | "connector" | "app">,
  accounts: readonly string[],
): Promise<readonly ConnectionRow[]> {
  const rows = await store.connections(row.workspaceId);
  const found: ConnectionRow[] = [];
  for (const one of rows) {
    if (one.connectorId !== connector.id || !accounts.includes(accountOf(connector, one))) continue;
    const credential = await credentials.read(one.workspaceId, one.id).catch(ofMissing);
    if (one.id === row.id || credential === undefined || isWaitingFor(credential, app)) found.push(one);
  }
  return found;
}

/** Whether a connection is to be signed in by this app, or has been by an agency that had it. */
function isWaitingFor(credential: StoredCredential, { clientId }: AppRegistration): boolean {
  return (credential.kind === "consent" || credential.kind === "minted") && credential.clientId === clientId;
}

function accountOf(connector: Connector, row: ConnectionRow): string {
  return connector.account(connector.settings.parse(row.settings));
}

function assertLetIn(connector: Connector, row: ConnectionRow, accounts: readonly string[]): void {
  const wanted = accountOf(connector, row);
  if (accounts.includes(wanted)) return;
  throw new Failure(
    "rejected",
    `At ${connector.name} you chose an agency without the account ${wanted}, which connection ${row.id} is for. Nothing was stored. Connect again and choose that one as well.`,
  );
}

/** Without these permissions the agency's tokens are good for nothing here. */
function assertMintable(connector: Connector, { credential: { scopes } }: Granted): void {
  const needs = connector.oauth?.agency?.needs;
  const missing = needs?.scopes.filter((scope) => scopes !== undefined && !scopes.includes(scope)) ?? [];
  if (needs === undefined || missing.length === 0) return;
  const lacks = `the agency that you chose was not asked for ${missing.join(", ")}`;
  throw new Failure("rejected", `Nothing was stored: ${lacks}. ${needs.advice}`);
}

/** Tokens of another account would bring strangers' records into a connection; so nothing is stored of them. */
function assertSameAccount(connector: Connector, row: ConnectionRow, { answer }: Granted): void {
  const wanted = accountOf(connector, row);
  const account = connector.oauth?.accountOf(answer);
  if (account === wanted) return;
  const chosen = account === undefined ? "several accounts or none" : `the account ${account}`;
  throw new Failure(
    "rejected",
    `At ${connector.name} you chose ${chosen}, and connection ${row.id} is for ${wanted}. Nothing was stored. Connect again and choose that one, or add a connection for the other.`,
  );
}

async function reasonToConnect(parts: ConsentParts, workspaceId: string, connectionId: string) {
  const row = await parts.store.connection(workspaceId, connectionId);
  const connector = row && connectorFor(parts.connectors, row);
  const consent = row && connector && consentOf(connector, row);
  if (consent === undefined) return undefined;
  const credential = await parts.credentials.read(workspaceId, connectionId).catch(ofMissing);
  const how = `run \`kith connect ${connectionId}\` or press Connect on its page`;
  if (credential === undefined || credential.kind === "consent")
    return `connection ${connectionId} is not signed in to ${consent.partner} yet; ${how}`;
  if (credential.kind === "token" || credential.scopes === undefined) return undefined;
  const granted = new Set(credential.scopes);
  const missing = consent.scopes.filter((scope) => !granted.has(scope));
  if (missing.length === 0) return undefined;
  return `connection ${connectionId}: ${consent.partner} has not granted ${missing.join(", ")}, which its settings ask for; ${how} to connect it anew`;
}

interface Connectable {
  readonly row: ConnectionRow;
  readonly connector: Connector;
  readonly consent: Consent;
  readonly app: AppRegistration;
}

async function connectable(parts: ConsentParts, workspaceId: string, connectionId: string): Promise<Connectable> {
  const row = await parts.store.connection(workspaceId, connectionId);
  if (row === undefined) throw new Failure("not_found", `There is no connection ${connectionId} in ${workspaceId}.`);
  const connector = connectorFor(parts.connectors, row);
  const consent = connector && consentOf(connector, row);
  if (connector === undefined || consent === undefined) {
    throw new Failure(
      "misconfigured",
      `${row.name} has no consent page: its credential is applied with the workspace.`,
    );
  }
  return { row, connector, consent, app: await appOf(parts, row) };
}

/** The operator's own app at the partner: the one registered in the dashboard, else the one that was applied. */
async function appOf({ credentials }: ConsentParts, row: ConnectionRow): Promise<AppRegistration> {
  const registered = await credentials.read(row.workspaceId, appNameOf(row.connectorId)).catch(ofMissing);
  const credential = registered ?? (await credentials.read(row.workspaceId, row.id).catch(ofMissing));
  if (credential !== undefined && credential.kind !== "token") {
    return { clientId: credential.clientId, clientSecret: credential.clientSecret };
  }
  throw new Failure(
    "misconfigured",
    `To connect ${row.name} by consent, register your app's client id and secret under Connections, or apply the connection with \`credential: { kind: consent }\`.`,
  );
}

/** The store knows a consent by this alone, so that nobody who reads the store can finish one. */
function idOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

function sealNameOf(id: string): string {
  return `consent:${id}`;
}
