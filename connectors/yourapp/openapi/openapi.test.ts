import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import { bigDocument } from "../../../test/bigDocument.ts";
import { DAYBOOK, daybookWorld } from "../../../test/daybook.ts";
import { declaredConnector } from "../index.ts";
import { importApi } from "./index.ts";

const DOCUMENT = readFileSync(new URL("../../../examples/your-app/openapi.yaml", import.meta.url), "utf8");

test("YA11 all that a document tells of an app is suggested: its records, how they are reached, and which field is which", async () => {
  const { declaration, signIns, servers } = await importApi(DOCUMENT);
  expect(signIns).toEqual([DAYBOOK.signIn]);
  expect(servers).toEqual([DAYBOOK.baseUrl]);
  for (const resource of ["contact", "task", "note", "appointment"] as const) {
    const [suggested, written] = [declaration.resources[resource], DAYBOOK.resources[resource]];
    const { fields, ...reach } = suggested ?? { fields: [] };
    const { fields: writtenFields, ...writtenReach } = written ?? { fields: [] };
    expect(reach, resource).toEqual(writtenReach);
    const standard = (all: typeof fields) =>
      all.flatMap(({ standard: one, path, type, written: as }) => (one ? [{ one, path, type, as }] : []));
    expect(standard(fields), resource).toEqual(standard(writtenFields));
  }
});

