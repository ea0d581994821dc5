import fc from "fast-check";
import { expect, test } from "vitest";
import { PRIORITIES } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import type { Fields } from "../../model/value.ts";
import { aContact } from "../../test/builders.ts";
import { outage } from "../../test/fakePartner.ts";
import { aRunningWorld, type World, type WorldOptions } from "../../test/world.ts";
import { type Key, keyText } from "../queue/keys.ts";
import { verifySync } from "../verify.ts";

const BO = aContact({ firstName: "Bo", lastName: "Berg", email: "berg@example.com", phone: "" });
const ROBERT = { ...BO, firstName: "Robert" };
const BOBBY = { ...BO, firstName: "Bobby" };
const SETTLED_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;

/** One Bo on the left, two people with Bo's address on the right: a person is asked. */
function askedAboutBo(options: WorldOptions = {}): Promise<World> {
  return aRunningWorld(options, { left: [BO], right: [ROBERT, BOBBY] });
}

async function idOf(world: World, side: Side, externalId: string): Promise<string> {
  return (await world.linkOf(side, externalId)).id;
}

/** A person decides, and time passes. */
async function decide(world: World, key: Key): Promise<void> {
  await world.mark(keyText(key), "person", PRIORITIES.live);
  await world.advance(SETTLED_MS);
}

async function keepAlone(world: World, side: Side, externalId: string): Promise<void> {
  await decide(world, { kind: "alone", linkId: await idOf(world, side, externalId) });
}

const SUMMARY = "Kept in HighLevel only: a person said so.";

test("I13: who is kept on one side is neither linked nor created across, and nothing waits for a person", async () => {
  const world = await askedAboutBo();
  world.forgetCalls();
  await keepAlone(world, "left", "L1");
  const kept = await world.linkOf("left", "L1");
  expect([kept.state, kept.ambiguity, kept.keptAloneAt]).toEqual(["half", undefined, world.clock.now() - SETTLED_MS]);
  expect((await world.journal()).map(({ summary }) => summary)).toContain(SUMMARY);
  expect(world.writes()).toEqual([]);
});

test("I13: where the partner allows one record per e-mail, the question that would stay open is answered so", async () => {
  const world = await askedAboutBo({ right: { refusesDuplicates: true } });
  const linkId = await idOf(world, "left", "L1");
  await decide(world, { kind: "new", linkId });
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "ambiguous", ambiguity: { cause: "oneOnly" } });
  await decide(world, { kind: "alone", linkId });
  world.forgetCalls();
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  expect(await world.linkOf("left", "L1")).toMatchObject({ id: linkId, state: "half" });
  expect(world.right.callsOf("create")).toEqual([]);
});

const LATER: readonly Fields[] = [
  { city: "Rome" },
  { email: "bo.own@example.com" },
  { firstName: "Robert", email: "berg@example.com" },
];

test("I13: it lasts through edits, also of what it is recognised by, and through a restart", async () => {
  const world = await askedAboutBo();
  await keepAlone(world, "left", "L1");
  world.crash();
  await world.open();
  for (const fields of LATER) {
    world.left.edit("L1", fields);
    await world.notice("left", "L1");
    await world.advance(SETTLED_MS);
  }
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "half", left: { fields: { city: "Rome" } } });
  expect((await world.linkOf("left", "L1")).keptAloneAt).toBeDefined();
  expect(world.right.ids()).toEqual(["R1", "R2"]);
});

test("I13: taken back, it is looked for across again", async () => {
  const world = await askedAboutBo();
  await keepAlone(world, "left", "L1");
  await decide(world, { kind: "notAlone", linkId: await idOf(world, "left", "L1") });
  const asked = await world.linkOf("left", "L1");
  expect([asked.state, asked.keptAloneAt]).toEqual(["ambiguous", undefined]);
  expect(asked.ambiguity?.candidates.map(({ evidence }) => evidence)).toEqual([["same e-mail"], ["same e-mail"]]);
  const others = await Promise.all(["R1", "R2"].map((id) => world.linkOf("right", id)));
  expect(others.flatMap(({ ambiguity }) => ambiguity?.candidates.flatMap(({ evidence }) => evidence))).toEqual([
    "same e-mail",
    "same e-mail",
  ]);
});

test("I13: taken back of one that nobody is like, it is created across", async () => {
  const world = await aRunningWorld({ sync: { start: { mode: "newOnly", isReviewed: true } } }, { left: [BO] });
  await world.mark(keyText({ kind: "start", syncId: "contacts", mode: "newOnly" }), "person");
  await keepAlone(world, "left", "L1");
  await decide(world, { kind: "notAlone", linkId: await idOf(world, "left", "L1") });
  await decide(world, { kind: "new", linkId: await idOf(world, "left", "L1") });
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "linked", right: { externalId: "R1" } });
});

test("I13: what is being created at that moment is finished first", async () => {
  const world = await aRunningWorld();
  world.right.change({ latency: () => 5_000 });
  const id = world.left.add(BO);
  await world.notice("left", id);
  await decide(world, { kind: "alone", linkId: await idOf(world, "left", id) });
  expect(await world.linkOf("left", id)).toMatchObject({ state: "linked", right: { externalId: "R1" } });
  expect((await world.linkOf("left", id)).keptAloneAt).toBeUndefined();
});

