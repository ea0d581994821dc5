import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const AT = "/apis/contact/v4";

test("ES1 a contact is created, read, changed and deleted, each answer in the envelope", async () => {
  const { call, emulator } = setUp();
  const owner = emulator.ownerId;
  const created = await call("POST", AT, { firstName: "Ana", lastName: "Ruiz", owner, tags: "VIP, Fair 2026" });
  expect([created.status, created.body]).toEqual([200, { Status: "success", Data: { id: expect.any(Number) } }]);
  const one = `${AT}/${created.body.Data.id}`;
  await call("PUT", one, { lastName: "Ruiz", owner, billingCity: "Lugo" });
  expect((await call("GET", one)).body.Data).toMatchObject({
    name: "Ana Ruiz",
    tags: "VIP,Fair 2026",
    billingCity: "Lugo",
    Owner: { id: owner },
    isDeleted: false,
  });
  expect((await call("DELETE", one)).body.Status).toBe("success");
  expect((await call("GET", one)).body.Error).toMatchObject({ Name: "ObjectNotFound", Message: "Contact not found" });
});

test.each([
  ["no last name", { lastName: undefined }, "Last Name is required"],
  ["an empty last name", { lastName: " " }, "Last Name is required"],
  ["no owner", { owner: undefined }, "Owner is required"],
  ["an owner who is no user", { owner: 99 }, "Owner is not valid"],
  ["an owner who has left", { owner: 3 }, "Owner is not valid"],
  ["an impossible e-mail", { email: "ana at home" }, "Email is not valid"],
  ["two e-mails", { email: "a@x.example,b@x.example" }, "Email is not valid"],
  ["an unknown currency", { currency: "XXX" }, "No such currency exists"],
  ["a number that is none", { numberCustomField1: "two" }, "Children must be a number"],
  ["a date that is none", { dateCustomField1: "soon" }, "Date of birth is not a valid date"],
  ["an option that is none", { selectCustomField1: "Other" }, "Stage has no such option"],
  ["a text of 256 letters", { firstName: "x".repeat(256) }, "First Name must be at most 255 characters long"],
  ["tags of 4,001 letters", { tags: "x".repeat(4_001) }, "Tags must be at most 4000 characters long"],
])("ES2 create and update refuse %s", async (_what, fields, message) => {
  const { call, add, emulator } = setUp();
  const body = { lastName: "Ruiz", owner: emulator.ownerId, ...fields };
  const expected = { Status: "failure", Error: { Code: "4001", Name: "ValidationError", Message: message } };
  for (const [method, url] of [["POST", AT] as const, ["PUT", `${AT}/${await add({})}`] as const]) {
    const refused = await call(method, url, body);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject(expected);
  }
});

test("ES3 failures come with their own status, or with 200, as the quirk says", async () => {
  const { call, emulator } = setUp({ quirks: { failuresAs: "200" } });
  const refused = await call("POST", AT, { firstName: "A" });
  expect([refused.status, refused.body.Status]).toEqual([200, "failure"]);
  emulator.control.quirks.set({ failuresAs: "status" });
  expect((await call("GET", `${AT}/5`)).status).toBe(404);
});

test("ES4 an update leaves what it does not name, and an empty text clears", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({ lastName: "Ruiz", designation: "Owner", website: "https://a.example" });
  await call("PUT", `${AT}/${id}`, { lastName: "Ruiz", owner: emulator.ownerId, website: "" });
  expect((await call("GET", `${AT}/${id}`)).body.Data).toMatchObject({ designation: "Owner", website: "" });
});

test("ES5 tags are replaced as a whole, keep their letters and lose their doubles", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({ tags: "VIP,lead" });
  await call("PUT", `${AT}/${id}`, { lastName: "-", owner: emulator.ownerId, tags: "Gold, gold,VIP," });
  expect((await call("GET", `${AT}/${id}`)).body.Data.tags).toBe("Gold,VIP");
  expect((await call("GET", "/apis/v1/tags")).body.Data).toEqual([{ tag: "Gold" }, { tag: "VIP" }]);
});

