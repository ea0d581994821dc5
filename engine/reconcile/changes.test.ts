import { expect, test } from "vitest";
import { Failure } from "../../model/errors.ts";
import { SIDES } from "../../model/record.ts";
import { MappingRow } from "../../model/sync.ts";
import type { Fields } from "../../model/value.ts";
import { aBase, aContact } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, type WorldOptions } from "../../test/world.ts";

/** Ana on both sides, linked and at rest; `L1` and `R1`. */
async function anaInStep(options: WorldOptions = {}, left: Fields = aContact(), right: Fields = left) {
  const world = await aRunningWorld(options, { left: [left], right: [right] });
  world.forgetCalls();
  return world;
}

const ASK = { mapping: [MappingRow.parse({ left: "companyName", right: "companyName", conflict: "ask" })] };

test("M1: a field changed on one side is carried to the other", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { companyName: "Silva & Sons" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toEqual(aContact({ companyName: "Silva & Sons" }));
  world.right.edit("R1", { firstName: "Anna" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).toEqual(aContact({ companyName: "Silva & Sons", firstName: "Anna" }));
});

test("M2: a pair that differs at first is linked and merged", async () => {
  const left = aContact({ companyName: "", lastName: "Silva" });
  const world = await aRunningWorld({}, { left: [left], right: [aContact({ lastName: "Sousa", tags: ["vip"] })] });
  const merged = aContact({
    lastName: "Silva",
    tags: expect.arrayContaining(["customer", "vip"]) as unknown as string[],
  });
  expect(world.left.fieldsOf("L1")).toEqual(merged);
  expect(world.right.fieldsOf("R1")).toEqual(merged);
  expect((await world.linkOf("left", "L1")).state).toBe("linked");
});

test("M13: a row that was given another counterpart starts anew and empties neither side", async () => {
  const world = await anaInStep({}, aContact({ companyName: "Silva Ltd", city: "" }));
  const row = MappingRow.parse({ left: "companyName", right: "city" });
  await world.configure({ mapping: [row], without: ["city"] });
  await world.notice("left", "L1");
  expect(world.left.fieldsOf("L1")).toMatchObject({ companyName: "Silva Ltd" });
  expect(world.right.fieldsOf("R1")).toMatchObject({ companyName: "Silva Ltd", city: "Silva Ltd" });
});

test("M3: what a person changes in the same way on both sides is agreed without a write", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { companyName: "Silva & Sons" });
  world.right.edit("R1", { companyName: "Silva & Sons" });
  await world.notice("left", "L1");
  expect(world.writes()).toEqual([]);
  expect((await world.linkOf("left", "L1")).base).toMatchObject(aBase({ companyName: "Silva & Sons" }));
});

test("M4: changes of different fields on both sides meet", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { companyName: "Silva & Sons" });
  world.right.edit("R1", { phone: "+4930901820" });
  await world.notice("left", "L1");
  const both = aContact({ companyName: "Silva & Sons", phone: "+4930901820" });
  expect([world.left.fieldsOf("L1"), world.right.fieldsOf("R1")]).toEqual([both, both]);
});

test("M6: a conflict holds its own field until a person settles it, and only that", async () => {
  const world = await anaInStep({ sync: ASK });
  world.left.edit("L1", { companyName: "Left Ltd", city: "Rome" });
  world.right.edit("R1", { companyName: "Right Ltd" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ companyName: "Right Ltd", city: "Rome" });
  expect((await world.linkOf("left", "L1")).conflicts).toMatchObject([{ field: "companyName", left: "Left Ltd" }]);

  world.right.edit("R1", { companyName: "Left Ltd" });
  await world.notice("right", "R1");
  expect((await world.linkOf("left", "L1")).conflicts).toEqual([]);
});

test("M6: a conflict keeps the moment at which it began", async () => {
  const world = await anaInStep({ sync: ASK });
  world.left.edit("L1", { companyName: "Left Ltd" });
  world.right.edit("R1", { companyName: "Right Ltd" });
  await world.notice("left", "L1");
  const [first] = (await world.linkOf("left", "L1")).conflicts;
  await world.advance(5_000);
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  expect((await world.linkOf("left", "L1")).conflicts).toEqual([first]);
});

