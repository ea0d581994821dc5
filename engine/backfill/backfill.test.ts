import { expect, test } from "vitest";
import { aContact } from "../../test/builders.ts";
import { type FakePartner, outage } from "../../test/fakePartner.ts";
import { aRunningWorld, aWorld, type World, type WorldOptions } from "../../test/world.ts";

/** Twenty-five people, told apart by everything. */
const PEOPLE = Array.from({ length: 25 }, (_, place) =>
  aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone: `+1201555${String(1000 + place)}` }),
);

/** Everyone on both sides in pages of ten; the lane not yet open. */
async function sameOnBothSides(options: WorldOptions = {}): Promise<World> {
  const world = await aWorld({
    ...options,
    left: { pageSize: 10, ...options.left },
    right: { pageSize: 10, ...options.right },
  });
  for (const person of PEOPLE) {
    world.left.add(person);
    world.right.add(person);
  }
  return world;
}

/** Which pages of the full listing were asked for. */
function pagesOf(partner: FakePartner): readonly string[] {
  const full = partner.callsOf("list").filter((call) => call.query?.since === undefined);
  return full.map((call) => call.query?.cursor ?? "0");
}

/** How often it was asked what changed since a time, however many pages that took. */
function pollsOf(partner: FakePartner): number {
  return partner.callsOf("list").filter(({ query }) => query?.since !== undefined && query.cursor === undefined).length;
}

async function expectAllLinked(world: World): Promise<void> {
  const links = await world.links();
  expect(links).toHaveLength(PEOPLE.length);
  for (const link of links) {
    expect(link.state).toBe("linked");
    expect(link.left?.externalId.slice(1)).toBe(link.right?.externalId.slice(1));
  }
}

test("L1: the first reading lists both sides in full and links equal pairs", async () => {
  const world = await sameOnBothSides();
  await world.open();
  await expectAllLinked(world);
});

test("L3: records that agree in full cost no call but the pages they stood on", async () => {
  const world = await sameOnBothSides();
  await world.open();
  for (const partner of [world.left, world.right]) {
    expect(pagesOf(partner)).toEqual(["0", "10", "20"]);
    expect(partner.callsOf("read", "find", "create", "update", "delete")).toEqual([]);
  }
});

test("L9: a reading that is marked again while it runs ends with one poll of each side", async () => {
  const world = await sameOnBothSides();
  const release = world.left.holdAnswer("list");
  await world.open();
  await world.configure({});
  release();
  await world.advance(1_000);
  await expectAllLinked(world);
  for (const partner of [world.left, world.right]) {
    expect(pagesOf(partner)).toEqual(["0", "10", "20"]);
    expect(pollsOf(partner)).toBe(1);
  }
});

test("M2: a field that a listing leaves out where it is empty is filled from the other side all the same", async () => {
  const world = await aWorld({ left: { omits: ["city"] } });
  world.left.add(aContact({ city: "" }));
  world.right.add(aContact({ city: "Oslo" }));
  await world.open();
  await world.advance(10_000);
  expect(world.left.fieldsOf("L1")?.city).toBe("Oslo");
});

test("L3: a listing that shows names in lower case only is no reason for a call", async () => {
  const world = await sameOnBothSides({ left: { folds: ["firstName", "lastName", "companyName"] } });
  await world.open();
  await expectAllLinked(world);
  expect(world.left.callsOf("read", "update")).toEqual([]);
  expect(world.writes()).toEqual([]);
});

test("L1: progress is told, with what the partner says there is", async () => {
  const world = await sameOnBothSides();
  await world.open();
  const told = world.news.flatMap((news) => (news.kind === "progress" ? [news.checkpoint] : []));
  const left = told.filter((checkpoint) => checkpoint.kind === "backfill" && checkpoint.side === "left");
  expect(left.map(({ seen, total }) => [seen, total])).toEqual([
    [10, 25],
    [20, 25],
    [25, 25],
  ]);
  expect(told.at(-1)).toMatchObject({ kind: "match", finishedAt: expect.any(Number) });
});

test("L2: a reading that breaks off goes on from the last stored page", async () => {
  const world = await sameOnBothSides();
  world.left.fail("list", outage("after"));
  await world.open();
  expect(pagesOf(world.left)).toEqual(["0"]);
  await world.advance(1_000);
  expect(pagesOf(world.left)).toEqual(["0", "0", "10", "20"]);
  expect(pagesOf(world.right)).toEqual(["0", "10", "20"]);
  await expectAllLinked(world);
});

test("L2: a process that is killed goes on from the last stored page", async () => {
  const world = await sameOnBothSides();
  await world.left.list({ priority: 3, calls: [] }, {});
  world.forgetCalls();
  const { list } = world.left;
  let pages = 0;
  Object.assign(world.left, {
    list: (...args: Parameters<typeof list>) => {
      pages += 1;
      if (pages === 3) world.crash();
      return list(...args);
    },
  });
  await world.open();
  expect(pagesOf(world.left)).toEqual(["0", "10", "20"]);
  await world.open();
  await world.advance(1_000);
  expect(pagesOf(world.left)).toEqual(["0", "10", "20", "20"]);
  await expectAllLinked(world);
});

