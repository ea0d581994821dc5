import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import type { HighLevelOptions } from "./index.ts";
import { setUp } from "./testing.ts";

type Received = { readonly url: string; readonly text: string; readonly headers: Readonly<Record<string, string>> };

const HOOKS = "http://127.0.0.1:1/hooks";

/** An emulator whose webhooks land in a list; `answers` gives their statuses in turn, then `usually`. */
function withReceiver(options: HighLevelOptions = {}, answers: number[] = [], usually = 200) {
  const received: Received[] = [];
  const bench = setUp({
    webhookUrls: [HOOKS],
    ...options,
    quirks: { signatures: "ed25519", ...options.quirks },
    deliver: (url, text, headers) => {
      received.push({ url, text, headers });
      return Promise.resolve(answers.shift() ?? usually);
    },
  });
  const { webhooks } = bench.emulator.control;
  return { ...bench, received, webhooks };
}

/** Resolves when all that was started on this turn has been answered. */
async function settled(check: () => unknown, expected: unknown) {
  await expect.poll(check).toEqual(expected);
}

test("EH113 by quirk every failure is sent again, each wait twice the last, up to twelve tries with the same id", async () => {
  const { add, clock, received, webhooks } = withReceiver({ quirks: { webhookPolicy: "any-failure" } }, [], 503);
  await add({ firstName: "A" });
  await settled(() => [received.length, webhooks.list()[0]?.status], [1, 503]);
  clock.advance(59_999);
  expect(received).toHaveLength(1);
  for (let tries = 2; tries <= 12; tries += 1) {
    clock.advance(60_000 * 2 ** (tries - 2) * 1.1);
    await settled(() => received.length, tries);
    await settled(() => webhooks.list()[0]?.attempts, tries);
  }
  await settled(() => webhooks.list()[0]?.state, "refused");
  clock.advance(30 * 86_400_000);
  expect(new Set(received.map(({ text }) => text)).size).toBe(1);
  expect(received).toHaveLength(12);
});

test("EH114 an address that keeps failing is paused, gets nothing meanwhile, and then goes on", async () => {
  const quirks = { webhookPolicy: "any-failure", webhookBreakerAfter: 2, webhookTriesMax: 1 } as const;
  const { add, call, clock, received, webhooks } = withReceiver({ quirks }, [500, 0]);
  await add({ firstName: "A" });
  await add({ firstName: "B" });
  await settled(() => webhooks.list().map(({ state }) => state), ["refused", "refused"]);
  const { endpoints } = (await call("GET", "/_control/webhooks/endpoints")).body;
  expect(endpoints).toEqual([{ url: HOOKS, failuresInARow: 2, pausedUntil: clock.now() + 900_000 }]);
  await add({ firstName: "C" });
  await webhooks.flush();
  clock.advance(899_999);
  expect(received).toHaveLength(2);
  clock.advance(1);
  await settled(() => webhooks.list().map(({ state }) => state), ["refused", "refused", "delivered"]);
  expect((await call("GET", "/_control/webhooks/endpoints")).body.endpoints).toMatchObject([{ failuresInARow: 0 }]);
});

test("EH115 what was refused or lost within thirty days is sent again on request, with its id and bytes", async () => {
  const { add, call, clock, received, webhooks, emulator } = withReceiver({}, [500]);
  await add({ firstName: "A" });
  emulator.control.faults.set({ webhooks: { lose: 1 } });
  await add({ firstName: "B" });
  emulator.control.faults.set({ webhooks: { lose: 0 } });
  await add({ firstName: "C" });
  await webhooks.flush();
  expect((await call("POST", "/_control/webhooks/replay")).body).toEqual({ count: 2 });
  await webhooks.flush();
  const [first, third, again, second] = received.map(({ text }) => text);
  expect([again, JSON.parse(second ?? "").firstName]).toEqual([first, "B"]);
  const { webhookId } = JSON.parse(third ?? "");
  expect((await call("POST", "/_control/webhooks/replay", { ids: [webhookId] })).body).toEqual({ count: 1 });
  await webhooks.flush();
  expect(received.at(-1)?.text).toBe(third);
  clock.advance(30 * 86_400_000);
  expect((await call("POST", "/_control/webhooks/replay")).body).toEqual({ count: 0 });
});

