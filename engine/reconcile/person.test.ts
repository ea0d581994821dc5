import { expect, test } from "vitest";
import { PRIORITIES } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import { aContact } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, type World } from "../../test/world.ts";
import { type Key, keyText } from "../queue/keys.ts";

const BO = aContact({ firstName: "Bo", lastName: "Berg", email: "berg@example.com", phone: "" });
const SETTLED_MS = 10 * 60_000;

/** One Bo on the left, two people with Bo's address on the right: a person is asked. */
async function askedAboutBo(): Promise<World> {
  const rights = [
    { ...BO, firstName: "Robert" },
    { ...BO, firstName: "Bobby" },
  ];
  const world = await aRunningWorld({}, { left: [BO], right: rights });
  expect((await world.linkOf("left", "L1")).state).toBe("ambiguous");
  return world;
}

async function idOf(world: World, side: Side, externalId: string): Promise<string> {
  return (await world.linkOf(side, externalId)).id;
}

/** A person decides, and time passes. */
async function decide(world: World, key: Key): Promise<void> {
  await world.mark(keyText(key), "person", PRIORITIES.live);
  await world.advance(SETTLED_MS);
}

test("I8: a person links two records, and they are brought into step", async () => {
  const world = await askedAboutBo();
  const [linkId, otherId] = [await idOf(world, "left", "L1"), await idOf(world, "right", "R2")];
  await decide(world, { kind: "same", linkId, otherId });
  expect(await world.linkOf("left", "L1")).toMatchObject({ id: linkId, state: "linked", right: { externalId: "R2" } });
  expect(world.right.fieldsOf("R2")).toMatchObject({ firstName: "Bo" });
  expect((await world.linkOf("right", "R1")).state).toBe("ambiguous");
});

test("I8: a person says that a record is new, and it is created across", async () => {
  const world = await askedAboutBo();
  await decide(world, { kind: "new", linkId: await idOf(world, "left", "L1") });
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "linked", right: { externalId: "R3" } });
  expect(world.right.callsOf("create")).toHaveLength(1);
});

test("I7: whom a person told apart is not linked again, and the other is", async () => {
  const world = await askedAboutBo();
  const [linkId, otherId] = [await idOf(world, "left", "L1"), await idOf(world, "right", "R1")];
  await decide(world, { kind: "different", linkId, otherId });
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "linked", right: { externalId: "R2" } });
  expect((await world.linkOf("right", "R1")).left?.externalId).not.toBe("L1");
});

test("I7: nor when they come to share their name as well", async () => {
  const world = await aRunningWorld(
    {},
    {
      left: [BO],
      right: [
        { ...BO, firstName: "Robert" },
        { ...BO, firstName: "Rob" },
      ],
    },
  );
  await decide(world, { kind: "new", linkId: await idOf(world, "left", "L1") });
  const linked = await world.linkOf("left", "L1");
  world.right.edit("R1", { firstName: "Bo" });
  await world.notice("right", "R1");
  await world.advance(SETTLED_MS);
  expect((await world.linkOf("left", "L1")).right?.externalId).toBe(linked.right?.externalId);
  expect((await world.linkOf("right", "R1")).left?.externalId).not.toBe("L1");
});

test("C11: a person answers what a lost create left open: it is the same", async () => {
  const world = await aRunningWorld();
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add({ ...BO, email: "" }));
  world.right.edit("R1", { firstName: "Zoe", lastName: "Hill" });
  await world.advance(SETTLED_MS);
  const [linkId, otherId] = [await idOf(world, "left", "L1"), await idOf(world, "right", "R1")];
  await decide(world, { kind: "same", linkId, otherId });
  expect([world.left.ids(), world.right.ids()]).toEqual([["L1"], ["R1"]]);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
});

test("C11: a person answers what a lost create left open: it is somebody else", async () => {
  const world = await aRunningWorld();
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add({ ...BO, email: "" }));
  world.right.edit("R1", { firstName: "Zoe", lastName: "Hill" });
  await world.advance(SETTLED_MS);
  const [linkId, otherId] = [await idOf(world, "left", "L1"), await idOf(world, "right", "R1")];
  await decide(world, { kind: "different", linkId, otherId });
  expect([world.left.ids().length, world.right.ids().length]).toEqual([2, 2]);
  expect((await world.links()).map(({ state }) => state)).toEqual(["linked", "linked"]);
});