test("L4: a position that does not advance is refused and the listing read again later", async () => {
  const world = await sameOnBothSides();
  const { list } = world.left;
  let isStuck = true;
  Object.assign(world.left, {
    list: async (...args: Parameters<typeof list>) => {
      const page = await list(...args);
      return isStuck && page.next === "20" ? { ...page, next: "10" } : page;
    },
  });
  await world.open();
  expect((await world.dueKey("backfill:contacts"))?.error).toMatchObject({ kind: "unavailable" });
  expect((await world.dueKey("backfill:contacts"))?.error?.message).toContain("did not advance");
  isStuck = false;
  await world.advance(1_000);
  await expectAllLinked(world);
});

test("L4: a page that comes twice is refused and the listing read again later", async () => {
  const world = await sameOnBothSides();
  const { list } = world.left;
  let isStuck = true;
  Object.assign(world.left, {
    list: async (context: Parameters<typeof list>[0], query: Parameters<typeof list>[1]) => {
      const page = await list(context, isStuck && query.cursor === "10" ? {} : query);
      return query.cursor === "10" ? { ...page, next: "20" } : page;
    },
  });
  await world.open();
  expect((await world.dueKey("backfill:contacts"))?.error?.message).toContain("same page came twice");
  isStuck = false;
  await world.advance(1_000);
  await expectAllLinked(world);
});

test("L1: a record that two pages show is one record", async () => {
  const world = await sameOnBothSides();
  const { list } = world.left;
  Object.assign(world.left, {
    list: async (...args: Parameters<typeof list>) => {
      const page = await list(...args);
      const [first] = (await list(args[0], {})).records;
      return first === undefined ? page : { ...page, records: [...page.records, first] };
    },
  });
  await world.open();
  await expectAllLinked(world);
});

test("M2: pairs that differ are merged after the reading, and only those are written", async () => {
  const world = await sameOnBothSides();
  world.left.edit("L3", { city: "Rome" });
  world.right.edit("R7", { companyName: "Silva & Sons" });
  await world.open();
  await world.advance(1_000);
  expect(world.writes().map((call) => [call.verb, call.externalId])).toEqual([
    ["update", "R3"],
    ["update", "R7"],
  ]);
  await expectAllLinked(world);
});

test("I4: families and doubles are told apart by name, or a person is asked", async () => {
  const shared = { email: "family@example.com", phone: "" };
  const named = (firstName: string) => aContact({ ...shared, firstName });
  const left = [named("Ana"), named("Bo"), named("Cy")];
  const world = await aRunningWorld({}, { left, right: [named("Bo"), named("Ana")] });
  expect((await world.linkOf("left", "L1")).right?.externalId).toBe("R2");
  expect((await world.linkOf("left", "L2")).right?.externalId).toBe("R1");
  const third = await world.linkOf("left", "L3");
  expect(third).toMatchObject({ state: "ambiguous", ambiguity: { candidates: [{}, {}] } });
  expect(world.writes()).toEqual([]);
});

test("I2: who is closer to somebody else is not linked to the first who asks", async () => {
  const world = await aRunningWorld(
    {},
    {
      left: [
        aContact({ firstName: "Sam", email: "", phone: "+12015550123" }),
        aContact({ firstName: "Ana", email: "ana@example.com", phone: "" }),
      ],
      right: [aContact({ firstName: "Ana", email: "ana@example.com", phone: "+12015550123" })],
    },
  );
  expect((await world.linkOf("right", "R1")).left?.externalId).toBe("L2");
  expect((await world.linkOf("left", "L1")).state).toBe("ambiguous");
});

test("I6: among doubles on both sides nobody is linked twice", async () => {
  const double = aContact({ phone: "" });
  const world = await aRunningWorld({}, { left: [double, double], right: [double, double] });
  expect((await world.links()).map((link) => link.state)).toEqual(["ambiguous", "ambiguous", "ambiguous", "ambiguous"]);
  expect(world.writes()).toEqual([]);
});

test("E4: after a quiet period a second pass over everything writes nothing", async () => {
  const messy = PEOPLE.map((person, place) => ({
    ...person,
    tags: [`Tag ${place}`, "VIP"],
    city: place % 3 === 0 ? "Rome" : "",
  }));
  const lowered = {
    rewrite: (fields: ReturnType<typeof aContact>) => ({
      ...fields,
      tags: (fields.tags as string[]).map((tag) => tag.toLowerCase()),
    }),
  };
  const world = await aRunningWorld({ right: lowered }, { left: messy.slice(0, 20), right: PEOPLE.slice(5) });
  await world.advance(10 * 60_000);
  world.forgetCalls();
  for (const link of await world.links()) await world.mark(`link:${link.id}`, "person");
  await world.mark("sweep:contacts:left", "sweep");
  await world.mark("sweep:contacts:right", "sweep");
  await world.advance(10 * 60_000);
  expect(world.left.callsOf("read").length).toBeGreaterThanOrEqual(PEOPLE.length);
  expect(world.writes()).toEqual([]);
  expect(world.errors).toEqual([]);
});
