import type { FastifyInstance } from "fastify";
import type { Surroundings } from "./control/surroundings.ts";
import { seededRandom } from "./random.ts";

/** A clock that stands still until it is told to move, with timers that follow it. */
export type HandClock = Surroundings & {
  /** Moves on and calls back what falls due on the way, in order of time. */
  readonly advance: (ms: number) => void;
};

type Timer = { readonly at: number; readonly callback: () => void };

/** Makes such a clock, with seeded randomness beside it. */
export function createHandClock(startAt = Date.parse("2026-05-04T08:00:00.000Z"), seed = 7): HandClock {
  let now = startAt;
  const timers = new Set<Timer>();
  const nextBefore = (until: number): Timer | undefined =>
    [...timers].filter((timer) => timer.at <= until).sort((left, right) => left.at - right.at)[0];
  return {
    now: () => now,
    random: seededRandom(seed),
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => {
      const until = now + ms;
      for (let timer = nextBefore(until); timer !== undefined; timer = nextBefore(until)) {
        timers.delete(timer);
        now = timer.at;
        timer.callback();
      }
      now = until;
    },
  };
}

/** An answer, its JSON taken for what the test says it is. */
export type Answered = {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers of every shape and fails where they differ
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
};

/** Calls an app without a socket. A body is sent as JSON. */
export type Caller = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  body?: unknown,
  headers?: Readonly<Record<string, string | undefined>>,
) => Promise<Answered>;

/** Makes a caller that sends the same headers each time; a header given as `undefined` is left out. */
export function createCaller(app: FastifyInstance, always: Readonly<Record<string, string>>): Caller {
  return async (method, url, body, headers = {}) => {
    const wanted = Object.entries({ "content-type": "application/json", ...always, ...headers });
    const sent = Object.fromEntries(wanted.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    const answer = await app.inject({
      method,
      url,
      headers: sent,
      ...(body === undefined ? {} : { payload: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: parsed(answer.body), headers: answer.headers, text: answer.body };
  };
}

/** The JSON of a text; the text itself when it is none, as a torn answer is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
