import { expect, test } from "vitest";
import { Failure } from "../../model/errors.ts";
import { aContact } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, aWorld, type World } from "../../test/world.ts";

const BO = aContact({ firstName: "Bo", lastName: "Berg", email: "bo.berg@example.com", phone: "+4930901820" });
const NAMELESS = { firstName: "Bo", lastName: "Berg", email: "", phone: "", companyName: "Berg Ltd" };
const LAGGING = { listing: { isComplete: true, lagMs: 30_000, overlapMs: 60_000 } };
const HOUR_MS = 3_600_000;

/** The next create at the right never takes effect, and nobody is told so. */
function loseCreate(world: World): void {
  const failure = new Failure("unavailable", "create a record: no answer in time", { isOutcomeUnknown: true });
  world.right.fail("create", { when: "before", failure });
}

async function expectOneEach(world: World): Promise<void> {
  expect([world.left.ids().length, world.right.ids().length]).toEqual([1, 1]);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
}

test("C6: the webhook about somebody without any key, who is just being created, makes no other of them", async () => {
  const world = await aRunningWorld();
  const release = world.right.holdAnswer("create");
  await world.notice("left", world.left.add(NAMELESS));
  await world.notice("right", "R1");
  await world.advance(2_000);
  release();
  await world.advance(60_000);
  await expectOneEach(world);
  expect(world.writes()).toHaveLength(1);
});

test("C6: nor does a listing that shows them before the lost answer is made good", async () => {
  const world = await aRunningWorld({ right: { hidesAnswers: true }, sync: { pollMs: { left: 3_000, right: 3_000 } } });
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add(NAMELESS));
  await world.advance(2 * 60_000);
  await expectOneEach(world);
  expect(world.writes()).toHaveLength(1);
});

test("C6: nor does the process that takes over when the one that was creating them is killed", async () => {
  const world = await aRunningWorld();
  const release = world.right.holdAnswer("create");
  await world.notice("left", world.left.add(NAMELESS));
  await world.notice("right", "R1");
  world.crash();
  release();
  await world.open();
  await world.advance(2 * 60_000);
  await expectOneEach(world);
  expect(world.writes()).toHaveLength(1);
});

test("C6: somebody without any key who was edited meanwhile is still found by what was sent", async () => {
  const world = await aRunningWorld();
  world.right.fail("create", outage("after"), outage("before"));
  world.right.fail("list", outage("before"));
  await world.notice("left", world.left.add(NAMELESS));
  world.left.edit("L1", { companyName: "Berg & Sons" });
  await world.notice("left", "L1");
  await world.advance(2 * 60_000);
  await expectOneEach(world);
});

test("C10: what was edited after the create was sent is carried over, though its answer was lost", async () => {
  const world = await aRunningWorld();
  world.left.fail("create", outage("after"));
  await world.notice("right", world.right.add({ ...BO, city: "Rome" }));
  world.right.edit("R1", { city: "Oslo" });
  await world.notice("right", "R1");
  await world.advance(2 * 60_000);
  expect([world.left.fieldsOf("L1")?.city, world.right.fieldsOf("R1")?.city]).toEqual(["Oslo", "Oslo"]);
});

test("C6: a namesake without any key who has a counterpart already is not taken for the one that was sent", async () => {
  const world = await aRunningWorld({}, { left: [NAMELESS] });
  loseCreate(world);
  await world.notice("left", world.left.add(NAMELESS));
  await world.advance(2 * 60_000);
  expect([world.left.ids().length, world.right.ids().length]).toEqual([2, 2]);
  expect((await world.links()).map((link) => link.state)).toEqual(["linked", "linked"]);
});

test("C6: somebody else without any key is created when the other's create has ended", async () => {
  const world = await aRunningWorld();
  const release = world.right.holdAnswer("create");
  await world.notice("left", world.left.add(NAMELESS));
  await world.notice("right", world.right.add({ ...NAMELESS, firstName: "Liv" }));
  await world.advance(2_000);
  expect(world.left.ids()).toEqual(["L1"]);
  release();
  await world.advance(60_000);
  expect([world.left.ids().length, world.right.ids().length]).toEqual([2, 2]);
  expect((await world.links()).map((link) => link.state)).toEqual(["linked", "linked"]);
});

