/** One request that an emulator received. `status` is 0 while it is being answered, and stays 0 when it never was. */
export type Call = {
  readonly seq: number;
  readonly at: number;
  method: string;
  path: string;
  status: number;
  ms: number;
};

/** What an emulator was asked: the last ten thousand calls one by one, and counts of all. */
export type CallLog = {
  readonly begin: (method: string, path: string, pattern: string) => Call;
  /** Calls with a number above `seq`, oldest first, as far back as they are kept. */
  readonly since: (seq: number) => Call[];
  /** Total per "METHOD /route/pattern". */
  readonly counts: () => Record<string, number>;
  readonly clear: () => void;
};

const CALLS_KEPT_MAX = 10_000;

/** Makes an empty list of calls. Numbers go on rising after a clear, so that a reader never meets one twice. */
export function createCallLog(now: () => number): CallLog {
  const ring: Call[] = [];
  const totals = new Map<string, number>();
  let seq = 0;

  const begin = (method: string, path: string, pattern: string): Call => {
    seq += 1;
    const call: Call = { seq, at: now(), method, path, status: 0, ms: 0 };
    ring[seq % CALLS_KEPT_MAX] = call;
    const key = `${method} ${pattern}`;
    totals.set(key, (totals.get(key) ?? 0) + 1);
    return call;
  };

  const since = (after: number): Call[] =>
    ring.filter((call) => call !== undefined && call.seq > after).sort((left, right) => left.seq - right.seq);

  const clear = (): void => {
    ring.length = 0;
    totals.clear();
  };

  return { begin, since, counts: () => Object.fromEntries(totals), clear };
}
