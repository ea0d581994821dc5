import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

test("EH200 of two merged contacts one survives with what it lacked, all tags and the other's e-mail", async () => {
  const { call, add, emulator } = setUp();
  const ann = await add({ firstName: "Ann", email: "ann@example.com", tags: ["a"] });
  const double = await add({ firstName: "A.", lastName: "Berg", email: "berg@example.com", tags: ["b"], city: "Bath" });
  const merged = await call("POST", `/_control/contacts/${ann}/merge`, { retired: double });
  expect(merged.status).toBe(200);
  expect(merged.body).toMatchObject({ id: ann, fields: { firstName: "Ann", lastName: "Berg", city: "Bath" } });
  const { contact } = (await call("GET", `/contacts/${ann}`)).body;
  expect(contact).toMatchObject({ email: "ann@example.com", tags: ["a", "b"] });
  expect(contact.additionalEmails).toMatchObject([{ email: "berg@example.com" }]);
  const again = await call("POST", "/contacts/", { locationId: emulator.location.id, email: "berg@example.com" });
  expect(again.body.meta).toMatchObject({ contactId: ann, matchingField: "additionalEmail" });
});

test("EH201 the retired contact's notes, tasks and appointments become the survivor's", async () => {
  const { call, add, emulator } = setUp();
  const ann = await add({ firstName: "Ann" });
  const double = await add({ firstName: "A." });
  const note = emulator.children.create("notes", double, { body: "A" });
  const task = emulator.children.create("tasks", double, { title: "Call" });
  const appointment = emulator.children.create("appointments", double, { title: "Meet" });
  emulator.acts.merge(ann, double);
  expect((await call("GET", `/contacts/${ann}/notes/${note.id}`)).body.note.contactId).toBe(ann);
  expect((await call("GET", `/contacts/${ann}/tasks/${task.id}`)).status).toBe(200);
  const { event } = (await call("GET", `/calendars/events/appointments/${appointment.id}`)).body;
  expect(event.contactId).toBe(ann);
});

test.each([
  ["404", 404],
  ["400", 400],
] as const)(
  "EH202 the retired id is answered as missing, leaves the search, and can not be restored: %s",
  async (goneAs, status) => {
    const { call, add, emulator, search } = setUp({ quirks: { goneAs } });
    const ann = await add({ firstName: "Ann" });
    const double = await add({ firstName: "A." });
    emulator.acts.merge(ann, double);
    expect((await call("GET", `/contacts/${double}`)).status).toBe(status);
    expect((await search()).body.contacts).toHaveLength(1);
    expect((await call("POST", `/_control/contacts/${double}/restore`)).status).toBe(404);
  },
);

test.each([
  ["nobody", []],
  ["delete", ["ContactDelete"]],
  ["update", ["ContactUpdate"]],
  ["both", ["ContactDelete", "ContactUpdate"]],
] as const)("EH203 a merge tells whom the quirk says: %s", async (mergeTells, expected) => {
  const types: string[] = [];
  const { add, emulator } = setUp({
    quirks: { mergeTells },
    webhookUrls: ["http://127.0.0.1:1/hooks"],
    deliver: (_url, text) => Promise.resolve(types.push(JSON.parse(text).type) && 200),
  });
  const ann = await add({ firstName: "Ann" });
  const double = await add({ firstName: "A.", city: "Bath" });
  await emulator.control.webhooks.flush();
  types.length = 0;
  emulator.acts.merge(ann, double);
  await emulator.control.webhooks.flush();
  expect(types.sort()).toEqual(expected);
});

test("EH204 a contact can not be merged with itself or with one that is gone", async () => {
  const { call, add } = setUp();
  const ann = await add({ firstName: "Ann" });
  expect((await call("POST", `/_control/contacts/${ann}/merge`, { retired: ann })).status).toBe(400);
  expect((await call("POST", `/_control/contacts/${ann}/merge`, { retired: "nobody" })).status).toBe(404);
});

test("EH205 a deleted contact is restored under its old id with what it took along, and nobody is told", async () => {
  const types: string[] = [];
  const { call, add, emulator, search } = setUp({
    webhookUrls: ["http://127.0.0.1:1/hooks"],
    deliver: (_url, text) => Promise.resolve(types.push(JSON.parse(text).type) && 200),
  });
  const id = await add({ firstName: "Ann" });
  const kept = emulator.children.create("notes", id, { body: "A" });
  const deleted = emulator.children.create("notes", id, { body: "B" });
  emulator.children.remove("notes", deleted.id);
  await call("DELETE", `/contacts/${id}`);
  await emulator.control.webhooks.flush();
  types.length = 0;
  const restored = await call("POST", `/_control/contacts/${id}/restore`);
  expect([restored.status, restored.body.id]).toEqual([200, id]);
  expect((await call("GET", `/contacts/${id}/notes`)).body.notes).toMatchObject([{ id: kept.id }]);
  expect((await search()).body.contacts).toHaveLength(1);
  await emulator.control.webhooks.flush();
  expect(types).toEqual([]);
});

