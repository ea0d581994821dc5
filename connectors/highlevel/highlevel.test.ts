import { describe, expect, test } from "vitest";
import {
  type CallContext,
  type Credential,
  checkedSettings,
  followPages,
  openConnection,
  PRIORITIES,
  partnerAgent,
  partnerOf,
} from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { createHighLevelEmulator, type HighLevelOptions } from "../../sandbox/highlevel/index.ts";
import { highlevelWorld } from "../../test/highlevelWorld.ts";
import { type ConformanceOptions, describeConnector } from "../conformance.ts";
import { DO_NOT_DISTURB } from "./doNotDisturb.ts";
import { type HighLevelSettings, highlevel } from "./index.ts";

/** HighLevel knows yes and no here, and nothing beside. */
const NOT_DISTURBED = Object.fromEntries(DO_NOT_DISTURB.map(({ key }) => [key, false]));

/** Users of the emulator's location. */
const OWNERS = ["usr00000000000000001", "usr00000000000000002"] as const;

const conformance = (apiVersion: "2021-07-28" | "v3"): ConformanceOptions<HighLevelSettings> => ({
  connector: highlevel,
  pageSize: 500,
  // Each way of signing in is tried by one of the versions.
  makeWorld: () =>
    highlevelWorld(
      { quirks: { companyNameOnUpdate: true } },
      { apiVersion, canSendCompanyNameOnUpdate: true },
      apiVersion === "v3" ? "oauth" : "private",
    ),
  access: {
    allowance: { requestsPer10s: 12 },
    probe: ({ locationId }) => `/locations/${locationId}`,
    canExpire: apiVersion === "v3",
  },
  clearedAs: NOT_DISTURBED,
  sample: {
    firstName: "Zoë",
    lastName: "van der Berg",
    email: "zoe@example.com",
    phone: "+12015550123",
    companyName: "Silva Tiles",
    addressLine1: "12 Harbour Lane",
    city: "Porto",
    state: "Norte",
    postalCode: "4000-001",
    country: "PT",
    website: "https://zoe.example.com",
    dateOfBirth: "1990-05-01",
    source: "fair",
    timezone: "Europe/Lisbon",
    assignedTo: OWNERS[0],
    doNotDisturb: true,
    "doNotDisturb.call": true,
    "doNotDisturb.email": true,
    "doNotDisturb.sms": true,
    "doNotDisturb.whatsApp": true,
    "doNotDisturb.gmb": true,
    "doNotDisturb.fb": true,
    tags: ["customer", "vip"],
    "custom.favourite_colour": "green",
    "custom.background": "Met at the fair.\nLikes tiles.",
    "custom.children": 2,
    "custom.budget": 1250.5,
    "custom.renewal_on": "2027-01-31",
    "custom.stage": "Talking",
    "custom.contact_by": "Letter",
    "custom.interests": ["Chess", "Music"],
    "custom.consents": ["Calls"],
    "custom.assistants_phone": "+12015550124",
    "custom.assistants_email": "help@example.com",
    "custom.measures": '{"height":"3","width":"4"}',
    "custom.contract": '{"file-1":{"meta":{"name":"contract.pdf"}}}',
  },
  others: {
    firstName: "Ana",
    lastName: "Silva",
    email: "ana@example.com",
    phone: "+12015550125",
    companyName: "Other Tiles",
    addressLine1: "1 Hill Road",
    city: "Lisboa",
    state: "Lisboa",
    postalCode: "1000-001",
    country: "ES",
    website: "https://ana.example.com",
    dateOfBirth: "1991-06-02",
    source: "friend",
    timezone: "America/Chicago",
    assignedTo: OWNERS[1],
    ...NOT_DISTURBED,
    tags: ["vip", "partner"],
    "custom.favourite_colour": "red",
    "custom.background": "Other words.",
    "custom.children": 0,
    "custom.budget": 7,
    "custom.renewal_on": "2028-02-29",
    "custom.stage": "Customer",
    "custom.contact_by": "Phone",
    "custom.interests": ["Sailing"],
    "custom.consents": ["Newsletter", "Photos"],
    "custom.assistants_phone": "+12015550126",
    "custom.assistants_email": "other@example.com",
    "custom.measures": '{"height":"5"}',
    "custom.contract": '{"file-2":{"meta":{"name":"other.pdf"}}}',
  },
});

describe.each(["2021-07-28", "v3"] as const)("under the version %s", (version) => {
  describeConnector(conformance(version));
});

