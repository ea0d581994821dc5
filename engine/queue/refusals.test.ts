import { expect, test } from "vitest";
import { Failure } from "../../model/errors.ts";
import { PRIORITIES } from "../../model/priority.ts";
import { aContact, NOON } from "../../test/builders.ts";
import { type Fault, fakePartner } from "../../test/fakePartner.ts";
import { aRunningWorld, type World, worldClock } from "../../test/world.ts";
import { connectionRefusals } from "./refusals.ts";

const KEY = "record:contacts:left:L1";
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** People in step and at rest, with listings far apart, so that only what the test marks is worked. */
async function inStep(count: number): Promise<World> {
  const people = Array.from({ length: count }, (_, place) =>
    aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone: "" }),
  );
  const sync = { pollMs: { left: DAY_MS, right: DAY_MS }, sweepMs: DAY_MS };
  const world = await aRunningWorld({ sync }, { left: people, right: people });
  world.forgetCalls();
  return world;
}

/** Refusals without end. */
function refusals(kind: "unauthorized" | "forbidden", details: Failure["details"]): Fault[] {
  const failure = new Failure(kind, "read R1: refused; see the connection", details);
  return Array.from({ length: 1_000 }, () => ({ when: "before", failure }));
}

/** Twelve people of whom eleven were edited on the left while the right refuses every read. */
async function refused(details: Failure["details"], kind: "unauthorized" | "forbidden"): Promise<World> {
  const world = await inStep(12);
  world.right.fail("read", ...refusals(kind, details));
  await world.notice("left", "L12");
  for (let place = 1; place < 12; place += 1) {
    world.left.edit(`L${place}`, { city: "Rome" });
    await world.notice("left", `L${place}`);
  }
  return world;
}

test.each([
  ["a refused credential", "unauthorized", {}],
  ["a permission that the partner says is missing", "forbidden", { status: 403 }],
] as const)(
  "Q11: %s is tried by one key at a time, with doubling waits up to five minutes",
  async (_what, kind, details) => {
    const world = await refused(details, kind);
    await world.advance(30 * MINUTE_MS);
    const times = world.right.callsOf("read").map((call) => call.at);
    const waits = times.slice(1).map((at, place) => (at - (times[place] ?? 0)) / 1_000);
    expect(waits).toEqual([30, 60, 120, 240, 300, 300, 300, 300]);
    expect((await world.journal()).filter((entry) => entry.verdict === "failed")).toHaveLength(1);
    expect(await world.dueKey(KEY)).toMatchObject({ attempts: 0, error: { kind } });
  },
);

test("Q11: what cannot even be described is tried with doubling waits too, one call at a time", async () => {
  const clock = worldClock(NOON);
  const asked: number[] = [];
  const partner = Object.assign(fakePartner(clock, "R"), {
    describe: async () => {
      asked.push(clock.now());
      throw new Failure("unauthorized", "describe contacts: refused; connect again");
    },
  });
  const guarded = connectionRefusals(clock).guard(partner);
  const calls = { priority: PRIORITIES.live, calls: [] };
  while (clock.now() < NOON + 30 * MINUTE_MS) {
    const tries = await Promise.allSettled([1, 2, 3].map(() => guarded.describe(calls)));
    expect(tries.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await clock.advance(1_000);
  }
  const [first, second, third, ...rest] = asked;
  expect([first, second, third]).toEqual([NOON, NOON, NOON]);
  expect(rest.map((at) => (at - NOON) / 1_000)).toEqual([30, 90, 210, 450, 750, 1_050, 1_350, 1_650]);
});

test("Q11: a description that comes from memory lets nobody through who is refused", async () => {
  const clock = worldClock(NOON);
  const partner = fakePartner(clock, "R");
  const guarded = connectionRefusals(clock).guard(partner);
  const calls = { priority: PRIORITIES.live, calls: [] };
  partner.fail("read", ...refusals("unauthorized", {}));
  await expect(guarded.read(calls, "R1")).rejects.toMatchObject({ kind: "unauthorized" });
  await clock.advance(31_000);
  await guarded.describe(calls);
  await expect(guarded.read(calls, "R1")).rejects.toMatchObject({ kind: "unauthorized" });
  await expect(guarded.read(calls, "R1")).rejects.toMatchObject({ details: { retryAt: NOON + 91_000 } });
  expect(partner.callsOf("read")).toHaveLength(2);
});

test("Q11: once it works again, whoever waited goes on", async () => {
  const world = await refused({}, "unauthorized");
  await world.advance(30 * MINUTE_MS);
  world.right.mend("read");
  await world.advance(5 * MINUTE_MS + 2_000);
  for (let place = 1; place < 12; place += 1) expect(world.right.fieldsOf(`R${place}`)).toMatchObject({ city: "Rome" });
});

test("Q11: a changed configuration is tried at once", async () => {
  const world = await refused({}, "unauthorized");
  await world.advance(30 * MINUTE_MS);
  world.right.mend("read");
  await world.configure({ version: "2" });
  await world.notice("left", "L12");
  expect(await world.dueKey("record:contacts:left:L12")).toBeUndefined();
});

test("Q11: a permission missing for one thing holds nothing else", async () => {
  const world = await inStep(2);
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", ...refusals("forbidden", { status: 403 }));
  await world.notice("left", "L1");
  world.right.edit("R2", { city: "Oslo" });
  await world.notice("right", "R2");
  expect(world.left.fieldsOf("L2")).toMatchObject({ city: "Oslo" });
});
