import { Agent, type Dispatcher } from "undici";
import { Failure } from "../model/errors.ts";
import { type Address, givenTarget, targetOf } from "./addresses.ts";
import type { Budget } from "./budget.ts";
import type { Clock } from "./clock.ts";
import type { Connector, Credential, ErrorAnswer } from "./connector.ts";
import { type CallFacts, failureOfAnswer, failureOfSilence, isWrite } from "./failures.ts";
import type { CallContext, CallRecord, HttpAnswer, HttpClient, HttpRequest } from "./http.ts";
import { retryAfterAt } from "./retryAfter.ts";
import { exchange, type Received } from "./transport.ts";

/** What a connection's HTTP client is made of. */
export interface HttpClientOptions<Settings> {
  /** Whom calls are noted down for. */
  readonly connectionId: string;
  readonly connector: Connector<Settings>;
  readonly settings: Settings;
  readonly addresses: Readonly<Record<string, Address>>;
  /** The credential to send now. Asked for every call, so it should answer from memory. */
  readonly credential: () => Promise<Credential>;
  /** Gets another credential after `refused` was; absent where there is nothing to refresh. */
  readonly refresh?: (refused: Credential) => Promise<Credential>;
  readonly budget: Budget;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly dispatcher: Dispatcher;
  /** Told of every call, for metrics. */
  readonly onCall?: (call: CallRecord) => void;
  /** Told of the permissions for want of which a call was refused. */
  readonly onRefused?: (scopes: readonly string[]) => void;
}

/** A connection's client before it is known on whose behalf it calls. */
export interface HttpClientSource {
  /** A client that calls with this urgency and notes its calls there. Costs nothing to make. */
  readonly withContext: (context: CallContext) => HttpClient;
}

/** What to do where a connection only reads, for messages. */
export const HOW_TO_TURN_WRITING_ON =
  "To let the hub change things there, turn writing on on its page or set writing: true in its settings, and connect it anew where it was connected by consent.";
/** How long an answer may take from the sending to its last byte, unless the request says otherwise. */
export const TIMEOUT_MS = 15_000;
/** Waits after a 429 that says nothing of when: the shortest window of the limits, but never longer than this. */
const SILENT_429_MAX_MS = 300_000;

/** Connections kept open and never more than one request on the wire of each. Share one among connections; close it. */
export function partnerAgent(connections = 64): Agent {
  return new Agent({ connections, pipelining: 1, keepAliveTimeout: 30_000 });
}

/**
 * The HTTP client of one connection. See `HttpClient` for what its calls promise.
 *
 * A call waits for the budget, is sent with the credential, and is classified: by the connector first, by status
 * otherwise. A refused credential is refreshed once and the call sent again; nothing else is repeated here, because
 * only the engine knows whether a repetition is safe. Redirects are never followed, so that no secret travels on.
 */
export function createHttpClient<Settings>(options: HttpClientOptions<Settings>): HttpClientSource {
  const request = async (context: CallContext, wanted: HttpRequest): Promise<HttpAnswer> => {
    if (isWrite(wanted) && options.connector.canWrite?.(options.settings) === false)
      throw writingIsOff(options, wanted);
    const first = await attempt(options, context, wanted);
    if (first.kind === "answer") return first.answer;
    if (first.failure.kind !== "unauthorized" || options.refresh === undefined) throw first.failure;
    await options.refresh(first.credential).catch((thrown) => {
      // Nothing can be done about a plain token but what the partner's own words, and the connector's, advise.
      throw first.credential.kind === "token" && isUnauthorized(thrown) ? first.failure : thrown;
    });
    const second = await attempt(options, context, wanted);
    if (second.kind === "answer") return second.answer;
    throw second.failure;
  };
  return { withContext: (context) => ({ request: (wanted) => request(context, wanted) }) };
}

function isUnauthorized(thrown: unknown): boolean {
  return thrown instanceof Failure && thrown.kind === "unauthorized";
}

/** How long a piece of work waits that wants to write where writing is off, ms: only a person can change that. */
const WRITING_OFF_WAIT_MS = 5 * 60_000;

function writingIsOff<Settings>({ connectionId, connector, clock }: HttpClientOptions<Settings>, wanted: HttpRequest) {
  return new Failure(
    "forbidden",
    `Did not ${wanted.doing} at ${connector.name}: connection "${connectionId}" only reads. ${HOW_TO_TURN_WRITING_ON}`,
    { retryAt: clock.now() + WRITING_OFF_WAIT_MS },
  );
}

