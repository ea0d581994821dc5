import { expect, test } from "vitest";
import { Failure } from "../../model/errors.ts";
import { aContact } from "../../test/builders.ts";
import { aRunningWorld, type World } from "../../test/world.ts";

const ANA = aContact({ firstName: "Ana", email: "ana@example.com", phone: "", city: "Rome" });
const REFUSED = new Failure("rejected", "update a contact: the city is not known here");
const SETTLED_MS = 10 * 60_000;

/** The partner at the right refuses the next writes, in this order; `undefined` lets one pass. */
function refuse(world: World, ...refusals: readonly (Failure | undefined)[]): void {
  const faults = refusals.flatMap((failure) => (failure === undefined ? [] : [{ when: "before" as const, failure }]));
  world.right.fail("update", ...faults);
}

test("M20: a value that is refused does not hold back the others, and is said on its field", async () => {
  const world = await aRunningWorld({}, { left: [ANA], right: [ANA] });
  refuse(world, REFUSED, REFUSED);
  world.left.edit("L1", { firstName: "Anna", companyName: "Silva" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ firstName: "Ana", companyName: "Silva" });
  const { findings } = await world.linkOf("left", "L1");
  expect(findings).toEqual([
    { field: "firstName", side: "right", kind: "refused", message: REFUSED.message, wanted: "Anna" },
  ]);
});

test("M20: what was refused is not sent again until somebody changes it", async () => {
  const world = await aRunningWorld({}, { left: [ANA], right: [ANA] });
  refuse(world, REFUSED, REFUSED);
  world.left.edit("L1", { firstName: "Anna", companyName: "Silva" });
  await world.notice("left", "L1");
  world.forgetCalls();
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  await world.advance(SETTLED_MS);
  expect(world.writes()).toEqual([]);
  world.left.edit("L1", { firstName: "Annie" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ firstName: "Annie" });
  expect((await world.linkOf("left", "L1")).findings).toEqual([]);
});

test("Q8: where nothing of a write is taken, the record is set aside with the partner's words", async () => {
  const world = await aRunningWorld({}, { left: [ANA], right: [ANA] });
  refuse(world, REFUSED, REFUSED, REFUSED);
  world.left.edit("L1", { firstName: "Anna", companyName: "Silva" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ firstName: "Ana" });
  expect((await world.linkOf("left", "L1")).findings).toEqual([]);
  const [trouble] = await world.store.troubledKeys("acme", { limit: 5, state: "dead" });
  expect(trouble).toMatchObject({ error: { kind: "rejected", message: REFUSED.message } });
});

test("M20: an e-mail that is rightly another's does not hold back the other fields", async () => {
  const bo = { ...ANA, firstName: "Bo", email: "bo@example.com" };
  const world = await aRunningWorld({ right: { refusesDuplicates: true } }, { left: [ANA, bo], right: [ANA, bo] });
  world.left.edit("L1", { email: bo.email, city: "Oslo" });
  await world.notice("left", "L1");
  await world.advance(SETTLED_MS);
  expect(world.right.fieldsOf("R1")).toMatchObject({ email: ANA.email, city: "Oslo" });
  expect((await world.linkOf("left", "L1")).findings).toMatchObject([{ field: "email", kind: "refused" }]);
});

test("M20: a refused value does not keep a record just created from being linked", async () => {
  const world = await aRunningWorld({ right: { rewrite: (fields) => ({ companyName: "Default Ltd", ...fields }) } });
  world.left.fail("update", { when: "before", failure: REFUSED }, { when: "before", failure: REFUSED });
  const { companyName: _none, ...bare } = ANA;
  await world.notice("left", world.left.add(bare));
  await world.advance(SETTLED_MS);
  expect(await world.links()).toMatchObject([
    { state: "linked", findings: [{ field: "companyName", kind: "refused" }] },
  ]);
  world.left.edit("L1", { city: "Oslo" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ city: "Oslo" });
  expect(world.right.ids()).toEqual(["R1"]);
});

test("M20: a side that took its write is not written again when the other refuses", async () => {
  const world = await aRunningWorld({}, { left: [ANA], right: [ANA] });
  world.left.fail("update", { when: "before", failure: REFUSED }, { when: "before", failure: REFUSED });
  world.left.edit("L1", { city: "Oslo" });
  world.right.edit("R1", { firstName: "Anna", companyName: "Silva" });
  await world.notice("left", "L1");
  expect(world.right.callsOf("update")).toHaveLength(1);
  expect(world.left.fieldsOf("L1")).toMatchObject({ firstName: "Ana", companyName: "Silva", city: "Oslo" });
});
