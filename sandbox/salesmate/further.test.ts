import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const everything = (...displayingFields: readonly string[]) => ({
  displayingFields,
  filterQuery: { group: { operator: "AND", rules: [] } },
});

test.each([
  ["company", 5, { name: "Silva Tiles" }],
  ["deal", 4, { title: "Roof", pipeline: "Sales", stage: "Talked", status: "Open" }],
])("ES122 a %s has notes, and nothing else sees them", async (module, moduleId, fields) => {
  const { call, add, emulator } = setUp();
  const contact = await add({});
  const body = { owner: emulator.ownerId, ...fields, ...(module === "deal" && { primaryContact: contact }) };
  const { id } = (await call("POST", `/apis/${module}/v4`, body)).body.Data;
  const under = `/apis/${module}/v4/modules/${moduleId}/object/${id}/notes`;
  const { noteId } = (await call("POST", under, { note: "Asked twice" })).body.Data;
  await call("PATCH", `${under}/${noteId}/pin-it`);
  const notes = async (of: number, object: number) =>
    (await call("GET", `/apis/module/v4/modules/${of}/objects/${object}/notes`)).body.Data;
  expect(await notes(moduleId, id)).toMatchObject([{ id: noteId, note: "Asked twice", isPinned: true }]);
  expect(await notes(1, contact)).toEqual([]);
  await call("DELETE", `/apis/${module}/v4/${id}`);
  expect((await call("POST", under, { note: "x" })).body.Error.Name).toBe("ObjectNotFound");
});

test.each([
  ["Owner-object", { Company: { id: expect.any(Number), name: "Silva Tiles" } }],
  ["owner-number", { company: expect.any(Number) }],
] as const)("ES117 a contact's company is shown as %s", async (ownerAs, shown) => {
  const { call, add, emulator, search } = setUp({ quirks: { ownerAs } });
  const { ownerId } = emulator;
  const { id } = (await call("POST", "/apis/company/v4", { name: "Silva Tiles", owner: ownerId })).body.Data;
  const contact = await add({ company: id });
  expect((await call("GET", `/apis/contact/v4/${contact}`)).body.Data).toMatchObject(shown);
  const rows = async () => (await search([], { displayingFields: ["contact.company.id"] })).body.Data.data;
  expect(await rows()).toEqual([shown]);
  await call("DELETE", `/apis/company/v4/${id}`);
  expect(await rows()).toEqual([{ company: null }]);
  const refused = await call("PUT", `/apis/contact/v4/${contact}`, { lastName: "-", owner: ownerId, company: id });
  expect([refused.status, refused.body.Error.Message]).toEqual([400, "Company is not valid"]);
});

test("ES118 a contact tells its open deals and when it was last spoken with", async () => {
  const { call, add, addActivity, emulator, search, clock } = setUp();
  const contact = await add({});
  const deal = { title: "Roof", owner: emulator.ownerId, primaryContact: contact, pipeline: "Sales", stage: "Talked" };
  for (const status of ["Open", "Open", "Won"]) await call("POST", "/apis/deal/v4", { ...deal, status });
  await addActivity(contact, { type: "Task", isCompleted: true });
  const none = (await call("GET", `/apis/contact/v4/${contact}`)).body.Data;
  expect(none).toMatchObject({ openDealCount: 2, lastCommunicationAt: null, lastCommunicationMode: null });
  await addActivity(contact, { type: "Call", isCompleted: true });
  const said = { openDealCount: 2, lastCommunicationMode: "Call", lastCommunicationBy: 2 };
  const read = (await call("GET", `/apis/contact/v4/${contact}`)).body.Data;
  expect(read).toMatchObject({ ...said, lastCommunicationAt: new Date(clock.now()).toISOString() });
  const displayingFields = [...Object.keys(said), "lastCommunicationAt"].map((name) => `contact.${name}`);
  const { data } = (await search([], { displayingFields })).body.Data;
  expect(data).toEqual([{ ...said, lastCommunicationAt: "May 04, 2026 09:00 AM" }]);
});

test("ES119 a product is created, changed, found and deleted, by itself or with others", async () => {
  const { call, emulator } = setUp();
  const make = async (name: string) =>
    (await call("POST", "/apis/v1/products", { name, owner: emulator.ownerId, unitPrice: "12.5" })).body.Data.id;
  const [tile, grout, sand] = [await make("Tile"), await make("Grout"), await make("Sand")];
  await call("PUT", `/apis/v1/products/${tile}`, { name: "Blue tile", owner: emulator.ownerId });
  const found = async () =>
    (await call("POST", "/apis/v3/products/search", everything("product.id", "product.name", "product.unitPrice"))).body
      .Data.data;
  expect((await found())[0]).toEqual({ id: tile, name: "Blue tile", unitPrice: 12.5 });
  await call("DELETE", `/apis/v1/products/${tile}`);
  expect(await found()).toHaveLength(2);
  await call("PUT", "/apis/v1/products/bulkDelete", { ids: [grout, sand] });
  expect(await found()).toEqual([]);
  expect((await call("GET", `/apis/v1/products/${tile}`)).status).toBe(404);
});

test("ES120 the account's own module has records; another number is none", async () => {
  const { call, emulator } = setUp();
  const { ownerId } = emulator;
  const at = "/apis/module/v4/101/records";
  const { id } = (await call("POST", at, { name: "Quay 4", owner: ownerId, city: "Porto" })).body.Data;
  await call("PUT", `${at}/${id}`, { name: "Quay 5", owner: ownerId });
  expect((await call("GET", `${at}/${id}`)).body.Data).toMatchObject({ id, name: "Quay 5", city: "Porto" });
  const search = (moduleId: number) =>
    call("POST", "/apis/module/v4/records/search", { ...everything("site.id", "site.name"), moduleId });
  expect((await search(101)).body.Data).toMatchObject({ data: [{ id, name: "Quay 5" }], totalRows: 1 });
  expect((await search(102)).status).toBe(400);
  await call("DELETE", `${at}/${id}`);
  expect((await call("GET", `${at}/${id}`)).status).toBe(404);
  expect((await call("POST", "/apis/module/v4/102/records", { name: "x", owner: ownerId })).status).toBe(404);
});

test("ES121 modules are told by their internal names, and currencies are listed", async () => {
  const { call } = setUp();
  const of = async (name: string) => (await call("GET", `/apis/module/v4/modules/${name}`)).body;
  expect((await of("deal")).Data).toMatchObject({ id: 4, name: "Deal", isCustom: false });
  expect((await of("site")).Data).toMatchObject({ id: 101, isCustom: true });
  expect((await of("boats")).Error).toMatchObject({ Name: "ObjectNotFound" });
  const { body } = await call("GET", "/apis/v3/lookups/active/currency");
  expect(body.Data).toContainEqual(expect.objectContaining({ code: "EUR" }));
});
