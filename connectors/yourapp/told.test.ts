import Fastify from "fastify";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  actionOf,
  anyConnector,
  type CallContext,
  followPages,
  type OpenConnection,
  openConnection,
  PRIORITIES,
  partnerAgent,
  partnerOf,
} from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { AppDeclaration } from "../../model/declaration.ts";
import { type FaultyFront, faultyFront } from "../../test/faultyFront.ts";
import { declaredConnector } from "./index.ts";

/** An app that has no API: it listens, and tells. */
const SECRET = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
const field = (key: string, path: string, type = "text") => ({ key, label: key, path, type, standard: key });
const APP = AppDeclaration.parse({
  name: "Bell",
  baseUrl: "https://bell.example",
  signIn: { kind: "none" },
  resources: {},
  told: {
    contact: { fields: [field("firstName", "name.first"), field("email", "mail", "email")] },
    task: { fields: [field("title", "what"), field("isCompleted", "done", "boolean")] },
  },
  outgoing: { path: "/hook" },
  webhooks: {
    proof: { kind: "standard" },
    events: [
      { name: "person.*", resource: "contact", id: "data.id", record: "data" },
      { name: "gone", resource: "contact", id: "data.id", isDeletion: true },
    ],
  },
});
const connector = anyConnector(declaredConnector(APP));

interface Came {
  readonly id: string;
  readonly body: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
}

let clock: ReturnType<typeof manualClock>;
let front: FaultyFront;
let open: OpenConnection;
let came: Came[];
let answers: number[];
const agent = partnerAgent(2);
const live: CallContext = { priority: PRIORITIES.live, calls: [] };

beforeEach(async () => {
  came = [];
  answers = [];
  clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const app = Fastify();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.post("/hook", async ({ headers, body }, reply) => {
    const id = String(headers["webhook-id"]);
    const at = Number(headers["webhook-timestamp"]);
    // The library of the standard signs the same, so that whoever uses it believes these messages.
    const signature = new Webhook(SECRET).sign(id, new Date(at * 1_000), String(body));
    if (headers["webhook-signature"] !== signature) return reply.code(401).send();
    const status = answers.shift() ?? 204;
    if (status < 300) came.push({ id, body: JSON.parse(String(body)) });
    return reply.code(status).send();
  });
  front = await faultyFront(app);
  open = openWith({ app: APP, writing: true, webhookSecret: SECRET });
});
afterEach(async () => {
  await open.close();
  await front.close();
});

