import { expect, test, vi } from "vitest";
import { Failure } from "../../model/errors.ts";
import { PRIORITIES } from "../../model/priority.ts";
import { aContact } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, aWorld, settled, type World, type WorldOptions } from "../../test/world.ts";
import type { DueMark } from "../ports.ts";
import { LONGEST_WAIT_MS } from "./backoff.ts";

const KEY = "record:contacts:left:L1";

const DAY_MS = 24 * 3_600_000;
/** Listings far apart, so that only what the test marks is worked. */
const RARE = { pollMs: { left: DAY_MS, right: DAY_MS }, sweepMs: DAY_MS };

/** A few people in step and at rest; `L1` and `R1` are the first. */
async function inStep(options: WorldOptions = {}, count = 1): Promise<World> {
  const people = Array.from({ length: count }, (_, place) =>
    aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone: "" }),
  );
  const world = await aRunningWorld({ sync: RARE, ...options }, { left: people, right: people });
  world.forgetCalls();
  return world;
}

function failure(kind: Failure["kind"], details: Failure["details"] = {}) {
  return { when: "before", failure: new Failure(kind, `update R1: ${kind}; see the connection`, details) } as const;
}

test("Q1: a key marked many times is worked once", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  const mark = { key: KEY, syncId: "contacts", priority: PRIORITIES.live, dueAt: world.clock.now() };
  await world.store.mark(
    "acme",
    Array.from({ length: 3 }, () => ({ ...mark, reason: "webhook" as const })),
  );
  await world.notice("left", "L1");
  expect(world.left.callsOf("read")).toHaveLength(1);
  expect(world.right.callsOf("update")).toHaveLength(1);
  expect(await world.dueKey(KEY)).toBeUndefined();
});

test("Q2: a mark that arrives while the key is worked on is worked after it", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  const release = world.right.holdAnswer("update");
  await world.notice("left", "L1");
  world.left.edit("L1", { city: "Oslo" });
  await world.notice("left", "L1");
  expect(world.left.callsOf("read")).toHaveLength(1);
  release();
  await world.advance();
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Oslo" });
  expect(await world.dueKey(KEY)).toBeUndefined();
});

test("Q2: it is worked after a failure as well, without waiting for the next attempt", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", outage("before"));
  const release = world.right.holdAnswer("read");
  await world.notice("left", "L1");
  await world.notice("left", "L1");
  release();
  await world.advance();
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q21: of two keys of one link that begin at once, the second finds what the first has stored", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  const before = (await world.store.journal("acme", { limit: 50 })).length;
  const mark = { syncId: "contacts", priority: PRIORITIES.live, dueAt: world.clock.now(), reason: "webhook" } as const;
  await world.store.mark("acme", [
    { ...mark, key: KEY },
    { ...mark, key: "record:contacts:right:R1" },
  ]);
  await world.notice("left", "L1");
  expect(world.right.callsOf("update")).toHaveLength(1);
  expect(await world.store.journal("acme", { limit: 50 })).toHaveLength(before + 1);
});

test.each([
  ["at once when it was noticed", true],
  ["a moment later when nobody said so", false],
])("Q22: a more urgent key overtakes those that are known to be next, %s", async (_when, isNoticed) => {
  const world = await inStep({ concurrency: 1 }, 4);
  const markOf = (name: string, priority: DueMark["priority"]): DueMark => {
    const key = `record:contacts:left:${name}`;
    return { key, syncId: "contacts", priority, dueAt: world.clock.now(), reason: "webhook" };
  };
  await world.store.mark(
    "acme",
    ["L2", "L3"].map((name) => markOf(name, PRIORITIES.sweep)),
  );
  const release = world.left.holdAnswer("read");
  await world.notice("left", "L1");
  await world.store.mark("acme", [markOf("L4", PRIORITIES.live)]);
  if (isNoticed) await world.notice("left", "L4");
  else await world.advance(200);
  release();
  await world.advance();
  expect(world.left.callsOf("read").map(({ externalId }) => externalId)).toEqual(["L1", "L4", "L2", "L3"]);
});

