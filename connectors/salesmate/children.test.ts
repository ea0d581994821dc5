import { expect, test } from "vitest";
import { type CallContext, openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { createSalesmateEmulator, type SalesmateOptions } from "../../sandbox/salesmate/index.ts";
import { describeChildren } from "../childConformance.ts";
import type { ConformanceWorld } from "../conformance.ts";
import { salesmate } from "./index.ts";

const NOW = Date.UTC(2026, 2, 6, 12, 0, 45);

/** An emulator with these quirks, as the suite wants it. */
async function world(quirks: SalesmateOptions["quirks"], more: object = {}): Promise<ConformanceWorld> {
  const clock = manualClock(NOW);
  const emulator = createSalesmateEmulator({ ...clock, random: () => 0.5, ...(quirks && { quirks }) });
  const { url, close } = await emulator.listen(0);
  const settings = { linkname: emulator.linkname, ownerId: emulator.ownerId, timeZone: "Europe/London", ...more };
  return {
    connection: { id: "salesmate", settings, baseUrls: { api: `${url}/apis` } },
    credential: { kind: "token", token: emulator.sessionKey },
    clock,
    seed: (count) => void emulator.control.contacts.bulk(count, 1),
    // Times in search rows are whole minutes.
    catchUp: () => clock.advance(180_000),
    breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
    close,
  };
}

const contact = { firstName: "Ana", lastName: "Silva", email: "ana@example.com" };
const parents = [contact, { firstName: "Bo", lastName: "Lind" }] as const;

const note = {
  connector: salesmate,
  resource: "note",
  parents,
  sample: { body: "<p>Likes &lt;tiles&gt; &amp; <b>wood</b>.</p><p>Called twice</p>" },
  others: { body: "Prefers wood" },
  clearable: [],
} as const;

const task = {
  connector: salesmate,
  resource: "task",
  parents,
  sample: { title: "Call back", body: "About the roof.", dueAt: "2026-05-06T12:00:00.000Z", isCompleted: true },
  others: { title: "Write", body: "Other words.", dueAt: "2026-11-07T09:30:00.000Z", isCompleted: false },
  clearable: ["title", "body", "dueAt"],
} as const;

const appointment = {
  connector: salesmate,
  resource: "appointment",
  parents,
  sample: {
    ...{ title: "Visit", notes: "Bring samples.", location: "12 Harbour Lane", isCompleted: true },
    ...{ startsAt: "2026-05-06T12:00:00.000Z", endsAt: "2026-05-06T13:00:00.000Z" },
  },
  others: {
    ...{ title: "Call", notes: "Other words.", location: "By phone", isCompleted: false },
    ...{ startsAt: "2026-05-06T11:30:00.000Z", endsAt: "2026-05-06T12:45:00.000Z" },
  },
  clearable: ["title", "notes", "location", "endsAt", "startsAt"],
} as const;

describeChildren({ ...note, makeWorld: () => world({}) });
describeChildren({ ...task, makeWorld: () => world({}) });
describeChildren({ ...appointment, makeWorld: () => world({}) });

/** Every open question of the documents, the other way round. */
const OTHERWISE: SalesmateOptions["quirks"] = {
  ...{ dueDateTakes: "iso", searchByContact: "ignored", activitiesOfDeleted: "go", notesAs: "rows" },
  ...{ readDatesAs: "epoch", ownerAs: "owner-number", goneAs: "isDeleted", failuresAs: "200" },
};
describeChildren({ ...note, makeWorld: () => world(OTHERWISE) });
describeChildren({ ...task, makeWorld: () => world(OTHERWISE, { dueDateAs: "iso" }) });
describeChildren({ ...appointment, makeWorld: () => world(OTHERWISE, { dueDateAs: "iso" }) });

/** An emulator with these quirks, and its connection. */
async function quirky(quirks: SalesmateOptions["quirks"] = {}, more: object = {}) {
  const clock = manualClock(NOW);
  const emulator = createSalesmateEmulator({ ...clock, random: () => 0.5, quirks });
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent(4);
  const settings = { linkname: emulator.linkname, ownerId: emulator.ownerId, timeZone: "Europe/London", ...more };
  const open = openConnection({
    connector: salesmate,
    connection: { id: "salesmate", settings, baseUrls: { api: `${url}/apis` } },
    credential: { load: async () => ({ kind: "token", token: emulator.sessionKey }), store: async () => {} },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const context: CallContext = { priority: PRIORITIES.live, calls: [] };
  const end = async (): Promise<void> => {
    await open.close();
    await agent.destroy();
    await close();
  };
  const { id: contactId } = emulator.control.contacts.create(contact);
  const partner = (resource: "note" | "task" | "appointment") => partnerOf(open, resource);
  return { emulator, clock, context, contactId, partner, end };
}

test.each(["taken", "ignored", "refused"] as const)(
  "SM60 a contact's tasks are listed where a search by contact is %s",
  async (searchByContact) => {
    const { emulator, context, contactId, partner, end } = await quirky({ searchByContact });
    const other = emulator.control.contacts.create({ lastName: "Other" });
    const mine = emulator.children.create("tasks", contactId, { title: "Call" });
    emulator.children.create("tasks", other.id, { title: "Write" });
    emulator.children.create("appointments", contactId, { title: "Visit" });
    const { records } = await partner("task").list(context, { parentId: contactId });
    expect(records).toMatchObject([{ externalId: mine.id, parentId: contactId, fields: { title: "Call" } }]);
    await end();
  },
);

test("SM61 what another owner made keeps its owner and type through an update", async () => {
  const { emulator, context, contactId, partner, end } = await quirky();
  const { id } = emulator.children.create("tasks", contactId, { title: "Call" });
  const before = await partner("task").read(context, id, contactId);
  if (before === "gone") throw new Error("the task should be there");
  await partner("task").update(context, id, { isCompleted: { kind: "set", value: true } }, before.fields, contactId);
  expect(emulator.control.state(id)).toMatchObject({ owner: 1, type: "Task", title: "Call", isCompleted: true });
  await end();
});

test("SM62 an activity that becomes an appointment is no task any more, and one of an unknown type stays", async () => {
  const { emulator, context, contactId, partner, end } = await quirky({}, { taskType: "Email" });
  const call = await partner("task").create(context, { title: "Write" }, contactId);
  expect(emulator.control.state(call.externalId)).toMatchObject({ type: "Email" });
  const task = emulator.children.create("tasks", contactId, { title: "Call" });
  const meeting = emulator.children.create("appointments", contactId, { title: "Visit" });
  expect(await partner("task").read(context, task.id, contactId)).toMatchObject({ fields: { title: "Call" } });
  expect(await partner("task").read(context, meeting.id, contactId)).toBe("gone");
  const listed = (await partner("task").list(context, {})).records.map(({ externalId }) => externalId);
  expect(listed).toEqual([call.externalId]);
  await end();
});

test("SM63 a task that is about no contact any more is gone", async () => {
  const { emulator, context, contactId, partner, end } = await quirky();
  const { id } = emulator.children.create("tasks", contactId, { title: "Call" });
  emulator.control.contacts.remove(contactId);
  expect(emulator.control.state(id)).toMatchObject({ isDeleted: false });
  expect(await partner("task").read(context, id, contactId)).toBe("gone");
  expect((await partner("task").list(context, {})).records).toEqual([]);
  await end();
});

test.each(["list", "rows"] as const)(
  "SM64 more notes than fit on a page are all read, shown as %s",
  async (notesAs) => {
    const { emulator, context, contactId, partner, end } = await quirky({ notesAs });
    const made = Array.from({ length: 260 }, (_, place) => {
      return emulator.children.create("notes", contactId, { body: `Note ${place}` }).id;
    });
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const query = { parentId: contactId, ...(cursor !== undefined && { cursor }) };
      const page = await partner("note").list(context, query);
      for (const { externalId } of page.records) seen.add(externalId);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.size).toBe(260);
    expect(await partner("note").read(context, made.at(-1) ?? "", contactId)).toMatchObject({
      fields: { body: "<p>Note 259</p>" },
    });
    expect(await partner("note").read(context, "7", contactId)).toBe("gone");
    await end();
  },
);

test("SM65 a person moves a task to another contact, and it is read with that one", async () => {
  const { emulator, context, contactId, partner, end } = await quirky();
  const { id } = emulator.children.create("tasks", contactId, { title: "Call" });
  const survivor = emulator.control.contacts.create({ lastName: "Silva" });
  emulator.acts.merge(survivor.id, contactId);
  expect(await partner("task").read(context, id, contactId)).toMatchObject({ parentId: survivor.id });
  await end();
});

test("SM66 a note is read as the HTML that Salesmate shows, and has no field but its text", async () => {
  const { emulator, context, contactId, partner, end } = await quirky({ rewriteNotes: true });
  const { id } = emulator.children.create("notes", contactId, { body: "Likes <tiles>" });
  const read = await partner("note").read(context, id, contactId);
  if (read === "gone") throw new Error("the note should be there");
  expect(read.fields.body).toContain("<p>Likes &lt;tiles&gt;</p>");
  const changes = { title: { kind: "set", value: "Tiles" } } as const;
  await expect(partner("note").update(context, id, changes, read.fields, contactId)).rejects.toMatchObject({
    kind: "misconfigured",
  });
  await end();
});

test.each([
  ["two lines.\nAnd a < b", "two lines.<br>And a < b"],
  ["<p>one</p>\n<p>two</p>", "<p>one</p>\n<p>two</p>"],
])("SM87 a note %j is written as %j", async (body, written) => {
  const { emulator, context, contactId, partner, end } = await quirky();
  const { externalId } = await partner("note").create(context, { body }, contactId);
  expect(emulator.control.state(externalId)).toMatchObject({ note: written });
  const changes = { body: { kind: "set", value: `${body}!` } } as const;
  await partner("note").update(context, externalId, changes, { body }, contactId);
  expect(emulator.control.state(externalId)).toMatchObject({ note: `${written}!` });
  await end();
});

test("SM67 a due date in the wrong writing is refused with Salesmate's words", async () => {
  const { context, contactId, partner, end } = await quirky({ dueDateTakes: "iso" });
  const fields = { title: "Call", dueAt: "2026-05-06T12:00:00.000Z" };
  await expect(partner("task").create(context, fields, contactId)).rejects.toMatchObject({
    kind: "rejected",
    details: { issues: [expect.stringContaining("Due Date")] },
  });
  await end();
});

test("SM68 the list of a gone contact's notes says that it is gone, and so is each of them", async () => {
  const { emulator, context, contactId, partner, end } = await quirky();
  const { id } = emulator.children.create("notes", contactId, { body: "Likes tiles" });
  emulator.control.contacts.remove(contactId);
  await expect(partner("note").list(context, { parentId: contactId })).rejects.toMatchObject({ kind: "not_found" });
  expect(await partner("note").read(context, id, contactId)).toBe("gone");
  await end();
});

test("SM69 tasks are listed page by page, all or those that changed since, and each row says what a read says", async () => {
  const { emulator, clock, context, contactId, partner, end } = await quirky();
  const tasks = partner("task");
  for (let place = 0; place < 251; place += 1) {
    emulator.children.create("tasks", contactId, { title: `Call ${place}`, dueAt: "2026-05-06T12:00:30.000Z" });
  }
  emulator.children.create("appointments", contactId, { title: "Visit" });
  const first = await tasks.list(context, {});
  const second = await tasks.list(context, { cursor: first.next ?? "" });
  expect([first.records.length, second.records.length, second.next]).toEqual([250, 1, undefined]);
  await clock.advance(180_000);
  const since = clock.now();
  const [task] = first.records;
  emulator.children.edit("tasks", task?.externalId ?? "", { isCompleted: "true" });
  const { records } = await tasks.list(context, { since });
  expect(records.map(({ externalId }) => externalId)).toEqual([task?.externalId]);
  const read = await tasks.read(context, task?.externalId ?? "", contactId);
  expect(read).toMatchObject({ fields: records[0]?.fields, parentId: contactId });
  expect(records[0]?.fields).toMatchObject({ dueAt: "2026-05-06T12:00:00.000Z", isCompleted: true });
  await end();
});
