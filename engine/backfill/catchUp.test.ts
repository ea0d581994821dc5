import { expect, test } from "vitest";
import { PRIORITIES } from "../../model/priority.ts";
import { aContact } from "../../test/builders.ts";
import { aRunningWorld, aWorld, type World, type WorldOptions } from "../../test/world.ts";

const DAY_MS = 24 * 3_600_000;

function people(count: number) {
  return Array.from({ length: count }, (_, place) =>
    aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone: "" }),
  );
}

async function inStep(options: WorldOptions = {}, count = 4): Promise<World> {
  const world = await aRunningWorld(options, { left: people(count), right: people(count) });
  await world.advance(1_000);
  return world;
}

async function caughtUp(world: World): Promise<readonly string[]> {
  return (await world.journal()).filter(({ verdict }) => verdict === "caughtUp").map(({ summary }) => summary);
}

test("L10: after a pause of days it is said once how much there was to catch up with on each side", async () => {
  const world = await inStep();
  await world.configure({ isPaused: true });
  await world.advance(3 * DAY_MS);
  for (const id of ["L1", "L2"]) world.left.edit(id, { city: "Rome" });
  world.right.edit("R3", { city: "Oslo" });
  await world.configure({ isPaused: false });
  await world.advance(60_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(world.left.fieldsOf("L3")).toMatchObject({ city: "Oslo" });
  expect(await caughtUp(world)).toEqual(["Caught up after 3 days: 2 changes in HighLevel, 1 change in Salesmate."]);
  await world.advance(DAY_MS);
  expect(await caughtUp(world)).toHaveLength(1);
});

test("L10: the same is said when the hub itself stood still, also when a crash comes between both sides", async () => {
  const world = await inStep();
  world.crash();
  await world.advance(2 * 3_600_000);
  world.left.edit("L1", { city: "Rome" });
  const release = world.right.holdAnswer("list");
  await world.open();
  await world.advance(100);
  expect(await caughtUp(world)).toEqual([]);
  world.crash();
  release();
  await world.open();
  await world.advance(1_000);
  expect(await caughtUp(world)).toEqual(["Caught up after 2 hours: 1 change in HighLevel, 0 changes in Salesmate."]);
});

test("L10: a short stop is no standstill", async () => {
  const world = await inStep();
  world.crash();
  await world.advance(59_000);
  await world.open();
  await world.advance(10_000);
  expect(await caughtUp(world)).toEqual([]);
});

test("Q14: a pause amid the first reading ends it after the page in hand, and it goes on from there", async () => {
  const world = await aWorld({ left: { pageSize: 2 }, right: { pageSize: 2 } });
  for (const person of people(7)) {
    world.left.add(person);
    world.right.add(person);
  }
  const release = world.left.holdAnswer("list");
  await world.open();
  await world.configure({ isPaused: true });
  release();
  await world.advance(DAY_MS);
  const cursors = () => world.left.callsOf("list").map(({ query }) => query?.cursor);
  expect(cursors()).toEqual([undefined]);
  expect(await world.dueKey("backfill:contacts")).toMatchObject({ state: "due", attempts: 0 });
  await world.configure({ isPaused: false });
  await world.advance(1_000);
  expect(cursors().slice(0, 4)).toEqual([undefined, "2", "4", "6"]);
  expect(await world.links()).toHaveLength(7);
});

test("Q14: a pause amid a full comparison ends it after the page in hand, and it goes on from there", async () => {
  const world = await inStep({ left: { pageSize: 2 }, right: { pageSize: 2 } }, 5);
  world.forgetCalls();
  const release = world.left.holdAnswer("list");
  await world.mark("sweep:contacts:left", "sweep", PRIORITIES.sweep);
  await world.configure({ isPaused: true });
  release();
  await world.advance(1_000);
  const cursors = () =>
    world.left
      .callsOf("list")
      .filter(({ query }) => query?.since === undefined)
      .map(({ query }) => query?.cursor);
  expect(cursors()).toEqual([undefined]);
  await world.configure({ isPaused: false });
  await world.advance(1_000);
  expect(cursors()).toEqual([undefined, "2", "4"]);
});

test("Q14: a poll that a pause cut short is read again", async () => {
  const world = await inStep({ left: { pageSize: 2 }, right: { pageSize: 2 } }, 5);
  await world.advance(10_000);
  for (let place = 1; place <= 5; place += 1) world.left.edit(`L${place}`, { city: "Rome" });
  const release = world.left.holdAnswer("list");
  await world.mark("poll:contacts:left", "poll", PRIORITIES.poll);
  await world.configure({ isPaused: true });
  release();
  await world.advance(1_000);
  expect(world.right.fieldsOf("R5")).not.toMatchObject({ city: "Rome" });
  await world.configure({ isPaused: false });
  await world.advance(1_000);
  expect(world.right.fieldsOf("R5")).toMatchObject({ city: "Rome" });
});
