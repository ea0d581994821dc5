import { MockAgent } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { PRIORITIES } from "../model/priority.ts";
import { defineConnector } from "./connector.ts";
import { type Dialect, type HttpAction, httpAction } from "./httpOperation.ts";
import { manualClock } from "./manualClock.ts";
import { type Action, checkedInput } from "./operation.ts";
import { openConnection } from "./session.ts";

const Settings = z.strictObject({ shop: z.string(), generation: z.enum(["old", "new"]).default("old") });
type Settings = z.infer<typeof Settings>;
type Generation = Settings["generation"];

const DIALECT: Dialect<Settings, Generation> = {
  partner: "Acme",
  generations: ["old", "new"],
  generationOf: ({ generation }) => generation,
  headers: (generation, module) => ({ "x-api": `${module}:${generation}` }),
  fill: { shopId: ({ settings }) => settings.shop, ownerId: async ({ settings }) => `owner-of-${settings.shop}` },
  written: { colours: (value, generation) => (generation === "new" ? value : String(value)) },
  aliases: { succeeded: ["succeeded", "ok"], paint: ["paint", "pianit"] },
};

const Paint = z.object({ id: z.string(), name: z.string().optional() });
const PAINT = { id: "p1", name: "Blue" };

type Given = Readonly<Record<string, z.ZodType>>;
type Declared = HttpAction<Generation, Given, Given>;

function declared(different: Partial<Declared> = {}): Declared {
  return {
    id: "paint.mix",
    subject: "Paints",
    title: "Mix a paint",
    description: "Mixes a paint.",
    effect: "creates",
    scopes: ["paints.write"],
    module: "paints",
    source: "acme.example/docs",
    method: "POST",
    path: "/shops/{shopId}/paints/{paintId}",
    input: { paintId: z.string(), name: z.string().optional(), colours: z.array(z.string()).optional() },
    output: { paint: Paint },
    example: { input: { paintId: "p1" }, output: { paint: PAINT } },
    ...different,
  };
}

let agent: MockAgent;
beforeEach(() => {
  agent = new MockAgent();
  agent.disableNetConnect();
});
afterEach(() => agent.close());

/** What was asked of Acme. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly api: string;
  readonly body: unknown;
}

/** Runs an action against an Acme that answers everything so. */
async function run(action: Action<Settings>, input: object, answer: unknown = { paint: PAINT }, status = 200) {
  const asked: Asked[] = [];
  const acme = agent.get("https://acme.example");
  const reply = { statusCode: status, data: JSON.stringify(answer), responseOptions: JSON_TYPE };
  acme.intercept({ method: () => true, path: () => true }).reply((request) => {
    const headers = new Headers(request.headers as Record<string, string>);
    const text = typeof request.body === "string" ? request.body : undefined;
    const body: unknown = text === undefined ? undefined : JSON.parse(text);
    asked.push({ method: request.method, path: request.path, api: headers.get("x-api") ?? "", body });
    return reply;
  });
  const connector = defineConnector<Settings>({
    id: "acme",
    name: "Acme",
    baseUrls: () => ({ api: "https://acme.example" }),
    settings: Settings,
    account: ({ shop }) => shop,
    credentials: [],
    authorize: () => ({}),
    limits: () => [{ name: "burst", requests: 10, perMs: 1_000, source: "invented" }],
    country: () => "PT",
    check: async () => {},
    resources: {},
  });
  const { settings = { shop: "s1" }, ...given } = input as { settings?: object };
  const open = openConnection({
    connector,
    connection: { id: "acme", settings },
    credential: { load: async () => ({ kind: "token", token: "t" }), store: async () => {} },
    clock: manualClock(),
    random: () => 0.5,
    dispatcher: agent,
  });
  const session = open.session({ priority: PRIORITIES.live, calls: [] });
  const outcome = Promise.resolve().then(() => action.run(session, checkedInput(action, given)));
  const output = await outcome.catch((thrown: unknown) => ({ thrown }));
  return { asked, output, outcome };
}

const JSON_TYPE = { headers: { "content-type": "application/json" } };

test("OP1 each input goes where the declaration says: into the path, the body, or the query", async () => {
  const mix = httpAction(DIALECT, declared({ inQuery: ["name"], constant: { kind: "wall" } }));
  const { asked } = await run(mix, { paintId: "a/b", name: "Blue", colours: ["red"] });
  expect(asked).toEqual([
    {
      method: "POST",
      path: "/shops/s1/paints/a%2Fb?name=Blue",
      api: "paints:old",
      body: { colours: "red", kind: "wall" },
    },
  ]);
});

test("OP1 what a GET is given travels in its query, and it has no body", async () => {
  const look = httpAction(DIALECT, declared({ method: "GET", effect: "reads", constant: { kind: "wall" } }));
  const { asked } = await run(look, { paintId: "p1", name: "Blue" });
  expect(asked).toMatchObject([{ path: "/shops/s1/paints/p1?name=Blue&kind=wall", body: undefined }]);
});

