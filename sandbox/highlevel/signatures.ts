import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { Signer } from "../control/outbox.ts";
import type { Quirks } from "./quirks.ts";

/** Private keys as PEM texts, for whoever wants a fixed pair. */
export type SigningKeys = { readonly ed25519?: string; readonly rsa?: string };

/** Public keys as PEM texts, to be given to the receiver. */
export type PublicKeys = { readonly ed25519: string; readonly rsa: string };

/** The keys of one emulator. The RSA pair is made when first needed, because making it takes a while. */
export type KeyRing = { readonly publicKeys: () => PublicKeys; readonly sign: Signer };

/** Bits of the RSA key: the real one has 4096, which would take seconds to make and buy nothing here. */
const RSA_BITS = 2048;

/** Makes a ring of keys of its own, except those given. */
export function createKeyRing(given: SigningKeys, quirks: () => Quirks): KeyRing {
  const ed25519 = lazily(() =>
    given.ed25519 ? createPrivateKey(given.ed25519) : generateKeyPairSync("ed25519").privateKey,
  );
  const rsa = lazily(() =>
    given.rsa ? createPrivateKey(given.rsa) : generateKeyPairSync("rsa", { modulusLength: RSA_BITS }).privateKey,
  );
  const modern = (text: string) => sign(null, Buffer.from(text), ed25519()).toString("base64");
  const legacy = (text: string) => signInBackground(text, rsa());
  return {
    publicKeys: () => ({ ed25519: publicPem(ed25519()), rsa: publicPem(rsa()) }),
    sign: async (text): Promise<Record<string, string>> => {
      switch (quirks().signatures) {
        case "ed25519":
          return { "x-ghl-signature": modern(text) };
        case "rsa":
          return { "x-wh-signature": await legacy(text) };
        case "legacy-with-na":
          return { "x-ghl-signature": "N/A", "x-wh-signature": await legacy(text) };
        default:
          return { "x-ghl-signature": modern(text), "x-wh-signature": await legacy(text) };
      }
    },
  };
}

/** RSA takes a good part of a millisecond, so it is done beside the event loop. */
function signInBackground(text: string, key: KeyObject): Promise<string> {
  return new Promise((resolve, reject) => {
    sign("RSA-SHA256", Buffer.from(text), key, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString("base64"));
    });
  });
}

function publicPem(key: KeyObject): string {
  return createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
