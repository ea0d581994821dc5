import fc from "fast-check";
import { expect, test } from "vitest";
import { PRIORITIES } from "../model/priority.ts";
import { createBudget } from "./budget.ts";
import type { RateLimit } from "./connector.ts";
import { type KeptCalls, resumed } from "./ledger.ts";
import { type ManualClock, manualClock } from "./manualClock.ts";

const BURST: RateLimit = { name: "burst", requests: 30, perMs: 10_000, source: "invented" };
const HOURLY: RateLimit = { name: "hourly", requests: 200, perMs: 3_600_000, source: "invented" };

/** What outlives a process: the store, which takes a while, and the partner, which counts. */
interface Outside {
  kept: KeptCalls | undefined;
  readonly counted: number[];
}

/** A process that calls as much as it may until it is killed; nothing it waits for comes back to it then. */
function aProcess(clock: ManualClock, outside: Outside, random: () => number): () => void {
  let isAlive = true;
  const pass = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, () => isAlive && resolve()));
  const keep = async (kept: KeptCalls): Promise<void> => {
    await pass(random() * 30);
    outside.kept = structuredClone(kept);
    await pass(random() * 30);
  };
  const passed = resumed(outside.kept, clock.now());
  const budget = createBudget({ limits: [BURST, HOURLY], clock, passed, keep });
  const work = async (): Promise<void> => {
    for (;;) {
      const priority = random() < 0.3 ? PRIORITIES.live : PRIORITIES.backfill;
      const isLet = await budget.acquire(priority).then(
        () => true,
        () => false,
      );
      if (!isLet) await pass(60_000);
      else {
        const takesMs = random() * 400;
        // A request that is on its way arrives, whether the process that sent it lives or not.
        clock.after(takesMs / 2, () => outside.counted.push(clock.now()));
        await pass(takesMs);
        budget.release();
      }
    }
  };
  for (let worker = 0; worker < 6; worker += 1) void work();
  return () => {
    isAlive = false;
    budget.close();
  };
}

test("B16 no window holds more than it allows, however often the process is killed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2_147_483_646 }),
      fc.array(fc.integer({ min: 10, max: 400_000 }), { minLength: 2, maxLength: 12 }),
      async (seed, lives) => {
        let state = seed;
        const random = () => {
          state = (state * 48_271) % 2_147_483_647;
          return state / 2_147_483_647;
        };
        const clock = manualClock(1_000_000);
        const outside: Outside = { kept: undefined, counted: [] };
        for (const ms of lives) {
          const kill = aProcess(clock, outside, random);
          await clock.advance(0);
          await clock.advance(ms);
          kill();
        }
        await clock.advance(1_000);
        for (const { requests, perMs } of [BURST, HOURLY]) {
          for (const at of outside.counted) {
            const within = outside.counted.filter((other) => other >= at && other < at + perMs);
            expect(within.length).toBeLessThanOrEqual(requests);
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});

test("B16 while what is used can not be stored, calls are refused, and they go on when it can", async () => {
  const clock = manualClock();
  let isDown = false;
  const keep = async (): Promise<void> => {
    if (isDown) throw new Error("disk full");
  };
  const budget = createBudget({ limits: [{ ...HOURLY, requests: 100 }], clock, keep });
  const call = () => budget.acquire(PRIORITIES.live).then(budget.release);
  await call();
  isDown = true;
  for (let made = 1; made < 10; made += 1) await call();
  await expect(call()).rejects.toMatchObject({ kind: "rate_limited", details: { retryAt: 5_000 } });
  isDown = false;
  await call();
  expect(budget.usage()).toMatchObject([{ used: 11, waiting: 0 }]);
});

test("B16 the first call waits until something is stored, since a budget before may have ended in order", async () => {
  let stored = (): void => {};
  const keep = () =>
    new Promise<void>((resolve) => {
      stored = resolve;
    });
  const budget = createBudget({ limits: [HOURLY], clock: manualClock(), keep });
  let isThrough = false;
  const call = budget.acquire(PRIORITIES.live).then(() => {
    isThrough = true;
  });
  await Promise.resolve();
  expect(isThrough).toBe(false);
  stored();
  await call;
});
