import { expect, test } from "vitest";
import { Failure } from "../../model/errors.ts";
import { SIDES } from "../../model/record.ts";
import { aContact, aSync } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aNoteWorld, aWorldOfNotes, bodiesOf, note } from "../../test/noteWorld.ts";
import type { World } from "../../test/world.ts";
import { verifySync } from "../verify.ts";

const HOLD_MS = 60_000;
const deleting = { ...aSync().deletes, onLeftGone: "delete", onRightGone: "delete" } as const;
const DELETING = { sync: { deletes: deleting }, notes: { sync: { deletes: deleting } } };

async function statesOf(world: World): Promise<readonly string[]> {
  return (await world.noteLinks()).map(({ state }) => state);
}

test("H11 the notes of a deleted contact end with it, and none is deleted one by one", async () => {
  const { world, left } = await aNoteWorld(["One.", "Two."], ["One.", "Two."], DELETING);
  world.left.remove(left);
  await world.noticeNotes("left", left);
  await world.notice("left", left);
  await world.advance(2 * HOLD_MS);
  expect(await statesOf(world)).toEqual(["tombstone", "tombstone"]);
  expect(world.notes.left.callsOf("delete")).toEqual([]);
  expect(world.notes.right.callsOf("delete")).toEqual([]);
  expect(world.right.callsOf("delete")).toHaveLength(1);
});

test("H11 notes that were found gone before their contact was are not deleted for it", async () => {
  const { world, left, right } = await aNoteWorld(["One."], ["One."], {
    sync: { deletes: { ...deleting, onLeftGone: "leave" } },
    notes: { sync: { deletes: deleting } },
  });
  const link = (await world.noteLinks())[0];
  world.left.remove(left);
  await world.mark(`link:${link?.id}`, "sweep");
  await world.advance(3 * HOLD_MS);
  expect(bodiesOf(world, "right", right)).toEqual(["One."]);
  expect(await statesOf(world)).toEqual(["linked"]);
});

test("H11 the notes of a contact that is no longer linked are followed no more", async () => {
  const { world, left, right } = await aNoteWorld(["One."], ["One."]);
  world.left.remove(left);
  await world.notice("left", left);
  await world.advance(2 * HOLD_MS);
  expect(await statesOf(world)).toEqual(["unlinked"]);
  world.notes.right.edit(world.notes.right.ids()[0] ?? "", note("Edited."));
  world.notes.right.addChild(right, note("New."));
  world.forgetCalls();
  await world.noticeNotes("right", right);
  expect(world.writes()).toEqual([]);
});

test("H11 a create that is open when the contact goes is closed and not repeated", async () => {
  const { world, left } = await aWorldOfNotes(DELETING);
  world.notes.right.fail("create", outage("after"));
  world.notes.left.addChild(left, note("Called back."));
  await world.noticeNotes("left", left);
  world.left.remove(left);
  await world.notice("left", left);
  await world.advance(10 * HOLD_MS);
  expect(world.notes.right.callsOf("create")).toHaveLength(1);
  expect(await statesOf(world)).toEqual(["tombstone"]);
  const [link] = await world.noteLinks();
  expect(await world.store.intentsOfLink("acme", link?.id ?? "")).toEqual([]);
});

test("H11 children that ended with their contact are no deletions of their own", async () => {
  const { world, left } = await aNoteWorld(["One.", "Two."], ["One.", "Two."], DELETING);
  world.left.remove(left);
  await world.notice("left", left);
  await world.advance(2 * HOLD_MS);
  expect(await world.store.countDeletesSince("acme", "notes", 0)).toBe(0);
});

test("H11 a note whose hold was not over when its contact ended is no deletion of its own", async () => {
  const { world, left } = await aNoteWorld(["One."], ["One."], DELETING);
  world.notes.left.remove(world.notes.left.ids()[0] ?? "");
  world.left.remove(left);
  await world.notice("left", left);
  await world.advance(HOLD_MS / 2);
  await world.mark(`link:${(await world.noteLinks())[0]?.id}`, "sweep");
  expect((await world.noteLinks())[0]?.left?.goneAt).toBeDefined();
  await world.advance(HOLD_MS);
  expect(await statesOf(world)).toEqual(["tombstone"]);
  expect(await world.store.countDeletesSince("acme", "notes", 0)).toBe(0);
});

