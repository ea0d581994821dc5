import { expect, test } from "vitest";
import { MappingRow, type SyncConfig } from "../../model/sync.ts";
import { aContact, aSync } from "../../test/builders.ts";
import { aRunningWorld, type World, type WorldOptions } from "../../test/world.ts";

const HOLD_MS = 60_000;

function deletes(policy: Partial<SyncConfig["deletes"]>): WorldOptions {
  return { sync: { deletes: { ...aSync().deletes, ...policy } } };
}

const DELETE = deletes({ onLeftGone: "delete", onRightGone: "delete" });
const LEAVE = deletes({ onLeftGone: "leave", onRightGone: "leave" });

/** Ana in step, then deleted on the left, and the webhook that says so. */
async function anaDeleted(options: WorldOptions = DELETE): Promise<World> {
  const world = await aRunningWorld(options, { left: [aContact()], right: [aContact()] });
  world.left.remove("L1");
  await world.notice("left", "L1");
  return world;
}

async function stateOf(world: World): Promise<string> {
  return (await world.linkOf("right", "R1")).state;
}

test("D1: one read that says gone is no proof", async () => {
  const world = await anaDeleted();
  await world.advance(HOLD_MS - 1);
  expect(world.right.ids()).toEqual(["R1"]);
  expect(await stateOf(world)).toBe("linked");
});

test("D1: a second read, a hold later, is", async () => {
  const world = await anaDeleted();
  await world.advance(HOLD_MS);
  expect(world.left.callsOf("read")).toHaveLength(2);
  expect(world.right.ids()).toEqual([]);
});

test("D1: more reads within the hold prove nothing", async () => {
  const world = await anaDeleted();
  for (let more = 0; more < 3; more += 1) {
    await world.advance(1_000);
    await world.notice("left", "L1");
  }
  expect(await stateOf(world)).toBe("linked");
  await world.advance(HOLD_MS);
  expect(world.right.ids()).toEqual([]);
});