test.each([
  ["POST", false, {}],
  ["DELETE", false, undefined],
  ["DELETE", true, {}],
] as const)("OP1 an empty body goes along with %s, declared %s", async (method, hasBody, body) => {
  const { asked } = await run(httpAction(DIALECT, declared({ method, hasBody })), { paintId: "p1" });
  expect(asked).toMatchObject([{ method, body }]);
});

test.each([
  [{ paintId: "p1", colour: "red", size: 3 }, 'it has no input "colour", "size"'],
  [{}, "paintId: is missing"],
  [{ paintId: 3 }, "paintId: Invalid input"],
])("OP2 the input %j is refused by name before anything is sent", async (input, issue) => {
  const { asked, outcome } = await run(httpAction(DIALECT, declared()), input);
  await expect(outcome).rejects.toMatchObject({
    kind: "rejected",
    details: { issues: [expect.stringContaining(issue)] },
  });
  expect(asked).toEqual([]);
});

test("OP3 the account's own ids are filled in where they are declared, and nobody is asked for them", async () => {
  const mix = httpAction(DIALECT, declared({ path: "/paints", fill: { shopId: "query", ownerId: "body" } }));
  const { asked } = await run(mix, { paintId: "p1" });
  expect(asked).toMatchObject([{ path: "/paints?shopId=s1", body: { paintId: "p1", ownerId: "owner-of-s1" } }]);
  expect(() => checkedInput(mix, { paintId: "p1", shopId: "s2" })).toThrow(/paint\.mix/);
});

test.each([
  ["old", "/paints/mix-up?paint_name=Blue", "red"],
  ["new", "/paints/mixUp?name=Blue", ["red"]],
] as const)(
  "OP4 the %s generation has its own path, spelling and form of values",
  async (generation, path, colours) => {
    const mix = httpAction(
      DIALECT,
      declared({
        path: { old: "/paints/mix-up", new: "/paints/mixUp" },
        input: { name: z.string(), colours: z.array(z.string()) },
        inQuery: ["name"],
        spelling: { old: { name: "paint_name" } },
        example: { input: { name: "Blue", colours: [] }, output: { paint: PAINT } },
      }),
    );
    const { asked } = await run(mix, { settings: { shop: "s1", generation }, name: "Blue", colours: ["red"] });
    expect(asked).toEqual([{ method: "POST", path, api: `paints:${generation}`, body: { colours } }]);
  },
);

test("OP4 an action that one generation has speaks that one, whatever is configured", async () => {
  const mix = httpAction(DIALECT, declared({ path: { old: "/old/{paintId}" } }));
  expect(mix.generations).toEqual(["old"]);
  const { asked } = await run(mix, { settings: { shop: "s1", generation: "new" }, paintId: "p1" });
  expect(asked).toMatchObject([{ path: "/old/p1", api: "paints:old" }]);
});

test.each([
  ["its name", { paint: { ...PAINT, size: 3, colour: null }, traceId: "t" }],
  ["an alias", { pianit: PAINT }],
  ["no envelope", PAINT],
])("OP5 an output is found under %s, without what is undocumented or null", async (_what, answer) => {
  const { output } = await run(httpAction(DIALECT, declared({ bare: "paint" })), { paintId: "p1" }, answer);
  expect(output).toEqual({ paint: PAINT });
});

test("OP5 an answer of another build is brought into shape first", async () => {
  const reshape = (body: unknown) => ({ paint: (body as { deep: unknown }).deep });
  const { output } = await run(httpAction(DIALECT, declared({ reshape })), { paintId: "p1" }, { deep: PAINT });
  expect(output).toEqual({ paint: PAINT });
});

test.each([[{ ok: true }], [{ succeeded: true }], [{}]])(
  "OP5 %j with a success status says that it was done",
  async (answer) => {
    const output = { succeeded: z.boolean() };
    const mix = httpAction(
      DIALECT,
      declared({ output, example: { input: { paintId: "p1" }, output: { succeeded: true } } }),
    );
    expect((await run(mix, { paintId: "p1" }, answer)).output).toEqual({ succeeded: true });
  },
);

test("OP6 a flag that says no is a refusal, whatever the status", async () => {
  const output = { succeeded: z.boolean() };
  const mix = httpAction(
    DIALECT,
    declared({ output, example: { input: { paintId: "p1" }, output: { succeeded: true } } }),
  );
  const { outcome } = await run(mix, { paintId: "p1" }, { ok: false });
  await expect(outcome).rejects.toMatchObject({ kind: "rejected", message: expect.stringContaining("mix a paint") });
});

test.each([
  ["creates", { isOutcomeUnknown: true }],
  ["reads", {}],
] as const)(
  "OP7 an action that %s and is answered in another shape tells what is known of its outcome",
  async (effect, details) => {
    const { outcome } = await run(httpAction(DIALECT, declared({ effect })), { paintId: "p1" }, { paint: {} });
    await expect(outcome).rejects.toMatchObject({ kind: "unavailable", details });
  },
);

test("OP7 a write that is answered 500 is sent once, and its outcome is told to be unknown", async () => {
  const { asked, outcome } = await run(httpAction(DIALECT, declared()), { paintId: "p1" }, { message: "no" }, 500);
  await expect(outcome).rejects.toMatchObject({ details: { isOutcomeUnknown: true } });
  expect(asked).toHaveLength(1);
});
