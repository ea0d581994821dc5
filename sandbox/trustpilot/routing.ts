import type { EmulatorApp } from "../control/app.ts";
import type { Asked } from "../control/door.ts";
import type { Allowance } from "../control/limiter.ts";
import { type Body, objectOf } from "./invitations.ts";
import type { Quirks } from "./quirks.ts";
import type { Tokens } from "./tokens.ts";
import type { Refusals } from "./wording.ts";

/** A request that was let in. */
export type Visit = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body as an object. @throws Refusal 400 where it is none */
  readonly body: () => Body;
  /** The user of the business who agreed or who is named; `undefined` where it is the account alone. */
  readonly userId: string | undefined;
  readonly isStale: boolean;
  /** Answers with this status instead of 200. */
  readonly answerAs: (status: number) => void;
};

/** Registers one operation. */
export type Route = (method: "GET" | "POST" | "PUT" | "DELETE", url: string, handle: (visit: Visit) => unknown) => void;

/** What letting in depends on. */
export type GateParts = {
  readonly tokens: Tokens;
  readonly apiKey: string;
  readonly limit: (client: string) => Allowance;
  readonly isStale: (request: Asked) => boolean;
  readonly isUser: (id: string) => boolean;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
};

/** Operations that the key alone opens. */
export function publicRoute(open: EmulatorApp["open"], parts: GateParts): Route {
  return routing(open, "/v1", parts, (request) => {
    const given = request.headers.apikey ?? queryOf(request).apikey;
    if (given !== parts.apiKey) throw parts.refusals.badKey();
    return undefined;
  });
}

/** Operations that need a token. `at` is where they lie: the invitations have a host of their own. */
export function privateRoute(open: EmulatorApp["open"], at: string, parts: GateParts): Route {
  return routing(open, at, parts, (request) => {
    const [scheme, token = ""] = String(request.headers.authorization ?? "").split(" ");
    const bearer = scheme === "Bearer" ? parts.tokens.find(token) : undefined;
    if (bearer === undefined) throw parts.refusals.unauthorized();
    if (!parts.quirks().hasPrivateApi) throw parts.refusals.needsPlan();
    return bearer.userId ?? namedUser(request, parts);
  });
}

function namedUser(request: Asked, { isUser }: GateParts): string | undefined {
  const named = request.headers["x-business-user-id"];
  return typeof named === "string" && isUser(named) ? named : undefined;
}

function routing(
  open: EmulatorApp["open"],
  at: string,
  parts: GateParts,
  admit: (request: Asked) => string | undefined,
): Route {
  return (method, url, handle) => {
    open({
      method,
      url: `${at}${url}`,
      handler: (request, params, reply) => {
        const userId = admit(request);
        const { isAllowed, retryInMs } = parts.limit(parts.apiKey);
        if (!isAllowed) throw parts.refusals.overLimit(retryInMs);
        demandJson(request, parts.refusals);
        const body = () => objectOf(request.body, "Request body", parts.refusals);
        const answerAs = (status: number) => void reply.code(status);
        const isStale = parts.isStale(request);
        return reply.send(handle({ params, query: queryOf(request), body, userId, isStale, answerAs }));
      },
    });
  };
}

function demandJson(request: Asked, refusals: Refusals): void {
  const type = String(request.headers["content-type"] ?? "");
  if (request.body !== undefined && !type.startsWith("application/json")) throw refusals.unsupportedType();
}

function queryOf({ query }: Asked): Readonly<Record<string, string | undefined>> {
  return query as Record<string, string>; // texts, or lists of texts that are read nowhere
}

/** A page of records: numbered from 1, twenty at a time unless asked otherwise, a hundred at most. @throws Refusal 400 */
export function pageOf<Item>(
  items: readonly Item[],
  query: Visit["query"],
  refusals: Refusals,
): { readonly page: readonly Item[]; readonly links: readonly { href: string; method: string; rel: string }[] } {
  const number = wholeOf(query.page, 1, refusals);
  const size = wholeOf(query.perPage, 20, refusals);
  if (number < 1 || size < 1 || size > 100) throw refusals.invalid("page must be 1 or more, perPage from 1 to 100");
  const end = number * size;
  const links =
    end < items.length ? [{ href: `?page=${number + 1}&perPage=${size}`, method: "GET", rel: "next-page" }] : [];
  return { page: items.slice(end - size, end), links };
}

function wholeOf(text: string | undefined, otherwise: number, refusals: Refusals): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value)) throw refusals.invalid("page and perPage must be whole numbers");
  return value;
}
