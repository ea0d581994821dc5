import { expect, test } from "vitest";
import { aContact, aSync } from "../../test/builders.ts";
import { aRunningWorld, type World } from "../../test/world.ts";

const HOLD_MS = 60_000;
const BO = aContact({ firstName: "Bo", lastName: "Berg", email: "berg@example.com", phone: "" });
const DELETES = { ...aSync().deletes, onLeftGone: "delete", onRightGone: "delete" } as const;

/** One Bo on the left, two people with Bo's address on the right: a person is asked. */
async function askedAboutBo(): Promise<World> {
  const rights = [
    { ...BO, firstName: "Robert" },
    { ...BO, firstName: "Bobby" },
  ];
  const world = await aRunningWorld({ sync: { deletes: DELETES } }, { left: [BO], right: rights });
  expect((await world.linkOf("left", "L1")).state).toBe("ambiguous");
  return world;
}

test("I4: nothing is created, and the person asked sees the candidates and what speaks for each", async () => {
  const world = await askedAboutBo();
  const { ambiguity } = await world.linkOf("left", "L1");
  const rights = [await world.linkOf("right", "R1"), await world.linkOf("right", "R2")];
  expect(ambiguity?.candidates).toEqual(rights.map(({ id }) => ({ linkId: id, evidence: ["same e-mail"] })));
  expect(world.writes()).toEqual([]);
});

test("I4: asking again tells nothing new and leaves no entry", async () => {
  const world = await askedAboutBo();
  const before = await world.journal();
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  expect(await world.journal()).toEqual(before);
  expect(world.writes()).toEqual([]);
});

test("I3: once the name singles one out, they are linked", async () => {
  const world = await askedAboutBo();
  world.right.edit("R2", { firstName: "Bo" });
  await world.notice("right", "R2");
  expect((await world.linkOf("left", "L1")).right?.externalId).toBe("R2");
});

test("I4: a double that is deleted is waited for no longer", async () => {
  const world = await askedAboutBo();
  world.right.remove("R1");
  await world.notice("right", "R1");
  await world.advance(HOLD_MS);
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "linked", right: { externalId: "R2" } });
});

test("I4: a double that turns out to be somebody else is waited for no longer", async () => {
  const world = await aRunningWorld({}, { left: [BO], right: [BO] });
  const second = world.left.add({ ...BO, firstName: "Liv" });
  await world.notice("left", second);
  expect((await world.linkOf("left", second)).state).toBe("ambiguous");
  world.left.edit("L1", { email: "bo@example.com" });
  await world.notice("left", "L1");
  await world.advance(1_000);
  expect((await world.linkOf("left", second)).state).toBe("linked");
  expect(world.right.callsOf("create")).toMatchObject([{ fields: { firstName: "Liv" } }]);
});

test("I5: a shared phone number does not join two people", async () => {
  const mother = aContact({ firstName: "Liv", lastName: "Berg", email: "liv@example.com" });
  const world = await aRunningWorld({}, { left: [aContact()], right: [mother] });
  expect(world.writes()).toEqual([]);
  expect((await world.links()).map((link) => link.state)).toEqual(["ambiguous", "ambiguous"]);
});
