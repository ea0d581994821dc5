import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from "jose";
import { Failure } from "../../model/errors.ts";
import type { Keyring } from "./keyring.ts";

/**
 * Seals secrets as JSON Web Encryption (direct, A256GCM). Each sealed text carries the id of its key and the name it was
 * sealed for, both authenticated: a text moved to another name does not open.
 */
export interface Vault {
  readonly seal: (name: string, plain: string) => Promise<string>;
  /** @throws Failure `misconfigured` when the key is not on the ring, `bug` when the text is not what was sealed. */
  readonly open: (name: string, sealed: string) => Promise<string>;
  /** Whether an older key sealed it, so that it should be sealed again. */
  readonly isStale: (sealed: string) => boolean;
}

/** A vault over a keyring. */
export function createVault(keyring: Keyring): Vault {
  return {
    seal: (name, plain) =>
      new CompactEncrypt(new TextEncoder().encode(plain))
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: keyring.newest.id, sub: name })
        .encrypt(keyring.newest.bytes),
    open: (name, sealed) => openSealed(keyring, name, sealed),
    isStale: (sealed) => keyIdOf(sealed) !== keyring.newest.id,
  };
}

async function openSealed(keyring: Keyring, name: string, sealed: string): Promise<string> {
  const key = keyring.byId.get(keyIdOf(sealed));
  if (key === undefined) throw missingKey(name);
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, key.bytes, {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    if (protectedHeader.sub !== name) throw new Error("sealed under another name");
    return new TextDecoder().decode(plaintext);
  } catch (cause) {
    throw new Failure("bug", `The sealed secret ${name} has been altered; apply its connection again.`, { cause });
  }
}

function keyIdOf(sealed: string): string {
  try {
    return String(decodeProtectedHeader(sealed).kid);
  } catch {
    // Not a sealed text at all: no key has this id, and opening it says so.
    return "";
  }
}

function missingKey(name: string): Failure {
  return new Failure(
    "misconfigured",
    `The secret ${name} was sealed with a master key that is not here: add that key to KITH_MASTER_KEY, or apply the connection again.`,
  );
}
