import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createHighLevelEmulator } from "./index.ts";
import { setUp } from "./testing.ts";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test("EH120 a person's contacts are listed newest first, by friendly names, and found by a query", async () => {
  const { call, clock } = setUp();
  const first = await call("POST", "/_control/contacts", {
    firstName: "Ann",
    phone: "(202) 555-0101",
    addressLine1: "1 Quay",
  });
  expect(first.status).toBe(201);
  clock.advance(1_000);
  await call("POST", "/_control/contacts", {
    firstName: "Bo",
    tags: ["VIP"],
    "custom.children": 2,
    "custom.stage": "New",
  });
  const { contacts, total } = (await call("GET", "/_control/contacts?limit=1")).body;
  expect([contacts.length, total]).toEqual([1, 2]);
  expect(contacts[0].fields).toMatchObject({
    firstName: "Bo",
    tags: ["vip"],
    "custom.children": "2",
    "custom.stage": "New",
  });
  clock.advance(1_000);
  await call("PATCH", `/_control/contacts/${first.body.id}`, { lastName: "Day" });
  const edited = (await call("GET", "/_control/contacts?limit=1")).body;
  expect(edited.contacts[0].fields).toMatchObject({ firstName: "Ann" });
  const found = (await call("GET", "/_control/contacts?query=ann")).body;
  expect(found.contacts[0]).toMatchObject({
    id: first.body.id,
    fields: { phone: "+12025550101", addressLine1: "1 Quay", city: "" },
  });
});

test("EH121 a person edits, clears and deletes under the product's rules, told in words", async () => {
  const { call, add } = setUp();
  await add({ email: "ann@example.com" });
  const id = await add({ firstName: "Bo", city: "Bath" });
  const edited = await call("PATCH", `/_control/contacts/${id}`, { city: "", companyName: "Kestrel" });
  expect(edited.body.fields).toMatchObject({ city: "", companyName: "Kestrel", firstName: "Bo" });
  const refused = await call("PATCH", `/_control/contacts/${id}`, { email: "ann@example.com" });
  expect([refused.status, refused.body.message]).toEqual([400, "This location does not allow duplicated contacts."]);
  expect((await call("PATCH", `/_control/contacts/${id}`, { shoeSize: "44" })).body.message).toBe(
    "property shoeSize should not exist",
  );
  expect((await call("DELETE", `/_control/contacts/${id}`)).status).toBe(204);
  expect((await call("DELETE", `/_control/contacts/${id}`)).status).toBe(404);
});

test("EH122 calls are listed and counted by route; a person's acts are not among them and need no allowance", async () => {
  const { call, add } = setUp({ limits: { requests: 2 } });
  const id = await add({ firstName: "A" });
  await call("GET", `/contacts/${id}?x=1`);
  await call("GET", `/contacts/${id}`);
  await call("GET", "/_control/contacts");
  const { calls, counts } = (await call("GET", "/_control/calls")).body;
  expect(calls.map(({ method, path, status }: Record<string, unknown>) => [method, path, status])).toEqual([
    ["POST", "/contacts/", 201],
    ["GET", `/contacts/${id}`, 200],
    ["GET", `/contacts/${id}`, 429],
  ]);
  expect(counts).toEqual({ "POST /contacts/": 1, "GET /contacts/:contactId": 2 });
  expect((await call("GET", `/_control/calls?since=${calls[1].seq}`)).body.calls).toHaveLength(1);
  await call("DELETE", "/_control/calls");
  expect((await call("GET", "/_control/calls")).body).toEqual({ calls: [], counts: {} });
});

test("EH123 the list of calls keeps the last ten thousand and the counts keep all", async () => {
  const { emulator } = setUp();
  const { app, control } = emulator;
  for (let call = 0; call < 10_050; call += 1) await app.inject({ method: "GET", url: "/contacts/x" });
  const { calls, counts } = control.calls.list();
  expect([calls.length, calls[0]?.seq, counts["GET /contacts/:contactId"]]).toEqual([10_000, 51, 10_050]);
});

