import { createHash } from "node:crypto";
import { z } from "zod";
import type { Credential, CredentialAccess } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { CredentialConfig } from "../../model/workspace.ts";
import type { HubStore } from "../../store/port.ts";
import type { Vault } from "../vault/index.ts";

/** The credentials of connections: sealed in the store, open only in memory. */
export interface Credentials {
  /** @throws Failure `misconfigured` when the connection has none or its master key is not here. */
  readonly read: (workspaceId: string, connectionId: string) => Promise<Credential>;
  /** Stores a credential as somebody applied it. */
  readonly write: (workspaceId: string, connectionId: string, credential: Credential) => Promise<void>;
  /**
   * Whether this very credential was the last one applied, whatever tokens a partner has given in exchange since;
   * `false` when none is stored or it does not open.
   */
  readonly isApplied: (workspaceId: string, connectionId: string, credential: Credential) => Promise<boolean>;
  /** One connection's credential, opened once and kept in memory for as long as the connection is open. */
  readonly accessOf: (workspaceId: string, connectionId: string) => CredentialAccess;
}

/** Credentials over the store and the vault. One that an older key sealed is sealed anew when it is read. */
export function createCredentials(store: Pick<HubStore, "putSecret" | "secret">, vault: Vault): Credentials {
  async function seal(workspaceId: string, connectionId: string, kept: Kept): Promise<void> {
    const sealed = await vault.seal(sealNameOf(workspaceId, connectionId), JSON.stringify(kept));
    await store.putSecret(workspaceId, secretNameOf(connectionId), sealed);
  }
  async function open(workspaceId: string, connectionId: string): Promise<Kept> {
    const sealed = await store.secret(workspaceId, secretNameOf(connectionId));
    if (sealed === undefined) throw noCredential(connectionId);
    const kept = parse(await vault.open(sealNameOf(workspaceId, connectionId), sealed), connectionId);
    if (vault.isStale(sealed)) await seal(workspaceId, connectionId, kept);
    return kept;
  }
  return {
    read: async (workspaceId, connectionId) => (await open(workspaceId, connectionId)).credential,
    write: (workspaceId, connectionId, credential) =>
      seal(workspaceId, connectionId, { appliedHash: hashOf(credential), credential }),
    isApplied: async (workspaceId, connectionId, credential) => {
      const kept = await open(workspaceId, connectionId).catch(ofMissing);
      return kept?.appliedHash === hashOf(credential);
    },
    accessOf: (workspaceId, connectionId) =>
      remembered({
        load: () => open(workspaceId, connectionId),
        store: (kept) => seal(workspaceId, connectionId, kept),
      }),
  };
}

/** What is sealed: the credential in use, and which one somebody applied. A refresh changes the first alone. */
interface Kept {
  readonly appliedHash: string;
  readonly credential: Credential;
}

interface KeptAccess {
  readonly load: () => Promise<Kept>;
  readonly store: (kept: Kept) => Promise<void>;
}

function remembered(access: KeptAccess): CredentialAccess {
  let known: Promise<Kept> | undefined;
  const load = (): Promise<Kept> => {
    known ??= access.load().catch((thrown) => {
      known = undefined;
      throw thrown;
    });
    return known;
  };
  return {
    load: async () => (await load()).credential,
    reread: async () => {
      known = undefined;
      return (await load()).credential;
    },
    store: async (credential) => {
      const { appliedHash } = await load();
      // Somebody applied another credential while this one was being refreshed: theirs stays.
      if ((await access.load()).appliedHash === appliedHash) await access.store({ appliedHash, credential });
      known = Promise.resolve({ appliedHash, credential });
    },
  };
}

/** A credential that is missing or sealed with a lost key is simply not the one that was applied. */
function ofMissing(thrown: unknown): undefined {
  if (thrown instanceof Failure && thrown.kind === "misconfigured") return undefined;
  throw thrown;
}

/** The same for the same credential, whatever the order of its keys. */
function hashOf(credential: Credential): string {
  return createHash("sha256")
    .update(JSON.stringify(CredentialConfig.parse(credential)))
    .digest("base64url");
}

function secretNameOf(connectionId: string): string {
  return `connection:${connectionId}`;
}

/** Under which name a credential is sealed: connections of two workspaces may share an id. */
function sealNameOf(workspaceId: string, connectionId: string): string {
  return `${workspaceId}/connection:${connectionId}`;
}

const Stored = z.strictObject({ appliedHash: z.string(), credential: CredentialConfig });

function parse(text: string, connectionId: string): Kept {
  try {
    return Stored.parse(JSON.parse(text));
  } catch {
    // What the parser says may repeat parts of the secret.
    const message = `The stored credential of connection ${connectionId} cannot be read; apply it again.`;
    throw new Failure("misconfigured", message);
  }
}

function noCredential(connectionId: string): Failure {
  return new Failure("misconfigured", `Connection ${connectionId} has no credential yet; apply it with one.`);
}
