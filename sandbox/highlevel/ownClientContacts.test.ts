import { HighLevel } from "@gohighlevel/api-client";
import { afterEach, expect, test } from "vitest";
import type { HighLevelEmulator } from "./index.ts";
import { setUp } from "./testing.ts";

const closing: HighLevelEmulator[] = [];

afterEach(async () => {
  for (const emulator of closing.splice(0)) await emulator.close();
});

/** The product's own client, signed in to a location; the client has no option for its address, its HTTP client has. */
async function withOwnClient() {
  const { emulator, clock } = setUp();
  closing.push(emulator);
  const { url } = await emulator.listen(0);
  const client = new HighLevel({ privateIntegrationToken: emulator.token, apiVersion: "2021-07-28", logLevel: "none" });
  client.getHttpClient().defaults.baseURL = url;
  return { client, contacts: client.contacts, clock, locationId: emulator.location.id };
}

/** The id of what was made; the client's types hold every one for missing. */
function idOf(made: { readonly id?: string } | undefined): string {
  if (made?.id === undefined) throw new Error("nothing was made");
  return made.id;
}

const ANN = { firstName: "Ann", lastName: "Lee", email: "ann@x.example", phone: "+12025550143" };

test("EH371 the product's own client makes, finds, changes, tags and deletes contacts", async () => {
  const { contacts, clock, locationId } = await withOwnClient();
  const contactId = idOf((await contacts.createContact({ ...ANN, locationId })).contact);
  await contacts.updateContact({ contactId }, { city: "Porto" });
  expect((await contacts.getContact({ contactId })).contact).toMatchObject({ city: "Porto", email: ANN.email });
  const upserted = await contacts.upsertContact({ email: ANN.email, lastName: "Lund", locationId });
  expect([upserted.new, upserted.contact?.lastName]).toEqual([false, "Lund"]);
  const tagged = { contactId };
  expect((await contacts.addTags(tagged, { tags: ["warm", "vip"] })).tags).toEqual(["warm", "vip"]);
  expect((await contacts.removeTags(tagged, { tags: ["warm"] })).tags).toEqual(["vip"]);
  clock.advance(10_000);
  const filters = [{ field: "email", operator: "eq", value: ANN.email }];
  const found = await contacts.searchContactsAdvanced({ locationId, pageLimit: 10, filters });
  expect(found).toMatchObject({ total: 1, contacts: [{ id: contactId, tags: ["vip"] }] });
  expect((await contacts.getContacts({ locationId, query: "Lund" })).contacts).toMatchObject([{ id: contactId }]);
  expect(await contacts.getDuplicateContact({ locationId, email: ANN.email })).toMatchObject({
    contact: { id: contactId },
  });
  expect((await contacts.deleteContact({ contactId })).succeded).toBe(true);
  await expect(contacts.getContact({ contactId })).rejects.toMatchObject({ statusCode: 404 });
});

test("EH371 the product's own client keeps the notes, tasks and appointments of a contact", async () => {
  const { client, contacts, locationId } = await withOwnClient();
  const contactId = idOf((await contacts.createContact({ ...ANN, locationId })).contact);
  const id = idOf((await contacts.createNote({ contactId }, { body: "Rang." })).note);
  await contacts.updateNote({ contactId, id }, { body: "Rang twice." });
  expect((await contacts.getNote({ contactId, id })).note?.body).toBe("Rang twice.");
  expect((await contacts.getAllNotes({ contactId })).notes).toHaveLength(1);
  expect((await contacts.deleteNote({ contactId, id })).succeded).toBe(true);
  expect((await contacts.getAllNotes({ contactId })).notes).toEqual([]);
  const due = { title: "Write", dueDate: "2026-05-06T09:00:00Z", completed: false };
  const taskId = idOf((await contacts.createTask({ contactId }, due)).task);
  await contacts.updateTask({ contactId, taskId }, { title: "Write again" });
  await contacts.updateTaskCompleted({ contactId, taskId }, { completed: true });
  expect((await contacts.getTask({ contactId, taskId })).task).toMatchObject({ title: "Write again", completed: true });
  expect((await contacts.getAllTasks({ contactId })).tasks).toHaveLength(1);
  expect((await contacts.deleteTask({ contactId, taskId })).succeded).toBe(true);
  const at = {
    startTime: "2026-05-06T10:00:00-04:00",
    calendarId: "cal00000000000000001",
    ignoreFreeSlotValidation: true,
  };
  await client.calendars.createAppointment({ locationId, contactId, ...at });
  expect((await contacts.getAppointmentsForContact({ contactId })).events).toHaveLength(1);
});
