import { expect, test } from "vitest";
import { DATA_TYPES } from "./customFields.ts";
import { setUp } from "./testing.ts";

test("EH70 the location tells its settings and time zone", async () => {
  const { call, locationId, emulator } = setUp();
  const get = async () => (await call("GET", `/locations/${locationId}`)).body.location;
  expect(await get()).toMatchObject({
    id: locationId,
    timezone: "America/New_York",
    settings: { allowDuplicateContact: false },
  });
  emulator.control.quirks.set({ allowDuplicateContact: true });
  expect((await get()).settings.allowDuplicateContact).toBe(true);
});

test("EH71 there is a custom field of every type, and lists have options", async () => {
  const { call, locationId } = setUp();
  const { customFields } = (await call("GET", `/locations/${locationId}/customFields?model=contact`)).body;
  const types = customFields.map(({ dataType }: { dataType: string }) => dataType);
  expect(types.toSorted()).toEqual(DATA_TYPES.toSorted());
  const radio = customFields.find(({ dataType }: { dataType: string }) => dataType === "RADIO");
  expect(radio).toMatchObject({
    fieldKey: "contact.contact_by",
    picklistOptions: ["Phone", "E-mail", "Letter"],
    model: "contact",
  });
});

test("EH72 a custom field is created, read by id and by key, renamed and deleted; its type stays", async () => {
  const { call, locationId } = setUp();
  const path = `/locations/${locationId}/customFields`;
  const created = await call("POST", path, { name: "Shoe size", dataType: "NUMERICAL", model: "contact" });
  expect([created.status, created.body.customField.fieldKey]).toEqual([201, "contact.shoe_size"]);
  const { id } = created.body.customField;
  expect((await call("GET", `${path}/contact.shoe_size`)).body.customField.id).toBe(id);
  expect((await call("PUT", `${path}/${id}`, { name: "Shoes" })).body.customField).toMatchObject({
    name: "Shoes",
    dataType: "NUMERICAL",
  });
  expect((await call("PUT", `${path}/${id}`, { dataType: "TEXT" })).status).toBe(422);
  expect((await call("DELETE", `${path}/${id}`)).body.succeded).toBe(true);
  expect((await call("GET", `${path}/${id}`)).status).toBe(404);
});

test("EH73 a custom field of no known type is refused", async () => {
  const { call, locationId } = setUp();
  const refused = await call("POST", `/locations/${locationId}/customFields`, { name: "X", dataType: "COLOUR" });
  expect(refused.status).toBe(422);
  expect(refused.body.message[0]).toContain("dataType must be one of the following values");
});

test("EH74 the tags of the location are those that contacts have had, each with an id that stays", async () => {
  const { call, add, locationId } = setUp();
  await add({ firstName: "A", tags: ["VIP"] });
  const first = (await call("GET", `/locations/${locationId}/tags`)).body.tags;
  expect(first).toEqual([{ id: expect.any(String), name: "vip", locationId }]);
  await add({ firstName: "B", tags: ["gold"] });
  expect((await call("GET", `/locations/${locationId}/tags`)).body.tags[0]).toEqual(first[0]);
});
