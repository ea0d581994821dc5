import { expect, test } from "vitest";
import { receiving, setUp } from "./testing.ts";

test("EH316 a business is made and changed in a misspelt envelope, read, listed and deleted", async () => {
  const { call, locationId, clock } = setUp();
  const made = await call("POST", "/businesses/", { name: "Tiles Ltd", city: "Porto", locationId });
  expect([made.status, made.body.success]).toEqual([201, true]);
  const { buiseness } = made.body;
  expect(buiseness).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{24}$/), name: "Tiles Ltd", locationId });
  const one = `/businesses/${buiseness.id}`;
  clock.advance(1_000);
  const changed = await call("PUT", one, { city: "Lisbon" });
  expect(changed.body.buiseness).toMatchObject({ name: "Tiles Ltd", city: "Lisbon", createdAt: buiseness.createdAt });
  expect(changed.body.buiseness.updatedAt > buiseness.updatedAt).toBe(true);
  expect((await call("GET", one)).body.business.city).toBe("Lisbon");
  expect((await call("GET", `/businesses/?locationId=${locationId}`)).body.businesses).toHaveLength(1);
  expect((await call("DELETE", one)).body.success).toBe(true);
  expect((await call("GET", one)).status).toBe(404);
});

test("EH317 a business needs a name, and takes nothing but its own properties", async () => {
  const { call, locationId } = setUp();
  expect((await call("POST", "/businesses/", { locationId })).body.message).toContain("name must be a string");
  const odd = await call("POST", "/businesses/", { name: "Tiles", locationId, colour: "red" });
  expect(odd.body.message).toEqual(["property colour should not exist"]);
});

test("EH318 a change of a business sends the event of a record, with keys and texts", async () => {
  const { call, locationId, told, emulator } = receiving();
  const { id } = (await call("POST", "/businesses/", { name: "Tiles", locationId })).body.buiseness;
  await call("PUT", `/businesses/${id}`, { phone: "+12025550123" });
  await call("DELETE", `/businesses/${id}`);
  const [created, updated] = await told();
  expect(created).toMatchObject({ id, locationId, properties: [{ key: "name", valueString: "Tiles" }] });
  expect(updated?.properties).toContainEqual({ key: "phone", valueString: "+12025550123" });
  const types = () => emulator.control.webhooks.list().map(({ type }) => type);
  expect(types()).toEqual(["RecordCreate", "RecordUpdate", "RecordDelete"]);
  expect(created).not.toHaveProperty("type");
  emulator.control.quirks.set({ recordEventType: "shown" });
  await call("POST", "/businesses/", { name: "Slates", locationId });
  expect((await told()).at(-1)?.type).toBe("RecordCreate");
});

test("EH319 a deleted business lets its contacts go", async () => {
  const { call, add, locationId } = setUp();
  const ann = await add({ firstName: "Ann" });
  const { id } = (await call("POST", "/businesses/", { name: "Tiles", locationId })).body.buiseness;
  await call("POST", "/contacts/bulk/business", { locationId, ids: [ann], businessId: id });
  await call("DELETE", `/businesses/${id}`);
  expect((await call("GET", `/contacts/${ann}`)).body.contact.businessId).toBeNull();
});

test("EH367 a business is also a record of the object API: made, searched, changed and deleted there", async () => {
  const { call, locationId } = setUp();
  const path = "/objects/business/records";
  const made = await call("POST", path, { locationId, properties: { name: "Tiles Ltd", city: "Porto" } });
  expect([made.status, made.body.record.properties]).toEqual([201, { name: "Tiles Ltd", city: "Porto" }]);
  const { id } = made.body.record;
  expect((await call("GET", `/businesses/${id}`)).body.business.name).toBe("Tiles Ltd");
  await call("POST", "/businesses/", { name: "Slates", locationId });
  const search = async (more: object) =>
    (await call("POST", `${path}/search`, { locationId, page: 1, pageLimit: 1, query: "", searchAfter: [], ...more }))
      .body;
  const first = await search({});
  expect([first.total, first.records[0].properties.name]).toEqual([2, "Slates"]);
  expect((await search({ searchAfter: first.records[0].searchAfter })).records[0].id).toBe(id);
  expect((await search({ query: "tiles" })).total).toBe(1);
  const changed = await call("PUT", `${path}/${id}?locationId=${locationId}`, { properties: { city: "Lisbon" } });
  expect(changed.body.record.properties).toEqual({ name: "Tiles Ltd", city: "Lisbon" });
  expect((await call("PUT", `${path}/${id}`, { properties: {} })).status).toBe(422);
  expect((await call("DELETE", `${path}/${id}?locationId=${locationId}`)).status).toBe(422);
  expect((await call("DELETE", `${path}/${id}`)).body.success).toBe(true);
  expect((await call("GET", `${path}/${id}`)).status).toBe(404);
});

test("EH368 the object API names the standard objects and holds the records of businesses only", async () => {
  const { call, locationId } = setUp();
  expect((await call("GET", `/objects/?locationId=${locationId}`)).body.objects).toHaveLength(3);
  const { fields } = (await call("GET", `/objects/business?locationId=${locationId}`)).body;
  expect(fields.map(({ fieldKey }: { fieldKey: string }) => fieldKey)).toContain("business.website");
  expect((await call("GET", `/objects/custom_objects.boat?locationId=${locationId}`)).status).toBe(404);
  const odd = { locationId, properties: { name: "Tiles", colour: "red" } };
  expect((await call("POST", "/objects/business/records", odd)).body.message).toEqual([
    "property colour should not exist",
  ]);
});
