import { describe, expect, test } from "vitest";
import {
  type CallContext,
  createMemoryBook,
  type HttpRequest,
  openConnection,
  PRIORITIES,
  partnerAgent,
  partnerOf,
} from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { createHighLevelEmulator, type HighLevelOptions } from "../../sandbox/highlevel/index.ts";
import { describeChildren } from "../childConformance.ts";
import type { ConformanceWorld } from "../conformance.ts";
import { appointments } from "./appointments.ts";
import { highlevel } from "./index.ts";
import { Settings } from "./settings.ts";

const CALENDAR = "cal00000000000000001";
const PARENTS = [{ firstName: "Ana" }, { firstName: "Bo" }] as const;

const NOTE = { title: "Fair", body: "Likes tiles.\nCalls on Mondays." };
const TASK = { title: "Call", body: "About tiles", dueAt: "2026-05-06T08:00:00.000Z", isCompleted: false };
const APPOINTMENT = {
  title: "Measure the roof",
  notes: "Bring the ladder",
  startsAt: "2026-05-06T14:00:00.000Z",
  endsAt: "2026-05-06T15:00:00.000Z",
  location: "12 Harbour Lane",
  state: "confirmed",
};

/** Every kind of child, tried with a set of the emulator's quirks. */
function describeAll(quirks: HighLevelOptions["quirks"], settings: object = {}): void {
  const makeWorld = () => makeWorldWith(quirks, settings);
  const common = { connector: highlevel, makeWorld, parents: PARENTS };
  describeChildren({
    ...common,
    resource: "note",
    sample: NOTE,
    others: { title: "Later", body: "Likes wood." },
    clearable: ["title"],
  });
  describeChildren({
    ...common,
    resource: "task",
    sample: TASK,
    others: { title: "Write", body: "About wood", dueAt: "2026-11-01T06:30:00.000Z", isCompleted: true },
    clearable: ["body"],
  });
  describeChildren({
    ...common,
    resource: "appointment",
    sample: APPOINTMENT,
    others: {
      title: "Lay the roof",
      notes: "Bring tiles",
      startsAt: "2026-05-06T14:30:00.000Z",
      endsAt: "2026-05-06T17:00:00.000Z",
      location: "The yard",
      state: "showed",
    },
    clearable: ["notes", "location"],
  });
}

describe("as HighLevel most likely is", () => describeAll({}));

describe("as HighLevel most likely is under v3", () => describeAll({}, { apiVersion: "v3" }));

describe("as HighLevel may be as well", () =>
  describeAll({
    goneAs: "400",
    dueDateAs: "offset",
    taskRowId: "id",
    appointmentTimeAs: "utc",
    appointmentNotesAs: "description",
    appointmentEnvelope: "appointment",
    deletedAppointments: "shown",
  }));

async function makeWorldWith(quirks: HighLevelOptions["quirks"], further: object): Promise<ConformanceWorld> {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createHighLevelEmulator({ ...clock, random: aRandom(), ...(quirks && { quirks }) });
  const { url, close } = await emulator.listen(0);
  return {
    connection: {
      id: "highlevel",
      settings: { locationId: emulator.location.id, writing: true, calendarId: CALENDAR, ...further },
      baseUrls: { api: url },
    },
    credential: { kind: "token", token: emulator.token },
    clock,
    seed: (count) => void emulator.control.contacts.bulk(count, 1),
    catchUp: () => clock.advance(60_001),
    breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
    close,
  };
}

