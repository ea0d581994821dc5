import { expect, test } from "vitest";
import { PRIORITIES } from "../../model/priority.ts";
import { aContact } from "../../test/builders.ts";
import { aRunningWorld, type World, type WorldOptions } from "../../test/world.ts";

const DAY_MS = 24 * 3_600_000;
/** Edits on the left settle for five seconds; listings are far apart. */
const SETTLING = {
  settleMs: { left: 5_000, right: 0 },
  pollMs: { left: DAY_MS, right: DAY_MS },
  sweepMs: DAY_MS,
};

async function inStep(sync: WorldOptions["sync"] = {}): Promise<World> {
  const world = await aRunningWorld({ sync: { ...SETTLING, ...sync } }, { left: [aContact()], right: [aContact()] });
  await world.advance(60_000);
  world.forgetCalls();
  return world;
}

/** Someone types: one more letter each time, `everyMs` apart, each told by a webhook. */
async function type(world: World, words: readonly string[], everyMs: number): Promise<void> {
  for (const city of words) {
    world.left.edit("L1", { city });
    await world.notice("left", "L1");
    await world.advance(everyMs);
  }
}

test("Q18: what is typed bit by bit is carried once, when it has been quiet", async () => {
  const world = await inStep();
  await type(world, ["R", "Ro", "Rom", "Rome"], 4_000);
  await world.advance(999);
  expect(world.writes()).toEqual([]);
  await world.advance(1);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(world.writes()).toHaveLength(1);
  await world.advance(DAY_MS / 2);
  expect(world.writes()).toHaveLength(1);
});

test("Q18: who never stops typing is carried all the same, ten settle times after the first edit", async () => {
  const world = await inStep();
  const words = Array.from({ length: 30 }, (_, place) => `Rome ${place}`);
  const startedAt = world.clock.now();
  await type(world, words, 2_000);
  const times = world.right.callsOf("update").map(({ at }) => at - startedAt);
  expect(times[0]).toBe(50_000);
  await world.advance(60_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome 29" });
  expect(world.right.callsOf("update").length).toBeLessThanOrEqual(2);
});

test("Q18: an edit of the other side goes at once, and carries what is half typed with it", async () => {
  const world = await inStep();
  await type(world, ["Ro"], 1_000);
  world.right.edit("R1", { companyName: "Acme" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).toMatchObject({ companyName: "Acme" });
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Ro" });
  await type(world, ["Rome"], 5_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q18: a person who asks for it does not wait", async () => {
  const world = await inStep();
  await type(world, ["Rome"], 0);
  await world.mark("record:contacts:left:L1", "person", PRIORITIES.live);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(await world.dueKey("record:contacts:left:L1")).toBeUndefined();
});

test("Q18: an edit that a poll sees settles from when it was made, however often it is listed", async () => {
  const world = await inStep({ pollMs: { left: 1_000, right: DAY_MS } });
  world.left.change({ listing: { isComplete: true, lagMs: 0, overlapMs: 60_000 } });
  world.left.edit("L1", { city: "Rome" });
  await world.advance(4_999);
  expect(world.writes()).toEqual([]);
  await world.advance(1_001);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q18: what is typed while the record is being worked settles anew", async () => {
  const world = await inStep();
  await type(world, ["Rome"], 4_999);
  const release = world.left.holdAnswer("read");
  await world.advance(1);
  world.left.edit("L1", { city: "Rome, I" });
  await world.notice("left", "L1");
  release();
  await world.advance(1_000);
  world.left.edit("L1", { city: "Rome, Italy" });
  await world.notice("left", "L1");
  await world.advance(4_999);
  expect(world.right.callsOf("update")).toHaveLength(1);
  await world.advance(1);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome, Italy" });
  expect(world.right.callsOf("update")).toHaveLength(2);
});

test("Q18: someone who is being entered is created once they are whole", async () => {
  const world = await inStep();
  const id = world.left.add(aContact({ firstName: "B", lastName: "", email: "", phone: "" }));
  await world.notice("left", id);
  await world.advance(3_000);
  world.left.edit(id, { firstName: "Bo", email: "bo@example.com" });
  await world.notice("left", id);
  await world.advance(5_000);
  expect(world.right.callsOf("create").map(({ fields }) => fields?.email)).toEqual(["bo@example.com"]);
  expect(world.writes()).toHaveLength(1);
});
