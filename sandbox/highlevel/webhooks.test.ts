import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import type { HighLevelOptions } from "./index.ts";
import { setUp } from "./testing.ts";

type Received = { readonly text: string; readonly headers: Record<string, string> };

/** An emulator whose webhooks land in a list; `answers` gives their statuses in turn, then 200. */
function withReceiver(options: HighLevelOptions = {}, answers: number[] = []) {
  const received: Received[] = [];
  const bench = setUp({
    ...options,
    webhookUrls: ["http://127.0.0.1:1/hooks"],
    deliver: (_url, text, headers) => {
      received.push({ text, headers });
      return Promise.resolve(answers.shift() ?? 200);
    },
  });
  const flush = () => bench.emulator.control.webhooks.flush();
  return { ...bench, received, flush, types: () => received.map(({ text }) => JSON.parse(text).type) };
}

test("EH100 a create, an update, a change of tags and a delete each send their event", async () => {
  // The slower signature is made beside the event loop, so with it the order of arrival is left to chance.
  const { add, call, flush, types } = withReceiver({ quirks: { signatures: "ed25519" } });
  const id = await add({ firstName: "A", tags: ["x"] });
  await call("PUT", `/contacts/${id}`, { city: "Bath" });
  await call("POST", `/contacts/${id}/tags`, { tags: ["y"] });
  await call("PUT", `/contacts/${id}`, { city: "Hull", tags: ["z"] });
  await call("DELETE", `/contacts/${id}`);
  await flush();
  expect(types()).toEqual([
    "ContactCreate",
    "ContactUpdate",
    "ContactTagUpdate",
    "ContactUpdate",
    "ContactTagUpdate",
    "ContactDelete",
  ]);
});

test("EH101 a person's edits send the same events, and an update that changes nothing sends none", async () => {
  const { emulator, flush, types, call } = withReceiver({ quirks: { signatures: "ed25519" } });
  const { contacts } = emulator.control;
  const { id } = contacts.create({ firstName: "A" });
  contacts.edit(id, { city: "Bath" });
  await call("PUT", `/contacts/${id}`, { city: "Bath" });
  contacts.remove(id);
  await flush();
  expect(types()).toEqual(["ContactCreate", "ContactUpdate", "ContactDelete"]);
});

test("EH102 the body is flat, with webhookId and timestamp and without dateUpdated", async () => {
  const { add, flush, received, locationId, clock } = withReceiver();
  const id = await add({ firstName: "Zoë", phone: "+12025550101", tags: ["VIP"] });
  await flush();
  const body = JSON.parse(received[0]?.text ?? "");
  expect(body).toMatchObject({
    type: "ContactCreate",
    locationId,
    id,
    firstName: "Zoë",
    phone: "+12025550101",
    tags: ["vip"],
  });
  expect(body.timestamp).toBe(new Date(clock.now()).toISOString());
  expect(body.webhookId).toMatch(/^[0-9a-f-]{36}$/);
  expect(body).not.toHaveProperty("dateUpdated");
});

test("EH103 the object may come under data", async () => {
  const { add, flush, received, locationId } = withReceiver({ quirks: { envelope: "data" } });
  const id = await add({ firstName: "A" });
  await flush();
  const body = JSON.parse(received[0]?.text ?? "");
  expect(body).toMatchObject({ type: "ContactCreate", locationId, data: { id, firstName: "A" } });
  expect(body).not.toHaveProperty("firstName");
});

test("EH104 both signatures prove the exact bytes with the emulator's public keys", async () => {
  const { add, flush, received, emulator } = withReceiver();
  await add({ firstName: "Zoë" });
  await flush();
  const { ed25519, rsa } = emulator.publicKeys();
  const [{ text, headers }] = received as [Received];
  const modern = Buffer.from(headers["x-ghl-signature"] ?? "", "base64");
  const legacy = Buffer.from(headers["x-wh-signature"] ?? "", "base64");
  expect(verify(null, Buffer.from(text), createPublicKey(ed25519), modern)).toBe(true);
  expect(verify("RSA-SHA256", Buffer.from(text), createPublicKey(rsa), legacy)).toBe(true);
  expect(verify(null, Buffer.from(`${text} `), createPublicKey(ed25519), modern)).toBe(false);
});

