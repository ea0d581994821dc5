import { asFailure, type ErrorKind, Failure } from "../../model/errors.ts";
import type { Clock, Partner } from "../ports.ts";

/** What is known of connections that refuse the hub, so that thousands of keys do not each find it out again. */
export interface Refusals {
  /** The same partner, whose calls are not made while its connection is known to refuse them. */
  readonly guard: (partner: Partner) => Partner;
  /** Forgets all that is known: the configuration changed. */
  readonly forget: () => void;
}

/** After the first refusal, and at most, nothing is tried for this long, ms. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** While one call is trying, whoever else wants to call looks again after this, ms. */
const TRYING_WAIT_MS = 1_000;

/** Kinds of failure in which the partner answered for that very record: the hub was let in. */
const ANSWERED: ReadonlySet<ErrorKind> = new Set(["rejected", "not_found", "conflict"]);

type Verb = "describe" | "list" | "read" | "create" | "update" | "delete" | "find";

/** A refusal that stands: nothing is tried before `until`, and then by one call at a time. */
interface Hold {
  readonly failure: Failure;
  readonly waitMs: number;
  readonly until: number;
  readonly isTrying: boolean;
}

/**
 * Watches the calls of a lane. A refused credential holds all calls of its connection; a missing permission or a wrong
 * setting that the partner told holds those of the same verb, since others may be allowed. Any success lets go.
 * Source: docs/SPEC.md Q11.
 */
export function connectionRefusals(clock: Pick<Clock, "now">): Refusals {
  const holds = new Map<string, Hold>();
  return {
    forget: () => holds.clear(),
    guard: (partner) => {
      const through = <T>(verb: Verb, call: () => Promise<T>): Promise<T> => pass(holds, clock, partner, verb, call);
      const verbs: Pick<Partner, Verb> = {
        describe: (...args) => through("describe", () => partner.describe(...args)),
        list: (...args) => through("list", () => partner.list(...args)),
        read: (...args) => through("read", () => partner.read(...args)),
        create: (...args) => through("create", () => partner.create(...args)),
        update: (...args) => through("update", () => partner.update(...args)),
        delete: (...args) => through("delete", () => partner.delete(...args)),
        find: (...args) => through("find", () => partner.find(...args)),
      };
      // What is no call is inherited, so that it is always the partner's own.
      return Object.create(partner, Object.getOwnPropertyDescriptors(verbs));
    },
  };
}

type Pass = <T>(
  holds: Map<string, Hold>,
  clock: Pick<Clock, "now">,
  partner: Partner,
  verb: Verb,
  call: () => Promise<T>,
) => Promise<T>;

/** Mostly nothing is held. */
const pass: Pass = (holds, ...rest) => (holds.size === 0 ? passFreely(holds, ...rest) : passWatched(holds, ...rest));

const passWatched: Pass = async (holds, clock, partner, verb, call) => {
  const names = namesOf(partner, verb);
  for (const name of names) throwIfHeld(holds.get(name), partner, clock.now());
  const tried = names.filter((name) => holds.has(name));
  for (const name of tried) change(holds, name, { isTrying: true });
  try {
    const answer = await call();
    // A description may come from memory: that one is given proves nothing, that one is refused does.
    if (verb === "describe") for (const name of tried) change(holds, name, { isTrying: false });
    else for (const name of names) holds.delete(name);
    return answer;
  } catch (thrown) {
    learn(holds, clock.now(), names, tried, asFailure(thrown));
    throw thrown;
  }
};

/** Nothing is held when the call begins. Others may be refused before it ends. */
const passFreely: Pass = async (holds, clock, partner, verb, call) => {
  try {
    const answer = await call();
    if (verb !== "describe" && holds.size > 0) for (const name of namesOf(partner, verb)) holds.delete(name);
    return answer;
  } catch (thrown) {
    learn(holds, clock.now(), namesOf(partner, verb), [], asFailure(thrown));
    throw thrown;
  }
};

/** The names under which a call may be held: that of its connection, and that of the verb there. */
function namesOf({ connectionId }: Partner, verb: Verb): readonly string[] {
  return [connectionId, `${connectionId} ${verb}`];
}

function throwIfHeld(hold: Hold | undefined, partner: Partner, now: number): void {
  if (hold === undefined || (now >= hold.until && !hold.isTrying)) return;
  const retryAt = Math.max(hold.until, hold.isTrying ? now + TRYING_WAIT_MS : 0);
  const message = `Waiting for ${partner.name}, which refuses the hub at the moment: ${hold.failure.message}`;
  throw new Failure(hold.failure.kind, message, { retryAt });
}

function learn(
  holds: Map<string, Hold>,
  now: number,
  names: readonly string[],
  tried: readonly string[],
  failure: Failure,
): void {
  const refused = heldBy(failure, names);
  for (const name of tried) {
    if (ANSWERED.has(failure.kind)) holds.delete(name);
    else change(holds, name, { isTrying: false, until: now + (holds.get(name)?.waitMs ?? 0) });
  }
  if (refused === undefined) return;
  const known = holds.get(refused);
  if (known !== undefined && !tried.includes(refused)) return;
  const waitMs = known === undefined ? FIRST_WAIT_MS : Math.min(LONGEST_WAIT_MS, 2 * known.waitMs);
  holds.set(refused, { failure, waitMs, until: now + waitMs, isTrying: false });
}

/** Which hold a failure makes; none when it is no refusal, or one that no call was needed for. */
function heldBy(failure: Failure, [connection, ofVerb]: readonly string[]): string | undefined {
  if (failure.kind === "unauthorized") return connection;
  const isTold = failure.details.status !== undefined;
  return isTold && (failure.kind === "forbidden" || failure.kind === "misconfigured") ? ofVerb : undefined;
}

function change(holds: Map<string, Hold>, name: string, part: Partial<Hold>): void {
  const hold = holds.get(name);
  if (hold !== undefined) holds.set(name, { ...hold, ...part });
}
