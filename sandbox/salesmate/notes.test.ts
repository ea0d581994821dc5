import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const under = (contact: number) => `/apis/contact/v4/modules/1/object/${contact}/notes`;
const listOf = (contact: number) => `/apis/module/v4/modules/1/objects/${contact}/notes`;

test("ES80 a note under a contact is created, listed, changed and deleted", async () => {
  const { call, add } = setUp();
  const contact = await add({});
  const created = await call("POST", under(contact), {
    note: "<p>Likes <b>tiles</b></p>",
    type: "Note",
    attachments: [],
  });
  const { noteId } = created.body.Data;
  expect(created.body).toEqual({ Status: "success", Data: { noteId: expect.any(Number) } });
  await call("PUT", `${under(contact)}/${noteId}`, { note: "<p>Likes wood</p>" });
  const listed = await call("GET", listOf(contact));
  expect(listed.body.Data).toMatchObject([{ id: noteId, note: "<p>Likes wood</p>", type: "Note", isPinned: false }]);
  await call("DELETE", `${under(contact)}/${noteId}`);
  expect((await call("GET", listOf(contact))).body.Data).toEqual([]);
  expect((await call("PUT", `${under(contact)}/${noteId}`, { note: "x" })).body.Error.Name).toBe("ObjectNotFound");
});

test("ES80 an activity has notes too, and neither sees the other's", async () => {
  const { call, add, addActivity } = setUp();
  const contact = await add({});
  const activity = await addActivity(contact);
  await call("POST", `/apis/activity/v4/modules/2/object/${activity}/notes`, { note: "Nobody there" });
  expect((await call("GET", `/apis/module/v4/modules/2/objects/${activity}/notes`)).body.Data).toHaveLength(1);
  expect((await call("GET", listOf(contact))).body.Data).toEqual([]);
});

test.each([
  ["a note that says nothing", "POST", (contact: number) => under(contact), "ValidationError"],
  ["another module's number", "POST", (contact: number) => under(contact).replace("/1/", "/2/"), "ObjectNotFound"],
  ["a contact that is not there", "POST", () => under(7), "ObjectNotFound"],
  ["the list of a contact that is not there", "GET", () => listOf(7), "ObjectNotFound"],
] as const)("ES81 %s is refused", async (_what, method, url, name) => {
  const { call, add } = setUp();
  const contact = await add({});
  expect((await call(method, url(contact), method === "GET" ? undefined : { note: " " })).body.Error.Name).toBe(name);
});

test("ES82 notes are listed bare, or as rows with another key, a total and pages, by quirk", async () => {
  const { call, add, emulator } = setUp({ quirks: { notesAs: "rows" } });
  const contact = await add({});
  for (const note of ["one", "two", "three"]) await call("POST", under(contact), { note });
  const { Data } = (await call("GET", `${listOf(contact)}?rows=2&from=1`)).body;
  expect(Data).toMatchObject({ totalRows: 3, data: [{ note: "two" }, { note: "three" }] });
  expect(Data.data[0]).toHaveProperty("noteId");
  emulator.control.quirks.set({ notesAs: "list" });
  expect((await call("GET", `${listOf(contact)}?rows=2&from=1`)).body.Data).toHaveLength(3);
});

test("ES83 a note's HTML comes back as it was sent, or in another spelling, by quirk", async () => {
  const { call, add, emulator } = setUp();
  const contact = await add({});
  await call("POST", under(contact), { note: "one<br>two" });
  const noteNow = async () => (await call("GET", listOf(contact))).body.Data[0].note;
  expect(await noteNow()).toBe("one<br>two");
  emulator.control.quirks.set({ rewriteNotes: true });
  expect(await noteNow()).toMatch(/^<div[^>]*>\s*one<br \/>\s*two\s*<\/div>$/);
});

test("ES84 a note is pinned and let go", async () => {
  const { call, add } = setUp();
  const contact = await add({});
  const { noteId } = (await call("POST", under(contact), { note: "x" })).body.Data;
  for (const [path, isPinned] of [["pin-it", true] as const, ["unpin-it", false] as const]) {
    expect((await call("PATCH", `${under(contact)}/${noteId}/${path}`)).body.Status).toBe("success");
    expect((await call("GET", listOf(contact))).body.Data[0].isPinned).toBe(isPinned);
  }
});

test.each([true, false])(
  "ES85 a note that is written moves its contact's last change: %s, by quirk",
  async (notesTouchContact) => {
    const { call, add, clock } = setUp({ quirks: { notesTouchContact } });
    const contact = await add({});
    const changed = async () => (await call("GET", `/apis/contact/v4/${contact}`)).body.Data.lastModifiedAt;
    const before = await changed();
    clock.advance(60_000);
    await call("POST", under(contact), { note: "x" });
    expect((await changed()) !== before).toBe(notesTouchContact);
  },
);

test("ES86 a deleted contact's notes are deleted with it", async () => {
  const { call, add } = setUp();
  const contact = await add({});
  await call("POST", under(contact), { note: "x" });
  await call("DELETE", `/apis/contact/v4/${contact}`);
  expect((await call("GET", listOf(contact))).body.Error.Name).toBe("ObjectNotFound");
  await call("POST", `/_control/contacts/${contact}/restore`);
  expect((await call("GET", listOf(contact))).body.Data).toEqual([]);
});

test("ES87 a contact tells how many activities it has and when its last note was added, in reads and in rows", async () => {
  const { call, add, addActivity, search, clock } = setUp();
  const contact = await add({});
  const read = async () => (await call("GET", `/apis/contact/v4/${contact}`)).body.Data;
  expect(await read()).toMatchObject({ totalActivities: 0, lastNote: null, lastNoteAddedAt: null });
  await addActivity(contact, { isCompleted: true });
  await addActivity(contact);
  await call("POST", under(contact), { note: "x" });
  const tally = { totalActivities: 2, openActivities: 1, closedActivities: 1, lastNote: "x", lastNoteAddedBy: 2 };
  expect(await read()).toMatchObject({ ...tally, lastNoteAddedAt: new Date(clock.now()).toISOString() });
  const displayingFields = [...Object.keys(tally), "lastNoteAddedAt"].map((name) => `contact.${name}`);
  const { data } = (await search([], { displayingFields })).body.Data;
  expect(data).toEqual([{ ...tally, lastNoteAddedAt: "May 04, 2026 09:00 AM" }]);
});
