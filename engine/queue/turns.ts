/** Lets callers that name the same thing pass one after another, in the order they came. */
export interface Turns {
  readonly take: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /**
   * Begins to look at something before it is known under which name its turn is taken.
   * @returns to be asked in that turn: whether nobody else has had one of that name since, so that what was looked at is
   *   as it was. It may say no without need, and never yes.
   */
  readonly lookAhead: () => (name: string) => boolean;
}

/** So many turns that have ended are remembered for those who look ahead. */
const REMEMBERED_MAX = 1_000;

/** Turns by name; a name nobody waits for is forgotten. */
export function takeTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  const ended = endedTurns();
  return {
    take: async (name, work) => {
      const before = last.get(name) ?? Promise.resolve();
      const mine = before.then(work, work);
      const end = (): void => ended.add(name);
      const settled = mine.then(end, end);
      last.set(name, settled);
      try {
        return await mine;
      } finally {
        if (last.get(name) === settled) last.delete(name);
      }
    },
    lookAhead: () => {
      const from = ended.count();
      return (name) => !ended.mayHold(name, from);
    },
  };
}

/** Which turns have ended, counted from the first. Of those long ago it is not known any more which they were. */
function endedTurns() {
  let places = new Map<string, number>();
  let count = 0;
  let forgotten = 0;
  return {
    add: (name: string): void => {
      if (places.size >= REMEMBERED_MAX) {
        places = new Map();
        forgotten = count;
      }
      count += 1;
      places.set(name, count);
    },
    count: () => count,
    /** Whether one of that name may be among those that ended after the first so many. */
    mayHold: (name: string, from: number): boolean => from < forgotten || (places.get(name) ?? 0) > from,
  };
}