test("I8: an answer that came too late changes nothing", async () => {
  const world = await askedAboutBo();
  const [linkId, otherId] = [await idOf(world, "left", "L1"), await idOf(world, "right", "R1")];
  world.right.edit("R2", { firstName: "Bo" });
  await world.notice("right", "R2");
  world.forgetCalls();
  await decide(world, { kind: "same", linkId, otherId });
  await decide(world, { kind: "different", linkId, otherId });
  await decide(world, { kind: "new", linkId });
  expect((await world.linkOf("left", "L1")).right?.externalId).toBe("R2");
  expect(world.writes()).toEqual([]);
});

test("I8: an answer survives a crash, and is carried out once", async () => {
  const world = await askedAboutBo();
  const [linkId, otherId] = [await idOf(world, "left", "L1"), await idOf(world, "right", "R2")];
  world.crash();
  await world.mark(keyText({ kind: "same", linkId, otherId }), "person", PRIORITIES.live);
  await world.open();
  await world.advance(SETTLED_MS);
  expect((await world.linkOf("left", "L1")).right?.externalId).toBe("R2");
  const said = (await world.journal()).filter(({ summary }) => summary.includes("a person said"));
  expect(said).toHaveLength(1);
});

test.each([
  ["left", "Rome"],
  ["right", "Oslo"],
] as const)("I9: a person keeps what the %s says, and the conflict is over", async (side, city) => {
  const mapping = [{ left: "city", right: "city", direction: "both", conflict: "ask", clear: "carry" }] as const;
  const world = await aRunningWorld({ sync: { mapping: [...mapping] } }, { left: [BO], right: [BO] });
  world.left.edit("L1", { city: "Rome" });
  world.right.edit("R1", { city: "Oslo" });
  await world.notice("left", "L1");
  const link = await world.linkOf("left", "L1");
  expect(link.conflicts).toMatchObject([{ field: "city" }]);
  await decide(world, { kind: "keep", linkId: link.id, side, field: "city" });
  expect([world.left.fieldsOf("L1")?.city, world.right.fieldsOf("R1")?.city]).toEqual([city, city]);
  expect((await world.linkOf("left", "L1")).conflicts).toEqual([]);
});

test("M21 what is emptied between an answer and its being carried out empties the other side, and is not filled", async () => {
  const mapping = [{ left: "city", right: "city", direction: "both", conflict: "ask", clear: "carry" }] as const;
  const people = { left: [{ ...BO, city: "Rome" }], right: [{ ...BO, city: "Oslo" }] };
  const world = await aRunningWorld({ sync: { mapping: [...mapping] } }, people);
  const link = await world.linkOf("left", "L1");
  expect(link.conflicts).toMatchObject([{ field: "city", left: "Rome", right: "Oslo" }]);
  world.right.edit("R1", { city: "" });
  await decide(world, { kind: "keep", linkId: link.id, side: "right", field: "city" });
  expect([world.left.fieldsOf("L1")?.city, world.right.fieldsOf("R1")?.city]).toEqual(["", ""]);
  expect((await world.linkOf("left", "L1")).conflicts).toEqual([]);
});

test("I8: of two answers given at once the first is carried out whole, and nobody is left without a link", async () => {
  const world = await askedAboutBo();
  const linkId = await idOf(world, "left", "L1");
  const others = [await idOf(world, "right", "R1"), await idOf(world, "right", "R2")];
  const marks = others.map((otherId) => ({
    key: keyText({ kind: "same", linkId, otherId }),
    syncId: "contacts",
    priority: PRIORITIES.live,
    dueAt: world.clock.now(),
    reason: "person" as const,
  }));
  await world.store.mark("acme", marks);
  await world.wake();
  await world.advance(SETTLED_MS);
  const holders = [await world.linkOf("right", "R1"), await world.linkOf("right", "R2")];
  expect(holders.filter(({ left }) => left?.externalId === "L1")).toHaveLength(1);
});

test("I12: who was said to be new is not linked after all when the partner refuses a second one", async () => {
  const rights = [
    { ...BO, firstName: "Robert", city: "Oslo" },
    { ...BO, firstName: "Bobby", city: "Rome" },
  ];
  const world = await aRunningWorld({ right: { refusesDuplicates: true } }, { left: [BO], right: rights });
  await decide(world, { kind: "new", linkId: await idOf(world, "left", "L1") });
  const link = await world.linkOf("left", "L1");
  expect(link).toMatchObject({ state: "ambiguous", ambiguity: { cause: "oneOnly" } });
  expect(world.left.fieldsOf("L1")).toEqual(BO);
  const creates = world.right.callsOf("create").length;
  await world.notice("left", "L1");
  expect(world.right.callsOf("create")).toHaveLength(creates);
  world.left.edit("L1", { email: "bo.own@example.com" });
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  expect((await world.linkOf("left", "L1")).state).toBe("linked");
  expect(world.right.ids()).toHaveLength(3);
});
