import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { connectorById } from "../../connectors/index.ts";
import { HandCallView, OperationRunView, OperationsView, OperationView } from "../../model/api/operations.ts";
import { Problem } from "../../model/api/views.ts";
import { createHighLevelEmulator, type HighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { aHub, type Scene } from "../scene.ts";

let emulator: HighLevelEmulator;
let scene: Scene;
let closeEmulator: () => Promise<void>;
const AT = "/api/workspaces/w/connections";

beforeAll(async () => {
  emulator = createHighLevelEmulator({ quirks: { searchLagMs: 0 } });
  const { url, close } = await emulator.listen(0);
  closeEmulator = close;
  const highlevel = connectorById("highlevel");
  if (highlevel === undefined) throw new Error("there is no connector for HighLevel");
  const clock = { now: Date.now, after: () => () => {} };
  scene = await aHub({ connectors: new Map([[highlevel.id, highlevel]]), clock });
  const connection = (id: string, token: string) => ({
    id,
    connector: "highlevel",
    name: "Harbour Dental",
    settings: { locationId: emulator.location.id, writing: true },
    baseUrls: { api: url },
    credential: { kind: "token", token },
  });
  emulator.access.issuePrivate(["contacts.readonly"], "Location", "pit-reader");
  const document = {
    workspace: { id: "w", name: "Workshop" },
    connections: [connection("crm", emulator.token), connection("reader", "pit-reader")],
  };
  expect((await send("PUT", "/api/workspaces/w", document)).status).toBe(200);
});
afterAll(async () => {
  await scene.hub.stop();
  await closeEmulator();
});

function send(method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  return fetch(scene.hub.listensAt + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function run(connection: string, id: string, input: object): Promise<Response> {
  return send("POST", `${AT}/${connection}/operations/${id}`, { input });
}

async function permissionOf(connection: string, id: string) {
  const { operations } = OperationsView.parse(await (await send("GET", `${AT}/${connection}/operations`)).json());
  return operations.find((entry) => entry.id === id)?.permission;
}

test("OP10 the catalogue of a connection is listed and numbered, and each entry is shown with its shapes", async () => {
  const { connection, operations } = OperationsView.parse(await (await send("GET", `${AT}/crm/operations`)).json());
  expect(connection).toEqual({ id: "crm", name: "Harbour Dental", partner: "HighLevel" });
  expect(operations.map(({ number }) => number)).toEqual(operations.map((_entry, place) => place + 1));
  const one = OperationView.parse(await (await send("GET", `${AT}/crm/operations/note.create`)).json());
  expect(one).toMatchObject({
    title: "Create a note",
    effect: "creates",
    scopes: ["contacts.write"],
    calls: [{ method: "POST", path: "/contacts/{contactId}/notes", generation: "dated" }, { generation: "v3" }],
    input: { type: "object", required: ["contactId", "body"], additionalProperties: false },
    output: { type: "object" },
    example: { input: { body: expect.any(String) } },
  });
});

test("OP10 an operation is run with its input, and its answer comes with the calls that were made", async () => {
  const made = await run("crm", "contact.create", { firstName: "Ana", email: "ana@example.com" });
  expect(made.status).toBe(200);
  const { output, calls } = OperationRunView.parse(await made.json());
  expect(output).toMatchObject({ contact: { firstName: "Ana" } });
  expect(calls).toMatchObject([{ method: "POST", path: "/contacts/", status: 201 }]);
});

test.each([
  ["crm", "note.create", { contactId: "c1", text: "x" }, 422, '"text"'],
  ["crm", "note.paint", {}, 404, "note.paint"],
  ["none", "note.list", {}, 404, "none"],
])("OP10 what cannot be run is refused in words: %s %s %j", async (connection, id, input, status, words) => {
  const response = await run(connection, id, input);
  expect(response.status).toBe(status);
  expect(Problem.parse(await response.json()).detail).toContain(words);
});

test("OP9 what the credential may do is learned from the answers of the partner", async () => {
  expect(await permissionOf("reader", "contact.create")).toEqual({ state: "unknown", missing: [] });
  expect((await run("reader", "contact.list", {})).status).toBe(200);
  expect((await run("reader", "contact.create", { firstName: "Zoë" })).status).toBe(502);
  expect(await permissionOf("reader", "contact.read")).toEqual({ state: "yes", missing: [] });
  expect(await permissionOf("reader", "note.create")).toEqual({ state: "no", missing: ["contacts.write"] });
  expect(await permissionOf("reader", "calendar.list")).toEqual({ state: "unknown", missing: [] });
});

test("OP11 where writing is off, writes are refused before anything is sent, and reads are run", async () => {
  const store = scene.store;
  const row = await store.connection("w", "crm");
  if (row === undefined) throw new Error("the connection is there");
  await store.putConnection({ ...row, settings: { ...Object(row.settings), writing: false } });
  const refused = await run("crm", "contact.create", { firstName: "Never" });
  expect(refused.status).toBe(422);
  expect(Problem.parse(await refused.json()).detail).toContain("only reads");
  expect((await run("crm", "contact.list", {})).status).toBe(200);
  expect(JSON.stringify(emulator.control.contacts.list())).not.toContain("Never");
  await store.putConnection(row);
});

test("OP12 a write whose outcome is not known says so, and to look before it is run again", async () => {
  emulator.control.faults.set([{ match: { method: "POST" }, effect: "500-after", times: 1 }]);
  const response = await run("crm", "contact.create", { firstName: "Perhaps" });
  expect(response.status).toBe(503);
  expect(Problem.parse(await response.json()).detail).toMatch(/not known.*before you run it again/);
});

test("OP13 what is run by hand is kept with who ran it, its effect, its requests and what came of it", async () => {
  const callsOf = async (query: string) =>
    z.array(HandCallView).parse(await (await send("GET", `${AT}/crm/calls${query}`)).json());
  const [before] = await callsOf("?limit=1");
  emulator.control.faults.set([{ match: { method: "POST" }, effect: "500-after", times: 1 }]);
  await run("crm", "contact.create", { firstName: "Perhaps" });
  await run("crm", "contact.create", { firstName: "Ana", email: "kept@example.com" });
  await run("crm", "contact.read", { contactId: "nobody" });
  await run("crm", "contact.read", { contactId: "x", unknown: 1 });
  const since = (await callsOf("")).filter(({ id }) => id > (before?.id ?? ""));
  const title = "Create a contact";
  expect(since.slice(1)).toMatchObject([
    {
      title,
      by: "program",
      effect: "creates",
      outcome: "done",
      input: { email: "kept@example.com" },
      calls: [{ status: 201 }],
    },
    { title, effect: "creates", outcome: "unknown", error: { message: expect.stringContaining("not known") } },
  ]);
  expect(since[0]).toMatchObject({ operationId: "contact.read", effect: "reads", outcome: "failed" });
  expect((await callsOf("?operationId=contact.read")).every(({ operationId }) => operationId === "contact.read")).toBe(
    true,
  );
});

test("OP13 passwords given to an operation are not kept", async () => {
  const { example } = OperationView.parse(await (await send("GET", `${AT}/crm/operations/user.create`)).json());
  await run("crm", "user.create", { ...Object(example.input), password: "Quay-12-Street" });
  const [kept] = await scene.store.handCalls("w", { connectionId: "crm", limit: 1 });
  expect(kept).toMatchObject({ operationId: "user.create", input: { firstName: "Nuno", password: "(not kept)" } });
});

test("OP21 what a partner tells by messages is said to be not sent to a private token, whatever its permissions", async () => {
  const { operations } = OperationsView.parse(await (await send("GET", `${AT}/crm/operations`)).json());
  const messages = operations.filter(({ kind, blocked }) => kind === "trigger" && blocked !== undefined);
  expect(messages.length).toBeGreaterThan(10);
  for (const { blocked } of messages) expect(blocked).toContain("HighLevel sends no messages to a private integration");
  expect(operations.filter(({ kind, blocked }) => kind === "action" && blocked !== undefined)).toEqual([]);
});
