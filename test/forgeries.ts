import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/**
 * Webhooks as HighLevel sends them, and what somebody could make of them who does not have its keys: bodies altered by a
 * bit, a byte or a word, signatures of others or of other bodies, secrets that are nearly right, and plain rubbish.
 */

/** The key pairs of an invented HighLevel, public ones as settings take them, and the secret of its workflows. */
export interface Signing {
  readonly ed25519: KeyObject;
  readonly rsa: KeyObject;
  readonly webhookKeys: { readonly ed25519: string; readonly rsa: string };
  readonly workflowSecret: string;
}

/** One webhook on the wire. Header names in lower case. */
export interface Wired {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

/** A webhook that HighLevel did not send, and how it came about. */
export interface Forgery extends Wired {
  readonly how: string;
}

/** A number from 0 up to 1, the next of a seeded row. */
export type Draw = () => number;

/** New keys. The real RSA key has 4,096 bits. */
export function signing(rsaBits: number): Signing {
  const ed25519 = generateKeyPairSync("ed25519");
  const rsa = generateKeyPairSync("rsa", { modulusLength: rsaBits });
  const pem = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
  return {
    ed25519: ed25519.privateKey,
    rsa: rsa.privateKey,
    webhookKeys: { ed25519: pem(ed25519.publicKey), rsa: pem(rsa.publicKey) },
    workflowSecret: "tu8Xw2mQ5rZk7pLs9vBn3cJd",
  };
}

const EVENTS = ["ContactCreate", "ContactUpdate", "ContactDelete", "ContactTagUpdate", "NoteCreate", "TaskComplete"];

/** Genuine webhooks of one location, each in one of the envelopes and proved in one of the ways. */
export function genuine(count: number, locationId: string, keys: Signing): readonly Wired[] {
  return Array.from({ length: count }, (_, place) => {
    const type = EVENTS[place % EVENTS.length];
    const about = {
      id: `record-${place}`,
      contactId: `contact-${place}`,
      email: `p${place}@example.com`,
      city: "Porto",
    };
    const head = { type, locationId, webhookId: `wh-${place}`, timestamp: "2026-05-04T09:12:33.123Z" };
    const body = place % 2 === 0 ? { ...head, ...about } : { ...head, data: about };
    const rawBody = Buffer.from(JSON.stringify(body));
    return { rawBody, headers: proofOf(place % 4, rawBody, keys) };
  });
}

function proofOf(way: number, body: Uint8Array, keys: Signing): Record<string, string> {
  const newer = () => sign(null, body, keys.ed25519).toString("base64");
  const older = () => sign("sha256", body, keys.rsa).toString("base64");
  if (way === 0) return { "x-ghl-signature": newer() };
  if (way === 1) return { "x-ghl-signature": newer(), "x-wh-signature": older() };
  if (way === 2) return { "x-ghl-signature": "N/A", "x-wh-signature": older() };
  return { "x-kith-secret": keys.workflowSecret };
}

/** What a forger works with: genuine webhooks that were overheard, keys of their own, and chance. */
interface Workshop {
  readonly overheard: readonly Wired[];
  readonly own: Signing;
  readonly draw: Draw;
}

type Forge = (from: Wired, workshop: Workshop) => Wired;

/** Only a signed webhook is bound to its body; whoever overheard a secret could write any body, so these take none. */
const ON_SIGNED: Readonly<Record<string, Forge>> = {
  "a bit of the body turned": ({ headers, rawBody }, { draw }) => ({ headers, rawBody: withBitTurned(rawBody, draw) }),
  "a byte put in": ({ headers, rawBody }, { draw }) => {
    const at = pick(rawBody.length + 1, draw);
    return { headers, rawBody: joined(rawBody.subarray(0, at), Buffer.from([pick(256, draw)]), rawBody.subarray(at)) };
  },
  "the end cut off": ({ headers, rawBody }, { draw }) => ({
    headers,
    rawBody: rawBody.subarray(0, pick(rawBody.length, draw)),
  }),
  "white space behind": ({ headers, rawBody }) => ({ headers, rawBody: joined(rawBody, Buffer.from("\n")) }),
  "written with other spaces": ({ headers, rawBody }) => ({
    headers,
    rawBody: Buffer.from(JSON.stringify(JSON.parse(textOf(rawBody)), null, 1)),
  }),
  "another record named": ({ headers, rawBody }, { draw }) => ({
    headers,
    rawBody: Buffer.from(textOf(rawBody).replace(/record-\d+/, `record-9${pick(1_000_000, draw)}`)),
  }),
  "an event of another kind": ({ headers, rawBody }) => ({
    headers,
    rawBody: Buffer.from(textOf(rawBody).replace(/"type":"\w+"/, '"type":"INSTALL","appId":"a","companyId":"c"')),
  }),
  "a key said twice": ({ headers, rawBody }) => ({
    headers,
    rawBody: Buffer.from(textOf(rawBody).replace(/}$/, ',"id":"record-x"}')),
  }),
  "the signature of another body": ({ rawBody, headers }, { overheard, draw }) => {
    const other = overheard[pick(overheard.length, draw)];
    const isSame = other === undefined || other.rawBody === rawBody || "x-kith-secret" in other.headers;
    return { rawBody, headers: isSame ? mapped(headers, reversed) : other.headers };
  },
  "a bit of the signature turned": ({ rawBody, headers }, { draw }) => ({
    rawBody,
    headers: mapped(headers, (text) => withBitTurned(Buffer.from(text, "base64"), draw).toString("base64")),
  }),
  "a letter of the signature changed": ({ rawBody, headers }, { draw }) => ({
    rawBody,
    headers: mapped(headers, (text) => withLetterChanged(text, draw)),
  }),
  "the signature cut off": ({ rawBody, headers }, { draw }) => ({
    rawBody,
    headers: mapped(headers, (text) => text.slice(0, pick(text.length - 4, draw))),
  }),
  "each signature under the other's header": ({ rawBody, headers }) => ({
    rawBody,
    headers: {
      "x-ghl-signature": headers["x-wh-signature"] ?? "AAAA",
      "x-wh-signature": headers["x-ghl-signature"] ?? "N/A",
    },
  }),
  "a false newer signature beside a true older one": ({ rawBody, headers }, { own }) => ({
    rawBody,
    headers: { ...headers, "x-ghl-signature": sign(null, rawBody, own.ed25519).toString("base64") },
  }),
  "no signature": ({ rawBody }) => ({ rawBody, headers: {} }),
};

