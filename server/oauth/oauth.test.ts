import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { AT, agencyWith, browserAt, consentAt, endAll, PUBLIC, unsigned } from "../../test/consentWorld.ts";

afterEach(endAll);

test("A80 a connection is signed in by the partner's page: its tokens are stored, and it is checked", async () => {
  const { browser, emulator, read, api } = await unsigned();
  const page = await browser.go("GET", AT);
  expect(page.text).toContain(`${PUBLIC}/connect/callback`);
  expect(page.text).toContain("Connect Harbour &lt;Dental&gt;");
  const { status, location } = await browser.go("POST", AT);
  expect(status).toBe(303);
  const back = await consentAt(location, { decision: "grant", choice: emulator.location.id });
  const done = await browser.go("GET", back);
  expect([done.status, done.text]).toEqual([200, expect.stringContaining("is connected")]);
  expect(await read()).toMatchObject({
    kind: "oauth",
    accessToken: expect.any(String),
    scopes: expect.arrayContaining(["contacts.readonly"]),
  });
  const check = await api("POST", "/workspaces/w/connections/crm/check", {});
  expect(check).toMatchObject({ status: "working" });
});

test("A80 applying the same document again keeps the tokens that were agreed to", async () => {
  const { browser, emulator, read, api, document } = await unsigned();
  const { location } = await browser.go("POST", AT);
  await browser.go("GET", await consentAt(location, { decision: "grant", choice: emulator.location.id }));
  const before = await read();
  expect(await api("PUT", "/workspaces/w", document)).toMatchObject({ changes: [] });
  expect(await read()).toEqual(before);
});

test("A80 only the permissions that the connection needs are asked for, with the version of the app", async () => {
  const reading = await unsigned({}, { versionId: "665f00000000000000000001" });
  const asked = new URL((await reading.browser.go("POST", AT)).location).searchParams;
  expect(asked.get("scope")).not.toContain("write");
  expect(asked.get("version_id")).toBe("665f00000000000000000001");
  expect([...asked.keys()]).not.toContain("code_challenge");
  const writing = await unsigned({}, { writing: true, furtherScopes: ["opportunities.readonly"] });
  const scopes = new URL((await writing.browser.go("POST", AT)).location).searchParams.get("scope")?.split(" ");
  expect(scopes).toEqual(expect.arrayContaining(["contacts.write", "opportunities.readonly"]));
});

test("A81 a partner that does not send the state back is connected all the same", async () => {
  const { browser, emulator, read } = await unsigned({ quirks: { stateEcho: "never" } });
  const { location } = await browser.go("POST", AT);
  const back = await consentAt(location, { decision: "grant", choice: emulator.location.id });
  expect(new URL(back).searchParams.has("state")).toBe(false);
  expect((await browser.go("GET", back)).status).toBe(200);
  expect(await read()).toMatchObject({ kind: "oauth" });
});

test("A81 another state than the one that was sent connects nothing", async () => {
  const { browser, emulator, read } = await unsigned();
  const { location } = await browser.go("POST", AT);
  const back = new URL(await consentAt(location, { decision: "grant", choice: emulator.location.id }));
  back.searchParams.set("state", "x".repeat(43));
  expect((await browser.go("GET", back.href)).status).toBe(400);
  expect(await read()).toMatchObject({ kind: "consent" });
});

test("A81 a consent is finished once, in time, and by the browser that began it", async () => {
  const { browser, stranger, emulator, read, wait, scene } = await unsigned();
  const grant = { decision: "grant", choice: emulator.location.id };
  const first = await consentAt((await browser.go("POST", AT)).location, grant);
  expect((await stranger.go("GET", first)).status).toBe(401);
  const other = await browserAt(scene.hub.listensAt, await scene.hub.newSignInLink());
  expect((await other.go("GET", first)).status).toBe(400);
  expect(await read()).toMatchObject({ kind: "consent" });
  wait(15 * 60_000);
  expect((await browser.go("GET", first)).status).toBe(400);
  expect(await read()).toMatchObject({ kind: "consent" });
  const second = await consentAt((await browser.go("POST", AT)).location, grant);
  const kept = new Map(browser.cookies);
  expect((await browser.go("GET", second)).status).toBe(200);
  for (const [name, value] of kept) browser.cookies.set(name, value);
  expect((await browser.go("GET", second)).status).toBe(400);
});

test("A82 who does not agree has changed nothing, and can begin again", async () => {
  const { browser, read } = await unsigned();
  const { location } = await browser.go("POST", AT);
  const done = await browser.go("GET", await consentAt(location, { decision: "deny" }));
  expect([done.status, done.text]).toEqual([200, expect.stringContaining("nothing was changed")]);
  expect(done.text).toContain(`href="${AT}"`);
  expect(await read()).toMatchObject({ kind: "consent" });
});

test("A82 tokens of another account than the connection's are not stored, and the page says which to choose", async () => {
  const { browser, emulator, read } = await unsigned();
  const other = emulator.agency.locations()[1]?.id ?? "";
  const { location } = await browser.go("POST", AT);
  const done = await browser.go("GET", await consentAt(location, { decision: "grant", choice: other }));
  expect([done.status, done.text]).toEqual([400, expect.stringContaining(emulator.location.id)]);
  expect(await read()).toMatchObject({ kind: "consent" });
});

