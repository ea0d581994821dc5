import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

test("EH1 a contact is created, read, changed and deleted", async () => {
  const { call, locationId } = setUp();
  const created = await call("POST", "/contacts/", { locationId, firstName: "Zoë", email: "Zoe@Example.com" });
  expect(created.status).toBe(201);
  expect(created.body.contact).toMatchObject({ firstName: "Zoë", email: "zoe@example.com", locationId });
  const at = `/contacts/${created.body.contact.id}`;
  const changed = await call("PUT", at, { lastName: "Ünal" });
  expect([changed.status, changed.body.succeded]).toEqual([200, true]);
  expect((await call("GET", at)).body.contact).toMatchObject({ firstName: "Zoë", lastName: "Ünal", name: "Zoë Ünal" });
  expect((await call("DELETE", at)).body.succeded).toBe(true);
  expect((await call("GET", at)).status).toBe(404);
});

test("EH2 every answer about contacts carries a traceId, a refusal too", async () => {
  const { call, search } = setUp();
  expect((await search()).body.traceId).toMatch(/^[0-9a-f-]{36}$/);
  expect((await call("GET", "/contacts/nobody")).body.traceId).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ["an unknown property", { shoeSize: 44 }, ["property shoeSize should not exist"]],
  ["locationId", { locationId: undefined }, ["locationId must be a string", "locationId should not be empty"]],
  ["a text of the wrong type", { firstName: 7 }, ["firstName must be a string"]],
  ["tags that are no list", { tags: "vip" }, ["tags must be an array"]],
  ["tags that are no texts", { tags: [1] }, ["each value in tags must be a string"]],
  ["a flag of the wrong type", { dnd: "yes" }, ["dnd must be a boolean value"]],
  ["an impossible e-mail", { email: "nobody at home" }, ["email must be an email"]],
  ["an impossible country", { country: "Elsewhere" }, ["country must be a valid enum value"]],
  ["an impossible birthday", { dateOfBirth: "1990-02-30" }, ["dateOfBirth must be a valid date"]],
  [
    "a custom field spelled wrongly",
    { customFields: [{ id: "x", value: 1 }] },
    ["customFields.0.property value should not exist"],
  ],
])("EH3 create refuses %s with 422 and says what is wrong", async (_what, fields, messages) => {
  const { call, locationId } = setUp();
  const refused = await call("POST", "/contacts/", { locationId, firstName: "A", ...fields });
  expect([refused.status, refused.body.message]).toEqual([422, messages]);
  expect(refused.body.error).toBe("Unprocessable Entity");
});

test.each(["locationId", "companyName", "gender", "businessId"])("EH4 update refuses %s", async (name) => {
  const { call, add, locationId } = setUp();
  const id = await add({ firstName: "A" });
  const refused = await call("PUT", `/contacts/${id}`, { [name]: name === "locationId" ? locationId : "x" });
  expect([refused.status, refused.body.message]).toEqual([422, [`property ${name} should not exist`]]);
});

test("EH5 update takes companyName where the quirk allows it", async () => {
  const { call, add } = setUp({ quirks: { companyNameOnUpdate: true } });
  const id = await add({ firstName: "A" });
  expect((await call("PUT", `/contacts/${id}`, { companyName: "Kestrel" })).body.contact.companyName).toBe("Kestrel");
});

test("EH6 a contact needs an e-mail, a phone or a name", async () => {
  const { call, locationId } = setUp();
  const refused = await call("POST", "/contacts/", { locationId, city: "Leeds", firstName: " " });
  expect(refused.status).toBe(400);
  expect(refused.body.message).toBe("Contacts without email, phone, firstName and lastName are not allowed.");
});

test("EH7 name counts only when first and last name are missing", async () => {
  const { call, locationId } = setUp();
  const split = await call("POST", "/contacts/", { locationId, name: "Ana María Ruiz" });
  expect(split.body.contact).toMatchObject({ firstName: "Ana", lastName: "María Ruiz" });
  const ignored = await call("POST", "/contacts/", { locationId, name: "Ana Ruiz", firstName: "Bo" });
  expect(ignored.body.contact.firstName).toBe("Bo");
  expect(ignored.body.contact.lastName).toBeUndefined();
});

