import { expect, test } from "vitest";
import { MappingRow } from "../model/sync.ts";
import type { Fields } from "../model/value.ts";
import { aField } from "../test/builders.ts";
import { aRunningWorld, type World } from "../test/world.ts";
import { verifySync } from "./verify.ts";

/** A name and an address in parts on the left, each in one field on the right. */

const LEFT = [
  aField("firstName", { label: "First name" }),
  aField("lastName", { label: "Last name" }),
  aField("email", { type: "email" }),
  aField("street", { label: "Street", maxLength: 20 }),
  aField("city", { label: "City" }),
  aField("postalCode", { label: "Postal code" }),
  aField("country", { label: "Country", type: "country", isCodeOnly: true }),
];
const RIGHT = [
  aField("fullName", { label: "Full name" }),
  aField("email", { type: "email" }),
  aField("address", { label: "Address" }),
];

const NAME = {
  left: "name",
  right: "fullName",
  parts: { as: "fullName", side: "left", first: "firstName", last: "lastName" },
};
const ADDRESS = {
  left: "place",
  right: "address",
  parts: { as: "address", side: "left", street: "street", city: "city", postalCode: "postalCode", country: "country" },
};

const ANA = {
  firstName: "Ana Maria",
  lastName: "Silva",
  email: "ana@example.com",
  street: "Main St 1",
  city: "Berlin",
  postalCode: "10117",
  country: "DE",
};
const ANA_ACROSS = {
  fullName: "Ana Maria Silva",
  email: "ana@example.com",
  address: "Main St 1, Berlin 10117, Germany",
};

function joinedWorld(left: readonly Fields[], right: readonly Fields[], row: Partial<MappingRow> = {}): Promise<World> {
  const mapping = [NAME, ADDRESS].map((one) => MappingRow.parse({ ...one, ...row }));
  return aRunningWorld({ left: { fields: LEFT }, right: { fields: RIGHT }, sync: { mapping } }, { left, right });
}

test("M18: a record in parts is made across in one field each, and nothing is written after", async () => {
  const world = await joinedWorld([ANA], []);
  expect(world.right.fieldsOf("R1")).toMatchObject({
    fullName: "Ana Maria Silva",
    address: "Main St 1, 10117 Berlin, DE",
  });
  world.forgetCalls();
  await world.notice("left", "L1");
  await world.notice("right", "R1");
  expect(world.writes()).toEqual([]);
});

test("M18: a record in one field each is made across in parts, in the form that each part keeps", async () => {
  const world = await joinedWorld([], [ANA_ACROSS]);
  expect(world.left.fieldsOf("L1")).toMatchObject(ANA);
  world.forgetCalls();
  await world.notice("right", "R1");
  await world.notice("left", "L1");
  expect(world.writes()).toEqual([]);
});

test("M18: two records that say the same in parts and as one are linked without a write", async () => {
  const world = await joinedWorld([ANA], [ANA_ACROSS]);
  expect(world.writes()).toEqual([]);
  expect((await world.linkOf("left", "L1")).title).toBe("Ana Maria Silva");
});

test("M18: only the parts that differ are written", async () => {
  const world = await joinedWorld([ANA], [ANA_ACROSS]);
  world.right.edit("R1", { fullName: "Anna Silva", address: "Elm St 2, Berlin 10117, Germany" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).toMatchObject({ ...ANA, firstName: "Anna", street: "Elm St 2" });
  expect(world.writes()).toMatchObject([
    {
      verb: "update",
      changes: { firstName: { kind: "set", value: "Anna" }, street: { kind: "set", value: "Elm St 2" } },
    },
  ]);
  world.forgetCalls();
  await world.notice("left", "L1");
  expect(world.writes()).toEqual([]);
});

test("M18: a change of one part is carried as the whole", async () => {
  const world = await joinedWorld([ANA], [ANA_ACROSS]);
  world.left.edit("L1", { lastName: "Sousa Silva" });
  await world.notice("left", "L1");
  expect(world.right.fieldsOf("R1")).toMatchObject({ ...ANA_ACROSS, fullName: "Ana Maria Sousa Silva" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).toMatchObject({ firstName: "Ana Maria", lastName: "Sousa Silva" });
});

test("N13: a name of one word stays where it was written", async () => {
  const world = await joinedWorld([{ ...ANA, firstName: "", lastName: "Silva" }], []);
  world.forgetCalls();
  await world.notice("right", "R1");
  expect(world.writes()).toEqual([]);
  world.right.edit("R1", { fullName: "Ana" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).toMatchObject({ firstName: "Ana", lastName: "" });
});

test("M19: an address that can not be told apart is a finding, and the name goes on", async () => {
  const world = await joinedWorld([ANA], [ANA_ACROSS]);
  world.right.edit("R1", { fullName: "Bo Berg", address: "somewhere near Berlin" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).toMatchObject({ ...ANA, firstName: "Bo", lastName: "Berg" });
  const { findings } = await world.linkOf("left", "L1");
  expect(findings).toMatchObject([{ field: "place", side: "left", kind: "notExpressible" }]);
  expect(findings[0]?.message).toBe(
    "This can not be told apart into Street, City, Postal code and Country without guessing.",
  );
  world.forgetCalls();
  await world.notice("right", "R1");
  expect(world.writes()).toEqual([]);
});

test("M9: a part that is too long for its field keeps the whole address back", async () => {
  const world = await joinedWorld([ANA], [ANA_ACROSS]);
  world.right.edit("R1", { address: "The Old Mill House behind the Church, 10117 Berlin, Germany" });
  await world.notice("right", "R1");
  expect(world.left.fieldsOf("L1")).toMatchObject(ANA);
  expect((await world.linkOf("left", "L1")).findings[0]?.message).toBe(
    "Street keeps at most 20 characters; this has 36.",
  );
});

test("M7: emptying the whole empties the parts where clearing is carried, and none where it is not", async () => {
  const carried = await joinedWorld([ANA], [ANA_ACROSS]);
  carried.right.edit("R1", { address: "" });
  await carried.notice("right", "R1");
  expect(carried.left.fieldsOf("L1")).toMatchObject({ street: "", city: "", postalCode: "", country: "" });

  const left = await joinedWorld([ANA], [ANA_ACROSS], { clear: "leave" });
  left.right.edit("R1", { address: "", fullName: "Ana Maria" });
  await left.notice("right", "R1");
  expect(left.left.fieldsOf("L1")).toMatchObject(ANA);
});

test("M6: a conflict about a name in parts waits as one field", async () => {
  const world = await joinedWorld([ANA], [ANA_ACROSS], { conflict: "ask" });
  world.left.edit("L1", { firstName: "Anna" });
  world.right.edit("R1", { fullName: "Ana Costa" });
  await world.notice("left", "L1");
  expect((await world.linkOf("left", "L1")).conflicts).toMatchObject([
    { field: "name", left: "Anna Silva", right: "Ana Costa" },
  ]);
});

test("E4: verifying finds no difference between parts and the whole that they make", async () => {
  const world = await joinedWorld([ANA], [ANA_ACROSS]);
  const report = await verifySync({
    sync: world.sync(),
    store: world.store,
    partnerOf: (_workspaceId, connectionId) => (connectionId === "highlevel" ? world.left : world.right),
    clock: world.clock,
  });
  expect(report).toMatchObject({ differences: 0, linked: 1 });
});
