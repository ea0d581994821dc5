import { join } from "node:path";
import type { z } from "zod";
import type { Route } from "../model/api/route.ts";
import { Problem } from "../model/api/views.ts";
import { Failure } from "../model/errors.ts";
import { addressOf, OPERATOR_FILES, readEnv } from "../server/env.ts";
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

/** Which hub is meant. */
export interface WhichHub {
  /** The hub's address; the environment's when absent. */
  readonly url?: string | undefined;
  /** Whether it is the sandbox's, also where one that serves keeps its token in the same folder. */
  readonly sandbox?: boolean | undefined;
}

/**
 * Finds the hub: by its address, else by the environment. Its token lies in the data folder, written there by the hub;
 * a sandbox's is taken when asked for, or where there is no other.
 * @throws Failure `misconfigured` when there is no token.
 */
export async function hubAccess(world: World, { url, sandbox }: WhichHub): Promise<HubAccess> {
  const env = readEnv(world.environment);
  const files = { serve: join(env.dataDir, OPERATOR_FILES.serve), sandbox: join(env.dataDir, OPERATOR_FILES.sandbox) };
  const ofSandbox = () => world.readFile(files.sandbox);
  const reading = sandbox === true ? ofSandbox() : world.readFile(files.serve).catch(ofSandbox);
  const token = await reading.catch((cause) => {
    const [file, command] = sandbox === true ? [files.sandbox, "kith sandbox"] : [files.serve, "kith serve"];
    const help = `start the hub first (\`${command}\`), or set KITH_DATA_DIR to its data folder`;
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
      `The hub at ${access.url} does not know the operator's token; set KITH_DATA_DIR to its data folder, or give --sandbox if it is a sandbox.`,
    );
  }
  return new Failure("rejected", problem.data.detail, { status });
}
