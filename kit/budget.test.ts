import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../model/errors.ts";
import { PRIORITIES, type Priority } from "../model/priority.ts";
import { type Budget, createBudget } from "./budget.ts";
import type { RateLimit } from "./connector.ts";
import { manualClock } from "./manualClock.ts";

const { live, flow, poll, backfill } = PRIORITIES;

function aLimit(requests: number, perMs = 10_000, name = "burst"): RateLimit {
  return { name, requests, perMs, source: "invented" };
}

/** Makes calls that are answered at once, and notes their names in the order they were let through. */
async function call(budget: Budget, priority: Priority, name = "", order: string[] = []): Promise<void> {
  await budget.acquire(priority);
  order.push(name);
  budget.release();
}

async function callMany(budget: Budget, count: number, priority: Priority = live): Promise<void> {
  for (let made = 0; made < count; made += 1) await call(budget, priority);
}

test("B1 no window ever holds more calls than it allows, however calls and answers fall", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ gap: fc.nat(40), takes: fc.nat(60), priority: fc.constantFrom(live, flow, backfill) }), {
        minLength: 1,
        maxLength: 60,
      }),
      async (plan) => {
        const clock = manualClock(1_000);
        const budget = createBudget({ limits: [aLimit(5, 100), aLimit(20, 1_000, "long")], clock });
        const seen: number[] = [];
        const made = plan.map(async ({ takes, priority }, place) => {
          await new Promise<void>((resolve) => void clock.after(place * (plan[place]?.gap ?? 0), resolve));
          await budget.acquire(priority);
          // The partner counts the call at some moment between its sending and its answer.
          seen.push(clock.now() + takes / 2);
          clock.after(takes, budget.release);
        });
        await clock.advance(60_000);
        await Promise.all(made);
        expect(seen).toHaveLength(plan.length);
        for (const [perMs, most] of [
          [100, 5],
          [1_000, 20],
        ] as const) {
          for (const at of seen) {
            expect(seen.filter((other) => other >= at && other < at + perMs).length).toBeLessThanOrEqual(most);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("B2 the more urgent go first, and equals in the order they came", async () => {
  const clock = manualClock();
  const budget = createBudget({ limits: [aLimit(1)], clock, reserve: 0 });
  await call(budget, live);
  const order: string[] = [];
  const waiting = [
    call(budget, backfill, "backfill 1", order),
    call(budget, poll, "poll", order),
    call(budget, backfill, "backfill 2", order),
    call(budget, live, "live 1", order),
    call(budget, live, "live 2", order),
  ];
  await clock.advance(100_000);
  await Promise.all(waiting);
  expect(order).toEqual(["live 1", "live 2", "poll", "backfill 1", "backfill 2"]);
});

test("B11 a tenth of a window longer than a minute is left to live edits", async () => {
  const clock = manualClock();
  const budget = createBudget({ limits: [aLimit(100, 3_600_000, "hourly")], clock });
  await callMany(budget, 90, backfill);
  await expect(budget.acquire(backfill)).rejects.toMatchObject({ kind: "rate_limited" });
  await callMany(budget, 10, live);
  await expect(budget.acquire(live)).rejects.toMatchObject({ kind: "rate_limited" });
});

test("B12 while nobody edits, everything else may use a short window to its end, at an even pace", async () => {
  const clock = manualClock();
  const budget = createBudget({ limits: [aLimit(100)], clock });
  const sentAt: number[] = [];
  const reading = Array.from({ length: 100 }, () =>
    budget.acquire(backfill).then(() => {
      sentAt.push(clock.now());
      budget.release();
    }),
  );
  await clock.advance(0);
  await clock.advance(9_999);
  await Promise.all(reading);
  expect(sentAt).toEqual(Array.from({ length: 100 }, (_none, place) => Math.max(0, (place - 4) * 100)));
});

test("B12 as many places as live edits took within the window are left to them, up to half of it", async () => {
  for (const [edits, rest] of [
    [0, 100],
    [10, 80],
    [30, 40],
    [45, 10],
    [60, 0],
  ] as const) {
    const clock = manualClock();
    const budget = createBudget({ limits: [aLimit(100)], clock });
    await callMany(budget, edits, live);
    let read = 0;
    const reading = Array.from({ length: 100 }, () =>
      budget.acquire(backfill).then(() => {
        read += 1;
        budget.release();
      }),
    );
    await clock.advance(9_999);
    expect(read).toBe(rest);
    await clock.advance(60_000);
    await Promise.all(reading);
  }
});

test("B4 after a 429 nothing is sent until the time given, live edits included", async () => {
  const clock = manualClock(50_000);
  const budget = createBudget({ limits: [aLimit(100)], clock });
  budget.block(55_000);
  const sentAt: number[] = [];
  const waiting = budget.acquire(live).then(() => sentAt.push(clock.now()));
  expect(budget.usage()[0]).toMatchObject({ waiting: 1, blockedUntil: 55_000 });
  await clock.advance(4_999);
  expect(sentAt).toEqual([]);
  await clock.advance(1);
  await waiting;
  expect(sentAt).toEqual([55_000]);
  expect(budget.usage()[0]).not.toHaveProperty("blockedUntil");
});

test("B5 a wait of more than half a minute is refused with the time to come back", async () => {
  const clock = manualClock(0);
  const budget = createBudget({ limits: [aLimit(3, 3_600_000, "hourly")], clock, reserve: 0 });
  await callMany(budget, 3);
  const refused = await budget.acquire(live).catch((failure: unknown) => failure);
  expect(refused).toBeInstanceOf(Failure);
  expect(refused).toMatchObject({ kind: "rate_limited", details: { retryAt: 3_600_001 } });
  expect(String(refused)).toContain('"hourly" is used up');
  expect(clock.pending()).toBe(0);
});

test("B6 calls of others, and our own before a restart, are learned from what the partner says is left", async () => {
  const clock = manualClock();
  const budget = createBudget({ limits: [aLimit(100)], clock, reserve: 0 });
  await budget.acquire(live);
  budget.learn({ burst: { requests: 100, remaining: 4 } });
  budget.release();
  expect(budget.usage()[0]).toMatchObject({ used: 96, remaining: 4 });
  await callMany(budget, 4);
  let isThrough = false;
  const waiting = budget.acquire(live).then(() => {
    isThrough = true;
  });
  await clock.advance(9_999);
  expect(isThrough).toBe(false);
  await clock.advance(2);
  await waiting;
});

test("B7 the partner may lower a limit but never raise it over what is configured", () => {
  const budget = createBudget({ limits: [aLimit(100)], clock: manualClock() });
  budget.learn({ burst: { requests: 25, perMs: 5_000 } });
  expect(budget.usage()[0]).toMatchObject({ requests: 25, perMs: 5_000 });
  budget.learn({ burst: { requests: 500 } });
  expect(budget.usage()[0]).toMatchObject({ requests: 100 });
});

test("B8 calls under way count, and a full window opens when one of them has been answered long enough ago", async () => {
  const clock = manualClock();
  const budget = createBudget({ limits: [aLimit(2, 1_000)], clock, reserve: 0 });
  await budget.acquire(live);
  await budget.acquire(live);
  let isThrough = false;
  const waiting = budget.acquire(live).then(() => {
    isThrough = true;
  });
  await clock.advance(5_000);
  expect(isThrough).toBe(false);
  budget.release();
  await clock.advance(1_000);
  expect(isThrough).toBe(false);
  await clock.advance(1);
  await waiting;
});

test("B9 closing refuses whoever waits and leaves no timer", async () => {
  const clock = manualClock();
  const budget = createBudget({ limits: [aLimit(1)], clock });
  await call(budget, live);
  const waiting = budget.acquire(live).catch((failure: unknown) => failure);
  budget.close();
  expect(await waiting).toMatchObject({ kind: "rate_limited", details: { retryAt: clock.now() } });
  expect(clock.pending()).toBe(0);
});

test("B14 what the partner no longer counts is forgotten, but for calls that it may not have counted yet", async () => {
  const clock = manualClock();
  const budget = createBudget({ limits: [aLimit(1_000, 86_400_000, "daily")], clock });
  await callMany(budget, 500);
  await clock.advance(200_000);
  await callMany(budget, 20);
  await budget.acquire(live);
  budget.learn({ daily: { requests: 1_000, remaining: 985 } });
  budget.release();
  expect(budget.usage()[0]).toMatchObject({ used: 15 + 20 + 1 });
});

test("B14 what is left of a higher limit of the partner's says nothing of calls made", async () => {
  const clock = manualClock();
  const budget = createBudget({ limits: [aLimit(1_000, 86_400_000, "daily")], clock });
  await callMany(budget, 500);
  await clock.advance(200_000);
  budget.learn({ daily: { remaining: 9_000 } });
  expect(budget.usage()[0]).toMatchObject({ used: 500 });
  budget.learn({ daily: { requests: 10_000, remaining: 9_500 } });
  expect(budget.usage()[0]).toMatchObject({ used: 500 });
});

test("B15 a budget goes on from what the one before it had used, calls under way included", async () => {
  const clock = manualClock(1_000_000);
  const limits = [aLimit(100), aLimit(1_000, 3_600_000, "hourly")];
  const before = createBudget({ limits, clock });
  for (let minute = 0; minute < 5; minute += 1) {
    await callMany(before, 20);
    await clock.advance(60_000);
  }
  await before.acquire(live);
  const after = createBudget({ limits, clock, passed: before.passed() });
  expect(after.usage()).toMatchObject([{ used: 1 }, { used: 101 }]);
  // Nobody tells it of the call under way, which the partner may count for as long as it can last.
  await clock.advance(15_000 + 10_000);
  expect(after.usage()).toMatchObject([{ used: 1 }, { used: 101 }]);
  await clock.advance(1);
  expect(after.usage()).toMatchObject([{ used: 0 }, { used: 101 }]);
  // The first two minutes were passed on as one part, which leaves with its last call.
  await clock.advance(3_600_000 - 4 * 60_000 - 25_000);
  expect(after.usage()).toMatchObject([{ used: 0 }, { used: 61 }]);
});
