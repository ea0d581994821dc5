import { describe, expect, test } from "vitest";
import { type CallContext, openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { createHighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { describeConnector } from "../conformance.ts";
import { highlevel } from "./index.ts";

async function aWorld(apiVersion: string) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createHighLevelEmulator({ ...clock });
  const { url, close } = await emulator.listen(0);
  return {
    emulator,
    connection: {
      id: "highlevel",
      settings: { locationId: emulator.location.id, writing: true, apiVersion },
      baseUrls: { api: url },
    },
    credential: { kind: "token", token: emulator.token } as const,
    clock,
    seed: (count: number) =>
      void Array.from({ length: count }, (_none, at) => emulator.desks.tags.create({ name: `tag ${at}` })),
    catchUp: async () => undefined,
    breakNext: (method: string, effect: "429" | "500-after" | "drop" | "torn") =>
      void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
    close,
  };
}

describe.each(["2021-07-28", "v3"])("under %s", (apiVersion) =>
  describeConnector({
    connector: highlevel,
    resource: "tag",
    hasCustomFields: false,
    makeWorld: () => aWorld(apiVersion),
    sample: { name: "wants a quote" },
    // A tag is its name: nothing else of it could be changed.
    others: {},
    second: { name: "paid" },
  }),
);

/** The tags of a connection to an emulator that has one. */
async function withOne() {
  const world = await aWorld("2021-07-28");
  const agent = partnerAgent(1);
  const { connection, credential, clock } = world;
  const access = { load: async () => credential, store: async () => {} };
  const open = openConnection({
    ...{ connector: highlevel, connection, credential: access, clock, random: () => 0.5, dispatcher: agent },
  });
  const context: CallContext = { priority: PRIORITIES.live, calls: [] };
  const partner = partnerOf(open, "tag");
  await partner.create(context, { name: "VIP" });
  const end = async () => {
    await open.close();
    await agent.destroy();
    await world.close();
  };
  return { desk: world.emulator.desks.tags, partner, context, end };
}

test("HL187 a tag that is renamed is another one, and the old one is gone", async () => {
  const { desk, partner, context, end } = await withOne();
  const [tag] = desk.list();
  desk.edit(tag?.id ?? "", { name: "key account" });
  expect(await partner.read(context, "vip")).toBe("gone");
  expect(await partner.find(context, "name", "Key Account")).toEqual(["key account"]);
  await end();
});

test("HL187 a tag that is there already, in whatever letters, is found and not made again", async () => {
  const { partner, context, end } = await withOne();
  expect(await partner.create(context, { name: "Vip" })).toEqual({ kind: "found", externalId: "vip" });
  expect((await partner.list(context, {})).records).toHaveLength(1);
  await end();
});
