import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectorById } from "../../connectors/index.ts";
import { allowedAddresses, guardedAgent, NOTHING_ALLOWED } from "../../kit/index.ts";
import { AppRead, AppTrialView } from "../../model/api/apps.ts";
import type { AppDeclaration } from "../../model/declaration.ts";
import { DAYBOOK, daybookWorld } from "../../test/daybook.ts";
import { acme, aHub, aWorkspace, type Scene } from "../scene.ts";

const yourapp = connectorById("yourapp") ?? acme;
const resolve = async () => [];
let scene: Scene;
let world: Awaited<ReturnType<typeof daybookWorld>>;
let app: AppDeclaration;

async function start(allowed = allowedAddresses(["127.0.0.1"]) ?? NOTHING_ALLOWED): Promise<void> {
  scene = await aHub({
    connectors: new Map([acme, yourapp].map((one) => [one.id, one])),
    guarded: guardedAgent({ resolve, allowed }),
  });
  await asked("PUT", "/api/workspaces/w", aWorkspace());
}

beforeEach(async () => {
  world = await daybookWorld();
  app = { ...DAYBOOK, baseUrl: world.connection.baseUrls?.api ?? "" };
});
afterEach(async () => {
  await scene.hub.stop();
  await world.close();
});

async function asked(method: string, path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const answer = await fetch(scene.hub.listensAt + path, { method, headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

const DOCUMENT = readFileSync(new URL("../../examples/your-app/openapi.yaml", import.meta.url), "utf8");
const read = (source: object) => asked("POST", "/api/apps/read", source);
const tried = (body: object) => asked("POST", "/api/workspaces/w/apps/try", body);
const credential = { kind: "token", token: "daybook-test-key" };

test("YA30 a document is read from its text or its address, and a declaration as it stands", async () => {
  await start();
  const typed = AppRead.parse((await read({ text: DOCUMENT })).body);
  const fetched = AppRead.parse((await read({ address: `${new URL(app.baseUrl).origin}/openapi.yaml` })).body);
  expect(typed).toMatchObject({ kind: "document", title: "Daybook" });
  expect(fetched).toEqual(typed);
  expect(AppRead.parse((await read({ text: JSON.stringify(DAYBOOK) })).body)).toEqual({
    kind: "declaration",
    declaration: DAYBOOK,
  });
});

test("YA30 what is neither is refused with the reason, and so is a declaration that errs", async () => {
  await start();
  expect(await read({ text: "<html>" })).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining("no OpenAPI") },
  });
  const errs = await read({ text: JSON.stringify({ ...DAYBOOK, country: "Sweden" }) });
  expect(errs.status).toBe(422);
  expect(JSON.stringify(errs.body)).toContain("country: must be two capital letters");
  const gone = await read({ address: `${new URL(app.baseUrl).origin}/nothing.yaml` });
  expect(JSON.stringify(gone.body)).toContain("it answered 404");
});

test("YA31 each entry of an app's catalogue can be tried before it is connected, on a live record as the app shows it", async () => {
  await start();
  const { database } = world.daybook;
  const person = database.add("people", { given_name: "Ana", contact: { email: "ana@example.com" } });
  const listed = AppTrialView.parse((await tried({ app, credential, operation: "contact.list" })).body);
  expect(listed.output).toMatchObject({ records: [{ id: person?.id, fields: { firstName: "Ana" } }] });
  const input = { id: person?.id };
  const one = AppTrialView.parse((await tried({ app, credential, operation: "contact.read", input })).body);
  expect(one.output).toMatchObject({ fields: { email: "ana@example.com" } });
  expect(one.raw).toMatchObject({ person: { given_name: "Ana", contact: { email: "ana@example.com" } } });
  expect(one.calls).toMatchObject([{ path: `/people/${person?.id}`, status: 200 }, { status: 200 }]);
});

test("YA31 what changes something is tried only where that was asked for", async () => {
  await start();
  const create = { app, credential, operation: "contact.create", input: { fields: { firstName: "Ana" } } };
  const refused = await tried(create);
  expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining("Nothing was sent") } });
  expect(world.daybook.database.list("people", { page: 1, perPage: 9 }).total).toBe(0);
  const done = await tried({ ...create, isWriting: true });
  expect(done).toMatchObject({ status: 200, body: { output: { id: "1" } } });
});

test("YA31 a wrong key is told as such, and nothing is stored", async () => {
  await start();
  const wrong = await tried({ app, credential: { kind: "token", token: "another-key" }, operation: "contact.list" });
  expect(JSON.stringify(wrong.body)).toContain("Daybook");
  expect(JSON.stringify(wrong.body)).not.toContain("another-key");
  expect(await scene.store.connections("w")).toHaveLength(2);
});

test("YA22 neither a document nor an app in the hub's own network is asked unless the operator allows it", async () => {
  await start(NOTHING_ALLOWED);
  const { origin } = new URL(app.baseUrl);
  for (const answer of [
    await read({ address: `${origin}/openapi.yaml` }),
    await tried({ app, credential, operation: "contact.list" }),
  ]) {
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(answer.body)).toContain("KITH_ALLOWED_ADDRESSES");
  }
});