test.each(SIDES)("M10: tags added and removed at once on both sides all count, noticed %s", async (side) => {
  const world = await anaInStep({}, aContact({ tags: ["old", "kept"] }));
  world.left.edit("L1", { tags: ["kept", "new"] });
  world.right.edit("R1", { tags: ["old", "kept", "vip"] });
  await world.notice(side, side === "left" ? "L1" : "R1");
  for (const tags of [world.left.fieldsOf("L1")?.tags, world.right.fieldsOf("R1")?.tags]) {
    expect([...(tags as string[])].sort()).toEqual(["kept", "new", "vip"]);
  }
});

test("E1: the webhook that our own write sets off plans nothing, however late it comes", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  world.forgetCalls();
  await world.notice("right", "R1");
  await world.advance(10 * 60_000);
  await world.notice("right", "R1");
  expect(world.writes()).toEqual([]);
});

test("E1: an edit that a person makes right after our write is an edit", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  world.right.edit("R1", { city: "Oslo" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).toMatchObject({ city: "Oslo" });
});

test.each([false, true])(
  "E2: a partner that lower-cases tags causes no second write (answers hidden: %s)",
  async (hidesAnswers) => {
    const rewrite = (fields: Fields): Fields => ({
      ...fields,
      tags: (fields.tags as readonly string[]).map((tag) => tag.toLowerCase()),
      companyName: String(fields.companyName).replace("Straße", "Str."),
    });
    const world = await anaInStep({ right: { rewrite, hidesAnswers } });
    world.left.edit("L1", { tags: ["customer", "VIP"], companyName: "Bau Straße 5" });
    await world.notice("left", "L1");
    expect(world.right.fieldsOf("R1")).toMatchObject({ tags: ["customer", "vip"], companyName: "Bau Str. 5" });
    world.forgetCalls();
    await world.notice("right", "R1");
    await world.notice("left", "L1");
    expect(world.writes()).toEqual([]);
    expect(world.left.fieldsOf("L1")).toMatchObject({ tags: ["customer", "VIP"], companyName: "Bau Straße 5" });
  },
);

test("E3: a value that was accepted and not kept becomes a finding and is not sent again", async () => {
  const world = await anaInStep({ right: { rewrite: (fields) => ({ ...fields, city: "" }) } });
  world.left.edit("L1", { city: "Rome", companyName: "Silva & Sons" });
  await world.notice("left", "L1");
  const { findings } = await world.linkOf("left", "L1");
  expect(findings).toMatchObject([{ field: "city", side: "right", kind: "notKept", wanted: "Rome" }]);
  expect(world.right.fieldsOf("R1")).toMatchObject({ companyName: "Silva & Sons" });
  world.forgetCalls();
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  expect(world.writes()).toEqual([]);
  expect((await world.linkOf("left", "L1")).findings).toEqual(findings);
});

test("E3: once somebody changes the value it is sent again, and the finding goes when it is kept", async () => {
  const world = await anaInStep({ right: { rewrite: (fields) => ({ ...fields, city: "" }) } });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  world.right.change({ rewrite: (fields) => fields });
  world.left.edit("L1", { city: "Oslo" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Oslo" });
  expect((await world.linkOf("left", "L1")).findings).toEqual([]);
});

test("F1: what somebody changes between our read and our write is not lost", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  const release = world.left.holdAnswer("read");
  await world.notice("left", "L1");
  world.right.edit("R1", { companyName: "Silva & Sons", tags: ["customer", "vip"] });
  release();
  await world.advance(1_000);
  const both = aContact({ city: "Rome", companyName: "Silva & Sons", tags: ["customer", "vip"] });
  expect([world.left.fieldsOf("L1"), world.right.fieldsOf("R1")]).toEqual([both, both]);
});

test("F1: a tag that somebody adds or removes while we write tags is not lost", async () => {
  const world = await anaInStep({}, aContact({ tags: ["old", "kept"] }));
  world.left.edit("L1", { tags: ["old", "kept", "new"] });
  const release = world.left.holdAnswer("read");
  await world.notice("left", "L1");
  world.right.edit("R1", { tags: ["kept", "vip"] });
  release();
  await world.advance(1_000);
  for (const tags of [world.left.fieldsOf("L1")?.tags, world.right.fieldsOf("R1")?.tags]) {
    expect([...(tags as readonly string[])].sort()).toEqual(["kept", "new", "vip"]);
  }
});

test("M9: a value that the other side can not hold becomes a finding; other fields go on", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { phone: "ask Maria", city: "Rome" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ phone: "+12015550123", city: "Rome" });
  expect((await world.linkOf("left", "L1")).findings).toMatchObject([{ field: "phone", kind: "notExpressible" }]);
  world.left.edit("L1", { phone: "+4930901820" });
  await world.notice("left", "L1");
  expect((await world.linkOf("left", "L1")).findings).toEqual([]);
});

