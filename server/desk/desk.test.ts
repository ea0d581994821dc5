import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { connectorById } from "../../connectors/index.ts";
import { AppView, ConnectionListRow, ConnectionPageView, ConnectorView } from "../../model/api/connections.ts";
import { createHighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { createTrustpilotEmulator } from "../../sandbox/trustpilot/index.ts";
import { aDelivery } from "../../test/builders.ts";
import { acme, aHub } from "../scene.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const AT = "/workspaces/w/connections";

/** What answers say, of whatever kind they are. */
const Said = z.looseObject({
  detail: z.string().default(""),
  changes: z.array(z.string()).default([]),
  notes: z.array(z.string()).default([]),
  connectionId: z.string().default(""),
});

/** A hub with an empty workspace beside an emulated HighLevel. */
async function empty() {
  const emulator = createHighLevelEmulator({ quirks: { searchLagMs: 0 } });
  const { url, close } = await emulator.listen(0);
  endings.push(close);
  const highlevel = connectorById("highlevel");
  if (highlevel === undefined) throw new Error("there is no connector for HighLevel");
  const clock = { now: Date.now, after: () => () => {} };
  const trustpilot = connectorById("trustpilot");
  if (trustpilot === undefined) throw new Error("there is no connector for Trustpilot");
  const connectors = new Map([highlevel, acme, trustpilot].map((connector) => [connector.id, connector]));
  const scene = await aHub({ connectors, clock, publicUrl: "https://kith.test" });
  endings.push(scene.hub.stop);
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${scene.hub.listensAt}/api${path}`, { method, headers, ...sent });
    const answer: unknown = await response.json();
    return { status: response.status, body: answer, said: Said.parse(Array.isArray(answer) ? {} : answer) };
  };
  await send("PUT", "/workspaces/w", { workspace: { id: "w", name: "Workshop" } });
  const wanted = {
    connector: "highlevel",
    name: "Harbour Dental",
    settings: { locationId: emulator.location.id },
    baseUrls: { api: url, marketplace: url },
  };
  const token = { kind: "token", token: emulator.token };
  const list = async () => z.array(ConnectionListRow).parse((await send("GET", AT)).body);
  const page = async (id: string) => ConnectionPageView.parse((await send("GET", `${AT}/${id}`)).body);
  return { emulator, url, scene, send, wanted, token, list, page };
}

test("CN1 a connection is added with a token that works: it is open, working, and says when it was heard", async () => {
  const { send, wanted, token, list, scene, emulator } = await empty();
  const added = await send("POST", AT, { ...wanted, credential: token });
  expect(added).toMatchObject({ status: 200, body: { connectionId: "harbour-dental", notes: [] } });
  expect(await list()).toMatchObject([
    {
      ...{ id: "harbour-dental", name: "Harbour Dental", partner: "HighLevel", status: "working", signIn: "token" },
      ...{ account: emulator.location.id, mayWrite: false, isFromFile: false, heardAt: expect.any(Number) },
    },
  ]);
  expect(JSON.stringify(await scene.store.connections("w"))).not.toContain(emulator.token);
});

test("CN2 a token that does not work is not kept, and nothing is added", async () => {
  const { send, wanted, list, scene, page } = await empty();
  const bad = { kind: "token", token: "pit-of-somebody-else" };
  const refused = await send("POST", AT, { ...wanted, credential: bad });
  expect([refused.status, refused.said.detail]).toEqual([502, expect.stringContaining("Nothing was stored")]);
  expect(JSON.stringify(refused.body)).not.toContain(bad.token);
  expect(await list()).toEqual([]);
  expect(await scene.store.secret("w", "connection:harbour-dental")).toBeUndefined();
  await send("POST", AT, wanted);
  expect(await page("harbour-dental")).toMatchObject({ signIn: "none" });
  expect((await send("PUT", `${AT}/harbour-dental/credential`, bad)).status).toBe(502);
  expect(await page("harbour-dental")).toMatchObject({ signIn: "none" });
});

test("CN3 a connection is signed in, signed out and signed in again; its settings and its name stay", async () => {
  const { send, wanted, token, page, emulator } = await empty();
  await send("POST", AT, wanted);
  expect((await send("PUT", `${AT}/harbour-dental/credential`, token)).status).toBe(200);
  expect(await page("harbour-dental")).toMatchObject({ signIn: "token", status: "working" });
  expect((await send("DELETE", `${AT}/harbour-dental/credential`)).status).toBe(200);
  const out = await page("harbour-dental");
  expect(out).toMatchObject({ signIn: "none", status: "broken", settings: { locationId: emulator.location.id } });
  expect(out.message).toContain("is not signed in");
  await send("PUT", `${AT}/harbour-dental/credential`, token);
  expect(await page("harbour-dental")).toMatchObject({ signIn: "token", status: "working", name: "Harbour Dental" });
});

test("CN17 a connection's page says when a webhook last came, and of a token that gets none, why", async () => {
  const { send, wanted, token, page, scene } = await empty();
  await send("POST", AT, { ...wanted, credential: token });
  const before = await page("harbour-dental");
  expect(before.webhooks).toEqual({ reasonForNone: expect.stringContaining("private integration") });
  const delivery = aDelivery({ connectionId: "harbour-dental", receivedAt: 1_700_000_000_000 });
  await scene.store.acceptDelivery("w", delivery, []);
  expect((await page("harbour-dental")).webhooks).toMatchObject({ lastAt: 1_700_000_000_000 });
  await send("POST", AT, { connector: "acme", name: "Acme", settings: { account: "1" } });
  expect((await page("acme")).webhooks).toEqual({});
});

test("CN19 an address of the account's own is set and taken back, and none that credentials are sent to", async () => {
  const { send, wanted, token, page, url } = await empty();
  await send("POST", AT, { ...wanted, credential: token });
  const change = (baseUrls: object) => send("PATCH", `${AT}/harbour-dental`, { baseUrls });
  const marketplace = "https://agree.studio.example";
  expect((await change({ marketplace })).status).toBe(200);
  expect(await page("harbour-dental")).toMatchObject({ baseUrls: { api: url, marketplace }, status: "working" });
  const stolen = await change({ marketplace, api: "https://elsewhere.example" });
  expect([stolen.status, stolen.said.detail]).toEqual([422, expect.stringContaining("baseUrls.api")]);
  expect((await change({ marketplace: "https://me:pw@agree.example" })).status).toBe(422);
  expect((await page("harbour-dental")).baseUrls).toEqual({ api: url, marketplace });
  expect((await change({})).status).toBe(200);
  expect((await page("harbour-dental")).baseUrls).toEqual({ api: url });
});

test("CN4 settings are checked as a file's are: what is wrong is named, and an account stays with its connection", async () => {
  const { send, wanted, token, page } = await empty();
  const nameless = await send("POST", AT, { ...wanted, settings: { country: "usa" } });
  expect([nameless.status, nameless.said.detail]).toEqual([422, expect.stringMatching(/locationId.*country/s)]);
  await send("POST", AT, { ...wanted, credential: token });
  const moved = await send("PATCH", `${AT}/harbour-dental`, { settings: { locationId: "another" } });
  expect([moved.status, moved.said.detail]).toEqual([422, expect.stringContaining("use another id")]);
  const twice = await send("POST", AT, { ...wanted, name: "Twin" });
  expect([twice.status, twice.said.detail]).toEqual([409, expect.stringContaining("Harbour Dental")]);
  expect((await page("harbour-dental")).settings).toEqual(wanted.settings);
});

test("CN5 what is secret among the settings is taken and kept, and never shown", async () => {
  const { send, wanted, page, scene } = await empty();
  const secret = "drawn-at-random-and-long-enough";
  const settings = { ...wanted.settings, workflowSecret: secret };
  await send("POST", AT, { ...wanted, settings });
  expect(await page("harbour-dental")).toMatchObject({ settings: wanted.settings, held: ["workflowSecret"] });
  await send("PATCH", `${AT}/harbour-dental`, { settings: { ...wanted.settings, country: "PT" } });
  const held = async () => Object(await scene.store.connection("w", "harbour-dental")).settings;
  expect(await held()).toEqual({ ...settings, country: "PT" });
  await send("PATCH", `${AT}/harbour-dental`, { settings: { ...wanted.settings, workflowSecret: null } });
  expect(await held()).toEqual(wanted.settings);
});

test("CN6 turning writing on says what more is asked for, and what was granted too little", async () => {
  const { send, wanted, page } = await empty();
  await send("POST", AT, wanted);
  const before = await page("harbour-dental");
  expect(before.writing).toEqual({
    setting: "writing",
    isOn: false,
    asks: ["contacts.write", "calendars/events.write"],
  });
  const settings = { ...before.settings, writing: true };
  const { said } = await send("PATCH", `${AT}/harbour-dental`, { name: "Quay Dental", settings });
  expect(said.notes).toEqual([expect.stringContaining("is not signed in")]);
  expect(await page("harbour-dental")).toMatchObject({ name: "Quay Dental", mayWrite: true, writing: { isOn: true } });
});

test("CN7 connections made here and those of a file live together: applying leaves the former alone", async () => {
  const { send, wanted, token, list, page } = await empty();
  await send("POST", AT, { ...wanted, credential: token });
  const filed = { id: "acme", connector: "acme", name: "Acme", settings: { account: "1" } };
  const document = { workspace: { id: "w", name: "Workshop" }, connections: [filed] };
  expect((await send("PUT", "/workspaces/w", document)).said.changes).toEqual(["connection acme: added"]);
  expect((await list()).map(({ id, isFromFile }) => [id, isFromFile])).toEqual([
    ["acme", true],
    ["harbour-dental", false],
  ]);
  const { said } = await send("PATCH", `${AT}/acme`, { name: "Acme of ours" });
  expect(said.notes).toEqual([expect.stringContaining("workspace file")]);
  expect((await send("PUT", "/workspaces/w", document)).said.changes).toEqual(["connection acme: name changed"]);
  expect(await page("harbour-dental")).toMatchObject({ signIn: "token", status: "working" });
});

test("CN8 a file may leave the credential out: how the connection was signed in stays when it is applied", async () => {
  const { send, wanted, token, page } = await empty();
  const { connector, ...rest } = wanted;
  const document = { workspace: { id: "w", name: "Workshop" }, connections: [{ id: "crm", connector, ...rest }] };
  await send("PUT", "/workspaces/w", document);
  await send("PUT", `${AT}/crm/credential`, token);
  expect((await send("PUT", "/workspaces/w", document)).said.changes).toEqual([]);
  expect(await page("crm")).toMatchObject({ signIn: "token", isFromFile: true });
});

test("CN9 a connection that a sync names stays, and any other is forgotten with its credential", async () => {
  const { send, wanted, token, list, scene } = await empty();
  await send("POST", AT, { ...wanted, credential: token });
  await send("POST", AT, { connector: "acme", name: "Acme", settings: { account: "1" } });
  const sync = { id: "contacts", name: "Contacts", left: "harbour-dental", right: "acme", resource: "contact" };
  const document = { workspace: { id: "w", name: "Workshop" }, syncs: [sync] };
  expect((await send("PUT", "/workspaces/w", document)).status).toBe(200);
  const refused = await send("DELETE", `${AT}/harbour-dental`);
  expect([refused.status, refused.said.detail]).toEqual([409, expect.stringContaining("Contacts")]);
  await send("POST", AT, { connector: "acme", name: "Spare", settings: { account: "2" } });
  await scene.store.putSecret("w", "connection:spare", "sealed");
  expect((await send("DELETE", `${AT}/spare`)).status).toBe(200);
  expect((await list()).map(({ id }) => id)).toEqual(["acme", "harbour-dental"]);
  expect(await scene.store.secret("w", "connection:spare")).toBeUndefined();
});

test("CN10 two that are added at once get ids of their own", async () => {
  const { send, list } = await empty();
  const add = (account: string) => send("POST", AT, { connector: "acme", name: "New!", settings: { account } });
  const added = await Promise.all([add("1"), add("2"), add("3")]);
  expect(added.map(({ said }) => said.connectionId).toSorted()).toEqual(["new-2", "new-3", "new-4"]);
  expect(await list()).toHaveLength(3);
});

test("CN11 each partner tells what its forms need: settings, ways to sign in with what is given, and what is secret", async () => {
  const { send } = await empty();
  const [highlevel, other] = z.array(ConnectorView).parse((await send("GET", "/connectors")).body);
  expect(highlevel).toMatchObject({
    ...{ id: "highlevel", accountSetting: "locationId", writingSetting: "writing", agencySetting: "viaAgency" },
    settings: {
      properties: { workflowSecret: { writeOnly: true }, searchLagMs: { default: 60_000 } },
      required: ["locationId"],
    },
  });
  const schemas = highlevel?.credentials.map(({ kind, schema }) => [kind, schema]);
  expect(schemas).toMatchObject([
    ["consent", undefined],
    ["token", { properties: { token: { writeOnly: true } }, required: ["token"] }],
    ["oauth", { properties: { refreshToken: { writeOnly: true } } }],
  ]);
  expect(other).toMatchObject({ id: "acme", resources: ["contact"], operations: 0 });
  expect(other).not.toHaveProperty("writingSetting");
});

test("CN12 the operator's app is registered once for a workspace: its secret is kept, and never shown", async () => {
  const { send, scene } = await empty();
  const app = { clientId: "665f-kith", clientSecret: "s3cret-of-the-app" };
  expect((await send("PUT", "/workspaces/w/apps/highlevel", app)).status).toBe(200);
  const { body } = await send("GET", "/workspaces/w/apps");
  expect(
    z
      .array(AppView)
      .parse(body)
      .filter(({ connectorId }) => connectorId === "highlevel"),
  ).toMatchObject([
    {
      ...{ connectorId: "highlevel", clientId: app.clientId, redirectUri: "https://kith.test/connect/callback" },
      webhookUrl: "https://kith.test/hooks/highlevel",
      scopes: [{ purpose: "reading" }, { purpose: "writing" }, { purpose: "agency" }],
    },
  ]);
  expect(JSON.stringify(body)).not.toContain(app.clientSecret);
  expect(await scene.store.secret("w", "connection:app:highlevel")).not.toContain(app.clientSecret);
  expect((await send("PUT", "/workspaces/w/apps/acme", app)).status).toBe(422);
  await send("DELETE", "/workspaces/w/apps/highlevel");
  expect(JSON.stringify((await send("GET", "/workspaces/w/apps")).body)).not.toContain("clientId");
});

test("CN18 an app that signs in by its own id and secret is tried at once, and nobody is asked to agree", async () => {
  const { send, page, list } = await empty();
  const emulator = createTrustpilotEmulator({});
  const { url, close } = await emulator.listen(0);
  endings.push(close);
  const { apiKey: clientId, apiSecret: clientSecret, businessUnitId } = emulator.signIn();
  const baseUrls = { api: `${url}/v1`, invitations: `${url}/invitations/v1`, consent: `${url}/authenticate` };
  const wanted = { connector: "trustpilot", name: "Reviews", settings: { businessUnitId }, baseUrls };
  const refused = await send("POST", AT, {
    ...wanted,
    credential: { kind: "consent", clientId, clientSecret: "wrong" },
  });
  expect([refused.status, await list()]).toEqual([502, []]);
  await send("POST", AT, { ...wanted, credential: { kind: "consent", clientId, clientSecret } });
  expect(await page("reviews")).toMatchObject({ status: "working", signIn: "oauth" });
  expect(await page("reviews")).not.toHaveProperty("consent");
  const shown = z.array(ConnectorView).parse((await send("GET", "/connectors")).body);
  const way = shown.find(({ id }) => id === "trustpilot")?.credentials.find(({ kind }) => kind === "consent");
  expect(way?.schema).toMatchObject({ required: ["clientId", "clientSecret"] });
});

test("T16 custom fields that HighLevel lacks for what Trustpilot tells are offered and made, once", async () => {
  const { send, wanted, token, emulator } = await empty();
  const other = createTrustpilotEmulator({});
  const { url, close } = await other.listen(0);
  endings.push(close);
  const { apiKey: clientId, apiSecret: clientSecret, businessUnitId } = other.signIn();
  const baseUrls = { api: `${url}/v1`, invitations: `${url}/invitations/v1`, consent: `${url}/authenticate` };
  const document = {
    workspace: { id: "w", name: "Workshop" },
    connections: [
      { ...wanted, id: "highlevel", settings: { ...wanted.settings, writing: true }, credential: token },
      {
        ...{ id: "trustpilot", connector: "trustpilot", name: "Reviews", settings: { businessUnitId }, baseUrls },
        credential: { kind: "consent", clientId, clientSecret },
      },
    ],
    syncs: [{ id: "contacts", name: "Contacts", resource: "contact", left: "highlevel", right: "trustpilot" }],
  };
  expect((await send("PUT", "/workspaces/w", document)).status).toBe(200);
  const at = "/workspaces/w/syncs/contacts/fields/wanted";
  const offered = z.array(z.object({ side: z.string(), name: z.string() })).parse((await send("GET", at)).body);
  expect(offered.map(({ name }) => name)).toEqual([
    ...["Trustpilot score", "Trustpilot mean", "Trustpilot reviews", "Trustpilot on", "Trustpilot id"],
  ]);
  expect((await send("POST", at)).body).toEqual(expect.arrayContaining([expect.objectContaining({ side: "left" })]));
  expect((await send("GET", at)).body).toEqual([]);
  const { body } = await emulator.ask({
    method: "GET",
    url: `/locations/${emulator.location.id}/customFields`,
    headers: { authorization: `Bearer ${emulator.token}`, version: "2021-07-28" },
    body: "",
  });
  expect(body).toContain("contact.trustpilot_score");
});