const ON_ANY: Readonly<Record<string, Forge>> = {
  "a key of one's own, newer": ({ rawBody }, { own }) => ({
    rawBody,
    headers: { "x-ghl-signature": sign(null, rawBody, own.ed25519).toString("base64") },
  }),
  "a signature that belongs to nothing": ({ rawBody }, { draw }) => ({
    rawBody,
    headers: { "x-ghl-signature": "N/A", "x-wh-signature": bytes(256, draw).toString("base64") },
  }),
  "a secret that is nearly right": ({ rawBody }, { own, draw }) => ({
    rawBody,
    headers: { "x-kith-secret": withLetterChanged(own.workflowSecret, draw) },
  }),
  "words of others": ({ rawBody }, { draw }) => ({
    rawBody,
    headers: { "x-ghl-signature": WORDS[pick(WORDS.length, draw)] ?? "" },
  }),
  rubbish: (_from, { draw }) => ({ rawBody: bytes(pick(2_000, draw), draw), headers: { "x-ghl-signature": "AAAA" } }),
  "JSON that means harm": ({ headers }, { draw }) => ({
    headers: mapped(headers, (text) => (text.length < 80 ? `${text}x` : text)),
    rawBody: Buffer.from(HARM[pick(HARM.length, draw)] ?? ""),
  }),
};

const WORDS = ["", "N/A ", "n/a", "null", "undefined", "true", "0", "=", "====", "é", "\u0000", "A".repeat(10_000)];

/** Bodies that have broken parsers: depth, length, strange keys, numbers and characters. */
const HARM: readonly string[] = [
  "[".repeat(50_000),
  `${'{"data":'.repeat(5_000)}1${"}".repeat(5_000)}`,
  `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
  '{"__proto__":{"type":"ContactUpdate"},"locationId":"l1","id":"c1"}',
  '{"constructor":{"prototype":{}},"type":"ContactUpdate","locationId":"l1","id":{"$gt":""}}',
  '{"type":"ContactUpdate","locationId":1e999,"id":-0,"timestamp":1e400}',
  '{"type":"toString","locationId":"l1","id":"c1"}',
  `{"type":"ContactUpdate","locationId":"l1","id":"${"x".repeat(20_000)}"}`,
  `{${Array.from({ length: 2_000 }, (_, place) => `"k_${place}":${place}`).join(",")}}`,
  '"\\"\\\\\\"{}\\\\\\"\\""',
  '{"type":"ContactUpdate","data":"{\\"data\\":\\"{}\\"}"}',
  "null",
  "",
  "\ud800",
];

/** The ways in which a webhook is forged or altered. */
export const WAYS: readonly string[] = [...Object.keys(ON_SIGNED), ...Object.keys(ON_ANY)];

/**
 * So many forgeries, every way as often as the others. None of them is one of the genuine webhooks.
 * @param keys those of the receiver; only what is public of them, and what was overheard, is used
 */
export function forgeries(count: number, overheard: readonly Wired[], keys: Signing, draw: Draw): readonly Forgery[] {
  // Nearly right is a change of one letter, so the forger is lent the secret for that.
  const workshop = { overheard, own: { ...signing(2_048), workflowSecret: keys.workflowSecret }, draw };
  const signed = overheard.filter(({ headers }) => !("x-kith-secret" in headers));
  const ways = [
    ...Object.entries(ON_SIGNED).map(([how, forge]) => ({ how, forge, from: signed })),
    ...Object.entries(ON_ANY).map(([how, forge]) => ({ how, forge, from: overheard })),
  ];
  return Array.from({ length: count }, (_, place) => {
    const { how, forge, from } = at(ways, place);
    return { how, ...forge(at(from, pick(from.length, draw)), workshop) };
  });
}

function at<One>(list: readonly One[], place: number): One {
  const found = list[place % list.length];
  if (found === undefined) throw new Error("there is nothing to choose from");
  return found;
}

function pick(below: number, draw: Draw): number {
  return Math.floor(draw() * below);
}

function bytes(count: number, draw: Draw): Buffer {
  return Buffer.from(Array.from({ length: count }, () => pick(256, draw)));
}

function withBitTurned(body: Uint8Array, draw: Draw): Buffer {
  const copy = Buffer.from(body);
  const place = pick(copy.length, draw);
  copy[place] = (copy[place] ?? 0) ^ (1 << pick(8, draw));
  return copy;
}

/** Another letter in one place; the last ones of a signature hold bits that its bytes do not need. */
function withLetterChanged(text: string, draw: Draw): string {
  const bare = text.replace(/=+$/, "");
  const place = draw() < 0.3 ? bare.length - 1 : pick(bare.length, draw);
  const letter = bare[place] === "A" ? "B" : "A";
  return bare.slice(0, place) + letter + bare.slice(place + 1) + text.slice(bare.length);
}

function mapped(headers: Wired["headers"], change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, text === "N/A" ? text : change(text)]),
  );
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}

function joined(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts);
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString();
}
