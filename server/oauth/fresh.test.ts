import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { AgencyAccountView, AgencyView, ConnectionListRow } from "../../model/api/connections.ts";
import { agencyWith, browserAt, consentAt, endAll, PUBLIC, unsigned } from "../../test/consentWorld.ts";

afterEach(endAll);

const Path = z.object({ path: z.string() });

/** A hub that has nothing connected but an app of its own at the emulator. */
async function withApp(settings: object = {}) {
  const world = await unsigned();
  const { api, emulator, url, scene } = world;
  await api("DELETE", "/workspaces/w/connections/crm");
  await api("PUT", "/workspaces/w/apps/highlevel", emulator.oauthClient);
  const wanted = {
    ...{ connector: "highlevel", name: "Harbour Dental", settings },
    baseUrls: { api: url, marketplace: url },
  };
  const begin = async () => Path.parse(await api("POST", "/workspaces/w/agreements", wanted)).path;
  const list = async () => z.array(ConnectionListRow).parse(await api("GET", "/workspaces/w/connections"));
  return { ...world, wanted, begin, list, hub: scene.hub };
}

test("CN13 a connection that is not there is made when its account was chosen and agreed to at the partner", async () => {
  const { browser, begin, list, emulator } = await withApp({ writing: true });
  const path = await begin();
  const page = await browser.go("GET", path);
  expect([page.status, page.text]).toEqual([200, expect.stringContaining("Connect Harbour Dental")]);
  const { location } = await browser.go("POST", path);
  expect(new URL(location).searchParams.get("scope")).toContain("contacts.write");
  const done = await browser.go("GET", await consentAt(location, { decision: "grant", choice: emulator.location.id }));
  expect([done.status, done.text]).toEqual([200, expect.stringContaining("/connections/harbour-dental")]);
  expect(await list()).toMatchObject([
    {
      ...{ id: "harbour-dental", name: "Harbour Dental", signIn: "oauth", status: "working", mayWrite: true },
      account: emulator.location.id,
    },
  ]);
});

test("CN13 an account that is connected already is signed in anew, and not connected twice", async () => {
  const { browser, begin, list, emulator, api, wanted } = await withApp();
  const settings = { locationId: emulator.location.id };
  await api("POST", "/workspaces/w/connections", { ...wanted, name: "First", settings });
  const { location } = await browser.go("POST", await begin());
  await browser.go("GET", await consentAt(location, { decision: "grant", choice: emulator.location.id }));
  expect(await list()).toMatchObject([{ id: "first", signIn: "oauth", status: "working" }]);
});

test("CN14 what is to be made travels sealed: an address that somebody else made, or that is old, leads nowhere", async () => {
  const { browser, begin, list, wait, stranger, hub } = await withApp();
  const path = await begin();
  const forged = new URL(path, PUBLIC);
  forged.searchParams.set("draft", `${forged.searchParams.get("draft")?.slice(0, -4)}AAAA`);
  expect((await browser.go("GET", forged.href)).status).toBe(404);
  expect((await browser.go("POST", forged.href)).status).toBe(404);
  expect((await stranger.go("GET", path)).status).toBe(401);
  const elsewhere = { origin: "https://elsewhere.example" };
  expect((await browser.go("POST", path, elsewhere)).status).toBe(403);
  wait(3_600_000);
  const later = await browserAt(hub.listensAt, await hub.newSignInLink());
  expect((await later.go("GET", path)).status).toBe(404);
  expect(await list()).toEqual([]);
});

test("CN14 what is wrong is told before anybody is sent away: settings, an app that is missing, a partner without a page", async () => {
  const { api, wanted } = await withApp();
  const ask = async (change: object) =>
    z.looseObject({ detail: z.string() }).parse(await api("POST", "/workspaces/w/agreements", { ...wanted, ...change }))
      .detail;
  expect(await ask({ settings: { country: "usa" } })).toContain("country");
  await api("DELETE", "/workspaces/w/apps/highlevel");
  expect(await ask({})).toContain("register your app");
  expect(await ask({ connector: "nobody" })).toContain("There is no nobody");
});

