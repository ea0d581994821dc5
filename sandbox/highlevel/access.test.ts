import { expect, test } from "vitest";
import { createCaller } from "../testing.ts";
import { setUp } from "./testing.ts";

test.each([
  ["no token", undefined, "Invalid JWT"],
  ["nonsense", "Bearer nonsense", "Invalid JWT"],
  ["an unknown private token", "Bearer pit-0000", "Invalid Private Integration token"],
  ["an unknown access token", "Bearer eyJa.b.c", "Invalid token: access token is invalid"],
])("EH50 %s is refused with 401 and its own words", async (_what, authorization, message) => {
  const { call } = setUp();
  const refused = await call("GET", "/contacts/x", undefined, { authorization });
  expect(refused.body).toMatchObject({ statusCode: 401, message, error: "Unauthorized" });
});

test("EH51 a token without the scope is refused", async () => {
  const { emulator, call, locationId } = setUp();
  const reader = emulator.access.issuePrivate(["contacts.readonly"]).value;
  const authorization = `Bearer ${reader}`;
  expect((await call("GET", "/contacts/x", undefined, { authorization })).status).toBe(404);
  const refused = await call("POST", "/contacts/", { locationId, firstName: "A" }, { authorization });
  expect([refused.status, refused.body.message]).toEqual([401, "The token is not authorized for this scope."]);
});

test("EH52 tokens of an agency are refused, each kind with its own words", async () => {
  const { emulator, call } = setUp();
  const agency = emulator.access.issuePrivate(undefined, "Company").value;
  const refused = await call("GET", "/contacts/x", undefined, { authorization: `Bearer ${agency}` });
  expect(refused.body.message).toContain("This authClass type is not allowed to access this scope.");
  const grant = emulator.access.exchangeCode(emulator.access.issueCode(undefined, "Company"));
  const company = await call("GET", "/contacts/x", undefined, { authorization: `Bearer ${grant?.access.value}` });
  expect(company.body.message).toBe("Token's user type mismatch!");
});

test("EH53 another location is refused with 403, wherever it is named", async () => {
  const { call, search } = setUp();
  const elsewhere = [
    await search({ locationId: "elsewhere" }),
    await call("GET", "/contacts/?locationId=elsewhere"),
    await call("GET", "/locations/elsewhere"),
  ];
  for (const { status, body } of elsewhere) {
    expect([status, body.message]).toEqual([403, "The token does not have access to this location."]);
  }
});

test("EH54 the Version header is demanded; dated versions and v3 are taken", async () => {
  const { call, emulator } = setUp();
  const get = (version: string | undefined) => call("GET", "/contacts/x", undefined, { version });
  expect((await get(undefined)).body).toMatchObject({ statusCode: 401, message: "version header was not found." });
  expect((await get("2020-01-01")).body).toMatchObject({ statusCode: 401, message: "version header is invalid" });
  for (const version of ["2021-07-28", "2021-04-15", "2023-02-21", "v3"]) expect((await get(version)).status).toBe(404);
  emulator.control.quirks.set({ badVersionAs: "400" });
  expect((await get("2020-01-01")).status).toBe(400);
});

function tokens(bench: ReturnType<typeof setUp>) {
  const { emulator } = bench;
  const { clientId, clientSecret } = emulator.oauthClient;
  const call = createCaller(emulator.app, { "content-type": "application/x-www-form-urlencoded" });
  return (fields: Record<string, string>) =>
    call(
      "POST",
      "/oauth/token",
      String(new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields })),
    );
}

test("EH55 a code gives a pair of tokens once, and the access token works", async () => {
  const bench = setUp();
  const token = tokens(bench);
  const code = bench.emulator.access.issueCode();
  const granted = await token({ grant_type: "authorization_code", code });
  expect(granted.body).toMatchObject({
    token_type: "Bearer",
    expires_in: 86_399,
    userType: "Location",
    locationId: bench.locationId,
  });
  const authorization = `Bearer ${granted.body.access_token}`;
  expect((await bench.call("GET", "/contacts/x", undefined, { authorization })).status).toBe(404);
  expect(await token({ grant_type: "authorization_code", code })).toMatchObject({
    status: 401,
    body: { error: "UnAuthorized!", error_description: "Authorization code not found" },
  });
});

test("EH56 an access token expires, and a refresh token works once", async () => {
  const bench = setUp();
  const token = tokens(bench);
  const first = (await token({ grant_type: "authorization_code", code: bench.emulator.access.issueCode() })).body;
  bench.clock.advance(86_399_000);
  const authorization = `Bearer ${first.access_token}`;
  const expired = await bench.call("GET", "/contacts/x", undefined, { authorization });
  expect([expired.status, expired.body.message]).toEqual([401, "Invalid token: access token is invalid"]);
  const again = { grant_type: "refresh_token", refresh_token: first.refresh_token };
  const second = await token(again);
  expect(second.status).toBe(200);
  expect(second.body.refresh_token).not.toBe(first.refresh_token);
  expect((await token(again)).body.error).toBe("invalid_grant");
});

test("EH57 a wrong client secret and an unknown grant are refused", async () => {
  const bench = setUp();
  const token = tokens(bench);
  const code = bench.emulator.access.issueCode();
  expect((await token({ grant_type: "authorization_code", code, client_secret: "x" })).status).toBe(401);
  expect((await token({ grant_type: "password" })).body.error).toBe("unsupported_grant_type");
});

test("EH58 under v3 the token endpoint speaks camel case and takes JSON", async () => {
  const { emulator, call } = setUp();
  const body = { ...emulator.oauthClient, grantType: "authorization_code", code: emulator.access.issueCode() };
  const granted = await call("POST", "/oauth/token", body, { version: "v3" });
  expect(Object.keys(granted.body)).toEqual(expect.arrayContaining(["accessToken", "refreshToken", "expiresIn"]));
});

test("EH60 five headers tell the allowance, and the hundred and first call within ten seconds is refused", async () => {
  const { call, clock } = setUp({ limits: {} });
  const first = await call("GET", "/contacts/x");
  expect(first.headers).toMatchObject({
    "x-ratelimit-limit-daily": "200000",
    "x-ratelimit-daily-remaining": "199999",
    "x-ratelimit-interval-milliseconds": "10000",
    "x-ratelimit-max": "100",
    "x-ratelimit-remaining": "99",
  });
  for (let more = 1; more < 100; more += 1) expect((await call("GET", "/contacts/x")).status).toBe(404);
  const refused = await call("GET", "/contacts/x");
  expect([refused.status, refused.headers["x-ratelimit-remaining"]]).toEqual([429, "0"]);
  expect(refused.headers["retry-after"]).toBeUndefined();
  clock.advance(10_000);
  expect((await call("GET", "/contacts/x")).status).toBe(404);
});

test.each([
  ["seconds", "10"],
  ["date", "Mon, 04 May 2026 08:00:10 GMT"],
] as const)("EH61 a refusal over the limit may carry Retry-After in %s", async (retryAfter, expected) => {
  const { call } = setUp({ limits: { requests: 1 }, quirks: { retryAfter } });
  await call("GET", "/contacts/x");
  expect((await call("GET", "/contacts/x")).headers["retry-after"]).toBe(expected);
});

test("EH62 two apps have an allowance each", async () => {
  const { call, emulator } = setUp({ limits: { requests: 1 } });
  const other = { authorization: `Bearer ${emulator.access.issuePrivate().value}` };
  await call("GET", "/contacts/x");
  expect((await call("GET", "/contacts/x", undefined, other)).status).toBe(404);
  expect((await call("GET", "/contacts/x")).status).toBe(429);
});
