import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describeChildren } from "../connectors/childConformance.ts";
import { type ConformanceWorld, describeConnector } from "../connectors/conformance.ts";
import { BOOK_PAGE } from "../model/book.ts";
import { murmur } from "./keptPartner.ts";
import { worldClock } from "./world.ts";

/** What the hub keeps itself owes the engine the same as what a partner keeps. */

const CONNECTOR = murmur();
const ANA = {
  firstName: "Ana",
  lastName: "Lima",
  email: "ana@example.com",
  phone: "+447700900123",
  labels: ["vip", "new"],
};
const BO = { firstName: "Bo", lastName: "Berg", email: "bo@example.com", phone: "+447700900456", labels: ["old"] };

/** Murmur knows who is asking, and nothing else. */
async function makeWorld(): Promise<ConformanceWorld> {
  const server = createServer((request, response) => {
    response.writeHead(request.headers["x-murmur-key"] === "key" ? 200 : 401, { "content-type": "application/json" });
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  const clock = worldClock(1_700_000_000_000);
  return {
    connection: { id: "murmur", settings: {}, baseUrls: { api: `http://127.0.0.1:${port}` } },
    credential: { kind: "token", token: "key" },
    clock,
    seed: () => {},
    catchUp: () => clock.advance(1_000),
    breakNext: () => {},
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

describeConnector({
  connector: CONNECTOR,
  makeWorld,
  sample: ANA,
  others: { ...BO, phone: "+447700900789" },
  pageSize: BOOK_PAGE,
  hasCustomFields: false,
});

describeChildren({
  ...{ connector: CONNECTOR, resource: "note", makeWorld, parents: [ANA, BO] },
  sample: { title: "Call", body: "<p>Rang back.</p>" },
  others: { title: "Second call", body: "<p>Rang twice.</p>" },
  clearable: ["title", "body"],
});

describeChildren({
  ...{ connector: CONNECTOR, resource: "task", makeWorld, parents: [ANA, BO] },
  sample: { title: "Call", body: "About the roof", dueAt: "2031-03-04T09:30:00.000Z", done: false },
  others: { title: "Write", body: "About the wall", dueAt: "2031-04-04T09:30:00.000Z", done: true },
  clearable: ["body", "dueAt"],
});
