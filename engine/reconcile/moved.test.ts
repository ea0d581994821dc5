import { expect, test } from "vitest";
import { aContact, aSync } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, type World } from "../../test/world.ts";

const ANA = aContact({ firstName: "Ana", email: "ana@example.com", phone: "" });
const BO = aContact({ firstName: "Bo", email: "bo@example.com", phone: "" });
const DELETES = { ...aSync().deletes, onLeftGone: "delete", onRightGone: "delete" } as const;
const HOUR_MS = 3_600_000;

/** Two people on both sides; at the right, people are known by their e-mail alone. */
function knownByEmail(): Promise<World> {
  const sync = { deletes: DELETES };
  return aRunningWorld({ sync, right: { keyedBy: "email" } }, { left: [ANA, BO], right: [ANA, BO] });
}

async function expectMoved(world: World): Promise<void> {
  await world.advance(HOUR_MS);
  expect(world.left.ids()).toEqual(["L1", "L2"]);
  expect([...world.right.ids()].sort()).toEqual(["bo@example.com", "new@example.com"]);
  expect(world.left.fieldsOf("L1")).toMatchObject({ firstName: "Ana", email: "new@example.com" });
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "linked", right: { externalId: "new@example.com" } });
  expect((await world.links()).map(({ state }) => state)).toEqual(["linked", "linked"]);
}

test("I11: an e-mail changed by us moves the record, and the link with it", async () => {
  const world = await knownByEmail();
  world.left.edit("L1", { email: "new@example.com" });
  await world.notice("left", "L1");
  await expectMoved(world);
  expect(world.writes().map(({ verb }) => verb)).toEqual(["update"]);
});

test("I11: also when the answer is lost and the old id is gone", async () => {
  const world = await knownByEmail();
  world.right.fail("update", outage("after"));
  world.left.edit("L1", { email: "new@example.com" });
  await world.notice("left", "L1");
  await expectMoved(world);
  expect(world.writes().map(({ verb }) => verb)).toEqual(["update"]);
});

test.each([["the new record is told first"], ["the old record is found gone first"]])(
  "I11: an e-mail changed by a person makes nobody and deletes nobody: %s",
  async (order) => {
    const world = await knownByEmail();
    world.right.edit("ana@example.com", { email: "new@example.com" });
    if (order.startsWith("the old")) {
      await world.notice("right", "ana@example.com");
      await world.advance(10_000);
    }
    await world.notice("right", "new@example.com");
    await expectMoved(world);
  },
);

test("I11: found gone, and the new one told by nobody", async () => {
  const world = await knownByEmail();
  world.right.edit("ana@example.com", { email: "new@example.com" });
  await world.notice("right", "ana@example.com");
  await expectMoved(world);
});

test("D3: who is really deleted there is deleted across as ever", async () => {
  const world = await knownByEmail();
  world.right.remove("ana@example.com");
  await world.notice("right", "ana@example.com");
  await world.advance(HOUR_MS);
  expect(world.left.ids()).toEqual(["L2"]);
});

test("I17: who has no e-mail is not made where people are known by it, until they have one", async () => {
  const world = await knownByEmail();
  const cleo = world.left.add(aContact({ firstName: "Cleo", email: "", phone: "+4930901833" }));
  await world.notice("left", cleo);
  await world.advance(HOUR_MS);
  expect(world.writes()).toEqual([]);
  const { id } = await world.linkOf("left", cleo);
  expect(await world.dueKey(`link:${id}`)).toBeUndefined();
  world.left.edit(cleo, { email: "cleo@example.com" });
  await world.notice("left", cleo);
  expect(world.right.fieldsOf("cleo@example.com")).toMatchObject({ firstName: "Cleo" });
});
