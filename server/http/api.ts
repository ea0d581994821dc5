import helmet from "@fastify/helmet";
import swagger, { type FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyBodyParser, FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { z } from "zod";
import { isOriginTrusted, type SignIn } from "../auth/index.ts";
import type { Streams } from "../live/index.ts";
import type { Metrics } from "../metrics/index.ts";
import { Refusal } from "./problem.ts";
import { apiHeaders, docsHeaders } from "./securityHeaders.ts";
import { type Handlers, serveRoutes } from "./serveRoute.ts";

/** What the API stands on. */
export interface ApiParts {
  readonly handlers: Handlers;
  readonly signIn: SignIn;
  readonly streams: Streams;
  readonly metrics: Metrics;
  readonly publicUrl: string;
}

const LiveQuery = z.object({ workspaceId: z.string().optional() });

/** Serves everything under `/api` but sign-in: the routes, their description, the live stream. All need a session. */
export function serveApi(app: FastifyInstance, parts: ApiParts): void {
  const plugin: FastifyPluginAsync = async (api) => {
    api.setValidatorCompiler(validatorCompiler);
    api.setSerializerCompiler(serializerCompiler);
    api.removeContentTypeParser("application/json");
    api.addContentTypeParser("application/json", { parseAs: "string" }, jsonParserOf(api));
    api.addHook("onRequest", async (request, reply) => {
      try {
        await guard(request, parts);
      } catch (refused) {
        if (!isPageVisit(request)) throw refused;
        return reply.redirect(SIGN_IN);
      }
    });
    await api.register(swagger, { openapi: DESCRIPTION, transform: jsonSchemaTransform });
    void api.register(async (routes) => {
      await routes.register(helmet, apiHeaders(parts.publicUrl));
      routes.addHook("onResponse", async (request, reply) => {
        parts.metrics.request(request.routeOptions.url ?? "", reply.statusCode, reply.elapsedTime / 1_000);
      });
      serveRoutes(routes, parts.handlers);
      routes.get("/api/openapi.json", { schema: { hide: true } }, () => api.swagger());
    });
    serveLive(api, parts.streams);
    serveDocs(api, parts.publicUrl);
  };
  void app.register(plugin);
}

/** The framework's own JSON parser, but that an announced body which is empty is none: most programs announce always. */
function jsonParserOf(api: FastifyInstance): FastifyBodyParser<string> {
  const parse = api.getDefaultJsonParser("error", "error");
  return (request, body, done) => {
    if (body === "") done(null, undefined);
    else return parse(request, body, done);
  };
}

/** The stream of `LiveEvent`s; `?workspaceId=` keeps only that workspace's. */
function serveLive(api: FastifyInstance, streams: Streams): void {
  const schema = {
    operationId: "live",
    tags: ["Live"],
    summary: "Streams what happens as server-sent events: link (one record changed) and overview (load it again).",
    querystring: LiveQuery,
    produces: ["text/event-stream"],
  };
  api.get("/api/live", { schema }, (request, reply) => {
    reply.hijack();
    // The line above has had it checked against `LiveQuery`.
    streams.open(reply.raw, (request.query as z.infer<typeof LiveQuery>).workspaceId);
  });
}

function serveDocs(api: FastifyInstance, publicUrl: string): void {
  const plugin: FastifyPluginAsync = async (docs) => {
    await docs.register(helmet, docsHeaders(publicUrl));
    await docs.register(swaggerUi, { routePrefix: "/api/docs", staticCSP: true });
  };
  void api.register(plugin);
}

/** Where the dashboard asks to sign in. */
const SIGN_IN = "/";

/** Somebody opens a page of the description in a browser: a refusal as data would help nobody there. */
function isPageVisit({ method, url, headers }: FastifyRequest): boolean {
  return method === "GET" && /^\/api\/docs(\/|$)/.test(url) && headers.accept?.includes("text/html") === true;
}

async function guard(request: FastifyRequest, parts: ApiParts): Promise<void> {
  if (!isOriginTrusted(request, parts.publicUrl)) {
    throw new Refusal(403, "foreign_origin", "Changes are taken from the hub's own pages or with a bearer token only.");
  }
  const { cookie, authorization } = request.headers;
  const headers = new Headers();
  if (cookie !== undefined) headers.set("cookie", cookie);
  if (authorization !== undefined) headers.set("authorization", authorization);
  if ((await parts.signIn.whoIs(headers)) !== undefined) return;
  throw new Refusal(
    401,
    "signed_out",
    "Open the one-time link that the terminal printed, or make one with `npm run kith -- link`.",
  );
}

const DESCRIPTION: NonNullable<FastifyDynamicSwaggerOptions["openapi"]> = {
  openapi: "3.1.0",
  info: {
    title: "Kith",
    version: "0.1.0",
    description:
      "Keeps contacts in step between HighLevel and other partners. Every failure is answered as problem details (RFC 9457) whose `code` is the kind of failure.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/" }],
  components: {
    securitySchemes: {
      session: { type: "apiKey", in: "cookie", name: "kith.session_token" },
      operator: { type: "http", scheme: "bearer" },
    },
  },
  security: [{ session: [] }, { operator: [] }],
};
