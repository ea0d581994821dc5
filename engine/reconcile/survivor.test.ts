import { expect, test } from "vitest";
import { aContact, aSync } from "../../test/builders.ts";
import { aRunningWorld, type World } from "../../test/world.ts";

const ANA = aContact({ firstName: "Ana", email: "ana@example.com", phone: "+4930901820" });
const DELETES = { ...aSync().deletes, onLeftGone: "delete", onRightGone: "delete" } as const;
const HOLD_MS = DELETES.holdMs;

/** A person merges one record into another on the left: the survivor takes over what it lacks, the other is gone. */
async function merge(world: World, retired: string, survivor: string): Promise<void> {
  const taken = world.left.fieldsOf(retired) ?? {};
  const kept = Object.entries(world.left.fieldsOf(survivor) ?? {}).filter(([, value]) => value !== "");
  world.left.remove(retired);
  world.left.edit(survivor, { ...taken, ...Object.fromEntries(kept) });
  await world.notice("left", retired);
  await world.advance(2 * HOLD_MS);
  await world.notice("left", survivor);
  await world.advance(2 * HOLD_MS);
}

test("D8: a record merged into another is not taken for deleted: its counterpart is kept", async () => {
  const twins = [ANA, { ...ANA, firstName: "Anna", email: "anna@example.com", phone: "" }];
  const world = await aRunningWorld({ sync: { deletes: DELETES } }, { left: twins, right: twins });
  world.left.edit("L2", { email: "" });
  await merge(world, "L1", "L2");
  expect(world.right.ids()).toEqual(["R1", "R2"]);
  expect(world.right.callsOf("delete")).toEqual([]);
  expect((await world.linkOf("right", "R1")).state).toBe("unlinked");
  expect((await world.linkOf("left", "L2")).right?.externalId).toBe("R2");
});

test("D8: the link goes on with a survivor that has no counterpart of its own", async () => {
  const world = await aRunningWorld({ sync: { deletes: DELETES } }, { left: [ANA], right: [ANA] });
  const survivor = world.left.add({ ...ANA, firstName: "Anna" });
  await merge(world, "L1", survivor);
  expect(world.right.ids()).toEqual(["R1"]);
  expect(await world.linkOf("left", survivor)).toMatchObject({ state: "linked", right: { externalId: "R1" } });
  expect(world.right.fieldsOf("R1")).toMatchObject({ firstName: "Anna" });
  expect(world.left.ids()).toEqual([survivor]);
});

/** Bo, whom only the left has yet, takes over Ana's e-mail while the hub is at making him on the right. */
async function mergedWhileMade(
  verb: "find" | "create",
): Promise<{ readonly world: World; readonly release: () => void; readonly written: () => void }> {
  const world = await aRunningWorld({ sync: { deletes: DELETES } }, { left: [ANA], right: [ANA] });
  const bo = world.left.add({
    ...ANA,
    firstName: "Bo",
    email: "bo@example.com",
    phone: "",
    furtherEmail: "ana@example.com",
  });
  const release = world.right.holdAnswer(verb);
  const written = world.right.holdAnswer("update");
  await world.notice("left", bo);
  world.left.remove("L1");
  await world.notice("left", "L1");
  await world.advance(2 * HOLD_MS);
  return { world, release, written };
}

test("D8: a survivor whose counterpart is looked for at that moment is given none beside the one that it takes over", async () => {
  const { world, release, written } = await mergedWhileMade("find");
  release();
  await world.advance(2 * HOLD_MS);
  written();
  await world.advance(2 * HOLD_MS);
  expect(world.right.ids()).toEqual(["R1"]);
  expect(world.right.fieldsOf("R1")).toMatchObject({ firstName: "Bo", email: "bo@example.com" });
  expect(await world.linkOf("left", "L2")).toMatchObject({ state: "linked", right: { externalId: "R1" } });
});

