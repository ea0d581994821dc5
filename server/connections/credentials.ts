import { createHash } from "node:crypto";
import { z } from "zod";
import type { CredentialAccess, StoredCredential } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { CredentialConfig } from "../../model/workspace.ts";
import type { HubStore } from "../../store/port.ts";
import type { Vault } from "../vault/index.ts";

/** The credentials of connections: sealed in the store, open only in memory. */
export interface Credentials {
  /** @throws Failure `misconfigured` when the connection has none or its master key is not here. */
  readonly read: (workspaceId: string, connectionId: string) => Promise<StoredCredential>;
  /** Stores a credential as somebody applied it. */
  readonly write: (workspaceId: string, connectionId: string, credential: StoredCredential) => Promise<void>;
  /** Forgets a credential; the one that was applied counts as new when it is applied again. */
  readonly forget: (workspaceId: string, connectionId: string) => Promise<void>;
  /**
   * Stores what a person agreed to or gave by hand, in the place of what was there, if anything: applying the same
   * document again keeps it.
   */
  readonly grant: (workspaceId: string, connectionId: string, credential: StoredCredential) => Promise<void>;
  /**
   * Whether this very credential was the last one applied, whatever tokens a partner has given in exchange since;
   * `false` when none is stored or it does not open.
   */
  readonly isApplied: (workspaceId: string, connectionId: string, credential: StoredCredential) => Promise<boolean>;
  /** One connection's credential, opened once and kept in memory for as long as the connection is open. */
  readonly accessOf: (workspaceId: string, connectionId: string) => CredentialAccess;
}

/** Under which name the pair of an agency is kept; no connection's id can be the same. */
export function agencyNameOf(connectorId: string, agencyId: string): string {
  return `agency:${connectorId}:${agencyId}`;
}

/** Under which name the operator's own app at a partner is kept, as a `consent` credential. */
export function appNameOf(connectorId: string): string {
  return `app:${connectorId}`;
}

/** What credentials ask of the store. */
export type SecretStore = Pick<
  HubStore,
  "putSecret" | "secret" | "dropSecret" | "replaceSecret" | "holdSecret" | "releaseSecret"
>;

/**
 * Credentials over the store and the vault. One that an older key sealed is sealed anew when it is read.
 * @param holder names this process among those that share the store, of which one at a time may exchange a credential
 */
export function createCredentials(store: SecretStore, vault: Vault, holder: string): Credentials {
  let opened = 0;
  async function seal(workspaceId: string, connectionId: string, kept: Kept): Promise<void> {
    const sealed = await vault.seal(sealNameOf(workspaceId, connectionId), JSON.stringify(kept));
    await store.putSecret(workspaceId, secretNameOf(connectionId), sealed);
  }
  async function openSealed(workspaceId: string, connectionId: string): Promise<Sealed> {
    const sealed = await store.secret(workspaceId, secretNameOf(connectionId));
    if (sealed === undefined) throw noCredential(connectionId);
    return { sealed, kept: parse(await vault.open(sealNameOf(workspaceId, connectionId), sealed), connectionId) };
  }
  async function open(workspaceId: string, connectionId: string): Promise<Kept> {
    const { sealed, kept } = await openSealed(workspaceId, connectionId);
    if (vault.isStale(sealed)) await exchange(workspaceId, connectionId, sealed, kept);
    return kept;
  }
  async function exchange(workspaceId: string, connectionId: string, expected: string, kept: Kept): Promise<boolean> {
    const sealed = await vault.seal(sealNameOf(workspaceId, connectionId), JSON.stringify(kept));
    return store.replaceSecret(workspaceId, secretNameOf(connectionId), sealed, expected);
  }
  async function replace(workspaceId: string, connectionId: string, before: Kept, after: Kept): Promise<void> {
    for (;;) {
      const { sealed, kept } = await openSealed(workspaceId, connectionId);
      // Somebody applied another credential while this one was being refreshed, or a later pair is here: theirs stays.
      if (!isSameKept(kept, before)) return;
      // It may have been sealed anew between the two, with what it held before.
      if (await exchange(workspaceId, connectionId, sealed, after)) return;
    }
  }
  return {
    read: async (workspaceId, connectionId) => (await open(workspaceId, connectionId)).credential,
    write: (workspaceId, connectionId, credential) =>
      seal(workspaceId, connectionId, { appliedHash: hashOf(credential), credential }),
    grant: async (workspaceId, connectionId, credential) => {
      const before = await open(workspaceId, connectionId).catch(ofMissing);
      await seal(workspaceId, connectionId, { appliedHash: before?.appliedHash ?? NOT_APPLIED, credential });
    },
    forget: (workspaceId, connectionId) => store.dropSecret(workspaceId, secretNameOf(connectionId)),
    isApplied: async (workspaceId, connectionId, credential) => {
      const kept = await open(workspaceId, connectionId).catch(ofMissing);
      return kept?.appliedHash === hashOf(credential);
    },
    accessOf: (workspaceId, connectionId) =>
      remembered({
        load: () => open(workspaceId, connectionId),
        replace: (before, after) => replace(workspaceId, connectionId, before, after),
        claim: claimed(store, workspaceId, secretNameOf(connectionId), `${holder}#${++opened}`),
      }),
  };
}

