import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const AT = "/apis/company/v4";

async function aCompany({ call, emulator }: ReturnType<typeof setUp>, fields: object = {}): Promise<number> {
  const { body } = await call("POST", AT, { name: "Silva Tiles", owner: emulator.ownerId, ...fields });
  return body.Data.id;
}

test("ES100 a company is created, read, changed and deleted, each answer in the envelope", async () => {
  const bench = setUp();
  const { call, emulator } = bench;
  const one = `${AT}/${await aCompany(bench, { tags: "VIP, vip", annualRevenue: "1200" })}`;
  await call("PUT", one, { name: "Silva Tiles", owner: emulator.ownerId, billingCity: "Porto" });
  expect((await call("GET", one)).body).toMatchObject({
    Status: "success",
    Data: { name: "Silva Tiles", billingCity: "Porto", tags: "VIP", annualRevenue: 1200, isDeleted: false },
  });
  expect((await call("DELETE", one)).body.Status).toBe("success");
  expect((await call("GET", one)).body.Error).toMatchObject({ Name: "ObjectNotFound", Message: "Company not found" });
});

test.each([
  ["no name", { name: " " }, "Name is required"],
  ["no owner", { owner: undefined }, "Owner is required"],
  ["a number that is none", { annualRevenue: "much" }, "Annual Revenue must be a number"],
  ["an option that is none", { selectCustomField1: "Huge" }, "Size has no such option"],
])("ES101 create and update refuse a company with %s", async (_what, fields, message) => {
  const bench = setUp();
  const body = { name: "Silva Tiles", owner: bench.emulator.ownerId, ...fields };
  const id = await aCompany(bench);
  for (const [method, url] of [["POST", AT] as const, ["PUT", `${AT}/${id}`] as const]) {
    const refused = await bench.call(method, url, body);
    expect([refused.status, refused.body.Error.Message]).toEqual([400, message]);
  }
});

const search = (rules: readonly object[]) => ({
  displayingFields: ["company.id", "company.name", "company.owner.id", "company.lastModifiedAt"],
  filterQuery: { group: { operator: "AND", rules } },
});
const equals = (field: string, data: string) => ({
  condition: "EQUALS",
  moduleName: "Company",
  field: { fieldName: `company.${field}`, type: "Text" },
  data,
});

test("ES102 companies are found by field and by change, with times as text of the account's zone", async () => {
  const bench = setUp();
  const { call, clock } = bench;
  const first = await aCompany(bench, { phone: "201-555-0123" });
  await clock.advance(120_000);
  const second = await aCompany(bench, { name: "Hill Masons" });
  const found = async (...rules: object[]) =>
    (await call("POST", `${AT}/search?rows=250&from=0`, search(rules))).body.Data.data;
  expect(await found(equals("name", "hill masons"))).toEqual([
    { id: second, name: "Hill Masons", Owner: expect.anything(), lastModifiedAt: expect.stringMatching(/ [AP]M$/) },
  ]);
  expect(await found(equals("phone", "201-555-0123"))).toMatchObject([{ id: first }]);
  const [{ lastModifiedAt }] = await found(equals("name", "silva tiles"));
  const after = { ...equals("lastModifiedAt", lastModifiedAt), condition: "IS_AFTER" };
  expect((await found(after)).map(({ id }: { id: number }) => id)).toContain(second);
  expect((await call("POST", `${AT}/search`, search([equals("email", "x")]))).status).toBe(400);
});

test("ES103 a deleted company is found no more, and answers itself with a mark, by quirk", async () => {
  const bench = setUp({ quirks: { goneAs: "isDeleted" } });
  const id = await aCompany(bench);
  await bench.call("DELETE", `${AT}/${id}`);
  expect((await bench.call("GET", `${AT}/${id}`)).body.Data).toMatchObject({ id, isDeleted: true });
  expect((await bench.call("POST", `${AT}/search`, search([]))).body.Data).toMatchObject({ data: [], totalRows: 0 });
});

test("ES104 a person writes, changes and deletes a company by friendly names", async () => {
  const { businesses } = setUp().emulator.desks;
  const { id } = businesses.create({ name: "Silva Tiles", city: "Porto" });
  expect(businesses.edit(id, { city: "", phone: "201-555-0123" }).fields).toMatchObject({
    name: "Silva Tiles",
    city: "",
    phone: "201-555-0123",
  });
  expect(businesses.list()).toHaveLength(1);
  expect(() => businesses.create({ name: "" })).toThrow();
  businesses.remove(id);
  expect(businesses.list()).toEqual([]);
});
