import { expect, test } from "vitest";
import { aWorld } from "../../test/world.ts";

test("Q19: however many keys are due, no more are held than are worked on at once, thrice as many being stored, and as many that are next", async () => {
  const world = await aWorld({ concurrency: 8 });
  const { dueKeys } = world.store;
  let most = 0;
  Object.assign(world.store, {
    dueKeys: async (...args: Parameters<typeof dueKeys>) => {
      const found = await dueKeys(...args);
      most = Math.max(most, found.length);
      return found;
    },
  });
  const marks = Array.from({ length: 2_000 }, (_, place) => ({
    ...{ key: `record:contacts:left:L${place}`, syncId: "contacts", priority: 0, dueAt: world.clock.now() },
    reason: "webhook",
  })) as Parameters<typeof world.store.mark>[1];
  await world.store.mark("acme", marks);
  await world.open();
  await world.advance(60_000);
  expect(await world.store.dueCounts("acme", world.clock.now())).toMatchObject({ waiting: 0 });
  expect(world.left.callsOf("read")).toHaveLength(2_000);
  expect(most).toBeGreaterThanOrEqual(8);
  expect(most).toBeLessThanOrEqual((4 + 4) * 8);
});
