import { expect, test } from "vitest";
import type { FieldDefinition } from "../../model/field.ts";
import { MappingRow } from "../../model/sync.ts";
import type { Fields } from "../../model/value.ts";
import { aField } from "../../test/builders.ts";
import { FAKE_FIELDS } from "../../test/fakePartner.ts";
import { aWorld, type World } from "../../test/world.ts";

const KEY = "custom.size";
const ROWS = [MappingRow.parse({ left: KEY, right: KEY })];

function size(definition: Partial<FieldDefinition> = {}): FieldDefinition {
  return aField(KEY, { isCustom: true, madeAs: "1", ...definition });
}

function fieldsWith(...fields: readonly FieldDefinition[]): { readonly fields: readonly FieldDefinition[] } {
  return { fields: [...FAKE_FIELDS, ...fields] };
}

const ANA = { firstName: "Ana", email: "ana@example.com", [KEY]: "42" };

/** Two sides that agree on Ana's size, which is a custom field on both. */
async function aSizedWorld(right: Partial<FieldDefinition> = {}): Promise<World> {
  const world = await aWorld({
    sync: { mapping: ROWS },
    left: fieldsWith(size()),
    right: fieldsWith(size(right)),
  });
  world.left.add(ANA);
  world.right.add(ANA);
  await world.open();
  await world.advance(5_000);
  world.forgetCalls();
  return world;
}

const watchOf = async (world: World) => world.store.fieldWatch("acme", "contacts");
const findingsOf = async (world: World) => (await watchOf(world))?.findings ?? [];
const answer = (world: World, text: string) => world.mark(text, "person");

/** Some edit that has the mapping looked at. */
async function edit(world: World, fields: Record<string, string>, side: "left" | "right" = "left"): Promise<void> {
  const [id = ""] = world[side].ids();
  world[side].edit(id, fields);
  await world.notice(side, id);
  await world.advance(5_000);
}

test("M24 a custom field that is deleted is one finding with its count, and everything else goes on", async () => {
  const world = await aSizedWorld();
  world.right.change(fieldsWith());
  await edit(world, { [KEY]: "43", city: "Oslo" });
  expect(await findingsOf(world)).toMatchObject([{ side: "right", key: KEY, change: "gone", records: 1 }]);
  expect(world.right.callsOf("update").flatMap(({ changes }) => Object.keys(changes ?? {}))).toEqual(["city"]);
  const [link] = await world.links();
  expect([link?.findings, link?.conflicts]).toEqual([[], []]);
  expect(await world.store.troubledKeys("acme", { state: "dead", limit: 10 })).toEqual([]);
});

test("M24 a finding is the same after a restart, and a crash asks nobody twice", async () => {
  const world = await aSizedWorld();
  world.right.change(fieldsWith());
  await edit(world, { city: "Oslo" });
  const [before] = await findingsOf(world);
  world.crash();
  await world.advance(60_000);
  await world.open();
  await edit(world, { [KEY]: "44" });
  expect(await findingsOf(world)).toEqual([before]);
  expect(world.right.fieldsOf(world.right.ids()[0] ?? "")?.[KEY]).toBe("42");
});

test("M24 a field that keeps another kind of value is left out until a person takes it as it is", async () => {
  const world = await aSizedWorld();
  world.right.change(fieldsWith(size({ type: "number" })));
  await edit(world, { [KEY]: "43" });
  expect(await findingsOf(world)).toMatchObject([{ change: "type", now: { type: "number" } }]);
  expect(world.writes()).toEqual([]);
  await answer(world, `fieldTo:contacts:right:${encodeURIComponent(KEY)}:${KEY}`);
  await world.advance(5_000);
  expect(await findingsOf(world)).toEqual([]);
});

test("M24 an option that no record holds is not missed, one that is held is a finding", async () => {
  const options = { type: "option", options: ["42", "43", "44"] } as const;
  const world = await aSizedWorld({ ...options, options: [...options.options] });
  world.right.change(fieldsWith(size({ type: "option", options: ["42", "43"] })));
  await edit(world, { [KEY]: "43" });
  expect(await findingsOf(world)).toEqual([]);
  expect(world.right.fieldsOf("R1")?.[KEY]).toBe("43");
  world.right.change(fieldsWith(size({ type: "option", options: ["42"] })));
  await edit(world, { city: "Oslo" });
  expect(await findingsOf(world)).toMatchObject([{ change: "options", records: 1 }]);
});

test("M25 a field that comes back as it was carries what was edited meanwhile, and nothing is lost", async () => {
  const world = await aSizedWorld();
  world.left.change(fieldsWith());
  // Its left counterpart would win a conflict: what was agreed on says that there is none.
  await edit(world, { [KEY]: "43" }, "right");
  expect(world.writes()).toEqual([]);
  world.left.change(fieldsWith(size()));
  await edit(world, { city: "Oslo" }, "right");
  await world.advance(60_000);
  expect(world.left.fieldsOf("L1")).toMatchObject({ [KEY]: "43", city: "Oslo" });
  expect(await findingsOf(world)).toEqual([]);
});

