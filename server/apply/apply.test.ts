import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Resource } from "../../model/record.ts";
import type { WorkspaceConfig } from "../../model/workspace.ts";
import { createCredentials } from "../connections/index.ts";
import { acme, aHub, aWorkspace, MASTER_KEY, type Scene } from "../scene.ts";
import { createVault, keyringOf } from "../vault/index.ts";
import { validateWorkspace } from "./validate.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await aHub();
});
afterEach(() => scene.hub.stop());

async function call(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w${path}`, { method, headers, ...sent });
  return { status: response.status, answer: await response.json() };
}

const apply = async (config: unknown) => call("PUT", "", config);

/** The workspace with one connection changed. */
function withConnection(id: string, change: object): WorkspaceConfig {
  const config = aWorkspace();
  return { ...config, connections: config.connections.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

/** The workspace with a third connection. */
function withThird(): WorkspaceConfig {
  const config = aWorkspace();
  const [one] = config.connections;
  const third = one === undefined ? [] : [{ ...one, id: "three", settings: { account: "account-3" } }];
  return { ...config, connections: [...config.connections, ...third] };
}

const OAUTH = {
  kind: "oauth" as const,
  accessToken: "a",
  refreshToken: "r",
  expiresAt: 1,
  clientId: "c",
  clientSecret: "s",
};

describe("applying a workspace", () => {
  test("A20 a new document adds everything it names, begins the first reading, and starts the lane", async () => {
    const { answer } = await apply(aWorkspace());
    expect(answer).toEqual({
      changes: ["workspace w: added", "connection one: added", "connection two: added", "sync contacts: added"],
    });
    expect(await scene.store.dueKey("w", "backfill:contacts")).toBeDefined();
    expect(scene.notes.syncs).toEqual([["contacts"]]);
  });

  test("A21 the same document again changes nothing", async () => {
    await apply(aWorkspace());
    const wakes = scene.notes.wakes;
    expect((await apply(aWorkspace())).answer).toEqual({ changes: [] });
    expect(scene.notes.syncs).toHaveLength(1);
    expect(scene.notes.wakes).toBe(wakes);
  });

  test("V15 the same document again leaves the tokens that the partner gave in exchange", async () => {
    const applied = withConnection("one", { credential: { ...OAUTH, tokenUrl: "https://acme.example/token" } });
    await apply(applied);
    const credentials = createCredentials(scene.store, createVault(keyringOf([MASTER_KEY])), "test");
    const rotated = { ...OAUTH, tokenUrl: "https://acme.example/token", accessToken: "a2", refreshToken: "r2" };
    await credentials.accessOf("w", "one").store(rotated);
    expect((await apply(applied)).answer).toEqual({ changes: [] });
    expect(await credentials.read("w", "one")).toEqual(rotated);
    const renamed = applied.connections.map((one) => ({ ...one, name: "Renamed" }));
    await apply({ ...applied, connections: renamed });
    expect(await credentials.read("w", "one")).toEqual(rotated);
  });

  test.each([
    ["settings changed", { settings: { account: "account-1", secret: "another" } }],
    ["name changed", { name: "Acme, new" }],
    ["addresses changed", { baseUrls: { api: "https://other.example" } }],
    ["credential changed", { credential: { kind: "token", token: "another" } }],
  ])("A22 a change is told in plain words: %s", async (words, change) => {
    await apply(aWorkspace());
    expect((await apply(withConnection("one", change))).answer).toEqual({ changes: [`connection one: ${words}`] });
  });

  test("A22 a changed sync is compared in full, and the lane works the new one", async () => {
    await apply(aWorkspace());
    const config = aWorkspace();
    const { answer } = await apply({
      ...config,
      syncs: config.syncs.map((sync) => ({ ...sync, without: ["source"] })),
    });
    expect(answer).toEqual({ changes: ["sync contacts: changed"] });
    expect(await scene.store.dueKey("w", "sweep:contacts:left")).toMatchObject({ reason: "person" });
    expect(scene.notes.syncs).toHaveLength(2);
  });

  test("A23 a credential is never stored readable, nor shown", async () => {
    await apply(aWorkspace());
    const sealed = await scene.store.secret("w", "connection:one");
    expect(sealed).toBeDefined();
    expect(sealed).not.toContain("token-of-one");
    expect(JSON.stringify((await call("GET", "/overview")).answer)).not.toContain("token-of-one");
  });

  test.each([
    ["an unknown connector", withConnection("one", { connector: "nobody" }), "connection one: connector:"],
    ["a missing setting", withConnection("one", { settings: {} }), "connection one: settings.account: is missing"],
    [
      "an unknown address",
      withConnection("two", { baseUrls: { apo: "https://x.example" } }),
      "connection two: baseUrls.apo:",
    ],
    [
      "a sync of an unknown connection",
      { ...aWorkspace(), syncs: aWorkspace().syncs.map((sync) => ({ ...sync, right: "three" })) },
      "sync contacts: right: there is no connection three",
    ],
    [
      "a sync with itself",
      { ...aWorkspace(), syncs: aWorkspace().syncs.map((sync) => ({ ...sync, right: "one" })) },
      "sync contacts: right:",
    ],
    [
      "two connections of one id",
      { ...aWorkspace(), connections: [...aWorkspace().connections, ...aWorkspace().connections] },
      "connection one: there are two",
    ],
  ])("A24 %s is refused by name, and nothing is changed", async (_what, config, words) => {
    const { status, answer } = await apply(config);
    expect(status).toBe(422);
    expect(answer).toMatchObject({ code: "misconfigured", detail: expect.stringContaining(words) });
    expect(await scene.store.workspaces()).toEqual([]);
    expect(await scene.store.connections("w")).toEqual([]);
  });

  test.each([
    ["baseUrls.api", { baseUrls: { api: "http://acme.example" } }],
    ["baseUrls.api", { baseUrls: { api: "https://me:pw@acme.example" } }],
    ["credential.tokenUrl", { credential: { ...OAUTH, tokenUrl: "http://acme.example/token" } }],
  ])("A24 an address that no secret may be sent to is refused: %s", async (key, change) => {
    const { status, answer } = await apply(withConnection("one", change));
    expect(status).toBe(422);
    expect(answer).toMatchObject({ detail: expect.stringContaining(`connection one: ${key}: The address must`) });
    expect(await scene.store.connections("w")).toEqual([]);
  });

  test("A32 a connection stays with its account", async () => {
    await apply(aWorkspace());
    const { status, answer } = await apply(withConnection("one", { settings: { account: "account-8" } }));
    expect(status).toBe(422);
    const words = "connection one: settings: it is the connection of the Acme CRM account account-1; use another id";
    expect(answer).toMatchObject({ detail: expect.stringContaining(words) });
    expect((await scene.store.connection("w", "one"))?.settings).toEqual({ account: "account-1" });
  });

  test.each([
    ["left", { left: "two", right: "three" }],
    ["right", { right: "three" }],
  ])("A32 a sync stays with its sides: %s", async (side, change) => {
    const config = withThird();
    await apply(config);
    const { status, answer } = await apply({ ...config, syncs: config.syncs.map((sync) => ({ ...sync, ...change })) });
    expect(status).toBe(422);
    expect(answer).toMatchObject({ detail: expect.stringContaining(`sync contacts: ${side}: it is`) });
    expect((await scene.store.syncs("w")).map((row) => row.config)).toMatchObject([{ left: "one", right: "two" }]);
  });

  test("A32 a sync stays with its resource", () => {
    const [sync] = aWorkspace().syncs;
    if (sync === undefined) throw new Error("the workspace has a sync");
    // Contacts are the only resource as yet.
    const resource = "task" as Resource;
    const row = { workspaceId: "w", config: { ...sync, resource }, version: "1", isPaused: false };
    const applied = { connections: new Map(), syncs: new Map([["contacts", { ...row, createdAt: 1 }]]) };
    expect(() => validateWorkspace(aWorkspace(), new Map([[acme.id, acme]]), applied)).toThrow(
      expect.objectContaining({ details: { issues: [expect.stringMatching(/^sync contacts: resource: it is task/)] } }),
    );
  });

  test("A24 a document for another workspace than its address is refused", async () => {
    expect((await apply({ ...aWorkspace(), workspace: { id: "v", name: "V" } })).status).toBe(422);
  });

  test("A25 two documents applied at once are applied one after the other", async () => {
    const [first, second] = await Promise.all([apply(aWorkspace()), apply(aWorkspace())]);
    const counts = [first, second].map(({ answer }) => (answer as { changes: string[] }).changes.length);
    expect(counts.toSorted()).toEqual([0, 4]);
  });
});

describe("pausing and checking", () => {
  beforeEach(async () => {
    await apply(aWorkspace());
  });

  test("A26 a paused sync reaches the lane as paused, and shows so", async () => {
    await call("PUT", "/syncs/contacts/paused", { isPaused: true });
    expect(scene.notes.syncs.at(-1)).toEqual(["contacts paused"]);
    expect((await call("GET", "/overview")).answer).toMatchObject({ syncs: [{ isPaused: true, phase: "paused" }] });
    await call("PUT", "/syncs/contacts/paused", { isPaused: false });
    expect(scene.notes.syncs.at(-1)).toEqual(["contacts"]);
  });

  test("A26 a paused workspace pauses all of its syncs and shows so, whatever is applied", async () => {
    expect((await call("PUT", "/paused", { isPaused: true })).status).toBe(200);
    expect(scene.notes.syncs.at(-1)).toEqual(["contacts paused"]);
    await apply(withConnection("two", { name: "Acme, newer" }));
    expect(scene.notes.syncs.at(-1)).toEqual(["contacts paused"]);
    expect((await call("GET", "/overview")).answer).toMatchObject({
      workspace: { isPaused: true },
      syncs: [{ isPaused: false, phase: "paused" }],
    });
    await call("PUT", "/paused", { isPaused: false });
    expect(scene.notes.syncs.at(-1)).toEqual(["contacts"]);
  });

  test("F4 the overview says how soon an edit that no webhook told is found", async () => {
    expect((await call("GET", "/overview")).answer).toMatchObject({
      syncs: [{ foundWithin: { left: 60_000, right: 60_000 } }],
    });
  });

  test("A35 the overview counts the deletions that are held, and allowing them makes that due at once", async () => {
    const lane = await scene.store.takeLane("w", "test", 1);
    const checkpoint = { syncId: "contacts", side: "left", kind: "deletions", startedAt: 1, seen: 70 } as const;
    await scene.store.apply(lane, [{ kind: "checkpoint", checkpoint }]);
    expect((await call("GET", "/overview")).answer).toMatchObject({ syncs: [{ heldDeletions: 70, progress: [] }] });
    expect((await call("POST", "/syncs/contacts/deletions/allow")).answer).toEqual({ isDone: true });
    expect(await scene.store.dueKey("w", "deletions:contacts")).toMatchObject({ reason: "person", state: "due" });
    expect((await call("POST", "/syncs/none/deletions/allow")).status).toBe(404);
  });

  test("A26 a paused connection pauses the syncs that need it, and applying does not resume it", async () => {
    await call("PUT", "/connections/two/paused", { isPaused: true });
    expect(scene.notes.syncs.at(-1)).toEqual(["contacts paused"]);
    await apply(withConnection("two", { name: "Acme, new" }));
    expect(scene.notes.syncs.at(-1)).toEqual(["contacts paused"]);
  });

  test("A42 what was set aside is told with what could not be written, and where", async () => {
    const lane = await scene.store.takeLane("w", "test", 1);
    const changes = { City: { kind: "set", value: "Rome" }, Phone: { kind: "clear" } } as const;
    const tags = { Tags: { kind: "elements", add: ["vip"], remove: [] } } as const;
    const letter = { key: "link:one", syncId: "contacts", priority: 0, reason: "webhook", attempts: 1 } as const;
    const error = { kind: "rejected", message: "no", at: 1 };
    const plan = [{ side: "right", act: "update", changes: { ...changes, ...tags } }] as const;
    await scene.store.apply(lane, [{ kind: "setAside", ...letter, error, plan }]);
    expect((await call("GET", "/troubles")).answer).toMatchObject([
      {
        key: "link:one",
        plan: [
          {
            to: "Acme two",
            act: "update",
            changes: [
              { field: "City", value: "Rome" },
              { field: "Phone" },
              { field: "Tags", add: ["vip"], remove: [] },
            ],
          },
        ],
      },
    ]);
  });

  test("A27 a check that fails says what to do, and the connection shows it", async () => {
    const { answer } = await call("POST", "/connections/one/check");
    expect(answer).toEqual({ status: "broken", message: "Acme refused the token; make a new one." });
    expect((await call("GET", "/overview")).answer).toMatchObject({
      connections: [{ id: "one", status: "broken", message: "Acme refused the token; make a new one." }, { id: "two" }],
    });
  });

  test("A28 verifying answers the engine's report; an unknown sync is a 404", async () => {
    expect((await call("POST", "/syncs/contacts/verify")).answer).toMatchObject({ syncId: "contacts", linked: 3 });
    expect((await call("POST", "/syncs/none/verify")).status).toBe(404);
  });

  test("A29 asking for a comparison makes both sides due", async () => {
    await call("POST", "/syncs/contacts/sweep");
    for (const side of ["left", "right"]) expect(await scene.store.dueKey("w", `sweep:contacts:${side}`)).toBeDefined();
  });
});

describe("starting", () => {
  test("A30 a hub that starts on a store opens its connections and works its syncs", async () => {
    await apply(aWorkspace());
    const again = await aHub({ store: { ...scene.store, close: async () => {} } });
    expect(again.notes.syncs).toEqual([["contacts"]]);
    await again.hub.stop();
    expect(again.notes.stops).toBe(1);
  });

  test("A31 a port in use is one sentence that says what to do, and the store is closed", async () => {
    const { port } = new URL(scene.hub.listensAt);
    let closed = 0;
    const close = async () => {
      closed += 1;
    };
    const store = { ...scene.store, close };
    const second = aHub({ store, listenOn: { host: "127.0.0.1", port: Number(port) } });
    await expect(second).rejects.toMatchObject({
      kind: "misconfigured",
      message: expect.stringMatching(/in use.*KITH_PORT/),
    });
    expect(closed).toBe(1);
  });
});
