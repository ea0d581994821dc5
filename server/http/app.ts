import Fastify, { type FastifyInstance } from "fastify";
import type { Log } from "../../engine/ports.ts";
import { asFailure } from "../../model/errors.ts";
import type { SignIn } from "../auth/index.ts";
import type { Streams } from "../live/index.ts";
import type { Metrics } from "../metrics/index.ts";
import { type Consents, serveConsents } from "../oauth/index.ts";
import { type Intake, serveWebhooks } from "../webhooks/index.ts";
import { serveApi } from "./api.ts";
import { serveOperations } from "./operations.ts";
import { servePages } from "./pages.ts";
import { problemOf, Refusal } from "./problem.ts";
import type { Handlers } from "./serveRoute.ts";
import { serveSignIn } from "./signInRoutes.ts";

/** What the web server stands on. */
export interface AppParts {
  readonly handlers: Handlers;
  readonly signIn: SignIn;
  readonly consents: Consents;
  readonly intake: Intake;
  readonly streams: Streams;
  readonly metrics: Metrics;
  /** Whether the hub can do its work; for readiness. */
  readonly ping: () => Promise<void>;
  /** Whether no other hub has taken over what this one works; for readiness as well. */
  readonly areLanesHeld: () => boolean;
  readonly publicUrl: string;
  readonly metricsToken?: string;
  /** The built dashboard; absent when there is none. */
  readonly pagesFolder?: string;
  readonly log: Log;
}

/**
 * The web server. Webhooks, health, sign-in, API and pages each live in a scope of their own: what one needs (headers,
 * sessions, parsers) costs the others nothing.
 */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, forceCloseConnections: true, return503OnClosing: false });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.url);
    if (problem.status >= 500) logFailure(parts.log, request.method, request.routeOptions.url ?? "", error);
    return reply.code(problem.status).type("application/problem+json").send(problem);
  });
  app.setNotFoundHandler(() => {
    throw new Refusal(404, "not_found", "There is nothing at this address.");
  });
  serveWebhooks(app, parts.intake, parts.metrics.webhook);
  serveOperations(app, parts);
  serveSignIn(app, parts.signIn, parts.publicUrl);
  serveConsents(app, parts);
  serveApi(app, parts);
  servePages(app, parts.pagesFolder, parts.publicUrl);
  await app.ready();
  return app;
}

function logFailure(log: Log, method: string, route: string, thrown: unknown): void {
  const failure = asFailure(thrown);
  const where = failure.kind === "bug" && failure.cause instanceof Error ? failure.cause.stack : undefined;
  log.error({ method, route, kind: failure.kind, error: failure.message, where }, "a request failed");
}
