import { expect, test } from "vitest";
import { createHandClock } from "../testing.ts";
import { createLimiter, LimitsShape } from "./limiter.ts";

function limiterOf(limits: object) {
  const clock = createHandClock();
  let current = LimitsShape.parse(limits);
  return {
    clock,
    take: createLimiter(() => current, clock.now),
    set: (next: object) => {
      current = LimitsShape.parse(next);
    },
  };
}

test("EH80 a window rolls: as soon as the oldest request leaves it, the next passes", () => {
  const { clock, take } = limiterOf({ requests: 2, perMs: 10_000 });
  expect(take("app").remaining).toBe(1);
  clock.advance(4_000);
  expect(take("app").remaining).toBe(0);
  expect(take("app")).toMatchObject({ isAllowed: false, retryInMs: 6_000 });
  clock.advance(6_000);
  expect(take("app").isAllowed).toBe(true);
  expect(take("app").isAllowed).toBe(false);
});

test("EH81 a refused request does not count, and each client has an allowance of its own", () => {
  const { clock, take } = limiterOf({ requests: 1, perMs: 1_000 });
  take("one");
  for (let again = 0; again < 5; again += 1) expect(take("one").isAllowed).toBe(false);
  expect(take("other").isAllowed).toBe(true);
  clock.advance(1_000);
  expect(take("one").isAllowed).toBe(true);
});

test("EH82 the daily allowance ends at midnight UTC and not before", () => {
  const { clock, take } = limiterOf({ requests: 100, perMs: 10, daily: 3 });
  for (let call = 0; call < 3; call += 1) take("app");
  expect(take("app")).toMatchObject({ isAllowed: false, dailyRemaining: 0, retryInMs: 16 * 3_600_000 });
  clock.advance(16 * 3_600_000);
  expect(take("app")).toMatchObject({ isAllowed: true, dailyRemaining: 2 });
});

test("EH83 limits can be lowered and lifted while they are in use", () => {
  const { clock, take, set } = limiterOf({ requests: 5, perMs: 1_000 });
  for (let call = 0; call < 5; call += 1) {
    take("app");
    clock.advance(10);
  }
  set({ requests: 2, perMs: 1_000 });
  const { retryInMs } = take("app");
  clock.advance(retryInMs - 1);
  expect(take("app").isAllowed).toBe(false);
  clock.advance(1);
  expect(take("app").isAllowed).toBe(true);
  set({ off: true });
  expect(take("app").isAllowed).toBe(true);
});
