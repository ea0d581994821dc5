import { expect, test } from "vitest";
import { aContact, NOON } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, type World, type WorldOptions } from "../../test/world.ts";

const POLL_MS = 60_000;
const SWEEP_MS = 6 * 3_600_000;
const BO = aContact({ firstName: "Bo", email: "bo@example.com", phone: "+4930901820" });

/** Ana and Bo in step and at rest; nothing will be noticed but by listings. */
async function inStep(options: WorldOptions = {}): Promise<World> {
  const world = await aRunningWorld(options, { left: [aContact(), BO], right: [aContact(), BO] });
  await world.advance(3 * POLL_MS);
  world.forgetCalls();
  return world;
}

function sinceOf(world: World): readonly (number | undefined)[] {
  return world.left.callsOf("list").map((call) => call.query?.since);
}

test("L5: a poll finds what changed and carries it, without reading what the row showed", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  await world.advance(POLL_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(world.left.callsOf("read")).toEqual([]);
  expect(world.right.callsOf("read")).toHaveLength(1);
});

test("L5: rows that say nothing new cost nothing", async () => {
  const world = await inStep({ left: { listing: { isComplete: true, lagMs: 0, overlapMs: 3_600_000 } } });
  await world.advance(5 * POLL_MS);
  expect(world.left.callsOf("list")).toHaveLength(5);
  expect([...world.left.callsOf("read"), ...world.right.callsOf("read"), ...world.writes()]).toEqual([]);
});

test("L5: nor does our own write, when a poll shows it", async () => {
  const world = await inStep();
  world.right.edit("R1", { city: "Rome" });
  await world.notice("right", "R1");
  world.forgetCalls();
  await world.advance(5 * POLL_MS);
  expect([...world.left.callsOf("read"), ...world.right.callsOf("read"), ...world.writes()]).toEqual([]);
});

test("L5: a poll finds who is new, and creates them across", async () => {
  const world = await inStep();
  world.right.add(aContact({ firstName: "Cy", email: "cy@example.com", phone: "" }));
  await world.advance(2 * POLL_MS);
  expect(world.left.fieldsOf("L3")).toMatchObject({ firstName: "Cy" });
});

test("L5: a poll begins the partner's overlap before the last change seen", async () => {
  const world = await inStep({ left: { listing: { isComplete: true, lagMs: 0, overlapMs: 5_000 } } });
  const changedAt = world.clock.now();
  world.left.edit("L1", { city: "Rome" });
  await world.advance(2 * POLL_MS);
  expect(sinceOf(world).at(-1)).toBe(changedAt - 5_000);
});

test("L5: the first poll begins where the first reading began", async () => {
  const world = await aRunningWorld({}, { left: [aContact()], right: [aContact()] });
  expect(sinceOf(world)).toEqual([undefined, NOON]);
});

test("L6: a poll that breaks off is read again from where the last whole one came to", async () => {
  const world = await inStep({ left: { pageSize: 1 } });
  const [before] = [...sinceOf(world), NOON];
  world.left.edit("L1", { city: "Rome" });
  await world.advance(10);
  world.left.edit("L2", { city: "Oslo" });
  const { list } = world.left;
  let breaks = 1;
  Object.assign(world.left, {
    list: (...args: Parameters<typeof list>) => {
      if (args[1].cursor !== undefined && breaks > 0) {
        breaks -= 1;
        world.left.fail("list", outage("before"));
      }
      return list(...args);
    },
  });
  await world.advance(2 * POLL_MS);
  expect(world.right.fieldsOf("R2")).toMatchObject({ city: "Oslo" });
  const first = sinceOf(world).slice(0, 3);
  expect(new Set(first).size).toBe(1);
  expect(first[0]).toBe(before);
});

