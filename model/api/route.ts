import type { z } from "zod";

/**
 * One route of the hub's REST API. The server registers its handlers from these, the OpenAPI description is generated
 * from them, and the dashboard and the command line are typed by them: a shape is written once.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with `:name` for parameters, beginning with `/api/`. */
  readonly path: `/api/${string}`;
  /** One plain sentence for the API description. */
  readonly summary: string;
  /** Heading that it stands under in the API description. */
  readonly tag: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** The largest body that is taken, bytes; one MiB when absent. */
  readonly bodyBytesMax?: number;
  /** What a success is answered with: 202 where work was taken on that is done afterwards; else 200. */
  readonly status?: 200 | 202;
}

/** Hands back the route with its shapes inferred. */
export function route<
  Params extends z.ZodType = z.ZodNever,
  Query extends z.ZodType = z.ZodNever,
  Body extends z.ZodType = z.ZodNever,
  Answer extends z.ZodType = z.ZodType,
>(declaration: Route<Params, Query, Body, Answer>): Route<Params, Query, Body, Answer> {
  return declaration;
}
