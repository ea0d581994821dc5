import { expect, test } from "vitest";
import { aContact, aSync } from "../../test/builders.ts";
import { aRunningWorld, type World } from "../../test/world.ts";
import type { Sync } from "../ports.ts";

const ANA = aContact({ firstName: "Ana", email: "ana@example.com" });
const DELETES = { ...aSync().deletes, onLeftGone: "delete", onRightGone: "delete" } as const;
const HOLD_MS = DELETES.holdMs;

/** Ana was deleted on the left, and with her the counterpart at the right. */
async function deleted(sync: Partial<Sync> = {}): Promise<World> {
  const world = await aRunningWorld({ sync: { deletes: DELETES, ...sync } }, { left: [ANA], right: [ANA] });
  world.left.remove("L1");
  await world.notice("left", "L1");
  await world.advance(2 * HOLD_MS);
  expect([world.left.ids(), world.right.ids()]).toEqual([[], []]);
  world.forgetCalls();
  return world;
}

test("D9: who is brought back is made again on the other side, once", async () => {
  const world = await deleted();
  world.left.restore("L1", { ...ANA, city: "Oslo" });
  await world.notice("left", "L1");
  await world.advance(3 * HOLD_MS);
  expect(world.right.ids()).toEqual(["R2"]);
  expect(world.right.fieldsOf("R2")).toMatchObject({ city: "Oslo" });
  expect((await world.links()).map(({ state }) => state)).toEqual(["linked"]);
});

test("D9: who is brought back is made again also when it is the other record's key that finds it", async () => {
  const seldom = 100 * HOLD_MS;
  const world = await deleted({ pollMs: { left: seldom, right: seldom } });
  world.left.restore("L1", ANA);
  await world.notice("right", "R1");
  await world.advance(3 * HOLD_MS);
  expect(world.right.ids()).toEqual(["R2"]);
});

test("D9: a sweep finds who was brought back without a word", async () => {
  const world = await deleted();
  world.left.restore("L1", ANA);
  await world.mark(`sweep:contacts:left`, "sweep");
  await world.advance(5 * HOLD_MS);
  await world.mark(`sweep:contacts:left`, "sweep");
  await world.advance(5 * HOLD_MS);
  expect(world.right.ids()).toEqual(["R2"]);
});

test("D9: one read alone brings nobody back", async () => {
  const world = await deleted();
  world.left.restore("L1", ANA);
  await world.notice("left", "L1");
  world.left.remove("L1");
  await world.advance(5 * HOLD_MS);
  expect(world.right.ids()).toEqual([]);
  expect(await world.links()).toMatchObject([{ state: "tombstone" }]);
});

test("D2: a late webhook about a deleted record brings nobody back and writes nothing", async () => {
  const world = await deleted();
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  await world.advance(5 * HOLD_MS);
  expect([world.left.ids(), world.right.ids()]).toEqual([[], []]);
  expect(world.writes()).toEqual([]);
});

test("D9: when both were brought back they are one pair again", async () => {
  const world = await deleted();
  world.left.restore("L1", ANA);
  world.right.restore("R1", { ...ANA, city: "Rome" });
  await world.notice("left", "L1");
  await world.advance(3 * HOLD_MS);
  expect([world.left.ids(), world.right.ids()]).toEqual([["L1"], ["R1"]]);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
});

test("D9: who is brought back where we deleted them is followed again, whatever their date says", async () => {
  const right = { hasVersions: false };
  const world = await aRunningWorld({ sync: { deletes: DELETES }, right }, { left: [ANA], right: [ANA] });
  world.left.remove("L1");
  await world.notice("left", "L1");
  await world.advance(5 * HOLD_MS);
  expect(world.right.ids()).toEqual([]);
  world.right.restore("R1", ANA);
  await world.notice("right", "R1");
  await world.advance(3 * HOLD_MS);
  expect(world.left.ids()).toEqual(["L2"]);
  expect(await world.links()).toMatchObject([{ state: "linked" }]);
});
