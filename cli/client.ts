import { join } from "node:path";
import type { z } from "zod";
import type { Route } from "../model/api/route.ts";
import { Problem } from "../model/api/views.ts";
import { Failure } from "../model/errors.ts";
import { addressOf, readEnv } from "../server/env.ts";
import type { World } from "./world.ts";

/** What a call hands over; parts that its route does not have are left out. */
export interface Given<R extends Route> {
  readonly params?: z.input<NonNullable<R["params"]>>;
  readonly query?: Partial<z.input<NonNullable<R["query"]>>>;
  readonly body?: z.input<NonNullable<R["body"]>>;
}

/** Calls the hub's API. @throws Failure with the hub's own words. */
export type Call = <R extends Route>(route: R, given?: Given<R>) => Promise<z.output<R["answer"]>>;

/** Where the hub is and how to be let in. */
export interface HubAccess {
  readonly url: string;
  readonly token: string;
}

/**
 * Finds the hub: `--url`, else the environment; its token lies in the data folder, written there by the hub.
 * @throws Failure `misconfigured` when there is no token.
 */
export async function hubAccess(world: World, url: string | undefined): Promise<HubAccess> {
  const env = readEnv(world.environment);
  const file = join(env.dataDir, "operator.token");
  const token = await world.readFile(file).catch((cause) => {
    const help = "start the hub first (`kith serve`), or set KITH_DATA_DIR to its data folder";
    throw new Failure("misconfigured", `The operator's token ${file} cannot be read: ${help}.`, { cause });
  });
  return { url: (url ?? addressOf(env)).replace(/\/+$/, ""), token: token.trim() };
}

/** A caller of the hub's API, typed by the routes. */
export function createCall(access: HubAccess, fetch: World["fetch"]): Call {
  return async (route, given = {}) => {
    const body = given.body === undefined ? undefined : JSON.stringify(given.body);
    const headers: Record<string, string> = { authorization: `Bearer ${access.token}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const init = { method: route.method, headers, ...(body === undefined ? {} : { body }) };
    const response = await fetch(access.url + pathOf(route, given), init).catch((cause: unknown) => {
      throw new Failure("unavailable", `No hub answers at ${access.url}; start it with \`kith serve\` or give --url.`, {
        cause,
      });
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw refused(access, response.status, answer);
    return parsed(route, answer, access);
  };
}

function pathOf<R extends Route>(route: R, given: Given<R>): string {
  // Parameters and queries of all routes are flat records of text and numbers.
  const params = (given.params ?? {}) as Record<string, string>;
  const path = route.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ""));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((given.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

function parsed<R extends Route>(route: R, answer: unknown, access: HubAccess): z.output<R["answer"]> {
  const read = route.answer.safeParse(answer);
  // `safeParse` of a generic shape is not inferred; it is the route's own.
  if (read.success) return read.data as z.output<R["answer"]>;
  throw new Failure("misconfigured", `What answers at ${access.url} is not a hub of this version.`);
}

function refused(access: HubAccess, status: number, answer: unknown): Failure {
  const problem = Problem.safeParse(answer);
  if (!problem.success)
    return new Failure("misconfigured", `What answers at ${access.url} is not a hub (status ${status}).`);
  if (problem.data.code === "signed_out") {
    return new Failure(
      "misconfigured",
      `The hub at ${access.url} does not know the operator's token; set KITH_DATA_DIR to its data folder.`,
    );
  }
  return new Failure("rejected", problem.data.detail, { status });
}
