import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What is answered to every request. */
export interface GivenAnswer {
  readonly status: number;
  /** Sent as JSON, or as it is where it is a text; nothing when absent. */
  readonly body?: unknown;
}

/** A partner that answers what it is told to. */
export interface Answering {
  readonly url: string;
  readonly say: (answer: GivenAnswer) => void;
  readonly close: () => Promise<void>;
}

/** Listens on a free port of this machine. */
export async function answering(): Promise<Answering> {
  let given: GivenAnswer = { status: 200 };
  const server = createServer((_request, response) => {
    const { status, body } = given;
    const isText = typeof body === "string";
    response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json" });
    response.end(body === undefined ? "" : isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    say: (answer) => {
      given = answer;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
