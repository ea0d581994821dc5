import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Allowance, Limits } from "../control/limiter.ts";
import { UNLIMITED } from "../control/limiter.ts";
import type { Access, Scope, Token } from "./access.ts";
import type { Origin } from "./contact.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** A request that was let in. */
export type Visit = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly isV3: boolean;
  /** Asked by a fault to show records as they were. */
  readonly isStale: boolean;
  readonly origin: Origin;
  /** The address under which the emulator was called, for links in answers. */
  readonly baseUrl: string;
};

/** What is answered to a visit. Status 200 when left out. */
export type Answer = { readonly status?: number; readonly body: unknown };

/** Registers one operation: its scope is demanded, its calls are counted, then `handle` answers. */
export type Route = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  url: string,
  scope: Scope,
  handle: (visit: Visit) => Answer,
) => void;

/** What the way in consists of. */
export type Entrance = {
  readonly access: Access;
  readonly refusals: Refusals;
  readonly quirks: () => Quirks;
  readonly limits: () => Limits;
  readonly limit: (client: string) => Allowance;
  readonly now: () => number;
  readonly isStale: (request: FastifyRequest) => boolean;
};

const VERSIONS = ["v3", "2023-02-21", "2021-07-28", "2021-04-15", "legacy"];

/** Makes the function that registers operations on an app. */
export function createRoute(app: FastifyInstance, entrance: Entrance): Route {
  return (method, url, scope, handle) => {
    app.route({
      method,
      url,
      handler: (request, reply) => {
        const token = entrance.access.admit(request.headers.authorization, scope);
        countCall(entrance, token, reply);
        const version = versionOf(request, entrance);
        const visit = visitOf(request, token, version, entrance);
        refuseElsewhere(visit, token, entrance.refusals);
        const { status = 200, body } = handle(visit);
        return reply.code(status).send(body);
      },
    });
  };
}

function visitOf(request: FastifyRequest, token: Token, version: string, { isStale }: Entrance): Visit {
  return {
    params: request.params as Record<string, string>, // Fastify's router gives texts only
    query: request.query as Record<string, string>, // texts, or lists of texts that no operation here reads
    body: request.body,
    isV3: version === "v3",
    isStale: isStale(request),
    origin: {
      source: token.isPrivate ? "PUBLIC_API" : "INTEGRATION",
      channel: token.isPrivate ? "API" : "OAUTH",
      sourceId: token.clientId.startsWith("pit-") ? token.clientId.slice(4, 12) : token.clientId,
    },
    baseUrl: `http://${request.headers.host ?? "127.0.0.1"}`,
  };
}

function versionOf(request: FastifyRequest, { quirks, refusals }: Entrance): string {
  const version = request.headers.version;
  if (typeof version === "string" && VERSIONS.includes(version)) return version;
  const isMissing = version === undefined;
  if (quirks().badVersionAs === "401") {
    throw refusals.unauthenticated(isMissing ? "version header was not found." : "version header is invalid");
  }
  throw refusals.bad(`Invalid API version segment '${String(version ?? "")}' at position 0`);
}

/** The location named in path, query or body must be the token's. */
function refuseElsewhere({ params, query, body }: Visit, token: Token, refusals: Refusals): void {
  const inBody = typeof body === "object" && body !== null && "locationId" in body ? body.locationId : undefined;
  for (const named of [params.locationId, query.locationId, inBody]) {
    if (typeof named === "string" && named !== "" && named !== token.locationId) throw refusals.elsewhere();
  }
}

function countCall(entrance: Entrance, token: Token, reply: FastifyReply): void {
  const limits = entrance.limits();
  const allowance = entrance.limit(`${token.clientId} ${token.locationId}`);
  reply.headers({
    "x-ratelimit-limit-daily": String(limits.off ? UNLIMITED : limits.daily),
    "x-ratelimit-daily-remaining": String(allowance.dailyRemaining),
    "x-ratelimit-interval-milliseconds": String(limits.perMs),
    "x-ratelimit-max": String(limits.off ? UNLIMITED : limits.requests),
    "x-ratelimit-remaining": String(allowance.remaining),
  });
  if (!allowance.isAllowed) throw entrance.refusals.tooMany(retryAfter(entrance, allowance.retryInMs));
}

function retryAfter({ quirks, now }: Entrance, ms: number): Record<string, string> {
  const { retryAfter: form } = quirks();
  if (form === "none") return {};
  if (form === "seconds") return { "retry-after": String(Math.ceil(ms / 1_000)) };
  // A date tells whole seconds only: rounded up, so that whoever waits for it is let in.
  return { "retry-after": new Date(Math.ceil((now() + ms) / 1_000) * 1_000).toUTCString() };
}
