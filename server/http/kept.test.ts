import { afterEach, beforeEach, expect, test } from "vitest";
import { KEPT_ROUTES, KeptRecord, KeptView } from "../../model/api/kept.ts";
import { murmur } from "../../test/keptPartner.ts";
import { acme, aHub, aWorkspace, type Scene } from "../scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await aHub({
    connectors: new Map([
      [acme.id, acme],
      ["murmur", murmur()],
    ]),
  });
  const { connections, syncs } = aWorkspace();
  const [one] = connections;
  const studio = { id: "two", connector: "murmur", name: "Our Murmur", settings: {}, baseUrls: {} };
  await call("PUT", "", {
    ...aWorkspace(),
    connections: [one, { ...studio, credential: { kind: "token", token: "k" } }],
    syncs,
  });
});
afterEach(() => scene.hub.stop());

/** One request with the operator's token. @returns status and JSON */
async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w${path}`, {
    method,
    headers: { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const KEPT = "/connections/two/kept";

/** A page of people, with their names. */
async function page(query: string) {
  const { body } = await call("GET", `${KEPT}/contact?${query}`);
  const { records, ...rest } = KEPT_ROUTES.keptRecords.answer.parse(body);
  return { names: records.map(({ title }) => title), ...rest };
}

async function added(resource: string, body: object): Promise<KeptRecord> {
  const { body: record } = await call("POST", `${KEPT}/${resource}`, body);
  return KeptRecord.parse(record);
}

test("A90 what the hub keeps for a connection is listed by kind, with the fields of each and who they belong to", async () => {
  await added("contact", { fields: { firstName: "Ana" } });
  await scene.store.books.setBookmark({ workspaceId: "w", connectionId: "two" }, "messages", "1");
  const tie = { resource: "tie", externalId: "t", fields: { to: "x" }, origin: "hub" } as const;
  await scene.store.books.put({ workspaceId: "w", connectionId: "two" }, tie, 1);
  const { body } = await call("GET", KEPT);
  expect(body).toMatchObject({
    connection: { id: "two", name: "Our Murmur", partner: "Murmur" },
    resources: [
      { resource: "contact", noun: "person", isEditable: true, count: 1 },
      { resource: "note", parent: "contact", isEditable: true, count: 0 },
      { resource: "task", parent: "contact", isEditable: true, count: 0 },
      { resource: "tie", isEditable: false, count: 1 },
    ],
  });
  expect(KeptView.parse(body).resources[0]?.fields[0]).toMatchObject({
    key: "firstName",
    label: "First name",
    isWritable: true,
  });
  expect((await call("GET", `${KEPT}/tie`)).body).toMatchObject({ total: 1, records: [{ fields: { to: "x" } }] });
  expect(await call("POST", `${KEPT}/tie`, { fields: {} })).toMatchObject({ status: 422 });
  expect(await call("GET", "/connections/one/kept")).toMatchObject({ status: 200, body: { resources: [] } });
  expect(await call("GET", "/connections/one/kept/contact")).toMatchObject({
    status: 404,
    body: { code: "not_found" },
  });
  expect(await call("GET", "/connections/nobody/kept")).toMatchObject({ status: 404 });
});

test("A91 a kept record is added, read, edited and deleted, and each of these makes it due at once", async () => {
  const ana = await added("contact", { fields: { firstName: "Ana", email: "ana@example.com", labels: ["vip"] } });
  expect(ana).toMatchObject({ title: "Ana", origin: "hub", links: [], fields: { labels: ["vip"] } });
  expect(ana.writable).toEqual(["firstName", "lastName", "email", "phone", "labels"]);
  const key = `record:contacts:right:${ana.externalId}`;
  const due = async () => (await scene.store.dueKey("w", key))?.generation;
  expect(await scene.store.dueKey("w", key)).toMatchObject({ reason: "person", priority: 0, generation: 1 });
  const edited = await call("PATCH", `${KEPT}/contact/${ana.externalId}`, {
    fields: { firstName: "", lastName: "Lima" },
  });
  expect(edited.body).toMatchObject({ title: "Lima", fields: { firstName: "", lastName: "Lima", labels: ["vip"] } });
  expect((await call("GET", `${KEPT}/contact/${ana.externalId}`)).body).toEqual(edited.body);
  expect(await due()).toBe(2);
  const task = await added("task", {
    fields: { title: "Call", dueAt: "2026-03-31T09:00:00Z" },
    parentId: ana.externalId,
  });
  expect(task).toMatchObject({ title: "Call", parentId: ana.externalId, parentTitle: "Lima" });
  expect(await call("DELETE", `${KEPT}/contact/${ana.externalId}`)).toMatchObject({ status: 200 });
  expect(await due()).toBe(3);
  for (const path of [`contact/${ana.externalId}`, `task/${task.externalId}`]) {
    expect(await call("GET", `${KEPT}/${path}`)).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await call("DELETE", `${KEPT}/${path}`)).toMatchObject({ status: 404 });
  }
});

test.each([
  ["a field that is not there", { shoes: "42" }, /no field "shoes"/],
  ["a field that comes from the product", { messages: 3 }, /comes from the product/],
  ["text for a number", { messages: "many" }, /takes a number/],
  ["one value for a list", { labels: "vip" }, /takes a list/],
  ["what is no e-mail address", { email: "ana" }, /not an e-mail/],
  ["what is no telephone number", { phone: "call me" }, /not a telephone number/],
  ["nothing at all", { firstName: "" }, /says nothing yet/],
])("A92 %s is refused in words for people, and nothing is kept", async (_what, fields, words) => {
  const { status, body } = await call("POST", `${KEPT}/contact`, { fields });
  expect(status).toBe(422);
  expect(body).toMatchObject({ code: "rejected", detail: expect.stringMatching(words) });
  expect((await page("")).total).toBe(0);
});

test("A92 what the product itself made is not edited, and says so", async () => {
  const of = { workspaceId: "w", connectionId: "two" };
  const message = { resource: "note", externalId: "m1", fields: { body: "Hello" }, origin: "partner" } as const;
  await scene.store.books.put(of, message, 1);
  const shown = await call("GET", `${KEPT}/note/m1`);
  expect(shown.body).toMatchObject({ origin: "partner", writable: [] });
  const edited = await call("PATCH", `${KEPT}/note/m1`, { fields: { body: "Bye" } });
  expect(edited).toMatchObject({
    status: 422,
    body: { detail: expect.stringMatching(/comes from the product itself/) },
  });
});

test("A93 kept records are searched newest first, and read page by page from the oldest change", async () => {
  for (const firstName of ["Ana", "Bo", "Cy"]) await added("contact", { fields: { firstName } });
  expect(await page("text=b")).toEqual({ names: ["Bo"], total: 1 });
  const first = await page("order=changed&limit=2");
  expect(first).toMatchObject({ names: ["Ana", "Bo"], total: 3 });
  const second = await page(`order=changed&limit=2&cursor=${encodeURIComponent(first.next ?? "")}`);
  expect(second).toEqual({ names: ["Cy"] });
  expect(await call("GET", `${KEPT}/contact?order=changed&cursor=x`)).toMatchObject({ status: 422 });
});
