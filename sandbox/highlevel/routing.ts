import { type EmulatorApp, pathOf } from "../control/app.ts";
import type { Asked, Telling } from "../control/door.ts";
import type { Allowance, Limits } from "../control/limiter.ts";
import { UNLIMITED } from "../control/limiter.ts";
import type { Access, Scope, Token, TokenClass } from "./access.ts";
import type { Agency } from "./agency.ts";
import type { Origin } from "./contact.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** A request that was let in. */
export type Visit = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly isV3: boolean;
  /** Who asks. */
  readonly token: Token;
  /** The location that answers: the token's own; for a token of the agency, the one named, or its first. */
  readonly locationId: string;
  /** Asked by a fault to show records as they were. */
  readonly isStale: boolean;
  readonly origin: Origin;
  /** The address under which the emulator was called, for links in answers. */
  readonly baseUrl: string;
};

/** What is answered to a visit. Status 200 when left out. */
export type Answer = { readonly status?: number; readonly body: unknown };

/** How an operation differs from most. */
export type RouteOptions = {
  /** The tokens it takes; of the location when left out. */
  readonly classes?: readonly TokenClass[];
  /** The only generation that knows its path; both when left out. */
  readonly only?: "v3" | "dated";
};

/** Registers one operation: its scope is demanded, its calls are counted, then `handle` answers. */
export type Route = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  url: string,
  scope: Scope,
  handle: (visit: Visit) => Answer,
  options?: RouteOptions,
) => void;

/** One operation as it was registered. */
export type Operation = {
  readonly method: Parameters<Route>[0];
  readonly url: string;
  readonly scope: Scope;
  readonly handle: (visit: Visit) => Answer;
  readonly classes: readonly TokenClass[];
  readonly only: RouteOptions["only"];
};

/** The operations of one location. */
export type Operations = { readonly route: Route; readonly all: () => Iterable<Operation>; readonly find: Find };

const OF_LOCATION: readonly TokenClass[] = ["Location-Access"];

type Find = (method: string, url: string) => Operation | undefined;

/** Makes an empty list of operations, to be filled by `route`. */
export function createOperations(): Operations {
  const byKey = new Map<string, Operation>();
  return {
    route: (method, url, scope, handle, { classes = OF_LOCATION, only } = {}) => {
      byKey.set(`${method} ${url}`, { method, url, scope, handle, classes, only });
    },
    all: () => byKey.values(),
    find: (method, url) => byKey.get(`${method} ${url}`),
  };
}

/** What the way in consists of. */
export type Entrance = {
  readonly access: Access;
  readonly agency: Agency;
  readonly operationsAt: (locationId: string) => Operations;
  readonly refusals: Refusals;
  readonly quirks: () => Quirks;
  readonly limits: () => Limits;
  readonly limit: (client: string) => Allowance;
  readonly now: () => number;
  readonly isStale: (request: Asked) => boolean;
};

const VERSIONS = ["v3", "2023-02-21", "2021-07-28", "2021-04-15", "legacy"];

/**
 * Opens operations. Every location has the same ones; the location that is addressed answers, and for those that no
 * location has, the list itself. Of the same operation in two lists the first counts.
 */
export function openOperations(open: EmulatorApp["open"], lists: readonly Operations[], entrance: Entrance): void {
  for (const operation of lists.toReversed().flatMap((list) => [...list.all()])) {
    const { method, url, scope, classes } = operation;
    open({
      method,
      url,
      handler: (request, params, reply) => {
        const token = entrance.access.admit(request.headers.authorization, scope, classes);
        countCall(entrance, token, reply);
        const version = versionOf(request, entrance);
        refuseUnknown(request, operation, version, entrance.refusals);
        const visit = visitOf(request, params, token, version, entrance);
        const { status = 200, body } = handleAt(visit.locationId, operation, entrance)(visit);
        return reply.code(status).send(body);
      },
    });
  }
}

function handleAt(locationId: string, { method, url, handle }: Operation, { operationsAt }: Entrance) {
  return operationsAt(locationId).find(method, url)?.handle ?? handle;
}

/** A path that the asked generation does not have is no path at all. */
function refuseUnknown(request: Asked, { only }: Operation, version: string, refusals: Refusals): void {
  if (only === undefined || only === (version === "v3" ? "v3" : "dated")) return;
  throw refusals.unknownRoute(request.method, pathOf(request));
}

function visitOf(request: Asked, params: Visit["params"], token: Token, version: string, entrance: Entrance): Visit {
  const query = request.query as Record<string, string>; // texts, or lists of texts that no operation here reads
  const { body } = request;
  return {
    params,
    query,
    body,
    isV3: version === "v3",
    token,
    locationId: addressed({ params, query, body }, token, entrance),
    isStale: entrance.isStale(request),
    origin: {
      source: token.isPrivate ? "PUBLIC_API" : "INTEGRATION",
      channel: token.isPrivate ? "API" : "OAUTH",
      sourceId: token.clientId,
    },
    baseUrl: `http://${request.headers.host ?? "127.0.0.1"}`,
  };
}

function versionOf(request: Asked, { quirks, refusals }: Entrance): string {
  const version = request.headers.version;
  if (typeof version === "string" && VERSIONS.includes(version)) return version;
  const isMissing = version === undefined;
  if (quirks().badVersionAs === "401") {
    throw refusals.unauthenticated(isMissing ? "version header was not found." : "version header is invalid");
  }
  throw refusals.bad(`Invalid API version segment '${String(version ?? "")}' at position 0`);
}

/** The location named in path, query or body must be the token's, or for a token of the agency one of its own. */
function addressed(sent: Pick<Visit, "params" | "query" | "body">, token: Token, entrance: Entrance): string {
  const { params, query, body } = sent;
  const inBody = typeof body === "object" && body !== null && "locationId" in body ? body.locationId : undefined;
  const named = [params.locationId, query.locationId, query.location_id, inBody].filter(
    (id) => typeof id === "string" && id !== "",
  );
  const own = token.locationId ?? entrance.agency.find(String(named[0]))?.id ?? entrance.agency.first.id;
  if (named.some((id) => id !== own)) throw entrance.refusals.elsewhere();
  return own;
}

function countCall(entrance: Entrance, token: Token, reply: Telling): void {
  const limits = entrance.limits();
  const allowance = entrance.limit(`${token.clientId} ${token.locationId ?? token.companyId}`);
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
