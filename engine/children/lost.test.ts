import { expect, test } from "vitest";
import { SIDES } from "../../model/record.ts";
import { outage } from "../../test/fakePartner.ts";
import { aNoteWorld, aWorldOfNotes, bodiesOf, note } from "../../test/noteWorld.ts";

/** Longer than a lost create may still take effect. */
const AFTERWARDS_MS = 180_000;

test("H9 a note whose create lost its answer is found among the contact's notes, and not sent again", async () => {
  const { world, left, right } = await aWorldOfNotes();
  world.notes.right.fail("create", outage("after"));
  world.notes.left.addChild(left, note("Called back."));
  await world.noticeNotes("left", left);
  await world.advance(AFTERWARDS_MS);
  expect(bodiesOf(world, "right", right)).toEqual(["Called back."]);
  expect(world.notes.right.callsOf("create")).toHaveLength(1);
  expect((await world.noteLinks()).map(({ state }) => state)).toEqual(["linked"]);
});

test("H9 a note whose create never took effect is sent again", async () => {
  const { world, left, right } = await aWorldOfNotes();
  world.notes.right.fail("create", {
    when: "before",
    failure: outage("after").failure,
  });
  world.notes.left.addChild(left, note("Called back."));
  await world.noticeNotes("left", left);
  await world.advance(AFTERWARDS_MS);
  expect(bodiesOf(world, "right", right)).toEqual(["Called back."]);
  expect(world.notes.right.callsOf("create")).toHaveLength(2);
});

test("H9 of notes that say the same, each is made once though answers are lost", async () => {
  const { world, left, right } = await aWorldOfNotes();
  world.notes.right.fail("create", outage("after"), outage("after"));
  for (let count = 0; count < 3; count += 1) world.notes.left.addChild(left, note("Called."));
  await world.noticeNotes("left", left);
  await world.advance(2 * AFTERWARDS_MS);
  expect(bodiesOf(world, "right", right)).toHaveLength(3);
  expect(bodiesOf(world, "left", left)).toHaveLength(3);
});

test("H9 killed while a note is being made, the next process finds it", async () => {
  const { world, left, right } = await aWorldOfNotes();
  world.notes.right.holdAnswer("create");
  world.notes.left.addChild(left, note("Called back."));
  await world.noticeNotes("left", left);
  expect(bodiesOf(world, "right", right)).toEqual(["Called back."]);
  world.crash();
  await world.open();
  await world.advance(AFTERWARDS_MS);
  expect(bodiesOf(world, "right", right)).toEqual(["Called back."]);
  expect((await world.noteLinks()).map(({ state }) => state)).toEqual(["linked"]);
});

test("H9 a note of the same text with a title of its own is not taken for what was sent without one", async () => {
  const { world, left, right } = await aWorldOfNotes();
  const titled = world.notes.right.addChild(right, { title: "Mine", body: "Called." });
  world.notes.right.fail("create", outage("after"));
  world.notes.left.fail("create", outage("before"));
  world.notes.left.addChild(left, note("Called."));
  await world.noticeNotes("left", left);
  await world.advance(AFTERWARDS_MS);
  for (const side of SIDES) expect(world.notes[side].ids()).toHaveLength(2);
  expect(world.notes.right.fieldsOf(titled)).toMatchObject({ title: "Mine" });
});

test("H10 what was made and edited before it was found is linked when it still says part of what was sent", async () => {
  const { world, left, right } = await aWorldOfNotes();
  world.notes.right.fail("create", outage("after"));
  world.notes.left.addChild(left, { title: "Call", body: "Called back." });
  await world.noticeNotes("left", left);
  world.notes.right.edit(world.notes.right.ids()[0] ?? "", { body: "Called back twice." });
  await world.advance(AFTERWARDS_MS);
  expect(world.notes.right.callsOf("create")).toHaveLength(1);
  expect((await world.noteLinks()).map(({ state }) => state)).toEqual(["linked"]);
  expect(bodiesOf(world, "right", right)).toEqual(bodiesOf(world, "left", left));
});

test("H10 what was made and then edited alike on both sides is linked, whoever else appeared", async () => {
  const { world, left, right } = await aWorldOfNotes();
  world.notes.right.fail("create", outage("after"));
  const here = world.notes.left.addChild(left, note("Called back."));
  await world.noticeNotes("left", left);
  for (const side of SIDES) world.notes[side].edit(world.notes[side].ids()[0] ?? "", note("Called twice."));
  world.notes.right.addChild(right, note("Another."));
  await world.noticeNotes("right", right);
  await world.advance(2 * AFTERWARDS_MS);
  expect((await world.noteLinkOf("left", here)).state).toBe("linked");
  for (const [side, parentId] of [
    ["left", left],
    ["right", right],
  ] as const) {
    expect(bodiesOf(world, side, parentId).toSorted()).toEqual(["Another.", "Called twice."]);
  }
});

test("H10 where nothing tells, a person is asked about that contact's notes, and nothing is made again", async () => {
  const { world, left, right } = await aWorldOfNotes();
  world.notes.right.fail("create", outage("after"));
  world.notes.left.addChild(left, note("Called back."));
  await world.noticeNotes("left", left);
  world.notes.right.edit(world.notes.right.ids()[0] ?? "", note("Something else altogether."));
  await world.advance(AFTERWARDS_MS);
  expect(bodiesOf(world, "right", right)).toEqual(["Something else altogether."]);
  const links = await world.noteLinks();
  expect(links.map(({ state }) => state)).toEqual(["ambiguous", "ambiguous"]);
  const parent = await world.linkOf("left", left);
  expect(links.map(({ parentLinkId }) => parentLinkId)).toEqual([parent.id, parent.id]);
});

test("H9 notes written at once on both sides are all there once", async () => {
  const { world, left, right } = await aNoteWorld([], []);
  for (const side of SIDES) world.notes[side].change({ latency: () => 40 });
  world.notes.left.addChild(left, note("From the left."));
  world.notes.right.addChild(right, note("From the right."));
  await Promise.all([world.noticeNotes("left", left), world.noticeNotes("right", right)]);
  await world.advance(AFTERWARDS_MS);
  for (const [side, parentId] of [
    ["left", left],
    ["right", right],
  ] as const) {
    expect(bodiesOf(world, side, parentId).toSorted()).toEqual(["From the left.", "From the right."]);
  }
});
