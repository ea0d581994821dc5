import { createHash, hkdfSync } from "node:crypto";
import { Failure } from "../../model/errors.ts";

/** Keys for sealing: the newest seals, every one opens what it sealed. */
export interface Keyring {
  readonly newest: MasterKey;
  readonly byId: ReadonlyMap<string, MasterKey>;
}

/** One master key; its id is a fingerprint, so that keys need no names. */
export interface MasterKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The length of a master key, bytes (AES-256). */
export const MASTER_KEY_BYTES = 32;

/**
 * A keyring of keys in base64url, newest first.
 * @throws Failure `misconfigured` when there is none or one has the wrong length. Never repeats a key.
 */
export function keyringOf(encoded: readonly string[]): Keyring {
  const keys = encoded.map(masterKeyOf);
  const newest = keys[0];
  if (newest === undefined) throw new Failure("misconfigured", "There is no master key to seal credentials with.");
  return { newest, byId: new Map(keys.map((key) => [key.id, key])) };
}

/** A secret for another purpose, derived from the newest key; the same each time for the same purpose. Base64url. */
export function derivedSecret(keyring: Keyring, purpose: string): string {
  return Buffer.from(hkdfSync("sha256", keyring.newest.bytes, "", purpose, MASTER_KEY_BYTES)).toString("base64url");
}

function masterKeyOf(encoded: string): MasterKey {
  const bytes = Buffer.from(encoded, "base64url");
  if (bytes.length !== MASTER_KEY_BYTES) {
    throw new Failure("misconfigured", `A master key must be ${MASTER_KEY_BYTES} bytes in base64url.`);
  }
  return { id: createHash("sha256").update(bytes).digest("base64url").slice(0, 12), bytes };
}
