import { expect, test } from "vitest";
import { SIDES } from "../../model/record.ts";
import { aContact, NOON } from "../../test/builders.ts";
import { aNoteWorld, aWorldOfNotes, bodiesOf, note } from "../../test/noteWorld.ts";
import { aWorld } from "../../test/world.ts";

test("H1 a note written on either side appears on the other, under the same contact, once", async () => {
  const { world, left, right } = await aWorldOfNotes();
  const here = world.notes.left.addChild(left, note("Called back."));
  await world.noticeNotes("left", left);
  const there = world.notes.right.addChild(right, note("Prefers e-mail."));
  await world.noticeNotes("right", right);
  const [first, second] = [await world.noteLinkOf("left", here), await world.noteLinkOf("right", there)];
  expect(world.notes.right.fieldsOf(first.right?.externalId ?? "")).toMatchObject({ body: "Called back." });
  expect(world.notes.left.fieldsOf(second.left?.externalId ?? "")).toMatchObject({ body: "Prefers e-mail." });
  expect(first.title).toBe("Called back.");
  for (const side of SIDES) expect(world.notes[side].ids()).toHaveLength(2);
  expect(world.notes.right.parentOf(first.right?.externalId ?? "")).toBe(right);
  const parent = await world.linkOf("left", left);
  expect([first, second].map(({ parentLinkId }) => parentLinkId)).toEqual([parent.id, parent.id]);
  expect(first).toMatchObject({ state: "linked", left: { parentId: left }, right: { parentId: right } });
});

test("H2 an edit follows although the partner tells no time of change, and each call names the contact", async () => {
  const { world, left, right } = await aNoteWorld(["Called back."], ["Called back."]);
  const [here = ""] = world.notes.left.ids();
  world.notes.left.edit(here, { body: "Called back twice." });
  world.forgetCalls();
  await world.noticeNotes("left", left);
  expect(bodiesOf(world, "right", right)).toEqual(["Called back twice."]);
  expect(world.notes.right.callsOf("update")).toMatchObject([{ parentId: right }]);
  expect(world.notes.left.callsOf("read")).toMatchObject([{ parentId: left }]);
});

test("H2 a field emptied on one side becomes empty on the other", async () => {
  const { world, right } = await aNoteWorld([{ title: "Call", body: "Done." }], [{ title: "Call", body: "Done." }]);
  const [there = ""] = world.notes.right.ids();
  world.notes.right.edit(there, { title: "" });
  await world.noticeNotes("right", right);
  expect(world.notes.left.fieldsOf(world.notes.left.ids()[0] ?? "")).toMatchObject({ title: "", body: "Done." });
});

test("H2 a listing that shows nothing new costs no further call", async () => {
  const { world, left } = await aNoteWorld(["One.", "Two."], ["One.", "Two."]);
  world.forgetCalls();
  await world.noticeNotes("left", left);
  expect(world.notes.left.calls).toMatchObject([{ verb: "list", query: { parentId: left } }]);
  expect(world.notes.right.calls).toEqual([]);
});

test("H3 a note told before its contact waits for it, and is made when the contact is linked", async () => {
  const { world } = await aWorldOfNotes();
  const contact = world.left.add(aContact({ firstName: "Ben", email: "ben@example.com", phone: "" }));
  const here = world.notes.left.addChild(contact, note("New client."));
  const release = world.right.holdAnswer("create");
  await world.noticeNotes("left", contact);
  await world.noticeNotes("left", contact);
  expect(world.notes.left.calls).not.toContainEqual(expect.objectContaining({ query: { parentId: contact } }));
  release();
  await world.advance();
  const parent = await world.linkOf("left", contact);
  const link = await world.noteLinkOf("left", here);
  expect(link).toMatchObject({ state: "linked", parentLinkId: parent.id });
  expect(world.notes.right.parentOf(link.right?.externalId ?? "")).toBe(parent.right?.externalId);
  expect(world.writes().filter(({ verb }) => verb === "create")).toHaveLength(2);
});