test("EH124 bulk makes many at once, with no webhook and at once in the index", async () => {
  const { call, search, emulator } = setUp({ quirks: { searchLagMs: 60_000 }, webhookUrls: ["http://127.0.0.1:1/"] });
  expect((await call("POST", "/_control/contacts/bulk", { count: 3_000, seed: 4 })).body).toEqual({ count: 3_000 });
  expect((await search({ pageLimit: 500 })).body.total).toBe(3_000);
  expect(emulator.control.webhooks.list()).toEqual([]);
});

test("EH125 reset begins anew with the contacts of a seed and without faults", async () => {
  const { call, add, emulator } = setUp();
  await add({ firstName: "A" });
  emulator.control.faults.set([{ effect: "401" }]);
  await call("POST", "/_control/reset", { seed: 9, contacts: 60 });
  const names = () =>
    emulator.control.contacts
      .list("", 0, 100)
      .contacts.map(({ fields }) => fields.email)
      .toSorted();
  const first = names();
  expect(first).toHaveLength(60);
  expect(emulator.control.faults.get().faults).toEqual([]);
  await call("POST", "/_control/reset", { seed: 9, contacts: 60 });
  expect(names()).toEqual(first);
});

test("EH126 quirks and limits are read and changed one by one, and an unknown one is refused", async () => {
  const { call } = setUp();
  expect((await call("PUT", "/_control/quirks", { goneAs: "400" })).body).toMatchObject({
    goneAs: "400",
    badPhone: "reject",
  });
  expect((await call("PUT", "/_control/quirks", { goneAs: "410" })).status).toBe(400);
  expect((await call("PUT", "/_control/quirks", { mood: "bad" })).status).toBe(400);
  expect((await call("PUT", "/_control/limits", { off: false, requests: 5 })).body).toMatchObject({
    requests: 5,
    perMs: 10_000,
  });
});

test("EH127 the stored record can be looked at", async () => {
  const { call, add } = setUp();
  const id = await add({ firstName: "A" });
  expect((await call("GET", `/_control/state/${id}`)).body).toMatchObject({ id, firstName: "A" });
  expect((await call("GET", "/_control/state/nobody")).status).toBe(404);
});

test.each([
  ["429", 429],
  ["401", 401],
  ["500-before", 500],
] as const)("EH130 fault %s answers %i and does nothing", async (effect, status) => {
  const { call, locationId, emulator } = setUp();
  emulator.control.faults.set([{ effect, match: { method: "POST", path: "^/contacts/$" }, times: 1 }]);
  expect((await call("POST", "/contacts/", { locationId, firstName: "A" })).status).toBe(status);
  expect(emulator.control.contacts.list().total).toBe(0);
  expect((await call("POST", "/contacts/", { locationId, firstName: "A" })).status).toBe(201);
});

test("EH131 fault 500-after does what was asked and answers 500", async () => {
  const { call, locationId, emulator } = setUp();
  emulator.control.faults.set([{ effect: "500-after", times: 1 }]);
  expect((await call("POST", "/contacts/", { locationId, firstName: "A" })).status).toBe(500);
  expect(emulator.control.contacts.list().total).toBe(1);
});

test("EH132 fault torn sends half of the answer", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({ firstName: "A" });
  emulator.control.faults.set([{ effect: "torn" }]);
  const torn = await call("GET", `/contacts/${id}`);
  expect([torn.status, torn.text.startsWith('{"contact"')]).toEqual([200, true]);
  expect(() => JSON.parse(torn.text)).toThrow();
});

test("EH133 fault stale-read shows a contact as it was before its last change", async () => {
  const { call, add, search, emulator } = setUp();
  const id = await add({ firstName: "A", city: "Bath" });
  await call("PUT", `/contacts/${id}`, { city: "Hull" });
  emulator.control.faults.set([{ effect: "stale-read" }]);
  expect((await call("GET", `/contacts/${id}`)).body.contact.city).toBe("Bath");
  expect((await search()).body.contacts[0].city).toBe("Bath");
});

test("EH134 fault delay answers late", async () => {
  const { call, clock, emulator } = setUp();
  emulator.control.faults.set([{ effect: "delay", ms: 3_000 }]);
  let status = 0;
  const answer = call("GET", "/contacts/x").then((late) => {
    status = late.status;
  });
  await expect.poll(() => emulator.control.calls.list().calls.length).toBe(1);
  clock.advance(2_999);
  expect(status).toBe(0);
  clock.advance(1);
  await answer;
  expect(status).toBe(404);
});

