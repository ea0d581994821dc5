import { expect, test } from "vitest";
import { SIDES } from "../../model/record.ts";
import { aContact } from "../../test/builders.ts";
import { aNoteWorld, aWorldOfNotes, bodiesOf, note } from "../../test/noteWorld.ts";
import { aWorld, type World, type WorldOptions } from "../../test/world.ts";
import { openSync } from "../context.ts";
import { describeLink } from "../describe.ts";
import { readingFields } from "../fields/keeper.ts";
import type { PartnerOf } from "../ports.ts";
import { verifySync } from "../verify.ts";

/** Contacts that are the same on both sides, each with a note on the left. */
async function aTown(size: number, options: WorldOptions = {}): Promise<World> {
  const world = await aWorld({ notes: {}, ...options });
  for (let place = 0; place < size; place += 1) {
    const person = aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone: "" });
    world.notes.left.addChild(world.left.add(person), note(`About Ana${place}.`));
    world.right.add(person);
  }
  return world;
}

test("H15 notes are first read when the contacts are matched, and the reading says how far it is", async () => {
  const world = await aTown(150);
  await world.open();
  await world.advance(10_000);
  expect(world.notes.right.ids()).toHaveLength(150);
  for (const side of SIDES) {
    const reading = await world.store.checkpoint("acme", "notes", side, "backfill");
    expect(reading).toMatchObject({ seen: 150, total: 150 });
    expect(reading?.finishedAt).toBeDefined();
  }
  expect((await world.store.checkpoint("acme", "notes", "left", "match"))?.finishedAt).toBeDefined();
});

test("H15 a first reading that breaks off goes on where it stopped", async () => {
  const world = await aTown(150);
  for (const side of SIDES) world.notes[side].change({ latency: () => 20 });
  await world.open();
  await world.advance(200);
  const before = await world.store.checkpoint("acme", "notes", "left", "backfill");
  expect(before).toMatchObject({ seen: 100, total: 150 });
  world.crash();
  world.forgetCalls();
  await world.open();
  await world.advance(60_000);
  expect(world.notes.right.ids()).toHaveLength(150);
  expect(new Set(world.notes.right.callsOf("create").map(({ parentId }) => parentId)).size).toBeLessThanOrEqual(150);
  expect((await world.noteLinks()).every(({ state }) => state === "linked")).toBe(true);
});

test("H15 a sync of notes that is added later reads the contacts that are linked already", async () => {
  const world = await aTown(3, { notes: { isAddedLater: true } });
  await world.open();
  await world.advance(5_000);
  expect(world.notes.right.ids()).toEqual([]);
  await world.addNotes();
  await world.advance(5_000);
  expect(world.notes.right.ids()).toHaveLength(3);
});

const WHOLE = { isComplete: true, lagMs: 0, overlapMs: 0 };

test("H16 notes that can all be listed are read page by page, polled and compared in full", async () => {
  const habits = { listing: WHOLE, hasVersions: true };
  const world = await aTown(30, {
    notes: { left: { ...habits, pageSize: 10 }, right: habits, sync: { pollMs: POLL, sweepMs: 3_600_000 } },
  });
  await world.open();
  await world.advance(10_000);
  expect(world.notes.right.ids()).toHaveLength(30);
  const [here = ""] = world.notes.left.ids();
  world.notes.left.edit(here, note("Polled."));
  await world.advance(POLL.left);
  const link = await world.noteLinkOf("left", here);
  expect(world.notes.right.fieldsOf(link.right?.externalId ?? "")).toMatchObject({ body: "Polled." });
  world.notes.left.remove(here);
  await world.advance(3_700_000);
  expect((await world.noteLinkOf("left", here)).state).toBe("unlinked");
});

const POLL = { left: 60_000, right: 60_000 };

test("H16 a note that belongs to nobody is left alone", async () => {
  const { world } = await aWorldOfNotes({ notes: { left: { listing: WHOLE, hasParent: () => true } } });
  world.notes.left.add(note("Whose?"));
  world.notes.left.addChild("nobody", note("Nobody's."));
  await world.mark("poll:notes:left", "poll");
  await world.advance(1_000);
  expect(await world.noteLinks()).toEqual([]);
  expect(world.writes()).toEqual([]);
});

const TURN_MS = 600_000;