test.each([
  [true, 1_000],
  [false, 0],
])(
  "EH206 whether a restored contact counts as changed is a quirk, and so is whether anybody is told: %s",
  async (isOn, later) => {
    const types: string[] = [];
    const { call, add, emulator, clock } = setUp({
      quirks: { restoreTouches: isOn, restoreTells: isOn },
      webhookUrls: ["http://127.0.0.1:1/hooks"],
      deliver: (_url, text) => Promise.resolve(types.push(JSON.parse(text).type) && 200),
    });
    const id = await add({ firstName: "Ann" });
    const addedAt = clock.now();
    clock.advance(1_000);
    await call("DELETE", `/contacts/${id}`);
    await emulator.control.webhooks.flush();
    types.length = 0;
    emulator.acts.restore(id);
    const { dateUpdated } = (await call("GET", `/contacts/${id}`)).body.contact;
    expect(Date.parse(dateUpdated) - addedAt).toBe(later);
    await emulator.control.webhooks.flush();
    expect(types).toEqual(isOn ? ["ContactCreate"] : []);
  },
);

test("EH207 a person keeps notes, tasks and appointments at the screen, by friendly names and told in words", async () => {
  const { call, add } = setUp();
  const id = await add({ firstName: "Ann" });
  const made = await call("POST", `/_control/contacts/${id}/tasks`, { title: "Call", isCompleted: false });
  expect([made.status, made.body.fields]).toEqual([
    201,
    { title: "Call", body: "", dueAt: "2026-05-05T08:00:00.000Z", isCompleted: "false" },
  ]);
  const edited = await call("PATCH", `/_control/children/tasks/${made.body.id}`, { isCompleted: true, body: "Soon" });
  expect(edited.body.fields).toMatchObject({ isCompleted: "true", body: "Soon" });
  expect((await call("GET", `/_control/contacts/${id}/tasks`)).body.tasks).toEqual([edited.body]);
  const refused = await call("PATCH", `/_control/children/tasks/${made.body.id}`, { colour: "red" });
  expect([refused.status, refused.body.message]).toEqual([422, "property colour should not exist"]);
  expect((await call("DELETE", `/_control/children/tasks/${made.body.id}`)).status).toBe(204);
  expect((await call("GET", `/_control/contacts/${id}/tasks`)).body.tasks).toEqual([]);
  await call("POST", `/_control/contacts/${id}/notes`, { body: "A" });
  const meet = { title: "Meet", startsAt: "2026-05-06T14:00:00Z", endsAt: "2026-05-06T15:00:00Z", location: "Quay" };
  const appointment = await call("POST", `/_control/contacts/${id}/appointments`, meet);
  expect(appointment.body.fields).toMatchObject({ state: "confirmed", location: "Quay", notes: "" });
  await call("POST", "/_control/reset", { contacts: 0 });
  expect((await call("GET", `/_control/state/${appointment.body.id}`)).status).toBe(404);
});

test("EH370 what else hangs on a merged contact goes to its survivor: opportunities, messages, campaigns, followers", async () => {
  const { call, add, emulator, locationId } = setUp();
  const [ann, anna] = [await add({ firstName: "Ann", phone: "+12025550146" }), await add({ phone: "+12025550147" })];
  const opportunity = {
    locationId,
    contactId: anna,
    pipelineId: "pip00000000000000001",
    name: "A pond",
    status: "open",
  };
  const { id } = (await call("POST", "/opportunities/", opportunity)).body.opportunity;
  const sent = await call("POST", "/conversations/messages", { type: "SMS", contactId: anna, message: "Hello" });
  await call("POST", `/contacts/${anna}/campaigns/cmp00000000000000001`, {});
  await call("POST", `/contacts/${anna}/followers`, { followers: ["usr00000000000000002"] });
  emulator.acts.merge(ann, anna);
  expect((await call("GET", `/opportunities/${id}`)).body.opportunity.contactId).toBe(ann);
  expect((await call("GET", `/conversations/${sent.body.conversationId}`)).body.contactId).toBe(ann);
  expect(emulator.enrolments.of("campaign", ann)).toEqual(["cmp00000000000000001"]);
  expect((await call("GET", `/contacts/${ann}`)).body.contact.followers).toEqual(["usr00000000000000002"]);
});
