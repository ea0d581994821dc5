import { createHmac } from "node:crypto";
import Fastify from "fastify";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { type Credential, openConnection, PRIORITIES, partnerAgent } from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { AppDeclaration, DeclaredWebhooks, type SignIn } from "../../model/declaration.ts";
import { DAYBOOK, daybookWorld } from "../../test/daybook.ts";
import { faultyFront } from "../../test/faultyFront.ts";
import { declaredConnector, yourapp } from "./index.ts";
import { signedHeaders, signedQuery } from "./signIn.ts";
import { webhooksOf } from "./webhooks.ts";

function settingsOf(signIn: SignIn) {
  return { app: { ...DAYBOOK, signIn }, writing: true };
}

const TOKEN: Credential = { kind: "token", token: "ana:secret" };
const WAYS: readonly [string, SignIn, object, object][] = [
  [
    "a key in a header",
    { kind: "apiKey", in: "header", name: "X-Key", prefix: "Key " },
    { "x-key": "Key ana:secret" },
    {},
  ],
  ["a key in the query", { kind: "apiKey", in: "query", name: "key", prefix: "" }, {}, { key: "ana:secret" }],
  ["a bearer token", { kind: "bearer" }, { authorization: "Bearer ana:secret" }, {}],
  ["user and password", { kind: "basic" }, { authorization: "Basic YW5hOnNlY3JldA==" }, {}],
  ["nothing", { kind: "none" }, {}, {}],
];

test.each(WAYS)("YA6 an app is signed in to by %s", (_way, signIn, headers, query) => {
  expect(signedHeaders(TOKEN, settingsOf(signIn))).toEqual(headers);
  expect(signedQuery(TOKEN, settingsOf(signIn))).toEqual(query);
});

test("YA6 client id and secret are exchanged for a token, which is kept and exchanged again when it ends", async () => {
  const app = Fastify();
  const asked: string[] = [];
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, body),
  );
  app.post("/token", async ({ body }) => {
    asked.push(String(body));
    return { access_token: `token-${asked.length}`, expires_in: 600 };
  });
  app.get("/people", async ({ headers }, reply) =>
    headers.authorization === `Bearer token-${asked.length}` ? { people: [] } : reply.code(401).send({}),
  );
  const { url, close } = await faultyFront(app);
  const clock = manualClock(0);
  const signIn: SignIn = { kind: "clientCredentials", tokenUrl: `${url}/token`, scopes: ["read"] };
  let kept: Credential | { kind: "consent"; clientId: string; clientSecret: string } = {
    kind: "consent",
    clientId: "id",
    clientSecret: "hush",
  };
  const keep = async (credential: Credential): Promise<void> => {
    kept = credential;
  };
  const agent = partnerAgent(1);
  const open = openConnection({
    connector: declaredConnector({ ...DAYBOOK, signIn }),
    connection: { id: "daybook", settings: settingsOf(signIn), baseUrls: { api: url } },
    credential: { load: async () => kept, store: keep },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const context = { priority: PRIORITIES.live, calls: [] };
  await open.check(context);
  await open.check(context);
  expect(asked).toEqual(["grant_type=client_credentials&scope=read&client_id=id&client_secret=hush"]);
  expect(kept).toMatchObject({ kind: "oauth", accessToken: "token-1" });
  await clock.advance(600_000);
  await open.check(context);
  expect(asked).toHaveLength(2);
  await open.close();
  await agent.destroy();
  await close();
});

test("YA7 a page in the place of an answer, or a wrong path, is not taken for a record that is gone", () => {
  const { classify } = declaredConnector(DAYBOOK);
  const told = (path: string, body: unknown) =>
    classify?.({ method: "GET", path, status: 404, headers: {}, body })?.kind;
  expect(told("/people", { error: "no such route" })).toBe("unavailable");
  expect(told("/people/7", "<html>Not found</html>")).toBe("unavailable");
  expect(told("/people/7", { error: "no such person" })).toBeUndefined();
});

const SECRET = "a secret of some length";
const BODY = JSON.stringify({
  event: "note.changed",
  delivery: "d1",
  at: "2026-03-06T12:00:00Z",
  record: { id: 7, person_id: 3 },
});
const rawBody = Buffer.from(BODY);
const events = DAYBOOK.webhooks?.events ?? [];

function verdictOf(proof: unknown, headers: Record<string, string>, secret = SECRET) {
  const adapter = webhooksOf(DeclaredWebhooks.parse({ proof, events }));
  return adapter.verify({ headers, rawBody }, { ...settingsOf({ kind: "none" }), webhookSecret: secret }).kind;
}

