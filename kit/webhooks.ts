import { createHash, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";

/** The signature schemes that partners use on webhooks. */
export type SignatureScheme = "ed25519" | "rsa-sha256";

/** Parsed public keys by their text. Parsing costs more than verifying, and its result depends on the text alone. */
const parsedKeys = new Map<string, KeyObject>();
const PARSED_KEYS_MAX = 64;

/**
 * Parses a public key for a scheme, once per text.
 *
 * @param pem an SPKI public key in PEM form
 * @throws Error when the text is no public key, or one of another kind.
 */
export function publicKey(scheme: SignatureScheme, pem: string): KeyObject {
  const cacheKey = `${scheme}\n${pem}`;
  const known = parsedKeys.get(cacheKey);
  if (known !== undefined) return known;
  const key = createPublicKey(pem);
  const wanted = scheme === "ed25519" ? "ed25519" : "rsa";
  if (key.asymmetricKeyType !== wanted) throw new Error(`an ${wanted} key is needed, not ${key.asymmetricKeyType}`);
  if (parsedKeys.size >= PARSED_KEYS_MAX) parsedKeys.clear();
  parsedKeys.set(cacheKey, key);
  return key;
}

/**
 * Whether `signature` (base64) was made over exactly these bytes by the holder of the key.
 * A signature that is not base64, or of another length, is simply not valid: nothing is thrown for it.
 *
 * @throws Error only when `pem` itself is no key of that scheme; settings are checked for that when they are read.
 */
export function isSignedBy(scheme: SignatureScheme, pem: string, rawBody: Uint8Array, signature: string): boolean {
  const key = publicKey(scheme, pem);
  const bytes = fromBase64(signature);
  if (bytes === undefined) return false;
  // For Ed25519 the digest is part of the scheme, so none is named.
  return verify(scheme === "ed25519" ? null : "sha256", rawBody, key, bytes);
}

function fromBase64(text: string): Buffer | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(trimmed)) return undefined;
  const bytes = Buffer.from(trimmed, "base64");
  // The last letter may hold bits that no byte needs. With them turned it is another text for the same bytes, and no
  // sender writes it.
  return withoutPadding(bytes.toString("base64")) === withoutPadding(trimmed) ? bytes : undefined;
}

function withoutPadding(base64: string): string {
  return base64.replace(/=+$/, "");
}

/** Whether two secrets are the same, in a time that tells nothing of either, their lengths included. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
