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
  /** Counts one call, at `now`. */
  readonly add: (now: number) => void;
  /** When no more than `most` calls will be counted, epoch ms; `now` if that is so already. */
  readonly fallsTo: (most: number, now: number) => number;
  /** Takes in what an answer said, given how many calls of ours are still under way. */
  readonly learn: (report: WindowReport, underWay: number, now: number) => void;
}

/** What one answer said of one window. */
export interface WindowReport {
  readonly requests?: number;
  readonly perMs?: number;
  readonly remaining?: number;
}

interface Bucket {
  readonly startedAt: number;
  endedAt: number;
  count: number;
}

const BUCKETS_PER_WINDOW = 1_000;
/** Emptied places at the front of the list that are tolerated before it is cut. */
const COMPACT_AFTER = 512;

/** An empty window of `requests` calls per `perMs` milliseconds. */
export function slidingWindow(name: string, requests: number, perMs: number): SlidingWindow {
  let limit = requests;
  let spanMs = perMs;
  let buckets: Bucket[] = [];
  let head = 0;
  let own = 0;
  let foreign = { count: 0, at: 0 };

  const expire = (now: number): void => {
    for (let first = buckets[head]; first !== undefined && first.endedAt + spanMs < now; first = buckets[head]) {
      own -= first.count;
      head += 1;
    }
    if (foreign.at + spanMs < now) foreign = { count: 0, at: 0 };
    if (head > COMPACT_AFTER) {
      buckets = buckets.slice(head);
      head = 0;
    }
  };

  const used = (now: number): number => {
    expire(now);
    return own + foreign.count;
  };

  const add = (now: number): void => {
    const last = buckets.at(-1);
    own += 1;
    if (last === undefined || head === buckets.length || now - last.startedAt > spanMs / BUCKETS_PER_WINDOW) {
      buckets.push({ startedAt: now, endedAt: now, count: 1 });
    } else {
      last.count += 1;
      last.endedAt = now;
    }
  };

  const fallsTo = (most: number, now: number): number => {
    let left = used(now);
    if (left <= most) return now;
    const leaving = [...buckets.slice(head).map((bucket) => ({ at: bucket.endedAt, count: bucket.count })), foreign];
    for (const { at, count } of leaving.sort((one, other) => one.at - other.at)) {
      left -= count;
      if (left <= most) return Math.max(now, at + spanMs + 1);
    }
    return Number.POSITIVE_INFINITY;
  };

  const learn = (report: WindowReport, underWay: number, now: number): void => {
    // What is configured is a ceiling of the user's choosing; the partner can only lower it.
    if (report.requests !== undefined && report.requests > 0) limit = Math.min(requests, report.requests);
    if (report.perMs !== undefined && report.perMs > 0) spanMs = report.perMs;
    if (report.remaining === undefined) return;
    expire(now);
    // What neither we nor the partner have left must have been used by someone else, or by us before a restart.
    foreign = { count: Math.max(0, limit - report.remaining - own - underWay), at: now };
  };

  return { name, requests: () => limit, perMs: () => spanMs, used, add, fallsTo, learn };
}