test("C1: a process killed between the partner's answer and the store finds its own write and repeats nothing", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  const release = world.right.holdAnswer("update");
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  world.crash();
  release();
  await world.open();
  expect(world.right.callsOf("update")).toHaveLength(1);
  expect((await world.linkOf("left", "L1")).base).toMatchObject(aBase({ city: "Rome" }));
});

test.each(["before", "after"] as const)("M11: an outage %s the write took effect ends in agreement", async (when) => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.edit("R1", { companyName: "Silva & Sons" });
  world.right.fail("update", outage(when));
  await world.notice("left", "L1");
  await world.advance(2_000);
  const both = aContact({ city: "Rome", companyName: "Silva & Sons" });
  expect([world.left.fieldsOf("L1"), world.right.fieldsOf("R1")]).toEqual([both, both]);
});

test("M11: when the second of two writes fails, the first is not repeated", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.edit("R1", { companyName: "Silva & Sons" });
  world.left.fail("update", outage("before"));
  await world.notice("left", "L1");
  await world.advance(2_000);
  expect(world.right.callsOf("update")).toHaveLength(1);
  expect(world.left.fieldsOf("L1")).toEqual(aContact({ city: "Rome", companyName: "Silva & Sons" }));
});

test("J1: what was written is kept with its reason, fields, rules and calls", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  const [entry] = await world.journal();
  const { id } = await world.linkOf("left", "L1");
  expect(entry).toMatchObject({
    linkId: id,
    reason: "webhook",
    verdict: "updated",
    summary: "Updated Salesmate: city.",
  });
  expect(entry?.detail.fields).toMatchObject([{ field: "city", left: "Rome", rule: "M1", write: "right" }]);
  expect(entry?.detail.calls?.map((call) => call.method)).toEqual(["read", "read", "update"]);
});

test("J2: a pass that changes nothing leaves no entry and no news", async () => {
  const world = await anaInStep();
  const before = await world.journal();
  const told = world.news.length;
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  expect(await world.journal()).toEqual(before);
  expect(world.news.length).toBe(told);
});

test("J2: a change of a field that is not mapped leaves no entry", async () => {
  const world = await anaInStep();
  const before = await world.journal();
  await world.advance(1_000);
  world.left.edit("L1", { notMapped: "anything" });
  await world.notice("left", "L1");
  expect(await world.journal()).toEqual(before);
  expect((await world.linkOf("left", "L1")).left?.fields.notMapped).toBe("anything");
});

test("J1: a failure is kept in words, once", async () => {
  const world = await anaInStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", ...Array.from({ length: 3 }, () => outage("before")));
  await world.notice("left", "L1");
  await world.advance(20_000);
  const failed = (await world.journal()).filter((entry) => entry.verdict === "failed");
  expect(failed).toMatchObject([{ detail: { error: { kind: "unavailable" } } }]);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("D1: a record that vanishes while it is written is held as gone, not taken for written", async () => {
  const world = await anaInStep({ right: { hidesAnswers: true } });
  world.left.edit("L1", { city: "Rome" });
  const gone = new Failure("not_found", "update record R1: it is gone; read it again", { status: 404 });
  world.right.fail("update", { when: "before", failure: gone });
  world.right.remove("R1");
  await world.notice("left", "L1");
  expect((await world.linkOf("left", "L1")).right?.goneAt).toBeDefined();
});
