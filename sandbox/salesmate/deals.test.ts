import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const AT = "/apis/deal/v4";

/** A contact with a deal in the account's first pipeline. */
async function aDeal(bench: ReturnType<typeof setUp>, fields: object = {}) {
  const contact = await bench.add({ firstName: "Ana", lastName: "Ruiz" });
  const body = { title: "Roof", owner: bench.emulator.ownerId, primaryContact: contact, status: "Open", ...STEP };
  const { body: answer } = await bench.call("POST", AT, { ...body, ...fields });
  return { contact, body, id: Number(answer.Data?.id) };
}

const STEP = { pipeline: "Sales", stage: "Talked" };

test("ES110 a deal is created, read, changed and deleted, under its contact", async () => {
  const bench = setUp();
  const { contact, body, id } = await aDeal(bench, { dealValue: "900.5", estimatedCloseDate: "2026-11-29T09:34:00Z" });
  await bench.call("PUT", `${AT}/${id}`, { ...body, stage: "Agreed", status: "Won" });
  expect((await bench.call("GET", `${AT}/${id}`)).body.Data).toMatchObject({
    ...{ title: "Roof", pipeline: "Sales", stage: "Agreed", status: "Won", dealValue: 900.5 },
    PrimaryContact: { id: contact, name: "Ana Ruiz" },
    estimatedCloseDate: "2026-11-29T09:34:00.000Z",
  });
  await bench.call("DELETE", `${AT}/${id}`);
  expect((await bench.call("GET", `${AT}/${id}`)).body.Error).toMatchObject({ Message: "Deal not found" });
});

test.each([
  ["no title", { title: "" }, "Title is required"],
  ["no contact", { primaryContact: undefined }, "Primary Contact is required"],
  ["a contact who is none", { primaryContact: 5 }, "Primary Contact is not valid"],
  ["a pipeline that is none", { pipeline: "Else" }, "Pipeline is not valid"],
  ["a stage of another pipeline", { stage: "Signed" }, "Stage is not valid"],
  ["a state that is none", { status: "Abandoned" }, "Status has no such option"],
  ["a date that is none", { estimatedCloseDate: "soon" }, "Estimated Close Date is not a valid date"],
])("ES111 create and update refuse a deal with %s", async (_what, fields, message) => {
  const bench = setUp();
  const { body, id } = await aDeal(bench);
  for (const [method, url] of [["POST", AT] as const, ["PUT", `${AT}/${id}`] as const]) {
    const refused = await bench.call(method, url, { ...body, ...fields });
    expect([refused.status, refused.body.Error.Message]).toEqual([400, message]);
  }
});

test.each([
  ["taken", 200, 1],
  ["ignored", 200, 2],
  ["refused", 400, undefined],
] as const)("ES112 a search for the deals of one contact is %s, by quirk", async (searchByContact, status, count) => {
  const bench = setUp({ quirks: { searchByContact } });
  const { contact } = await aDeal(bench);
  await aDeal(bench);
  const field = { fieldName: "deal.primaryContact.id", type: "Text" };
  const rules = [{ condition: "EQUALS", moduleName: "Deal", field, data: String(contact) }];
  const found = await bench.call("POST", `${AT}/search`, {
    displayingFields: ["deal.id", "deal.primaryContact.id"],
    filterQuery: { group: { operator: "AND", rules } },
  });
  expect([found.status, found.body.Data?.data.length]).toEqual([status, count]);
});

test("ES113 the account's pipelines are listed with their stages", async () => {
  const { body } = await setUp().call("GET", "/apis/v3/apps/dealPipeline");
  expect(body.Data).toContainEqual(
    expect.objectContaining({
      name: "Partners",
      stages: [expect.objectContaining({ name: "Met" }), expect.objectContaining({ name: "Signed" })],
    }),
  );
});

test("ES114 a deal goes to the survivor of two contacts that are merged, and stays without its deleted contact", async () => {
  const bench = setUp();
  const { contact, id } = await aDeal(bench);
  const survivor = await bench.add({ lastName: "Ruiz" });
  bench.emulator.acts.merge(String(survivor), String(contact));
  const read = async () => (await bench.call("GET", `${AT}/${id}`)).body.Data;
  expect((await read()).PrimaryContact).toMatchObject({ id: survivor });
  await bench.call("DELETE", `/apis/contact/v4/${survivor}`);
  expect(await read()).toMatchObject({ title: "Roof", primaryContact: "" });
});

test("ES115 a person writes, moves and deletes a deal by friendly names", async () => {
  const bench = setUp();
  const contactId = String(await bench.add({ lastName: "Ruiz" }));
  const { opportunities } = bench.emulator.desks;
  const { id } = opportunities.create({ contactId, name: "Roof", value: "900" });
  expect(opportunities.edit(id, { stage: "Agreed", status: "Won" }).fields).toMatchObject({
    ...{ contactId, name: "Roof", value: "900", pipeline: "Sales", stage: "Agreed", status: "Won" },
  });
  expect(() => opportunities.edit(id, { colour: "red" })).toThrow();
  opportunities.remove(id);
  expect(opportunities.list()).toEqual([]);
});

test("ES116 the account's tags are those that contacts, companies and deals carry", async () => {
  const bench = setUp();
  const { contact } = await aDeal(bench, { tags: "Big" });
  bench.emulator.control.contacts.edit(String(contact), { tags: ["VIP"] });
  bench.emulator.desks.businesses.create({ name: "Silva Tiles", tags: "Supplier,VIP" });
  const { body } = await bench.call("GET", "/apis/v1/tags");
  expect(body.Data).toEqual([{ tag: "VIP" }, { tag: "Supplier" }, { tag: "Big" }]);
  const { tags } = bench.emulator.desks;
  expect(tags.list()).toHaveLength(3);
  expect(() => tags.create({ name: "New" })).toThrow();
});
