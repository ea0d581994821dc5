import fc from "fast-check";
import { expect, test } from "vitest";
import type { Side } from "../../model/record.ts";
import { aContact } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, type World } from "../../test/world.ts";

const ANA = aContact({ firstName: "Ana", email: "a@example.com", phone: "" });
const BO = aContact({ firstName: "Bo", email: "b@example.com", phone: "" });
const SETTLED_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
const RHYTHM = { pollMs: { left: HOUR_MS / 4, right: HOUR_MS / 4 }, sweepMs: HOUR_MS };
const STRICT = { refusesDuplicates: true };

/** Two people on both sides; the partner at the right lets nobody have another's e-mail. */
function twoPeople(): Promise<World> {
  return aRunningWorld({ right: STRICT, sync: RHYTHM }, { left: [ANA, BO], right: [ANA, BO] });
}

function emails(world: World, side: Side): readonly unknown[] {
  return world[side].ids().map((id) => world[side].fieldsOf(id)?.email);
}

const EXCHANGED = ["b@example.com", "a@example.com"];

test("I10: two records exchange their e-mails, both edits told at once", async () => {
  const world = await twoPeople();
  world.left.edit("L1", { email: "b@example.com" });
  world.left.edit("L2", { email: "a@example.com" });
  await Promise.all([world.notice("left", "L1"), world.notice("left", "L2")]);
  await world.advance(SETTLED_MS);
  expect([emails(world, "left"), emails(world, "right")]).toEqual([EXCHANGED, EXCHANGED]);
});

test("I10: or the second edit comes long after the first was refused", async () => {
  const world = await twoPeople();
  world.left.edit("L1", { email: "b@example.com" });
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  expect(emails(world, "right")).toEqual(["a@example.com", "b@example.com"]);
  world.left.edit("L2", { email: "a@example.com" });
  await world.notice("left", "L2");
  await world.advance(SETTLED_MS);
  expect(emails(world, "right")).toEqual(EXCHANGED);
});

test("I10: whoever was refused goes on when the other has moved on to a third value", async () => {
  const world = await twoPeople();
  world.left.edit("L1", { email: "b@example.com" });
  await world.notice("left", "L1");
  world.left.edit("L2", { email: "c@example.com" });
  await world.notice("left", "L2");
  await world.advance(SETTLED_MS);
  expect(emails(world, "right")).toEqual(["b@example.com", "c@example.com"]);
});

test("I10: a value that is rightly another's stays theirs, and the refusal is shown", async () => {
  const world = await twoPeople();
  world.left.edit("L1", { email: "b@example.com" });
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  expect(emails(world, "right")).toEqual(["a@example.com", "b@example.com"]);
  const key = `link:${(await world.linkOf("left", "L1")).id}`;
  expect(await world.dueKey(key)).toMatchObject({ state: "dead", error: { kind: "rejected" } });
});

test("I10: a refusal that another record has resolved is shown no more", async () => {
  const world = await twoPeople();
  world.left.edit("L1", { email: "b@example.com" });
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  world.left.edit("L2", { email: "a@example.com" });
  await world.notice("left", "L2");
  await world.advance(SETTLED_MS);
  expect(emails(world, "right")).toEqual(EXCHANGED);
  expect(await world.store.troubledKeys("acme", { state: "dead", limit: 9 })).toEqual([]);
});

/** Ana was given Bo's e-mail, and Bo made way for it, but may not have the one that he was given: it is Dora's. */
async function boMadeWay(): Promise<World> {
  const dora = aContact({ firstName: "Dora", email: "d@example.com", phone: "" });
  const people = [ANA, BO, dora];
  const world = await aRunningWorld({ right: STRICT, sync: RHYTHM }, { left: people, right: people });
  world.left.edit("L1", { email: "b@example.com" });
  world.left.edit("L2", { email: "d@example.com" });
  for (const id of ["L2", "L1", "L3"]) await world.notice("left", id);
  await world.advance(SETTLED_MS);
  return world;
}

test("I10: whoever made way and is given their own value again gets it back, or is refused", async () => {
  const world = await boMadeWay();
  world.left.edit("L2", { email: "b@example.com" });
  await world.notice("left", "L2");
  await world.advance(SETTLED_MS);
  const key = `link:${(await world.linkOf("left", "L2")).id}`;
  expect(await world.dueKey(key)).toMatchObject({ state: "dead", error: { kind: "rejected" } });
  world.left.edit("L1", { email: "a@example.com" });
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  expect(emails(world, "right")).toEqual(["a@example.com", "b@example.com", "d@example.com"]);
});

test("I10: whoever made way and finds the value rightly another's is refused, once", async () => {
  const world = await boMadeWay();
  expect(emails(world, "right")).toEqual(["b@example.com", "", "d@example.com"]);
  world.forgetCalls();
  await world.advance(SETTLED_MS);
  expect(world.writes()).toEqual([]);
});

test("I10: whatever fails or is killed in between, each ends with its own", async () => {
  const step = fc.oneof(
    fc.constant({ kind: "crash" as const }),
    fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(0, 1, 300, 2_000) }),
    fc.record({ kind: fc.constant("fail" as const), when: fc.constantFrom("before" as const, "after" as const) }),
    fc.record({ kind: fc.constant("late" as const), ms: fc.constantFrom(5, 900) }),
  );
  const history = fc.array(step, { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(history, fc.boolean(), async (steps, isSwapped) => {
      const world = await twoPeople();
      world.left.edit("L1", { email: "b@example.com" });
      world.left.edit("L2", { email: "a@example.com" });
      for (const id of isSwapped ? ["L2", "L1"] : ["L1", "L2"]) await world.notice("left", id);
      for (const one of steps) {
        if (one.kind === "fail") world.right.fail("update", outage(one.when));
        if (one.kind === "late") world.right.change({ latency: () => one.ms });
        if (one.kind === "wait") await world.advance(one.ms);
        if (one.kind !== "crash") continue;
        world.crash();
        await world.open();
      }
      world.right.mend("update");
      await world.advance(3 * HOUR_MS);
      expect([emails(world, "left"), emails(world, "right")]).toEqual([EXCHANGED, EXCHANGED]);
      await world.store.close();
    }),
    { numRuns: Number(process.env.KITH_HISTORIES ?? 30) },
  );
});