test("H3 a note told while its contact seems to be gone is made when that proves to be there", async () => {
  const { world, left, right } = await aWorldOfNotes();
  const contact = world.right.fieldsOf(right) ?? {};
  world.right.remove(right);
  await world.notice("right", right);
  const here = world.notes.left.addChild(left, note("Still there."));
  await world.noticeNotes("left", left);
  expect((await world.noteLinkOf("left", here)).state).toBe("half");
  world.right.restore(right, contact);
  await world.advance(2 * HOLD_MS);
  expect((await world.noteLinkOf("left", here)).state).toBe("linked");
  expect(bodiesOf(world, "right", right)).toEqual(["Still there."]);
});

test("H3 a note of somebody about whom a person is asked waits without a call", async () => {
  const twins = [aContact({ firstName: "Tom" }), aContact({ firstName: "Tim" })];
  const world = await aWorld({ notes: {} });
  const contact = world.left.add(aContact({ firstName: "Thomas" }));
  for (const twin of twins) world.right.add(twin);
  await world.open();
  await world.advance(1_000);
  world.notes.left.addChild(contact, note("Whose?"));
  world.forgetCalls();
  await world.noticeNotes("left", contact);
  await world.advance(60_000);
  expect(world.notes.left.calls).toEqual([]);
  expect(await world.noteLinks()).toEqual([]);
});

test("H4 a note that is deleted goes on the other side too, after two direct reads", async () => {
  const { world, left, right } = await aNoteWorld(["Old."], ["Old."], { notes: { sync: DELETING } });
  world.notes.left.remove(world.notes.left.ids()[0] ?? "");
  await world.noticeNotes("left", left);
  expect(world.notes.right.callsOf("delete")).toEqual([]);
  await world.advance(HOLD_MS);
  expect(world.notes.right.callsOf("delete")).toMatchObject([{ parentId: right }]);
  expect((await world.noteLinks()).map(({ state }) => state)).toEqual(["tombstone"]);
});

test("H4 a note that a listing leaves out but that can be read is not deleted", async () => {
  const { world, left, right } = await aNoteWorld(["Kept."], ["Kept."], { notes: { sync: DELETING } });
  world.notes.left.change({ listing: { isComplete: true, lagMs: NOON, overlapMs: 0, isByParent: true } });
  await world.noticeNotes("left", left);
  await world.advance(2 * HOLD_MS);
  expect(bodiesOf(world, "right", right)).toEqual(["Kept."]);
  expect(world.writes()).toEqual([]);
});

test("H5 notes that say the same are linked when first met, not made again", async () => {
  const { world } = await aNoteWorld(["Called back. "], ["Called back."]);
  expect((await world.noteLinks()).map(({ state }) => state)).toEqual(["linked"]);
  expect(world.writes()).toEqual([]);
});

test("H5 what says the same under another contact is another note", async () => {
  const people = ["ana", "ben"].map((name) => aContact({ firstName: name, email: `${name}@example.com`, phone: "" }));
  const world = await aWorld({ notes: {} });
  const [leftAna = ""] = people.map((person) => world.left.add(person));
  const [, rightBen = ""] = people.map((person) => world.right.add(person));
  world.notes.left.addChild(leftAna, note("Hello."));
  world.notes.right.addChild(rightBen, note("Hello."));
  await world.open();
  await world.advance(5_000);
  for (const side of SIDES) expect(world.notes[side].ids()).toHaveLength(2);
});

test("H6 the contact's notes across are listed before one is made there", async () => {
  const { world, left, right } = await aWorldOfNotes();
  const there = world.notes.right.addChild(right, note("Said twice."));
  const here = world.notes.left.addChild(left, note("Said twice."));
  await world.noticeNotes("left", left);
  await world.advance();
  expect((await world.noteLinkOf("left", here)).right?.externalId).toBe(there);
  expect(world.writes()).toEqual([]);
});

test("H6 a listing from before a note was met does not show what was written across at the same moment", async () => {
  const { world, left, right } = await aWorldOfNotes();
  await world.noticeNotes("right", right);
  await world.advance(500);
  const here = world.notes.left.addChild(left, note("Said twice."));
  const there = world.notes.right.addChild(right, note("Said twice."));
  await world.noticeNotes("left", left);
  expect((await world.noteLinkOf("left", here)).right?.externalId).toBe(there);
  expect(world.writes()).toEqual([]);
});