test("M25 a field that went while its definition was remembered is not taken for emptied", async () => {
  const world = await aSizedWorld();
  world.right.change({ fieldsKeptMs: 300_000 });
  await edit(world, { city: "Oslo" });
  world.right.change(fieldsWith());
  // Its product shows the record without the value, as it would had somebody emptied it.
  await edit(world, { [KEY]: "" }, "right");
  expect(world.left.fieldsOf("L1")?.[KEY]).toBe("42");
  expect(await findingsOf(world)).toMatchObject([{ side: "right", change: "gone", records: 1 }]);
});

test.each([
  ["shows nothing", ""],
  ["goes on showing what was there", "42"],
])("M25 what is sent to a field that went, where the product %s, is no finding of its record", async (_how, shown) => {
  const world = await aSizedWorld();
  const drops = { rewrite: (fields: Fields): Fields => ({ ...fields, [KEY]: shown }) };
  world.right.change({ fieldsKeptMs: 300_000 });
  await edit(world, { city: "Oslo" });
  world.right.change({ ...fieldsWith(), ...drops });
  await edit(world, { [KEY]: "43" });
  expect((await world.links()).flatMap(({ findings }) => findings)).toEqual([]);
  expect(await findingsOf(world)).toMatchObject([{ side: "right", change: "gone" }]);
  expect(world.left.fieldsOf("L1")?.[KEY]).toBe("43");
});

test("M25 emptying a field that is there still empties it on the other side", async () => {
  const world = await aSizedWorld();
  await edit(world, { [KEY]: "" }, "right");
  expect(world.left.fieldsOf("L1")?.[KEY]).toBe("");
  expect(await findingsOf(world)).toEqual([]);
});

test("M26 left out by a person, a field stays out when it is back, until the person takes it in again", async () => {
  const world = await aSizedWorld();
  world.right.change(fieldsWith());
  await edit(world, { [KEY]: "43" });
  await answer(world, `fieldOut:contacts:right:${KEY}`);
  world.right.change(fieldsWith(size()));
  await edit(world, { city: "Oslo" });
  expect(await findingsOf(world)).toMatchObject([{ isLeftOut: true }]);
  expect(world.right.fieldsOf("R1")?.[KEY]).toBe("42");
  await answer(world, `fieldAgain:contacts:right:${KEY}`);
  await world.advance(60_000);
  expect(await findingsOf(world)).toEqual([]);
  expect(world.right.fieldsOf("R1")?.[KEY]).toBe("43");
});

test("M26 looked at again in vain, a field is asked about as before, with when that was", async () => {
  const world = await aSizedWorld();
  world.right.change(fieldsWith());
  await edit(world, { city: "Oslo" });
  await answer(world, `fieldAgain:contacts:right:${KEY}`);
  expect(await findingsOf(world)).toMatchObject([{ change: "gone", triedAt: world.clock.now() }]);
});

test("M26 another field takes the row over and is filled", async () => {
  const world = await aSizedWorld();
  world.right.change(fieldsWith(size({ key: "custom.size_2", madeAs: "2" })));
  await edit(world, { city: "Oslo" });
  await answer(world, `fieldTo:contacts:right:custom.size_2:${KEY}`);
  await world.advance(60_000);
  expect(world.right.fieldsOf("R1")?.["custom.size_2"]).toBe("42");
  expect(await findingsOf(world)).toEqual([]);
  await edit(world, { [KEY]: "45" });
  expect(world.right.fieldsOf("R1")?.["custom.size_2"]).toBe("45");
});

test("M26 a field made anew under its key empties nothing: taken as it is, it is filled", async () => {
  const world = await aSizedWorld();
  world.right.change(fieldsWith(size({ madeAs: "2" })));
  await edit(world, { [KEY]: "" }, "right");
  expect(world.left.fieldsOf("L1")?.[KEY]).toBe("42");
  expect(await findingsOf(world)).toMatchObject([{ change: "anew" }]);
  await answer(world, `fieldTo:contacts:right:${encodeURIComponent(KEY)}:${KEY}`);
  await world.advance(60_000);
  expect([world.left.fieldsOf("L1")?.[KEY], world.right.fieldsOf("R1")?.[KEY]]).toEqual(["42", "42"]);
  await edit(world, { [KEY]: "" }, "right");
  expect(world.left.fieldsOf("L1")?.[KEY]).toBe("");
});

test("M26 a row that is configured anew has the last word", async () => {
  const world = await aSizedWorld();
  world.right.change(fieldsWith(size({ key: "custom.size_2", madeAs: "2" })));
  await edit(world, { city: "Oslo" });
  await answer(world, `fieldTo:contacts:right:custom.size_2:${KEY}`);
  await world.configure({ mapping: [] });
  await edit(world, { city: "Rome" });
  expect(await watchOf(world)).toMatchObject({ moved: [], findings: [] });
});
