import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { Failure } from "../model/errors.ts";
import { PRIORITIES } from "../model/priority.ts";
import { parseAddress } from "./addresses.ts";
import { type Budget, createBudget } from "./budget.ts";
import { createHttpClient, type HttpClientOptions, partnerAgent } from "./client.ts";
import type { Clock } from "./clock.ts";
import { type Connector, type Credential, defineConnector } from "./connector.ts";
import type { CallContext, HttpRequest } from "./http.ts";
import { ANSWER_BYTES_MAX } from "./transport.ts";

/** What the invented partner Acme answers; set by each test. */
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let received: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[];
let agent: ReturnType<typeof partnerAgent>;
let base: string;

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    received.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    answer(request, response, body);
  });
});

beforeEach(async () => {
  received = [];
  agent = partnerAgent();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  // `address` is text only for pipes, and this listens on a port.
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

const SECRET = "acme-secret-1";
const token: Credential = { kind: "token", token: SECRET };
const wallClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

function acme(extra: Partial<Connector<object>> = {}): Connector<object> {
  return defineConnector<object>({
    id: "acme",
    name: "Acme",
    baseUrls: () => ({ api: base }),
    settings: z.object({}),
    account: () => "",
    credentials: [{ kind: "token", label: "Key", help: "Ask Acme." }],
    authorize: (credential) => ({
      authorization: credential.kind === "token" ? credential.token : credential.accessToken,
    }),
    limits: () => [{ name: "burst", requests: 1_000, perMs: 10_000, source: "invented" }],
    country: () => "US",
    check: async () => {},
    resources: {},
    ...extra,
  });
}

interface Setup {
  readonly connector?: Connector<object>;
  readonly address?: string;
  readonly budget?: Budget;
  readonly credential?: () => Promise<Credential>;
  readonly refresh?: HttpClientOptions<object>["refresh"];
}

function client(setup: Setup = {}) {
  const connector = setup.connector ?? acme();
  const budget = setup.budget ?? createBudget({ limits: connector.limits({}), clock: wallClock });
  const source = createHttpClient({
    connectionId: "acme-main",
    connector,
    settings: {},
    addresses: { api: parseAddress(setup.address ?? base, "base address") },
    credential: setup.credential ?? (async () => token),
    ...(setup.refresh && { refresh: setup.refresh }),
    budget,
    clock: wallClock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const context: CallContext = { priority: PRIORITIES.live, calls: [] };
  const http = source.withContext(context);
  return { http, budget, calls: context.calls };
}

const READ: HttpRequest = { method: "GET", path: "/contacts/c1", doing: "read contact c1" };
const WRITE: HttpRequest = { method: "PUT", path: "/contacts/c1", json: { a: 1 }, doing: "update contact c1" };

function answers(status: number, body: unknown, headers: Record<string, string> = {}): void {
  answer = (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (thrown instanceof Failure) return thrown;
  throw new Error(`a Failure was expected, not ${String(thrown)}`);
}

test("K10 a request goes out as JSON with the credential and its query, and the answer comes back parsed", async () => {
  answers(200, { contact: { id: "c1" } });
  const { http, calls } = client({ address: `${base}/apis/` });
  const query = { email: "a+b@example.com", page: 2, without: undefined };
  const got = await http.request({ ...WRITE, query });
  expect(got).toMatchObject({ status: 200, body: { contact: { id: "c1" } } });
  expect(received[0]).toMatchObject({
    method: "PUT",
    url: "/apis/contacts/c1?email=a%2Bb%40example.com&page=2",
    body: '{"a":1}',
  });
  expect(received[0]?.headers).toMatchObject({ authorization: SECRET, "content-type": "application/json" });
  expect(calls).toEqual([
    { connectionId: "acme-main", method: "PUT", path: "/contacts/c1", status: 200, ms: expect.any(Number) },
  ]);
});

test("K10 an answer without a body has none", async () => {
  answers(204, "");
  expect((await client().http.request(READ)).body).toBeUndefined();
});

test.each([
  [400, "rejected"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "not_found"],
  [408, "unavailable"],
  [409, "conflict"],
  [410, "not_found"],
  [422, "rejected"],
  [429, "rate_limited"],
  [500, "unavailable"],
  [503, "unavailable"],
  [302, "unavailable"],
])("K11 status %i is the kind %s, and its message says what was being done", async (status, kind) => {
  answers(status, { message: "no such thing", traceId: "t-1" });
  const failure = await failureOf(client().http.request(READ));
  expect(failure.kind).toBe(kind);
  expect(failure.message).toMatch(/^Could not read contact c1 at Acme: it answered \d+: no such thing\. [A-Z]/);
  expect(failure.details).toMatchObject({ status, traceId: "t-1" });
  expect(failure.details).not.toHaveProperty("isOutcomeUnknown");
});

test("K12 the connector's own reading of an error comes first", async () => {
  answers(403, { message: "wrong place" });
  const classify = () =>
    ({ kind: "forbidden", message: "needs a permission", scope: "contacts.readonly", issues: ["i"] }) as const;
  const failure = await failureOf(client({ connector: acme({ classify }) }).http.request(READ));
  expect(failure).toMatchObject({ kind: "forbidden", details: { scope: "contacts.readonly", issues: ["i"] } });
  expect(failure.message).toContain("needs a permission");
});

test("K12 a success that the connector calls a refusal is one", async () => {
  answers(200, { Status: "failure", Error: { Message: "Last Name is required" } });
  const isRefusal = (body: unknown) => JSON.stringify(body).includes("failure");
  const failure = await failureOf(client({ connector: acme({ isRefusal }) }).http.request(WRITE));
  expect(failure).toMatchObject({ kind: "rejected", details: { isOutcomeUnknown: false } });
});

test("K26 an error that the request expects is handed back", async () => {
  answers(400, { meta: { contactId: "c2" } });
  const got = await client().http.request({ ...WRITE, isExpected: ({ status }) => status === 400 });
  expect(got).toMatchObject({ status: 400, body: { meta: { contactId: "c2" } } });
});

test.each([
  ["5xx", () => answers(500, { message: "oops" }), true],
  ["a refusal", () => answers(422, { message: "no" }), false],
  ["JSON cut short", () => answers(200, '{"contact":{"id":'), true],
  ["a page instead of JSON", () => answers(200, "<html>hello</html>"), true],
  [
    "a connection that breaks",
    () => {
      answer = (request) => void request.socket.destroy();
    },
    true,
  ],
  [
    "a body that breaks off",
    () => {
      answer = (request, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write('{"contact":');
        setImmediate(() => request.socket.destroy());
      };
    },
    true,
  ],
])(
  "K13 for a write answered with %s, whether the outcome is known is said",
  async (_what, arrange, isOutcomeUnknown) => {
    arrange();
    const failure = await failureOf(client().http.request(WRITE));
    expect(failure.details.isOutcomeUnknown).toBe(isOutcomeUnknown);
    expect(failure.kind).toBe(isOutcomeUnknown ? "unavailable" : "rejected");
  },
);

test("K13 a write that never left has a known outcome", async () => {
  const unused = createServer();
  await new Promise<void>((resolve) => void unused.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(unused.address() as AddressInfo).port}`;
  await new Promise((resolve) => void unused.close(resolve));
  const { http, calls } = client({ address });
  const failure = await failureOf(http.request(WRITE));
  expect(failure).toMatchObject({ kind: "unavailable", details: { isOutcomeUnknown: false } });
  expect(failure.message).toContain("ECONNREFUSED");
  expect(calls).toMatchObject([{ status: 0 }]);
});

test("K14 an answer that takes too long is given up", async () => {
  answer = () => {};
  const failure = await failureOf(client().http.request({ ...WRITE, timeoutMs: 30 }));
  expect(failure).toMatchObject({ kind: "unavailable", details: { isOutcomeUnknown: true } });
  expect(failure.message).toContain("no answer within 30 ms");
});

test("K14 an answer that drips is given up all the same", async () => {
  answer = (_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(" "), 5);
    response.on("close", () => clearInterval(drip));
  };
  const failure = await failureOf(client().http.request({ ...READ, timeoutMs: 60 }));
  expect(failure.message).toContain("no answer within 60 ms");
});

test.each([true, false])("K15 an answer that is too large is not read (length announced: %s)", async (isAnnounced) => {
  answer = (_request, response) => {
    response.writeHead(200, isAnnounced ? { "content-length": String(ANSWER_BYTES_MAX + 1) } : {});
    response.end(Buffer.alloc(ANSWER_BYTES_MAX + 1, 32));
  };
  const failure = await failureOf(client().http.request(READ));
  expect(failure).toMatchObject({ kind: "unavailable", message: expect.stringContaining("over 16777216 bytes") });
});

test.each([
  ["seconds", () => "2", 2_000],
  ["a date", (now: number) => new Date(now + 7_200_000).toUTCString(), 7_200_000],
  ["nothing: the limit's interval", () => undefined, 10_500],
])("K16 a 429 with Retry-After in %s stops the whole connection until then", async (_form, headerAt, waitMs) => {
  const before = Date.now();
  const header = headerAt(before);
  answers(429, { message: "Too many requests" }, header === undefined ? {} : { "retry-after": header });
  const { http, budget } = client();
  const { kind, details } = await failureOf(http.request(READ));
  const after = Date.now();
  expect(kind).toBe("rate_limited");
  // A date has no milliseconds, and the limit's interval comes with up to half a second of chance.
  expect(details.retryAt).toBeGreaterThanOrEqual(before + waitMs - 1_000);
  expect(details.retryAt).toBeLessThanOrEqual(after + waitMs + 1_000);
  expect(budget.usage()[0]?.blockedUntil).toBe(details.retryAt);
  budget.close();
});

test("K17 redirects are not followed, so the credential stays with the partner", async () => {
  answers(307, "", { location: "http://127.0.0.1:9/elsewhere" });
  const failure = await failureOf(client().http.request(READ));
  expect(failure).toMatchObject({ kind: "unavailable", details: { status: 307 } });
  expect(received).toHaveLength(1);
});

test.each(["//evil.example/x", "https://evil.example/x", "contacts", "/a b", "/a?b=c", "/a#b", "/a\\b", "/a\r\nx: y"])(
  "K17 the path %j is refused before anything is sent",
  async (path) => {
    answers(200, {});
    const failure = await failureOf(client().http.request({ ...READ, path }));
    expect(failure.kind).toBe("bug");
    expect(received).toEqual([]);
  },
);

test("K39 an address that an answer gave is called without the credential, and gives its text as it is", async () => {
  answer = (_request, response) => response.end('"quoted"');
  const wanted = {
    method: "GET",
    path: "/signed",
    address: `${base}/file?sig=1`,
    answers: "text",
    doing: "fetch",
  } as const;
  const { body } = await client().http.request(wanted);
  expect([body, received[0]?.url, received[0]?.headers.authorization]).toEqual(['"quoted"', "/file?sig=1", undefined]);
});

test("K45 bytes go out and come back as they are", async () => {
  const bytes = Buffer.from([0, 255, 10]);
  answer = (_request, response) => response.end(bytes);
  const content = { type: "audio/mpeg", bytes };
  const wanted = { method: "POST", path: "/upload", content, answers: "bytes", doing: "upload" } as const;
  expect((await client().http.request(wanted)).body).toEqual(bytes);
  expect(received[0]?.headers).toMatchObject({ "content-type": "audio/mpeg", "content-length": "3" });
  const refused = client().http.request({ ...wanted, answerBytesMax: 2 });
  await expect(refused).rejects.toThrow("over 2 bytes");
});

test.each([
  ...["http://10.0.0.1/x", "https://10.0.0.1/x", "https://localhost/x", "https://[::1]/x", "ftp://acme.example/x"],
  ...["https://host.internal/x", "https://user@acme.example/x", "/x"],
])("K39 %s is no address that is called because an answer gave it", async (address) => {
  const wanted = { method: "GET", path: "/signed", address, doing: "fetch" } as const;
  await expect(client().http.request(wanted)).rejects.toThrow("leads out by https");
  expect(received).toEqual([]);
});

test("K17 a base address that the connector does not have is refused", async () => {
  expect(await failureOf(client().http.request({ ...READ, base: "other" }))).toMatchObject({ kind: "bug" });
});

test("K18 neither the credential nor anybody's e-mail reaches a message", async () => {
  answers(401, { message: `key ${SECRET} of ana@example.com is refused` });
  const failure = await failureOf(client().http.request(READ));
  expect(failure.message).toContain("key … of (an e-mail) is refused");
  expect(JSON.stringify(failure.details)).not.toContain(SECRET);
});

test("K19 a refused credential is renewed once and the call sent again", async () => {
  let current: Credential = token;
  const renewed: Credential[] = [];
  answer = (request, response) => {
    response.writeHead(request.headers.authorization === "new" ? 200 : 401);
    response.end("{}");
  };
  const refresh = async (refused: Credential) => {
    renewed.push(refused);
    current = { kind: "token", token: "new" };
    return current;
  };
  const { http, calls } = client({ credential: async () => current, refresh });
  expect((await http.request(WRITE)).status).toBe(200);
  expect(renewed).toEqual([token]);
  expect(calls.map((call) => call.status)).toEqual([401, 200]);
});

test("K19 refused again after that, it is a failure and not a loop", async () => {
  answers(401, { message: "no" });
  const { http } = client({ refresh: async () => token });
  expect(await failureOf(http.request(READ))).toMatchObject({ kind: "unauthorized" });
  expect(received).toHaveLength(2);
});

test("K19 a missing permission renews nothing", async () => {
  answers(401, { message: "scope" });
  const classify = () => ({ kind: "forbidden", message: "scope" }) as const;
  const refresh = async () => Promise.reject(new Error("must not be asked"));
  expect(await failureOf(client({ connector: acme({ classify }), refresh }).http.request(READ))).toMatchObject({
    kind: "forbidden",
  });
});

test("K36 where writing is off a write is refused before it is sent, takes nothing of the allowance, and says what to do", async () => {
  const { http, calls } = client({ connector: acme({ canWrite: () => false }) });
  const refused = await failureOf(http.request(WRITE));
  expect(refused).toMatchObject({ kind: "forbidden", message: expect.stringMatching(/only reads.*writing: true/) });
  expect(refused).not.toMatchObject({ details: { isOutcomeUnknown: true } });
  expect([calls, received]).toEqual([[], []]);
});

test("K36 where writing is off reads go out, also those that are made by POST", async () => {
  answers(200, {});
  const { http } = client({ connector: acme({ canWrite: () => false }) });
  await http.request(READ);
  await http.request({ method: "POST", path: "/search", json: {}, isRead: true, doing: "search" });
  expect(received.map(({ method }) => method)).toEqual(["GET", "POST"]);
});

test("K20 every call gives its leave back, whatever became of it", async () => {
  const { http, budget } = client();
  answers(200, {});
  await http.request(READ);
  answers(500, {});
  await failureOf(http.request(READ));
  await failureOf(http.request({ ...READ, path: "bad" }));
  expect(budget.usage()[0]).toMatchObject({ used: 3, waiting: 0 });
});

test.each([
  ["http://api.example.com", "https://"],
  ["ftp://example.com", "https://"],
  ["https://user:pass@example.com", "user name"],
  ["https://example.com/?a=b", "query"],
  ["not an address", "is not an address"],
])("K21 the base address %s is refused", (text, words) => {
  expect(() => parseAddress(text, "base address")).toThrow(
    expect.objectContaining({ kind: "misconfigured", message: expect.stringContaining(words) }),
  );
});

test.each([
  "https://api.example.com/v1",
  "http://127.0.0.1:4681",
  "http://localhost:1",
  "http://[::1]:1",
  "http://sandbox:4681/x",
])("K21 the base address %s is accepted", (text) => {
  expect(text.startsWith(parseAddress(text, "base address").origin)).toBe(true);
});