type Attempt =
  | { readonly kind: "answer"; readonly answer: HttpAnswer }
  | { readonly kind: "failure"; readonly failure: Failure; readonly credential: Credential };

async function attempt<Settings>(
  options: HttpClientOptions<Settings>,
  context: CallContext,
  request: HttpRequest,
): Promise<Attempt> {
  const { budget, connector } = options;
  await budget.acquire(context.priority);
  try {
    const credential = await options.credential();
    const facts = { partner: connector.name, request, secrets: secretsOf(credential) };
    const received = await send(options, context, facts, credential);
    const report = connector.limitsFrom?.(received.headers);
    if (report !== undefined) budget.learn(report);
    return judge(options, facts, received, credential);
  } finally {
    budget.release();
  }
}

async function send<Settings>(
  options: HttpClientOptions<Settings>,
  context: CallContext,
  facts: CallFacts,
  credential: Credential,
): Promise<Received> {
  const { request } = facts;
  const signed = options.connector.authorizeQuery?.(credential, options.settings);
  const own = signed ? { ...request, query: { ...request.query, ...signed } } : request;
  const { address } = request;
  const target = address === undefined ? targetOf(options.addresses, own) : givenTarget(options.addresses, address);
  const headers = headersOf(options, request, credential);
  const startedAt = options.clock.now();
  let status = 0;
  try {
    const received = await exchange({
      dispatcher: options.dispatcher,
      clock: options.clock,
      target,
      method: request.method,
      headers,
      ...(request.json !== undefined && { body: JSON.stringify(request.json) }),
      ...(request.content && { body: request.content.bytes }),
      ...(request.answers && { answers: request.answers }),
      ...(request.answerBytesMax !== undefined && { answerBytesMax: request.answerBytesMax }),
      timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
      onSilence: (how, code, cause) => failureOfSilence(facts, how, code, cause),
    });
    status = received.status;
    return received;
  } finally {
    const ms = options.clock.now() - startedAt;
    const call = { connectionId: options.connectionId, method: request.method, path: request.path, status, ms };
    context.calls.push(call);
    options.onCall?.(call);
  }
}

function headersOf<Settings>(
  options: HttpClientOptions<Settings>,
  request: HttpRequest,
  credential: Credential,
): Record<string, string> {
  const { address, answers, content } = request;
  return {
    accept: answers === undefined ? "application/json" : "*/*",
    "user-agent": "kith",
    ...(request.json !== undefined && { "content-type": "application/json" }),
    ...(content && { "content-type": content.type }),
    // What another address is given, the credential would be given away with.
    ...(address === undefined && options.connector.authorize(credential, options.settings)),
    ...request.headers,
  };
}

function judge<Settings>(
  options: HttpClientOptions<Settings>,
  facts: CallFacts,
  received: Received,
  credential: Credential,
): Attempt {
  const { connector } = options;
  const { status, headers, body, isTorn } = received;
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && isTorn) {
    return { kind: "failure", failure: failureOfSilence(facts, "gave an answer that is not JSON", ""), credential };
  }
  if (isSuccess && connector.isRefusal?.(body) !== true) return { kind: "answer", answer: { status, headers, body } };
  const answer: ErrorAnswer = { method: facts.request.method, path: facts.request.path, status, headers, body };
  if (facts.request.isExpected?.(answer) === true) return { kind: "answer", answer: { status, headers, body } };
  const failure = failureOfAnswer(facts, answer, connector.classify?.(answer), retryAtOf(options, headers));
  if (failure.kind === "forbidden" && failure.details.scope) options.onRefused?.(failure.details.scope.split(", "));
  if (failure.details.retryAt !== undefined) options.budget.block(failure.details.retryAt);
  return { kind: "failure", failure, credential };
}

function retryAtOf<Settings>(options: HttpClientOptions<Settings>, headers: Readonly<Record<string, string>>): number {
  const now = options.clock.now();
  const said = retryAfterAt(headers["retry-after"], now);
  if (said !== undefined) return said;
  const shortest = Math.min(SILENT_429_MAX_MS, ...options.budget.usage().map((window) => window.perMs));
  return now + Math.round(shortest * (1 + options.random() / 10));
}

function secretsOf(credential: Credential): readonly string[] {
  switch (credential.kind) {
    case "token":
      return [credential.token];
    case "oauth":
      return [credential.accessToken, credential.refreshToken, credential.clientSecret];
    case "minted":
      return [credential.accessToken, credential.clientSecret];
    default:
      return credential satisfies never;
  }
}