test("H4 a note that is deleted while its contact seems to be gone is deleted across when the contact is back", async () => {
  const { world, left, right } = await aNoteWorld(["One."], ["One."], DELETING);
  world.notes.left.remove(world.notes.left.ids()[0] ?? "");
  await world.noticeNotes("left", left);
  await world.advance(HOLD_MS / 2);
  world.left.remove(left);
  await world.notice("left", left);
  await world.advance((HOLD_MS * 3) / 4);
  world.left.restore(left, aContact());
  await world.notice("left", left);
  await world.advance(3 * HOLD_MS);
  expect(bodiesOf(world, "right", right)).toEqual([]);
  expect(await statesOf(world)).toEqual(["tombstone"]);
});

/** Two contacts, linked, of which the first has a note. */
async function twoContacts(options: Parameters<typeof aNoteWorld>[2] = {}) {
  const { world, left, right } = await aNoteWorld(["Hers."], ["Hers."], options);
  const ben = aContact({ firstName: "Ben", email: "ben@example.com", phone: "" });
  const heir = { left: world.left.add(ben), right: world.right.add(ben) };
  await world.notice("left", heir.left);
  await world.advance(1_000);
  world.forgetCalls();
  return { world, left, right, heir };
}

test("H12 a note that a merge gave to another contact keeps its link, and nothing is doubled or deleted", async () => {
  const { world, left, right, heir } = await twoContacts(DELETING);
  const [here = ""] = world.notes.left.ids();
  const before = await world.noteLinkOf("left", here);
  world.notes.left.move(here, heir.left);
  await world.noticeNotes("left", heir.left);
  await world.noticeNotes("left", left);
  await world.noticeNotes("right", right);
  await world.advance(3 * HOLD_MS);
  const after = await world.noteLinkOf("left", here);
  const parent = await world.linkOf("left", heir.left);
  expect(after).toMatchObject({ id: before.id, state: "linked", parentLinkId: parent.id });
  expect(after).toMatchObject({ left: { parentId: heir.left }, right: { parentId: right } });
  expect(world.writes()).toEqual([]);
  world.notes.left.edit(here, note("His."));
  await world.noticeNotes("left", heir.left);
  expect(bodiesOf(world, "right", right)).toEqual(["His."]);
});

test("H12 a contact that is gone, and whose note another has now, is followed as merged", async () => {
  const { world, left, right, heir } = await twoContacts(DELETING);
  world.notes.left.move(world.notes.left.ids()[0] ?? "", heir.left);
  world.left.remove(left);
  await world.noticeNotes("left", heir.left);
  await world.notice("left", left);
  await world.advance(5 * HOLD_MS);
  expect(world.right.fieldsOf(right)).toBeDefined();
  expect(world.right.callsOf("delete")).toEqual([]);
  expect(await statesOf(world)).toEqual(["linked"]);
});

test("D8 a contact that was there after another got its note is no merged one, and its deletion is carried", async () => {
  const { world, left, right, heir } = await twoContacts(DELETING);
  world.notes.left.move(world.notes.left.ids()[0] ?? "", heir.left);
  await world.noticeNotes("left", heir.left);
  await world.advance(5 * HOLD_MS);
  expect(world.right.fieldsOf(right)).toBeDefined();
  world.left.remove(left);
  await world.notice("left", left);
  await world.advance(5 * HOLD_MS);
  expect(world.right.fieldsOf(right)).toBeUndefined();
});

const LISTED_WHOLE = { isComplete: true, lagMs: 0, overlapMs: 0 };