const DUPLICATE = "This location does not allow duplicated contacts.";

test.each([
  ["e-mail in other letters", { email: "ANN@example.com" }, "email"],
  ["phone in another writing", { phone: "(202) 555-0101" }, "phone"],
  ["e-mail among the additional ones", { email: "second@example.com" }, "additionalEmail"],
])("EH8 create refuses a contact with a known %s and names it", async (_what, fields, matchingField) => {
  const { call, add, locationId } = setUp();
  const id = await add({ firstName: "Ann", lastName: "Lee", email: "ann@example.com", phone: "+12025550101" });
  await call("PUT", `/contacts/${id}`, { additionalEmails: [{ email: "Second@example.com" }] });
  const refused = await call("POST", "/contacts/", { locationId, firstName: "B", ...fields });
  expect([refused.status, refused.body.message]).toEqual([400, DUPLICATE]);
  expect(refused.body.meta).toEqual({ contactId: id, matchingField, contactName: "Ann Lee" });
});

test("EH9 update refuses another contact's e-mail and takes the contact's own", async () => {
  const { call, add } = setUp();
  await add({ email: "ann@example.com" });
  const id = await add({ email: "bo@example.com" });
  expect((await call("PUT", `/contacts/${id}`, { email: "Ann@example.com" })).body.message).toBe(DUPLICATE);
  expect((await call("PUT", `/contacts/${id}`, { email: "BO@example.com", city: "Bath" })).status).toBe(200);
});

test("EH10 duplicates are welcome where the location allows them", async () => {
  const { add } = setUp({ quirks: { allowDuplicateContact: true } });
  expect(await add({ email: "ann@example.com" })).not.toBe(await add({ email: "ann@example.com" }));
});

test("EH11 phones are kept in E.164, read with the country of the location", async () => {
  const { call, add } = setUp({ location: { country: "GB" } });
  const id = await add({ phone: "07700 900 123" });
  expect((await call("GET", `/contacts/${id}`)).body.contact.phone).toBe("+447700900123");
});

test("EH12 an unreadable phone is refused or dropped, as the quirk says", async () => {
  const { call, add, emulator, locationId } = setUp();
  expect((await call("POST", "/contacts/", { locationId, firstName: "A", phone: "call me" })).status).toBe(400);
  emulator.control.quirks.set({ badPhone: "drop" });
  const id = await add({ firstName: "A", phone: "call me" });
  expect((await call("GET", `/contacts/${id}`)).body.contact.phone).toBeUndefined();
});

test("EH13 tags are lower-cased, and an update replaces them all", async () => {
  const { call, add } = setUp();
  const id = await add({ firstName: "A", tags: ["VIP", " vip ", "Été"] });
  expect((await call("GET", `/contacts/${id}`)).body.contact.tags).toEqual(["vip", "été"]);
  expect((await call("PUT", `/contacts/${id}`, { tags: ["Gold"] })).body.contact.tags).toEqual(["gold"]);
});

test("EH14 tags can be added and removed one by one", async () => {
  const { call, add, locationId } = setUp();
  const id = await add({ firstName: "A", tags: ["one", "two"] });
  const added = await call("POST", `/contacts/${id}/tags`, { tags: ["Three", "one"] });
  expect([added.status, added.body.tags]).toEqual([201, ["one", "two", "three"]]);
  const removed = await call("DELETE", `/contacts/${id}/tags`, { tags: ["TWO"] });
  expect([removed.status, removed.body.tags]).toEqual([200, ["one", "three"]]);
  const refused = await call("POST", `/contacts/${id}/tags`, { tags: ["x"], locationId });
  expect(refused.body.message).toEqual(["property locationId should not exist"]);
});