/** Stands for the applied credential where none was: no hash is empty. */
const NOT_APPLIED = "";

/** What is sealed: the credential in use, and which one somebody applied. A refresh changes the first alone. */
interface Kept {
  readonly appliedHash: string;
  readonly credential: StoredCredential;
}

/** What is kept, with the text that it was sealed as. */
interface Sealed {
  readonly sealed: string;
  readonly kept: Kept;
}

interface KeptAccess {
  readonly load: () => Promise<Kept>;
  /** Stores what comes after, unless something else than what was before is there by now. */
  readonly replace: (before: Kept, after: Kept) => Promise<void>;
  readonly claim: NonNullable<CredentialAccess["claim"]>;
}

/** The right to exchange one credential, had by one holder at a time. */
function claimed(store: SecretStore, workspaceId: string, name: string, holder: string): KeptAccess["claim"] {
  return async (at, until) => {
    if (!(await store.holdSecret(workspaceId, name, { holder, at, until }))) return undefined;
    return { release: () => store.releaseSecret(workspaceId, name, holder) };
  };
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
      const before = await load();
      const after = { appliedHash: before.appliedHash, credential };
      await access.replace(before, after);
      known = Promise.resolve(after);
    },
    claim: access.claim,
  };
}

function isSameKept(one: Kept, other: Kept): boolean {
  return one.appliedHash === other.appliedHash && hashOf(one.credential) === hashOf(other.credential);
}

/** For `catch`: a credential that is missing, or sealed with a lost key, is simply none. Anything else is thrown on. */
export function ofMissing(thrown: unknown): undefined {
  if (thrown instanceof Failure && thrown.kind === "misconfigured") return undefined;
  throw thrown;
}

/** The same for the same credential, whatever the order of its keys. */
function hashOf(credential: StoredCredential): string {
  return createHash("sha256")
    .update(JSON.stringify(AnyCredential.parse(credential)))
    .digest("base64url");
}

/** Under which name the store keeps the sealed credential of a connection. */
export function secretNameOf(connectionId: string): string {
  return `connection:${connectionId}`;
}

/** Under which name a credential is sealed: connections of two workspaces may share an id. */
function sealNameOf(workspaceId: string, connectionId: string): string {
  return `${workspaceId}/connection:${connectionId}`;
}

/** What the hub itself gets from partners, beside what is applied. */
const Minted = z.strictObject({
  kind: z.literal("minted"),
  agencyId: z.string(),
  account: z.string(),
  accessToken: z.string(),
  expiresAt: z.number(),
  clientId: z.string(),
  clientSecret: z.string(),
  scopes: z.array(z.string()).optional(),
});
const AnyCredential = z.union([CredentialConfig, Minted]);
const Stored = z.strictObject({ appliedHash: z.string(), credential: AnyCredential });

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
  return new Failure(
    "misconfigured",
    `Connection ${connectionId} is not signed in. Do so on its page, or apply it with a credential.`,
  );
}
