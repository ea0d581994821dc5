import { expect, test } from "vitest";
import { aContact } from "../../test/builders.ts";
import { aRunningWorld } from "../../test/world.ts";

const DAY_MS = 24 * 3_600_000;

test("Q13: keys of a paused sync rest unasked for, and are worked when it goes on", async () => {
  const world = await aRunningWorld({}, { left: [aContact()], right: [aContact()] });
  await world.configure({ isPaused: true });
  world.forgetCalls();
  const { dueKeys } = world.store;
  let looks = 0;
  Object.assign(world.store, {
    dueKeys: (...args: Parameters<typeof dueKeys>) => {
      looks += 1;
      return dueKeys(...args);
    },
  });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  await world.advance(3 * DAY_MS);
  expect(world.left.calls).toEqual([]);
  expect(looks).toBe(0);
  expect(await world.dueKey("record:contacts:left:L1")).toMatchObject({ state: "due", generation: 1 });
  await world.configure({ isPaused: false });
  await world.advance(1_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(await world.dueKey("record:contacts:left:L1")).toBeUndefined();
});

test("Q13: a key that was handed out when its sync was paused stays due", async () => {
  const world = await aRunningWorld({ concurrency: 1 }, { left: [aContact()], right: [aContact()] });
  world.left.edit("L1", { city: "Rome" });
  const release = world.left.holdAnswer("read");
  await world.notice("left", "L1");
  await world.configure({ isPaused: true });
  world.left.edit("L1", { city: "Oslo" });
  await world.notice("left", "L1");
  release();
  await world.advance(DAY_MS);
  expect(await world.dueKey("record:contacts:left:L1")).toMatchObject({ state: "due" });
  await world.configure({ isPaused: false });
  await world.advance(1_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Oslo" });
});
