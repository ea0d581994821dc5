import { Failure } from "../model/errors.ts";
import { type Allowance, allowanceOf, RESERVE } from "./allowance.ts";
import type { Clock } from "./clock.ts";
import type { LimitReport, RateLimit } from "./connector.ts";
import { PRIORITIES, type Priority } from "./http.ts";
import { ANSWERED_WITHIN_MS, type KeepCalls, ledgerOf, type PassedCalls } from "./ledger.ts";

/**
 * One connection's allowance of calls, kept so that the partner never has to refuse one.
 *
 * A call is *under way* from `acquire` to `release` and *counted* from then on, because the partner counts it at some
 * moment in between: that way its window can never hold more calls than ours. Callers wait in one queue per priority,
 * the lowest number first. What is left to people's live edits is told in `Allowance`.
 */
export interface Budget {
  /**
   * Waits for leave to make one call. Callers of equal priority go in the order they came.
   * @throws Failure `rate_limited`, with `retryAt`, when that would take longer than `maxWaitMs`.
   */
  readonly acquire: (priority: Priority) => Promise<void>;
  /** Says that the call was answered, or failed. Exactly once per `acquire`. */
  readonly release: () => void;
  /** Takes in what an answer said of the allowance. Before the `release` of that call. */
  readonly learn: (report: LimitReport) => void;
  /** Sends nothing until then, epoch ms: the partner said so. */
  readonly block: (until: number) => void;
  readonly usage: () => readonly BudgetUsage[];
  /** What was used, for the budget that takes this one's place. Calls under way count for as long as they can last. */
  readonly passed: () => PassedCalls;
  /** Stores what was used, as the last word. @throws what storing throws; what was stored before stays good */
  readonly keep: () => Promise<void>;
  /** Refuses whoever waits, and stops the timer. */
  readonly close: () => void;
}

/** How far one limit is used, for the dashboard. */
export interface BudgetUsage {
  readonly name: string;
  readonly requests: number;
  readonly perMs: number;
  /** Calls in the window now, those under way included. */
  readonly used: number;
  readonly remaining: number;
  /** Calls waiting for leave. */
  readonly waiting: number;
  /** Until when nothing is sent, epoch ms, when the partner asked for that. */
  readonly blockedUntil?: number;
}

/** What a budget is made of. */
export interface BudgetOptions {
  readonly limits: readonly RateLimit[];
  readonly clock: Clock;
  /** The share of each window longer than a minute that only live edits may use, 0 to 1. Default 0.1. */
  readonly reserve?: number;
  /** A wait longer than this is refused instead, so that nobody is held up for hours. Default 30 s. */
  readonly maxWaitMs?: number;
  /** What the budget in whose place this one comes had used. */
  readonly passed?: PassedCalls;
  /** Where to keep what is used, for after a restart; nowhere when absent. */
  readonly keep?: KeepCalls;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (failure: Failure) => void;
}

/** When the next call of a priority may go, and what it waits for. */
interface Opening {
  readonly at: number;
  readonly limit: string;
}

const NOW = Promise.resolve();
/** When to try again after what was used could not be stored, ms. */
const UNSTORED_MS = 5_000;
/** The longest a call waits for its turn, unless the budget is told otherwise, ms. */
export const MAX_WAIT_MS = 30_000;

