import type { Dispatcher } from "undici";
import { z } from "zod";
import type { Clock } from "../../engine/ports.ts";
import type { AppRegistration, Connector, Consent, StoredCredential } from "../../kit/index.ts";
import type { ConnectionRow, HubStore } from "../../store/port.ts";
import type { ConnectionRegistry, Credentials } from "../connections/index.ts";
import type { Vault } from "../vault/index.ts";

/** What consents stand on. */
export interface ConsentParts {
  readonly store: Pick<HubStore, "connection" | "connections" | "putConsent" | "takeConsent" | "putAgency">;
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
  /** Adds a connection that is signed in from the start. @returns its id; @throws Failure where it is not right */
  readonly addSignedIn: (workspaceId: string, wanted: NewlySignedIn) => Promise<string>;
  /** The base addresses that a new connection has instead of its connector's. @throws Failure where it may not be made */
  readonly addressesFor: (workspaceId: string, draft: ConnectionDraft) => Promise<Readonly<Record<string, string>>>;
}

/** A connection that is added when somebody has agreed. */
export interface NewlySignedIn {
  readonly connectorId: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly baseUrls: Readonly<Record<string, string>>;
  readonly credential: StoredCredential;
}

/** A connection that is to be made when somebody has agreed; its account is chosen at the partner's page. */
export const ConnectionDraft = z.strictObject({
  connectorId: z.string().min(1),
  name: z.string().trim().min(1).max(100),
  settings: z.record(z.string(), z.unknown()),
  baseUrls: z.record(z.string(), z.url()).default({}),
});
export type ConnectionDraft = z.infer<typeof ConnectionDraft>;

/** What a consent is for: a connection that is there, or one that is to be. */
export const ConsentFor = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("connection"), connectionId: z.string() }),
  z.strictObject({ kind: z.literal("new"), draft: ConnectionDraft }),
]);
export type ConsentFor = z.infer<typeof ConsentFor>;

/** What is asked for at the partner's page, with all that is needed to ask. */
export interface Connectable {
  readonly workspaceId: string;
  readonly name: string;
  readonly connector: Connector;
  /** Parsed. Of a draft they name no real account. */
  readonly settings: unknown;
  readonly consent: Consent;
  readonly app: AppRegistration;
  /** Where it is asked for. */
  readonly path: string;
  /** The connection that is there; absent for a draft. */
  readonly row?: ConnectionRow;
  readonly draft?: ConnectionDraft;
}

/** The account that a connection's settings lead to. */
export function accountOf(connector: Connector, row: ConnectionRow): string {
  return connector.account(connector.settings.parse(row.settings));
}
