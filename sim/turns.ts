/** Counts what is under way outside of virtual time, so that it is known when everything has come to rest. */
export interface Turns {
  /** Runs something that may take several turns of the event loop; nothing settles before it has ended. */
  readonly during: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Resolves when all that can happen without time passing has happened. */
  readonly settle: () => Promise<void>;
}

/**
 * Turns of the event loop that must pass with nothing under way: streams close and end in turns of their own, and what
 * follows from that may begin something new.
 */
const QUIET_TURNS = 2;

/** Nothing is under way yet. */
export function createTurns(): Turns {
  let underWay = 0;
  let begun = 0;
  return {
    during: async (work) => {
      underWay += 1;
      begun += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
      }
    },
    settle: async () => {
      for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
        const before = begun;
        await nextTurn();
        if (underWay > 0 || begun !== before) quiet = -1;
      }
    },
  };
}

/** Resolves in the next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
