import type { Partner } from "../../engine/ports.ts";
import {
  type Action,
  type CallRecord,
  type Connector,
  type Credential,
  type CredentialAccess,
  connectorFor,
  type Operation,
  type Permission,
  type Session,
  type StoredCredential,
  type TranscriptAdapter,
  type WantedField,
} from "../../kit/index.ts";
import type { AllowanceView } from "../../model/api/views.ts";
import { asFailure, Failure } from "../../model/errors.ts";
import type { Resource } from "../../model/record.ts";
import type { ConnectionRow, HubStore, KeptAllowance, KeptScopes } from "../../store/port.ts";
import type { Watch } from "../health/index.ts";

/** What a connection's catalogue offers. */
export interface Catalogue {
  readonly entries: readonly Operation[];
  /** What is known of the credential's permission for what needs all of these. */
  readonly permission: (scopes: readonly string[]) => Permission;
  /** Why the partner sends this credential no messages, and what to do; `undefined` where it does, or none is there yet. */
  readonly noMessages: () => Promise<string | undefined>;
  /** Runs an action, once; the calls that it makes are noted in `calls`. @throws Failure */
  readonly run: (action: Action, input: Readonly<Record<string, unknown>>, calls: CallRecord[]) => Promise<unknown>;
}

/** Hands the transcripts of a connection to some work. */
export type OnTranscripts = <Outcome>(
  work: (adapter: TranscriptAdapter, session: Session) => Promise<Outcome>,
) => Promise<Outcome>;

/** A connection that is ready to call. */
export interface OpenConnection {
  readonly catalogue: Catalogue;
  readonly partner: (resource: Resource) => Partner;
  /** The same for what a person does to records that the hub keeps: a change of theirs makes the record due at once. */
  readonly byPerson: (resource: Resource) => Partner;
  /** Makes a custom field of a resource; `undefined` where none can be made there. */
  readonly fieldMaker: (resource: Resource) => ((wanted: WantedField) => Promise<void>) | undefined;
  /** Does something with the transcripts of a product that makes them; absent where it makes none. */
  readonly onTranscripts?: OnTranscripts;
  /** Its cheapest call. @throws Failure when the credential, the settings or the partner do not let it through. */
  readonly check: () => Promise<void>;
  readonly allowances: () => readonly AllowanceView[];
  /** When the partner last answered a call, epoch ms; absent where that is not known. */
  readonly heardAt: () => number | undefined;
  /** Refuses the calls that wait for the allowance at this moment. */
  readonly refuseWaiting: () => void;
  /** Refuses calls that still wait; called before the connection is opened anew, and at the end. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a connection, given what was kept of its allowance. What a trial uses is not kept.
 * @throws Failure `misconfigured` when its settings are wrong.
 */
export type OpenConnectionWith = (
  connector: Connector,
  row: ConnectionRow,
  credential: CredentialAccess,
  kept?: KeptAllowance,
  isTrial?: boolean,
  keptScopes?: KeptScopes,
) => OpenConnection;

/** The connections that are open, by workspace and id. */
export interface ConnectionRegistry {
  /** Opens or re-opens one; a connection that cannot be opened shows so in its health and is absent here. */
  readonly open: (row: ConnectionRow) => Promise<void>;
  readonly find: (workspaceId: string, connectionId: string) => OpenConnection | undefined;
  /** The engine's way to a partner. @throws Failure `misconfigured` when the connection is not open. */
  readonly partnerOf: (workspaceId: string, connectionId: string, resource: Resource) => Partner;
  /** Tries a connection; the outcome becomes its health. */
  readonly check: (workspaceId: string, connectionId: string) => Promise<"working" | Failure>;
  /** Tries a connection with a credential that is not stored. Nothing is noted of it. @returns what came of it */
  readonly tryOut: (row: ConnectionRow, credential: StoredCredential) => Promise<Trial>;
  /** Opens a connection that is stored nowhere; whoever opens it closes it. @throws Failure `misconfigured` */
  readonly openTrial: (row: ConnectionRow, credential: StoredCredential) => OpenConnection;
  /** Closes one for good. */
  readonly drop: (workspaceId: string, connectionId: string) => Promise<void>;
  /** How far the allowances of all open connections are used. */
  readonly allowances: () => readonly ConnectionAllowances[];
  /** Refuses the calls that wait at this moment, so that a hub that stops need not wait for them. Health stays as it is. */
  readonly refuseWaiting: () => void;
  /** Closes every connection. */
  readonly close: () => Promise<void>;
}

/** What came of trying a credential: why it does not work, or the one to keep, as the partner may have exchanged it. */
export type Trial =
  | { readonly kind: "works"; readonly credential: StoredCredential }
  | { readonly kind: "refused"; readonly failure: Failure };

/** The allowances of one open connection. */
export interface ConnectionAllowances {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly allowances: readonly AllowanceView[];
}

/** What the registry stands on. */
export interface RegistryOptions {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly store: Pick<HubStore, "connection" | "allowance" | "knownScopes">;
  readonly credentialOf: (workspaceId: string, connectionId: string) => CredentialAccess;
  readonly openWith: OpenConnectionWith;
  readonly watch: Watch;
}

/** An empty registry. */
export function createRegistry(options: RegistryOptions): ConnectionRegistry {
  const open = new Map<string, OpenConnection>();
  const partners = new Map<string, Partner>();
  const { watch } = options;

  async function drop(workspaceId: string, connectionId: string): Promise<void> {
    const key = keyOf(workspaceId, connectionId);
    await open.get(key)?.close();
    open.delete(key);
    for (const partner of partners.keys()) if (partner.startsWith(`${key}/`)) partners.delete(partner);
  }

  async function openRow(row: ConnectionRow): Promise<void> {
    const key = keyOf(row.workspaceId, row.id);
    await drop(row.workspaceId, row.id);
    watch.begin(row.workspaceId, row.id, row.health);
    const kept = await options.store.allowance(row.workspaceId, row.id);
    const scopes = await options.store.knownScopes(row.workspaceId, row.id);
    try {
      const credential = options.credentialOf(row.workspaceId, row.id);
      open.set(key, options.openWith(connectorOf(options.connectors, row), row, credential, kept, false, scopes));
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.kind !== "misconfigured") throw thrown;
      await watch.failed(row.workspaceId, row.id, "open", thrown);
    }
  }

