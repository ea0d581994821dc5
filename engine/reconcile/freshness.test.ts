import fc from "fast-check";
import { expect, test } from "vitest";
import type { Side } from "../../model/record.ts";
import { aContact } from "../../test/builders.ts";
import { aRunningWorld, type World, type WorldOptions } from "../../test/world.ts";

const DAY_MS = 24 * 3_600_000;
/** Listings far apart, so that only what the test marks is worked. */
const RARE = { pollMs: { left: DAY_MS, right: DAY_MS }, sweepMs: DAY_MS };

async function inStep(options: WorldOptions = {}): Promise<World> {
  const world = await aRunningWorld({ sync: RARE, ...options }, { left: [aContact()], right: [aContact()] });
  await world.advance(60_000);
  return world;
}

/** Makes the next reads of a side's first record answer from the past. @returns stops it. */
async function remember(world: World, side: Side): Promise<{ readonly answer: (times: number) => void }> {
  const partner = world[side];
  const { read } = partner;
  const [id = ""] = partner.ids();
  const past = await read({ priority: 0, calls: [] }, id);
  return {
    answer: (times) => {
      let left = times;
      Object.assign(partner, {
        read: async (...args: Parameters<typeof read>) => {
          const present = await read(...args);
          left -= 1;
          return left >= 0 && args[1] === id ? past : present;
        },
      });
    },
  };
}

test.each(["left", "right"] as const)(
  "F3: a read from the past on the %s undoes nothing, and is made again",
  async (side) => {
    const world = await inStep();
    const past = await remember(world, side);
    world.left.edit("L1", { city: "Rome" });
    await world.notice("left", "L1");
    await world.advance(1_000);
    past.answer(3);
    world.forgetCalls();
    await world.notice(side, side === "left" ? "L1" : "R1");
    expect(world[side].callsOf("read")).toHaveLength(1);
    await world.advance(60_000);
    expect(world[side].callsOf("read")).toHaveLength(4);
    expect(world.writes()).toEqual([]);
    expect(world.left.fieldsOf("L1")).toMatchObject({ city: "Rome" });
    expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
    expect((await world.linkOf("left", "L1"))[side]).not.toHaveProperty("staleSince");
  },
);

test("F3: an edit of the other side waits for a read of the present, and is carried then", async () => {
  const world = await inStep();
  const past = await remember(world, "left");
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  await world.advance(1_000);
  past.answer(2);
  world.right.edit("R1", { companyName: "Acme Ltd" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).not.toMatchObject({ companyName: "Acme Ltd" });
  await world.advance(60_000);
  expect(world.left.fieldsOf("L1")).toMatchObject({ city: "Rome", companyName: "Acme Ltd" });
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome", companyName: "Acme Ltd" });
});

test("F3: a partner that keeps to the older state is believed after two minutes", async () => {
  const world = await inStep();
  const past = await remember(world, "left");
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  past.answer(1_000);
  await world.notice("left", "L1");
  await world.advance(2 * 60_000 - 1);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  await world.advance(60_000);
  expect(world.right.fieldsOf("R1")).not.toMatchObject({ city: "Rome" });
  expect(await world.dueKey("record:contacts:left:L1")).toBeUndefined();
});

test("F4: an edit that no webhook told is carried within the poll rhythm and the partner's lag", async () => {
  const rhythms = fc.record({
    pollMs: fc.integer({ min: 1_000, max: 120_000 }),
    lagMs: fc.integer({ min: 0, max: 60_000 }),
  });
  const edits = fc.array(
    fc.record({ side: fc.constantFrom("left", "right"), after: fc.integer({ min: 0, max: 200_000 }) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  await fc.assert(
    fc.asyncProperty(rhythms, edits, async ({ pollMs, lagMs }, made) => {
      const listing = { isComplete: lagMs === 0, lagMs, overlapMs: lagMs };
      const world = await inStep({
        sync: { pollMs: { left: pollMs, right: pollMs }, sweepMs: 30 * DAY_MS },
        left: { listing },
        right: { listing },
      });
      await world.advance(pollMs + lagMs);
      for (const [place, { side, after }] of made.entries()) {
        await world.advance(after);
        world[side].edit(side === "left" ? "L1" : "R1", { city: `Rome ${place}` });
        await world.advance(pollMs + lagMs);
        const across = side === "left" ? world.right.fieldsOf("R1") : world.left.fieldsOf("L1");
        expect(across).toMatchObject({ city: `Rome ${place}` });
        expect((await world.journal())[0]).toMatchObject({ verdict: "updated", reason: "poll" });
      }
      await world.store.close();
    }),
    { numRuns: Number(process.env.KITH_HISTORIES ?? 30) },
  );
});