test("L8: a change time in the future hides no later change", async () => {
  const world = await inStep();
  const { list } = world.left;
  const strange = String(world.clock.now() + 30 * 24 * 3_600_000);
  let isStrange = true;
  Object.assign(world.left, {
    list: async (...args: Parameters<typeof list>) => {
      const page = await list(...args);
      const records = page.records.map((record) => ({ ...record, version: strange }));
      return isStrange ? { ...page, records } : page;
    },
  });
  world.left.edit("L1", { city: "Rome" });
  await world.advance(POLL_MS);
  isStrange = false;
  world.left.edit("L1", { city: "Oslo" });
  await world.advance(POLL_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Oslo" });
});

test("L11 of two edits in one tick of a partner's clock the later one is found by the next poll", async () => {
  const world = await inStep({ left: { listing: { isComplete: true, lagMs: 0, overlapMs: 5_000 } } });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  world.left.edit("L1", { city: "Oslo" });
  await world.advance(POLL_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Oslo" });
  world.forgetCalls();
  await world.advance(5 * POLL_MS);
  expect([...world.left.callsOf("read"), ...world.right.callsOf("read"), ...world.writes()]).toEqual([]);
});

test("L11: a record that was seen long after its change is not compared again by each poll", async () => {
  const world = await inStep({ left: { listing: { isComplete: true, lagMs: 0, overlapMs: 5_000 } } });
  world.left.edit("L1", { companyName: "Newer Ltd" });
  await world.advance(POLL_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ companyName: "Newer Ltd" });
  const { list } = world.left;
  let shown = 0;
  Object.assign(world.left, {
    list: async (...args: Parameters<typeof list>) => {
      const page = await list(...args);
      shown += page.records.length;
      return { ...page, records: page.records.map((row) => ({ ...row, fields: { ...row.fields, city: "ROME" } })) };
    },
  });
  world.forgetCalls();
  await world.advance(3 * POLL_MS);
  expect(shown).toBe(3);
  expect([...world.left.callsOf("read"), ...world.writes()]).toEqual([]);
});

test("F2: a row of a partner whose lists lag is never taken as the present value", async () => {
  const world = await inStep();
  world.left.change({ listing: { isComplete: true, lagMs: 30_000, overlapMs: 60_000 } });
  world.left.edit("L1", { city: "Rome" });
  await world.advance(31_000);
  world.left.edit("L1", { city: "Oslo" });
  await world.advance(POLL_MS);
  expect(world.right.callsOf("update").map((call) => call.changes?.city)).toEqual([{ kind: "set", value: "Oslo" }]);
  expect(world.left.callsOf("read").length).toBeGreaterThan(0);
});

test("F2: a stale row does not undo a later change", async () => {
  const world = await inStep();
  world.left.change({ listing: { isComplete: true, lagMs: 30_000, overlapMs: 60_000 } });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  world.right.edit("R1", { city: "Oslo" });
  await world.notice("right", "R1");
  await world.advance(10 * POLL_MS);
  expect([world.left.fieldsOf("L1")?.city, world.right.fieldsOf("R1")?.city]).toEqual(["Oslo", "Oslo"]);
});

test("F1: a row read before a newer answer is no evidence against it", async () => {
  const world = await inStep();
  world.right.edit("R1", { city: "Rome" });
  const release = world.right.holdAnswer("read");
  await world.notice("right", "R1");
  world.left.edit("L1", { companyName: "Older Ltd" });
  await world.mark("poll:contacts:left", "poll");
  await world.advance(100);
  world.left.edit("L1", { companyName: "Newer Ltd" });
  release();
  await world.advance(1_000);
  expect(world.left.fieldsOf("L1")).toMatchObject({ city: "Rome", companyName: "Newer Ltd" });
  const written = world.right.callsOf("update").map((call) => call.changes?.companyName);
  expect(written).toEqual([{ kind: "set", value: "Newer Ltd" }]);
});

test("L7: a sweep finds what no webhook and no poll told", async () => {
  const world = await inStep({ sync: { pollMs: { left: 90 * SWEEP_MS, right: 90 * SWEEP_MS } } });
  world.left.edit("L1", { city: "Rome" });
  world.right.remove("R2");
  await world.advance(SWEEP_MS + 2 * POLL_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect((await world.linkOf("left", "L2")).state).toBe("unlinked");
});

test("L7: a sweep finds a change that the partner's change time hides", async () => {
  const world = await inStep({
    left: { hasVersions: false },
    sync: { pollMs: { left: 90 * SWEEP_MS, right: 90 * SWEEP_MS } },
  });
  world.left.edit("L1", { city: "Rome" });
  await world.advance(SWEEP_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("L7: a sweep finds an emptied field that the listing shows in lower case only", async () => {
  const sync = { pollMs: { left: 90 * SWEEP_MS, right: 90 * SWEEP_MS } };
  const world = await inStep({ left: { hasVersions: false, folds: ["companyName"] }, sync });
  world.right.edit("R1", { city: "Rome" });
  await world.notice("right", "R1");
  world.left.edit("L1", { companyName: "" });
  await world.advance(SWEEP_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ companyName: "" });
});

test("L7: a sweep over records that agree costs its pages only, and comes again", async () => {
  const world = await inStep();
  await world.advance(2 * SWEEP_MS);
  const full = world.left.callsOf("list").filter((call) => call.query?.since === undefined);
  expect(full).toHaveLength(2);
  expect([...world.left.callsOf("read"), ...world.right.callsOf("read"), ...world.writes()]).toEqual([]);
});

test("L2: a sweep that breaks off goes on from the last stored page", async () => {
  const world = await inStep({
    left: { pageSize: 1 },
    sync: { pollMs: { left: 90 * SWEEP_MS, right: 90 * SWEEP_MS } },
  });
  const { list } = world.left;
  let breaks = 1;
  Object.assign(world.left, {
    list: (...args: Parameters<typeof list>) => {
      if (args[1].cursor === "1" && breaks > 0) {
        breaks -= 1;
        world.left.fail("list", outage("before"));
      }
      return list(...args);
    },
  });
  await world.advance(SWEEP_MS + POLL_MS);
  expect(world.left.callsOf("list").map((call) => call.query?.cursor)).toEqual([undefined, "1", "1"]);
});

test("L5: polls and sweeps start again where a new process finds them", async () => {
  const world = await inStep();
  world.crash();
  world.left.edit("L1", { city: "Rome" });
  await world.advance(10 * POLL_MS);
  await world.open();
  await world.advance(1_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(await world.dueKey("sweep:contacts:left")).toMatchObject({ state: "due" });
});

test("C5: a sync that is paused lists nothing and writes nothing, and goes on when it is not", async () => {
  const world = await inStep();
  await world.configure({ isPaused: true });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  await world.advance(5 * POLL_MS);
  expect([...world.left.calls, ...world.right.calls]).toEqual([]);
  await world.configure({ isPaused: false, version: "2" });
  await world.advance(POLL_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("E4: under a new version of the mapping, what is mapped from now on is brought into step by the next sweep", async () => {
  const world = await inStep({ sync: { without: ["city"] } });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")?.city).toBeUndefined();
  await world.configure({ without: [], version: "2" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});
