import type { EmulatorApp } from "../control/app.ts";
import type { Asked } from "../control/door.ts";
import type { Allowance } from "../control/limiter.ts";
import type { Archive } from "./archive.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Quirks } from "./quirks.ts";
import type { Studio } from "./studio.ts";
import type { Refusals } from "./wording.ts";

/** What the operations work with. */
export type Ground = {
  readonly archive: Archive;
  readonly studio: Studio;
  readonly callbacks: Callbacks;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly now: () => number;
};

/** What letting in depends on. */
export type GateParts = {
  /** `id:secret` of the keys that are good, and single keys of older accounts. */
  readonly isGoodKey: (key: string) => boolean;
  readonly limit: (client: string) => Allowance;
  readonly isStale: (request: Asked) => boolean;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
};

/** A request that was let in. */
export type Visit = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly isStale: boolean;
};

/** Registers one operation; a text that its handler hands back goes out as it is. */
export type Route = (method: "GET" | "POST" | "PUT" | "DELETE", url: string, handle: (visit: Visit) => unknown) => void;

/** Makes what registers the operations that a key opens. */
export function createRoute(open: EmulatorApp["open"], parts: GateParts): Route {
  return (method, url, handle) => {
    open({
      method,
      url,
      handler: (request, params, reply) => {
        admit(request, parts);
        const query = request.query as Record<string, string>; // texts, or lists of texts that are read nowhere
        const { headers, body } = request;
        return reply.send(handle({ params, query, headers, body, isStale: parts.isStale(request) }));
      },
    });
  };
}

function admit({ headers }: Asked, { isGoodKey, limit, quirks, refusals }: GateParts): void {
  const key = keyOf(headers, quirks().takesLegacyKey);
  if (key === "" || !isGoodKey(key)) throw refusals.unauthorized();
  const { isAllowed, retryInMs } = limit(key);
  if (!isAllowed) throw refusals.overLimit(retryInMs);
}

function keyOf(headers: Asked["headers"], takesLegacyKey: boolean): string {
  const single = headers["api-key"];
  if (takesLegacyKey && typeof single === "string") return single;
  const [scheme, code = ""] = String(headers.authorization ?? "").split(" ");
  return scheme === "Basic" ? Buffer.from(code, "base64").toString() : "";
}

/** A body that is an object. @throws Refusal 400 */
export function objectOf(body: unknown, refusals: Refusals): Readonly<Record<string, unknown>> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw refusals.invalid("Bad Request");
  // Checked above; every value is looked at before it is used.
  return body as Readonly<Record<string, unknown>>;
}

/** A text of a body that must be there. @throws Refusal 400 */
export function demandText(body: Readonly<Record<string, unknown>>, name: string, refusals: Refusals): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") throw refusals.invalid(`"${name}" is required`);
  return value;
}