test("Q3: more urgent keys are worked first", async () => {
  const world = await inStep({ concurrency: 1 }, 4);
  const release = world.left.holdAnswer("read");
  await world.notice("left", "L4");
  const urgencies = [PRIORITIES.sweep, PRIORITIES.poll, PRIORITIES.live];
  for (const [place, priority] of urgencies.entries()) {
    await world.mark(`record:contacts:left:L${place + 1}`, "person", priority);
  }
  release();
  await world.advance();
  expect(world.left.callsOf("read").map((call) => call.externalId)).toEqual(["L4", "L3", "L2", "L1"]);
});

test("Q3: a key that ended while the store was asked what is due is not worked again by its older answer", async () => {
  const world = await inStep({}, 2);
  const { dueKeys } = world.store;
  let isSlow = false;
  const late = Promise.withResolvers<void>();
  Object.assign(world.store, {
    dueKeys: async (...args: Parameters<typeof dueKeys>) => {
      const found = await dueKeys(...args);
      // As from a database far away: what was found is told only when the key has ended.
      if (isSlow) await late.promise;
      return found;
    },
  });
  world.crash();
  await world.open();
  const release = world.left.holdAnswer("read");
  await world.notice("left", "L1");
  isSlow = true;
  await world.notice("left", "L2");
  release();
  await world.advance();
  isSlow = false;
  late.resolve();
  await world.advance();
  expect(world.left.callsOf("read").map(({ externalId }) => externalId)).toEqual(["L1", "L2"]);
});

test("Q3: no key, and no link under two keys, is worked twice at once", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  const release = world.right.holdAnswer("update");
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  await world.mark(`link:${(await world.linkOf("left", "L1")).id}`, "person");
  expect(world.left.callsOf("read")).toHaveLength(1);
  release();
  await world.advance();
  expect(world.right.callsOf("update")).toHaveLength(1);
  expect(world.left.callsOf("read")).toHaveLength(3);
});

test("Q3: no more keys are in flight than allowed, and all are worked in the end", async () => {
  const world = await aWorld({ concurrency: 2 });
  for (let place = 0; place < 6; place += 1) world.left.add(aContact({ email: `ana${place}@example.com`, phone: "" }));
  const worker = await world.open();
  let most = 0;
  const { create } = world.right;
  Object.assign(world.right, {
    create: (...args: Parameters<typeof create>) => {
      most = Math.max(most, worker.inFlight());
      return create(...args);
    },
  });
  await world.advance(1_000);
  expect(most).toBeLessThanOrEqual(2);
  expect(world.right.ids()).toHaveLength(6);
});

test("Q4: after another process has taken the lane, the first stores nothing more and stops", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  const release = world.left.holdAnswer("read");
  await world.notice("left", "L1");
  const lane = await world.store.takeLane("acme", "another", world.clock.now());
  const before = [await world.links(), await world.journal(), await world.dueKey(KEY)];
  release();
  await world.advance(10 * 60_000);
  expect([await world.links(), await world.journal(), await world.dueKey(KEY)]).toEqual(before);
  expect(lane.epoch).toBeGreaterThan(1);
});

test("A33: a lane that another has taken says so once and is held no more", async () => {
  const world = await inStep();
  const worker = await world.open();
  expect(worker.isHeld()).toBe(true);
  await world.store.takeLane("acme", "another", world.clock.now());
  await world.notice("left", "L1");
  await world.notice("left", "L1");
  await world.advance(10 * 60_000);
  expect(worker.isHeld()).toBe(false);
  expect(world.errors.filter((message) => message.includes("another hub has taken over"))).toHaveLength(1);
});

test("Q12: a conflict in the store about one key holds that key for a moment, and does not stop the lane", async () => {
  const world = await inStep();
  const worker = await world.open();
  world.left.edit("L1", { city: "Rome" });
  const { apply } = world.store;
  let refusals = 2;
  Object.assign(world.store, {
    apply: (...args: Parameters<typeof apply>) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(new Failure("conflict", "save link: its record is taken")) : apply(...args);
    },
  });
  await world.notice("left", "L1");
  await world.advance(10_000);
  expect(worker.isHeld()).toBe(true);
  expect(Object.values((await world.linkOf("left", "L1")).base)).toContainEqual(["Rome", "Rome"]);
});