test.each([
  ["seconds", "4"],
  ["date", "Mon, 04 May 2026 08:00:04 GMT"],
  ["none", undefined],
])("EH135 fault 429 carries Retry-After as %s", async (retryAfter, header) => {
  const { call, emulator } = setUp();
  emulator.control.faults.set([{ effect: "429", retryAfter, ms: 4_000 }]);
  expect((await call("GET", "/contacts/x")).headers["retry-after"]).toBe(header);
});

test("EH136 a fault strikes by its chance and is used up by its times", async () => {
  const { call } = setUp();
  const statuses = async () => {
    const seen: number[] = [];
    for (let turn = 0; turn < 40; turn += 1) seen.push((await call("GET", "/contacts/x")).status);
    return seen.filter((status) => status === 500).length;
  };
  await call("PUT", "/_control/faults", [{ effect: "500-before", probability: 0.5 }]);
  const struck = await statuses();
  expect(struck).toBeGreaterThan(8);
  expect(struck).toBeLessThan(32);
  await call("PUT", "/_control/faults", { faults: [{ effect: "500-before", times: 3 }] });
  expect(await statuses()).toBe(3);
  expect((await call("GET", "/_control/faults")).body.faults).toEqual([]);
});

test("EH137 an impossible fault is refused and changes nothing", async () => {
  const { call } = setUp();
  expect((await call("PUT", "/_control/faults", [{ effect: "melt" }])).status).toBe(400);
  expect((await call("PUT", "/_control/faults", [{ effect: "drop", match: { path: "(" } }])).status).toBe(400);
  expect((await call("PUT", "/_control/faults", { webhooks: { lose: 2 } })).status).toBe(400);
});

test.each([
  ["drop", "after", 1],
  ["drop", "before", 0],
  ["timeout", "after", 1],
  ["timeout", "before", 0],
] as const)(
  "EH138 fault %s %s the effect leaves the caller without an answer and %i contact",
  async (effect, when, total) => {
    const { emulator, locationId, clock } = setUp();
    const { url } = await emulator.listen(0);
    closing.push(emulator.close);
    emulator.control.faults.set([{ effect, when }]);
    const headers = {
      authorization: `Bearer ${emulator.token}`,
      version: "2021-07-28",
      "content-type": "application/json",
    };
    const body = JSON.stringify({ locationId, firstName: "A" });
    const answer = fetch(`${url}/contacts/`, { method: "POST", headers, body }).then(
      ({ status }) => status,
      () => "no answer",
    );
    await expect.poll(() => emulator.control.calls.list().calls.length).toBe(1);
    await expect.poll(() => emulator.control.contacts.list().total).toBe(total);
    await expect
      .poll(() => {
        clock.advance(60_000);
        return Promise.race([answer, Promise.resolve("waiting")]);
      })
      .toBe("no answer");
    expect(emulator.control.calls.list().calls[0]?.status).toBe(0);
    expect(emulator.control.contacts.list().total).toBe(total);
  },
);

test("EH139 a webhook travels over HTTP with its signatures, and the log tells its status", async () => {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => {
      text += part;
    });
    request.on("end", () => {
      bodies.push(`${request.url} ${typeof request.headers["x-ghl-signature"]} ${JSON.parse(text).type}`);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo; // a server on a port, not on a pipe
  const emulator = createHighLevelEmulator({ webhookUrls: [`http://127.0.0.1:${port}/hooks/a`] });
  closing.push(emulator.close);
  emulator.control.contacts.create({ firstName: "A" });
  await emulator.control.webhooks.flush();
  expect(bodies).toEqual(["/hooks/a string ContactCreate"]);
  expect(emulator.control.webhooks.list()[0]).toMatchObject({ state: "delivered", status: 204 });
});

test("EH140 a receiver that can not be reached is noted with status 0 and not tried again", async () => {
  const emulator = createHighLevelEmulator({ webhookUrls: ["http://127.0.0.1:1/nobody"] });
  closing.push(emulator.close);
  emulator.control.contacts.create({ firstName: "A" });
  await emulator.control.webhooks.flush();
  expect(emulator.control.webhooks.list()[0]).toMatchObject({ state: "refused", status: 0, attempts: 1 });
});
