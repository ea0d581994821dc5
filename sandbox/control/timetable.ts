import type { Surroundings } from "./surroundings.ts";

/** What is to happen at a time of its own, however far away. */
export type Timetable = {
  /** Calls back once at this instant (epoch milliseconds), or as soon as can be when it has passed. */
  readonly at: (instant: number, callback: () => void) => void;
  /** Nothing more happens. */
  readonly clear: () => void;
};

/** A timer can not wait longer than some 24 days, so a longer wait is made of days. */
const WAIT_MAX_MS = 86_400_000;

/** Makes an empty timetable. */
export function createTimetable({ now, after }: Pick<Surroundings, "now" | "after">): Timetable {
  const waiting = new Set<() => void>();

  const at = (instant: number, callback: () => void): void => {
    const waitMs = Math.max(0, instant - now());
    const isLast = waitMs <= WAIT_MAX_MS;
    const cancel = after(isLast ? waitMs : WAIT_MAX_MS, () => {
      waiting.delete(cancel);
      if (isLast) callback();
      else at(instant, callback);
    });
    waiting.add(cancel);
  };

  return {
    at,
    clear: () => {
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}
