import { expect, test } from "vitest";
import { Failure } from "../../model/errors.ts";
import type { Fields } from "../../model/value.ts";
import { aContact } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, aWorld, type World } from "../../test/world.ts";

const BO = aContact({ firstName: "Bo", lastName: "Berg", email: "bo.berg@example.com", phone: "+4930901820" });
const NAMELESS = { firstName: "Bo", lastName: "Berg", email: "", phone: "", companyName: "Berg Ltd" };
const LAGGING = { listing: { isComplete: true, lagMs: 30_000, overlapMs: 60_000 } };

/** The emptied-out form of what a partner holds: tests compare what they gave. */
function heldBy(world: World, side: "left" | "right"): readonly (Fields | undefined)[] {
  return world[side].ids().map((externalId) => world[side].fieldsOf(externalId));
}

async function expectOnePair(world: World, fields: Fields = BO): Promise<void> {
  expect(heldBy(world, "left")).toEqual([fields]);
  expect(heldBy(world, "right")).toEqual([fields]);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
}

test("C1: a record without counterpart is created on the other side, once", async () => {
  const world = await aRunningWorld();
  const externalId = world.left.add(BO);
  await world.notice("left", externalId);
  await expectOnePair(world);
  await world.notice("left", externalId);
  await world.notice("right", "R1");
  await world.advance(10 * 60_000);
  await expectOnePair(world);
  expect(world.right.callsOf("create")).toHaveLength(1);
});

test("C1: on the first reading as well, in both directions", async () => {
  const world = await aRunningWorld({}, { left: [BO], right: [aContact()] });
  expect(heldBy(world, "left")).toEqual([BO, aContact()]);
  expect(heldBy(world, "right")).toEqual([aContact(), BO]);
  expect((await world.links()).map((link) => link.state)).toEqual(["linked", "linked"]);
});

test("C1: a create whose answer was lost is found, not repeated", async () => {
  const world = await aRunningWorld();
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add(BO));
  await world.advance(30_000);
  await expectOnePair(world);
  expect(world.right.callsOf("create")).toHaveLength(1);
});

test("C1: a create whose answer was lost is found where look-ups lag", async () => {
  const world = await aRunningWorld({ right: LAGGING });
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add(BO));
  await world.advance(5 * 60_000);
  await expectOnePair(world);
  expect(world.right.callsOf("create")).toHaveLength(1);
});

test("C4: a create that never took effect is sent again, but only when look-ups would have shown it", async () => {
  const world = await aRunningWorld({ right: LAGGING });
  const lost = outage("before").failure;
  const unknown = new Failure(lost.kind, lost.message, { isOutcomeUnknown: true });
  world.right.fail("create", { when: "before", failure: unknown });
  await world.notice("left", world.left.add(BO));
  await world.advance(45_000);
  expect(world.right.callsOf("create")).toHaveLength(1);
  await world.advance(30_000);
  expect(world.right.callsOf("create")).toHaveLength(2);
  await expectOnePair(world);
});

test("C4: a create that waited long for its turn is given its time from when its answer was given up", async () => {
  const delays: number[] = [];
  const world = await aRunningWorld({ right: { ...LAGGING, latency: () => delays.shift() ?? 0 } });
  world.right.fail("create", outage("after"));
  const [look, turn, answer] = [[0, 0], 29_000, 15_000];
  delays.push(...look, ...look, turn, answer);
  await world.notice("left", world.left.add(BO));
  await world.advance(5 * 60_000);
  await expectOnePair(world);
  expect(world.right.callsOf("create")).toHaveLength(1);
});

test("C4: after a kill a create may still take effect for as long as a call can be on its way", async () => {
  const delays: number[] = [];
  const world = await aRunningWorld({ right: { latency: () => delays.shift() ?? 0 } });
  const [look, turn] = [[0, 0], 44_000];
  delays.push(...look, ...look, turn);
  await world.notice("left", world.left.add(BO));
  world.crash();
  await world.open();
  await world.advance(5 * 60_000);
  await expectOnePair(world);
  expect(world.right.callsOf("create")).toHaveLength(1);
});

