import { type ErrorKind, Failure, type FailureDetails } from "../model/errors.ts";
import type { Classification, ErrorAnswer } from "./connector.ts";
import type { HttpRequest } from "./http.ts";
import { partnersWords, tidy } from "./words.ts";

/**
 * Where every failure of a call gets its kind and its words. A connector may know better (`classify`); what it leaves
 * open is decided here.
 */

const KIND_OF_STATUS: Readonly<Record<number, ErrorKind>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  408: "unavailable",
  409: "conflict",
  410: "not_found",
  425: "unavailable",
  429: "rate_limited",
};

/** The kind of an error answer by its status alone. Redirects are not followed, so they are an unavailable partner. */
export function kindOfStatus(status: number): ErrorKind {
  const known = KIND_OF_STATUS[status];
  if (known !== undefined) return known;
  return status >= 500 || (status >= 300 && status < 400) ? "unavailable" : "rejected";
}

const NEXT_STEP: Readonly<Record<ErrorKind, string>> = {
  rate_limited: "Calls go on by themselves when the partner allows more.",
  unavailable: "It is tried again by itself; if it goes on, look at the partner's status page and the base address.",
  unauthorized: "Reconnect: give this connection a credential that is valid now.",
  forbidden: "Give the credential the missing permission, then resume.",
  not_found: "The record is taken as gone.",
  conflict: "It is read and tried again by itself.",
  rejected: "Correct the values named, then retry.",
  misconfigured: "Correct the setting, then resume.",
  bug: "Please report this.",
};

/** Who is called, and what must not be repeated in a message. */
export interface CallFacts {
  readonly partner: string;
  readonly request: HttpRequest;
  readonly secrets: readonly string[];
}

/**
 * The failure for an error answer.
 *
 * @param classified what the connector made of it, if anything
 * @param retryAt    for `rate_limited`: when to try again, epoch ms
 */
export function failureOfAnswer(
  facts: CallFacts,
  answer: ErrorAnswer,
  classified: Classification | undefined,
  retryAt: number,
): Failure {
  const kind = classified?.kind ?? kindOfStatus(answer.status);
  const words = classified === undefined ? partnersWords(answer.body, facts.secrets) : classified.message;
  const said = words === "" ? "" : `: ${tidy(words, facts.secrets)}`;
  const message = `${couldNot(facts)}: it answered ${answer.status}${said}${ended(said)} ${NEXT_STEP[kind]}`;
  return new Failure(kind, message, {
    ...detailsOf(facts, answer, classified),
    ...(kind === "rate_limited" && { retryAt }),
  });
}

function detailsOf(facts: CallFacts, answer: ErrorAnswer, classified: Classification | undefined): FailureDetails {
  const traceId = traceIdOf(answer);
  const issues = classified?.issues?.map((issue) => tidy(issue, facts.secrets));
  return {
    status: answer.status,
    ...(traceId !== undefined && { traceId }),
    ...(classified?.scope !== undefined && { scope: classified.scope }),
    ...(issues !== undefined && { issues }),
    ...(classified?.heldBy !== undefined && { heldBy: classified.heldBy }),
    ...(isWrite(facts.request) && { isOutcomeUnknown: answer.status >= 500 }),
  };
}

/** Errors that arise before a request has left: the name was not found, or nobody took the connection. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|SELF_SIGNED|UNABLE_TO_|DEPTH_ZERO|ERR_TLS)/;

/** The failure for a request that got no answer, or only a part of one. `how` ends the sentence "it …". */
export function failureOfSilence(facts: CallFacts, how: string, code: string, cause?: unknown): Failure {
  const isOutcomeUnknown = isWrite(facts.request) && !NEVER_SENT.test(code);
  const reason = code === "" ? "" : ` (${code})`;
  const unknown = isOutcomeUnknown ? " Whether it took effect is not known, so it is looked up first." : "";
  const message = `${couldNot(facts)}: it ${how}${reason}.${unknown} ${NEXT_STEP.unavailable}`;
  return new Failure("unavailable", message, {
    ...(isWrite(facts.request) && { isOutcomeUnknown }),
    ...(cause !== undefined && { cause }),
  });
}

/** Whether the request may change something at the partner. */
export function isWrite(request: HttpRequest): boolean {
  return request.method !== "GET" && request.isRead !== true;
}

function couldNot({ partner, request }: CallFacts): string {
  return `Could not ${request.doing} at ${partner}`;
}

function ended(said: string): string {
  return /[.!?…]$/.test(said) ? "" : ".";
}

function traceIdOf({ body, headers }: ErrorAnswer): string | undefined {
  const inBody = typeof body === "object" && body !== null && "traceId" in body ? body.traceId : undefined;
  const found = inBody ?? headers["x-request-id"] ?? headers["x-trace-id"];
  return typeof found === "string" && /^[\w.:-]{1,100}$/.test(found) ? found : undefined;
}
