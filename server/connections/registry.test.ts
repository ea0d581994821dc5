import { MockAgent } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { defineConnector, type ResourceAdapter } from "../../kit/connector.ts";
import { Failure } from "../../model/errors.ts";
import { PRIORITIES } from "../../model/priority.ts";
import type { ConnectionRow, KeptAllowance } from "../../store/port.ts";
import { worldClock } from "../../test/world.ts";
import { createWatch } from "../health/index.ts";
import { openerOf } from "./open.ts";
import { createRegistry } from "./registry.ts";

let agent: MockAgent;
beforeEach(() => {
  agent = new MockAgent();
  agent.disableNetConnect();
  agent.get("https://acme.example").intercept({ path: /./ }).reply(200, "{}").persist();
});
afterEach(() => agent.close());

/** Reads with one call, and can do nothing else. */
const adapter: ResourceAdapter<unknown> = {
  describe: async () => [],
  listing: { isComplete: true, lagMs: 0, overlapMs: 0 },
  list: async () => ({ records: [] }),
  read: async (session, externalId) => {
    await session.http.request({ method: "GET", path: "/one", doing: "read" });
    return { externalId, fields: {} };
  },
  create: async () => ({ kind: "created", externalId: "1" }),
  update: async () => undefined,
  delete: "unsupported",
  find: async () => [],
};

const acme = defineConnector<unknown>({
  id: "acme",
  name: "Acme",
  baseUrls: () => ({ api: "https://acme.example" }),
  settings: z.unknown(),
  account: () => "one",
  credentials: [{ kind: "token", label: "Key", help: "Ask Acme." }],
  authorize: () => ({}),
  limits: () => [{ name: "hourly", requests: 10, perMs: 3_600_000, source: "invented" }],
  country: () => "PT",
  check: async () => {},
  resources: { contact: adapter, note: adapter },
});

const ROW: ConnectionRow = {
  workspaceId: "w",
  id: "crm",
  connectorId: "acme",
  name: "Our CRM",
  settings: {},
  baseUrls: {},
  isPaused: false,
  health: { status: "unknown", message: "", since: 0 },
  createdAt: 0,
  isFromFile: true,
};

/** Registries that come one after the other on the same store, as processes do. */
function aStore() {
  const kept = new Map<string, KeptAllowance>();
  return {
    connection: async () => undefined,
    knownScopes: async () => undefined,
    allowance: async (workspaceId: string, id: string) => kept.get(`${workspaceId}/${id}`),
    putAllowance: async (workspaceId: string, id: string, one: KeptAllowance) =>
      void kept.set(`${workspaceId}/${id}`, structuredClone(one)),
  };
}

function aRegistry(store = aStore()) {
  const clock = worldClock(0);
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  return createRegistry({
    connectors: new Map([["acme", acme]]),
    store,
    credentialOf: () => ({ load: async () => ({ kind: "token", token: "t" }), store: async () => {} }),
    openWith: openerOf({
      clock,
      random: () => 0.5,
      dispatcher: agent,
      onCall: () => {},
      keep: (row, calls) => store.putAllowance(row.workspaceId, row.id, calls),
      keepScopes: async () => {},
    }),
    watch: createWatch({
      store: { ...store, setConnectionHealth: async () => {} },
      clock,
      log: silent,
      news: () => {},
    }),
  });
}

test("B15 all resources of a connection, for whichever sync, share one allowance", async () => {
  const registry = aRegistry();
  await registry.open(ROW);
  await registry.open({ ...ROW, id: "other" });
  const context = { priority: PRIORITIES.live, calls: [] };
  for (const resource of ["contact", "note", "contact"] as const) {
    for (let read = 0; read < 3; read += 1) await registry.partnerOf("w", "crm", resource).read(context, "1");
  }
  expect(registry.allowances()).toMatchObject([
    { workspaceId: "w", connectionId: "crm", allowances: [{ name: "hourly", requests: 10, used: 9 }] },
    { workspaceId: "w", connectionId: "other", allowances: [{ used: 0 }] },
  ]);
  await registry.partnerOf("w", "crm", "note").read(context, "1");
  await expect(registry.partnerOf("w", "crm", "contact").read(context, "1")).rejects.toThrow(Failure);
});

test("B15 a connection that is opened anew goes on with the allowance that is left", async () => {
  const registry = aRegistry();
  await registry.open(ROW);
  const context = { priority: PRIORITIES.live, calls: [] };
  for (let read = 0; read < 10; read += 1) await registry.partnerOf("w", "crm", "contact").read(context, "1");
  await registry.open({ ...ROW, name: "Another name" });
  await expect(registry.partnerOf("w", "crm", "contact").read(context, "1")).rejects.toMatchObject({
    kind: "rate_limited",
  });
});

test("B16 a process that comes after one that was killed counts its calls, and those that it may have made besides", async () => {
  const store = aStore();
  const killed = aRegistry(store);
  await killed.open(ROW);
  const context = { priority: PRIORITIES.live, calls: [] };
  for (let read = 0; read < 4; read += 1) await killed.partnerOf("w", "crm", "contact").read(context, "1");
  const next = aRegistry(store);
  await next.open(ROW);
  expect(next.allowances()).toMatchObject([{ allowances: [{ used: 5 }] }]);
});

test("B16 a process that comes after one that ended counts exactly what that one called", async () => {
  const store = aStore();
  const ended = aRegistry(store);
  await ended.open(ROW);
  const context = { priority: PRIORITIES.live, calls: [] };
  for (let read = 0; read < 4; read += 1) await ended.partnerOf("w", "crm", "contact").read(context, "1");
  await ended.close();
  const next = aRegistry(store);
  await next.open(ROW);
  expect(next.allowances()).toMatchObject([{ allowances: [{ used: 4 }] }]);
});