test("I13: said twice, or of one that was linked meanwhile, it changes nothing", async () => {
  const world = await askedAboutBo();
  const linkId = await idOf(world, "left", "L1");
  await keepAlone(world, "left", "L1");
  await keepAlone(world, "left", "L1");
  expect((await world.journal()).filter(({ summary }) => summary === SUMMARY)).toHaveLength(1);
  await decide(world, { kind: "same", linkId, otherId: await idOf(world, "right", "R1") });
  await decide(world, { kind: "alone", linkId });
  await decide(world, { kind: "notAlone", linkId });
  const linked = await world.linkOf("left", "L1");
  expect([linked.right?.externalId, linked.keptAloneAt]).toEqual(["R1", undefined]);
});

test("I13: a full comparison says why it has no counterpart", async () => {
  const world = await askedAboutBo();
  await keepAlone(world, "left", "L1");
  const partnerOf = (_workspaceId: string, connectionId: string) =>
    connectionId === world.left.connectionId ? world.left : world.right;
  const report = await verifySync({ sync: world.sync(), store: world.store, partnerOf, clock: world.clock });
  expect(report.list.find(({ kind }) => kind === "missingRight")?.explained).toBe(
    "kept on one side, as a person chose",
  );
  expect(report.differences).toBe(0);
});

test("I14: nobody is created beside one that is kept, without asking", async () => {
  const world = await askedAboutBo();
  world.forgetCalls();
  await keepAlone(world, "left", "L1");
  const others = await Promise.all(["R1", "R2"].map((id) => world.linkOf("right", id)));
  for (const { state, ambiguity } of others) {
    expect(state).toBe("ambiguous");
    expect(ambiguity?.candidates[0]?.evidence).toEqual(["same e-mail", "kept on one side by choice"]);
  }
  await decide(world, { kind: "new", linkId: await idOf(world, "right", "R1") });
  expect(await world.linkOf("right", "R1")).toMatchObject({ state: "linked", left: { externalId: "L2" } });
});

test("I14: who is said to be new is created, and not asked about the kept one again", async () => {
  const world = await aRunningWorld({}, { left: [BO], right: [ROBERT, BOBBY, { ...BO, firstName: "Rob" }] });
  await keepAlone(world, "right", "R1");
  expect((await world.linkOf("left", "L1")).ambiguity?.candidates).toHaveLength(2);
  await decide(world, { kind: "new", linkId: await idOf(world, "left", "L1") });
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "linked", right: { externalId: "R4" } });
});

test("I14: the one that is left over is linked", async () => {
  const world = await askedAboutBo();
  await keepAlone(world, "right", "R1");
  expect(await world.linkOf("left", "L1")).toMatchObject({ state: "linked", right: { externalId: "R2" } });
  expect((await world.linkOf("right", "R1")).keptAloneAt).toBeDefined();
});

test("I14: a partner that names the kept record as a duplicate does not link it", async () => {
  const strict = { refusesDuplicates: true };
  const world = await aRunningWorld({ left: strict, right: strict }, { right: [ROBERT, BOBBY], left: [BO] });
  await keepAlone(world, "left", "L1");
  for (const id of ["R1", "R2"]) await world.notice("right", id);
  await world.advance(SETTLED_MS);
  expect((await world.linkOf("left", "L1")).right).toBeUndefined();
  expect(world.left.ids()).toEqual(["L1"]);
});

test("I14: once the kept record shares nothing any more, whoever waited because of it goes on", async () => {
  const world = await aRunningWorld({}, { left: [BO], right: [ROBERT, BOBBY] });
  await keepAlone(world, "left", "L1");
  world.left.edit("L1", { email: "bo.own@example.com" });
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  expect(await world.linkOf("right", "R1")).toMatchObject({ state: "linked", left: { externalId: "L2" } });
});

test("I13: whatever is edited, fails or is killed afterwards, it stays on its side until that is taken back", async () => {
  const step = fc.oneof(
    fc.constant({ kind: "crash" as const }),
    fc.record({ kind: fc.constant("fail" as const), when: fc.constantFrom("before" as const, "after" as const) }),
    fc.record({
      kind: fc.constant("edit" as const),
      side: fc.constantFrom<Side>("left", "right"),
      email: fc.constantFrom("berg@example.com", "own@example.com", ""),
      firstName: fc.constantFrom("Bo", "Robert"),
    }),
    fc.record({ kind: fc.constant("add" as const), side: fc.constantFrom<Side>("left", "right") }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), fc.boolean(), async (steps, isStrict) => {
      const world = await askedAboutBo({
        right: { refusesDuplicates: isStrict },
        sync: { pollMs: { left: HOUR_MS, right: HOUR_MS }, sweepMs: HOUR_MS },
      });
      await keepAlone(world, "left", "L1");
      for (const one of steps) {
        if (one.kind === "fail") world.right.fail("create", outage(one.when));
        if (one.kind === "add") await world.notice(one.side, world[one.side].add(BO));
        if (one.kind === "edit") {
          const id = one.side === "left" ? "L1" : "R1";
          world[one.side].edit(id, { email: one.email, firstName: one.firstName });
          await world.notice(one.side, id);
        }
        if (one.kind !== "crash") continue;
        world.crash();
        await world.open();
      }
      world.right.mend("create");
      await world.advance(3 * HOUR_MS);
      const kept = await world.linkOf("left", "L1");
      expect([kept.state, kept.right]).toEqual(["half", undefined]);
      expect(world.errors).toEqual([]);
      await world.store.close();
    }),
    { numRuns: Number(process.env.KITH_HISTORIES ?? 30) },
  );
});