test.each(["2021-07-28", "v3"])(
  "CN15 after an agency agreed its accounts are listed, and each becomes a connection in a click: API %s",
  async (apiVersion) => {
    const { browser, begin, list, emulator, api } = await withApp({ viaAgency: true, apiVersion });
    const [first = "", second = ""] = emulator.agency.locations().map(({ id }) => id);
    const { location } = await browser.go("POST", await begin());
    const done = await browser.go("GET", await consentAt(location, agencyWith(first, second)));
    const { companyId } = emulator.agency;
    expect([done.status, done.text]).toEqual([
      200,
      expect.stringContaining(`/partners/highlevel/agencies/${companyId}`),
    ]);
    const agencies = z.array(AgencyView).parse(await api("GET", "/workspaces/w/agencies"));
    expect(agencies).toMatchObject([{ connectorId: "highlevel", agencyId: companyId, partner: "HighLevel" }]);
    const at = `/workspaces/w/agencies/highlevel/${companyId}`;
    const accounts = async () => z.array(AgencyAccountView).parse(await api("GET", `${at}/accounts`));
    expect((await accounts()).map(({ account }) => account).toSorted()).toEqual([first, second].toSorted());
    await api("POST", `${at}/accounts`, { account: second, name: "Quay Dental" });
    expect(await list()).toMatchObject([{ id: "quay-dental", account: second, signIn: "agency", status: "working" }]);
    expect((await accounts()).find(({ account }) => account === second)).toMatchObject({ connectionId: "quay-dental" });
    expect(await api("DELETE", at)).toMatchObject({ detail: expect.stringContaining("Quay Dental") });
    const calls = emulator.control.calls.list().calls.map(({ path }) => path);
    expect(calls).toContain(apiVersion === "v3" ? "/oauth/location-token" : "/oauth/locationToken");
    expect(calls).not.toContain(apiVersion === "v3" ? "/oauth/locationToken" : "/oauth/location-token");
  },
);

test("CN15 a location at which the app is installed later is there to be chosen", async () => {
  const { browser, begin, emulator, api } = await withApp({ viaAgency: true });
  const [first = "", second = ""] = emulator.agency.locations().map(({ id }) => id);
  await browser.go("GET", await consentAt((await browser.go("POST", await begin())).location, agencyWith(first)));
  const at = `/workspaces/w/agencies/highlevel/${emulator.agency.companyId}/accounts`;
  const accounts = async () =>
    z
      .array(AgencyAccountView)
      .parse(await api("GET", at))
      .map(({ account }) => account);
  expect(await accounts()).toEqual([first]);
  emulator.marketplace.installations.install(second, emulator.marketplace.installations.at(first)?.scopes ?? []);
  expect((await accounts()).toSorted()).toEqual([first, second].toSorted());
});

test("CN16 an agency whose connections are gone is forgotten with its pair", async () => {
  const { browser, begin, emulator, api, scene } = await withApp({ viaAgency: true });
  const [first = ""] = emulator.agency.locations().map(({ id }) => id);
  await browser.go("GET", await consentAt((await browser.go("POST", await begin())).location, agencyWith(first)));
  const { companyId } = emulator.agency;
  expect(await scene.store.secret("w", `connection:agency:highlevel:${companyId}`)).toBeDefined();
  expect(await api("DELETE", `/workspaces/w/agencies/highlevel/${companyId}`)).toEqual({ isDone: true });
  expect(await api("GET", "/workspaces/w/agencies")).toEqual([]);
  expect(await scene.store.secret("w", `connection:agency:highlevel:${companyId}`)).toBeUndefined();
});

test("CN15 open pages are told when a location is added later", async () => {
  const { browser, api, emulator, scene, wanted } = await withApp();
  const settings = { viaAgency: true, webhookKeys: emulator.publicKeys() };
  const { path } = Path.parse(await api("POST", "/workspaces/w/agreements", { ...wanted, settings }));
  const [first = "", second = ""] = emulator.agency.locations().map(({ id }) => id);
  await browser.go("GET", await consentAt((await browser.go("POST", path)).location, agencyWith(first)));
  await api("POST", `/workspaces/w/agencies/highlevel/${emulator.agency.companyId}/accounts`, {
    ...{ account: first, name: "Harbour" },
  });
  const ending = new AbortController();
  const headers = { authorization: `Bearer ${scene.token()}` };
  const live = await fetch(`${scene.hub.listensAt}/api/live?workspaceId=w`, { headers, signal: ending.signal });
  const reader = live.body?.getReader();
  await reader?.read();
  emulator.setWebhookUrls([`${scene.hub.listensAt}/hooks/highlevel`]);
  emulator.marketplace.installations.install(second, emulator.marketplace.installations.at(first)?.scopes ?? []);
  await emulator.control.webhooks.flush();
  let heard = "";
  while (!heard.includes("event: overview")) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done) break;
    heard += new TextDecoder().decode(value);
  }
  ending.abort();
  expect(heard).toContain("event: overview");
});