/** An emulator with one contact, and a connection to it with further settings. */
async function aContact(options: HighLevelOptions = {}, settings: object = {}) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createHighLevelEmulator({ ...clock, random: aRandom(), ...options });
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent(4);
  const open = openConnection({
    connector: highlevel,
    connection: {
      id: "highlevel",
      settings: { locationId: emulator.location.id, writing: true, ...settings },
      baseUrls: { api: url },
    },
    credential: { load: async () => ({ kind: "token", token: emulator.token }), store: async () => {} },
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
  const contactId = emulator.control.contacts.create({ firstName: "Ana" }).id;
  return { emulator, clock, open, context, contactId, end };
}

test("HL70 an appointment is not made without a calendar, and the setting to fill in is named", async () => {
  const rig = await aContact();
  const making = partnerOf(rig.open, "appointment").create(rig.context, APPOINTMENT, rig.contactId);
  await expect(making).rejects.toMatchObject({ kind: "misconfigured", message: expect.stringContaining("calendarId") });
  expect(rig.context.calls).toEqual([]);
  await rig.end();
});

test("HL70 a calendar that the location does not have is a wrong setting", async () => {
  const rig = await aContact({}, { calendarId: "elsewhere" });
  const making = partnerOf(rig.open, "appointment").create(rig.context, APPOINTMENT, rig.contactId);
  await expect(making).rejects.toMatchObject({ kind: "misconfigured", message: expect.stringContaining("calendarId") });
  await rig.end();
});

test("HL71 an appointment that exists elsewhere is taken over though its slot is taken", async () => {
  const rig = await aContact({}, { calendarId: CALENDAR });
  const partner = partnerOf(rig.open, "appointment");
  const first = await partner.create(rig.context, APPOINTMENT, rig.contactId);
  const second = await partner.create(rig.context, APPOINTMENT, rig.contactId);
  expect(second.externalId).not.toBe(first.externalId);
  await rig.end();
});

test("HL72 a listed clock is read in the location's zone, asked for once, or in the zone of the settings", async () => {
  const rig = await aContact({ location: { timezone: "Asia/Kolkata" } });
  const startsAt = "2026-05-06T14:00:00.000Z";
  rig.emulator.children.create("appointments", rig.contactId, { title: "Meet", startsAt });
  const partner = partnerOf(rig.open, "appointment");
  for (const _time of [1, 2]) {
    const { records } = await partner.list(rig.context, { parentId: rig.contactId });
    expect(records).toMatchObject([{ fields: { startsAt } }]);
  }
  expect(rig.context.calls.filter(({ path }) => path.startsWith("/locations/"))).toHaveLength(1);
  await rig.end();
  const told = await aContact({ location: { timezone: "Asia/Kolkata" } }, { timeZone: "Asia/Kolkata" });
  told.emulator.children.create("appointments", told.contactId, { title: "Meet", startsAt });
  const { records } = await partnerOf(told.open, "appointment").list(told.context, { parentId: told.contactId });
  expect(records).toMatchObject([{ fields: { startsAt } }]);
  expect(told.context.calls).toHaveLength(1);
  await told.end();
});

test("HL73 a listed clock that was shown twice says nothing of the time, and a read tells it", async () => {
  const rig = await aContact();
  const twice = { title: "Meet", startsAt: "2026-11-01T06:30:00.000Z", endsAt: "2026-11-01T08:00:00.000Z" };
  const { id } = rig.emulator.children.create("appointments", rig.contactId, twice);
  const partner = partnerOf(rig.open, "appointment");
  const [row] = (await partner.list(rig.context, { parentId: rig.contactId })).records;
  expect(row?.fields).not.toHaveProperty("startsAt");
  expect(row?.fields.endsAt).toBe(twice.endsAt);
  expect(await partner.read(rig.context, id, rig.contactId)).toMatchObject({ fields: { startsAt: twice.startsAt } });
  await rig.end();
});

test("HL74 all tasks of the location are listed once each, with their contacts, though some vanish meanwhile", async () => {
  const rig = await aContact({ limits: { off: true } });
  const made = Array.from({ length: 150 }, (_none, at) =>
    rig.emulator.children.create("tasks", rig.contactId, { title: `Task ${at}` }),
  );
  await rig.clock.advance(60_001);
  const partner = partnerOf(rig.open, "task");
  const first = await partner.list(rig.context, {});
  const gone = made.filter(({ id }) => first.records.slice(0, 5).some(({ externalId }) => externalId === id));
  for (const { id } of gone) rig.emulator.children.remove("tasks", id);
  await rig.clock.advance(60_001);
  const second = await partner.list(rig.context, { ...(first.next !== undefined && { cursor: first.next }) });
  expect(second.next).toBeUndefined();
  const rows = [...first.records, ...second.records];
  expect(new Set(rows.map(({ externalId }) => externalId))).toEqual(new Set(made.map(({ id }) => id)));
  expect(new Set(rows.map(({ parentId }) => parentId))).toEqual(new Set([rig.contactId]));
  await rig.end();
});

test("HL75 a missing permission for tasks and appointments is named", async () => {
  const rig = await aContact({ token: "pit-narrow" }, { calendarId: CALENDAR });
  rig.emulator.access.issuePrivate(["contacts.readonly"], "Location", "pit-narrow");
  const scoped = (scope: string) => ({ kind: "forbidden", details: { scope } });
  expect(await partnerOf(rig.open, "task").list(rig.context, {})).toEqual({
    records: [],
    refused: expect.stringContaining("The missing permission is locations/tasks.readonly."),
  });
  const partner = partnerOf(rig.open, "appointment");
  await expect(partner.read(rig.context, "a1")).rejects.toMatchObject(scoped("calendars/events.readonly"));
  await expect(partner.create(rig.context, APPOINTMENT, rig.contactId)).rejects.toMatchObject(
    scoped("calendars/events.write"),
  );
  await rig.end();
});

test("HL76 calls about calendars name the version that calendars have", async () => {
  const sent: HttpRequest[] = [];
  const request = async (wanted: HttpRequest) => {
    sent.push(wanted);
    return { status: 200, headers: {}, body: { event: { id: "a1", contactId: "c1" } } };
  };
  const remember = <T>(_key: string, _forMs: number, load: () => Promise<T>) => load();
  const book = createMemoryBook(
    () => 0,
    () => 0,
  );
  for (const apiVersion of ["2021-07-28", "v3"] as const) {
    const settings = Settings.parse({ locationId: "loc", apiVersion });
    await appointments.read({ settings, http: { request }, now: () => 0, remember, forget: () => {}, book }, "a1");
  }
  expect(sent.map(({ headers }) => headers?.version)).toEqual(["2021-04-15", "v3"]);
});

test("HL77 a note that HighLevel shows as rich text is read as it shows it", async () => {
  const rig = await aContact({ quirks: { noteBodyAs: "html" } });
  const { id } = rig.emulator.children.create("notes", rig.contactId, { body: "Tea & talk" });
  const read = await partnerOf(rig.open, "note").read(rig.context, id, rig.contactId);
  expect(read).toMatchObject({ fields: { body: "<p>Tea &amp; talk</p>" } });
  await rig.end();
});

/** A repeatable random: the ids it makes are all that matters. */
function aRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