  function partnerOf(workspaceId: string, connectionId: string, resource: Resource): Partner {
    const key = `${keyOf(workspaceId, connectionId)}/${resource}`;
    const known = partners.get(key);
    if (known !== undefined) return known;
    const connection = open.get(keyOf(workspaceId, connectionId));
    if (connection === undefined) throw notOpen(connectionId);
    const partner = watch.over(workspaceId, connection.partner(resource));
    partners.set(key, partner);
    return partner;
  }

  return {
    open: openRow,
    find: (workspaceId, connectionId) => open.get(keyOf(workspaceId, connectionId)),
    partnerOf,
    check: async (workspaceId, connectionId) => {
      const row = await options.store.connection(workspaceId, connectionId);
      if (row === undefined) throw new Failure("not_found", `There is no connection ${connectionId} here.`);
      if (open.get(keyOf(workspaceId, connectionId)) === undefined) await openRow(row);
      const connection = open.get(keyOf(workspaceId, connectionId));
      if (connection === undefined) return notOpen(connectionId);
      return watch.during(workspaceId, connectionId, "check", connection.check);
    },
    tryOut: (row, credential) => tryOut(options, row, credential),
    openTrial: (row, credential) => openTrial(options, row, credential).connection,
    drop,
    allowances: () => [...open].map(([key, { allowances }]) => ({ ...idsOf(key), allowances: allowances() })),
    refuseWaiting: () => {
      watch.end();
      for (const connection of open.values()) connection.refuseWaiting();
    },
    close: async () => {
      watch.end();
      await Promise.all([...open.values()].map((connection) => connection.close()));
      open.clear();
      partners.clear();
    },
  };
}

/** A connection whose credential is kept nowhere, with the credential as the partner may have exchanged it. */
function openTrial<Given extends StoredCredential>(options: RegistryOptions, row: ConnectionRow, given: Given) {
  let credential: Given | Credential = given;
  const access = {
    load: async () => credential,
    store: async (fresh: Credential) => {
      credential = fresh;
    },
  };
  const connection = options.openWith(connectorOf(options.connectors, row), row, access, undefined, true);
  return { connection, credential: () => credential };
}

async function tryOut(options: RegistryOptions, row: ConnectionRow, given: StoredCredential): Promise<Trial> {
  try {
    const { connection, credential } = openTrial(options, row, given);
    await connection.check().finally(connection.close);
    return { kind: "works", credential: credential() };
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind === "bug") throw thrown;
    return { kind: "refused", failure };
  }
}

function connectorOf(connectors: ReadonlyMap<string, Connector>, row: ConnectionRow): Connector {
  const connector = connectorFor(connectors, row);
  if (connector !== undefined) return connector;
  const known = [...connectors.keys()].join(", ");
  throw new Failure(
    "misconfigured",
    `Connection ${row.id} names the connector ${row.connectorId}; known are ${known}.`,
  );
}

function notOpen(connectionId: string): Failure {
  return new Failure("misconfigured", `Connection ${connectionId} is not set up; apply it with valid settings.`);
}

/** Ids hold no slash, so the key of a pair is its own. */
function keyOf(workspaceId: string, connectionId: string): string {
  return `${workspaceId}/${connectionId}`;
}

function idsOf(key: string): { readonly workspaceId: string; readonly connectionId: string } {
  const [workspaceId = "", connectionId = ""] = key.split("/");
  return { workspaceId, connectionId };
}
