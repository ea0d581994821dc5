import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Failure } from "../../model/errors.ts";
import { openStore } from "../../store/index.ts";
import { aHub, aWorkspace, type Scene } from "../scene.ts";
import { BODY_BYTES_MAX } from "./index.ts";

let scene: Scene;
let isStoreFailing = false;

beforeAll(async () => {
  const store = openStore("sqlite::memory:");
  scene = await aHub({
    store: {
      ...store,
      acceptDelivery: (workspaceId, delivery, marks) =>
        isStoreFailing
          ? Promise.reject(new Failure("unavailable", "disk full"))
          : store.acceptDelivery(workspaceId, delivery, marks),
    },
  });
  await apply(aWorkspace());
});
afterAll(() => scene.hub.stop());

async function apply(config: ReturnType<typeof aWorkspace>): Promise<void> {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const address = `${scene.hub.listensAt}/api/workspaces/${config.workspace.id}`;
  const response = await fetch(address, { method: "PUT", headers, body: JSON.stringify(config) });
  expect(response.status).toBe(200);
}

let made = 0;
/** A notice of Acme about one contact of the first account, with a delivery id of its own. */
function aNotice(change: object = {}): string {
  made += 1;
  return JSON.stringify({ account: "account-1", id: `delivery-${made}`, contacts: [`contact-${made}`], ...change });
}

async function post(body: string, options: { path?: string; signature?: string | undefined } = {}) {
  const { path = "/hooks/acme", signature } = { signature: "s3cret", ...options };
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (signature !== undefined) headers["x-acme-signature"] = signature;
  return fetch(scene.hub.listensAt + path, { method: "POST", headers, body });
}

const deliveries = () => scene.store.deliveries("w", { limit: 200 });

/** Posts, and says what the status was and whether anything was stored for it. */
async function outcome(...args: Parameters<typeof post>) {
  const before = (await deliveries()).length;
  const response = await post(...args);
  return { status: response.status, stored: (await deliveries()).length - before };
}

async function counted(verdict: string): Promise<number> {
  const text = await (await fetch(`${scene.hub.listensAt}/metrics`)).text();
  const line = text
    .split("\n")
    .find((one) => one.startsWith(`kith_webhooks_total{connector="acme",verdict="${verdict}"}`));
  return Number(line?.split(" ")[1] ?? 0);
}

