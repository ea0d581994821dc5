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
  readonly write: (workspaceId: string, connectionId: string, credential: Credential) => Promise<void>;
  /** Whether the stored credential is this one; `false` when none is stored or it does not open. */
  readonly isSame: (workspaceId: string, connectionId: string, credential: Credential) => Promise<boolean>;
  /** One connection's credential, opened once and kept in memory for as long as the connection is open. */
  readonly accessOf: (workspaceId: string, connectionId: string) => CredentialAccess;
}

/** Credentials over the store and the vault. One that an older key sealed is sealed anew when it is read. */
export function createCredentials(store: Pick<HubStore, "putSecret" | "secret">, vault: Vault): Credentials {
  async function write(workspaceId: string, connectionId: string, credential: Credential): Promise<void> {
    const sealed = await vault.seal(sealNameOf(workspaceId, connectionId), JSON.stringify(credential));
    await store.putSecret(workspaceId, secretNameOf(connectionId), sealed);
  }
  async function read(workspaceId: string, connectionId: string): Promise<Credential> {
    const sealed = await store.secret(workspaceId, secretNameOf(connectionId));
    if (sealed === undefined) throw noCredential(connectionId);
    const credential = parse(await vault.open(sealNameOf(workspaceId, connectionId), sealed), connectionId);
    if (vault.isStale(sealed)) await write(workspaceId, connectionId, credential);
    return credential;
  }
  return {
    read,
    write,
    isSame: async (workspaceId, connectionId, credential) => {
      const stored = await read(workspaceId, connectionId).catch(ofMissing);
      return stored !== undefined && JSON.stringify(stored) === JSON.stringify(CredentialConfig.parse(credential));
    },
    accessOf: (workspaceId, connectionId) =>
      remembered({
        load: () => read(workspaceId, connectionId),
        store: (credential) => write(workspaceId, connectionId, credential),
      }),
  };
}

function remembered(access: CredentialAccess): CredentialAccess {
  let known: Promise<Credential> | undefined;
  return {
    load: () => {
      known ??= access.load().catch((thrown) => {
        known = undefined;
        throw thrown;
      });
      return known;
    },
    store: async (credential) => {
      await access.store(credential);
      known = Promise.resolve(credential);
    },
  };
}

/** A credential that is missing or sealed with a lost key is simply not the same as a new one. */
function ofMissing(thrown: unknown): undefined {
  if (thrown instanceof Failure && thrown.kind === "misconfigured") return undefined;
  throw thrown;
}

function secretNameOf(connectionId: string): string {
  return `connection:${connectionId}`;
}

/** Under which name a credential is sealed: connections of two workspaces may share an id. */
function sealNameOf(workspaceId: string, connectionId: string): string {
  return `${workspaceId}/connection:${connectionId}`;
}

const Stored = z.string().transform((text) => CredentialConfig.parse(JSON.parse(text)));

function parse(text: string, connectionId: string): Credential {
  const parsed = Stored.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Failure("bug", `The stored credential of connection ${connectionId} cannot be read; apply it again.`);
}

function noCredential(connectionId: string): Failure {
  return new Failure("misconfigured", `Connection ${connectionId} has no credential yet; apply it with one.`);
}
