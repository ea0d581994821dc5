import { createHash, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { z } from "zod";
import type { WebhookRequest, WebhookVerdict } from "./connector.ts";

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

/** How webhooks that carry no signature are proved: by a secret in the address that the partner was given. */
export const ADDRESS_SECRET_SCHEME = "secret in the address";

/**
 * Judges a webhook by the secret in its address. Whoever knows the address may have a record looked at again, and no more.
 *
 * @param wanted the connection's secret; where it is absent, none is taken.
 */
export function provedByAddress({ addressSecret }: WebhookRequest, wanted: string | undefined): WebhookVerdict {
  if (addressSecret === undefined || wanted === undefined) return { kind: "unsigned" };
  return isSameSecret(addressSecret, wanted)
    ? { kind: "verified", scheme: ADDRESS_SECRET_SCHEME, isByOwner: true }
    : { kind: "forged", scheme: ADDRESS_SECRET_SCHEME };
}

/** The setting of a secret in the address: long enough that nobody guesses it, and of letters that an address may hold. */
export const AddressSecret = z
  .string()
  .regex(/^[A-Za-z0-9_-]{24,128}$/, "must be 24 to 128 letters, digits, hyphens or underscores")
  .describe("Secret in the address that webhooks are sent to, as the product signs none; without it none is taken.")
  .meta({ writeOnly: true });

/** An id for a delivery whose sender gives it none: the same content has the same id. */
export function contentId(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 32);
}
