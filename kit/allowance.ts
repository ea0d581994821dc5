import { PRIORITIES, type Priority } from "../model/priority.ts";
import type { RateLimit } from "./connector.ts";
import { evenPace, type Rhythm } from "./pace.ts";
import { type Passed, type SlidingWindow, slidingWindow } from "./window.ts";

/**
 * One limit of a partner, and what each priority may use of it. Live edits may use all of it. What the rest leaves to
 * them depends on how soon a place becomes free again:
 *
 * - In a *short* window, soon. The rest may use all of it, at an even pace, as long as nobody edits, and leaves free as
 *   many places as live edits have taken of late. So the first edit waits for the next place, those after it for none.
 * - In a *long* window that would be hours, and a share of it is left free whether anybody edits or not.
 */
export interface Allowance {
  readonly window: SlidingWindow;
  /** When a call of this priority may go while `underWay` others do, epoch ms; `now` or sooner means at once. */
  readonly opensAt: (priority: Priority, underWay: number, now: number) => number;
  /** Notes that a call goes out at `now`. It is counted when it has been answered, by `window.add`. */
  readonly begin: (priority: Priority, now: number) => void;
}

/** The share of a long window that is left to live edits, unless a budget is told otherwise. */
export const RESERVE = 0.1;
/** A window up to this long counts as short, ms. */
const SHORT_MS = 60_000;
/** The part of a short window that may go at once after idle time. */
const BURST_SHARE = 1 / 20;
/** However many edits there were of late, this part of a short window stays open to the rest. */
const OPEN_SHARE = 1 / 2;

/**
 * The allowance under one limit.
 * @param reserve the share of a long window that is left to live edits, 0 to 1.
 * @param passed  calls made before this budget was, oldest first.
 */
export function allowanceOf(limit: RateLimit, reserve: number, passed: readonly Passed[]): Allowance {
  const window = slidingWindow(limit, passed);
  const live = slidingWindow(limit);
  const pace = evenPace();

  const left = (now: number): number => {
    const usable = usableOf(window.requests(), window.perMs(), reserve);
    if (window.perMs() > SHORT_MS) return usable;
    return Math.max(1, Math.ceil(usable * OPEN_SHARE), usable - live.used(now));
  };

  return {
    window,
    opensAt: (priority, underWay, now) => {
      if (priority === PRIORITIES.live) return window.fallsTo(window.requests() - underWay - 1, now);
      const placeAt = window.fallsTo(left(now) - underWay - 1, now);
      return window.perMs() > SHORT_MS ? placeAt : Math.max(placeAt, pace.opensAt(rhythmOf(window)));
    },
    begin: (priority, now) => {
      if (priority === PRIORITIES.live) live.add(now);
      else pace.take(rhythmOf(window), now);
    },
  };
}

/** How many calls of a window are not kept for live edits while nobody edits. */
export function usableOf(requests: number, perMs: number, reserve = RESERVE): number {
  return perMs > SHORT_MS ? Math.max(1, requests - Math.floor(requests * reserve)) : requests;
}

function rhythmOf(window: SlidingWindow): Rhythm {
  const requests = window.requests();
  return { gapMs: window.perMs() / requests, burst: Math.max(1, Math.floor(requests * BURST_SHARE)) };
}
