import { expect, test } from "vitest";
import type { HighLevelOptions } from "./index.ts";
import { setUp } from "./testing.ts";

/** An emulator whose webhooks land in a list; signed in one way only, so that they arrive in order. */
async function withReceiver(quirks: HighLevelOptions["quirks"] = {}) {
  const bodies: Record<string, unknown>[] = [];
  const bench = setUp({
    quirks: { signatures: "ed25519", ...quirks },
    webhookUrls: ["http://127.0.0.1:1/hooks"],
    deliver: (_url, text) => Promise.resolve(bodies.push(JSON.parse(text)) && 200),
  });
  const contactId = await bench.add({ firstName: "Ann" });
  const sent = async () => {
    await bench.emulator.control.webhooks.flush();
    return bodies.splice(0);
  };
  await sent();
  const types = async () => (await sent()).map(({ type }) => type);
  return { ...bench, contactId, sent, types };
}

test("EH190 a note's create, update and delete each send an event, without title", async () => {
  const { emulator, contactId, sent, types, locationId, clock } = await withReceiver();
  const { id } = emulator.children.create("notes", contactId, { body: "A", title: "T" });
  const [created] = await sent();
  const dateAdded = new Date(clock.now()).toISOString();
  expect(created).toMatchObject({ type: "NoteCreate", locationId, id, body: "A", contactId, dateAdded });
  expect(created).not.toHaveProperty("title");
  emulator.children.edit("notes", id, { body: "B" });
  emulator.children.edit("notes", id, { body: "B" });
  emulator.children.remove("notes", id);
  expect(await types()).toEqual(["NoteUpdate", "NoteDelete"]);
});

test("EH191 a task's create, completion and delete send an event; its edits and its opening again send none", async () => {
  const { emulator, contactId, sent, types } = await withReceiver();
  const { id } = emulator.children.create("tasks", contactId, { title: "Call" });
  const [created] = await sent();
  expect(created).toMatchObject({ type: "TaskCreate", id, contactId, title: "Call" });
  expect(created).not.toHaveProperty("completed");
  emulator.children.edit("tasks", id, { title: "Write" });
  expect(await types()).toEqual([]);
  emulator.children.edit("tasks", id, { isCompleted: "true" });
  emulator.children.edit("tasks", id, { isCompleted: "false" });
  emulator.children.remove("tasks", id);
  expect(await types()).toEqual(["TaskComplete", "TaskDelete"]);
});

test("EH192 an appointment's create, update and delete each send an event, the appointment one level deeper", async () => {
  const { emulator, contactId, sent, types } = await withReceiver();
  const { id } = emulator.children.create("appointments", contactId, {
    title: "Meet",
    startsAt: "2026-05-06T14:00:00Z",
  });
  const [created] = await sent();
  expect(created).toMatchObject({
    type: "AppointmentCreate",
    appointment: { id, contactId, title: "Meet", startTime: "2026-05-06T14:00:00.000Z" },
  });
  expect(created).not.toHaveProperty("id");
  emulator.children.edit("appointments", id, { state: "cancelled" });
  emulator.children.remove("appointments", id);
  expect(await types()).toEqual(["AppointmentUpdate", "AppointmentDelete"]);
});

test("EH193 an event about a note may come under data, by quirk", async () => {
  const { emulator, contactId, sent } = await withReceiver({ envelope: "data" });
  const { id } = emulator.children.create("notes", contactId, { body: "A" });
  expect((await sent())[0]).toMatchObject({ type: "NoteCreate", data: { id, contactId } });
});

test.each([
  [false, ["ContactDelete"]],
  [true, ["ContactDelete", "NoteDelete", "TaskDelete"]],
])("EH194 what goes with its contact sends events only by quirk: %s", async (deleteTellsChildren, expected) => {
  const { emulator, contactId, types } = await withReceiver({ deleteTellsChildren });
  emulator.children.create("notes", contactId, { body: "A" });
  emulator.children.create("tasks", contactId, { title: "Call" });
  await types();
  emulator.control.contacts.remove(contactId);
  expect(await types()).toEqual(expected);
});

test.each([false, true])(
  "EH195 a change of a note moves its contact's time only by quirk: %s",
  async (childrenTouchContact) => {
    const { emulator, contactId, call, clock, types } = await withReceiver({ childrenTouchContact });
    const changedAt = async () => Date.parse((await call("GET", `/contacts/${contactId}`)).body.contact.dateUpdated);
    const before = await changedAt();
    clock.advance(1_000);
    emulator.children.create("notes", contactId, { body: "A" });
    expect((await changedAt()) - before).toBe(childrenTouchContact ? 1_000 : 0);
    expect(await types()).toEqual(["NoteCreate"]);
  },
);
