import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

test("ES60 a person creates, finds, edits and deletes contacts by friendly names", async () => {
  const { call, clock } = setUp();
  const fields = {
    firstName: "Ana",
    lastName: "Ruiz",
    phone: "0912 34",
    workPhone: "1",
    tags: ["VIP", "x"],
    country: "Spain",
  };
  const created = await call("POST", "/_control/contacts", fields);
  expect(created.status).toBe(201);
  expect(created.body.fields).toMatchObject({ ...fields, city: "", jobTitle: "" });
  clock.advance(1_000);
  await call("POST", "/_control/contacts", { lastName: "Bo" });
  expect((await call("GET", "/_control/contacts")).body.contacts[0].fields.lastName).toBe("Bo");
  clock.advance(1_000);
  await call("PATCH", `/_control/contacts/${created.body.id}`, { city: "Cádiz" });
  expect((await call("GET", "/_control/contacts")).body.contacts[0].fields.lastName).toBe("Ruiz");
  expect((await call("GET", "/_control/contacts?query=RUIZ")).body).toMatchObject({
    total: 1,
    contacts: [{ id: created.body.id }],
  });
  const at = `/_control/contacts/${created.body.id}`;
  expect((await call("PATCH", at, { city: "Lugo", tags: [], phone: "" })).body.fields).toMatchObject({
    city: "Lugo",
    tags: [],
    phone: "",
    lastName: "Ruiz",
  });
  expect((await call("DELETE", at)).status).toBe(204);
  expect((await call("GET", "/_control/contacts")).body.total).toBe(1);
});

test("ES61 a person meets the same rules as the API, told in words", async () => {
  const { call } = setUp();
  const nameless = await call("POST", "/_control/contacts", { firstName: "Ana" });
  expect([nameless.status, nameless.body.message]).toEqual([400, "Last Name is required"]);
  const unknown = await call("POST", "/_control/contacts", { lastName: "Ruiz", companyName: "Kestrel" });
  expect(unknown.body.message).toBe("companyName is not a valid field");
  expect((await call("PATCH", "/_control/contacts/7", {})).status).toBe(404);
});

test("ES62 a person's acts are not among the calls and need no allowance", async () => {
  const { call } = setUp({ limits: { requests: 1 } });
  await call("GET", "/apis/v1/tags");
  expect((await call("GET", "/apis/v1/tags")).status).toBe(429);
  expect((await call("POST", "/_control/contacts", { lastName: "Ruiz" })).status).toBe(201);
  expect((await call("GET", "/_control/calls")).body.counts).toEqual({ "GET /apis/v1/tags": 2 });
});

test("ES63 faults strike here too: a contact is made and the answer is 500", async () => {
  const { call, emulator } = setUp();
  emulator.control.faults.set([
    { effect: "500-after", times: 1, match: { method: "POST", path: "^/apis/contact/v4$" } },
  ]);
  const answer = await call("POST", "/apis/contact/v4", { lastName: "Ruiz", owner: 2 });
  expect([answer.status, answer.body.Status]).toEqual([500, "failure"]);
  expect(emulator.control.contacts.list().total).toBe(1);
});

test("ES64 there are no webhooks to list or to flush", async () => {
  const { call } = setUp();
  expect((await call("GET", "/_control/webhooks")).body).toEqual({ webhooks: [] });
  expect((await call("POST", "/_control/webhooks/flush")).status).toBe(204);
});

test("ES65 reset begins anew with the contacts of a seed, and ids are never given twice", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({});
  await call("POST", "/_control/reset", { seed: 3, contacts: 40 });
  const { contacts, total } = emulator.control.contacts.list("", 0, 100);
  expect(total).toBe(40);
  expect(contacts.every((contact) => Number(contact.id) > id)).toBe(true);
  expect((await call("GET", `/_control/state/${contacts[0]?.id}`)).body).toMatchObject({ owner: 1, isDeleted: false });
});

test("ES66 an unknown time zone is refused", async () => {
  const { call } = setUp();
  expect((await call("PUT", "/_control/quirks", { timeZone: "Europe/Atlantis" })).status).toBe(400);
  expect((await call("PUT", "/_control/quirks", { timeZone: "Asia/Kolkata" })).body.timeZone).toBe("Asia/Kolkata");
});
