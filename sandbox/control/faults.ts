import { z } from "zod";
import type { Surroundings } from "./surroundings.ts";

/**
 * A misbehaviour asked for.
 * `delay` answers `ms` later; `429`, `401` and `500-before` answer so and do nothing; `500-after` does what was asked
 * and answers 500; `timeout` and `drop` do what was asked (or nothing, with `when: "before"`) and then stay silent for
 * `ms` or cut the connection; `torn` sends the first half of the answer; `stale-read` shows each record as it was
 * before its last change.
 */
export const FaultShape = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), path: z.string().optional() }).default({}),
  effect: z.enum(["delay", "429", "500-before", "500-after", "timeout", "drop", "torn", "401", "stale-read"]),
  /** How often it strikes before it is used up; for ever when left out. */
  times: z.number().int().positive().optional(),
  probability: z.number().min(0).max(1).default(1),
  ms: z.number().min(0).optional(),
  retryAfter: z.enum(["seconds", "date", "none"]).default("seconds"),
  when: z.enum(["before", "after"]).default("after"),
});

/** One misbehaviour, as it was asked for. */
export type Fault = z.output<typeof FaultShape>;

/**
 * What goes wrong with webhooks. `lose`, `double` and `forge` are probabilities (a forged one is sent besides the true
 * one, signed with a stranger's key); `lateMs` holds every one back; `shuffle` holds each back for up to a second.
 */
export const WebhookFaultsShape = z.strictObject({
  lose: z.number().min(0).max(1).default(0),
  double: z.number().min(0).max(1).default(0),
  lateMs: z.number().min(0).default(0),
  shuffle: z.boolean().default(false),
  forge: z.number().min(0).max(1).default(0),
});

/** Misbehaviour of webhooks in force. */
export type WebhookFaults = z.output<typeof WebhookFaultsShape>;

/** The misbehaviours in force for requests. */
export type Faults = {
  readonly get: () => Fault[];
  /** Replaces the list. @throws z.ZodError on an unknown shape, SyntaxError on a path that is no regular expression. */
  readonly set: (faults: unknown) => Fault[];
  /** The fault that strikes this request, if any: the first that matches and whose chance comes up. */
  readonly strike: (method: string, path: string) => Fault | undefined;
};

type Armed = { readonly fault: Fault; readonly path: RegExp | undefined; left: number };

/** Makes an empty list of misbehaviours. */
export function createFaults({ random }: Pick<Surroundings, "random">): Faults {
  let armed: Armed[] = [];

  const strikes = (candidate: Armed, method: string, path: string): boolean =>
    (candidate.fault.match.method ?? method).toUpperCase() === method &&
    (candidate.path === undefined || candidate.path.test(path)) &&
    random() < candidate.fault.probability;

  const strike = (method: string, path: string): Fault | undefined => {
    if (armed.length === 0) return undefined;
    const hit = armed.find((candidate) => strikes(candidate, method, path));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    if (hit.left <= 0) armed = armed.filter((other) => other !== hit);
    return hit.fault;
  };

  const get = (): Fault[] =>
    armed.map(({ fault, left }) => (fault.times === undefined ? fault : { ...fault, times: left }));

  const set = (faults: unknown): Fault[] => {
    armed = z.array(FaultShape).parse(faults).map(arm);
    return get();
  };

  return { get, set, strike };
}

function arm(fault: Fault): Armed {
  const path = fault.match.path === undefined ? undefined : new RegExp(fault.match.path);
  return { fault, path, left: fault.times ?? Number.POSITIVE_INFINITY };
}