test("Q5: being asked to slow down waits until the time given and counts no attempt", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  const retryAt = world.clock.now() + 7_000;
  world.right.fail("update", failure("rate_limited", { retryAt }));
  await world.notice("left", "L1");
  expect(await world.dueKey(KEY)).toMatchObject({ dueAt: retryAt, attempts: 0, state: "due" });
  await world.advance(6_999);
  expect(world.right.callsOf("update")).toHaveLength(1);
  await world.advance(1);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q6: an unavailable partner is tried again with doubling waits, and an outage of days sets nothing aside", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", ...Array.from({ length: 1_000 }, () => outage("before")));
  await world.notice("left", "L1");
  await world.advance(2 * DAY_MS);
  const times = world.right.callsOf("update").map((call) => call.at);
  const waits = times.slice(1).map((at, place) => at - (times[place] ?? 0));
  for (const [place, wait] of waits.slice(0, 8).entries()) {
    expect(wait).toBeGreaterThanOrEqual(500 * 2 ** place);
    expect(wait).toBeLessThanOrEqual(1_000 * 2 ** place + 1);
  }
  expect(Math.max(...waits)).toBeLessThanOrEqual(LONGEST_WAIT_MS + 1);
  expect(await world.dueKey(KEY)).toMatchObject({ state: "due", error: { kind: "unavailable" } });
  world.right.mend("update");
  await world.advance(LONGEST_WAIT_MS + 1);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q6: a success forgets the attempts before it", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", outage("before"), outage("before"));
  await world.notice("left", "L1");
  expect(await world.dueKey(KEY)).toMatchObject({ attempts: 1 });
  await world.advance(10_000);
  expect(await world.dueKey(KEY)).toBeUndefined();
});

test.each(["unauthorized", "forbidden"] as const)(
  "Q7: a partner that says %s holds the key without counting; everything else goes on",
  async (kind) => {
    const world = await inStep({}, 2);
    world.left.edit("L1", { city: "Rome" });
    world.right.fail("update", ...Array.from({ length: 40 }, () => failure(kind)));
    await world.notice("left", "L1");
    await world.advance(10 * 60_000);
    expect(await world.dueKey(KEY)).toMatchObject({ state: "due", attempts: 0 });
    world.right.edit("R2", { city: "Oslo" });
    await world.notice("right", "R2");
    await world.advance(30_000);
    expect(world.left.fieldsOf("L2")).toMatchObject({ city: "Oslo" });
    world.right.mend("update");
    await world.advance(60_000);
    expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  },
);

test("Q7: a key held by a refused credential shows why, and is told in the journal once", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", failure("unauthorized"), failure("unauthorized"), failure("unauthorized"));
  await world.notice("left", "L1");
  await world.advance(70_000);
  expect(await world.dueKey(KEY)).toMatchObject({ attempts: 0, error: { kind: "unauthorized" } });
  expect((await world.journal()).filter((entry) => entry.verdict === "failed")).toHaveLength(1);
});

test("Q7: a connection that can not be opened is said on the key and once in the journal, and goes on when it can", async () => {
  const world = await aRunningWorld({ sync: RARE }, { left: [aContact()], right: [aContact()] });
  await world.configure({ right: "nowhere", version: "2" });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  await world.advance(10_000);
  expect(await world.dueKey(KEY)).toMatchObject({ state: "due", attempts: 0, error: { kind: "misconfigured" } });
  const failed = (await world.journal()).filter((entry) => entry.verdict === "failed");
  expect(failed.filter((entry) => entry.reason === "webhook")).toMatchObject([
    { detail: { error: { kind: "misconfigured", message: expect.stringContaining("nowhere") } } },
  ]);
  expect(world.errors).toEqual([]);
  await world.configure({ right: "salesmate", version: "3" });
  await world.advance(60_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q8: a refusal of values sets the key aside with the partner's words, and it can be made due again", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", failure("rejected", { issues: ["city is too short"] }));
  await world.notice("left", "L1");
  const key = `link:${(await world.linkOf("left", "L1")).id}`;
  expect(await world.dueKey(key)).toMatchObject({ state: "dead", error: { kind: "rejected" } });
  expect((await world.journal())[0]).toMatchObject({ verdict: "failed", detail: { error: { kind: "rejected" } } });
  await world.advance(3_600_000);
  expect(world.right.callsOf("update")).toHaveLength(1);
  await world.store.revive("acme", [key], world.clock.now());
  await world.wake();
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q8: what was refused is not sent again by a full comparison, only when somebody changes the record", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", failure("rejected"));
  await world.notice("left", "L1");
  await world.mark("sweep:contacts:left", "sweep", PRIORITIES.sweep);
  await world.mark("sweep:contacts:right", "sweep", PRIORITIES.sweep);
  expect(world.right.callsOf("update")).toHaveLength(1);
  expect(await world.dueKey(`link:${(await world.linkOf("left", "L1")).id}`)).toMatchObject({ state: "dead" });
  world.left.edit("L1", { city: "Bern" });
  await world.mark("sweep:contacts:left", "sweep", PRIORITIES.sweep);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Bern" });
});

