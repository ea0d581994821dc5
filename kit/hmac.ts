import { createHmac, timingSafeEqual } from "node:crypto";

/** The digests that apps sign their webhooks with. */
export type HmacAlgorithm = "sha256" | "sha1" | "sha512";

/**
 * Whether `signature` is the HMAC of these bytes under the secret. Compared in constant time; a signature that is no
 * hex or base64, or of another length, is simply not valid.
 */
export function isHmacOf(
  algorithm: HmacAlgorithm,
  secret: string | Uint8Array,
  signed: Uint8Array,
  signature: string,
  encoding: "hex" | "base64",
): boolean {
  const wanted = createHmac(algorithm, secret).update(signed).digest();
  const given = encoding === "hex" ? fromHex(signature) : fromBase64(signature);
  return given !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted);
}

function fromHex(text: string): Buffer | undefined {
  return /^([0-9a-fA-F]{2})+$/.test(text) ? Buffer.from(text, "hex") : undefined;
}

function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  const plain = (base64: string) => base64.replace(/=+$/, "");
  // The last letter may hold bits that no byte needs: with them turned it is another text for the same bytes.
  return plain(bytes.toString("base64")) === plain(text) ? bytes : undefined;
}
