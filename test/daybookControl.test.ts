import { afterEach, expect, test } from "vitest";
import { createDaybook, type Daybook } from "../examples/your-app/app.ts";
import { createDaybookControl } from "../server/daybookControl.ts";

const KEY = "a-key-of-daybook";
let daybook: Daybook | undefined;
afterEach(async () => {
  await daybook?.app.close();
  daybook = undefined;
});

/** Daybook itself, asked in this process. */
function opened(apiKey = KEY) {
  const made = createDaybook({ file: ":memory:", apiKey: KEY, now: () => 5_000, send: async () => 200 });
  daybook = made;
  return createDaybookControl({ url: "http://daybook.test", apiKey }, async (address, { method, headers, body }) => {
    const { pathname, search } = new URL(address);
    const asked = { method: method as "GET", url: pathname + search, headers: headers as { [name: string]: string } };
    const answer = await made.app.inject({ ...asked, ...(typeof body === "string" && { payload: body }) });
    return new Response(answer.statusCode === 204 ? null : answer.body, { status: answer.statusCode });
  });
}

const ANA = { firstName: "Ana", lastName: "Silva", email: "ana@example.com", city: "Porto", tags: ["vip"] };

test("A62 people of Daybook are written down, found, changed and deleted by its own API", async () => {
  const control = opened();
  const { id } = await control.create(ANA);
  await control.create({ firstName: "Bo", email: "bo@example.com" });
  expect(await control.edit(id, { companyName: "Kestrel" })).toMatchObject({
    fields: { ...ANA, companyName: "Kestrel" },
    updatedAt: 5_000,
  });
  expect(await control.contacts({ query: "ana silva", offset: 0, limit: 10 })).toMatchObject({
    contacts: [{ id, fields: ANA }],
    total: 1,
  });
  await control.remove(id);
  expect((await control.contacts({ offset: 0, limit: 10 })).total).toBe(1);
});

test("A62 what belongs to a person of Daybook is written in its own names, and read back in ours", async () => {
  const control = opened();
  const { id } = await control.create(ANA);
  const times = { startsAt: "2031-03-04T09:30:00.000Z", endsAt: "2031-03-04T10:00:00.000Z" };
  const note = await control.children.create("notes", id, { body: "Likes wood." });
  const task = await control.children.create("tasks", id, { title: "Ring", dueAt: times.startsAt });
  await control.children.create("appointments", id, { title: "Fitting", location: "Hall", ...times });
  await control.children.edit("notes", note.id, { body: "Prefers tiles." });
  await control.children.edit("tasks", task.id, { isCompleted: "true" });
  expect(await control.children.of(id)).toMatchObject({
    notes: [{ contactId: id, fields: { body: "Prefers tiles." } }],
    tasks: [{ fields: { title: "Ring", dueAt: times.startsAt, isCompleted: "true" } }],
    appointments: [{ fields: { title: "Fitting", location: "Hall", ...times } }],
  });
  await control.children.remove("notes", note.id);
  await control.children.remove("tasks", task.id);
  expect(await control.children.of(id)).toMatchObject({ notes: [], tasks: [] });
});

test("A62 what Daybook refuses is told in its words", async () => {
  await expect(opened("wrong").contacts({ offset: 0, limit: 1 })).rejects.toMatchObject({
    kind: "rejected",
    message: "Daybook says: The key in X-Api-Key is not valid.",
  });
  await expect(opened().remove("77")).rejects.toMatchObject({ kind: "not_found" });
});