describe("webhook intake", () => {
  test("W1 a proved webhook is stored, its record is due at once, and the lane is woken", async () => {
    const wakes = scene.notes.wakes;
    expect(await outcome(aNotice({ contacts: ["ana"] }))).toEqual({ status: 200, stored: 1 });
    expect(await scene.store.dueKey("w", "record:contacts:left:ana")).toMatchObject({ priority: 0, reason: "webhook" });
    expect(scene.notes.wakes).toBeGreaterThan(wakes);
  });

  test("W1 a record is due on the side that the connection has in the sync", async () => {
    await post(aNotice({ account: "account-2", contacts: ["bo"] }));
    expect(await scene.store.dueKey("w", "record:contacts:right:bo")).toBeDefined();
    expect(await scene.store.dueKey("w", "record:contacts:left:bo")).toBeUndefined();
  });

  test("W23 the last part of an address reaches the proof as its secret, and is no part of any other", async () => {
    const at = (path: string) => outcome(aNotice(), { path, signature: undefined });
    expect(await at("/hooks/acme/one/s3cret")).toEqual({ status: 200, stored: 1 });
    expect(await at("/hooks/acme/one/another")).toEqual({ status: 403, stored: 0 });
    expect(await at("/hooks/acme/one")).toEqual({ status: 401, stored: 0 });
  });

  test("W16 where a side has a settle time, a record is due once it has been left alone for as long", async () => {
    const workspace = { id: "settling", name: "Settling" };
    const connections = aWorkspace().connections.map((one, place) => ({
      ...one,
      settings: { account: `settling-${place}` },
    }));
    const syncs = aWorkspace().syncs.map((sync) => ({ ...sync, settleMs: { left: 5_000, right: 0 } }));
    await apply({ ...aWorkspace(), workspace, connections, syncs });
    await post(aNotice({ account: "settling-0", contacts: ["ana"] }));
    await post(aNotice({ account: "settling-1", contacts: ["bo"] }));
    const [left, right] = await Promise.all(
      ["left:ana", "right:bo"].map((key) => scene.store.dueKey("settling", `record:contacts:${key}`)),
    );
    expect((left?.dueAt ?? 0) - (right?.dueAt ?? 0)).toBe(5_000);
  });

  test("W2 a replayed webhook is answered 200 and stored once", async () => {
    const notice = aNotice();
    expect(await outcome(notice)).toEqual({ status: 200, stored: 1 });
    expect(await outcome(notice)).toEqual({ status: 200, stored: 0 });
    expect(await counted("duplicate")).toBe(1);
  });

  test.each([
    ["no JSON", "{"],
    ["empty", ""],
    ["another partner's", JSON.stringify({ hello: "world" })],
    ["no object", "null"],
  ])("W3 a body that is %s is refused with 400", async (_what, body) => {
    expect(await outcome(body)).toEqual({ status: 400, stored: 0 });
  });

  test("W4 an unsigned webhook is refused with 401, and counted", async () => {
    const before = await counted("unsigned");
    expect(await outcome(aNotice(), { signature: undefined })).toEqual({ status: 401, stored: 0 });
    expect(await counted("unsigned")).toBe(before + 1);
  });

  test("W5 a forged webhook is refused with 403, and counted", async () => {
    const before = await counted("forged");
    expect(await outcome(aNotice(), { signature: "guess" })).toEqual({ status: 403, stored: 0 });
    expect(await counted("forged")).toBe(before + 1);
  });

  test("W6 a webhook for an account that no connection has is refused with 404", async () => {
    expect(await outcome(aNotice({ account: "account-9" }))).toEqual({ status: 404, stored: 0 });
  });

  test.each(["/hooks/nobody", "/hooks/acme/nobody"])("W6 there is nothing at %s", async (path) => {
    expect(await outcome(aNotice(), { path })).toEqual({ status: 404, stored: 0 });
  });

  test("W7 at a connection's own address only its account's webhooks are taken", async () => {
    expect(await outcome(aNotice(), { path: "/hooks/acme/one" })).toEqual({ status: 200, stored: 1 });
    expect(await outcome(aNotice(), { path: "/hooks/acme/two" })).toEqual({ status: 403, stored: 0 });
  });

  test("W8 a body over the limit is refused with 413, and counted", async () => {
    const large = aNotice({ padding: "x".repeat(BODY_BYTES_MAX) });
    expect(await outcome(large)).toEqual({ status: 413, stored: 0 });
    expect(await counted("oversized")).toBe(1);
    const bare = aNotice({ padding: "" }).length;
    expect(await outcome(aNotice({ padding: "x".repeat(BODY_BYTES_MAX - bare - 2) }))).toMatchObject({ status: 200 });
  });

  test("W9 a webhook that the store cannot keep is answered 429 with when to send it again", async () => {
    const notice = aNotice();
    isStoreFailing = true;
    const refused = await post(notice);
    isStoreFailing = false;
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await outcome(notice)).toEqual({ status: 200, stored: 1 });
  });

  test("W10 a proved webhook about nothing that is followed is answered 200 and kept, and wakes nothing", async () => {
    const wakes = scene.notes.wakes;
    expect(await outcome(aNotice({ contacts: [] }))).toEqual({ status: 200, stored: 1 });
    expect(await counted("ignored")).toBe(1);
    expect(scene.notes.wakes).toBe(wakes);
  });

  test("W11 whatever type the sender gives the body, it is read as it is", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8"]) {
      const headers = { "content-type": type, "x-acme-signature": "s3cret" };
      const response = await fetch(`${scene.hub.listensAt}/hooks/acme`, { method: "POST", headers, body: aNotice() });
      expect([type, response.status]).toEqual([type, 200]);
    }
  });

  test("W12 a new configuration counts from the next webhook on", async () => {
    expect(await outcome(aNotice({ account: "account-3" }))).toEqual({ status: 404, stored: 0 });
    const [one] = aWorkspace().connections;
    const third = one === undefined ? [] : [{ ...one, id: "three", settings: { account: "account-3" } }];
    await apply({ ...aWorkspace(), connections: third, syncs: [] });
    expect(await outcome(aNotice({ account: "account-3" }))).toEqual({ status: 200, stored: 1 });
  });

  test("W13 one stream serves every workspace that has the account, each proved by its own secret", async () => {
    const [connection] = aWorkspace().connections;
    const settings = { account: "account-1", secret: "another" };
    await apply({
      workspace: { id: "v", name: "Other" },
      connections: connection === undefined ? [] : [{ ...connection, settings }],
      syncs: [],
    });
    const before = (await scene.store.deliveries("v", { limit: 200 })).length;
    expect(await outcome(aNotice())).toEqual({ status: 200, stored: 1 });
    expect(await scene.store.deliveries("v", { limit: 200 })).toHaveLength(before);
    await post(aNotice(), { signature: "another" });
    expect(await scene.store.deliveries("v", { limit: 200 })).toHaveLength(before + 1);
  });

  test("W15 webhooks for connectors that are not there count together", async () => {
    const series = async () => {
      const text = await (await fetch(`${scene.hub.listensAt}/metrics`)).text();
      return text.split("\n").filter((line) => line.startsWith("kith_webhooks_total{"));
    };
    await post(aNotice(), { path: "/hooks/nobody-0" });
    const before = await series();
    await post(aNotice(), { path: "/hooks/nobody-1" });
    await post(aNotice({ padding: "x".repeat(BODY_BYTES_MAX) }), { path: "/hooks/nobody-2/some" });
    const after = await series();
    expect(after.filter((line) => line.includes("nobody"))).toEqual([]);
    expect(after.length - before.length).toBe(1);
    expect(after.join("\n")).toContain('{connector="other",verdict="oversized"} 1');
  });

  test("W14 thirty webhooks at once are all kept", async () => {
    const before = (await deliveries()).length;
    const responses = await Promise.all(Array.from({ length: 30 }, () => post(aNotice())));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await deliveries()).toHaveLength(before + 30);
  });
});
