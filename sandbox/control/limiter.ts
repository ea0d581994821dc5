import { z } from "zod";

/** So many requests in any stretch of so many milliseconds, and so many per UTC day. `off` counts nothing. */
export const LimitsShape = z.strictObject({
  off: z.boolean().default(false),
  requests: z.number().int().positive().default(100),
  perMs: z.number().int().positive().default(10_000),
  daily: z.number().int().positive().default(200_000),
});

/** Limits in force. */
export type Limits = z.output<typeof LimitsShape>;

/** The state of an allowance after one request was counted or refused. */
export type Allowance = {
  readonly isAllowed: boolean;
  /** Requests left in the rolling window and in the day. */
  readonly remaining: number;
  readonly dailyRemaining: number;
  /** When refused: milliseconds until a request would pass. */
  readonly retryInMs: number;
};

/** What an emulator without limits reports as its allowance. */
export const UNLIMITED = 10_000_000;

const DAY_MS = 86_400_000;

/** Counts the requests of many clients, each by its own key. A refused request does not count. */
export function createLimiter(limits: () => Limits, now: () => number): (client: string) => Allowance {
  const counters = new Map<string, Counter>();
  return (client) => {
    const current = limits();
    if (current.off) return { isAllowed: true, remaining: UNLIMITED, dailyRemaining: UNLIMITED, retryInMs: 0 };
    const counter = counters.get(client) ?? emptyCounter();
    counters.set(client, counter);
    return take(counter, current, now());
  };
}

/** Times of the requests in the window, oldest at `head`; and the count of one day. */
type Counter = { times: number[]; head: number; day: number; today: number };

function emptyCounter(): Counter {
  return { times: [], head: 0, day: -1, today: 0 };
}

function take(counter: Counter, limits: Limits, at: number): Allowance {
  expire(counter, at, limits.perMs);
  const used = counter.times.length - counter.head;
  const retryInMs = waitFor(counter, limits, used, at);
  const isAllowed = retryInMs === 0;
  if (isAllowed) {
    counter.times.push(at);
    counter.today += 1;
  }
  return {
    isAllowed,
    remaining: Math.max(0, limits.requests - used - (isAllowed ? 1 : 0)),
    dailyRemaining: Math.max(0, limits.daily - counter.today),
    retryInMs,
  };
}

function waitFor(counter: Counter, limits: Limits, used: number, at: number): number {
  if (counter.today >= limits.daily) return (counter.day + 1) * DAY_MS - at;
  if (used < limits.requests) return 0;
  // The request that must leave the window first, which is not the oldest after the limit was lowered.
  const blocking = counter.times[counter.times.length - limits.requests] ?? at;
  return Math.max(1, blocking + limits.perMs - at);
}

function expire(counter: Counter, at: number, perMs: number): void {
  while (counter.head < counter.times.length && (counter.times[counter.head] ?? 0) <= at - perMs) counter.head += 1;
  if (counter.head > 1_000 && counter.head * 2 > counter.times.length) {
    counter.times = counter.times.slice(counter.head);
    counter.head = 0;
  }
  const day = Math.floor(at / DAY_MS);
  if (day !== counter.day) {
    counter.day = day;
    counter.today = 0;
  }
}
