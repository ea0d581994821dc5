import { expect, test } from "vitest";
import { Failure } from "../model/errors.ts";
import { MappingRow } from "../model/sync.ts";
import type { Fields } from "../model/value.ts";
import { aContact } from "../test/builders.ts";
import { aRunningWorld, type World, type WorldOptions } from "../test/world.ts";
import { verifySync } from "./verify.ts";

const BO = aContact({ firstName: "Bo", email: "bo@example.com", phone: "" });
const DAY_MS = 24 * 3_600_000;
const RARE = { pollMs: { left: DAY_MS, right: DAY_MS }, sweepMs: DAY_MS };

/** Ana and Bo in step; nothing is noticed that the test does not tell. */
function inStep(options: WorldOptions = {}): Promise<World> {
  const people = [aContact(), BO];
  return aRunningWorld({ ...options, sync: { ...RARE, ...options.sync } }, { left: people, right: people });
}

function verify(world: World, onProgress?: (read: { readonly left: number; readonly right: number }) => void) {
  return verifySync({
    sync: world.sync(),
    store: world.store,
    partnerOf: (_workspaceId, connectionId) => (connectionId === "highlevel" ? world.left : world.right),
    clock: world.clock,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

test("E4: two sides in step have no differences, and verifying changes nothing", async () => {
  const world = await inStep();
  const reads: unknown[] = [];
  const report = await verify(world, (read) => reads.push(read));
  expect(report).toEqual({
    syncId: "contacts",
    readLeft: 2,
    readRight: 2,
    linked: 2,
    differences: 0,
    explained: 0,
    list: [],
  });
  expect(reads.at(-1)).toEqual({ left: 2, right: 2 });
  expect(world.writes()).toEqual([]);
});

test("E4: every difference between linked records is listed", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome", companyName: "Berg" });
  const report = await verify(world);
  expect(report.differences).toBe(2);
  expect(report.list).toMatchObject([
    { kind: "field", title: "Ana Silva", field: "companyName", left: "Berg", right: "Silva Tiles" },
    { kind: "field", field: "city", left: "Rome", right: "" },
  ]);
});

test("E4: what is missing on one side and what nobody knows is listed", async () => {
  const world = await inStep();
  world.left.remove("L1");
  world.right.add(aContact({ email: "new@example.com" }));
  const { list, differences } = await verify(world);
  expect(differences).toBe(2);
  expect(list).toMatchObject([
    { kind: "missingLeft" },
    { kind: "unknownRecord", side: "right", title: "Salesmate R3" },
  ]);
});

test("N9: a listing in lower case only is no difference", async () => {
  const world = await inStep({ left: { folds: ["firstName", "lastName", "companyName"] } });
  expect(await verify(world)).toMatchObject({ differences: 0, explained: 0 });
});

test("M6: differences that wait for a person are explained, and no failure", async () => {
  const mapping = [MappingRow.parse({ left: "companyName", right: "companyName", conflict: "ask" })];
  const world = await inStep({ sync: { mapping } });
  world.left.edit("L1", { companyName: "Left Ltd" });
  world.right.edit("R1", { companyName: "Right Ltd" });
  await world.notice("left", "L1");
  const { differences, explained, list } = await verify(world);
  expect([differences, explained]).toEqual([0, 1]);
  expect(list[0]?.explained).toContain("waits for you");
});

test.each<
  [rule: string, row: Partial<MappingRow>, rewrite: ((fields: Fields) => Fields) | undefined, explained: string]
>([
  ["E3: a value that was not kept", {}, (fields) => ({ ...fields, city: "" }), "accepted but not kept"],
  ["M8: a side that is not written", { direction: "toLeft" }, undefined, "can not be written"],
])("%s is explained", async (_rule, row, rewrite, explained) => {
  const mapping = [MappingRow.parse({ left: "city", right: "city", ...row })];
  const world = await inStep({ sync: { mapping }, ...(rewrite === undefined ? {} : { right: { rewrite } }) });
  world.left.edit("L1", { city: "Rome" });
  await world.notice("left", "L1");
  const report = await verify(world);
  expect([report.differences, report.explained]).toEqual([0, 1]);
  expect(report.list[0]?.explained).toContain(explained);
});

test("M7: emptying that is not carried is explained", async () => {
  const mapping = [MappingRow.parse({ left: "companyName", right: "companyName", clear: "leave" })];
  const world = await inStep({ sync: { mapping } });
  world.left.edit("L1", { companyName: "" });
  await world.notice("left", "L1");
  const { differences, list } = await verify(world);
  expect(differences).toBe(0);
  expect(list[0]?.explained).toContain("by policy");
});

test("I4: who waits for a decision is explained", async () => {
  const world = await aRunningWorld(
    {},
    {
      left: [BO],
      right: [
        { ...BO, firstName: "Rob" },
        { ...BO, firstName: "Robert" },
      ],
    },
  );
  const { differences, explained } = await verify(world);
  expect([differences, explained]).toEqual([0, 3]);
});

test("E4: what a partner refused and waits for a person is listed with the refusal", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  const refusal = new Failure("rejected", "Salesmate refuses the city");
  world.right.fail("update", { when: "before", failure: refusal });
  await world.notice("left", "L1");
  const { differences, explained, list } = await verify(world);
  expect({ differences, explained }).toEqual({ differences: 0, explained: 1 });
  expect(list[0]?.explained).toContain("Salesmate refuses the city");
});

test("E4: a difference that only failed, without a refusal of values, is not explained", async () => {
  const world = await inStep();
  world.left.edit("L1", { city: "Rome" });
  world.right.fail("update", { when: "before", failure: new Failure("bug", "an invariant is broken") });
  await world.notice("left", "L1");
  const { id } = await world.linkOf("left", "L1");
  expect(await world.dueKey(`link:${id}`)).toMatchObject({ state: "dead" });
  expect(await verify(world)).toMatchObject({ differences: 1, explained: 0 });
});

test("D5: a deletion that the policy leaves as it is, is explained", async () => {
  const deletes = { onLeftGone: "leave", onRightGone: "leave", holdMs: 1_000, breakerLimit: 50 } as const;
  const world = await inStep({ sync: { deletes } });
  world.left.remove("L1");
  await world.notice("left", "L1");
  expect(await verify(world)).toMatchObject({ differences: 1, explained: 0 });
  await world.advance(1_000);
  const { differences, explained, list } = await verify(world);
  expect([differences, explained]).toEqual([0, 1]);
  expect(list).toMatchObject([{ kind: "missingLeft", explained: "deleted there; left as it is, by policy" }]);
});

test("D6: a deletion that is held for a person is explained", async () => {
  const deletes = { onLeftGone: "unlink", onRightGone: "unlink", holdMs: 1_000, breakerLimit: 1 } as const;
  const world = await inStep({ sync: { deletes } });
  for (const externalId of ["L1", "L2"]) {
    world.left.remove(externalId);
    await world.notice("left", externalId);
  }
  await world.advance(1_000);
  const { differences, list } = await verify(world);
  expect(differences).toBe(0);
  expect(list.map(({ kind }) => kind).sort()).toEqual(["field", "missingLeft"]);
  expect(list.find(({ kind }) => kind === "missingLeft")?.explained).toContain("waits for a person");
});

test("T13 what was left alone or as it was at the start is no difference that nobody explains", async () => {
  const world = await aRunningWorld(
    { sync: { ...RARE, start: { mode: "newOnly", isReviewed: true } } },
    { left: [aContact({ city: "Rome" }), BO], right: [aContact({ city: "Oslo" })] },
  );
  await world.advance(10_000);
  const report = await verify(world);
  expect(report).toMatchObject({ linked: 1, differences: 0, explained: 2 });
});

test("I17: who has no e-mail, where people are known by it, is no difference and says why", async () => {
  const world = await inStep({ right: { keyedBy: "email" } });
  await world.notice("left", world.left.add(aContact({ firstName: "Cleo", email: "", phone: "+4930901833" })));
  const report = await verify(world);
  expect(report).toMatchObject({ linked: 2, differences: 0, explained: 1 });
  expect(report.list).toMatchObject([{ explained: "has no e-mail, without which nobody can be there" }]);
});
