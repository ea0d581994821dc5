import { expect, test } from "vitest";
import { type CallContext, followPages, openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { createSalesmateEmulator, type SalesmateOptions } from "../../sandbox/salesmate/index.ts";
import { describeConnector } from "../conformance.ts";
import { salesmate } from "./index.ts";

describeConnector({
  connector: salesmate,
  pageSize: 250,
  makeWorld: async () => {
    const clock = manualClock(Date.UTC(2026, 2, 6, 12));
    const emulator = createSalesmateEmulator({ ...clock, random: () => 0.5 });
    const { url, close } = await emulator.listen(0);
    const settings = { linkname: emulator.linkname, ownerId: emulator.ownerId, timeZone: "Europe/London" };
    return {
      connection: { id: "salesmate", settings, baseUrls: { api: `${url}/apis` } },
      credential: { kind: "token", token: emulator.sessionKey },
      clock,
      seed: (count) => void emulator.control.contacts.bulk(count, 1),
      // Times in search rows are whole minutes.
      catchUp: () => clock.advance(180_000),
      breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
      limit: (requests, perMs) => void emulator.control.limits.set({ off: false, requests, perMs }),
      revoke: emulator.revokeKey,
      stored: () => emulator.control.contacts.list("", 0, 1_000),
      close,
    };
  },
  access: { allowance: { requestsPerHour: 12 }, probe: () => "/core/v4/users" },
  sample: {
    firstName: "Zoë",
    lastName: "van der Berg",
    email: "Zoe@example.com",
    phone: "+12015550123",
    workPhone: "+12015550124",
    otherPhone: "+12015550125",
    jobTitle: "Tiler",
    website: "https://zoe.example.com",
    description: "Met at the fair.\nLikes tiles.",
    tags: ["Customer", "VIP"],
    addressLine1: "12 Harbour Lane",
    addressLine2: "Back door",
    city: "Porto",
    state: "Norte",
    postalCode: "4000-001",
    country: "Portugal",
    "custom.textCustomField1": "green",
    "custom.textAreaCustomField1": "Long words.",
    "custom.numberCustomField1": 2,
    "custom.dateCustomField1": "1990-05-01",
    "custom.dateCustomField2": "2027-01-31",
    "custom.selectCustomField1": "Talking",
    "custom.multiSelectCustomField1": ["Chess", "Music"],
    "custom.checkboxCustomField1": true,
  },
  others: {
    firstName: "Ana",
    lastName: "Silva",
    email: "ana@example.com",
    phone: "+12015550126",
    workPhone: "+12015550127",
    otherPhone: "+12015550128",
    jobTitle: "Mason",
    website: "https://ana.example.com",
    description: "Other words.",
    tags: ["VIP", "Partner"],
    addressLine1: "1 Hill Road",
    addressLine2: "Second floor",
    city: "Lisboa",
    state: "Lisboa",
    postalCode: "1000-001",
    country: "Spain",
    "custom.textCustomField1": "red",
    "custom.textAreaCustomField1": "Other words.",
    "custom.numberCustomField1": 0,
    "custom.dateCustomField1": "1991-06-02",
    "custom.dateCustomField2": "2028-02-29",
    "custom.selectCustomField1": "Customer",
    "custom.multiSelectCustomField1": ["Sailing"],
    "custom.checkboxCustomField1": false,
  },
});

/** An emulator with this quirk, and its connection. */
async function quirky(options: SalesmateOptions, wrong: Readonly<Record<string, unknown>> = {}) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12, 0, 45));
  const emulator = createSalesmateEmulator({ ...clock, random: () => 0.5, ...options });
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent(4);
  const settings = { linkname: emulator.linkname, ownerId: emulator.ownerId, timeZone: "Europe/London", ...wrong };
  const open = openConnection({
    connector: salesmate,
    connection: { id: "salesmate", settings, baseUrls: { api: `${url}/apis` } },
    credential: { load: async () => ({ kind: "token", token: emulator.sessionKey }), store: async () => {} },
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
  return { emulator, clock, open, context, contacts: partnerOf(open, "contact"), end };
}

test.each(["404", "isDeleted"] as const)("SM40 a deleted contact that answers %s is gone", async (goneAs) => {
  const { contacts, context, end } = await quirky({ quirks: { goneAs } });
  const { externalId } = await contacts.create(context, { firstName: "Ana" });
  await contacts.delete(context, externalId);
  expect(await contacts.read(context, externalId)).toBe("gone");
  await end();
});

test.each(["status", "200"] as const)("SM41 a failure that comes with %s is one", async (failuresAs) => {
  const { contacts, context, end } = await quirky({ quirks: { failuresAs } });
  await expect(contacts.create(context, { lastName: "Silva", email: "no e-mail" })).rejects.toMatchObject({
    kind: "rejected",
    details: { isOutcomeUnknown: false, issues: [expect.stringContaining("Email")] },
  });
  expect(await contacts.read(context, "999")).toBe("gone");
  await end();
});

test.each(["Owner-object", "owner-object", "owner-number"] as const)(
  "SM42 an owner shown as %s stays the owner through an update",
  async (ownerAs) => {
    const { contacts, context, emulator, end } = await quirky({ quirks: { ownerAs } });
    const { id } = emulator.control.contacts.create({ firstName: "Ana", lastName: "Silva" });
    const before = await contacts.read(context, id);
    if (before === "gone") throw new Error("the contact should be there");
    expect(before.fields.ownerId).not.toBe(emulator.ownerId);
    await contacts.update(context, id, { city: { kind: "set", value: "Porto" } }, before.fields);
    expect(await contacts.read(context, id)).toMatchObject({ fields: { ...before.fields, city: "Porto" } });
    await end();
  },
);

test.each([true, false])(
  "SM43 a change within the present minute is listed (whole minutes compared: %s)",
  async (afterComparesMinutes) => {
    const { contacts, context, clock, end } = await quirky({ quirks: { afterComparesMinutes } });
    const { externalId } = await contacts.create(context, { firstName: "Ana" });
    const { records } = await contacts.list(context, { since: clock.now() });
    expect(records.map((row) => row.externalId)).toEqual([externalId]);
    await end();
  },
);

test("SM44 a contact without a surname has none in the hub, and the placeholder only at Salesmate", async () => {
  const { contacts, context, emulator, end } = await quirky({});
  const { externalId } = await contacts.create(context, { firstName: "Madonna" });
  expect(await contacts.read(context, externalId)).toMatchObject({ fields: { lastName: "" } });
  expect(emulator.control.state(externalId)).toMatchObject({ values: { lastName: "-" } });
  await end();
});

test.each([
  ["an owner who is no user", { ownerId: 99 }, "misconfigured", /Set ownerId to one of: 1/],
  ["another account's name", { linkname: "elsewhere" }, "misconfigured", /Set linkname/],
])("SM45 a check with %s says what to set", async (_what, wrong, kind, words) => {
  const { open, context, end } = await quirky({}, wrong);
  await expect(open.check(context)).rejects.toMatchObject({ kind, message: expect.stringMatching(words) });
  await end();
});

test.each(["429", "403", "200"] as const)(
  "SM46 over the limit, answered %s, nothing more is sent for a while",
  async (overLimitAs) => {
    const { contacts, open, context, end } = await quirky({
      quirks: { overLimitAs },
      limits: { requests: 1, perMs: 3_600_000 },
    });
    await contacts.describe(context);
    await expect(contacts.read(context, "1")).rejects.toMatchObject({ kind: "rate_limited" });
    expect(open.budget.usage()[0]).toHaveProperty("blockedUntil");
    await end();
  },
);

test("SM47 a full listing misses nobody although records vanish while it is read", async () => {
  const { contacts, context, emulator, end } = await quirky({});
  emulator.control.contacts.bulk(600, 1);
  const ids = emulator.control.contacts.list("", 0, 600).contacts.map(({ id }) => id);
  const seen = new Set<string>();
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await contacts.list(context, cursor === undefined ? {} : { cursor });
    for (const row of page.records) seen.add(row.externalId);
    if (pages === 0)
      for (const { externalId } of page.records.slice(0, 5)) emulator.control.contacts.remove(externalId);
    cursor = page.next;
    pages += 1;
  } while (cursor !== undefined);
  expect(ids.filter((id) => !seen.has(id))).toEqual([]);
  await end();
});

test.each([250, 500])("SM48 a listing of %i contacts is asked for by full pages and by none beyond", async (count) => {
  const { contacts, context, emulator, end } = await quirky({});
  emulator.control.contacts.bulk(count, 1);
  await contacts.list(context, {});
  context.calls.length = 0;
  const ids: string[] = [];
  for await (const page of followPages((cursor) => contacts.list(context, cursor === undefined ? {} : { cursor })))
    ids.push(...page.records.map(({ externalId }) => externalId));
  expect(new Set(ids).size).toBe(count);
  expect(context.calls).toHaveLength(count / 250);
  await end();
});