test("H17 what nobody told is found within one turn, and the turn is spread over its time", async () => {
  const world = await aTown(60, { notes: { sync: { sweepMs: TURN_MS } } });
  await world.open();
  await world.advance(10_000);
  await world.advance(TURN_MS);
  for (const here of world.notes.left.ids()) world.notes.left.edit(here, note(`Edited ${here}.`));
  world.forgetCalls();
  await world.advance(TURN_MS / 4);
  const early = world.notes.left.callsOf("list").length;
  expect(early).toBeGreaterThanOrEqual(12);
  expect(early).toBeLessThanOrEqual(18);
  await world.advance(TURN_MS);
  for (const there of world.notes.right.ids()) expect(world.notes.right.fieldsOf(there)?.body).toMatch(/^Edited/);
  expect(world.notes.left.callsOf("list").length).toBeLessThanOrEqual(80);
});

test("H17 a person who asks has all contacts' notes looked at at once", async () => {
  const world = await aTown(60, { notes: { sync: { sweepMs: TURN_MS } } });
  await world.open();
  await world.advance(30_000);
  world.forgetCalls();
  await world.mark("sweep:notes:left", "person", 4);
  await world.advance(1_000);
  expect(world.notes.left.callsOf("list")).toHaveLength(60);
  await world.advance(TURN_MS / 2);
  expect(world.notes.left.callsOf("list").length).toBeLessThanOrEqual(60 + 30);
});

test("H17 a turn that is made slower goes on at its new pace, and nothing is taken as asked for", async () => {
  const world = await aTown(60, { notes: { sync: { sweepMs: TURN_MS } } });
  await world.open();
  await world.advance(TURN_MS * 2);
  const turn = await world.store.checkpoint("acme", "notes", "left", "sweep");
  const later = {
    syncId: "notes",
    side: "left",
    kind: "sweep",
    seen: 0,
    startedAt: world.clock.now(),
    total: 60,
  } as const;
  expect(turn).toBeDefined();
  world.crash();
  const lane = await world.store.takeLane("acme", "another", world.clock.now());
  await world.store.apply(lane, [{ kind: "checkpoint", checkpoint: later }]);
  await world.open();
  world.forgetCalls();
  await world.mark("sweep:notes:left", "sweep");
  await world.advance(5_000);
  expect(world.notes.left.callsOf("list")).toEqual([]);
});

test("H18 a full comparison reads the notes of every linked contact and tells what differs", async () => {
  const { world, left, right } = await aNoteWorld(["Same.", "Old."], ["Same.", "Old."]);
  const report = () =>
    verifySync({
      sync: world.notesSync(),
      store: world.store,
      partnerOf: (_workspaceId, connectionId) => world.notes[connectionId === "highlevel" ? "left" : "right"],
      clock: world.clock,
    });
  expect(await report()).toMatchObject({ readLeft: 2, readRight: 2, linked: 2, differences: 0, explained: 0 });
  world.notes.left.edit(world.notes.left.ids()[1] ?? "", note("New."));
  world.notes.right.addChild(right, note("Unknown."));
  world.notes.left.addChild("stranger", note("Of nobody who is linked."));
  const found = await report();
  expect(found.differences).toBe(2);
  expect(found.list.map(({ kind }) => kind).toSorted()).toEqual(["field", "unknownRecord"]);
  expect(bodiesOf(world, "left", left)).toEqual(["Same.", "New."]);
});

test("H18 a note's link is described field by field", async () => {
  const { world } = await aNoteWorld(["Same."], ["Same."]);
  const [link] = await world.noteLinks();
  const partnerOf: PartnerOf = (_workspaceId, connectionId) =>
    connectionId === "highlevel" ? world.notes.left : world.notes.right;
  const open = openSync("acme", world.notesSync(), partnerOf, readingFields(world.store));
  const mapping = await open.mapping({ priority: 0, calls: [] });
  const views = link === undefined ? [] : describeLink(mapping, link);
  expect(views).toMatchObject([{ field: "body", left: "Same.", right: "Same.", state: "same" }]);
});

test("T5 notes that were there before a start with new records only are left alone, and new ones are made", async () => {
  const { world, left, right } = await aNoteWorld(["Old.", "Both."], ["Both."], {
    sync: { start: { mode: "newOnly", isReviewed: true } },
  });
  await world.advance(30_000);
  expect(bodiesOf(world, "right", right)).toEqual(["Both."]);
  world.notes.left.addChild(left, note("New."));
  await world.noticeNotes("left", left);
  expect(bodiesOf(world, "right", right)).toEqual(["Both.", "New."]);
});
