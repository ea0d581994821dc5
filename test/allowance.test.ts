import fc from "fast-check";
import { expect, test } from "vitest";
import { type Budget, createBudget } from "../kit/budget.ts";
import type { RateLimit } from "../kit/connector.ts";
import { type ManualClock, manualClock } from "../kit/manualClock.ts";
import { PRIORITIES, type Priority } from "../model/priority.ts";
import { type Allowance, createLimiter, type Limits } from "../sandbox/control/limiter.ts";

/** The budget before a judge: the limiter that the emulators refuse calls with. */

const DAY_MS = 86_400_000;
const BURST: RateLimit = { name: "burst", requests: 100, perMs: 10_000, source: "invented" };
const DAILY: RateLimit = { name: "daily", requests: 200_000, perMs: DAY_MS, renews: "daily", source: "invented" };

/** A partner that answers after a while, and counts a call at some moment until then. */
interface Judged {
  readonly clock: ManualClock;
  readonly budget: Budget;
  /** Makes one call. @returns how long it waited for leave, ms */
  readonly call: (priority: Priority) => Promise<number>;
  readonly verdicts: readonly Allowance[];
}

interface Habits {
  readonly seed: number;
  readonly limits?: Partial<Limits>;
  readonly allowed?: readonly RateLimit[];
  readonly startAt?: number;
  /** How far the partner's clock is ahead of ours, ms. */
  readonly aheadMs?: number;
}

/** Calls take from 5 to 400 ms. */
function judged({ seed, limits = {}, allowed = [BURST, DAILY], startAt = 0, aheadMs = 0 }: Habits): Judged {
  const clock = manualClock(startAt);
  const random = aRandom(seed);
  const budget = createBudget({ limits: allowed, clock });
  const inForce: Limits = { off: false, requests: 100, perMs: 10_000, daily: 200_000, ...limits };
  const count = createLimiter(
    () => inForce,
    () => clock.now() + aheadMs,
  );
  const verdicts: Allowance[] = [];
  const pass = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const call = async (priority: Priority): Promise<number> => {
    const askedAt = clock.now();
    await budget.acquire(priority);
    const waitedMs = clock.now() - askedAt;
    const takesMs = 5 + random() * 395;
    const countedAfter = random() * takesMs;
    await pass(countedAfter);
    const verdict = count("app");
    verdicts.push(verdict);
    await pass(takesMs - countedAfter);
    budget.learn({
      burst: { requests: inForce.requests, remaining: verdict.remaining },
      daily: { requests: inForce.daily, remaining: verdict.dailyRemaining },
    });
    budget.release();
    return waitedMs;
  };
  return { clock, budget, call, verdicts };
}

/** Repeatable, uniform in [0, 1). */
function aRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Makes so many calls, sixteen at a time at most, until they are all answered or one is refused leave. */
async function readMany({ call, clock }: Judged, calls: number): Promise<number> {
  let left = calls;
  let made = 0;
  let isOver = false;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call(PRIORITIES.backfill);
      made += 1;
    }
  };
  const workers = Promise.allSettled(Array.from({ length: 16 }, worker)).finally(() => {
    isOver = true;
  });
  while (!isOver) await clock.advance(50);
  await workers;
  return made;
}

const SEED = fc.integer({ min: 1, max: 1_000_000_000 });

test("B13 a first reading uses 97 % of the allowance and is never refused", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, async (seed) => {
      const rig = judged({ seed });
      expect(await readMany(rig, 2_000)).toBe(2_000);
      expect(rig.verdicts.filter(({ isAllowed }) => !isAllowed)).toEqual([]);
      expect(2_000 / ((rig.clock.now() / BURST.perMs) * BURST.requests)).toBeGreaterThanOrEqual(0.97);
    }),
    { numRuns: 20 },
  );
});

test("B13 an edit amid a first reading waits no longer than a tenth of the window", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, fc.array(fc.nat(180_000), { minLength: 5, maxLength: 20 }), async (seed, edits) => {
      const rig = judged({ seed });
      const random = aRandom(seed + 1);
      // One edit takes a few calls, one after the other; two edits are kept from coming in the same second.
      const slots = [...new Set(edits.map((at) => Math.floor(at / 4_000) * 4_000))];
      const times = slots.map((slot) => slot + Math.floor(random() * 1_000));
      const waits: number[] = [];
      for (const at of times) {
        const edit = async (): Promise<void> => {
          for (let made = 0; made < 3; made += 1) waits.push(await rig.call(PRIORITIES.live));
        };
        rig.clock.after(at, () => void edit());
      }
      await readMany(rig, 2_000);
      expect(rig.verdicts.filter(({ isAllowed }) => !isAllowed)).toEqual([]);
      expect(waits).toHaveLength(3 * times.length);
      expect(Math.max(...waits)).toBeLessThanOrEqual(BURST.perMs / 10);
    }),
    { numRuns: 20 },
  );
});

test("B14 at midnight the day's allowance is there again, and both days hold no more than allowed", async () => {
  for (const aheadMs of [-50_000, 0, 50_000]) {
    const allowed = [{ ...DAILY, requests: 300 }];
    const startAt = DAY_MS - 600_000;
    const rig = judged({ seed: 7, startAt, aheadMs, allowed, limits: { requests: 100_000, daily: 300 } });
    // Nine tenths of the day, and then the rest for live edits.
    expect(await readMany(rig, 400)).toBe(270);
    const edits = Promise.allSettled(Array.from({ length: 40 }, () => rig.call(PRIORITIES.live)));
    await rig.clock.advance(0);
    await rig.clock.advance(1_000);
    expect((await edits).filter(({ status }) => status === "fulfilled")).toHaveLength(30);
    await expect(rig.call(PRIORITIES.live)).rejects.toMatchObject({ details: { retryAt: DAY_MS + 60_000 } });
    await rig.clock.advance(DAY_MS + 60_000 - rig.clock.now());
    expect(await readMany(rig, 400)).toBe(270);
    expect(rig.verdicts.filter(({ isAllowed }) => !isAllowed)).toEqual([]);
  }
});