test("Q8: a new mark makes it due as well", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "R" });
  world.right.fail("update", failure("rejected"));
  await world.notice("left", "L1");
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q9: a listing is never set aside: it is tried again, with longer waits", async () => {
  const world = await inStep({ sync: {} });
  world.left.fail("list", failure("rejected"), ...Array.from({ length: 20 }, () => outage("before")));
  await world.advance(12 * 3_600_000);
  expect(await world.dueKey("poll:contacts:left")).toMatchObject({ state: "due", attempts: 0 });
  world.left.edit("L1", { city: "Rome" });
  await world.advance(60_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q6: a key that falls due while a long listing runs does not wait for its end", async () => {
  const world = await inStep();
  const release = world.right.holdAnswer("list");
  await world.mark("sweep:contacts:right", "sweep", PRIORITIES.sweep);
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", outage("before"));
  await world.notice("left", "L1");
  await world.advance(2_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  release();
  await world.advance();
});

test("Q6: where not even the failure can be stored, the key is held back for a moment", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  const { apply } = world.store;
  let refusals = 2;
  Object.assign(world.store, {
    apply: (...args: Parameters<typeof apply>) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(new Failure("unavailable", "store: the disk is full")) : apply(...args);
    },
  });
  await world.notice("left", "L1");
  await world.advance(999);
  expect(world.left.callsOf("read")).toHaveLength(1);
  await world.advance(1);
  expect(world.left.callsOf("read")).toHaveLength(2);
  expect(Object.values((await world.linkOf("left", "L1")).base)).toContainEqual(["Rome", "Rome"]);
  expect(world.errors).toHaveLength(1);
});

test("Q1: a key that names nothing is cleared away", async () => {
  const world = await inStep();
  await world.mark("nonsense", "person");
  await world.mark("link:of-long-ago", "person");
  for (const key of ["nonsense", "link:of-long-ago"]) {
    expect(await world.dueKey(key)).toBeUndefined();
  }
});

test("Q3: a lane that is stopped ends what is in flight and starts nothing more", async () => {
  const world = await aWorld();
  world.left.add(aContact());
  const worker = await world.open();
  await world.advance(1_000);
  world.left.edit("L1", { city: "Rome" });
  const release = world.right.holdAnswer("update");
  await world.notice("left", "L1");
  let isStopped = false;
  const stopping = worker.stop().then(() => {
    isStopped = true;
  });
  await settled();
  expect(isStopped).toBe(false);
  release();
  await stopping;
  world.left.edit("L1", { city: "Oslo" });
  await world.notice("left", "L1");
  await world.advance(10 * 60_000);
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
});

test("Q10: a key that falls due while another is worked on does not wait for its end", async () => {
  const world = await aRunningWorld();
  world.left.fail("create", outage("before"));
  await world.notice("right", world.right.add(aContact({ firstName: "Liv", email: "liv@example.com", phone: "" })));
  const release = world.right.holdAnswer("create");
  await world.notice("left", world.left.add(aContact({ email: "bo@example.com", phone: "" })));
  await world.advance(2_000);
  expect(world.left.callsOf("create")).toHaveLength(2);
  release();
});

test("Q20: while a call is not answered, the store is not asked again and again what is due", async () => {
  const world = await inStep();
  const asked = vi.spyOn(world.store, "dueKeys");
  world.crash();
  await world.open();
  world.left.edit("L1", { city: "Rome" });
  const release = world.right.holdAnswer("update");
  await world.notice("left", "L1");
  asked.mockClear();
  await world.advance(10_000);
  expect(asked).not.toHaveBeenCalled();
  release();
  await world.advance();
  expect(asked).toHaveBeenCalled();
  expect(await world.dueKey(KEY)).toBeUndefined();
});