test("C6: who was there before the create began is not held up by it", async () => {
  const world = await aRunningWorld();
  world.left.fail("create", outage("before"));
  await world.notice("right", world.right.add({ ...NAMELESS, firstName: "Liv" }));
  const release = world.right.holdAnswer("create");
  await world.advance(10);
  await world.notice("left", world.left.add(NAMELESS));
  await world.advance(2_000);
  expect(world.left.ids()).toHaveLength(2);
  release();
});

test("C7: who was deleted while their create was not yet known stands in nobody's way", async () => {
  const world = await aRunningWorld({ right: LAGGING });
  loseCreate(world);
  const first = world.left.add(BO);
  await world.notice("left", first);
  world.left.remove(first);
  await world.notice("left", first);
  const second = world.left.add(BO);
  await world.notice("left", second);
  await world.advance(10 * 60_000);
  expect(world.left.ids()).toEqual([second]);
  expect(world.right.ids()).toEqual(["R1"]);
  expect((await world.links()).map((link) => link.state).sort()).toEqual(["linked", "tombstone"]);
});

test("C7: what was made of somebody who was deleted meanwhile is deleted as well, and does not come back", async () => {
  const deletes = { onLeftGone: "delete", onRightGone: "delete", holdMs: 1_000, breakerLimit: 50 } as const;
  const world = await aRunningWorld({ sync: { deletes }, right: LAGGING });
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add(BO));
  world.left.remove("L1");
  await world.notice("left", "L1");
  await world.advance(5 * 60_000);
  await world.notice("right", "R1");
  await world.advance(5 * 60_000);
  expect([world.left.ids(), world.right.ids()]).toEqual([[], []]);
  expect(await world.links()).toMatchObject([{ state: "tombstone" }]);
});

test("C7: a create whose link was ended otherwise is closed by whoever waits for it", async () => {
  const world = await aRunningWorld();
  loseCreate(world);
  await world.notice("left", world.left.add(BO));
  const [link] = await world.links();
  if (link === undefined) throw new Error("nobody was remembered");
  world.crash();
  const lane = await world.store.takeLane("acme", "somebody else", world.clock.now());
  await world.store.apply(lane, [{ kind: "saveLink", link: { ...link, state: "unlinked" }, keys: { left: [] } }]);
  await world.open();
  await world.notice("left", world.left.add(BO));
  await world.advance(5 * 60_000);
  expect(await world.linkOf("left", "L2")).toMatchObject({ state: "linked" });
});

test("C9: who waits for an open create looks again ever more rarely", async () => {
  const world = await aRunningWorld();
  const release = world.right.holdAnswer("create");
  await world.notice("left", world.left.add(NAMELESS));
  await world.notice("right", "R1");
  await world.advance(60_000);
  world.forgetCalls();
  await world.advance(HOUR_MS);
  const looks = world.right.callsOf("read").length;
  expect(looks).toBeGreaterThan(100);
  expect(looks).toBeLessThanOrEqual(120);
  release();
});

test("C8: the first reading asks before it creates where the listing lags behind", async () => {
  const world = await aWorld({ right: LAGGING });
  world.left.add(BO);
  world.right.add(BO);
  const release = world.left.holdAnswer("list");
  await world.open();
  await world.advance(40_000);
  release();
  await world.advance(5_000);
  expect(world.right.callsOf("create")).toEqual([]);
  await expectOneEach(world);
});

test("C8: whoever is entered on both sides while they are being read is one pair", async () => {
  const world = await aWorld();
  const release = world.left.holdAnswer("list");
  await world.open();
  await world.advance(5_000);
  expect(world.right.callsOf("list")).toHaveLength(1);
  world.left.add(BO);
  world.right.add(BO);
  await world.notice("left", "L1");
  release();
  await world.advance(5_000);
  expect(world.right.callsOf("create")).toEqual([]);
  await expectOneEach(world);
});