function openWith(settings: object): OpenConnection {
  return openConnection({
    connector,
    connection: { id: "bell", settings, baseUrls: { api: front.url } },
    credential: { load: async () => ({ kind: "token", token: "none" }), store: async () => {} },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
}

const contacts = () => partnerOf(open, "contact");
const tasks = () => partnerOf(open, "task");
const poll = () => contacts().list(live, {});

async function run(id: string, input: Readonly<Record<string, unknown>> = {}) {
  const action = actionOf(connector.operations ?? [], id);
  if (action === undefined) throw new Error(`there should be ${id}`);
  return action.run(open.session(live), input);
}

async function statesOf(): Promise<unknown> {
  const { messages } = (await run("outgoing.list")) as { messages: { type: string; state: string; tries: number }[] };
  return messages.map(({ type, state, tries }) => `${type} ${state} ${tries}`);
}

test("YA50 what is made, changed or deleted in records that only webhooks tell of is told to the app in its own words", async () => {
  const { externalId } = await contacts().create(live, { firstName: "Ana", email: "ana@example.com" });
  const { externalId: taskId } = await tasks().create(live, { title: "Call", isCompleted: false }, externalId);
  await contacts().update(live, externalId, { firstName: { kind: "set", value: "Anna" } }, {});
  await tasks().delete(live, taskId, externalId);
  expect(came.map(({ body }) => [body.type, body.data])).toEqual([
    ["contact.created", { id: externalId, name: { first: "Ana" }, mail: "ana@example.com" }],
    ["task.created", { id: taskId, contactId: externalId, what: "Call", done: false }],
    ["contact.changed", { id: externalId, name: { first: "Anna" }, mail: "ana@example.com" }],
    ["task.deleted", { id: taskId, contactId: externalId }],
  ]);
  expect(await contacts().find(live, "email", "ana@example.com")).toEqual([externalId]);
});

test("YA51 a message that the app did not take is sent again under the same id, ever more seldom, and shows the record as it is then", async () => {
  answers = [500, 503];
  const { externalId } = await contacts().create(live, { firstName: "Ana" });
  await poll();
  expect(await statesOf()).toEqual(["contact.created waiting 1"]);
  await clock.advance(5_000);
  await poll();
  expect(await statesOf()).toEqual(["contact.created waiting 2"]);
  await clock.advance(200_000);
  await poll();
  expect(came).toEqual([]);
  await clock.advance(100_000);
  await poll();
  expect(came).toMatchObject([{ id: externalId, body: { data: { id: externalId } } }]);
  expect(await statesOf()).toEqual(["contact.created delivered 3"]);
});

test("YA51 a message that was never taken is given up after seven tries, stays in the log, and can be sent again", async () => {
  answers = Array.from({ length: 7 }, () => 500);
  await contacts().create(live, { firstName: "Ana" });
  for (let hours = 0; hours < 30; hours += 1) {
    await clock.advance(3_600_000);
    await poll();
  }
  expect(await statesOf()).toEqual(["contact.created failed 7"]);
  const { messages } = (await run("outgoing.list")) as { messages: { id: string }[] };
  expect(await run("outgoing.replay", { id: messages[0]?.id })).toEqual({ state: "delivered", said: "answered 204" });
  expect(came).toHaveLength(1);
});

test("YA51 of work that broke off, what came to be is told by the next look, and what did not is not", async () => {
  const { book } = open.session(live);
  const draft = {
    state: "draft",
    type: "contact.created",
    resource: "contact",
    verb: "created",
    recordId: "",
    parentId: "",
    tries: 0,
    dueAt: 0,
    said: "",
  };
  const made = await book.put({ resource: "outgoing", fields: draft, origin: "hub" });
  await book.put({ resource: "outgoing", fields: draft, origin: "hub" });
  const id = made.kind === "deleted" ? "" : made.record.externalId;
  await book.put({ resource: "contact", externalId: id, fields: { firstName: "Ana" }, origin: "hub" });
  await clock.advance(121_000);
  await poll();
  await poll();
  expect(came).toMatchObject([{ id, body: { type: "contact.created" } }]);
  expect(await statesOf()).toHaveLength(1);
});

test("YA50 nothing is changed and nothing told before writing is set", async () => {
  open = openWith({ app: APP, webhookSecret: SECRET });
  await expect(contacts().create(live, { firstName: "Ana" })).rejects.toMatchObject({ kind: "forbidden" });
  const rows = [];
  for await (const page of followPages((cursor) => contacts().list(live, cursor === undefined ? {} : { cursor })))
    rows.push(...page.records);
  expect(rows).toEqual([]);
  expect(came).toEqual([]);
});

test("YA52 a webhook tells a record whole: what it names, where the declaration says, and nothing else", () => {
  const body = { type: "person.new", data: { id: 7, name: { first: "Ana" }, other: 1 } };
  const notice = connector.webhooks?.parse(body, { "webhook-id": "m1" });
  expect(notice).toMatchObject({
    deliveryId: "m1",
    refs: [{ resource: "contact", externalId: "7" }],
    told: [{ resource: "contact", externalId: "7", fields: { firstName: "Ana" } }],
    sample: { type: "person.new", text: JSON.stringify(body) },
  });
  expect(connector.webhooks?.parse({ type: "gone", data: { id: 7 } }, {}).told).toEqual([
    { resource: "contact", externalId: "7", isDeleted: true },
  ]);
});
