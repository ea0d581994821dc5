import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Failure } from "../../model/errors.ts";
import type { Metrics } from "../metrics/index.ts";
import { Refusal } from "./problem.ts";

/** What the operations' pages stand on. */
export interface OperationsParts {
  readonly ping: () => Promise<void>;
  /** Whether no other hub has taken over what this one works. */
  readonly areLanesHeld: () => boolean;
  readonly metrics: Pick<Metrics, "text" | "contentType">;
  readonly metricsToken?: string;
}

/** Serves `/healthz` (the process answers), `/readyz` (its store answers and it does its work) and `/metrics`. */
export function serveOperations(app: FastifyInstance, parts: OperationsParts): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async () => {
    try {
      await parts.ping();
    } catch (cause) {
      throw new Failure("unavailable", "The store does not answer.", { cause });
    }
    if (!parts.areLanesHeld()) {
      throw new Failure(
        "unavailable",
        "Another hub has taken over the work; stop one of the two, then start the other.",
      );
    }
    return { status: "ready" };
  });
  app.get("/metrics", async (request, reply) => {
    if (!mayReadMetrics(request, parts.metricsToken)) {
      throw new Refusal(403, "forbidden", "Metrics are for this machine, or with the token of KITH_METRICS_TOKEN.");
    }
    return reply.type(parts.metrics.contentType).send(await parts.metrics.text());
  });
}

/** From this machine and not through a proxy on it, or with the token. */
function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  const { authorization, forwarded } = request.headers;
  if (token !== undefined && authorization !== undefined && isSame(authorization, `Bearer ${token}`)) return true;
  const isProxied = forwarded !== undefined || request.headers["x-forwarded-for"] !== undefined;
  return !isProxied && isLoopback(request.socket.remoteAddress ?? "");
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
