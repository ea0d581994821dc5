import { beforeEach, expect, test } from "vitest";
import type { ListQuery, ResourceAdapter, Session } from "./connector.ts";
import { type HubKept, hubKept } from "./hubKept.ts";
import { manualClock } from "./manualClock.ts";
import { createMemoryBook } from "./memoryBook.ts";

const PERSON: HubKept<unknown> = {
  resource: "contact",
  noun: "person",
  fields: [
    { key: "name", label: "Name", type: "fullName", isWritable: true, standard: "fullName" },
    { key: "email", label: "E-mail", type: "email", isWritable: true, standard: "email" },
    { key: "labels", label: "Labels", type: "set", isWritable: true, standard: "tags" },
    { key: "stars", label: "Stars", type: "number", isWritable: false },
  ],
};
const NOTE: HubKept<unknown> = {
  resource: "note",
  parent: "contact",
  fields: [
    { key: "body", label: "Note", type: "richText", isWritable: true, standard: "body" },
    { key: "mood", label: "Mood", type: "text", isWritable: true },
  ],
  addedFields: ["mood"],
};

let session: Session<unknown>;
let people: ResourceAdapter<unknown>;
let notes: ResourceAdapter<unknown>;
beforeEach(() => {
  session = aSession();
  people = hubKept(PERSON);
  notes = hubKept(NOTE);
});

/** A session that may reach no partner. */
function aSession(): Session<unknown> {
  const { now } = manualClock(1_700_000_000_000);
  const request = () => Promise.reject(new Error("nothing is asked of the partner"));
  return {
    settings: {},
    http: { request },
    now,
    book: createMemoryBook(now, () => 0.5),
    remember: (_key, _forMs, load) => load(),
    forget: () => {},
  };
}

async function anId(made: ReturnType<ResourceAdapter["create"]>): Promise<string> {
  return (await made).externalId;
}

test("HK8 a kept record is made, read, listed, found, changed and deleted as any partner's, with every field shown", async () => {
  const made = await people.create(session, { name: "Ana Lima", email: "ana@example.com" });
  const { externalId } = made;
  const snapshot = await people.read(session, externalId);
  expect(snapshot).toMatchObject({
    externalId,
    fields: { name: "Ana Lima", email: "ana@example.com", labels: [], stars: "" },
  });
  expect(made).toEqual({ kind: "created", externalId, snapshot });
  expect(await people.list(session, {})).toEqual({ records: [snapshot], total: 1 });
  expect(await people.find(session, "email", "ANA@example.com")).toEqual([externalId]);
  const changes = { name: { kind: "clear" }, labels: { kind: "elements", add: ["vip"], remove: [] } } as const;
  const after = await people.update(session, externalId, changes, {});
  expect(after).toEqual(await people.read(session, externalId));
  expect(after).toMatchObject({ fields: { name: "", labels: ["vip"] } });
  if (people.delete !== "unsupported") await people.delete(session, externalId);
  expect(await people.read(session, externalId)).toBe("gone");
  await expect(people.update(session, externalId, changes, {})).rejects.toMatchObject({ kind: "not_found" });
});

test("HK8 a kept resource is declared as kept by the hub, with lists that are current and complete", () => {
  expect(people).toMatchObject({ keptBy: "hub", listing: { isComplete: true, lagMs: 0 } });
  expect(notes).toMatchObject({ keptBy: "hub", parent: "contact" });
});

test("HK9 what the partner's own doing made is not written to, except for what the hub adds to it", async () => {
  const parentId = await anId(people.create(session, { name: "Ana" }));
  await session.book.put({
    resource: "note",
    externalId: "r1",
    parentId,
    fields: { body: "4 stars" },
    origin: "partner",
  });
  const changed = (key: string) => notes.update(session, "r1", { [key]: { kind: "set", value: "x" } }, {}, parentId);
  await expect(changed("body")).rejects.toMatchObject({
    kind: "rejected",
    message: expect.stringMatching(/comes from the product itself/),
  });
  expect(await changed("mood")).toMatchObject({ fields: { body: "4 stars", mood: "x" } });
});

test("HK9 a field that comes from the product cannot be written, and one that is not there is a matter of the mapping", async () => {
  await expect(people.create(session, { stars: 5 })).rejects.toMatchObject({ kind: "rejected" });
  await expect(people.create(session, { shoeSize: 5 })).rejects.toMatchObject({ kind: "misconfigured" });
});

test("HK10 a child of a person who is gone cannot be made, and goes with its person", async () => {
  const parentId = await anId(people.create(session, { name: "Ana" }));
  const noteId = await anId(notes.create(session, { body: "Hello" }, parentId));
  if (people.delete !== "unsupported") await people.delete(session, parentId);
  expect(await notes.read(session, noteId, parentId)).toBe("gone");
  await expect(notes.create(session, { body: "Again" }, parentId)).rejects.toMatchObject({ kind: "not_found" });
});

test("HK10 where the partner keeps the people itself, it is asked whether they are there", async () => {
  const ofPartner = hubKept({ ...NOTE, isParentThere: async (_session, parentId) => parentId === "known" });
  expect(await ofPartner.create(session, { body: "Hello" }, "known")).toMatchObject({ kind: "created" });
  await expect(ofPartner.create(session, { body: "Hello" }, "nobody")).rejects.toMatchObject({ kind: "not_found" });
});

test("HK11 the partner's news is brought into the book before a list begins and before a record is read", async () => {
  const gathered: ListQuery[] = [];
  const review = { resource: "note", parentId: "p", origin: "partner" } as const;
  const gathering = hubKept<unknown>({
    ...NOTE,
    gather: async ({ book }, query) => {
      gathered.push(query);
      await book.put({ ...review, externalId: "r1", fields: { body: "Fine" } });
      await book.put({ ...review, externalId: "r2", fields: { body: "Good" } });
    },
    refresh: async ({ book }, externalId) => {
      await book.put({ ...review, externalId, fields: { body: "Edited" } });
    },
  });
  expect((await gathering.list(session, { since: 5 })).records).toHaveLength(2);
  const page = await gathering.list(session, {});
  expect(page.records.map(({ fields }) => fields.body)).toEqual(["Fine", "Good"]);
  const cursor = `${Number(page.records[0]?.version)}:r1`;
  expect((await gathering.list(session, { cursor })).records).toHaveLength(1);
  expect(gathered).toEqual([{ since: 5 }, {}]);
  expect(await gathering.read(session, "r1")).toMatchObject({ fields: { body: "Edited" } });
});
