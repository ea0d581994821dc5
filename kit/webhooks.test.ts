import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { AddressSecret, contentId, isSameSecret, isSignedBy, provedByAddress, publicKey } from "./webhooks.ts";

const ed25519 = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = {
  ed25519: ed25519.publicKey.export({ type: "spki", format: "pem" }).toString(),
  "rsa-sha256": rsa.publicKey.export({ type: "spki", format: "pem" }).toString(),
};
const BODY = Buffer.from('{"type":"ContactUpdate","name":"Zoë"}');
const SIGNATURE = {
  ed25519: sign(null, BODY, ed25519.privateKey).toString("base64"),
  "rsa-sha256": sign("sha256", BODY, rsa.privateKey).toString("base64"),
};
const SCHEMES = ["ed25519", "rsa-sha256"] as const;

test.each(SCHEMES)("K40 a signature (%s) over exactly these bytes is accepted", (scheme) => {
  expect(isSignedBy(scheme, PEM[scheme], BODY, SIGNATURE[scheme])).toBe(true);
  expect(isSignedBy(scheme, PEM[scheme], BODY, ` ${SIGNATURE[scheme]}\n`)).toBe(true);
});

test.each(SCHEMES)("K41 one byte more, or the same JSON written otherwise, is refused (%s)", (scheme) => {
  const rewritten = Buffer.from(JSON.stringify(JSON.parse(BODY.toString()), null, 1));
  expect(isSignedBy(scheme, PEM[scheme], Buffer.concat([BODY, Buffer.from(" ")]), SIGNATURE[scheme])).toBe(false);
  expect(isSignedBy(scheme, PEM[scheme], rewritten, SIGNATURE[scheme])).toBe(false);
});

test.each(
  SCHEMES.flatMap((scheme) =>
    ["", "N/A", "not base64!", "AAAA", "A".repeat(5_000), "ü", "undefined"].map((text) => ({ scheme, text })),
  ),
)("K42 the signature $text is refused without an error ($scheme)", ({ scheme, text }) => {
  expect(isSignedBy(scheme, PEM[scheme], BODY, text)).toBe(false);
});

test.each(SCHEMES)("K42 another writing of the same signature is refused ($scheme)", (scheme) => {
  const bare = SIGNATURE[scheme].replace(/=+$/, "");
  const last = bare.at(-1) ?? "";
  const other = String.fromCharCode(last.charCodeAt(0) + 1);
  const written = SIGNATURE[scheme].replace(bare, bare.slice(0, -1) + other);
  expect(Buffer.from(written, "base64")).toEqual(Buffer.from(SIGNATURE[scheme], "base64"));
  expect(isSignedBy(scheme, PEM[scheme], BODY, written)).toBe(false);
  expect(isSignedBy(scheme, PEM[scheme], BODY, bare)).toBe(true);
});

test("K42 a signature by another's key is refused", () => {
  const other = generateKeyPairSync("ed25519");
  expect(isSignedBy("ed25519", PEM.ed25519, BODY, sign(null, BODY, other.privateKey).toString("base64"))).toBe(false);
});

test("K43 a key is parsed once, and one of another kind is no key", () => {
  expect(publicKey("ed25519", PEM.ed25519)).toBe(publicKey("ed25519", PEM.ed25519));
  expect(() => publicKey("ed25519", PEM["rsa-sha256"])).toThrow("ed25519 key is needed");
  expect(() => publicKey("rsa-sha256", "not a key")).toThrow();
});

test.each([
  ["s3cret", "s3cret", true],
  ["s3cret", "s3cres", false],
  ["s3cret", "s3cret ", false],
  ["", "", true],
])("K44 secrets %j and %j are compared whole", (one, other, isSame) => {
  expect(isSameSecret(one, other)).toBe(isSame);
});

test("W23 the secret in an address proves a webhook, another is forged, and without one it is unsigned", () => {
  const wanted = "a-secret-of-twenty-four-letters";
  const judged = (addressSecret?: string, secret: string | undefined = wanted) =>
    provedByAddress({ headers: {}, rawBody: BODY, ...(addressSecret !== undefined && { addressSecret }) }, secret).kind;
  expect([judged(wanted), judged("another"), judged()]).toEqual(["verified", "forged", "unsigned"]);
  expect(provedByAddress({ headers: {}, rawBody: BODY, addressSecret: wanted }, undefined).kind).toBe("unsigned");
  expect(["short", "with a space in its twenty-four"].map((text) => AddressSecret.safeParse(text).success)).toEqual([
    false,
    false,
  ]);
});

test("W23 the same content has the same id, and other content another", () => {
  expect(contentId({ a: 1 })).toBe(contentId({ a: 1 }));
  expect(contentId({ a: 1 })).not.toBe(contentId({ a: 2 }));
});
