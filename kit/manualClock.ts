import type { Clock } from "./clock.ts";

/** A clock that stands still until it is moved, for tests of whatever waits. */
export interface ManualClock extends Clock {
  /** Moves time on, calling back in order whoever waited for a moment passed, and lets promises settle in between. */
  readonly advance: (ms: number) => Promise<void>;
  /** How many callbacks are still waiting. */
  readonly pending: () => number;
}

/** A manual clock that begins at `startAt`, epoch ms. */
export function manualClock(startAt = 0): ManualClock {
  let now = startAt;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  const advance = async (ms: number): Promise<void> => {
    const until = now + ms;
    for (;;) {
      const [next] = [...timers].filter((timer) => timer.at <= until).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.callback();
      await settle();
    }
    now = until;
    await settle();
  };

  return {
    now: () => now,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance,
    pending: () => timers.size,
  };
}

/** Lets callbacks of promises that are settled already run, a few levels deep. */
async function settle(): Promise<void> {
  for (let level = 0; level < 10; level += 1) await Promise.resolve();
}