/** A budget with nothing used but what was passed on. Takes microseconds per call as long as nobody has to wait. */
export function createBudget(options: BudgetOptions): Budget {
  const { clock, reserve = RESERVE, maxWaitMs = MAX_WAIT_MS, passed = {} } = options;
  const allowances = options.limits.map((limit) => allowanceOf(limit, reserve, passed[limit.name] ?? []));
  const queues: Waiting[][] = Object.values(PRIORITIES).map(() => []);
  let underWay = 0;
  let waiting = 0;
  let blockedUntil = 0;
  let cancelTimer: (() => void) | undefined;

  const opening = (priority: Priority): Opening => {
    const now = clock.now();
    let latest: Opening = { at: blockedUntil, limit: "pause" };
    for (const { window, opensAt } of allowances) {
      const at = opensAt(priority, underWay, now);
      if (at > latest.at) latest = { at, limit: window.name };
    }
    return latest;
  };

  const passedNow = (): PassedCalls => passedCalls(allowances, underWay, clock.now());
  const ledger =
    options.keep &&
    ledgerOf({
      keep: options.keep,
      limits: options.limits,
      passed: passedNow,
      onKept: () => pump(),
      onFailed: (thrown) => refuseAll(() => unstored(thrown, clock.now() + UNSTORED_MS)),
    });

  const begin = (priority: Priority): void => {
    underWay += 1;
    ledger?.begin();
    for (const allowance of allowances) allowance.begin(priority, clock.now());
  };

  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    while (waiting > 0) {
      const priority = mostUrgent(queues);
      const next = opening(priority);
      if (next.at > clock.now()) {
        waitFor(next);
        return;
      }
      // It pumps again when it has stored what was used.
      if (ledger?.isOpen() === false) return;
      waiting -= 1;
      begin(priority);
      queues[priority]?.shift()?.resolve();
    }
  };

  const waitFor = ({ at, limit }: Opening): void => {
    // Everything under way must end first; its `release` looks again.
    if (at === Number.POSITIVE_INFINITY) return;
    const ms = at - clock.now();
    if (ms > maxWaitMs) refuseAll(() => usedUp(limit, at));
    else cancelTimer = clock.after(Math.max(1, ms), pump);
  };

  const refuseAll = (failure: () => Failure): void => {
    waiting = 0;
    for (const queue of queues) for (const { reject } of queue.splice(0)) reject(failure());
  };

  const acquire = (priority: Priority): Promise<void> => {
    if (
      queues.every((queue, urgency) => urgency > priority || queue.length === 0) &&
      opening(priority).at <= clock.now() &&
      ledger?.isOpen() !== false
    ) {
      begin(priority);
      return NOW;
    }
    return new Promise((resolve, reject) => {
      queues[priority]?.push({ resolve, reject });
      waiting += 1;
      pump();
    });
  };

  return {
    acquire,
    release: () => {
      underWay -= 1;
      const now = clock.now();
      for (const { window } of allowances) window.add(now);
      if (waiting > 0) pump();
    },
    learn: (report) => {
      for (const { window } of allowances) {
        const part = report[window.name];
        if (part !== undefined) window.learn(part, underWay, clock.now());
      }
    },
    block: (until) => {
      blockedUntil = Math.max(blockedUntil, until);
      pump();
    },
    usage: () => allowances.map(({ window }) => usageOf(window, underWay, waiting, blockedUntil, clock.now())),
    passed: passedNow,
    keep: async () => ledger?.close(),
    close: () => {
      cancelTimer?.();
      cancelTimer = undefined;
      const retryAt = clock.now();
      refuseAll(() => new Failure("rate_limited", "The connection was closed before the call was made.", { retryAt }));
    },
  };
}

function passedCalls(allowances: readonly Allowance[], underWay: number, now: number): PassedCalls {
  const made = underWay === 0 ? [] : [{ at: now + ANSWERED_WITHIN_MS, count: underWay }];
  return Object.fromEntries(allowances.map(({ window }) => [window.name, [...window.passed(now), ...made]]));
}

function mostUrgent(queues: readonly (readonly Waiting[])[]): Priority {
  const place = queues.findIndex((queue) => queue.length > 0);
  return Object.values(PRIORITIES)[place] ?? PRIORITIES.sweep;
}

function usageOf(
  window: Allowance["window"],
  underWay: number,
  waiting: number,
  blockedUntil: number,
  now: number,
): BudgetUsage {
  const used = window.used(now) + underWay;
  const usage = {
    name: window.name,
    requests: window.requests(),
    perMs: window.perMs(),
    used,
    remaining: Math.max(0, window.requests() - used),
    waiting,
  };
  return blockedUntil > now ? { ...usage, blockedUntil } : usage;
}

function unstored(cause: unknown, retryAt: number): Failure {
  const message = "What is used of the allowance could not be stored; calls go on by themselves when it can.";
  return new Failure("rate_limited", message, { retryAt, cause });
}

function usedUp(limit: string, at: number): Failure {
  const why = limit === "pause" ? "The partner asked for a pause" : `The allowance "${limit}" is used up`;
  const when = new Date(at).toISOString();
  return new Failure("rate_limited", `${why}; calls go on at ${when} by themselves.`, { retryAt: at });
}
