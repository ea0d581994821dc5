import type { Clock } from "../engine/ports.ts";

/** The one time that the hubs, the partners, the network and the people of a run share. It moves only when told to. */
export interface VirtualClock extends Clock {
  /** Moves on, calling back in order whoever waited; everything settles between two callbacks. */
  readonly advance: (ms: number) => Promise<void>;
  /** Moves on at once, as for a machine that slept: whoever should have been called meanwhile is called afterwards. */
  readonly jump: (ms: number) => Promise<void>;
}

/** More callbacks than any run needs: whoever sets timers without end would otherwise keep time from moving on. */
const CALLBACKS_MAX = 300_000;

/** Somebody set timers without end. */
export class TimeStandsStill extends Error {}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * A clock that begins at `startAt`, epoch ms.
 * @param settle resolves when all that can happen without time passing has happened
 */
export function virtualClock(startAt: number, settle: () => Promise<void>): VirtualClock {
  let now = startAt;
  const timers = new Set<Timer>();
  let callbacks = 0;

  const soonest = (until: number): Timer | undefined => {
    let found: Timer | undefined;
    // A set keeps the order of insertion, so of two at the same moment the one set first goes first.
    for (const timer of timers) if (timer.at <= until && (found === undefined || timer.at < found.at)) found = timer;
    return found;
  };

  const runUntil = async (until: number): Promise<void> => {
    await settle();
    for (let next = soonest(until); next !== undefined; next = soonest(until)) {
      timers.delete(next);
      callbacks += 1;
      if (callbacks > CALLBACKS_MAX) throw new TimeStandsStill("timers are set without end");
      now = Math.max(now, next.at);
      next.callback();
      await settle();
    }
    now = Math.max(now, until);
  };

  return {
    now: () => now,
    after: (ms, callback) => {
      // Machines count whole milliseconds, and call back no sooner than asked.
      const timer = { at: now + Math.ceil(ms), callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: (ms) => runUntil(now + ms),
    jump: (ms) => {
      now += ms;
      return runUntil(now);
    },
  };
}
