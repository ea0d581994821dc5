import { expect, test } from "vitest";
import { createCaller } from "../testing.ts";
import { setUp, TOKENS } from "./testing.ts";

const BACK = "https://hub.example/back";

test("ET1 the application's key and secret give a token of the account, which lasts a hundred hours", async () => {
  const { token, emulator, clock } = await setUp();
  const { body } = await token({ grant_type: "client_credentials" });
  expect(body).toMatchObject({ expires_in: "359999", token_type: "BearerToken" });
  expect(body).not.toHaveProperty("refresh_token");
  const call = createCaller(emulator.app, { authorization: `Bearer ${body.access_token}` });
  const url = `/v1/private/business-units/${emulator.signIn().businessUnitId}/reviews`;
  expect((await call("GET", url)).status).toBe(200);
  clock.advance(360_000_000);
  expect((await call("GET", url)).status).toBe(401);
});

test("ET2 a wrong secret gets nothing, in the header as in the body", async () => {
  const { emulator } = await setUp();
  const { apiKey, apiSecret } = emulator.signIn();
  const form = createCaller(emulator.app, { "content-type": "application/x-www-form-urlencoded" });
  const ask = (secret: string) =>
    form("POST", `${TOKENS}/accesstoken`, `grant_type=client_credentials&client_id=${apiKey}&client_secret=${secret}`);
  expect((await ask(apiSecret)).status).toBe(200);
  expect((await ask("wrong")).body).toEqual({ error: "invalid_client" });
});

test("ET3 a user agrees at the page, and the code works once and for its own address only", async () => {
  const { emulator, token } = await setUp();
  const link = new URLSearchParams({
    client_id: emulator.signIn().apiKey,
    redirect_uri: BACK,
    response_type: "code",
    state: "s1",
  });
  const browser = createCaller(emulator.app, { "content-type": "application/x-www-form-urlencoded" });
  expect((await browser("GET", `/authenticate?${link}`)).text).toContain("Harbour Light");
  const agree = () => browser("POST", `/authenticate?${link}`, `decision=grant&user=${emulator.users[0]?.id}`);
  const back = new URL(String((await agree()).headers.location));
  expect([back.origin + back.pathname, back.searchParams.get("state")]).toEqual([BACK, "s1"]);
  const form = { grant_type: "authorization_code", code: back.searchParams.get("code") ?? "", redirect_uri: BACK };
  expect((await token(form)).body).toMatchObject({ refresh_token: expect.any(String) });
  expect((await token(form)).body).toEqual({ error: "invalid_grant" });
  const other = new URL(String((await agree()).headers.location)).searchParams.get("code") ?? "";
  expect((await token({ ...form, code: other, redirect_uri: "https://elsewhere.example" })).status).toBe(400);
});

test("ET4 a user who does not agree sends the browser back with that word, and a faulty link goes nowhere", async () => {
  const { emulator } = await setUp();
  const link = new URLSearchParams({ client_id: emulator.signIn().apiKey, redirect_uri: BACK, response_type: "code" });
  const browser = createCaller(emulator.app, { "content-type": "application/x-www-form-urlencoded" });
  const { headers } = await browser("POST", `/authenticate?${link}`, "decision=deny");
  expect(String(headers.location)).toBe(`${BACK}?error=access_denied`);
  link.set("client_id", "another");
  expect((await browser("GET", `/authenticate?${link}`)).status).toBe(400);
});

test("ET5 a refresh token works once, and one that was taken back not at all", async () => {
  const { emulator, token } = await setUp();
  const [user] = emulator.users;
  const form = { grant_type: "password", username: user?.email ?? "", password: user?.password ?? "" };
  const first = (await token(form)).body;
  const renew = (refresh_token: string) => token({ grant_type: "refresh_token", refresh_token }, "refresh");
  const second = (await renew(first.refresh_token)).body;
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect((await renew(first.refresh_token)).status).toBe(400);
  await token({ token: second.refresh_token }, "revoke");
  expect((await renew(second.refresh_token)).status).toBe(400);
});

test("ET6 the key opens what is public, a token what is private, and neither the other", async () => {
  const { emulator, open, call } = await setUp();
  const { businessUnitId } = emulator.signIn();
  const both = [`/v1/business-units/${businessUnitId}`, `/v1/private/business-units/${businessUnitId}/reviews`];
  const statuses = async (caller: typeof open) =>
    Promise.all(both.map(async (url) => (await caller("GET", url)).status));
  expect(await statuses(open)).toEqual([200, 401]);
  expect(await statuses(call)).toEqual([401, 200]);
  expect((await open("GET", both[0] ?? "", undefined, { apikey: "wrong" })).body.message).toBe("Invalid API key");
});

test("ET7 without the plan for it the private part is refused, and over the limit everything is", async () => {
  const { emulator, call, open } = await setUp({ limits: { off: false, requests: 2 } });
  const url = `/v1/private/business-units/${emulator.signIn().businessUnitId}/reviews`;
  emulator.control.quirks.set({ hasPrivateApi: false });
  expect((await call("GET", url)).status).toBe(403);
  for (const expected of [200, 200, 429]) expect((await open("GET", "/v1/categories")).status).toBe(expected);
});

test("ET8 revoked tokens are refused from then on", async () => {
  const { emulator, call } = await setUp();
  emulator.revokeTokens();
  expect((await call("GET", `/v1/private/business-units/${emulator.signIn().businessUnitId}/reviews`)).status).toBe(
    401,
  );
});