test("YA11 what was suggested works on the app itself", async () => {
  const world = await daybookWorld();
  const { declaration } = await importApi(DOCUMENT);
  const agent = partnerAgent(1);
  const open = openConnection({
    connector: declaredConnector(declaration),
    connection: { ...world.connection, settings: { app: declaration, writing: true } },
    credential: { load: async () => world.credential, store: async () => {} },
    clock: world.clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const live = { priority: PRIORITIES.live, calls: [] };
  const { externalId } = await partnerOf(open, "contact").create(live, { firstName: "Ana", email: "ana@example.com" });
  await partnerOf(open, "task").create(live, { title: "Call", isCompleted: true }, externalId);
  const { records } = await partnerOf(open, "task").list(live, { parentId: externalId });
  expect(records).toMatchObject([{ parentId: externalId, fields: { title: "Call", isCompleted: true } }]);
  expect(await partnerOf(open, "contact").find(live, "email", "ana@example.com")).toEqual([externalId]);
  await open.close();
  await agent.destroy();
  await world.close();
});

const PERSON = {
  type: "object",
  properties: {
    customerId: { type: "integer" },
    name: { type: "string", maxLength: 80 },
    emailAddress: { type: "string" },
    updatedOn: { type: "integer", description: "Epoch milliseconds" },
    owner: { $ref: "#/definitions/Owner" },
  },
};
const paged = {
  type: "object",
  properties: {
    data: { type: "array", items: PERSON },
    meta: { type: "object", properties: { nextCursor: { type: "string" } } },
  },
};
const SWAGGER = {
  swagger: "2.0",
  info: { title: "Shop", version: "3" },
  host: "shop.example",
  basePath: "/v2",
  schemes: ["https"],
  securityDefinitions: { key: { type: "apiKey", in: "query", name: "token" } },
  definitions: {
    Owner: { type: "object", properties: { ownerName: { type: "string" }, boss: { $ref: "#/definitions/Owner" } } },
  },
  paths: {
    "/customers": {
      get: {
        produces: ["application/json"],
        parameters: [
          { name: "pageToken", in: "query", type: "string" },
          { name: "limit", in: "query", type: "integer", maximum: 50 },
          { name: "updatedSince", in: "query", type: "integer", description: "milliseconds" },
        ],
        responses: { 200: { description: "ok", schema: paged } },
      },
      post: {
        consumes: ["application/json"],
        parameters: [{ name: "body", in: "body", schema: PERSON }],
        responses: { 201: { description: "made" } },
      },
    },
    "/customers/{customer-id}": {
      parameters: [{ name: "customer-id", in: "path", required: true, type: "integer" }],
      get: { produces: ["application/json"], responses: { 200: { description: "ok", schema: PERSON } } },
      put: {
        consumes: ["application/json"],
        parameters: [{ name: "body", in: "body", schema: PERSON }],
        responses: { 200: { description: "ok" } },
      },
    },
  },
};

test("YA12 a Swagger 2 document is read as well, with a cursor, a whole replacement, times in numbers and a shape that holds itself", async () => {
  const { declaration } = await importApi(JSON.stringify(SWAGGER));
  expect(declaration.baseUrl).toBe("https://shop.example/v2");
  expect(declaration.signIn).toEqual({ kind: "apiKey", in: "query", name: "token", prefix: "" });
  expect(declaration.resources.contact).toMatchObject({
    list: {
      ...{ path: "/customers", records: "data", since: { parameter: "updatedSince", as: "epochMs" } },
      paging: { kind: "cursor", parameter: "pageToken", at: "meta.nextCursor", sizeParameter: "limit", size: 50 },
    },
    read: { path: "/customers/{id}" },
    update: { method: "PUT", path: "/customers/{id}", sends: "whole" },
    id: "customerId",
    changedAt: { path: "updatedOn", as: "epochMs" },
  });
  const fields = declaration.resources.contact?.fields ?? [];
  expect(fields.map(({ key, path }) => [key, path])).toContainEqual(["fullName", "name"]);
  expect(fields.map(({ key }) => key)).toContain("email");
  expect(fields.find(({ key }) => key === "fullName")?.maxLength).toBe(80);
});

test("YA12 records that belong to no known contact are not suggested, and their requests are listed all the same", async () => {
  const notes = { "/notes": SWAGGER.paths["/customers"], "/notes/{id}": SWAGGER.paths["/customers/{customer-id}"] };
  const { declaration } = await importApi(JSON.stringify({ ...SWAGGER, paths: notes }));
  expect(declaration.resources.note).toBeUndefined();
  expect(declaration.operations).toHaveLength(4);
});

test("YA13 a document of 200 requests is read whole, each request once, in far less than five seconds", async () => {
  const startedAt = performance.now();
  const { declaration } = await importApi(bigDocument(200));
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(declaration.operations).toHaveLength(200);
  expect(new Set(declaration.operations.map(({ id }) => id)).size).toBe(200);
  expect(declaredConnector(declaration).operations).toHaveLength(200);
});

const BAD: readonly [string, string, RegExp][] = [
  ["a web page", "<!doctype html><p>Docs</p>", /neither JSON nor YAML/],
  ["another object", "{}", /does not begin with openapi/],
  ["a version that is not known", '{"openapi": "4.0.0"}', /does not begin with openapi/],
  ["one without paths", '{"openapi": "3.1.0", "info": {}}', /describes no paths/],
  [
    "YAML that unfolds without end",
    `a: &a [x, x, x, x, x, x, x, x, x]\n${"bcdefgh"
      .split("")
      .map((one, place) => `${one}: &${one} [${`*${"abcdefg"[place]}, `.repeat(9)}]`)
      .join("\n")}\n`,
    /neither JSON nor YAML/,
  ],
];

test.each(BAD)("YA14 %s is refused with the reason", async (_what, text, words) => {
  await expect(importApi(text)).rejects.toMatchObject({ kind: "rejected", message: expect.stringMatching(words) });
});

test("YA14 a document that errs in any part is read as far as it goes, or refused", async () => {
  const part = fc.jsonValue({ maxDepth: 4 });
  const operation = fc.record(
    { parameters: part, responses: part, requestBody: part, tags: part, summary: part },
    { requiredKeys: [] },
  );
  const documents = fc.record({
    openapi: fc.constant("3.1.0"),
    info: part,
    servers: part,
    security: part,
    components: part,
    paths: fc.dictionary(
      fc.string().map((one) => `/${one}`),
      fc.oneof(part, fc.record({ get: operation, post: operation })),
    ),
  });
  await fc.assert(
    fc.asyncProperty(documents, async (document) => {
      const outcome = await importApi(JSON.stringify(document)).catch((thrown: unknown) => thrown);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Failure);
    }),
    { numRuns: 60 },
  );
});
