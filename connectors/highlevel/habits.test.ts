import { afterEach, expect, test } from "vitest";
import { type CallContext, openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import type { Changes, Fields, Value } from "../../model/value.ts";
import { createHighLevelEmulator, type HighLevelOptions } from "../../sandbox/highlevel/index.ts";
import { seededRandom } from "../../sandbox/random.ts";
import { highlevel } from "./index.ts";
import { HABITS } from "./quirks.ts";

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** An emulator with these quirks, and the contacts of a connection to it. */
async function aLocation(quirks: NonNullable<HighLevelOptions["quirks"]> = {}, further: object = {}) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createHighLevelEmulator({ ...clock, random: seededRandom(1), quirks });
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent(2);
  const open = openConnection({
    connector: highlevel,
    connection: {
      id: "highlevel",
      settings: { locationId: emulator.location.id, writing: true, ...further },
      baseUrls: { api: url },
    },
    credential: { load: async () => ({ kind: "token", token: emulator.token }), store: async () => {} },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  ends.push(async () => {
    await open.close();
    await agent.destroy();
    await close();
  });
  const context: CallContext = { priority: PRIORITIES.live, calls: [] };
  const contacts = partnerOf(open, "contact");
  const fieldsOf = async (id: string): Promise<Fields> => {
    const found = await contacts.read(context, id);
    return found === "gone" ? {} : found.fields;
  };
  const create = async (fields: Fields): Promise<string> => (await contacts.create(context, fields)).externalId;
  const update = (id: string, changes: Changes, known: Fields = {}) => contacts.update(context, id, changes, known);
  /** Writes past the connector, as another program would. */
  const put = async (id: string, body: object): Promise<number> => {
    const headers = {
      authorization: `Bearer ${emulator.token}`,
      version: "2021-07-28",
      "content-type": "application/json",
    };
    return (await fetch(`${url}/contacts/${id}`, { method: "PUT", headers, body: JSON.stringify(body) })).status;
  };
  const sent = () => emulator.control.calls.list().calls.map(({ method, path }) => `${method} ${path}`);
  return { emulator, clock, context, contacts, fieldsOf, create, update, put, sent };
}

const set = (value: Value) => ({ kind: "set", value }) as const;

/** The test of each entry; an entry without one does not compile. */
const TESTS: Readonly<Record<(typeof HABITS)[number]["id"], () => Promise<void>>> = {
  lowerCaseNames: async () => {
    const { contacts, context, clock, create, fieldsOf } = await aLocation({ rawNames: false });
    const id = await create({ firstName: "Zoë", lastName: "McKay" });
    await clock.advance(60_001);
    const [row] = (await contacts.list(context, {})).records;
    expect(row).toMatchObject({ fields: { lastName: "mckay" }, folded: ["firstName", "lastName"] });
    expect(await fieldsOf(id)).toMatchObject({ firstName: "Zoë", lastName: "McKay" });
  },
  lowerCaseTags: async () => {
    const { create, update, fieldsOf } = await aLocation();
    const id = await create({ firstName: "Ana", tags: ["VIP"] });
    expect((await fieldsOf(id)).tags).toEqual(["vip"]);
    await update(id, { tags: set(["VIP", "Partner"]) }, { tags: ["vip"] });
    expect((await fieldsOf(id)).tags).toEqual(["vip", "partner"]);
  },
  goneAs400: async () => {
    for (const goneAs of ["400", "404"] as const) {
      const { contacts, context } = await aLocation({ goneAs });
      expect(await contacts.read(context, "abcDEF1234567890wxyz")).toBe("gone");
    }
  },
  duplicateAs400: async () => {
    const { contacts, context, create } = await aLocation();
    const id = await create({ firstName: "Ana", email: "ana@example.com" });
    const again = await contacts.create(context, { firstName: "A.", email: "ANA@example.com" });
    expect(again).toEqual({ kind: "found", externalId: id });
  },
  flagInAnswers: async () => {
    for (const apiVersion of ["2021-07-28", "v3"]) {
      const { create, update, fieldsOf } = await aLocation({}, { apiVersion });
      const id = await create({ firstName: "Ana" });
      expect(await update(id, { city: set("Porto") })).toMatchObject({ fields: { city: "Porto" } });
      expect((await fieldsOf(id)).city).toBe("Porto");
    }
  },
  refusedOnUpdate: async () => {
    const { create, update, fieldsOf } = await aLocation();
    const id = await create({ firstName: "Ana", companyName: "Silva Tiles", gender: "female" });
    await update(id, { companyName: set("Other"), gender: set("male"), city: set("Porto") });
    expect(await fieldsOf(id)).toMatchObject({ companyName: "Silva Tiles", gender: "female", city: "Porto" });
  },
  tagsReplaced: async () => {
    const { emulator, create, update, fieldsOf } = await aLocation();
    const id = await create({ firstName: "Ana", tags: ["one"] });
    emulator.control.contacts.edit(id, { tags: ["one", "by hand"] });
    await update(id, { city: set("Porto"), tags: { kind: "elements", add: ["two"], remove: [] } }, { tags: ["one"] });
    expect((await fieldsOf(id)).tags).toEqual(["one", "by hand", "two"]);
  },
  upsertDecides: async () => {
    const { create, update, sent } = await aLocation();
    const id = await create({ firstName: "Ana", email: "ana@example.com" });
    await create({ firstName: "Bo", email: "ana@example.com" });
    await update(id, { email: set("a@example.com"), tags: set(["one"]) }, { tags: [] });
    expect(sent().filter((call) => call.startsWith("POST") && call.includes("upsert"))).toEqual([]);
    expect(sent()).toContain("POST /contacts/");
  },
  phoneByCountry: async () => {
    const { create, fieldsOf } = await aLocation();
    expect((await fieldsOf(await create({ firstName: "Ana", phone: "(201) 555-0123" }))).phone).toBe("+12015550123");
  },
  birthDateWritings: async () => {
    for (const dateOfBirthAs of ["date", "iso"] as const) {
      const { create, fieldsOf } = await aLocation({ dateOfBirthAs });
      const id = await create({ firstName: "Ana", dateOfBirth: "1990-05-01" });
      expect((await fieldsOf(id)).dateOfBirth).toBe("1990-05-01");
      // The day from which milliseconds are counted is 0 of them.
      const first = await create({ firstName: "Bo", "custom.renewal_on": "1970-01-01" });
      expect((await fieldsOf(first))["custom.renewal_on"]).toBe("1970-01-01");
    }
  },
  countryCodes: async () => {
    const { contacts, context, create } = await aLocation();
    const country = (await contacts.describe(context)).find(({ key }) => key === "country");
    expect(country).toMatchObject({ isCodeOnly: true });
    await expect(create({ firstName: "Ana", country: "Portugal" })).rejects.toMatchObject({ kind: "rejected" });
  },
  permanentDoNotDisturb: async () => {
    const { put, create, update, fieldsOf } = await aLocation();
    const id = await create({ firstName: "Ana" });
    expect(await put(id, { dndSettings: { SMS: { status: "permanent" } } })).toBe(200);
    expect((await fieldsOf(id))["doNotDisturb.sms"]).toBe(true);
    await expect(update(id, { "doNotDisturb.sms": set(false) })).rejects.toMatchObject({
      kind: "rejected",
      message: expect.stringContaining("only the contact can lift it"),
    });
  },
};

test.each(HABITS)("HL136 $does", ({ id }) => TESTS[id]());
