import type { Session } from "./connector.ts";

interface Memory {
  readonly outcome: Promise<unknown>;
  /** When loading began. */
  readonly since: number;
  readonly until: number;
}

/**
 * The memory of one connection; see `Session.remember` and `Session.forget`.
 * @param now epoch ms
 */
export function rememberer(now: () => number): Pick<Session, "remember" | "forget"> {
  const memories = new Map<string, Memory>();

  const remember = <T>(key: string, forMs: number, load: () => Promise<T>, asOf = 0): Promise<T> => {
    const known = memories.get(key);
    // Each key is only ever used with one kind of outcome, by the connector that names it.
    if (known !== undefined && known.until > now() && known.since >= asOf) return known.outcome as Promise<T>;
    const since = now();
    const outcome = load();
    const memory = { outcome, since, until: now() + forMs };
    memories.set(key, memory);
    outcome.catch(() => {
      if (memories.get(key) === memory) memories.delete(key);
    });
    return outcome;
  };

  return { remember, forget: (key) => void memories.delete(key) };
}