test.each([
  ["ed25519", ["x-ghl-signature"]],
  ["rsa", ["x-wh-signature"]],
  ["legacy-with-na", ["x-ghl-signature", "x-wh-signature"]],
] as const)("EH105 signatures by quirk: %s", async (signatures, names) => {
  const { add, flush, received } = withReceiver({ quirks: { signatures } });
  await add({ firstName: "A" });
  await flush();
  expect(Object.keys(received[0]?.headers ?? {})).toEqual(names);
  if (signatures === "legacy-with-na") expect(received[0]?.headers["x-ghl-signature"]).toBe("N/A");
});

test("EH106 only 429 is sent again, with the same id and bytes, after ten minutes or a little more", async () => {
  const { add, received, emulator, clock, flush } = withReceiver({}, [429, 503]);
  await add({ firstName: "A" });
  await expect.poll(() => emulator.control.webhooks.list()[0]?.status).toBe(429);
  clock.advance(599_999);
  expect(received).toHaveLength(1);
  clock.advance(60_001);
  await flush();
  expect(received.map(({ text }) => text)).toEqual([received[0]?.text, received[0]?.text]);
  expect(emulator.control.webhooks.list()[0]).toMatchObject({ state: "refused", status: 503, attempts: 2 });
});

test("EH107 after six repetitions a webhook is given up", async () => {
  const { add, received, emulator, flush } = withReceiver(
    {},
    Array.from({ length: 20 }, () => 429),
  );
  await add({ firstName: "A" });
  for (let again = 0; again < 9; again += 1) await flush();
  expect(received).toHaveLength(7);
  expect(emulator.control.webhooks.list()[0]).toMatchObject({ state: "refused", attempts: 7 });
});

test("EH108 webhooks can be lost, doubled and late", async () => {
  const { add, received, emulator, clock, flush } = withReceiver();
  const { faults, webhooks } = emulator.control;
  faults.set({ webhooks: { lose: 1 } });
  await add({ firstName: "A" });
  faults.set({ webhooks: { lose: 0, double: 1 } });
  await add({ firstName: "B" });
  await flush();
  expect(received.map(({ text }) => JSON.parse(text).firstName)).toEqual(["B", "B"]);
  expect(new Set(received.map(({ text }) => JSON.parse(text).webhookId)).size).toBe(1);
  expect(webhooks.list().map(({ state }) => state)).toEqual(["lost", "delivered", "delivered"]);
  faults.set({ webhooks: { double: 0, lateMs: 5_000 } });
  await add({ firstName: "C" });
  clock.advance(4_999);
  expect(received).toHaveLength(2);
  clock.advance(1);
  await flush();
  expect(received).toHaveLength(3);
});

test("EH109 a forged webhook comes besides the true one and is signed with another key", async () => {
  const { add, received, emulator, flush } = withReceiver({ quirks: { signatures: "ed25519" } });
  emulator.control.faults.set({ webhooks: { forge: 1 } });
  await add({ firstName: "A" });
  await flush();
  const key = createPublicKey(emulator.publicKeys().ed25519);
  const isTrue = ({ text, headers }: Received) =>
    verify(null, Buffer.from(text), key, Buffer.from(headers["x-ghl-signature"] ?? "", "base64"));
  expect(received.map(isTrue)).toEqual([true, false]);
});

test("EH110 shuffled webhooks arrive, in another order", async () => {
  const { add, received, emulator, clock, flush } = withReceiver({ quirks: { signatures: "ed25519" } });
  emulator.control.faults.set({ webhooks: { shuffle: true } });
  const names = Array.from({ length: 12 }, (_, number) => `N${number}`);
  for (const firstName of names) await add({ firstName });
  clock.advance(1_000);
  await flush();
  const order = received.map(({ text }) => JSON.parse(text).firstName);
  expect(order).not.toEqual(names);
  expect(order.toSorted()).toEqual(names.toSorted());
});

test("EH111 a change of silent fields alone sends nothing", async () => {
  const { add, call, flush, types } = withReceiver({ quirks: { silentFields: ["website"], signatures: "ed25519" } });
  const id = await add({ firstName: "A" });
  await call("PUT", `/contacts/${id}`, { website: "https://a.example" });
  await call("PUT", `/contacts/${id}`, { website: "https://b.example", city: "Bath" });
  await flush();
  expect(types()).toEqual(["ContactCreate", "ContactUpdate"]);
});
