import { expect, test } from "vitest";
import { SIDES } from "../../model/record.ts";
import { aContact } from "../../test/builders.ts";
import { aRunningWorld, type World, type WorldOptions } from "../../test/world.ts";

/** A world that keeps notes in step, with one contact, linked. @returns it with the contact's ids. */
async function aWorldOfNotes(options: WorldOptions = {}): Promise<{ world: World; left: string; right: string }> {
  const world = await aRunningWorld({ notes: {}, ...options }, { left: [aContact()], right: [aContact()] });
  const [left = "", right = ""] = [world.left.ids()[0], world.right.ids()[0]];
  return { world, left, right };
}

test("H1 a note written on either side appears on the other, under the same contact, once", async () => {
  const { world, left, right } = await aWorldOfNotes();
  const here = world.notes.left.addChild(left, { title: "", body: "Called back." });
  await world.noticeNotes("left", left);
  const there = world.notes.right.addChild(right, { title: "", body: "Prefers e-mail." });
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