test("D8: a survivor whose counterpart is being made at that moment keeps that one", async () => {
  const { world, release, written } = await mergedWhileMade("create");
  written();
  release();
  await world.advance(60_000);
  expect(world.right.ids()).toEqual(["R1", "R2"]);
  expect(world.right.fieldsOf("R1")).toMatchObject({ firstName: "Ana", email: "ana@example.com" });
  expect((await world.linkOf("right", "R1")).state).toBe("unlinked");
  expect(await world.linkOf("left", "L2")).toMatchObject({ state: "linked", right: { externalId: "R2" } });
});

test("D8: a survivor that keeps its own e-mail is known by the retired one's as a further one", async () => {
  const bo = { ...ANA, firstName: "Bo", email: "bo@example.com", phone: "" };
  const world = await aRunningWorld({ sync: { deletes: DELETES } }, { left: [ANA, bo], right: [ANA, bo] });
  world.left.remove("L1");
  world.left.edit("L2", { furtherEmail: "ana@example.com" });
  await world.notice("left", "L1");
  await world.advance(2 * HOLD_MS);
  expect(world.right.callsOf("delete")).toEqual([]);
  expect((await world.linkOf("right", "R1")).state).toBe("unlinked");
  expect((await world.linkOf("left", "L2")).right?.externalId).toBe("R2");
});

test("D8: a namesake with the same phone is a survivor, a relative with the same phone is none", async () => {
  const namesake = { ...ANA, email: "other@example.com" };
  const relative = { ...ANA, firstName: "Bo", email: "bo@example.com" };
  for (const [other, isKept] of [
    [namesake, true],
    [relative, false],
  ] as const) {
    const world = await aRunningWorld({ sync: { deletes: DELETES } }, { left: [ANA], right: [ANA] });
    world.left.add(other);
    world.left.remove("L1");
    await world.notice("left", "L1");
    await world.advance(2 * HOLD_MS);
    expect(world.right.callsOf("delete").length === 0).toBe(isKept);
  }
});

test("D8: a single read that says the survivor is gone as well is not believed", async () => {
  const twins = [ANA, { ...ANA, firstName: "Anna", email: "anna@example.com", phone: "" }];
  const world = await aRunningWorld({ sync: { deletes: DELETES } }, { left: twins, right: twins });
  world.left.edit("L2", { email: "ana@example.com" });
  await world.notice("left", "L2");
  world.left.remove("L1");
  await world.notice("left", "L1");
  const survivor = world.left.fieldsOf("L2") ?? {};
  const letProve = world.left.holdAnswer("read");
  await world.advance(2 * HOLD_MS);
  world.left.remove("L2");
  const letLie = world.left.holdAnswer("read");
  letProve();
  await world.advance(1);
  world.left.restore("L2", survivor);
  letLie();
  await world.advance(2 * HOLD_MS);
  expect(world.right.callsOf("delete")).toEqual([]);
  expect(world.right.ids()).toEqual(["R1", "R2"]);
});

test("D8: after a merge everything stays quiet", async () => {
  const twins = [ANA, { ...ANA, firstName: "Anna", email: "anna@example.com", phone: "" }];
  const world = await aRunningWorld({ sync: { deletes: DELETES } }, { left: twins, right: twins });
  world.left.edit("L2", { email: "" });
  await merge(world, "L1", "L2");
  world.forgetCalls();
  for (const link of await world.links()) await world.mark(`link:${link.id}`, "person");
  await world.advance(20 * HOLD_MS);
  expect(world.writes()).toEqual([]);
});

test("D8: who was given the e-mail of a deleted person by an exchange is no survivor", async () => {
  const bo = { ...ANA, firstName: "Bo", email: "bo@example.com", phone: "" };
  const ana = { ...ANA, phone: "" };
  const strict = { refusesDuplicates: true };
  const world = await aRunningWorld(
    { sync: { deletes: DELETES }, right: strict },
    { left: [ana, bo], right: [ana, bo] },
  );
  world.left.edit("L1", { email: bo.email });
  world.left.remove("L2");
  await world.notice("left", "L2");
  await world.notice("left", "L1");
  await world.advance(10 * HOLD_MS);
  expect(world.right.ids()).toEqual(["R1"]);
  expect(world.right.fieldsOf("R1")).toMatchObject({ firstName: "Ana", email: bo.email });
});