test("YA8 a webhook signed with the shared secret is believed, any other is not", () => {
  const proof = { kind: "hmac", header: "X-Sign", prefix: "sha256=" };
  const hex = createHmac("sha256", SECRET).update(BODY).digest("hex");
  expect(verdictOf(proof, { "x-sign": `sha256=${hex}` })).toBe("verified");
  expect(verdictOf(proof, { "x-sign": hex })).toBe("forged");
  expect(verdictOf(proof, { "x-sign": `sha256=${hex.replace(/^./, (one) => (one === "0" ? "1" : "0"))}` })).toBe(
    "forged",
  );
  expect(verdictOf(proof, { "x-sign": "sha256=nonsense" })).toBe("forged");
  expect(verdictOf(proof, {})).toBe("unsigned");
});

test("YA8 a webhook with the secret itself is believed, any other is not", () => {
  const proof = { kind: "token", header: "Authorization", prefix: "Bearer " };
  expect(verdictOf(proof, { authorization: `Bearer ${SECRET}` })).toBe("verified");
  expect(verdictOf(proof, { authorization: "Bearer another" })).toBe("forged");
  expect(verdictOf(proof, {})).toBe("unsigned");
});

test("YA8 a Standard Webhook is believed as the library of the standard signs it", () => {
  const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
  const at = new Date(1_700_000_000_000);
  const signature = new Webhook(secret).sign("msg_1", at, BODY);
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": "1700000000",
    "webhook-signature": `v1,bm8= ${signature}`,
  };
  expect(verdictOf({ kind: "standard" }, headers, secret)).toBe("verified");
  expect(verdictOf({ kind: "standard" }, { ...headers, "webhook-id": "msg_2" }, secret)).toBe("forged");
  expect(verdictOf({ kind: "standard" }, {}, secret)).toBe("unsigned");
});

test("YA8 without a secret no webhook is believed", () => {
  const adapter = webhooksOf(DeclaredWebhooks.parse({ proof: { kind: "token", header: "X-Key" }, events }));
  expect(adapter.verify({ headers: { "x-key": "" }, rawBody }, settingsOf({ kind: "none" })).kind).toBe("unsigned");
});

test("YA8 a webhook names the record, its contact and its delivery as declared", () => {
  const adapter = webhooksOf(DeclaredWebhooks.parse({ ...DAYBOOK.webhooks }));
  expect(adapter.parse(JSON.parse(BODY))).toEqual({
    ...{ type: "note.changed", account: "", deliveryId: "d1", occurredAt: Date.UTC(2026, 2, 6, 12) },
    refs: [{ resource: "note", externalId: "7", parentId: "3" }],
  });
  expect(adapter.parse({ event: "invoice.paid", delivery: "d2", record: { id: 1 } }).refs).toEqual([]);
});

test("YA9 the catalogue holds what the records can be asked for, what tells of them, and each further request", async () => {
  const further = { id: "report.monthly", title: "Read the monthly report", method: "GET", path: "/reports/{month}" };
  const inputs = [
    { name: "month", in: "path" },
    { name: "currency", in: "query" },
  ];
  const app = AppDeclaration.parse({ ...DAYBOOK, operations: [{ ...further, inputs }] });
  const ids = (declaredConnector(app).operations ?? []).map(({ id }) => id);
  expect(ids).toHaveLength(4 * 6 + 1);
  expect(ids).toEqual(expect.arrayContaining(["contact.list", "note.delete", "appointment.changed", "report.monthly"]));
});

test("YA9 an operation of the catalogue runs", async () => {
  const world = await daybookWorld();
  const agent = partnerAgent(1);
  const connector = declaredConnector(DAYBOOK);
  const { connection, clock, credential } = world;
  const load = { load: async () => credential, store: async () => {} };
  const open = openConnection({ connector, connection, credential: load, clock, random: () => 0.5, dispatcher: agent });
  const run = async (id: string, input: Readonly<Record<string, unknown>>) => {
    const found = connector.operations?.find((one) => one.id === id);
    if (found?.kind !== "action") throw new Error(`there should be an action ${id}`);
    return found.run(open.session({ priority: PRIORITIES.live, calls: [] }), input);
  };
  const { id } = (await run("contact.create", { fields: { firstName: "Ana", city: "Porto" } })) as { id: string };
  await run("contact.update", { id, fields: { city: "Faro", firstName: null } });
  expect(await run("contact.read", { id })).toMatchObject({ id, fields: { firstName: "", city: "Faro" } });
  expect(await run("contact.list", {})).toMatchObject({ records: [{ id }] });
  await run("contact.delete", { id });
  await expect(run("contact.read", { id })).rejects.toMatchObject({ kind: "not_found" });
  await open.close();
  await agent.destroy();
  await world.close();
});

test("YA6 an app only reads until writing is set", () => {
  expect(yourapp.canWrite?.(yourapp.settings.parse({ app: DAYBOOK }))).toBe(false);
});
