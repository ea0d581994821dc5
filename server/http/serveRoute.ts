import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { Route } from "../../model/api/route.ts";
import { ROUTES, type RouteName } from "../../model/api/routes.ts";
import { Problem as ProblemShape } from "../../model/api/views.ts";

/** What a request asked for, checked against its route's shapes. A shape the route lacks is `never`. */
export interface Asked<R extends Route> {
  readonly params: z.output<NonNullable<R["params"]>>;
  readonly query: z.output<NonNullable<R["query"]>>;
  readonly body: z.output<NonNullable<R["body"]>>;
  /** Whether a page asked, with its session, or a program or command with a token. */
  readonly by: "dashboard" | "program";
}

/** Answers one route. @throws Failure or Refusal; both become problem details. */
export type Handler<R extends Route> = (asked: Asked<R>) => Promise<z.input<R["answer"]>>;

/** A handler for every route: a route without one does not compile. */
export type Handlers = { readonly [Name in RouteName]: Handler<(typeof ROUTES)[Name]> };

/** Registers every route of the API. */
export function serveRoutes(app: FastifyInstance, handlers: Handlers): void {
  for (const name of Object.keys(ROUTES)) {
    // `Handlers` pairs each name with its own handler; the loop over names loses that pairing, nothing else.
    const known = name as RouteName;
    serveRoute(app, known, ROUTES[known] as Route, handlers[known] as Handler<Route>);
  }
}

/** Registers one route: its shapes check the request, shape the answer, and describe it in the API document. */
export function serveRoute<R extends Route>(app: FastifyInstance, name: string, route: R, handler: Handler<R>): void {
  const { method, path, summary, tag, params, query, body, answer, status = 200, bodyBytesMax } = route;
  app.route({
    method,
    url: path,
    ...(bodyBytesMax === undefined ? {} : { bodyLimit: bodyBytesMax }),
    schema: {
      operationId: name,
      summary,
      tags: [tag],
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(body === undefined ? {} : { body }),
      response: { [status]: answer, default: ProblemShape },
    },
    // Fastify has just checked the three parts against the same shapes that `Asked` is inferred from.
    handler: async (request, reply) => {
      const { params, query, body } = request as unknown as Asked<R>;
      const by = request.headers.authorization === undefined ? "dashboard" : "program";
      const answered = await handler({ params, query, body, by });
      return reply.code(status).send(answered);
    },
  });
}
