import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Call, CallLog } from "./calls.ts";
import type { Fault, Faults } from "./faults.ts";
import { Refusal } from "./refusal.ts";
import type { Surroundings } from "./surroundings.ts";

/** How a product words the answers that are not about its records. */
export type Wording = {
  readonly badJson: () => Refusal;
  readonly unknownRoute: (method: string, path: string) => Refusal;
  readonly broken: () => Refusal;
  readonly unauthorized: () => Refusal;
  readonly tooMany: (headers: Readonly<Record<string, string>>) => Refusal;
};

/** What the app of an emulator is made of. */
export type AppParts = {
  readonly surroundings: Surroundings;
  /** Milliseconds that every answer takes at least. */
  readonly latencyMs: number;
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly wording: Wording;
  /** The operation that a path belongs to, where the app sorts out some of its paths itself. */
  readonly patternOf?: (method: string, path: string) => string | undefined;
};

/** An app without routes, and the question whether a request is to be answered with stale records. */
export type EmulatorApp = {
  readonly app: FastifyInstance;
  readonly isStale: (request: FastifyRequest) => boolean;
};

/** The paths that belong to the sandbox and not to the product. */
export const CONTROL_PREFIX = "/_control/";

type Underway = { readonly call: Call; readonly fault: Fault | undefined };

const SILENCE_MS = 60_000;

/** Builds the Fastify app that all emulators share: it notes each call, and misbehaves where asked to. */
export function buildApp(parts: AppParts): EmulatorApp {
  const underway = new WeakMap<FastifyRequest, Underway>();
  const app = Fastify({
    logger: false,
    bodyLimit: 16 * 1024 * 1024,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: true,
  });
  readBodies(app, parts.wording);
  sayNo(app, parts.wording);
  app.addHook("onRequest", (request, reply, done) => {
    if (request.url.startsWith(CONTROL_PREFIX)) {
      done();
      return;
    }
    const path = pathOf(request);
    const call = parts.calls.begin(request.method, path, patternOf(request, path, parts));
    const fault = parts.faults.strike(request.method, path);
    underway.set(request, { call, fault });
    const waitMs = parts.latencyMs + (fault?.effect === "delay" ? (fault.ms ?? 0) : 0);
    const proceed = () => strikeBefore(parts, fault, reply, done);
    if (waitMs > 0) parts.surroundings.after(waitMs, proceed);
    else proceed();
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    strikeAfter(parts, underway.get(request)?.fault, reply, payload, done);
  });
  app.addHook("onResponse", (request, reply, done) => {
    const call = underway.get(request)?.call;
    if (call !== undefined) {
      call.status = reply.statusCode;
      call.ms = parts.surroundings.now() - call.at;
    }
    done();
  });
  return { app, isStale: (request) => underway.get(request)?.fault?.effect === "stale-read" };
}

/** The path of a request without its query. */
export function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf("?");
  return end === -1 ? request.url : request.url.slice(0, end);
}

/** The route under which every path can be registered that no other route takes. */
export const ANY_PATH = "/*";

function patternOf(request: FastifyRequest, path: string, parts: AppParts): string {
  const { url } = request.routeOptions;
  const own = url === ANY_PATH ? parts.patternOf?.(request.method, path) : url;
  return own ?? "(unknown)";
}

/** Sends a refusal as the answer. */
export function answerWith(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
}

function readBodies(app: FastifyInstance, wording: Wording): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, text, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(text))));
  });
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, text, done) => {
    const json = parseJson(String(text));
    if (json === undefined) done(wording.badJson());
    else done(null, json.value);
  });
}

/** `undefined` when the text is no JSON; an empty text counts as no body. */
function parseJson(text: string): { value: unknown } | undefined {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function sayNo(app: FastifyInstance, wording: Wording): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return answerWith(reply, error);
    const status = (error as { statusCode?: unknown }).statusCode; // Fastify's own errors carry one
    if (typeof status === "number" && status < 500) return answerWith(reply, wording.badJson());
    reply.log.error(error);
    return answerWith(reply, wording.broken());
  });
  app.setNotFoundHandler((request, reply) => answerWith(reply, wording.unknownRoute(request.method, pathOf(request))));
}

function strikeBefore(parts: AppParts, fault: Fault | undefined, reply: FastifyReply, proceed: () => void): void {
  const refusal = fault === undefined ? undefined : refusalOf(parts, fault);
  if (refusal !== undefined) answerWith(reply, refusal);
  else if (fault?.when === "before" && fault.effect === "drop") reply.raw.destroy();
  else if (fault?.when === "before" && fault.effect === "timeout") fallSilent(parts, fault, reply);
  else proceed();
}

function refusalOf(parts: AppParts, fault: Fault): Refusal | undefined {
  switch (fault.effect) {
    case "429":
      return parts.wording.tooMany(retryHeaders(parts, fault));
    case "401":
      return parts.wording.unauthorized();
    case "500-before":
      return parts.wording.broken();
    default:
      return undefined;
  }
}

function strikeAfter(
  parts: AppParts,
  fault: Fault | undefined,
  reply: FastifyReply,
  payload: unknown,
  send: (error: null, payload: unknown) => void,
): void {
  switch (fault?.effect) {
    case "500-after": {
      const refusal = parts.wording.broken();
      reply.code(refusal.status);
      send(null, JSON.stringify(refusal.body));
      break;
    }
    case "torn":
      send(null, String(payload).slice(0, String(payload).length / 2));
      break;
    case "drop":
      reply.raw.destroy();
      break;
    case "timeout":
      fallSilent(parts, fault, reply);
      break;
    default:
      send(null, payload);
  }
}

function fallSilent(parts: AppParts, fault: Fault, reply: FastifyReply): void {
  const cancel = parts.surroundings.after(fault.ms ?? SILENCE_MS, () => reply.raw.destroy());
  reply.raw.once("close", cancel);
}

function retryHeaders(parts: AppParts, fault: Fault): Record<string, string> {
  const waitMs = fault.ms ?? 1_000;
  if (fault.retryAfter === "none") return {};
  if (fault.retryAfter === "seconds") return { "retry-after": String(Math.max(1, Math.ceil(waitMs / 1_000))) };
  return { "retry-after": new Date(parts.surroundings.now() + waitMs).toUTCString() };
}
