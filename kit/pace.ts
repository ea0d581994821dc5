/**
 * An even pace for calls that come in masses. Sent as fast as they come, they would fill a window within a second and
 * then leave it full for the rest of its length; sent evenly, a place becomes free every so often, and somebody who is
 * in more of a hurry takes it.
 *
 * After idle time a few may go at once, since a small piece of work should not be held up.
 */
export interface Pace {
  /** When the next call is in time, epoch ms; not later than `now` when it is in time already. */
  readonly opensAt: (rhythm: Rhythm) => number;
  /** Notes that a call goes out at `now`. */
  readonly take: (rhythm: Rhythm, now: number) => void;
}

/** How far apart calls go, ms, and how many may go at once after idle time, 1 or more. */
export interface Rhythm {
  readonly gapMs: number;
  readonly burst: number;
}

/** A pace that nothing has gone at yet. */
export function evenPace(): Pace {
  /** When the next call would go if all went exactly evenly; a burst is ahead of it. */
  let evenlyAt = Number.NEGATIVE_INFINITY;
  return {
    opensAt: ({ gapMs, burst }) => evenlyAt - (burst - 1) * gapMs,
    take: ({ gapMs }, now) => {
      evenlyAt = Math.max(evenlyAt, now) + gapMs;
    },
  };
}
