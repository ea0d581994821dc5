import type { Side } from "./record.ts";

/**
 * Every failure has a kind, and the kind says what happens next. This table is the one place that defines them.
 */
export const ERROR_KINDS = {
  rate_limited: "The partner asked to slow down: wait until `retryAt`; not counted as an attempt.",
  unavailable: "Timeout, network failure or 5xx: back off with jitter; counts an attempt.",
  unauthorized: "The credential was refused: ask a person; until it works again, one try at a time.",
  forbidden: "A permission is missing: name it and ask a person; until it is there, one try at a time.",
  not_found: "The record is gone: record a deletion and plan again.",
  conflict: "The record changed underfoot: read and plan again at once, a few times.",
  rejected: "The partner refuses the values: set aside for a person, with the field issues.",
  misconfigured: "A setting is wrong: say which, and what to put there.",
  bug: "An invariant of ours is broken: stop that key loudly.",
} as const;

/** What happens next; see `ERROR_KINDS`. */
export type ErrorKind = keyof typeof ERROR_KINDS;

/** What a failure knows beside its kind and message. Holds no secret and no personal data. */
export interface FailureDetails {
  /** When trying again makes sense, epoch ms (`rate_limited`, and calls not made since the connection is refused). */
  readonly retryAt?: number;
  /** The permission that is missing (`forbidden`). */
  readonly scope?: string;
  /** The partner's status code, for the log. */
  readonly status?: number;
  /** The partner's own trace id, for its support. */
  readonly traceId?: string;
  /** Field issues in the partner's words (`rejected`). */
  readonly issues?: readonly string[];
  /** The record that already holds a value which only one may hold, by its external id (`rejected`). */
  readonly heldBy?: string;
  /** The side of the link whose partner refused, where a write of a link failed. */
  readonly side?: Side;
  /** Another process has taken over the workspace: whoever gets this must stop working it (`conflict`). */
  readonly isLaneTaken?: boolean;
  /** For a write: whether the partner may have carried it out all the same (a lost answer, a 5xx). */
  readonly isOutcomeUnknown?: boolean;
  readonly cause?: unknown;
}

/** A failure with a kind. The message says what was being done, to which record, and what to do next. */
export class Failure extends Error {
  readonly kind: ErrorKind;
  readonly details: FailureDetails;

  constructor(kind: ErrorKind, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "Failure";
    this.kind = kind;
    this.details = details;
  }
}

/** The failure behind anything thrown; what is not a `Failure` is a bug of ours. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure("bug", message, { cause: thrown });
}