test("H12 two notes that moved to each other's contacts never wait for each other", async () => {
  const { world, left, right, heir } = await twoContacts({
    ...DELETING,
    notes: { ...DELETING.notes, left: { listing: LISTED_WHOLE }, right: { listing: LISTED_WHOLE } },
  });
  const no = { when: "before", failure: new Failure("rejected", "create: refused", { status: 422 }) } as const;
  for (const side of SIDES) world.notes[side].fail("create", no);
  const here = world.notes.left.addChild(heir.left, note("From the left."));
  const there = world.notes.right.addChild(right, note("From the right."));
  await world.noticeNotes("left", heir.left);
  await world.noticeNotes("right", right);
  const [one, other] = [await world.noteLinkOf("left", here), await world.noteLinkOf("right", there)];
  expect([one.state, other.state]).toEqual(["half", "half"]);
  world.notes.left.move(here, left);
  world.notes.right.move(there, heir.right);
  await world.advance(3_000);
  for (const side of SIDES) world.notes[side].change({ latency: () => 100 });
  for (const { id } of [one, other]) void world.mark(`link:${id}`);
  await world.advance(5 * HOLD_MS);
  expect(bodiesOf(world, "right", right)).toContain("From the left.");
  expect(bodiesOf(world, "left", heir.left)).toContain("From the right.");
});

test("H12 a note that is read under another contact moves with its link, where it can be read by itself", async () => {
  const { world, heir } = await twoContacts({
    ...DELETING,
    notes: { ...DELETING.notes, left: { listing: { isComplete: true, lagMs: 0, overlapMs: 0 } } },
  });
  const [here = ""] = world.notes.left.ids();
  world.notes.left.move(here, heir.left);
  await world.mark(`record:notes:left:${here}`);
  const parent = await world.linkOf("left", heir.left);
  expect(await world.noteLinkOf("left", here)).toMatchObject({
    parentLinkId: parent.id,
    left: { parentId: heir.left },
  });
  expect(world.writes()).toEqual([]);
});

test("H12 a note met under another contact after its own had ended begins anew there", async () => {
  const { world, left, heir } = await twoContacts(DELETING);
  const [here = ""] = world.notes.left.ids();
  world.notes.left.move(here, heir.left);
  world.left.remove(left);
  world.left.change({ findsBy: [] });
  await world.notice("left", left);
  await world.advance(3 * HOLD_MS);
  expect(await statesOf(world)).toEqual(["tombstone"]);
  await world.noticeNotes("left", heir.left);
  await world.advance();
  expect(bodiesOf(world, "right", heir.right)).toEqual(["Hers."]);
  expect(await statesOf(world)).toEqual(["linked"]);
});

test("H12 a note that is with another contact on one side is still compared there, and follows edits", async () => {
  const { world, left, right, heir } = await twoContacts();
  const [here = ""] = world.notes.left.ids();
  const [there = ""] = world.notes.right.ids();
  world.notes.left.move(here, heir.left);
  world.left.remove(left);
  await world.noticeNotes("left", heir.left);
  await world.notice("left", left);
  await world.advance(5 * HOLD_MS);
  expect(world.right.fieldsOf(right)).toBeDefined();
  const report = await verifySync({
    sync: world.notesSync(),
    store: world.store,
    partnerOf: (_workspaceId, connectionId) => world.notes[connectionId === "highlevel" ? "left" : "right"],
    clock: world.clock,
  });
  expect(report).toMatchObject({ linked: 1, differences: 0 });
  world.notes.right.edit(there, note("Edited."));
  await world.mark("sweep:notes:right", "person", 4);
  await world.advance(1_000);
  expect(bodiesOf(world, "left", heir.left)).toEqual(["Edited."]);
});

test("H12 a note that was taken for deleted and is met under another contact goes on with its counterpart", async () => {
  const { world, left, right, heir } = await twoContacts();
  const [here = ""] = world.notes.left.ids();
  const before = await world.noteLinkOf("left", here);
  world.notes.left.move(here, heir.left);
  await world.noticeNotes("left", left);
  await world.advance(3 * HOLD_MS);
  expect(await statesOf(world)).toEqual(["unlinked"]);
  await world.noticeNotes("left", heir.left);
  await world.advance();
  expect(await world.noteLinkOf("left", here)).toMatchObject({ id: before.id, state: "linked" });
  expect(bodiesOf(world, "right", right)).toEqual(["Hers."]);
  expect(bodiesOf(world, "right", heir.right)).toEqual([]);
});