/** An emulator with this quirk, and its connection. */
async function quirky(options: HighLevelOptions, token?: string, further: object = {}) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createHighLevelEmulator({ ...clock, random: aRandom(), ...options });
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent(4);
  const open = openConnection({
    connector: highlevel,
    connection: {
      id: "highlevel",
      settings: { locationId: emulator.location.id, writing: true, ...further },
      baseUrls: { api: url },
    },
    credential: { load: async () => ({ kind: "token", token: token ?? emulator.token }), store: async () => {} },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const context: CallContext = { priority: PRIORITIES.live, calls: [] };
  const end = async (): Promise<void> => {
    await open.close();
    await agent.destroy();
    await close();
  };
  return { emulator, clock, url, open, context, contacts: partnerOf(open, "contact"), end };
}

test.each(["404", "400"] as const)("HL40 a missing contact answered %s is gone", async (goneAs) => {
  const { contacts, context, end } = await quirky({ quirks: { goneAs } });
  expect(await contacts.read(context, "abcDEF1234567890wxyz")).toBe("gone");
  await contacts.delete(context, "abcDEF1234567890wxyz");
  await end();
});

test.each(["null", "empty", "absent"] as const)(
  "HL41 a field that was cleared and is shown as %s is empty",
  async (clearedAs) => {
    const { contacts, context, end } = await quirky({ quirks: { clearedAs } });
    const made = await contacts.create(context, { firstName: "Ana", city: "Porto" });
    await contacts.update(context, made.externalId, { city: { kind: "clear" } }, { city: "Porto" });
    expect(await contacts.read(context, made.externalId)).toMatchObject({ fields: { city: "" } });
    await end();
  },
);

test("HL42 names that a listing shows in lower case only are marked, and a read shows them whole", async () => {
  const { contacts, context, clock, end } = await quirky({ quirks: { rawNames: false } });
  const made = await contacts.create(context, { firstName: "Zoë", lastName: "McKay" });
  await clock.advance(60_001);
  const [row] = (await contacts.list(context, {})).records;
  expect(row).toMatchObject({ folded: ["firstName", "lastName"], fields: { firstName: "zoë", lastName: "mckay" } });
  expect(await contacts.read(context, made.externalId)).toMatchObject({
    fields: { firstName: "Zoë", lastName: "McKay" },
  });
  await end();
});

test("HL43 creating someone who is there already finds them", async () => {
  const { contacts, context, end } = await quirky({});
  const first = await contacts.create(context, { firstName: "Ana", email: "ana@example.com" });
  const second = await contacts.create(context, { firstName: "Ana S.", email: "ANA@example.com" });
  expect(second).toEqual({ kind: "found", externalId: first.externalId });
  await end();
});

test("HL44 a token without a permission is told which, and nothing is refreshed", async () => {
  const rig = await quirky({}, "pit-reader");
  rig.emulator.access.issuePrivate(["contacts.readonly", "locations/customFields.readonly"], "Location", "pit-reader");
  await rig.open.check(rig.context);
  await expect(rig.contacts.create(rig.context, { firstName: "Ana" })).rejects.toMatchObject({
    kind: "forbidden",
    details: { scope: "contacts.write" },
  });
  await rig.end();
});

test.each([
  ["both", "ed25519"],
  ["ed25519", "ed25519"],
  ["rsa", "rsa-sha256"],
  ["legacy-with-na", "rsa-sha256"],
] as const)("HL58 deliveries signed in the way %s are proved by %s", async (signatures, scheme) => {
  const delivered: { readonly text: string; readonly headers: Record<string, string> }[] = [];
  const deliver = async (_url: string, text: string, headers: Record<string, string>) =>
    delivered.push({ text, headers }) && 200;
  const rig = await quirky({ quirks: { signatures }, webhookUrls: ["http://127.0.0.1:9/hooks"], deliver });
  const { id } = rig.emulator.control.contacts.create({ firstName: "Ana", email: "ana@example.com" });
  await rig.emulator.control.webhooks.flush();
  const [{ text, headers } = { text: "", headers: {} }] = delivered;
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const settings = checkedSettings(highlevel, {
    id: "highlevel",
    settings: { locationId: rig.emulator.location.id, webhookKeys: rig.emulator.publicKeys() },
  });
  const request = { headers: lower, rawBody: Buffer.from(text) };
  expect(highlevel.webhooks?.verify(request, settings)).toEqual({ kind: "verified", scheme });
  const notice = highlevel.webhooks?.parse(JSON.parse(text));
  expect(notice).toMatchObject({
    type: "ContactCreate",
    account: rig.emulator.location.id,
    refs: [{ externalId: id }],
  });
  await rig.end();
});

/** An emulator and an OAuth connection to it, with the pairs that were stored. */
async function signedIn(scopes?: readonly string[], settings: Readonly<Record<string, unknown>> = {}) {
  const rig = await quirky({});
  const { access, location, oauthClient } = rig.emulator;
  const grant = access.exchangeCode(access.issueCode(scopes));
  if (grant === undefined) throw new Error("the emulator should have granted a token");
  const stored: Credential[] = [];
  const first: Credential = {
    kind: "oauth",
    accessToken: grant.access.value,
    refreshToken: grant.refreshToken,
    expiresAt: rig.clock.now() + 86_399_000,
    ...oauthClient,
    tokenUrl: `${rig.url}/oauth/token`,
  };
  const agent = partnerAgent(2);
  const open = openConnection({
    connector: highlevel,
    connection: { id: "crm", settings: { locationId: location.id, ...settings }, baseUrls: { api: rig.url } },
    credential: { load: async () => stored.at(-1) ?? first, store: async (fresh) => void stored.push(fresh) },
    clock: rig.clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const end = async () => {
    await open.close();
    await agent.destroy();
    await rig.end();
  };
  const refreshes = () => rig.emulator.control.calls.list().calls.filter(({ path }) => path === "/oauth/token");
  return { ...rig, grant, stored, open, refreshes, end };
}

test("HL45 an OAuth token that was revoked is refreshed once, stored, and the call made again", async () => {
  const { emulator, grant, stored, open, context, end } = await signedIn();
  emulator.access.revoke(grant.access.value);
  await open.check(context);
  expect(stored).toHaveLength(1);
  expect(stored[0]).not.toMatchObject({ refreshToken: grant.refreshToken });
  await end();
});

test("HL121 where writing is not turned on, a contact is read and never written", async () => {
  const rig = await quirky({}, undefined, { writing: false });
  rig.emulator.control.contacts.create({ firstName: "Ana", email: "ana@example.com" });
  await rig.clock.advance(60_001);
  expect((await rig.contacts.list(rig.context, {})).records).toHaveLength(1);
  await expect(rig.contacts.create(rig.context, { firstName: "Bo" })).rejects.toMatchObject({ kind: "forbidden" });
  expect(rig.emulator.control.contacts.list().total).toBe(1);
  await rig.end();
});

test("HL121 writing is off unless it is turned on", () => {
  expect(checkedSettings(highlevel, { id: "crm", settings: { locationId: "loc" } }).writing).toBe(false);
});

test("HL120 a missing scope starts no refresh", async () => {
  const { open, context, refreshes, end } = await signedIn(["locations.readonly"]);
  await expect(open.check(context)).rejects.toMatchObject({ kind: "forbidden" });
  expect(refreshes()).toEqual([]);
  await end();
});

test("HL120 a token of another class starts no refresh", async () => {
  const { open, context, emulator, refreshes, end } = await signedIn();
  const call = open.session(context).http.request({
    method: "GET",
    path: "/oauth/installedLocations",
    query: { companyId: emulator.agency.companyId, appId: emulator.marketplace.appId },
    doing: "list the locations",
  });
  await expect(call).rejects.toMatchObject({ kind: "forbidden" });
  expect(refreshes()).toEqual([]);
  await end();
});

test("HL120 a version that HighLevel does not know starts no refresh", async () => {
  const { open, context, emulator, refreshes, end } = await signedIn();
  const call = open.session(context).http.request({
    method: "GET",
    path: `/locations/${emulator.location.id}`,
    headers: { version: "yesterday" },
    doing: "read the location",
  });
  await expect(call).rejects.toMatchObject({ kind: "misconfigured" });
  expect(refreshes()).toEqual([]);
  await end();
});

test("HL120 a silence starts no refresh", async () => {
  const { open, context, emulator, refreshes, end } = await signedIn();
  emulator.control.faults.set([{ match: { path: "^/contacts/search$" }, effect: "drop", times: 1 }]);
  await expect(open.check(context)).rejects.toMatchObject({ kind: "unavailable" });
  expect(refreshes()).toEqual([]);
  await end();
});

test("B10 a backfill spends the allowance and is never answered 429", async () => {
  const rig = await quirky({ limits: { requests: 20, perMs: 10_000 } });
  const made = await rig.contacts.create(rig.context, { firstName: "Ana" });
  const backfill: CallContext = { priority: PRIORITIES.backfill, calls: [] };
  const reads = Array.from({ length: 100 }, () => rig.contacts.read(backfill, made.externalId));
  let isOver = false;
  const all = Promise.all(reads).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    await rig.clock.advance(20);
  }
  expect(await all).toHaveLength(100);
  expect(backfill.calls.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200));
  await rig.end();
});

test.each([500, 1_000])(
  "HL61 a listing of %i contacts is asked for by full pages and by none beyond",
  async (count) => {
    const { contacts, context, emulator, clock, end } = await quirky({});
    emulator.control.contacts.bulk(count, 1);
    await clock.advance(60_001);
    await contacts.describe(context);
    context.calls.length = 0;
    const ids: string[] = [];
    for await (const page of followPages((cursor) => contacts.list(context, cursor === undefined ? {} : { cursor })))
      ids.push(...page.records.map(({ externalId }) => externalId));
    expect(new Set(ids).size).toBe(count);
    expect(context.calls).toHaveLength(count / 500);
    await end();
  },
);

test.each([{}, { since: 0 }])("HL93 of contacts of one moment none is lost between small pages: %j", async (query) => {
  const { contacts, context, emulator, end } = await quirky({}, undefined, { contactsPerPage: 2 });
  const [createdAt, updatedAt] = [1_000, 2_000];
  emulator.seed([1, 2, 3, 4, 5].map((place) => ({ fields: { firstName: `Ana${place}` }, createdAt, updatedAt })));
  const ids: string[] = [];
  for await (const page of followPages((cursor) => contacts.list(context, { ...query, ...(cursor && { cursor }) }))) {
    expect(page.records.length).toBeLessThanOrEqual(2);
    ids.push(...page.records.map(({ externalId }) => externalId));
  }
  expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
  await end();
});

/** A repeatable random: the ids it makes are all that matters. */
function aRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
