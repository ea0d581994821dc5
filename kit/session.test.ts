import { MockAgent } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { PRIORITIES } from "../model/priority.ts";
import { type Connector, defineConnector, type ListPage, type ResourceAdapter } from "./connector.ts";
import type { CallContext } from "./http.ts";
import { manualClock } from "./manualClock.ts";
import { rememberer } from "./memory.ts";
import { type ConnectionRow, openConnection, partnerOf } from "./session.ts";

const Settings = z.strictObject({ account: z.string().min(1), pages: z.int().default(3) });
type Settings = z.infer<typeof Settings>;

let agent: MockAgent;
beforeEach(() => {
  agent = new MockAgent();
  agent.disableNetConnect();
});
afterEach(() => agent.close());

function aContext(): CallContext {
  return { priority: PRIORITIES.live, calls: [] };
}

function anAdapter(extra: Partial<ResourceAdapter<Settings>> = {}): ResourceAdapter<Settings> {
  return {
    describe: async () => [],
    listing: ({ pages }) => ({ isComplete: true, lagMs: pages, overlapMs: 0 }),
    list: async (): Promise<ListPage> => ({ records: [] }),
    read: async (session, externalId) => {
      await session.http.request({ method: "GET", path: `/${session.settings.account}/${externalId}`, doing: "read" });
      return { externalId, fields: {} };
    },
    create: async () => ({ kind: "created", externalId: "1" }),
    update: async () => undefined,
    delete: "unsupported",
    find: async () => [],
    ...extra,
  };
}

function acme(adapter?: ResourceAdapter<Settings>): Connector<Settings> {
  return defineConnector<Settings>({
    id: "acme",
    name: "Acme",
    baseUrls: ({ account }) => ({ api: `https://${account}.acme.example` }),
    settings: Settings,
    account: ({ account }) => account,
    credentials: [{ kind: "token", label: "Key", help: "Ask Acme." }],
    authorize: () => ({}),
    limits: () => [{ name: "burst", requests: 10, perMs: 1_000, source: "invented" }],
    country: () => "PT",
    check: async (session) =>
      void (await session.http.request({ method: "GET", path: "/me", doing: "read the account" })),
    resources: adapter === undefined ? {} : { contact: adapter },
  });
}

function open(row: Partial<ConnectionRow> = {}, adapter?: ResourceAdapter<Settings>) {
  return openConnection({
    connector: acme(adapter),
    connection: { id: "crm", settings: { account: "one" }, ...row },
    credential: { load: async () => ({ kind: "token", token: "t" }), store: async () => {} },
    clock: manualClock(),
    random: () => 0.5,
    dispatcher: agent,
  });
}

test("K30 every wrong setting is named, with the connection", () => {
  expect(() => open({ settings: { pages: "many", colour: "red" } })).toThrow(
    expect.objectContaining({
      kind: "misconfigured",
      message: expect.stringMatching(/^Connection "crm" \(Acme\).*account: .*pages: .*"colour"/),
    }),
  );
});

test("K30 settings that are missing altogether are named too", () => {
  expect(() => open({ settings: undefined })).toThrow(/account: /);
});

test("K31 a connection may override base addresses, but only those there are", async () => {
  agent.get("http://127.0.0.1:9").intercept({ path: "/me" }).reply(200, "{}");
  await open({ baseUrls: { api: "http://127.0.0.1:9" } }).check(aContext());
  expect(() => open({ baseUrls: { app: "http://127.0.0.1:9" } })).toThrow(/does not have: app.*It has: api/);
  expect(() => open({ baseUrls: { api: "nonsense" } })).toThrow(/base address "api" of connection "crm"/);
});

test("K32 an open connection's resource is a partner to the engine, whose calls are noted in the context", async () => {
  agent.get("https://one.acme.example").intercept({ path: "/one/7" }).reply(200, "{}");
  const partner = partnerOf(open({ name: "Our CRM" }, anAdapter()), "contact");
  expect(partner).toMatchObject({
    connectionId: "crm",
    name: "Our CRM",
    canDelete: false,
    country: "PT",
    longestCallMs: 45_000,
    listing: { lagMs: 3 },
  });
  const context = aContext();
  expect(await partner.read(context, "7")).toEqual({ externalId: "7", fields: {} });
  expect(context.calls).toMatchObject([{ method: "GET", path: "/one/7", status: 200 }]);
});

test("K34 a resource that the connector does not have, and a verb that it does not have, are refused", async () => {
  expect(() => partnerOf(open(), "contact")).toThrow(/is asked for contacts, which Acme does not have/);
  await expect(partnerOf(open({}, anAdapter()), "contact").delete(aContext(), "7")).rejects.toMatchObject({
    kind: "bug",
  });
});

test("K2 a partner's page whose next is its own cursor is refused", async () => {
  const adapter = anAdapter({ list: async () => ({ records: [], next: "again" }) });
  const partner = partnerOf(open({}, adapter), "contact");
  expect((await partner.list(aContext(), {})).next).toBe("again");
  await expect(partner.list(aContext(), { cursor: "again" })).rejects.toMatchObject({ kind: "unavailable" });
});

test("K33 what is remembered is loaded once for all who ask, until its time is over or it is forgotten", async () => {
  let now = 0;
  let loads = 0;
  const memory = rememberer(() => now);
  const load = async () => {
    loads += 1;
    return loads;
  };
  expect(await Promise.all([memory.remember("k", 100, load), memory.remember("k", 100, load)])).toEqual([1, 1]);
  now = 99;
  expect(await memory.remember("k", 100, load)).toBe(1);
  now = 100;
  expect(await memory.remember("k", 100, load)).toBe(2);
  memory.forget("k");
  expect(await memory.remember("k", 100, load)).toBe(3);
});

test("K33 a load that fails is not remembered", async () => {
  const memory = rememberer(() => 0);
  await expect(memory.remember("k", 100, () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  expect(await memory.remember("k", 100, async () => "up")).toBe("up");
});