test("EH15 custom fields merge by id or key, and an empty value clears one", async () => {
  const { call, add, emulator } = setUp();
  const field = (key: string) => emulator.customFields.find(key)?.id;
  const id = await add({ firstName: "A", customFields: [{ key: "favourite_colour", field_value: "blue" }] });
  await call("PUT", `/contacts/${id}`, { customFields: [{ id: field("children"), fieldValue: 2 }] });
  const merged = (await call("GET", `/contacts/${id}`)).body.contact.customFields;
  expect(merged).toEqual([
    { id: field("favourite_colour"), value: "blue" },
    { id: field("children"), value: 2 },
  ]);
  const cleared = await call("PUT", `/contacts/${id}`, {
    customFields: [{ id: field("favourite_colour"), field_value: "" }],
  });
  expect(cleared.body.contact.customFields).toEqual([{ id: field("children"), value: 2 }]);
});

test.each([
  ["drop", 200, []],
  ["keep", 200, ["many"]],
  ["reject", 400, undefined],
] as const)("EH16 a custom value of the wrong type: %s", async (badCustomValue, status, values) => {
  const { call, add } = setUp({ quirks: { badCustomValue } });
  const id = await add({ firstName: "A" });
  const answer = await call("PUT", `/contacts/${id}`, { customFields: [{ key: "children", field_value: "many" }] });
  expect(answer.status).toBe(status);
  expect(answer.body.contact?.customFields.map(({ value }: { value: unknown }) => value)).toEqual(values);
});

test.each([
  ["date", "2027-03-01"],
  ["epoch", Date.UTC(2027, 2, 1)],
  ["iso", "2027-03-01T00:00:00.000Z"],
] as const)("EH17 a date field is shown as %s", async (dateFieldAs, value) => {
  const { call, add } = setUp({ quirks: { dateFieldAs } });
  const id = await add({ firstName: "A", customFields: [{ key: "renewal_on", field_value: "2027-03-01" }] });
  expect((await call("GET", `/contacts/${id}`)).body.contact.customFields[0].value).toBe(value);
});

test.each(["1990-12-31", "12-31-1990", "12/31/1990", "1990/12/31", "12.31.1990", "1990_12_31"])(
  "EH18 a date of birth may be written %s",
  async (dateOfBirth) => {
    const { call, add } = setUp();
    const id = await add({ firstName: "A", dateOfBirth });
    expect((await call("GET", `/contacts/${id}`)).body.contact.dateOfBirth).toBe("1990-12-31");
  },
);

test.each([
  ["null", null],
  ["empty", ""],
  ["absent", undefined],
] as const)("EH19 a field that was cleared is shown as %s", async (clearedAs, shown) => {
  const { call, add } = setUp({ quirks: { clearedAs } });
  const id = await add({ firstName: "A", city: "Leeds" });
  expect((await call("PUT", `/contacts/${id}`, { city: "" })).body.contact.city).toBe(shown);
});

test("EH20 a missing contact is answered 404, or 400 with the same words, as the quirk says", async () => {
  const { call, emulator } = setUp();
  expect((await call("PUT", "/contacts/nobody", {})).status).toBe(404);
  emulator.control.quirks.set({ goneAs: "400" });
  const gone = await call("DELETE", "/contacts/nobody");
  expect(gone.status).toBe(400);
  expect(gone.body.message).toContain("not found");
});

test("EH21 upsert changes the contact that has the e-mail and drops a phone that belongs to another", async () => {
  const { call, add, locationId } = setUp();
  const ann = await add({ firstName: "Ann", email: "ann@example.com" });
  await add({ firstName: "Bo", phone: "+12025550102" });
  const body = { locationId, email: "ANN@example.com", phone: "+12025550102", lastName: "Lee" };
  const answer = await call("POST", "/contacts/upsert", body);
  expect([answer.status, answer.body.new, answer.body.contact.id]).toEqual([200, false, ann]);
  expect([answer.body.contact.lastName, answer.body.contact.phone]).toEqual(["Lee", undefined]);
  expect((await call("POST", "/contacts/upsert", { locationId, email: "new@example.com" })).body.new).toBe(true);
});