test("H6 several notes that are met together, and made one after the other, take one listing across", async () => {
  const { world, left } = await aWorldOfNotes({ concurrency: 1 });
  for (const body of ["One.", "Two.", "Three."]) world.notes.left.addChild(left, note(body));
  world.forgetCalls();
  await world.noticeNotes("left", left);
  await world.advance(1_000);
  expect(world.notes.right.callsOf("create")).toHaveLength(3);
  expect(world.notes.right.callsOf("list")).toHaveLength(1);
});

test("H7 several notes that say the same are paired, and only those left over are made", async () => {
  const { world, left, right } = await aNoteWorld(["Called.", "Called.", "Called."], ["Called.", "Called."]);
  expect(bodiesOf(world, "left", left)).toHaveLength(3);
  expect(bodiesOf(world, "right", right)).toHaveLength(3);
  const links = await world.noteLinks();
  expect(links.map(({ state }) => state)).toEqual(["linked", "linked", "linked"]);
  expect(world.writes()).toHaveLength(1);
});

test("H7 notes that agree in full cost no call but the listings", async () => {
  const { world } = await aNoteWorld(["One.", "Two."], ["Two.", "One."]);
  const verbs = SIDES.flatMap((side) => world.notes[side].calls.map(({ verb }) => verb));
  expect(new Set(verbs)).toEqual(new Set(["list"]));
  expect((await world.noteLinks()).map(({ state }) => state)).toEqual(["linked", "linked"]);
});

test("H8 activity of a contact has its notes looked at, where they are listed contact by contact", async () => {
  const { world, left, right } = await aWorldOfNotes();
  world.notes.left.addChild(left, note("Nobody told."));
  world.left.edit(left, { city: "Rome" });
  await world.notice("left", left);
  expect(bodiesOf(world, "right", right)).toEqual(["Nobody told."]);
});

test("H8 a webhook without the contact leads to a note that the hub knows, and to no other", async () => {
  const { world, right } = await aNoteWorld(["Known."], ["Known."]);
  const [here = ""] = world.notes.left.ids();
  world.notes.left.edit(here, { body: "Known better." });
  await world.mark(`record:notes:left:${here}`);
  expect(bodiesOf(world, "right", right)).toEqual(["Known better."]);
  const stranger = world.notes.left.addChild(world.left.ids()[0] ?? "", note("Stranger."));
  world.forgetCalls();
  await world.mark(`record:notes:left:${stranger}`);
  expect(world.notes.left.calls).toEqual([]);
});

test("H8 a webhook without the contact is read where a child can be read by itself", async () => {
  const { world, left, right } = await aWorldOfNotes({ notes: { left: { listing: WHOLE } } });
  const here = world.notes.left.addChild(left, note("By itself."));
  await world.mark(`record:notes:left:${here}`);
  expect(bodiesOf(world, "right", right)).toEqual(["By itself."]);
});

test("H8 what a lagging listing does not show yet is found when it does", async () => {
  const { world, left, right } = await aWorldOfNotes({
    notes: { left: { listing: { isComplete: false, lagMs: 5_000, overlapMs: 0, isByParent: true } } },
  });
  world.notes.left.addChild(left, note("Late."));
  await world.noticeNotes("left", left);
  expect(bodiesOf(world, "right", right)).toEqual([]);
  await world.advance(5_000);
  expect(bodiesOf(world, "right", right)).toEqual(["Late."]);
});

const HOLD_MS = 60_000;
const DELETING = {
  deletes: { onLeftGone: "delete", onRightGone: "delete", holdMs: HOLD_MS, breakerLimit: 50 },
} as const;
const WHOLE = { isComplete: true, lagMs: 0, overlapMs: 0 };

test("J3 notes that are linked on the spot name the mapping that they were compared under", async () => {
  const { world } = await aNoteWorld(["Same."], ["Same."]);
  const entries = (await world.journal()).filter(({ syncId, verdict }) => syncId === "notes" && verdict === "linked");
  expect(entries).toHaveLength(1);
  expect(entries[0]?.detail.mapping).toEqual(expect.any(String));
});
