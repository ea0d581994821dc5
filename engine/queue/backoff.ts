import type { Failure } from "../../model/errors.ts";
import type { Random } from "../ports.ts";

/** What becomes of a key whose attempt failed. */
export type Verdict =
  | { readonly kind: "wait"; readonly ms: number; readonly countsAttempt: boolean }
  | { readonly kind: "bury" };

const FIRST_WAIT_MS = 1_000;
/** The longest a key waits between attempts, ms. */
export const LONGEST_WAIT_MS = 15 * 60_000;
const BLOCKED_WAIT_MS = 30_000;
/** Attempts after which a record that keeps changing underfoot, or is never found, is set aside. */
const CONFLICT_ATTEMPTS_MAX = 8;

/**
 * What happens next after a failure, by its kind. Waiting for a person or for an allowance counts no attempt,
 * and an outage is waited out however long it lasts: nothing is lost by it, and nobody need be asked.
 * Source: docs/SPEC.md Q5 to Q8, Q11.
 */
export function afterFailure(failure: Failure, attempts: number, now: number, random: Random): Verdict {
  switch (failure.kind) {
    case "rate_limited":
      return {
        kind: "wait",
        ms: Math.max(0, (failure.details.retryAt ?? now + FIRST_WAIT_MS) - now),
        countsAttempt: false,
      };
    case "unauthorized":
    case "forbidden":
    case "misconfigured":
      return { kind: "wait", ms: blockedMs(failure, now, random), countsAttempt: false };
    case "unavailable":
      return waitAgain(attempts, random);
    case "conflict":
    case "not_found":
      return attempts + 1 >= CONFLICT_ATTEMPTS_MAX
        ? { kind: "bury" }
        : { kind: "wait", ms: attempts * 250, countsAttempt: true };
    case "rejected":
    case "bug":
      return { kind: "bury" };
    default:
      return failure.kind satisfies never;
  }
}

/** Until the time given, when the connection is held for others as well (Q11). */
function blockedMs({ details: { retryAt } }: Failure, now: number, random: Random): number {
  return retryAt === undefined ? BLOCKED_WAIT_MS * (0.75 + random() / 2) : Math.max(0, retryAt - now);
}

/** Doubling waits with full jitter on the upper half. */
function waitAgain(attempts: number, random: Random): Verdict {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts);
  return { kind: "wait", ms: ceiling * (0.5 + random() / 2), countsAttempt: true };
}