test("H12 what was being made of a note that moves meanwhile is looked for where it was sent, not made again", async () => {
  const { world, left, right, heir } = await twoContacts(DELETING);
  world.notes.right.fail("create", outage("after"));
  const here = world.notes.left.addChild(left, note("On its way."));
  await world.noticeNotes("left", left);
  world.notes.left.move(here, heir.left);
  await world.noticeNotes("left", heir.left);
  await world.advance(5 * HOLD_MS);
  expect(bodiesOf(world, "right", right)).toEqual(["Hers.", "On its way."]);
  expect(bodiesOf(world, "right", heir.right)).toEqual([]);
  expect(bodiesOf(world, "left", heir.left)).toEqual(["On its way."]);
});

test("H13 a note whose other record went with a contact it no longer belongs to is made again under its own", async () => {
  const { world, right, heir } = await twoContacts({ notes: { sync: { deletes: deleting } } });
  const [here = ""] = world.notes.left.ids();
  world.notes.left.move(here, heir.left);
  await world.noticeNotes("left", heir.left);
  world.right.remove(right);
  await world.notice("right", right);
  const link = await world.noteLinkOf("left", here);
  await world.mark(`link:${link.id}`, "sweep");
  await world.advance(3 * HOLD_MS);
  expect(world.notes.left.ids()).toEqual([here]);
  expect(bodiesOf(world, "right", heir.right)).toEqual(["Hers."]);
  expect(await world.noteLinkOf("left", here)).toMatchObject({ state: "linked", right: { parentId: heir.right } });
});

test("D2 a note that was deleted while its contact stayed is not made again under the one it moves to", async () => {
  const { world, right, heir } = await twoContacts({ notes: { sync: { deletes: deleting } } });
  const [here = ""] = world.notes.left.ids();
  const [there = ""] = world.notes.right.ids();
  world.notes.left.move(here, heir.left);
  world.notes.right.remove(there);
  await world.noticeNotes("left", heir.left);
  await world.noticeNotes("right", right);
  await world.advance(5 * HOLD_MS);
  expect(world.notes.right.callsOf("create")).toEqual([]);
  expect(world.notes.left.ids()).toEqual([]);
});

test("H14 the notes of a contact that comes back are followed again", async () => {
  const { world, left, right } = await aNoteWorld(["One."], ["One."], DELETING);
  const [here = ""] = world.notes.left.ids();
  world.left.remove(left);
  await world.notice("left", left);
  await world.advance(3 * HOLD_MS);
  expect(world.right.fieldsOf(right)).toBeUndefined();
  world.left.restore(left, aContact());
  world.notes.left.edit(here, note("One, still."));
  await world.notice("left", left);
  await world.advance(3 * HOLD_MS);
  const parent = await world.linkOf("left", left);
  expect(parent.state).toBe("linked");
  expect(bodiesOf(world, "right", parent.right?.externalId ?? "")).toEqual(["One, still."]);
  expect(await world.noteLinkOf("left", here)).toMatchObject({ state: "linked", parentLinkId: parent.id });
});

test("H14 the notes of a contact that was left as it was go on when it is back", async () => {
  const { world, left, right } = await aNoteWorld(["One."], ["One."], {
    sync: { deletes: { ...deleting, onLeftGone: "leave" } },
  });
  const [here = ""] = world.notes.left.ids();
  world.left.remove(left);
  await world.notice("left", left);
  await world.advance(3 * HOLD_MS);
  world.left.restore(left, aContact());
  world.notes.left.edit(here, note("Back."));
  await world.notice("left", left);
  await world.advance(3 * HOLD_MS);
  expect(bodiesOf(world, "right", right)).toEqual(["Back."]);
});