test("C1: a record that was created but could not be read back is found, not created again", async () => {
  const world = await aRunningWorld({ right: { hidesAnswers: true } });
  world.right.fail("read", outage("before"));
  await world.notice("left", world.left.add(BO));
  await world.advance(30_000);
  await expectOnePair(world);
  expect(world.right.callsOf("create")).toHaveLength(1);
});

test("C1: a create that was refused before it left is simply tried again", async () => {
  const world = await aRunningWorld();
  world.right.fail("create", outage("before"));
  await world.notice("left", world.left.add(BO));
  await world.advance(2_000);
  await expectOnePair(world);
});

test.each(["while the create is on its way", "after a lag"])(
  "C1: a process killed %s creates nobody twice",
  async (when) => {
    const world = await aRunningWorld(when === "after a lag" ? { right: LAGGING } : {});
    const release = world.right.holdAnswer("create");
    await world.notice("left", world.left.add(BO));
    expect(world.right.ids()).toHaveLength(1);
    world.crash();
    release();
    await world.open();
    await world.advance(2 * 60_000);
    await expectOnePair(world);
    expect(world.right.callsOf("create")).toHaveLength(1);
  },
);

test("C1: somebody without any key to look for is found by what was sent", async () => {
  const world = await aRunningWorld();
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add(NAMELESS));
  await world.advance(30_000);
  expect(world.right.ids()).toHaveLength(1);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
});

test("C1: both sides create the same person at the same moment", async () => {
  const world = await aRunningWorld();
  const left = world.left.add(BO);
  const right = world.right.add(BO);
  await Promise.all([world.notice("left", left), world.notice("right", right)]);
  await world.advance(60_000);
  await expectOnePair(world);
  expect(world.writes()).toEqual([]);
});

test("C1: both sides create the same person while neither look-up shows the other yet", async () => {
  const world = await aRunningWorld({ left: LAGGING, right: LAGGING });
  const left = world.left.add(BO);
  const right = world.right.add(BO);
  await Promise.all([world.notice("left", left), world.notice("right", right)]);
  await world.advance(5 * 60_000);
  await expectOnePair(world);
  expect(world.writes()).toEqual([]);
});

test("C1: the webhook about a record that is just being created does not make another of it", async () => {
  const world = await aRunningWorld();
  const release = world.right.holdAnswer("create");
  await world.notice("left", world.left.add(BO));
  await world.notice("right", "R1");
  await world.advance(2_000);
  release();
  await world.advance(10_000);
  await expectOnePair(world);
  expect(world.writes()).toHaveLength(1);
});

test("C1: two records of one side with the same key are not both sent across", async () => {
  const world = await aRunningWorld();
  const twins = [world.left.add(BO), world.left.add({ ...BO, firstName: "Bobby" })];
  const release = world.right.holdAnswer("create");
  await Promise.all(twins.map((externalId) => world.notice("left", externalId)));
  await world.advance(3_000);
  release();
  await world.advance(10_000);
  expect(world.right.callsOf("create")).toHaveLength(1);
  expect((await world.links()).map((link) => link.state).sort()).toEqual(["ambiguous", "linked"]);
});

test("C2: what is there already, though no listing has shown it, is linked", async () => {
  const world = await aRunningWorld();
  world.right.add({ ...BO, tags: ["vip"] });
  await world.notice("left", world.left.add(BO));
  expect(world.right.callsOf("create")).toEqual([]);
  expect(world.right.fieldsOf("R1")?.tags).toEqual(["vip", "customer"]);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
});

test("C2: who is found there is held to the rules: a family's phone links nobody", async () => {
  const world = await aRunningWorld();
  const mother = { ...BO, firstName: "Liv", email: "liv.berg@example.com" };
  world.right.add(mother);
  await world.notice("left", world.left.add(BO));
  await world.advance(1_000);
  expect(world.writes()).toEqual([]);
  expect((await world.links()).map((link) => link.state)).toEqual(["ambiguous", "ambiguous"]);
});

