import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const TRACE = /^[0-9a-f-]{36}$/;

/** Every operation of a location, with something in the place of each name. */
function operationsOf({ emulator }: ReturnType<typeof setUp>) {
  return [...emulator.at(emulator.location.id).operations.all()].map(({ method, url }) => ({
    method,
    path: url.replace(":locationId", emulator.location.id).replaceAll(/:\w+/g, "nobody"),
  }));
}

test("EH418 every refusal carries a traceId, whatever was asked: without a token, by nonsense, over the limit", async () => {
  const bench = setUp();
  const { call, emulator } = bench;
  const operations = operationsOf(bench);
  const refusals = { signedOut: 0, nonsense: 0, tooMany: 0 };
  for (const { method, path } of operations) {
    const signedOut = await call(method, path, undefined, { authorization: "Bearer nobody" });
    expect([path, signedOut.status, signedOut.body.traceId]).toEqual([path, 401, expect.stringMatching(TRACE)]);
    refusals.signedOut += 1;
    const nonsense = await call(method, path, method === "GET" ? undefined : { nonsense: true });
    if (nonsense.status < 400) continue;
    expect([path, nonsense.body.traceId]).toEqual([path, expect.stringMatching(TRACE)]);
    refusals.nonsense += 1;
  }
  emulator.control.limits.set({ off: false, requests: 1 });
  await call("GET", "/contacts/x");
  for (const { method, path } of operations) {
    const tooMany = await call(method, path);
    expect([path, tooMany.body.traceId]).toEqual([path, expect.stringMatching(TRACE)]);
    // What takes a token of the agency refuses this one before it counts.
    if (tooMany.status === 429) refusals.tooMany += 1;
  }
  expect(refusals.signedOut).toBe(operations.length);
  expect(refusals.nonsense).toBeGreaterThan(80);
  expect(refusals.tooMany).toBeGreaterThan(120);
});

test("EH418 so does what never gets as far as an operation", async () => {
  const { call, emulator } = setUp();
  const strange = [
    await call("GET", "/nowhere"),
    await call("GET", "/contacts/", undefined, { version: "" }),
    await call("POST", "/oauth/token", { grant_type: "hope" }),
    await call("GET", "/oauth/installedLocations"),
    await call("POST", "/locations/", { name: "Mine" }),
  ];
  expect(strange.map(({ body }) => body.traceId)).toEqual(strange.map(() => expect.stringMatching(TRACE)));
  for (const effect of ["500-before", "500-after", "401", "429"]) {
    emulator.control.faults.set([{ effect, times: 1 }]);
    expect([effect, (await call("GET", "/contacts/x")).body.traceId]).toEqual([effect, expect.stringMatching(TRACE)]);
  }
});