test("ES6 phones stay as they were typed, and e-mails keep their letters", async () => {
  const { call, add } = setUp();
  const id = await add({ mobile: "(202) 555-0101", phone: "0049 30/23125 001", email: "Ana@Example.com" });
  const { mobile, phone, email } = (await call("GET", `${AT}/${id}`)).body.Data;
  expect([mobile, phone, email]).toEqual(["(202) 555-0101", "0049 30/23125 001", "Ana@Example.com"]);
});

test("ES7 custom fields of every type are kept and read back", async () => {
  const { call, add } = setUp();
  const values = {
    textCustomField1: "vert",
    textAreaCustomField1: "long\ntext",
    numberCustomField1: 3,
    dateCustomField1: "1990-12-31",
    selectCustomField1: "Customer",
    multiSelectCustomField1: "Music,Chess",
    checkboxCustomField1: true,
  };
  const id = await add(values);
  expect((await call("GET", `${AT}/${id}`)).body.Data).toMatchObject(values);
});

test.each([
  ["id", { id: 1_001 }],
  ["empty", {}],
] as const)("ES8 an update answers %s", async (updateAnswers, data) => {
  const { call, add, emulator } = setUp({ quirks: { updateAnswers } });
  await add({});
  const answer = await call("PUT", `${AT}/1001`, { lastName: "B", owner: emulator.ownerId });
  expect(answer.body).toEqual({ Status: "success", Data: data });
});

test("ES9 a deleted contact answers 404, or itself with isDeleted, and can not be changed", async () => {
  const { call, add, emulator, search } = setUp();
  const id = await add({ firstName: "A" });
  await call("DELETE", `${AT}/${id}`);
  expect((await call("GET", `${AT}/${id}`)).status).toBe(404);
  emulator.control.quirks.set({ goneAs: "isDeleted" });
  expect((await call("GET", `${AT}/${id}`)).body.Data).toMatchObject({ firstName: "A", isDeleted: true });
  expect((await call("PUT", `${AT}/${id}`, { lastName: "B", owner: emulator.ownerId })).status).toBe(404);
  expect((await search()).body.Data.totalRows).toBe(0);
});

test.each([
  ["iso", "2026-05-04T08:00:00.000Z"],
  ["epoch", Date.parse("2026-05-04T08:00:00.000Z")],
] as const)("ES10 a direct read shows dates as %s", async (readDatesAs, shown) => {
  const { call, add } = setUp({ quirks: { readDatesAs } });
  const id = await add({});
  expect((await call("GET", `${AT}/${id}`)).body.Data).toMatchObject({ createdAt: shown, lastModifiedAt: shown });
});

test.each([
  ["Owner-object", { Owner: { id: 2, name: "Hub Account" } }],
  ["owner-object", { owner: { id: 2, name: "Hub Account" } }],
  ["owner-number", { owner: 2 }],
] as const)("ES11 an owner is shown as %s, in reads and in search", async (ownerAs, shown) => {
  const { call, add, search } = setUp({ quirks: { ownerAs } });
  const id = await add({});
  expect((await call("GET", `${AT}/${id}`)).body.Data).toMatchObject(shown);
  expect((await search()).body.Data.data[0]).toMatchObject(shown);
});

test("ES12 lastModifiedAt and lastModifiedBy tell the last write, by the key's user or by the person", async () => {
  const { call, add, clock, emulator } = setUp();
  const id = await add({});
  clock.advance(61_500);
  emulator.control.contacts.edit(String(id), { city: "Lugo" });
  const read = (await call("GET", `${AT}/${id}`)).body.Data;
  expect(read).toMatchObject({ createdBy: 2, lastModifiedBy: 1, lastModifiedAt: "2026-05-04T08:01:01.500Z" });
});

test("ES13 an update that changes nothing moves lastModifiedAt, or not, as the quirk says", async () => {
  const { call, add, clock, emulator } = setUp();
  const id = await add({ firstName: "A" });
  const put = async () => {
    clock.advance(1_000);
    await call("PUT", `${AT}/${id}`, { firstName: "A", lastName: "-", owner: emulator.ownerId });
    return (await call("GET", `${AT}/${id}`)).body.Data.lastModifiedAt;
  };
  expect(await put()).toBe("2026-05-04T08:00:01.000Z");
  emulator.control.quirks.set({ touchOnNoChange: false });
  expect(await put()).toBe("2026-05-04T08:00:01.000Z");
});

