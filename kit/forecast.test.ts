import fc from "fast-check";
import { expect, test } from "vitest";
import { PRIORITIES } from "../model/priority.ts";
import { createBudget } from "./budget.ts";
import { timeOf } from "./forecast.ts";
import { manualClock } from "./manualClock.ts";

const exactly = (calls: number) => ({ least: calls, most: calls });

test("B18 what is free takes no time, and the rest waits for windows", () => {
  const hourly = { requests: 1_000, perMs: 3_600_000, used: 400 };
  expect(timeOf(exactly(500), [hourly])).toEqual({ soonestMs: 0, latestMs: 0 });
  expect(timeOf(exactly(950), [hourly])).toEqual({ soonestMs: 1_800_000, latestMs: 3_600_000 });
  expect(timeOf({ least: 0, most: 3_200 }, [hourly])).toEqual({ soonestMs: 0, latestMs: 3 * 3_600_000 });
});

test("B18 the slowest limit decides", () => {
  const burst = { requests: 100, perMs: 10_000, used: 0 };
  const daily = { requests: 1_000, perMs: 86_400_000, used: 900 };
  expect(timeOf(exactly(600), [burst])).toEqual({ soonestMs: 50_000, latestMs: 50_000 });
  expect(timeOf(exactly(450), [burst, daily])).toEqual({ soonestMs: 43_200_000, latestMs: 86_400_000 });
});

test("B18 the calls of a budget end within the time that was forecast, give or take a window", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(60),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 20, max: 90 }),
      async (...plan) => {
        const [before, calls, requests] = plan;
        const clock = manualClock(1_000_000);
        const limit = { name: "burst", requests, perMs: 10_000, source: "invented" };
        const budget = createBudget({ limits: [limit], clock, maxWaitMs: Number.POSITIVE_INFINITY });
        const read = (count: number) =>
          Array.from({ length: count }, () => budget.acquire(PRIORITIES.backfill).then(budget.release));
        const first = Promise.all(read(before));
        await clock.advance(before * 1_000);
        await first;
        const { soonestMs, latestMs } = timeOf(exactly(calls), budget.usage());
        const startedAt = clock.now();
        let endedAt = 0;
        const all = Promise.all(read(calls)).then(() => {
          endedAt = clock.now();
        });
        while (endedAt === 0) await clock.advance(10);
        await all;
        expect(endedAt - startedAt).toBeGreaterThanOrEqual(soonestMs - limit.perMs);
        expect(endedAt - startedAt).toBeLessThanOrEqual(latestMs + limit.perMs);
      },
    ),
    { numRuns: 40 },
  );
});
