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
