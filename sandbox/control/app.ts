import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import type { Call, CallLog } from "./calls.ts";
import {
  type Asked,
  askedOf,
  createDoors,
  type Doors,
  type Endpoint,
  type Sent,
  type Telling,
  type Told,
  tellBy,
} from "./door.ts";
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
};

/** The way into an emulator: operations are opened first, then asked, over HTTP or in this process. */
export type EmulatorApp = {
  /** The web server with all that was opened, built when it is first asked for: a simulation never does. */
  readonly app: () => FastifyInstance;
  readonly open: (endpoint: Endpoint) => void;
  /** Adds to the web server what only it can do. */
  readonly onServe: (addTo: (app: FastifyInstance) => void) => void;
  /** Asks an operation without a socket. Rejects where no answer would come. */
  readonly ask: (sent: Sent) => Promise<Told>;
  /** Whether a request is to be answered with stale records. */
  readonly isStale: (request: Asked) => boolean;
  readonly close: () => Promise<void>;
};

/** The paths that belong to the sandbox and not to the product. */
export const CONTROL_PREFIX = "/_control/";

type Underway = { readonly call: Call; readonly fault: Fault | undefined };

const SILENCE_MS = 60_000;

/** Makes the way in that all emulators share: it notes each call, and misbehaves where asked to. */
export function createWayIn(parts: AppParts): EmulatorApp {
  const underway = new WeakMap<Asked, Underway>();
  const doors = createDoors();
  const fitters: ((app: FastifyInstance) => void)[] = [];
  let app: FastifyInstance | undefined;

  const begin: Begin = (request, pattern = "(unknown)") => {
    const path = pathOf(request);
    const call = parts.calls.begin(request.method, path, pattern);
    const begun = { call, fault: parts.faults.strike(request.method, path) };
    underway.set(request, begun);
    return begun;
  };

  const ask = async (sent: Sent): Promise<Told> => {
    const request = askedOf(sent);
    const begun = begin(request, doors.find(sent.method, pathOf(sent))?.pattern);
    await passing(parts, waitOf(parts, begun.fault));
    const told = tellBy((reply) => {
      const refusal = begun.fault && refusalOf(parts, begun.fault);
      if (refusal !== undefined) throw refusal;
      request.body = bodyOf(sent, parts.wording);
      return enter(doors, parts.wording, request, reply);
    }, parts.wording.broken);
    const spoilt = await spoil(parts, begun.fault, told);
    end(parts, begun.call, spoilt.status);
    return spoilt;
  };

  return {
    app: () => {
      if (app !== undefined) return app;
      app = buildApp(parts, underway, begin, doors);
      for (const addTo of fitters) addTo(app);
      return app;
    },
    open: doors.open,
    onServe: (addTo) => void fitters.push(addTo),
    ask,
    isStale: (request) => underway.get(request)?.fault?.effect === "stale-read",
    close: async () => app?.close(),
  };
}

/** Has the operation answer that a path belongs to. @throws Refusal where there is none */
function enter(doors: Doors, wording: Wording, request: Asked, reply: Telling): unknown {
  const path = pathOf(request);
  const found = doors.find(request.method, path);
  if (found === undefined) throw wording.unknownRoute(request.method, path);
  return found.endpoint.handler(request, found.params, reply);
}

type Begin = (request: Asked, pattern: string | undefined) => Underway;

function buildApp(parts: AppParts, underway: WeakMap<Asked, Underway>, begin: Begin, doors: Doors): FastifyInstance {
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
    const { url } = request.routeOptions;
    const { fault } = begin(request, url === ANY_PATH ? doors.find(request.method, pathOf(request))?.pattern : url);
    const waitMs = waitOf(parts, fault);
    const proceed = () => strikeBefore(parts, fault, reply, done);
    if (waitMs > 0) parts.surroundings.after(waitMs, proceed);
    else proceed();
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    strikeAfter(parts, underway.get(request)?.fault, reply, payload, done);
  });
  app.addHook("onResponse", (request, reply, done) => {
    const call = underway.get(request)?.call;
    if (call !== undefined) end(parts, call, reply.statusCode);
    done();
  });
  app.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    url: ANY_PATH,
    handler: (request, reply) => enter(doors, parts.wording, request, reply),
  });
  return app;
}

function end({ surroundings }: AppParts, call: Call, status: number): void {
  call.status = status;
  call.ms = surroundings.now() - call.at;
}

function waitOf({ latencyMs }: AppParts, fault: Fault | undefined): number {
  return latencyMs + (fault?.effect === "delay" ? (fault.ms ?? 0) : 0);
}

async function passing({ surroundings }: AppParts, ms: number): Promise<void> {
  if (ms > 0) await new Promise<void>((resolve) => void surroundings.after(ms, resolve));
}

/** What becomes of an answer on its way to somebody in this process, as `strikeBefore` and `strikeAfter` have it on a socket. */
async function spoil(parts: AppParts, fault: Fault | undefined, told: Told): Promise<Told> {
  switch (fault?.effect) {
    case "500-after": {
      const { status, body } = parts.wording.broken();
      return { ...told, status, body: JSON.stringify(body) };
    }
    case "torn":
      return { ...told, body: told.body.slice(0, told.body.length / 2) };
    case "timeout":
      await passing(parts, fault.ms ?? SILENCE_MS);
      throw new Error("the connection was cut after a long silence");
    case "drop":
      throw new Error("the connection was cut");
    default:
      return told;
  }
}

/** @throws Refusal for a text that is not what it says to be */
function bodyOf({ headers, body }: Sent, wording: Wording): unknown {
  if (body === "") return undefined;
  const type = headers["content-type"] ?? "";
  if (type.startsWith(FORM)) return formOf(body);
  if (MEDIA.test(type)) return Buffer.from(body);
  const json = parseJson(body);
  if (json === undefined) throw wording.badJson();
  return json.value;
}

/** The path of a request without its query. */
export function pathOf(request: Pick<Asked, "url">): string {
  const end = request.url.indexOf("?");
  return end === -1 ? request.url : request.url.slice(0, end);
}

/** Takes every path that no other route takes. */
const ANY_PATH = "/*";

/** Sends a refusal as the answer. */
export function answerWith<Reply extends Telling>(reply: Reply, refusal: Refusal): Reply {
  reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
  return reply;
}

const FORM = "application/x-www-form-urlencoded";

/** Bodies of these types are handed on as bytes. */
const MEDIA = /^(?:audio|video)\/|^application\/octet-stream/;

function formOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(text));
}

function readBodies(app: FastifyInstance, wording: Wording): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FORM, { parseAs: "string" }, (_request, text, done) => {
    done(null, formOf(String(text)));
  });
  app.addContentTypeParser(MEDIA, { parseAs: "buffer" }, (_request, bytes, done) => done(null, bytes));
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
