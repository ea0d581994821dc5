import { sql } from "kysely";
import { expect, test } from "vitest";
import { SIDES } from "../../model/record.ts";
import { MappingRow } from "../../model/sync.ts";
import { type Fields, isEmpty } from "../../model/value.ts";
import { makePeople, seedOf } from "../../sandbox/people.ts";
import { aContact, aField, NOON } from "../../test/builders.ts";
import { FAKE_FIELDS } from "../../test/fakePartner.ts";
import { aRunningWorld, type World, type WorldOptions } from "../../test/world.ts";
import type { JournalEntry } from "../ports.ts";
import { isReplayable, replayEntry } from "./replay.ts";

const WORKSPACE = "acme";

async function anaInStep(options: WorldOptions = {}) {
  return aRunningWorld(options, { left: [aContact()], right: [aContact()] });
}

async function newest(world: World): Promise<JournalEntry> {
  const [entry] = await world.journal();
  if (entry === undefined) throw new Error("the journal is empty");
  return entry;
}

async function mappingOf(world: World, { detail }: JournalEntry) {
  const [kept] = await world.store.mappings(WORKSPACE, [detail.mapping ?? ""]);
  return kept;
}

/** How many mappings the store holds. */
async function mappingCount(world: World): Promise<number> {
  const all = (await world.journal()).flatMap(({ detail }) => detail.mapping ?? []);
  return (await world.store.mappings(WORKSPACE, all)).length;
}

test("J3: every decision names the mapping in force, which is kept once", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  world.left.edit("L1", { city: "Oslo" });
  await world.notice("left", "L1");
  const entries = await world.journal();
  expect(new Set(entries.map(({ detail }) => detail.mapping)).size).toBe(1);
  expect(await mappingOf(world, await newest(world))).toMatchObject({ syncId: "contacts", left: { country: "US" } });
  expect(await mappingCount(world)).toBe(1);
});

test("J3: another row and another field catalogue are another mapping; the old one stays beside it", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  await world.configure({ mapping: [MappingRow.parse({ left: "city", right: "city", conflict: "ask" })] });
  world.left.edit("L1", { city: "Oslo" });
  await world.notice("left", "L1");
  world.right.change({ fields: [...FAKE_FIELDS, aField("website", { type: "url" })] });
  world.left.edit("L1", { city: "Bonn" });
  await world.notice("left", "L1");
  expect(await mappingCount(world)).toBe(3);
});

test("J3: the mapping of an entry is there also when the store failed at first", async () => {
  const world = await anaInStep();
  await world.configure({ without: ["companyName"] });
  const { apply } = world.store;
  const broken = Object.assign(world.store, { apply: () => Promise.reject(new Error("disk full")) });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  Object.assign(broken, { apply });
  await world.advance(60_000);
  const entry = await newest(world);
  expect(entry.detail.fields).toMatchObject([{ field: "city" }]);
  expect(await mappingOf(world, entry)).toMatchObject({ config: { without: ["companyName"] } });
});

test("J4: every decision of a lane can be made anew from the store alone, conflicts and waiting fields included", async () => {
  const mapping = [
    MappingRow.parse({ left: "companyName", right: "companyName", conflict: "ask" }),
    MappingRow.parse({ left: "lastName", right: "lastName", conflict: "newest" }),
  ];
  const world = await anaInStep({ sync: { mapping }, left: { folds: ["city"] } });
  world.left.edit("L1", { companyName: "Left Ltd", lastName: "Sousa", tags: ["vip"], phone: "ask Maria" });
  world.right.edit("R1", { companyName: "Right Ltd" });
  await world.advance(5_000);
  world.right.edit("R1", { lastName: "Santos" });
  await world.notice("left", "L1");
  const decided = (await world.journal()).filter(isReplayable);
  expect(decided.flatMap(({ detail }) => detail.fields.map(({ rule }) => rule)).sort()).toEqual([
    ...["M10", "M5", "M6", "M9"],
  ]);
  for (const entry of decided) {
    const kept = await mappingOf(world, entry);
    expect(kept && replayEntry(entry, kept)).toEqual({ same: true });
  }
});

