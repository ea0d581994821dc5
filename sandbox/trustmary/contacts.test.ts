import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const AT = "/v1/contacts";
const ANA = { email: "Ana@Example.com", name: "Ana Ruiz", eid: "hub-1", phone: "+34 600 111 222", company: "Harbour" };

test("EM1 a contact is imported, read, changed by a second import and deleted, always by its e-mail", async () => {
  const { call } = setUp();
  const made = await call("POST", AT, { ...ANA, field_plan: "gold" });
  expect(made.body).toMatchObject({ action: "IMPORT_CREATE", contact: { email: "ana@example.com", status: "active" } });
  const again = await call("POST", AT, { email: "ANA@example.com", company: "" });
  expect(again.body.action).toBe("IMPORT_UPDATE");
  expect(again.body.contact).toMatchObject({
    id: made.body.contact.id,
    name: "Ana Ruiz",
    company: "",
    field_plan: "gold",
  });
  expect((await call("DELETE", AT, { email: "ana@example.com" })).body.contact.deleted_at).toMatch(/^2026-/);
  expect((await call("GET", `${AT}?email=ana@example.com`)).body).toEqual({ contacts: [] });
  expect((await call("DELETE", AT, { email: "ana@example.com" })).status).toBe(404);
});

test.each([
  ["no e-mail", { name: "Ana" }, "email is required"],
  ["an impossible e-mail", { email: "ana at home" }, "email is not a valid e-mail address"],
  ["another type", { email: "a@x.example", type: "friend" }, "type must be one of customer, employee"],
  [
    "a phone without its country",
    { email: "a@x.example", phone: "600 111" },
    "phone must be a number with its country code",
  ],
  ["a number for a text", { email: "a@x.example", name: 5 }, "name must be a string"],
  ["a field that was never made", { email: "a@x.example", field_shoe: "42" }, "Unknown field: field_shoe"],
  ["a list that there is not", { email: "a@x.example", addToLists: ["lst0"] }, "No such list: lst0"],
  ["no object", [], "Request body must be an object"],
])("EM2 an import with %s is refused in words", async (_what, body, message) => {
  const { call } = setUp();
  const refused = await call("POST", AT, body);
  expect([refused.status, refused.body]).toEqual([400, { message }]);
});

test("EM3 a field that was never made is passed over where the quirk says so", async () => {
  const { call } = setUp({ quirks: { unknownFields: "ignore" } });
  const made = await call("POST", AT, { email: "a@x.example", field_shoe: "42" });
  expect(made.body.contact).not.toHaveProperty("field_shoe");
});

test("EM4 lists are joined and left, and a segment begins the list's automation", async () => {
  const { call, emulator } = setUp();
  const [customers, newsletter] = (await call("GET", "/v1/lists?type=customer")).body.lists;
  const both = [customers.id, { id: newsletter.id, segment: "spring" }];
  expect((await call("POST", AT, { ...ANA, addToLists: both })).body.listsUpdated).toBe(2);
  expect(emulator.starts()).toEqual([]);
  await call("POST", AT, { email: ANA.email, removeFromLists: [newsletter.id] });
  await call("POST", AT, { email: ANA.email, addToLists: [{ id: customers.id, segment: "spring" }] });
  expect(emulator.starts()).toMatchObject([{ email: "ana@example.com" }]);
  const counts = (await call("GET", "/v1/lists")).body.lists.map(({ count }: { count: number }) => count);
  expect(counts).toEqual([1, 0, 0]);
});

test("EM5 a page holds a thousand contacts, and the next begins at the offset", async () => {
  const { call, emulator } = setUp();
  emulator.seed(Array.from({ length: 1_201 }, (_, number) => ({ fields: { email: `p${number}@example.com` } })));
  expect((await call("GET", AT)).body.contacts).toHaveLength(1_000);
  expect((await call("GET", `${AT}?offset=1000`)).body.contacts).toHaveLength(201);
  expect((await call("GET", `${AT}?offset=2000`)).body.contacts).toEqual([]);
  expect((await call("GET", `${AT}?offset=-1`)).status).toBe(400);
});

test("EM6 a list is an object under its name or a bare array, by quirk", async () => {
  const { call, emulator } = setUp();
  expect((await call("GET", "/v1/surveys")).body.surveys).toHaveLength(3);
  emulator.control.quirks.set({ listsAs: "array" });
  expect((await call("GET", "/v1/surveys")).body).toHaveLength(3);
});

test("EM7 deleted contacts are listed when all are asked for", async () => {
  const { call } = setUp();
  await call("POST", AT, ANA);
  await call("DELETE", AT, { email: ANA.email });
  expect((await call("GET", `${AT}?includeAll=true`)).body.contacts).toMatchObject([{ email: "ana@example.com" }]);
});

test.each(["same", "new"] as const)(
  "EM8 whoever was deleted comes back under %s id, by quirk",
  async (deletedReturnAs) => {
    const { call } = setUp({ quirks: { deletedReturnAs } });
    const { contact } = (await call("POST", AT, ANA)).body;
    await call("DELETE", AT, { email: ANA.email });
    const back = (await call("POST", AT, { email: ANA.email })).body.contact;
    expect(back.id === contact.id).toBe(deletedReturnAs === "same");
    expect(back.deleted_at).toBeNull();
  },
);

test.each([
  [true, 1],
  [false, 0],
])(
  "EM9 an import that changes nothing moves the time of the last action, or not, by quirk (%s)",
  async (touchOnNoChange, minutes) => {
    const { call, clock } = setUp({ quirks: { touchOnNoChange } });
    const first = (await call("POST", AT, ANA)).body.contact;
    clock.advance(60_000);
    const second = (await call("POST", AT, ANA)).body.contact;
    expect(Date.parse(second.updated_at) - Date.parse(first.updated_at)).toBe(minutes * 60_000);
  },
);

test("EM10 two contacts may have one external id, unless the quirk keeps it unique", async () => {
  const { call, emulator } = setUp();
  await call("POST", AT, ANA);
  expect((await call("POST", AT, { email: "b@x.example", eid: "hub-1" })).status).toBe(200);
  emulator.control.quirks.set({ eidIsUnique: true });
  expect((await call("POST", AT, { email: "c@x.example", eid: "hub-1" })).body.message).toBe("eid is already in use");
});

test("EM11 on the product's own screen a contact's address can be changed, and its standing", async () => {
  const { call, emulator } = setUp();
  const { contact } = (await call("POST", AT, ANA)).body;
  emulator.control.contacts.edit(contact.id, { email: "ana@new.example", status: "unsubscribed" });
  const [moved] = (await call("GET", `${AT}?email=ana@new.example`)).body.contacts;
  expect(moved).toMatchObject({ id: contact.id, status: "unsubscribed", name: "Ana Ruiz" });
  expect((await call("GET", `${AT}?email=ana@example.com`)).body.contacts).toEqual([]);
});

test("EM12 a stale read shows a contact as it was before its last change", async () => {
  const { call, emulator } = setUp();
  await call("POST", AT, ANA);
  await call("POST", AT, { email: ANA.email, name: "Ana R." });
  emulator.control.faults.set([{ match: {}, effect: "stale-read", times: 1 }]);
  expect((await call("GET", AT)).body.contacts[0].name).toBe("Ana Ruiz");
  expect((await call("GET", AT)).body.contacts[0].name).toBe("Ana R.");
});
