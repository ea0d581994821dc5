import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

test("EH150 a note is created, listed, read, changed and deleted under its contact, without a time of its change", async () => {
  const { call, add, clock } = setUp();
  const id = await add({ firstName: "Ann" });
  const created = await call("POST", `/contacts/${id}/notes`, { body: "Likes tiles.", title: "Fair" });
  expect(created.status).toBe(201);
  const { note } = created.body;
  expect(note).toEqual({
    id: expect.stringMatching(/^\w{20}$/),
    body: "Likes tiles.",
    title: "Fair",
    dateAdded: new Date(clock.now()).toISOString(),
    contactId: id,
    pinned: false,
  });
  const one = `/contacts/${id}/notes/${note.id}`;
  const changed = await call("PUT", one, { body: "Likes wood.", pinned: true });
  expect([changed.status, changed.body.note.body, changed.body.note.title]).toEqual([200, "Likes wood.", "Fair"]);
  expect((await call("GET", one)).body.note).toEqual(changed.body.note);
  expect((await call("GET", `/contacts/${id}/notes`)).body.notes).toEqual([changed.body.note]);
  expect((await call("DELETE", one)).body).toEqual({ succeded: true });
  expect((await call("GET", one)).status).toBe(404);
});

test.each([
  [{}, ["body must be a string", "body should not be empty"]],
  [{ body: "A", locationId: "here" }, ["property locationId should not exist"]],
  [{ body: "A", color: "green" }, ["color must be a hexadecimal color"]],
  [{ body: "A", pinned: "yes" }, ["pinned must be a boolean value"]],
])("EH151 a note that cannot be is refused in the product's words: %j", async (body, message) => {
  const { call, add, locationId } = setUp();
  const id = await add({ firstName: "Ann" });
  const sent = "locationId" in body ? { ...body, locationId } : body;
  expect(await call("POST", `/contacts/${id}/notes`, sent)).toMatchObject({ status: 422, body: { message } });
});

test.each([
  ["404", 404],
  ["400", 400],
] as const)("EH152 a note under another contact, or of none, is answered as missing: %s", async (goneAs, status) => {
  const { call, add } = setUp({ quirks: { goneAs } });
  const ann = await add({ firstName: "Ann" });
  const bo = await add({ firstName: "Bo" });
  const { note } = (await call("POST", `/contacts/${ann}/notes`, { body: "A" })).body;
  for (const path of [
    `/contacts/${bo}/notes/${note.id}`,
    `/contacts/nobody/notes/${note.id}`,
    "/contacts/nobody/notes",
  ])
    expect(await call("GET", path)).toMatchObject({ status, body: { message: expect.stringMatching(/not found/i) } });
});

test.each([
  ["reject", 422],
  ["keep", 200],
] as const)("EH153 an update that empties a note is refused or kept, by quirk: %s", async (emptyNoteBody, status) => {
  const { call, add } = setUp({ quirks: { emptyNoteBody } });
  const id = await add({ firstName: "Ann" });
  const { note } = (await call("POST", `/contacts/${id}/notes`, { body: "A" })).body;
  expect((await call("PUT", `/contacts/${id}/notes/${note.id}`, { body: "" })).status).toBe(status);
});

test("EH154 a plain note is shown as it was written, or as the editor for rich text writes it, by quirk", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({ firstName: "Ann" });
  await call("POST", `/contacts/${id}/notes`, { body: "Tea & talk\n2 < 3" });
  const shown = async () => (await call("GET", `/contacts/${id}/notes`)).body.notes[0].body;
  expect(await shown()).toBe("Tea & talk\n2 < 3");
  emulator.control.quirks.set({ noteBodyAs: "html" });
  expect(await shown()).toBe("<p>Tea &amp; talk</p><p>2 &lt; 3</p>");
});

test("EH155 a stale read shows a note as it was before its last change", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({ firstName: "Ann" });
  const { note } = (await call("POST", `/contacts/${id}/notes`, { body: "old" })).body;
  await call("PUT", `/contacts/${id}/notes/${note.id}`, { body: "new" });
  emulator.control.faults.set([{ effect: "stale-read", times: 1 }]);
  expect((await call("GET", `/contacts/${id}/notes/${note.id}`)).body.note.body).toBe("old");
  expect((await call("GET", `/contacts/${id}/notes/${note.id}`)).body.note.body).toBe("new");
});

test("EH156 a deleted contact takes its notes, tasks and appointments along", async () => {
  const { call, add, emulator } = setUp();
  const id = await add({ firstName: "Ann" });
  const note = emulator.children.create("notes", id, { body: "A" });
  const task = emulator.children.create("tasks", id, { title: "Call" });
  const appointment = emulator.children.create("appointments", id, { title: "Meet" });
  await call("DELETE", `/contacts/${id}`);
  expect((await call("GET", `/contacts/${id}/notes`)).status).toBe(404);
  expect((await call("GET", `/calendars/events/appointments/${appointment.id}`)).status).toBe(404);
  for (const gone of [note, task, appointment]) expect(emulator.control.state(gone.id)).toBeUndefined();
});