test("J4: tags that were written on both sides say so, and are decided alike again", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { tags: ["customer", "left"] });
  world.right.edit("R1", { tags: ["customer", "right"] });
  await world.notice("left", "L1");
  const entry = await newest(world);
  const kept = await mappingOf(world, entry);
  expect(entry.detail.fields).toMatchObject([{ field: "tags", rule: "M10", write: "both" }]);
  expect(isReplayable(entry) && kept && replayEntry(entry, kept)).toEqual({ same: true });
});

test("J6: an entry says of each call which partner it went to", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  const { detail } = await newest(world);
  expect(detail.calls?.map(({ side, method }) => `${side} ${method}`).sort()).toEqual([
    ...["left read", "right read", "right update"],
  ]);
});

test("J8: a record that was created says with which values", async () => {
  const world = await anaInStep();
  const externalId = world.left.add(aContact({ firstName: "Bo", email: "bo@example.com", phone: "", tags: [] }));
  await world.notice("left", externalId);
  const { verdict, detail } = await newest(world);
  expect(verdict).toBe("created");
  expect(detail.sent).toMatchObject({ side: "right", fields: { firstName: "Bo", email: "bo@example.com" } });
  expect(detail.sent?.fields).not.toHaveProperty("phone");
});

/** An id as HighLevel makes them, and a number as Salesmate does. */
const IDS = {
  left: (count: number) => `ocQHyuzHvysMo5N5V${String(count).padStart(3, "0")}`,
  right: (count: number) => String(48_210_000 + count),
};

const EDITS = 200;
const EDITED = ["firstName", "lastName", "companyName", "city", "phone", "tags"] as const;

/** Invented people with all that is edited here; nobody shares an e-mail with another. */
function contactsOf(count: number): readonly Fields[] {
  const known = FAKE_FIELDS.map(({ key }) => key);
  const people = makePeople(1, 3 * count).map((person): Fields => seedOf(person, "highlevel", NOON).fields);
  const whole = people.filter((fields) => ["email", ...EDITED].every((key) => fields[key] && !isEmpty(fields[key])));
  const byEmail = new Map(whole.map((fields) => [String(fields.email).toLowerCase(), fields]));
  return [...byEmail.values()]
    .slice(0, count)
    .map((fields) => Object.fromEntries(Object.entries(fields).filter(([key]) => known.includes(key))));
}

/** One or two fields of somebody, as another has them. */
function someEdit(place: number, contacts: readonly Fields[]): Fields {
  const other = contacts[(place * 7 + 1) % contacts.length] ?? {};
  const keys = EDITED.filter((_, at) => at === place % EDITED.length || (place % 2 === 0 && at === (place >> 1) % 3));
  return Object.fromEntries(keys.map((key) => [key, other[key] ?? ""]));
}

test("J5: a plain update of one or two fields takes less than a kilobyte, on average", async () => {
  const contacts = contactsOf(EDITS);
  const habits = { left: { idOf: IDS.left }, right: { idOf: IDS.right } };
  const world = await aRunningWorld(habits, { left: contacts });
  await world.advance(60_000);
  const before = new Set((await world.journal()).map(({ id }) => id));
  for (let place = 0; place < EDITS; place += 1) {
    const at = SIDES[place % 2] ?? "left";
    const externalId = IDS[at](place + 1);
    world[at].edit(externalId, someEdit(place, contacts));
    await world.notice(at, externalId);
  }
  const entries = (await world.journal()).filter(({ id }) => !before.has(id));
  expect(entries.length).toBeGreaterThan(0.9 * EDITS);
  expect(new Set(entries.map(({ verdict }) => verdict))).toEqual(new Set(["updated"]));
  expect((await storedBytes(world, entries)) / entries.length).toBeLessThan(1_024);
});

/** Every column of the rows, as the database holds them. */
async function storedBytes(world: World, entries: readonly JournalEntry[]): Promise<number> {
  const ids = entries.map(({ id }) => id);
  const columns = [
    "workspace_id",
    "id",
    "at",
    "sync_id",
    "link_id",
    "reason",
    "verdict",
    "summary",
    "detail",
    "duration_ms",
  ];
  const length = sql.raw(columns.map((column) => `length(cast(${column} as blob))`).join(" + "));
  const { rows } = await sql<{ bytes: number }>`
    select sum(${length}) as bytes from journal where id in (${sql.join(ids)})
  `.execute(world.store.auth.db);
  return rows[0]?.bytes ?? 0;
}
