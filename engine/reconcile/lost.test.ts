import { expect, test } from "vitest";
import type { Side } from "../../model/record.ts";
import type { Fields } from "../../model/value.ts";
import { aContact } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, type World } from "../../test/world.ts";

const BO = aContact({ firstName: "Bo", lastName: "Berg", email: "bo.berg@example.com", phone: "+4930901820" });
const NAMELESS = aContact({ firstName: "Bo", lastName: "Berg", email: "", phone: "", companyName: "Berg Ltd" });
const SETTLED_MS = 5 * 60_000;

/** A person is created at the right, the answer is lost, and what was made is changed before it is found. */
async function lostAndChanged(person: Fields, change: Fields, isTold: boolean): Promise<World> {
  const world = await aRunningWorld();
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add(person));
  world.right.edit("R1", change);
  if (isTold) await world.notice("right", "R1");
  await world.advance(SETTLED_MS);
  return world;
}

function counts(world: World): readonly number[] {
  return (["left", "right"] as const satisfies readonly Side[]).map((side) => world[side].ids().length);
}

test.each([true, false])(
  "C11: somebody without any key who was edited at once is not made twice (told: %s)",
  async (isTold) => {
    const world = await lostAndChanged(NAMELESS, { city: "Oslo" }, isTold);
    expect(counts(world)).toEqual([1, 1]);
    expect(world.left.fieldsOf("L1")).toMatchObject({ city: "Oslo" });
    expect(await world.links()).toMatchObject([{ state: "linked" }]);
  },
);

test.each([true, false])("C11: nor who lost the key by which they would be found (told: %s)", async (isTold) => {
  const world = await lostAndChanged(BO, { email: "", phone: "" }, isTold);
  expect(counts(world)).toEqual([1, 1]);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
});

test.each([true, false])(
  "C11: where name and key are others, a person is asked about both (told: %s)",
  async (isTold) => {
    const world = await lostAndChanged(NAMELESS, { firstName: "Robert", lastName: "Hill" }, isTold);
    expect(counts(world)).toEqual([1, 1]);
    const [left, right] = [await world.linkOf("left", "L1"), await world.linkOf("right", "R1")];
    expect([left.state, right.state]).toEqual(["ambiguous", "ambiguous"]);
    expect(left.ambiguity?.candidates).toMatchObject([{ linkId: right.id }]);
    expect(right.ambiguity?.candidates).toMatchObject([{ linkId: left.id }]);
  },
);

test("C11: who has another address under the same name is not taken for them, but asked about", async () => {
  const world = await lostAndChanged(BO, { email: "other@example.com", phone: "" }, true);
  expect(counts(world)).toEqual([1, 1]);
  expect((await world.linkOf("left", "L1")).state).toBe("ambiguous");
});

test("C11: the question stays whatever else is edited, and is asked once", async () => {
  const world = await lostAndChanged(NAMELESS, { firstName: "Robert", lastName: "Hill" }, true);
  const asked = (await world.journal()).filter(({ verdict }) => verdict === "ambiguous");
  world.right.edit("R1", { city: "Rome" });
  await world.notice("right", "R1");
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  expect(counts(world)).toEqual([1, 1]);
  expect(asked).toHaveLength(1);
  expect((await world.journal()).filter(({ verdict }) => verdict === "ambiguous")).toHaveLength(1);
});

test("C11: an edit that tells who they are answers the question", async () => {
  const world = await lostAndChanged(NAMELESS, { firstName: "Robert", lastName: "Hill" }, true);
  world.left.edit("L1", { email: "bo@example.com" });
  await world.notice("left", "L1");
  world.right.edit("R1", { email: "bo@example.com" });
  await world.notice("right", "R1");
  await world.advance(SETTLED_MS);
  expect(counts(world)).toEqual([1, 1]);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
});

test("C11: who was deleted meanwhile leaves the question behind, and nobody comes back", async () => {
  const world = await aRunningWorld();
  world.right.fail("create", outage("after"));
  await world.notice("left", world.left.add(NAMELESS));
  world.right.edit("R1", { firstName: "Robert", lastName: "Hill" });
  world.left.remove("L1");
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  await world.advance(SETTLED_MS);
  await world.notice("right", "R1");
  await world.advance(SETTLED_MS);
  expect(counts(world)).toEqual([0, 1]);
  expect((await world.links()).map(({ state }) => state).sort()).toEqual(["ambiguous", "tombstone"]);
});

test("C11: strangers who come meanwhile under another name are created across as ever", async () => {
  const world = await aRunningWorld();
  world.right.fail("create", outage("late"));
  await world.notice("left", world.left.add(BO));
  await world.notice("right", world.right.add(aContact({ firstName: "Zoe", email: "zoe@example.com", phone: "" })));
  await world.advance(SETTLED_MS);
  expect(counts(world)).toEqual([2, 2]);
  expect((await world.links()).map(({ state }) => state)).toEqual(["linked", "linked"]);
});
