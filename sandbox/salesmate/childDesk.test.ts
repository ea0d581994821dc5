import { expect, test } from "vitest";
import { setUp } from "./testing.ts";
import { htmlOfTyped, shownText } from "./typed.ts";

const at = (contact: number) => `/_control/contacts/${contact}`;

test("ES90 a person writes, changes and deletes a contact's notes as plain text", async () => {
  const { call, add } = setUp();
  const contact = await add({});
  const created = await call("POST", `${at(contact)}/notes`, { body: "Likes <tiles>\nand wood" });
  expect([created.status, created.body.fields]).toEqual([201, { body: "Likes <tiles>\nand wood" }]);
  const stored = (await call("GET", `/apis/module/v4/modules/1/objects/${contact}/notes`)).body.Data[0].note;
  expect(stored).toBe("<p>Likes &lt;tiles&gt;</p><p>and wood</p>");
  const one = `/_control/children/notes/${created.body.id}`;
  expect((await call("PATCH", one, { body: "Likes wood" })).body.fields.body).toBe("Likes wood");
  expect((await call("GET", `${at(contact)}/notes`)).body.notes).toHaveLength(1);
  expect((await call("DELETE", one)).status).toBe(204);
  expect((await call("GET", `${at(contact)}/notes`)).body.notes).toEqual([]);
});

test.each([
  ["one line", "<p>one line</p>"],
  ["two\nlines", "<p>two</p><p>lines</p>"],
  ["an empty\n\nline", "<p>an empty</p><p><br></p><p>line</p>"],
  ["a < b & c", "<p>a &lt; b &amp; c</p>"],
])("ES91 %j is stored as %s and shown as it was typed", (text, html) => {
  expect(htmlOfTyped(text)).toBe(html);
  expect(shownText(html)).toBe(text);
});

test("ES92 a person makes, completes, opens again and deletes a task", async () => {
  const { call, add } = setUp();
  const contact = await add({});
  const fields = { title: "Call back", body: "About the roof", dueAt: "2026-05-06T12:00:00.000Z" };
  const { id } = (await call("POST", `${at(contact)}/tasks`, fields)).body;
  const one = `/_control/children/tasks/${id}`;
  expect((await call("PATCH", one, { isCompleted: true })).body.fields).toEqual({ ...fields, isCompleted: "true" });
  expect((await call("PATCH", one, { isCompleted: false, dueAt: "" })).body.fields).toMatchObject({
    isCompleted: "false",
    dueAt: "",
  });
  expect((await call("GET", `/_control/state/${id}`)).body).toMatchObject({ type: "Task", owner: 1 });
  expect((await call("DELETE", one)).status).toBe(204);
  expect((await call("PATCH", one, {})).status).toBe(404);
});

test("ES93 a person makes and moves an appointment, which keeps its end unless that is moved too", async () => {
  const { call, add, emulator } = setUp({ quirks: { dueDateTakes: "iso" } });
  const contact = await add({});
  const fields = {
    ...{ title: "Visit", notes: "Bring samples", location: "12 Harbour Lane" },
    ...{ startsAt: "2026-05-06T12:00:00.000Z", endsAt: "2026-05-06T13:00:00.000Z" },
  };
  const created = await call("POST", `${at(contact)}/appointments`, fields);
  expect(created.body.fields).toEqual(fields);
  const one = `/_control/children/appointments/${created.body.id}`;
  const moved = await call("PATCH", one, { startsAt: "2026-05-06T12:15:00.000Z" });
  expect(moved.body.fields).toEqual({ ...fields, startsAt: "2026-05-06T12:15:00.000Z" });
  expect(emulator.control.state(created.body.id)).toMatchObject({ type: "Meeting", duration: 45 });
  expect((await call("GET", `${at(contact)}/tasks`)).body.tasks).toEqual([]);
});

test.each([
  ["a task without a title", "tasks", { body: "x" }, 400],
  ["a field that tasks do not have", "tasks", { title: "x", colour: "red" }, 400],
  ["a note with a title", "notes", { title: "x", body: "y" }, 400],
  ["an appointment at no time", "appointments", { title: "x", startsAt: "soon" }, 400],
] as const)("ES94 a person is refused %s", async (_what, kind, fields, status) => {
  const { call, add } = setUp();
  expect((await call("POST", `${at(await add({}))}/${kind}`, fields)).status).toBe(status);
});

test("ES95 of two contacts that are merged one is left, with what it lacked, all tags, notes and activities", async () => {
  const { call, add, addActivity } = setUp();
  const survivor = await add({ firstName: "Ana", lastName: "Ruiz", tags: "VIP" });
  const retired = await add({ firstName: "Anna", lastName: "Ruiz", email: "ana@example.com", tags: "vip,Fair" });
  const activity = await addActivity(retired);
  await call("POST", `${at(retired)}/notes`, { body: "Likes tiles" });
  expect((await call("POST", `${at(survivor)}/merge`, { retired: String(retired) })).body.id).toBe(String(survivor));
  expect((await call("GET", `/apis/contact/v4/${survivor}`)).body.Data).toMatchObject({
    firstName: "Ana",
    email: "ana@example.com",
    tags: "VIP,Fair",
  });
  expect((await call("GET", `/apis/contact/v4/${retired}`)).body.Error.Name).toBe("ObjectNotFound");
  expect((await call("GET", `${at(survivor)}/notes`)).body.notes).toHaveLength(1);
  expect((await call("GET", `${at(survivor)}/tasks`)).body.tasks).toMatchObject([{ id: String(activity) }]);
  expect((await call("POST", `${at(survivor)}/merge`, { retired: String(survivor) })).status).toBe(400);
});

test("ES96 a deleted contact is brought back under its old id, and one that was not deleted is not", async () => {
  const { call, add } = setUp();
  const contact = await add({ firstName: "Ana" });
  expect((await call("POST", `${at(contact)}/restore`)).status).toBe(404);
  await call("DELETE", at(contact));
  expect((await call("POST", `${at(contact)}/restore`)).body.id).toBe(String(contact));
  expect((await call("GET", `/apis/contact/v4/${contact}`)).body.Data).toMatchObject({
    firstName: "Ana",
    isDeleted: false,
  });
});
