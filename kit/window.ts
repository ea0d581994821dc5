import type { RateLimit } from "./connector.ts";

/**
 * A sliding window: how many calls were made in the last `perMs` milliseconds, ours and, as far as the partner's
 * answers tell, those of others who share the allowance.
 *
 * Calls that follow each other closely share a bucket, and a bucket leaves as a whole once its *last* call is older than
 * the window. So the count is never too low, and it takes about a thousand buckets however large the allowance is.
 */
export interface SlidingWindow {
  readonly name: string;
  /** How many calls the window allows: as configured, or fewer where the partner's answers say so. */
  readonly requests: () => number;
  readonly perMs: () => number;
  /** Calls counted at `now`, those still under way not included. */
  readonly used: (now: number) => number;
  /** Counts calls, one unless told otherwise, at `now`. */
  readonly add: (now: number, calls?: number) => void;
  /** When no more than `most` calls will be counted, epoch ms; `now` if that is so already. */
  readonly fallsTo: (most: number, now: number) => number;
  /** Takes in what an answer said, given how many calls of ours are still under way. */
  readonly learn: (report: WindowReport, underWay: number, now: number) => void;
  /** Our own calls that are counted at `now`, oldest first, in about sixty parts at most. */
  readonly passed: (now: number) => readonly Passed[];
}

/** What one answer said of one window. */
export interface WindowReport {
  readonly requests?: number;
  readonly perMs?: number;
  readonly remaining?: number;
}

/** So many calls, the last of which was answered at `at`, epoch ms. */
export interface Passed {
  readonly at: number;
  readonly count: number;
}

interface Bucket {
  readonly startedAt: number;
  endedAt: number;
  count: number;
}

const BUCKETS_PER_WINDOW = 1_000;
/** Parts that a window's past is told in. */
const PASSED_PER_WINDOW = 60;
/** Emptied places at the front of the list that are tolerated before it is cut. */
const COMPACT_AFTER = 512;
/**
 * How far the partner's count and ours may be apart in time, ms: no call takes longer, and no clock is more wrong. What
 * a report said may not yet hold for calls that are younger.
 */
const APART_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * A window of one limit.
 * @param passed calls that were made before, oldest first; none when absent.
 */
export function slidingWindow(configured: RateLimit, passed: readonly Passed[] = []): SlidingWindow {
  const { name, requests } = configured;
  let limit = requests;
  let spanMs = configured.perMs;
  let buckets: Bucket[] = passed.map(({ at, count }) => ({ startedAt: at, endedAt: at, count }));
  let head = 0;
  let own = passed.reduce((sum, { count }) => sum + count, 0);
  let foreign = { count: 0, at: 0 };

  /** When what was counted at `at` leaves the window; the later of two never leaves first. */
  const leavesAt = (at: number): number => {
    const rolled = at + spanMs + 1;
    return configured.renews === "daily" ? Math.min(rolled, renewedAfter(at)) : rolled;
  };

  const expire = (now: number): void => {
    for (let first = buckets[head]; first !== undefined && leavesAt(first.endedAt) <= now; first = buckets[head]) {
      own -= first.count;
      head += 1;
    }
    if (leavesAt(foreign.at) <= now) foreign = { count: 0, at: 0 };
    if (head > COMPACT_AFTER) {
      buckets = buckets.slice(head);
      head = 0;
    }
  };

  const used = (now: number): number => {
    expire(now);
    return own + foreign.count;
  };

  const add = (now: number, calls = 1): void => {
    const last = buckets.at(-1);
    own += calls;
    if (last === undefined || head === buckets.length || now - last.startedAt > spanMs / BUCKETS_PER_WINDOW) {
      buckets.push({ startedAt: now, endedAt: now, count: calls });
    } else {
      last.count += calls;
      // What was passed on may lie ahead.
      last.endedAt = Math.max(last.endedAt, now);
    }
  };

  const fallsTo = (most: number, now: number): number => {
    let left = used(now);
    if (left <= most) return now;
    const leaving = [...buckets.slice(head).map((bucket) => ({ at: bucket.endedAt, count: bucket.count })), foreign];
    for (const { at, count } of leaving.sort((one, other) => one.at - other.at)) {
      left -= count;
      if (left <= most) return Math.max(now, leavesAt(at));
    }
    return Number.POSITIVE_INFINITY;
  };

  /** Forgets the oldest of our calls beyond `most`, but none that is so young that a report may not include it. */
  const forgetBeyond = (most: number, now: number): void => {
    let young = 0;
    for (let place = buckets.length - 1; place >= head; place -= 1) {
      const bucket = buckets[place];
      if (bucket === undefined || bucket.endedAt < now - APART_MS) break;
      young += bucket.count;
    }
    for (let first = buckets[head]; first !== undefined && own > most + young; first = buckets[head]) {
      const forgotten = Math.min(first.count, own - most - young);
      own -= forgotten;
      first.count -= forgotten;
      if (first.count === 0) head += 1;
    }
  };

  const learn = (report: WindowReport, underWay: number, now: number): void => {
    // What is configured is a ceiling of the user's choosing; the partner can only lower it.
    if (report.requests !== undefined && report.requests > 0) limit = Math.min(requests, report.requests);
    if (report.perMs !== undefined && report.perMs > 0) spanMs = report.perMs;
    if (report.remaining === undefined) return;
    expire(now);
    if (report.requests !== undefined && spanMs > APART_MS) forgetBeyond(report.requests - report.remaining, now);
    // What neither we nor the partner have left must have been used by someone else, or by us before a restart.
    foreign = { count: Math.max(0, limit - report.remaining - own - underWay), at: now };
  };

  const tell = (now: number): readonly Passed[] => {
    expire(now);
    return inParts(buckets.slice(head), spanMs / PASSED_PER_WINDOW);
  };

  return { name, requests: () => limit, perMs: () => spanMs, used, add, fallsTo, learn, passed: tell };
}

/** When the partner has certainly begun the day after `at`, as its clock shows it, and stopped counting the last. */
function renewedAfter(at: number): number {
  return (Math.floor((at + APART_MS) / DAY_MS) + 1) * DAY_MS + APART_MS;
}

/** Joins neighbours that began within `partMs`; each part is as old as its youngest call. */
function inParts(buckets: readonly Bucket[], partMs: number): readonly Passed[] {
  const parts: { startedAt: number; at: number; count: number }[] = [];
  for (const { startedAt, endedAt, count } of buckets) {
    const last = parts.at(-1);
    if (last === undefined || startedAt - last.startedAt > partMs) parts.push({ startedAt, at: endedAt, count });
    else Object.assign(last, { at: endedAt, count: last.count + count });
  }
  return parts.map(({ at, count }) => ({ at, count }));
}