test("A83 neither code nor token nor secret reaches a page, an address of the hub or a cookie", async () => {
  const { browser, emulator, read } = await unsigned();
  const { location } = await browser.go("POST", AT);
  expect(location).not.toContain(emulator.oauthClient.clientSecret);
  const back = new URL(await consentAt(location, { decision: "grant", choice: emulator.location.id }));
  const code = back.searchParams.get("code") ?? "";
  back.searchParams.set("code", `${code}-spoilt`);
  const failed = await browser.go("GET", back.href);
  expect(failed.status).toBe(400);
  for (const secret of [code, emulator.oauthClient.clientSecret, back.searchParams.get("state") ?? ""]) {
    expect(failed.text + browser.set.join()).not.toContain(secret);
  }
  expect(await read()).toMatchObject({ kind: "consent" });
});

test("A83 the cookie of a consent is for these pages, out of reach for scripts, and over https where the hub is", async () => {
  const { browser } = await unsigned();
  const { headers } = await browser.go("POST", AT);
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(/^kith_consent=[\w-]{43}; Path=\/connect; Max-Age=900; HttpOnly; SameSite=Lax; Secure$/),
  ]);
  expect(headers.get("referrer-policy")).toBe("no-referrer");
});

test("A83 the pages lead nowhere but to the partner, whatever the address says", async () => {
  const { browser, url } = await unsigned();
  const asked = `${AT}?redirect_uri=https://evil.example&next=//evil.example`;
  const { location } = await browser.go("POST", asked);
  expect(new URL(location).origin).toBe(url);
  expect(location).not.toContain("evil");
  const failed = await browser.go("GET", "/connect/callback?code=x&state=y&next=https://evil.example");
  expect([failed.status, failed.location]).toEqual([400, ""]);
  expect(failed.text).not.toContain("evil");
  expect(failed.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("A83 nobody but the owner begins, and no other page begins for the owner", async () => {
  const { browser, stranger } = await unsigned();
  expect([(await stranger.go("GET", AT)).status, (await stranger.go("POST", AT)).status]).toEqual([401, 401]);
  expect((await browser.go("POST", AT, { origin: "https://evil.example" })).status).toBe(403);
});

test("A84 a connection is told apart that cannot be signed in by a page, and one that is not there", async () => {
  const { browser, api, document } = await unsigned();
  const [crm] = document.connections;
  await api("PUT", "/workspaces/w", {
    ...document,
    connections: [{ ...crm, id: "static", credential: { kind: "token", token: "pit-1" } }],
  });
  const refused = await browser.go("GET", "/connect/w/static");
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining("kind: consent")]);
  expect((await browser.go("GET", "/connect/w/none")).status).toBe(404);
});

test("A84 the link that the command line asks for signs in and leads to the connection's page", async () => {
  const { api, scene } = await unsigned();
  const Answer = z.object({ url: z.string(), redirectUri: z.string(), scopes: z.array(z.string()) });
  const { url, redirectUri, scopes } = Answer.parse(await api("POST", "/workspaces/w/connections/crm/connect"));
  expect([redirectUri, scopes]).toEqual([`${PUBLIC}/connect/callback`, expect.arrayContaining(["contacts.readonly"])]);
  const fresh = await browserAt(scene.hub.listensAt);
  const { location } = await fresh.go("GET", url);
  expect(new URL(location, PUBLIC).pathname).toBe(AT);
  expect((await fresh.go("GET", location)).status).toBe(200);
});

test("K37 a connection that nobody has signed in yet says how, and asks nothing of the partner", async () => {
  const { api, emulator } = await unsigned();
  const check = await api("POST", "/workspaces/w/connections/crm/check", {});
  expect(check).toMatchObject({ status: "broken", message: expect.stringContaining("kith connect crm") });
  expect(emulator.control.calls.list().calls).toEqual([]);
});

test("A85 settings that need more than was granted are told when they are applied, with how to get it", async () => {
  const { browser, emulator, api, document, applied } = await unsigned();
  expect(applied).toMatchObject({ warnings: [expect.stringContaining("not signed in to HighLevel yet")] });
  const grant = { decision: "grant", choice: emulator.location.id };
  await browser.go("GET", await consentAt((await browser.go("POST", AT)).location, grant));
  expect(await api("PUT", "/workspaces/w", document)).toEqual({ changes: [] });
  const [crm] = document.connections;
  const writing = { ...document, connections: [{ ...crm, settings: { ...crm?.settings, writing: true } }] };
  const words = /has not granted contacts\.write, .*kith connect crm/;
  expect(await api("PUT", "/workspaces/w", writing)).toMatchObject({ warnings: [expect.stringMatching(words)] });
  await browser.go("GET", await consentAt((await browser.go("POST", AT)).location, grant));
  expect(await api("PUT", "/workspaces/w", writing)).toEqual({ changes: [] });
});

test("A82 an agency without the connection's location, or without the permissions for one, is not stored", async () => {
  const { browser, emulator, read } = await unsigned({}, { viaAgency: true });
  const [first, second] = emulator.agency.locations().map(({ id }) => id);
  const answer = agencyWith(second ?? "");
  const without = await browser.go("GET", await consentAt((await browser.go("POST", AT)).location, answer));
  expect([without.status, without.text]).toEqual([400, expect.stringContaining(first ?? "")]);
  expect(await read()).toMatchObject({ kind: "consent" });
  const plain = await unsigned();
  const choice = agencyWith(plain.emulator.location.id);
  const lacking = await plain.browser.go("GET", await consentAt((await plain.browser.go("POST", AT)).location, choice));
  expect([lacking.status, lacking.text]).toEqual([400, expect.stringContaining("viaAgency: true")]);
  expect(await plain.read()).toMatchObject({ kind: "consent" });
});

/** A hub with connections for both locations of an agency, signed in by one consent at the first. */
async function withAgency() {
  const world = await unsigned({}, { viaAgency: true });
  const { emulator, document, api, browser } = world;
  const [first, second] = emulator.agency.locations().map(({ id }) => id);
  const [crm] = document.connections;
  const quay = { ...crm, id: "quay", name: "Quay Dental", settings: { locationId: second, viaAgency: true } };
  await api("PUT", "/workspaces/w", { ...document, connections: [crm, quay] });
  const { location } = await browser.go("POST", AT);
  const done = await browser.go("GET", await consentAt(location, agencyWith(first ?? "", second ?? "")));
  const check = (id: string) => api("POST", `/workspaces/w/connections/${id}/check`, {});
  const callsTo = (path: string) => emulator.control.calls.list().calls.filter((call) => call.path === path).length;
  return { ...world, done, check, callsTo, first, second };
}

test("A87 one consent for an agency signs in every connection of its locations, each with a token of its own", async () => {
  const { done, check, read, callsTo, first, scene } = await withAgency();
  expect([done.status, done.text]).toEqual([200, expect.stringMatching(/is connected.*Also connected.*Quay Dental/s)]);
  expect([await check("crm"), await check("quay")]).toMatchObject([{ status: "working" }, { status: "working" }]);
  expect(await read()).toMatchObject({ kind: "minted", account: first, accessToken: expect.stringMatching(/./) });
  expect([callsTo("/oauth/token"), callsTo("/oauth/locationToken")]).toEqual([1, 2]);
  expect(JSON.stringify(await scene.store.connections("w"))).not.toContain("refresh");
});

test("K38 tokens of accounts are made anew before they end, from the agency's pair, which is refreshed once", async () => {
  const { check, wait, callsTo, read } = await withAgency();
  expect(await check("quay")).toMatchObject({ status: "working" });
  const before = await read();
  wait(86_400_000);
  const checks = await Promise.all(Array.from({ length: 10 }, (_, place) => check(place % 2 === 0 ? "crm" : "quay")));
  expect(checks.every((one) => JSON.stringify(one).includes("working"))).toBe(true);
  expect([callsTo("/oauth/token"), callsTo("/oauth/locationToken")]).toEqual([2, 4]);
  expect(await read()).not.toEqual(before);
});

test("K38 a location where the app was uninstalled says so, without a refresh of the agency's pair", async () => {
  const { check, wait, emulator, callsTo, second } = await withAgency();
  expect(await check("quay")).toMatchObject({ status: "working" });
  emulator.marketplace.installations.uninstall(second ?? "");
  wait(86_390_000);
  expect(await check("crm")).toMatchObject({ status: "working" });
  const refreshes = callsTo("/oauth/token");
  expect(await check("quay")).toMatchObject({ status: "broken", message: expect.stringContaining("installed there") });
  expect(callsTo("/oauth/token")).toBe(refreshes);
});

test("A88 a location that is installed later is signed in by itself, and one that is removed shows it at once", async () => {
  const world = await unsigned({}, { viaAgency: true });
  const { emulator, document, api, browser, scene } = world;
  emulator.setWebhookUrls([`${scene.hub.listensAt}/hooks/highlevel`]);
  const [first = "", second = ""] = emulator.agency.locations().map(({ id }) => id);
  const webhookKeys = emulator.publicKeys();
  const connections = [first, second].map((locationId, place) => ({
    ...document.connections[0],
    id: place === 0 ? "crm" : "quay",
    settings: { locationId, viaAgency: true, webhookKeys },
  }));
  await api("PUT", "/workspaces/w", { ...document, connections });
  await browser.go("GET", await consentAt((await browser.go("POST", AT)).location, agencyWith(first)));
  const healthOf = async (id: string) => (await scene.store.connection("w", id))?.health.status;
  const told = async (id: string, status: string) => {
    await emulator.control.webhooks.flush();
    await expect.poll(() => healthOf(id), { timeout: 10_000 }).toBe(status);
  };
  expect(await healthOf("crm")).toBe("working");
  emulator.marketplace.installations.install(second, emulator.marketplace.installations.at(first)?.scopes ?? []);
  await told("quay", "working");
  emulator.marketplace.installations.uninstall(second);
  await told("quay", "broken");
  expect(await healthOf("crm")).toBe("working");
});
