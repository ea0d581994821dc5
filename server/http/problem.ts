import type { Problem } from "../../model/api/views.ts";
import { asFailure, type ErrorKind, type Failure } from "../../model/errors.ts";

/** A request that the hub itself refuses, before any work: not signed in, foreign origin, too large, not there. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
  }
}

/**
 * The status that a failure is answered with. What a partner refused is the gateway's trouble (502), never 401: that
 * would tell the page that its own person is signed out.
 */
const STATUS_OF = {
  rate_limited: 503,
  unavailable: 503,
  unauthorized: 502,
  forbidden: 502,
  not_found: 404,
  conflict: 409,
  rejected: 422,
  misconfigured: 422,
  bug: 500,
} as const satisfies Record<ErrorKind, number>;

const TITLES: Readonly<Record<string, string>> = {
  rate_limited: "The partner asks to slow down",
  unavailable: "Not reachable at the moment",
  unauthorized: "The partner refused the credential",
  forbidden: "A permission is missing",
  not_found: "Not found",
  conflict: "Changed meanwhile",
  rejected: "Values refused",
  misconfigured: "A setting is wrong",
  bug: "Something in the hub is broken",
  signed_out: "Not signed in",
  foreign_origin: "Not from the hub's own pages",
  too_large: "Too large",
};

/** Anything thrown, as problem details (RFC 9457). A bug shows nothing of the hub's inside. */
export function problemOf(thrown: unknown, instance: string): Problem {
  if (thrown instanceof Refusal) return details(thrown.code, thrown.status, thrown.message, instance);
  const status = clientStatusOf(thrown);
  if (status !== undefined)
    return details(status === 413 ? "too_large" : "rejected", status, messageOf(thrown), instance);
  const failure = asFailure(thrown);
  const detail = failure.kind === "bug" ? "The hub met an error of its own; its log says more." : wordsOf(failure);
  return details(failure.kind, STATUS_OF[failure.kind], detail, instance);
}

function details(code: string, status: number, detail: string, instance: string): Problem {
  return { type: `urn:kith:problem:${code}`, title: TITLES[code] ?? "Refused", status, detail, code, instance };
}

function wordsOf(failure: Failure): string {
  const issues = failure.details.issues ?? [];
  return issues.length === 0 ? failure.message : `${failure.message} ${issues.join("; ")}`;
}

/** The status of an error that the web framework itself blames on the request, for instance a body that is no JSON. */
function clientStatusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !("statusCode" in thrown)) return undefined;
  const { statusCode } = thrown;
  return typeof statusCode === "number" && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