test("ES14 the same e-mail may be there twice, unless the account's rule refuses it", async () => {
  const { call, add, emulator } = setUp();
  await add({ email: "a@x.example" });
  await add({ email: "A@x.example" });
  emulator.control.quirks.set({ refuseDuplicateEmail: true });
  const body = { lastName: "B", owner: emulator.ownerId, email: "a@X.example" };
  expect((await call("POST", AT, body)).body.Error.Message).toBe("Contact with same Email already exists");
});

test("ES15 an unknown field is ignored or refused, as the quirk says", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({ shoeSize: 44 });
  expect((await call("GET", `${AT}/${id}`)).body.Data).not.toHaveProperty("shoeSize");
  emulator.control.quirks.set({ unknownFields: "reject" });
  const refused = await call("POST", AT, { lastName: "B", owner: 2, shoeSize: 44 });
  expect(refused.body.Error.Message).toBe("shoeSize is not a valid field");
});

test.each([
  ["another account", { "x-linkname": "elsewhere.salesmate.io" }, 404, "NoSuchLinkExist"],
  ["no key", { accesstoken: undefined }, 401, "AuthorizationFailed"],
  ["a wrong key", { accesstoken: "x" }, 403, "AuthorizationFailed"],
])("ES16 %s is refused", async (_what, headers, status, name) => {
  const { call } = setUp();
  const refused = await call("GET", `${AT}/1`, undefined, headers);
  expect([refused.status, refused.body.Error.Name, refused.body.Error.name]).toEqual([status, name, name]);
});

test("ES17 a key that was revoked is refused from then on, with 401 by quirk", async () => {
  const { call, emulator } = setUp({ quirks: { badKeyAs: "401" } });
  expect((await call("GET", "/apis/v1/tags")).status).toBe(200);
  emulator.revokeKey();
  expect((await call("GET", "/apis/v1/tags")).status).toBe(401);
});

test.each([
  ["429", 429],
  ["403", 403],
  ["200", 200],
] as const)(
  "ES18 over the hourly limit the answer is a failure with status %s, without rate headers",
  async (overLimitAs, status) => {
    const { call, clock } = setUp({ limits: {}, quirks: { overLimitAs } });
    for (let calls = 0; calls < 1_500; calls += 1) await call("GET", "/apis/v1/tags");
    const refused = await call("GET", "/apis/v1/tags");
    expect([refused.status, refused.body.Status]).toEqual([status, "failure"]);
    expect(Object.keys(refused.headers).filter((name) => /rate|retry/i.test(name))).toEqual([]);
    clock.advance(3_600_000);
    expect((await call("GET", "/apis/v1/tags")).body.Status).toBe("success");
  },
);

test("ES19 users are listed with their time zone, the active ones by themselves", async () => {
  const { call, emulator } = setUp();
  const active = (await call("GET", "/apis/core/v4/users?status=active")).body.Data;
  expect(active.map(({ id }: { id: number }) => id)).toEqual([1, emulator.ownerId]);
  expect(active[0]).toMatchObject({ isActive: true, timezone: "Europe/London" });
  expect((await call("GET", "/apis/core/v4/users")).body.Data).toHaveLength(3);
});

test("ES20 the catalogue of fields holds options as JSON inside a text", async () => {
  const { call } = setUp();
  const { contact } = (await call("GET", "/apis/v3/fields/getAllVisibleFields")).body.Data;
  const stage = contact.find(({ fieldName }: { fieldName: string }) => fieldName === "selectCustomField1");
  expect(stage.displayName).toBe("Stage");
  expect(JSON.parse(stage.fieldOptions)).toEqual({ values: ["New", "Talking", "Customer", "Former customer"] });
});

test("ES21 a body that is no JSON and a path that is none are refused in the envelope", async () => {
  const { call } = setUp();
  expect((await call("POST", AT, "{oops")).body).toMatchObject({
    Status: "failure",
    Error: { Name: "ValidationError" },
  });
  expect((await call("GET", "/apis/nothing")).body).toMatchObject({
    Status: "failure",
    Error: { Name: "ObjectNotFound" },
  });
});