test.each(["text", "data-text"] as const)(
  "EH116 by quirk the body or what it is about is JSON inside a text, and the signature proves the exact bytes: %s",
  async (envelope) => {
    const { add, received, webhooks, emulator } = withReceiver({ quirks: { envelope } });
    const id = await add({ firstName: "Zoë" });
    await webhooks.flush();
    const [{ text = "", headers = {} } = {}] = received;
    const outer = JSON.parse(text);
    const body = envelope === "text" ? JSON.parse(outer) : { ...outer, ...JSON.parse(outer.data) };
    expect(body).toMatchObject({ type: "ContactCreate", id, firstName: "Zoë" });
    const signature = Buffer.from(headers["x-ghl-signature"] ?? "", "base64");
    expect(verify(null, Buffer.from(text), createPublicKey(emulator.publicKeys().ed25519), signature)).toBe(true);
  },
);

const WORKFLOW = {
  name: "Tell the hub",
  on: ["ContactCreate", "NoteCreate"],
  url: "http://127.0.0.1:1/workflow",
  headers: { "x-secret": "s3cret" },
  body: {
    id: "{{contact.id}}",
    who: "{{ contact.first_name }} {{contact.last_name}}",
    tags: "{{contact.tags}}",
    note: "{{note.body}}",
    where: "{{location.name}}",
  },
};

test("EH117 a workflow posts a body of its own, unsigned and once, also where no app is installed", async () => {
  const { call, received, webhooks, emulator } = withReceiver({ isInstalled: false }, [429]);
  await call("PUT", "/_control/workflow-webhooks", [WORKFLOW]);
  const { id } = emulator.control.contacts.create({ firstName: "Ann", tags: ["a", "b"] });
  emulator.control.contacts.edit(id, { lastName: "Day" });
  emulator.children.create("notes", id, { body: "Hello" });
  await webhooks.flush();
  await webhooks.flush();
  const who = { id, tags: "a, b", where: emulator.location.name };
  expect(received.map(({ text }) => JSON.parse(text))).toEqual([
    { ...who, who: "Ann ", note: "" },
    { ...who, who: "Ann Day", note: "Hello" },
  ]);
  expect(received[0]).toMatchObject({ url: WORKFLOW.url, headers: WORKFLOW.headers });
  expect(Object.keys(received[0]?.headers ?? {})).toEqual(["x-secret"]);
  expect(webhooks.list()[0]).toMatchObject({ state: "refused", status: 429, attempts: 1 });
});

test("EH118 a person puts a contact into the workflows of its location", async () => {
  const { call, add, received, webhooks, emulator } = withReceiver({ furtherLocations: [{}] });
  const elsewhere = emulator.agency.locations()[1]?.id;
  const id = await add({ firstName: "Ann" });
  await webhooks.flush();
  received.length = 0;
  const workflows = [
    { ...WORKFLOW, on: [] },
    { ...WORKFLOW, locationId: elsewhere },
  ];
  await call("PUT", "/_control/workflow-webhooks", workflows);
  expect((await call("POST", "/_control/workflow-webhooks/run", { contactId: id })).body).toEqual({ count: 1 });
  await webhooks.flush();
  expect(received.map(({ text }) => JSON.parse(text).id)).toEqual([id]);
  expect((await call("POST", "/_control/workflow-webhooks/run", { contactId: "nobody" })).status).toBe(404);
  expect((await call("PUT", "/_control/workflow-webhooks", [{ url: "nowhere" }])).status).toBe(400);
  expect((await call("GET", "/_control/workflow-webhooks")).body.webhooks).toHaveLength(2);
});
