import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

test("EM20 a good key is told whose it is, and another, a revoked one or none is refused", async () => {
  const { call, emulator } = setUp();
  expect((await call("GET", "/v1/test")).body).toEqual({
    message: "Your API key is working",
    organization_id: "orgHarbour",
    organization_name: "Harbour Light",
    api_key_name: "Hub",
  });
  expect((await call("GET", "/v1/test", undefined, { authorization: "Apikey nonsense" })).status).toBe(401);
  expect((await call("GET", "/v1/test", undefined, { authorization: undefined })).status).toBe(401);
  emulator.revokeKey();
  expect((await call("GET", "/v1/test")).body).toEqual({ message: "Invalid API key" });
});

test.each([
  ["Apikey", [200, 401]],
  ["Bearer", [401, 200]],
  ["either", [200, 200]],
] as const)("EM21 the word before the key is %s, by quirk", async (keyPrefix, expected) => {
  const { call, emulator } = setUp({ quirks: { keyPrefix } });
  const { apiKey } = emulator.signIn();
  const asked = ["Apikey", "Bearer"].map((word) =>
    call("GET", "/v1/test", undefined, { authorization: `${word} ${apiKey}` }),
  );
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(expected);
});

test("EM22 a body must be JSON and say so", async () => {
  const { call } = setUp();
  expect((await call("POST", "/v1/contacts", { email: "a@x.example" }, { "content-type": "text/plain" })).status).toBe(
    415,
  );
  expect((await call("POST", "/v1/contacts", "{")).status).toBe(400);
});

test.each([
  ["message", { message: "Not found" }],
  ["error", { error: "Not found" }],
  ["text", "Not found"],
] as const)("EM23 an error's body is written as %s, by quirk", async (errorsAs, body) => {
  const { call } = setUp({ quirks: { errorsAs } });
  expect((await call("GET", "/v1/nothing")).body).toEqual(body);
});

test.each([
  ["seconds", "20"],
  ["none", undefined],
] as const)(
  "EM24 over its limit a key is refused until the window has passed, and told when by quirk (%s)",
  async (retryAfter, seconds) => {
    const { call, clock } = setUp({ limits: { off: false, requests: 2 }, quirks: { retryAfter } });
    await call("GET", "/v1/test");
    clock.advance(40_000);
    await call("GET", "/v1/test");
    const refused = await call("GET", "/v1/test");
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, seconds]);
    clock.advance(20_000);
    expect((await call("GET", "/v1/test")).status).toBe(200);
  },
);

test("EM25 an active automation is started for a contact that there is, and a draft is not", async () => {
  const { call, emulator } = setUp();
  await call("POST", "/v1/contacts", { email: "ana@example.com" });
  const [active, draft] = (await call("GET", "/v1/automations")).body.automations;
  const trigger = (id: string, email: string) => call("POST", `/v1/automations/${id}/trigger`, { email });
  expect((await trigger(active.id, "ana@example.com")).body).toEqual({ action: "TRIGGER_AUTOMATION" });
  expect(emulator.starts()).toMatchObject([{ automationId: active.id, email: "ana@example.com" }]);
  expect((await trigger(active.id, "nobody@example.com")).status).toBe(404);
  expect((await trigger(draft.id, "ana@example.com")).status).toBe(400);
  expect((await trigger("aut0", "ana@example.com")).status).toBe(404);
});

test("EM26 a review is made, changed under its external id, and shown under other names", async () => {
  const { call, emulator } = setUp();
  const made = await call("POST", "/v1/reviews", { eid: "r1", nps: 9, comment: "Good", name: "Ana", published: true });
  expect(made.body).toMatchObject({
    reviewNps: 9,
    personName: "Ana",
    comment: "Good",
    published: true,
    source: "custom",
  });
  const changed = await call("POST", "/v1/reviews", { eid: "r1", nps: 10, title: "Owner" });
  expect(changed.body).toMatchObject({
    review_id: made.body.review_id,
    reviewNps: 10,
    personTitle: "Owner",
    personName: "Ana",
  });
  expect((await call("GET", "/v1/reviews")).body.reviews).toHaveLength(1);
  expect((await call("POST", "/v1/reviews", { nps: 11 })).status).toBe(400);
  emulator.control.quirks.set({ listsReviews: false });
  expect((await call("GET", "/v1/reviews")).status).toBe(404);
});

test("EM27 review connections are made, renamed and removed, by slug or by id", async () => {
  const { call } = setUp();
  const at = "/v1/review-connections";
  const made = await call("POST", at, { title: "Shop", slug: "shop", targetUrl: "https://shop.example" });
  await call("POST", at, { source: "google", targetId: "pl1" });
  expect((await call("POST", at, { title: "Shop", slug: "shop", targetUrl: "https://b.example" })).status).toBe(400);
  await call("PATCH", `${at}/shop`, { title: "Our shop" });
  const all = (await call("GET", at)).body.reviewConnections;
  expect(all).toMatchObject([
    { title: "Our shop", source: "custom" },
    { source: "google", targetId: "pl1" },
  ]);
  await call("DELETE", `${at}/${made.body.id}`);
  expect((await call("GET", at)).body.reviewConnections).toHaveLength(1);
  expect((await call("PATCH", `${at}/shop`, { title: "-" })).status).toBe(404);
});
