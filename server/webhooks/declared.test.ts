import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectorById } from "../../connectors/index.ts";
import { DAYBOOK } from "../../test/daybook.ts";
import { acme, aHub, aWorkspace, type Scene } from "../scene.ts";

const SECRET = "a secret of some length";
const yourapp = connectorById("yourapp") ?? acme;
let scene: Scene;

function connection(id: string, app: unknown) {
  const credential = { kind: "token" as const, token: "key" };
  return { id, connector: "yourapp", name: id, settings: { app, webhookSecret: SECRET }, baseUrls: {}, credential };
}

/** Another app, whose webhooks are proved and read in another way. */
const OTHER = {
  ...{ ...DAYBOOK, name: "Other", baseUrl: "https://other.example" },
  webhooks: {
    proof: { kind: "token", header: "X-Token" },
    type: "what",
    events: [{ name: "*", resource: "contact", id: "who" }],
  },
};

async function put(change: Parameters<typeof aWorkspace>[0]): Promise<Response> {
  return fetch(`${scene.hub.listensAt}/api/workspaces/w`, {
    method: "PUT",
    headers: { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" },
    body: JSON.stringify(aWorkspace(change)),
  });
}

beforeEach(async () => {
  scene = await aHub({ connectors: new Map([acme, yourapp].map((one) => [one.id, one])) });
  const [sync] = aWorkspace().syncs;
  const syncs = sync === undefined ? [] : [{ ...sync, left: "daybook", right: "other" }];
  expect((await put({ connections: [connection("daybook", DAYBOOK), connection("other", OTHER)], syncs })).status).toBe(
    200,
  );
});
afterEach(() => scene.hub.stop());

async function posted(path: string, body: unknown, headers: Record<string, string> = {}): Promise<[number, string[]]> {
  const text = JSON.stringify(body);
  const answer = await fetch(`${scene.hub.listensAt}/hooks/yourapp${path}`, { method: "POST", body: text, headers });
  const [newest] = await scene.store.deliveries("w", { limit: 1 });
  return [answer.status, [...(newest?.keys ?? [])]];
}

const PERSON = { event: "person.changed", delivery: "d1", record: { id: "7" } };
const signed = (body: unknown, secret = SECRET) => ({
  "x-daybook-signature": `sha256=${createHmac("sha256", secret).update(JSON.stringify(body)).digest("hex")}`,
});

test("YA8 each app's webhooks are proved and read at its own address as its own declaration says", async () => {
  expect(await posted("/daybook", PERSON, signed(PERSON))).toEqual([200, ["record:contacts:left:7"]]);
  const told = { what: "moved", who: "9" };
  expect(await posted("/other", told, { "x-token": SECRET })).toEqual([200, ["record:contacts:right:9"]]);
});

test("YA8 a webhook at another app's address, of a stranger, or at no app's address is refused", async () => {
  expect((await posted("/other", PERSON, signed(PERSON)))[0]).toBe(401);
  expect((await posted("/daybook", PERSON, signed(PERSON, "another secret")))[0]).toBe(403);
  expect((await posted("/nowhere", PERSON, signed(PERSON)))[0]).toBe(404);
  expect((await posted("", PERSON, signed(PERSON)))[0]).toBe(404);
});

test("YA8 webhooks that carry no id of their own are each taken for themselves", async () => {
  const told = { what: "moved", who: "9" };
  await posted("/other", told, { "x-token": SECRET });
  await posted("/other", told, { "x-token": SECRET });
  expect(await scene.store.deliveries("w", { limit: 9 })).toHaveLength(2);
});

test("YA1 a sync of records that an app does not declare is refused by the app's name", async () => {
  const [sync] = aWorkspace().syncs;
  const { contact } = DAYBOOK.resources;
  const small = { ...DAYBOOK, name: "Small", resources: { contact } };
  const parts = { left: "daybook", right: "small", hasStockMapping: true } as const;
  const syncs =
    sync === undefined ? [] : [{ ...sync, ...parts, id: "more", resource: "task", parent: "contacts" } as const];
  const answer = await put({ connections: [connection("small", small)], syncs });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain("Small has no task");
});

/** An app without an API, whose webhooks tell all that is known of its people. */
const BELL = {
  ...{ name: "Bell", baseUrl: "https://bell.example", signIn: { kind: "none" }, resources: {} },
  told: {
    contact: { fields: [{ key: "firstName", label: "Name", path: "name", type: "text", standard: "firstName" }] },
  },
  webhooks: {
    proof: { kind: "token", header: "X-Token" },
    type: "what",
    occurredAt: { path: "at", as: "epochMs" },
    events: [
      { name: "person", resource: "contact", id: "who.id", record: "who" },
      { name: "left", resource: "contact", id: "who.id", isDeletion: true },
    ],
  },
};

test("YA52 what an app without an API tells is kept as told, in order of when it happened, with the newest message of each kind", async () => {
  const [sync] = aWorkspace().syncs;
  const syncs = sync === undefined ? [] : [{ ...sync, id: "people", left: "daybook", right: "bell" }];
  expect((await put({ connections: [connection("bell", BELL)], syncs })).status).toBe(200);
  const tell = (body: object) => posted("/bell", body, { "x-token": SECRET });
  const kept = async () => {
    const page = await scene.store.books.page({ workspaceId: "w", connectionId: "bell" }, "contact", { limit: 9 });
    return page.records.map(({ externalId, fields }) => [externalId, fields.firstName]);
  };
  expect(await tell({ what: "person", at: 20, who: { id: 7, name: "Ana" } })).toEqual([200, ["record:people:right:7"]]);
  await tell({ what: "person", at: 10, who: { id: 7, name: "Too late" } });
  expect(await kept()).toEqual([["7", "Ana"]]);
  await tell({ what: "person", at: 30, who: { id: 7, name: "Anna" } });
  expect(await kept()).toEqual([["7", "Anna"]]);
  const samples = await scene.store.books.page({ workspaceId: "w", connectionId: "bell" }, "sample", { limit: 9 });
  expect(samples.records.map(({ fields }) => fields.type)).toEqual(["person"]);
  expect(
    (
      await posted("/bell", { what: "person", who: { id: 8, name: "Forged" } }, { "x-token": "another secret here" })
    )[0],
  ).toBe(403);
  await tell({ what: "left", at: 40, who: { id: 7 } });
  expect(await kept()).toEqual([]);
});
