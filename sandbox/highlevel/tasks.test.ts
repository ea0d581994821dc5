import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const CALL = { title: "Call back", body: "About tiles", dueDate: "2026-05-06T10:00:00+02:00", completed: false };

test("EH160 a task is created, listed, read, changed and deleted under its contact, without any time of its own", async () => {
  const { call, add } = setUp();
  const id = await add({ firstName: "Ann" });
  const created = await call("POST", `/contacts/${id}/tasks`, CALL);
  expect(created.status).toBe(201);
  const { task } = created.body;
  expect(task).toEqual({
    id: expect.stringMatching(/^\w{20}$/),
    title: "Call back",
    body: "About tiles",
    dueDate: "2026-05-06T08:00:00.000Z",
    completed: false,
    contactId: id,
  });
  const one = `/contacts/${id}/tasks/${task.id}`;
  const changed = await call("PUT", one, { title: "Write", body: "" });
  expect(changed.body.task).toEqual({ ...task, title: "Write", body: undefined });
  expect((await call("GET", one)).body.task.title).toBe("Write");
  expect((await call("GET", `/contacts/${id}/tasks`)).body.tasks).toHaveLength(1);
  expect((await call("DELETE", one)).body).toEqual({ succeded: true });
  expect((await call("PUT", one, { title: "Ghost" })).status).toBe(404);
});

test("EH161 a task is completed and opened again by a call of its own", async () => {
  const { call, add } = setUp();
  const id = await add({ firstName: "Ann" });
  const { task } = (await call("POST", `/contacts/${id}/tasks`, CALL)).body;
  const completed = `/contacts/${id}/tasks/${task.id}/completed`;
  expect((await call("PUT", completed, { completed: true })).body.task).toEqual({ ...task, completed: true });
  expect((await call("PUT", completed, { completed: false })).body.task).toEqual(task);
  expect((await call("PUT", completed, {})).status).toBe(422);
  expect((await call("PUT", completed, { completed: true, title: "No" })).status).toBe(422);
});

test.each([
  [{ title: "" }, ["title must be a string", "title should not be empty"]],
  [{ dueDate: "soon" }, ["dueDate must be a valid ISO 8601 date string"]],
  [{ completed: undefined }, ["completed must be a boolean value"]],
  [{ contactId: "c1" }, ["property contactId should not exist"]],
])("EH162 a task that cannot be is refused in the product's words: %j", async (wrong, message) => {
  const { call, add } = setUp();
  const id = await add({ firstName: "Ann" });
  const answer = await call("POST", `/contacts/${id}/tasks`, { ...CALL, ...wrong });
  expect(answer).toMatchObject({ status: 422, body: { message } });
});

test.each([
  ["milliseconds", "2026-05-06T08:00:00.000Z"],
  ["seconds", "2026-05-06T08:00:00Z"],
  ["offset", "2026-05-06T04:00:00-04:00"],
] as const)(
  "EH163 a due time is shown with milliseconds, seconds or an offset, by quirk: %s",
  async (dueDateAs, shown) => {
    const { call, add } = setUp({ quirks: { dueDateAs } });
    const id = await add({ firstName: "Ann" });
    expect((await call("POST", `/contacts/${id}/tasks`, CALL)).body.task.dueDate).toBe(shown);
  },
);

test("EH164 the location's tasks are searched newest first, by contact, state and title, in pages", async () => {
  const { call, add, emulator, locationId, clock } = setUp();
  const ann = await add({ firstName: "Ann" });
  const bo = await add({ firstName: "Bo" });
  for (const [contactId, title] of [
    [ann, "One"],
    [bo, "Two"],
    [ann, "Three"],
  ] as const) {
    emulator.children.create("tasks", contactId, { title, isCompleted: title === "Two" ? "true" : "false" });
    clock.advance(1_000);
  }
  const titles = async (body: object) => {
    const { tasks } = (await call("POST", `/locations/${locationId}/tasks/search`, body)).body;
    return tasks.map((task: { title: string }) => task.title);
  };
  expect(await titles({})).toEqual(["Three", "Two", "One"]);
  expect(await titles({ limit: 1, skip: 1 })).toEqual(["Two"]);
  expect(await titles({ contactId: [ann] })).toEqual(["Three", "One"]);
  expect(await titles({ completed: true })).toEqual(["Two"]);
  expect(await titles({ query: "thr" })).toEqual(["Three"]);
  expect((await call("POST", `/locations/${locationId}/tasks/search`, { limit: 101 })).status).toBe(422);
  expect((await call("POST", `/locations/${locationId}/tasks/search`, { locationId })).status).toBe(422);
});

test("EH165 rows of the task search carry their id under one of two names, by quirk, and lag behind writes", async () => {
  const { call, add, emulator, locationId, clock } = setUp({ quirks: { searchLagMs: 2_000 } });
  const id = await add({ firstName: "Ann" });
  const task = emulator.children.create("tasks", id, { title: "One" });
  const rows = async () => (await call("POST", `/locations/${locationId}/tasks/search`, {})).body.tasks;
  expect(await rows()).toEqual([]);
  expect((await call("GET", `/contacts/${id}/tasks`)).body.tasks).toHaveLength(1);
  clock.advance(2_000);
  expect((await rows())[0]).toMatchObject({ _id: task.id, contactId: id });
  emulator.control.quirks.set({ taskRowId: "id" });
  expect((await rows())[0]).toMatchObject({ id: task.id });
  emulator.children.remove("tasks", task.id);
  expect(await rows()).toHaveLength(1);
  clock.advance(2_000);
  expect(await rows()).toEqual([]);
});

test("EH166 the task search needs its own scope", async () => {
  const { call, emulator, locationId } = setUp();
  const { value } = emulator.access.issuePrivate(["contacts.readonly"]);
  const answer = await call("POST", `/locations/${locationId}/tasks/search`, {}, { authorization: `Bearer ${value}` });
  expect([answer.status, answer.body.message]).toEqual([401, "The token is not authorized for this scope."]);
});