test("D1: a record that comes back within the hold was never deleted", async () => {
  const world = await anaDeleted();
  await world.advance(1_000);
  world.left.restore("L1", aContact({ city: "Rome" }));
  await world.advance(HOLD_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect((await world.linkOf("left", "L1")).left?.goneAt).toBeUndefined();
});

test("D1: absence from a list alone deletes nothing", async () => {
  const world = await aRunningWorld(DELETE, { left: [aContact()], right: [aContact()] });
  const { list } = world.left;
  Object.assign(world.left, {
    list: async (...args: Parameters<typeof list>) => ({ ...(await list(...args)), records: [] }),
  });
  await world.mark("sweep:contacts:left", "sweep", 4);
  await world.advance(2 * HOLD_MS);
  expect(world.left.callsOf("read")).toHaveLength(1);
  expect(world.right.ids()).toEqual(["R1"]);
});

test("D2: a deleted record is remembered, and no listing brings it back", async () => {
  const world = await anaDeleted();
  world.left.change({ listing: { isComplete: true, lagMs: HOLD_MS + 500, overlapMs: 0 } });
  await world.advance(HOLD_MS);
  expect(await stateOf(world)).toBe("tombstone");
  expect((await world.left.list({ priority: 4, calls: [] }, {})).records).toHaveLength(1);
  await world.mark("sweep:contacts:left", "sweep", 4);
  await world.notice("left", "L1");
  await world.advance(10 * HOLD_MS);
  expect([world.left.ids(), world.right.ids()]).toEqual([[], []]);
  expect(world.right.callsOf("create")).toEqual([]);
});

test("D2: a record deleted before it had a counterpart is remembered as well", async () => {
  const world = await aRunningWorld(DELETE, { left: [aContact(), aContact()], right: [] });
  expect((await world.linkOf("left", "L2")).state).not.toBe("linked");
  world.left.remove("L2");
  await world.notice("left", "L2");
  await world.advance(HOLD_MS);
  expect((await world.linkOf("left", "L2")).state).toBe("tombstone");
});

test("D3: the counterpart is deleted as well", async () => {
  const world = await anaDeleted();
  await world.advance(HOLD_MS);
  expect(world.writes().map((call) => [call.verb, call.externalId])).toEqual([["delete", "R1"]]);
  expect(await stateOf(world)).toBe("tombstone");
  expect((await world.journal())[0]).toMatchObject({
    verdict: "deleted",
    summary: "Deleted in HighLevel; deleted in Salesmate as well.",
  });
});

test("D3: a deletion on the right follows its own policy", async () => {
  const world = await aRunningWorld(deletes({ onRightGone: "delete" }), { left: [aContact()], right: [aContact()] });
  world.right.remove("R1");
  await world.notice("right", "R1");
  await world.advance(HOLD_MS);
  expect(world.left.ids()).toEqual([]);
});

test("D3: what was deleted on both sides is at its end", async () => {
  const world = await aRunningWorld(DELETE, { left: [aContact()], right: [aContact()] });
  world.left.remove("L1");
  world.right.remove("R1");
  await world.notice("left", "L1");
  await world.advance(HOLD_MS);
  expect(await stateOf(world)).toBe("tombstone");
  expect(world.writes()).toEqual([]);
});

test("D4: a counterpart that was changed since both agreed is kept", async () => {
  const world = await anaDeleted();
  world.right.edit("R1", { city: "Rome" });
  await world.advance(HOLD_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(await stateOf(world)).toBe("unlinked");
  expect((await world.journal())[0]?.summary).toContain("kept, since it was changed meanwhile");
});

test("D4: a counterpart whose value a person was asked about is kept when that value was changed since", async () => {
  const mapping = [MappingRow.parse({ left: "city", right: "city", conflict: "ask" })];
  const options = { sync: { ...DELETE.sync, mapping } };
  const apart = { left: [aContact({ city: "Oslo" })], right: [aContact({ city: "Bern" })] };
  const world = await aRunningWorld(options, apart);
  world.left.remove("L1");
  await world.notice("left", "L1");
  world.right.edit("R1", { city: "Rome" });
  await world.advance(HOLD_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(await stateOf(world)).toBe("unlinked");
});

test("D4: a counterpart at a partner that can not delete is kept", async () => {
  const world = await anaDeleted({ ...DELETE, right: { canDelete: false } });
  await world.advance(HOLD_MS);
  expect(world.right.ids()).toEqual(["R1"]);
  expect(await stateOf(world)).toBe("unlinked");
});

test("D5: under leave the counterpart stays, and nothing more is said of it", async () => {
  const world = await anaDeleted(LEAVE);
  await world.advance(HOLD_MS);
  expect((await world.journal())[0]?.summary).toBe("Deleted in HighLevel; the other record was left as it is.");
  const entries = (await world.journal()).length;
  world.right.edit("R1", { city: "Rome" });
  await world.notice("right", "R1");
  await world.notice("left", "L1");
  expect(world.right.ids()).toEqual(["R1"]);
  expect(world.writes()).toEqual([]);
  expect(await world.journal()).toHaveLength(entries);
});

test("D5: under leave it is said once, however often the record was read within the hold", async () => {
  const world = await anaDeleted(LEAVE);
  await world.notice("left", "L1");
  await world.notice("left", "L1");
  await world.advance(HOLD_MS);
  expect((await world.journal()).map((entry) => entry.verdict)).toEqual(["deleted", "linked"]);
});

test("D5: under leave a record that comes back is followed again", async () => {
  const world = await anaDeleted(LEAVE);
  await world.advance(HOLD_MS);
  world.left.restore("L1", aContact({ city: "Rome" }));
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("D5: under unlink the counterpart stays and is no longer followed", async () => {
  const world = await anaDeleted(deletes({ onLeftGone: "unlink" }));
  await world.advance(HOLD_MS);
  expect(await stateOf(world)).toBe("unlinked");
  const entries = (await world.journal()).length;
  world.forgetCalls();
  world.right.edit("R1", { city: "Rome" });
  await world.notice("right", "R1");
  await world.notice("left", "L1");
  await world.advance(10 * HOLD_MS);
  expect(world.writes()).toEqual([]);
  expect(world.right.ids()).toEqual(["R1"]);
  expect(await world.journal()).toHaveLength(entries);
});

/** Four people in step under a limit of two, all deleted on the left at once. */
async function fourDeleted(onLeftGone: SyncConfig["deletes"]["onLeftGone"]): Promise<World> {
  const people = [1, 2, 3, 4].map((place) =>
    aContact({ email: `p${place}@example.com`, phone: "", firstName: `P${place}` }),
  );
  const world = await aRunningWorld(deletes({ onLeftGone, breakerLimit: 2 }), { left: people, right: people });
  for (const externalId of world.left.ids()) {
    world.left.remove(externalId);
    await world.notice("left", externalId);
  }
  await world.advance(2 * HOLD_MS);
  return world;
}

async function linked(world: World): Promise<number> {
  return (await world.links()).filter(({ state }) => state === "linked").length;
}

test.each(["delete", "unlink"] as const)(
  "D6: beyond the limit of an hour, %s is held, and no time ends that",
  async (policy) => {
    const world = await fourDeleted(policy);
    expect(await linked(world)).toBe(2);
    const waiting = (await world.journal()).filter((entry) => entry.verdict === "waiting");
    expect(waiting).toHaveLength(2);
    expect(waiting[0]?.summary).toContain("allow them");
    await world.advance(30 * 3_600_000);
    expect(await linked(world)).toBe(2);
    expect((await world.journal()).filter((entry) => entry.verdict === "waiting")).toHaveLength(2);
  },
);

test("D6: while deletions are held, a later one is held as well, though the hour has passed", async () => {
  const world = await fourDeleted("delete");
  await world.notice("left", world.left.add(aContact({ email: "p5@example.com", phone: "" })));
  await world.advance(3 * 3_600_000);
  expect(world.right.ids()).toHaveLength(3);
  world.left.remove("L5");
  await world.notice("left", "L5");
  await world.advance(2 * HOLD_MS);
  expect(world.right.ids()).toHaveLength(3);
  expect(await world.store.checkpoint("acme", "contacts", "left", "deletions")).toMatchObject({ seen: 3 });
});

test("D6: a record that comes back while its deletion is held was never deleted", async () => {
  const world = await fourDeleted("delete");
  const [held] = (await world.links()).filter(({ state }) => state === "linked");
  const externalId = held?.left?.externalId ?? "";
  world.left.restore(externalId, aContact({ email: "back@example.com", phone: "" }));
  await world.notice("left", externalId);
  await world.mark("deletions:contacts", "person");
  await world.advance(HOLD_MS);
  expect(world.right.ids()).toEqual([held?.right?.externalId]);
});

test.each(["delete", "unlink"] as const)(
  "D7: once a person allows it, %s goes on for what was held",
  async (policy) => {
    const world = await fourDeleted(policy);
    await world.mark("deletions:contacts", "person");
    expect(await linked(world)).toBe(0);
    expect(world.right.ids()).toHaveLength(policy === "delete" ? 0 : 4);
    expect(await world.dueKey("deletions:contacts")).toBeUndefined();
    const breaker = await world.store.checkpoint("acme", "contacts", "left", "deletions");
    expect(breaker).toMatchObject({ seen: 0, finishedAt: world.clock.now() });
  },
);

test("D7: what is deleted after that is counted anew, and held anew", async () => {
  const world = await fourDeleted("delete");
  await world.mark("deletions:contacts", "person");
  await world.advance(2 * 3_600_000);
  const more = [6, 7, 8].map((place) => world.left.add(aContact({ email: `p${place}@example.com`, phone: "" })));
  for (const externalId of more) await world.notice("left", externalId);
  await world.advance(HOLD_MS);
  expect(world.right.ids()).toHaveLength(3);
  for (const externalId of more) {
    world.left.remove(externalId);
    await world.notice("left", externalId);
  }
  await world.advance(2 * HOLD_MS);
  expect(world.right.ids()).toHaveLength(1);
});
