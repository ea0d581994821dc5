import { parse } from "node:querystring";
import type { FastifyRequest } from "fastify";
import { createPatterns } from "./patterns.ts";
import { Refusal } from "./refusal.ts";

/** What an operation reads of a request, whichever way it came. */
export type Asked = Pick<FastifyRequest, "method" | "url" | "headers" | "query" | "body">;

/** What an operation answers through. */
export type Telling = {
  readonly code: (status: number) => Telling;
  readonly headers: (headers: Readonly<Record<string, string>>) => Telling;
  readonly send: (body: unknown) => unknown;
};

/** One operation of a product: its method, its path with `:names` for what varies, and what it does. */
export type Endpoint = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly handler: (request: Asked, params: Readonly<Record<string, string>>, reply: Telling) => unknown;
};

/** A request that was made in this process, without a socket. Header names are in lower case. */
export type Sent = {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly body: string;
};

/** The answer to a request that was made in this process. */
export type Told = { status: number; headers: Record<string, string>; body: string };

/** The operation that a path means, and what stands in the places of its names. */
export type Way = {
  readonly endpoint: Endpoint;
  readonly pattern: string;
  readonly params: Readonly<Record<string, string>>;
};

/** All operations of an emulator. One that is opened again replaces the earlier. */
export type Doors = {
  readonly open: (endpoint: Endpoint) => void;
  readonly find: (method: string, path: string) => Way | undefined;
};

/** No operation yet. */
export function createDoors(): Doors {
  const endpoints = new Map<string, Endpoint>();
  const patterns = createPatterns();
  return {
    open: (endpoint) => {
      endpoints.set(`${endpoint.method} ${endpoint.url}`, endpoint);
      patterns.add(endpoint.method, endpoint.url);
    },
    find: (method, path) => {
      const found = patterns.find(method, path);
      const endpoint = found && endpoints.get(`${method} ${found.pattern}`);
      return endpoint && { ...found, endpoint };
    },
  };
}

/** The request as an operation reads it, its body still as it was sent. */
export function askedOf({ method, url, headers }: Sent): Asked & { body: unknown } {
  const end = url.indexOf("?");
  const query = end === -1 ? {} : parse(url.slice(end + 1));
  return { method, url, headers, query, body: undefined };
}

/** Has an operation answer. A refusal that it throws is the answer, too; what it had set by then stays. */
export function tellBy(work: (reply: Telling) => unknown, broken: () => Refusal): Told {
  const told: Told = { status: 200, headers: {}, body: "" };
  const reply: Telling = {
    code: (status) => {
      told.status = status;
      return reply;
    },
    headers: (headers) => {
      Object.assign(told.headers, headers);
      return reply;
    },
    send: (body) => {
      const isText = typeof body === "string";
      told.headers["content-type"] ??= `${isText ? "text/plain" : "application/json"}; charset=utf-8`;
      told.body = isText ? body : JSON.stringify(body);
      return reply;
    },
  };
  try {
    work(reply);
  } catch (thrown) {
    const { status, headers, body } = thrown instanceof Refusal ? thrown : broken();
    reply.code(status).headers(headers).send(body);
  }
  return told;
}
