import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";

/** The ways in which one answer can go wrong: refused before, or lost after the app has done what it was asked. */
export type Fault = "429" | "500-after" | "drop" | "torn";

/** A web application with a way to it that can break. */
export interface FaultyFront {
  readonly url: string;
  /** Makes the next request of this method go wrong. */
  readonly breakNext: (method: string, fault: Fault) => void;
  /** Refuses more requests than so many in so many milliseconds. */
  readonly limit: (requests: number, perMs: number) => void;
  /** Lets nobody in from now on: takes the header by which one signs in off every request. */
  readonly revoke: (header: string) => void;
  readonly close: () => Promise<void>;
}

/** Listens on a free port of this machine and hands each request to the app. @param now epoch ms */
export async function faultyFront(app: FastifyInstance, now: () => number = () => 0): Promise<FaultyFront> {
  let limit = { requests: Number.POSITIVE_INFINITY, perMs: 0 };
  let taken: readonly number[] = [];
  let refused = "";
  const faults = new Map<string, Fault>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? "GET";
    const fault = faults.get(method);
    faults.delete(method);
    const payload = await bodyOf(request);
    taken = taken.filter((at) => at > now() - limit.perMs);
    if (fault === "429" || taken.length >= limit.requests) return void response.writeHead(429).end();
    taken = [...taken, now()];
    delete request.headers[refused];
    // Node gives the method of a request that it has parsed; the app refuses those that it does not know.
    const given = { method: method as "GET", url: request.url ?? "/", headers: request.headers, payload };
    const answer = await app.inject(given);
    if (fault === "drop") return void response.destroy();
    if (fault === "500-after") return void response.writeHead(500).end();
    const body = fault === "torn" ? answer.rawPayload.subarray(0, answer.rawPayload.length / 2) : answer.rawPayload;
    const type = answer.headers["content-type"];
    response.writeHead(answer.statusCode, type === undefined ? {} : { "content-type": type }).end(body);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    breakNext: (method, fault) => void faults.set(method, fault),
    limit: (requests, perMs) => {
      limit = { requests, perMs };
    },
    revoke: (header) => {
      refused = header;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
      await app.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
