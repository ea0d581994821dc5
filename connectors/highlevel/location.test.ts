import { expect, test } from "vitest";
import { type CallContext, openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { createHighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { highlevel } from "./index.ts";

/** A connection to a location in Portugal, by a token with these permissions. */
async function atPorto(settings: object, scopes: readonly string[]) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createHighLevelEmulator({ ...clock, location: { country: "PT" } });
  emulator.access.issuePrivate([...scopes], "Location", "pit-porto");
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent();
  const open = openConnection({
    connector: highlevel,
    connection: { id: "crm", settings: { locationId: emulator.location.id, ...settings }, baseUrls: { api: url } },
    credential: { load: async () => ({ kind: "token", token: "pit-porto" }), store: async () => {} },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const context: CallContext = { priority: PRIORITIES.live, calls: [] };
  const country = () => partnerOf(open, "contact").readCountry?.(context);
  const asked = () => emulator.control.calls.list().calls.length;
  const end = async () => {
    await open.close();
    await agent.destroy();
    await close();
  };
  return { open, clock, country, asked, end };
}

const MAY_READ = ["contacts.readonly", "locations.readonly"];

test("HL190 phones are read in the location's country, which is asked for once an hour", async () => {
  const { country, asked, clock, end } = await atPorto({}, MAY_READ);
  expect([await country(), await country(), asked()]).toEqual(["PT", "PT", 1]);
  await clock.advance(3_600_001);
  expect([await country(), asked()]).toEqual(["PT", 2]);
  await end();
});

test("HL190 the country of the settings overrides the location's, and nothing is asked", async () => {
  const { country, asked, end } = await atPorto({ country: "ES" }, MAY_READ);
  expect([await country(), asked()]).toEqual(["ES", 0]);
  await end();
});

test("HL190 where the location must not be read, phones are read as in the United States, and that is not asked again", async () => {
  const { country, asked, end } = await atPorto({}, ["contacts.readonly"]);
  expect([await country(), await country(), asked()]).toEqual(["US", "US", 1]);
  await end();
});

test("HL191 users are called by their names, listed once an hour, and by nothing where they must not be read", async () => {
  const { open, asked, end } = await atPorto({}, ["contacts.readonly", "users.readonly"]);
  const context: CallContext = { priority: PRIORITIES.live, calls: [] };
  const named = partnerOf(open, "contact").named;
  expect(named?.keys).toEqual(["assignedTo"]);
  const names = await named?.read(context);
  expect(Object.keys(names ?? {})).toContain("usr00000000000000001");
  expect(Object.values(names ?? {}).every((name) => /^\w+ \w+/.test(name))).toBe(true);
  expect([await named?.read(context), asked()]).toEqual([names, 1]);
  await end();
  const narrow = await atPorto({}, ["contacts.readonly"]);
  expect(await partnerOf(narrow.open, "contact").named?.read(context)).toEqual({});
  await narrow.end();
});
