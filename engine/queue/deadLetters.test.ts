import fc from "fast-check";
import { expect, test } from "vitest";
import type { DueKey } from "../../engine/ports.ts";
import { Failure } from "../../model/errors.ts";
import { aContact } from "../../test/builders.ts";
import { type Fault, outage } from "../../test/fakePartner.ts";
import { aRunningWorld, aWorld, settled, type World } from "../../test/world.ts";

const DAY_MS = 24 * 3_600_000;
/** Listings far apart, so that only what the test marks is worked. */
const RARE = { pollMs: { left: DAY_MS, right: DAY_MS }, sweepMs: DAY_MS };

function refusal(): Fault {
  return { when: "before", failure: new Failure("rejected", "write: the values are refused", { status: 422 }) };
}

async function inStep(): Promise<World> {
  const world = await aRunningWorld({ sync: RARE }, { left: [aContact()], right: [aContact()] });
  world.forgetCalls();
  return world;
}

function dead(world: World): Promise<readonly DueKey[]> {
  return world.store.troubledKeys("acme", { state: "dead", limit: 50 });
}

async function linkKey(world: World): Promise<string> {
  return `link:${(await world.linkOf("left", "L1")).id}`;
}

test("Q15: one link is set aside once, under its own key, whichever of its keys failed", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", refusal(), refusal(), refusal());
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  await world.mark(await linkKey(world), "person");
  expect((await dead(world)).map(({ key }) => key)).toEqual([await linkKey(world)]);
  expect(await world.dueKey("record:contacts:left:L1")).toBeUndefined();
  const [entry] = (await world.journal()).filter(({ verdict }) => verdict === "failed");
  expect(entry).toMatchObject({ linkId: (await world.linkOf("left", "L1")).id });
});

test("Q15: a person's choice that fails is set aside under the link's own key as well", async () => {
  const world = await inStep();
  world.left.fail("read", refusal());
  const key = await linkKey(world);
  await world.mark(`${key.replace("link:", "keep:")}:left:city`, "person");
  expect((await dead(world)).map((letter) => letter.key)).toEqual([key]);
});

test("Q15: a mark that came while a key failed is worked, and nothing is set aside over it", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", refusal());
  const release = world.right.holdAnswer("read");
  await world.notice("left", "L1");
  await world.mark(await linkKey(world), "person");
  release();
  await world.advance();
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(await dead(world)).toEqual([]);
});

test("Q15: what is set aside says what could not be written, field by field, and nothing that was", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome", tags: ["vip"] });
  world.right.edit("R1", { companyName: "Acme Ltd" });
  world.left.fail("update", refusal());
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect((await dead(world)).map(({ plan }) => plan)).toEqual([
    [{ side: "left", act: "update", changes: { companyName: { kind: "set", value: "Acme Ltd" } } }],
  ]);
  await world.store.revive("acme", undefined, world.clock.now());
  expect(await world.dueKey(await linkKey(world))).not.toHaveProperty("plan");
});

test("Q15: a create that is refused says what was to be created", async () => {
  const world = await inStep();
  world.right.fail("create", refusal());
  await world.notice("left", world.left.add(aContact({ firstName: "Bo", email: "bo@example.com", phone: "" })));
  const [letter] = await dead(world);
  expect(letter?.plan).toMatchObject([
    { side: "right", act: "create", changes: { email: { kind: "set", value: "bo@example.com" } } },
  ]);
});

test("Q15: a deletion that is refused says so", async () => {
  const deletes = { onLeftGone: "delete", onRightGone: "delete", holdMs: 0, breakerLimit: 9 } as const;
  const world = await aRunningWorld({ sync: { ...RARE, deletes } }, { left: [aContact()], right: [aContact()] });
  const key = await linkKey(world);
  world.left.remove("L1");
  world.right.fail("delete", refusal());
  await world.notice("left", "L1");
  await world.advance(60_000);
  expect(await world.dueKey(key)).toMatchObject({
    state: "dead",
    plan: [{ side: "right", act: "delete", changes: {} }],
  });
});

test("Q16: a success under any key of a link clears away what was set aside for it", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", refusal());
  await world.notice("left", "L1");
  expect(await dead(world)).toHaveLength(1);
  await world.notice("right", "R1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(await dead(world)).toEqual([]);
});

test("Q16: also when the store was asked for what is set aside just before it was stored", async () => {
  const world = await inStep();
  const { apply } = world.store;
  const beforeBurying = async (...args: Parameters<typeof apply>) => {
    if (args[1].some(({ kind }) => kind === "setAside")) {
      await world.mark("poll:contacts:left", "poll");
      await world.advance();
    }
    return apply(...args);
  };
  Object.assign(world.store, { apply: beforeBurying });
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", refusal());
  await world.notice("left", "L1");
  // What happens within the write has its own waits.
  for (let wait = 0; wait < 3; wait += 1) await settled();
  expect(await dead(world)).toHaveLength(1);
  await world.notice("right", "R1");
  expect(await dead(world)).toEqual([]);
});

test("Q16: also when it was set aside by a process before, under the name of a record", async () => {
  const world = await inStep();
  const key = "record:contacts:left:L1";
  world.crash();
  const lane = await world.store.takeLane("acme", "another", world.clock.now());
  const mark = { key, syncId: "contacts", priority: 0, dueAt: world.clock.now(), reason: "webhook" } as const;
  const error = { kind: "rejected", message: "no", at: world.clock.now() };
  await world.store.apply(lane, [
    { kind: "mark", mark },
    { kind: "bury", key, generation: 1, attempts: 1, error },
  ]);
  await world.open();
  await world.notice("right", "R1");
  expect(await dead(world)).toEqual([]);
});

test("Q16: where nothing is set aside, nothing is looked for", async () => {
  const world = await aWorld({ sync: RARE });
  const { apply } = world.store;
  const kinds = new Set<string>();
  Object.assign(world.store, {
    apply: (...args: Parameters<typeof apply>) => {
      for (const { kind } of args[1]) kinds.add(kind);
      return apply(...args);
    },
  });
  world.left.add(aContact());
  await world.open();
  await world.advance(60_000);
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Rome" });
  expect(kinds).toContain("saveLink");
  expect(kinds).not.toContain("clearDead");
});

const CREATE_FAULTS = ["refused", "before", "after", "late"] as const;

test("Q17: however often what was set aside is tried again, nobody is created twice", async () => {
  const fault = (kind: (typeof CREATE_FAULTS)[number]): Fault => (kind === "refused" ? refusal() : outage(kind));
  const step = fc.record({ wait: fc.constantFrom(0, 1_000, 120_000), isRetried: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...CREATE_FAULTS), { maxLength: 5 }),
      fc.array(step, { maxLength: 6 }),
      async (faults, steps) => {
        const world = await aWorld({ sync: RARE });
        world.left.add(aContact({ firstName: "Bo", email: "bo@example.com", phone: "" }));
        world.right.fail("create", ...faults.map(fault));
        await world.open();
        for (const { wait, isRetried } of steps) {
          await world.advance(wait);
          if (isRetried) await world.store.revive("acme", undefined, world.clock.now());
          await world.wake();
        }
        world.right.mend("create");
        for (let round = 0; round <= faults.length; round += 1) {
          await world.store.revive("acme", undefined, world.clock.now());
          await world.wake();
          await world.advance(10 * 60_000);
        }
        expect(world.right.ids()).toHaveLength(1);
        expect(await dead(world)).toEqual([]);
        await world.store.close();
      },
    ),
    { numRuns: Number(process.env.KITH_HISTORIES ?? 30) },
  );
});
