/** Lets callers that name the same thing pass one after another, in the order they came. */
export interface Turns {
  readonly take: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

/** Turns by name; a name nobody waits for is forgotten. */
export function takeTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take: async (name, work) => {
      const before = last.get(name) ?? Promise.resolve();
      const mine = before.then(work, work);
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      last.set(name, settled);
      try {
        return await mine;
      } finally {
        if (last.get(name) === settled) last.delete(name);
      }
    },
  };
}
