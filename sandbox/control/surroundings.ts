/**
 * What an emulator needs from the world around it. Tests hand in a clock of their own, so that search lag and the
 * delays of webhooks pass without waiting.
 */
export type Surroundings = {
  /** Epoch milliseconds, UTC. */
  readonly now: () => number;
  /** A number in [0, 1), as `Math.random`. */
  readonly random: () => number;
  /** Calls back once after so many milliseconds; the answer cancels it. */
  readonly after: (ms: number, callback: () => void) => () => void;
};

/** The machine's own clock, timers and randomness: for emulators that run alone. */
export function realSurroundings(): Surroundings {
  return { now: Date.now, random: Math.random, after: realAfter };
}

function realAfter(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