test("C2: of several found there none is picked blindly", async () => {
  const world = await aRunningWorld();
  world.right.add({ ...BO, firstName: "Robert" });
  world.right.add({ ...BO, firstName: "Bobby" });
  await world.notice("left", world.left.add(BO));
  await world.advance(1_000);
  expect(world.writes()).toEqual([]);
  expect((await world.linkOf("left", "L1")).ambiguity?.candidates).toHaveLength(2);
});

test('C3: "duplicate, here is the id" means found', async () => {
  const world = await aRunningWorld({ right: { refusesDuplicates: true, findsBy: [] } });
  world.right.add({ ...BO, city: "Oslo" });
  await world.notice("left", world.left.add(BO));
  expect(world.right.ids()).toEqual(["R1"]);
  expect(world.left.fieldsOf("L1")).toMatchObject({ city: "Oslo" });
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
});

test("C3: a record named as duplicate that belongs to another is a matter for a person", async () => {
  const rights = aContact({ email: "shared@example.com" });
  const world = await aRunningWorld({ right: { refusesDuplicates: true } }, { left: [rights], right: [rights] });
  world.right.fail("create", {
    when: "before",
    failure: new Failure("rejected", "create a record: refused", { issues: ["duplicate"] }),
  });
  const second = world.left.add({ ...rights, firstName: "Zoe", phone: "" });
  await world.notice("left", second);
  expect((await world.linkOf("left", second)).state).toBe("ambiguous");
  expect(world.right.ids()).toEqual(["R1"]);
});

test("C5: nothing is created before both sides have been read in full", async () => {
  const world = await aWorld();
  world.left.add(BO);
  const release = world.right.holdAnswer("list");
  await world.open();
  await world.notice("left", "L1");
  await world.advance(60_000);
  expect(world.writes()).toEqual([]);
  release();
  await world.advance(1_000);
  await expectOnePair(world);
});

test("M9: who is created carries what the other side can hold, and a finding for the rest", async () => {
  const world = await aRunningWorld();
  await world.notice("left", world.left.add({ ...BO, phone: "ask Maria" }));
  expect(world.right.fieldsOf("R1")).toEqual({ ...BO, phone: undefined });
  expect((await world.linkOf("left", "L1")).findings).toMatchObject([{ field: "phone", kind: "notExpressible" }]);
});

test("E2: a partner that rewrites what a record is created with causes no second write", async () => {
  const rewrite = (fields: Fields): Fields => ({
    ...fields,
    companyName: "Silva Tiles Ltd",
    tags: ["customer", "new"],
  });
  const world = await aRunningWorld({ right: { rewrite } });
  await world.notice("left", world.left.add(BO));
  await world.notice("right", "R1");
  expect(world.writes().map((call) => call.verb)).toEqual(["create"]);
});

test("E3: what a record was created with and does not hold becomes a finding", async () => {
  const world = await aRunningWorld({
    right: { rewrite: (fields) => ({ ...fields, companyName: "" }), hidesAnswers: true },
  });
  await world.notice("left", world.left.add(BO));
  expect((await world.linkOf("left", "L1")).findings).toMatchObject([{ field: "companyName", kind: "notKept" }]);
  expect(world.writes().map((call) => call.verb)).toEqual(["create"]);
});

test("M7: blanks are not sent as values of a new record", async () => {
  const world = await aRunningWorld();
  await world.notice("left", world.left.add({ ...BO, city: "  " }));
  expect(world.right.callsOf("create")).toMatchObject([{ fields: { firstName: "Bo" } }]);
  expect(world.right.callsOf("create")[0]?.fields).not.toHaveProperty("city");
});

test("J1: a create is kept with what it came from", async () => {
  const world = await aRunningWorld();
  await world.notice("left", world.left.add(BO));
  const [entry] = await world.journal();
  expect(entry).toMatchObject({ verdict: "created", reason: "webhook", summary: "Created in Salesmate." });
  expect(entry?.detail.calls?.map((call) => call.method)).toEqual(["read", "find", "find", "create"]);
});