test("EH22 upsert always creates when it may and the location allows duplicates", async () => {
  const { call, locationId } = setUp({ quirks: { allowDuplicateContact: true } });
  const body = { locationId, email: "ann@example.com", createNewIfDuplicateAllowed: true };
  await call("POST", "/contacts/upsert", body);
  expect((await call("POST", "/contacts/upsert", body)).body.new).toBe(true);
});

test("EH23 dateUpdated moves with every update, or only with a change, as the quirk says", async () => {
  const { call, add, clock, emulator } = setUp();
  const id = await add({ firstName: "A" });
  clock.advance(5_000);
  const touched = (await call("PUT", `/contacts/${id}`, { firstName: "A" })).body.contact.dateUpdated;
  expect(touched).toBe("2026-05-04T08:00:05.000Z");
  emulator.control.quirks.set({ touchOnNoChange: false });
  clock.advance(5_000);
  expect((await call("PUT", `/contacts/${id}`, { firstName: "A" })).body.contact.dateUpdated).toBe(touched);
});

test("EH24 do-not-disturb settings merge by channel, and a permanent one stays", async () => {
  const { call, add } = setUp();
  const id = await add({ firstName: "A", dndSettings: { SMS: { status: "permanent" } } });
  const merged = await call("PUT", `/contacts/${id}`, { dndSettings: { email: { status: "active" } } });
  expect(merged.body.contact.dndSettings).toEqual({ SMS: { status: "permanent" }, Email: { status: "active" } });
  const refused = await call("PUT", `/contacts/${id}`, { dndSettings: { SMS: { status: "inactive" } } });
  expect(refused.body.message).toBe("Not authorized to update permanent dnd setting for SMS");
});

test("EH25 v3 spells channels in lower case, adds succeeded to a delete and leaves the flag out of an update", async () => {
  const { call, add } = setUp();
  const id = await add({ firstName: "A", dndSettings: { SMS: { status: "active" }, WhatsApp: { status: "active" } } });
  const v3 = { version: "v3" };
  const changed = await call("PUT", `/contacts/${id}`, { city: "Bath" }, v3);
  expect(changed.body.succeded).toBeUndefined();
  expect(Object.keys(changed.body.contact.dndSettings)).toEqual(["sms", "whatsApp"]);
  expect((await call("DELETE", `/contacts/${id}`, undefined, v3)).body).toMatchObject({
    succeded: true,
    succeeded: true,
  });
});

test("EH26 a body that is no JSON is refused with 400, an unknown path with 404", async () => {
  const { call } = setUp();
  expect((await call("POST", "/contacts/", "{oops")).status).toBe(400);
  const unknown = await call("GET", "/nothing/here");
  expect([unknown.status, unknown.body.message]).toEqual([404, "Cannot GET /nothing/here"]);
});

test.each([
  ["drop", undefined],
  ["keep", "Elsewhere"],
] as const)("EH27 a country that is none: %s", async (badCountry, shown) => {
  const { call, add } = setUp({ quirks: { badCountry } });
  const id = await add({ firstName: "A", country: "Elsewhere" });
  expect((await call("GET", `/contacts/${id}`)).body.contact.country).toBe(shown);
});

test("EH28 a date of birth is shown as a date or as an instant", async () => {
  const { call, add, emulator } = setUp({ quirks: { dateOfBirthAs: "iso" } });
  const id = await add({ firstName: "A", dateOfBirth: "1990-12-31" });
  const shown = async () => (await call("GET", `/contacts/${id}`)).body.contact.dateOfBirth;
  expect(await shown()).toBe("1990-12-31T00:00:00.000Z");
  emulator.control.quirks.set({ dateOfBirthAs: "date" });
  expect(await shown()).toBe("1990-12-31");
});

test("EH29 a value for a custom field that does not exist is ignored or refused, as the quirk says", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({ firstName: "A" });
  const write = () => call("PUT", `/contacts/${id}`, { customFields: [{ id: "nothing", field_value: "x" }] });
  expect((await write()).body.contact.customFields).toEqual([]);
  emulator.control.quirks.set({ unknownCustomField: "reject" });
  expect(await write()).toMatchObject({ status: 400, body: { message: "Custom field nothing not found" } });
});
