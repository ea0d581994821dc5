import { expect, test } from "vitest";
import { createHighLevelEmulator } from "../highlevel/index.ts";
import { createSalesmateEmulator } from "../salesmate/index.ts";
import { createHandClock } from "../testing.ts";
import { createDoors, type Endpoint, type Sent, type Told } from "./door.ts";

type Emulator = ReturnType<typeof createHighLevelEmulator> | ReturnType<typeof createSalesmateEmulator>;
type Step = readonly [method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: unknown, headers?: object];

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };
/** Fastify's own notes about the moment and the connection. */
const OF_THE_SOCKET = new Set(["date", "connection", "content-length"]);

function sentOf([method, url, body, headers]: Step, always: object): Sent {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  return { method, url, headers: { ...JSON_TYPE, host: "crm.example", ...always, ...headers }, body: text };
}

async function overHttp({ app }: Emulator, { method, url, headers, body }: Sent): Promise<Told> {
  const known = ["GET", "POST", "PUT", "DELETE"] as const;
  const answer = await app.inject({
    method: known.find((each) => each === method) ?? "GET",
    url,
    headers: { ...headers },
    ...(body === "" ? {} : { payload: body }),
  });
  const kept = Object.entries(answer.headers).filter(([name]) => !OF_THE_SOCKET.has(name));
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    body: answer.body,
  };
}

/** Takes the same steps at two emulators that are alike, at one over HTTP and at the other in this process. */
async function bothWays(make: () => Emulator, steps: readonly Step[], always: (emulator: Emulator) => object) {
  const [served, asked] = [make(), make()];
  for (const step of steps) {
    const told = await asked.ask(sentOf(step, always(asked)));
    expect({ step, ...told }).toEqual({ step, ...(await overHttp(served, sentOf(step, always(served)))) });
  }
  const [ofServed, ofAsked] = [served, asked].map(({ control }) => control.calls.list());
  expect(ofAsked).toEqual(ofServed);
  await Promise.all([served.close(), asked.close()]);
}

function highlevel() {
  return createHighLevelEmulator({ ...createHandClock(), location: { id: "place" }, limits: { requests: 14 } });
}

test("Z20 HighLevel's emulator answers in this process as over HTTP, byte by byte", async () => {
  const steps: Step[] = [
    ["POST", "/contacts/", { locationId: "place", firstName: "Ana", email: "ana@example.com" }],
    ["GET", "/contacts/?locationId=place&limit=5&query=a+n%61"],
    ["GET", "/contacts/search/duplicate?locationId=place&email=ana%40example.com"],
    ["GET", "/contacts/no%20body"],
    ["GET", "/contacts/nobody/"],
    ["POST", "/contacts/search", { locationId: "place", pageLimit: 5, filters: [] }],
    ["POST", "/contacts/search", "{ no json"],
    ["PUT", "/contacts/nobody", { firstName: "Bea" }],
    ["GET", "/nowhere/at/all"],
    ["DELETE", "/nowhere/at/all", { some: "body" }],
    ["GET", "/contacts/nobody", undefined, { version: "some other" }],
    ["GET", "/contacts/nobody", undefined, { authorization: "Bearer stranger" }],
    ["POST", "/oauth/token", "grant_type=refresh_token&refresh_token=none&client_id=a&client_secret=b", FORM_TYPE],
    ["GET", "/locations/place"],
    ...Array.from({ length: 6 }, (): Step => ["GET", "/contacts/nobody"]),
  ];
  const signIn = (emulator: Emulator) =>
    "token" in emulator ? { authorization: `Bearer ${emulator.token}`, version: "2021-07-28" } : {};
  await bothWays(highlevel, steps, signIn);
});

test("Z20 Salesmate's emulator answers in this process as over HTTP, byte by byte", async () => {
  const make = () => createSalesmateEmulator(createHandClock());
  const signIn = (emulator: Emulator) =>
    "sessionKey" in emulator ? { accesstoken: emulator.sessionKey, "x-linkname": emulator.linkname } : {};
  const steps: Step[] = [
    ["POST", "/apis/contact/v4", { lastName: "Ana", owner: 1, email: "ana@example.com" }],
    ["GET", "/apis/contact/v4/1"],
    ["GET", "/apis/contact/v4/none"],
    ["GET", "/apis/core/v4/users?status=active"],
    ["POST", "/apis/contact/v4/search?rows=10&from=0", { displayingFields: ["contact.id"], filterQuery: {} }],
    ["POST", "/apis/contact/v4", "no json"],
    ["GET", "/apis/nowhere"],
    ["GET", "/apis/v1/tags", undefined, { accesstoken: "stranger" }],
  ];
  await bothWays(make, steps, signIn);
});

test("Z20 what is asked for goes wrong in this process as over HTTP", async () => {
  const faults = ["429", "401", "500-before", "500-after", "torn", "stale-read"].map((effect) => ({
    effect,
    times: 1,
  }));
  const make = () => {
    const emulator = highlevel();
    emulator.control.faults.set(faults);
    return emulator;
  };
  const signIn = (emulator: Emulator) =>
    "token" in emulator ? { authorization: `Bearer ${emulator.token}`, version: "2021-07-28" } : {};
  await bothWays(
    make,
    faults.map((): Step => ["GET", "/locations/place"]),
    signIn,
  );
});

test("Z20 where no answer would come, asking fails; where it is late, it waits", async () => {
  const clock = createHandClock();
  const emulator = createHighLevelEmulator({ ...clock, latencyMs: 50 });
  const ask = () => emulator.ask(sentOf(["GET", "/locations/place"], {}));
  emulator.control.faults.set([{ effect: "drop", times: 1 }]);
  const dropped = ask();
  await settled();
  clock.advance(50);
  await expect(dropped).rejects.toThrow("cut");
  let isAnswered = false;
  const late = ask().then(() => {
    isAnswered = true;
  });
  await settled();
  clock.advance(49);
  await settled();
  expect(isAnswered).toBe(false);
  clock.advance(1);
  await late;
  await emulator.close();
});

test("Z20 an operation that is opened again replaces the earlier, and a method of its own is another", () => {
  const doors = createDoors();
  const [first, second, other] = [endpoint("GET"), endpoint("GET"), endpoint("PUT")];
  for (const each of [first, second, other]) doors.open(each);
  expect(doors.find("GET", "/people/a%20b/")).toMatchObject({ pattern: "/people/:id", params: { id: "a b" } });
  expect(doors.find("GET", "/people/1")?.endpoint).toBe(second);
  expect(doors.find("PUT", "/people/1")?.endpoint).toBe(other);
  expect(doors.find("DELETE", "/people/1")).toBeUndefined();
});

function endpoint(method: Endpoint["method"]): Endpoint {
  return { method, url: "/people/:id", handler: () => undefined };
}

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
