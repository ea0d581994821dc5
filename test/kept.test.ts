import { afterEach, expect, test } from "vitest";
import type { DeskChild } from "../sandbox/control/children.ts";
import { aKeptWorld, type Kept, type KeptWorld } from "./keptWorld.ts";

/** The hub keeps a partner's people, notes and tasks in step with HighLevel's, two-way. */

let world: KeptWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(...options: Parameters<typeof aKeptWorld>): Promise<KeptWorld> {
  world = await aKeptWorld(...options);
  return world;
}

/** The one of a list. @throws Error when there are none, or several */
function only<One>(found: readonly One[]): One {
  const [one] = found;
  if (one === undefined || found.length > 1) throw new Error(`one was expected, not ${found.length}`);
  return one;
}

function contactsOf({ highlevel }: KeptWorld) {
  return highlevel.control.contacts.list("", 0, 50).contacts;
}

/** Somebody whom both sides know. @returns their id on either side */
async function aPerson(here: KeptWorld, name = "Ana"): Promise<{ readonly there: string; readonly kept: string }> {
  const email = `${name.toLowerCase()}@example.com`;
  const there = here.highlevel.control.contacts.create({ firstName: name, email }).id;
  await here.settle();
  const kept = (await here.murmur.list("contact")).filter(({ fields }) => fields.email === email);
  return { there, kept: only(kept).id };
}

function bodies(found: readonly (DeskChild | Kept)[]): readonly string[] {
  return found.map(({ fields }) => String(fields.body).replaceAll(/<[^>]*>/g, ""));
}

test("HK14 a person made, edited and deleted in HighLevel is kept so by the hub", async () => {
  const here = await open();
  const { there, kept } = await aPerson(here);
  here.highlevel.control.contacts.edit(there, { lastName: "Lima", tags: ["vip"] });
  await here.settle();
  expect(only(await here.murmur.list("contact"))).toMatchObject({
    id: kept,
    fields: { firstName: "Ana", lastName: "Lima", labels: ["vip"] },
  });
  here.highlevel.control.contacts.remove(there);
  await here.settle();
  expect(await here.murmur.list("contact")).toEqual([]);
});

test("HK14 a person whom the hub keeps is made, edited and deleted in HighLevel as they are at the hub", async () => {
  const here = await open();
  const kept = await here.murmur.add("contact", { firstName: "Bo", email: "bo@example.com" });
  await here.settle();
  expect(only(contactsOf(here)).fields).toMatchObject({ firstName: "Bo", email: "bo@example.com" });
  await here.murmur.edit("contact", kept, { lastName: "Berg", phone: "+447700900123", labels: ["new"] });
  await here.settle();
  expect(only(contactsOf(here)).fields).toMatchObject({ lastName: "Berg", phone: "+447700900123", tags: ["new"] });
  const before = here.writesThere();
  await here.advance(3_600_000);
  expect(here.writesThere()).toBe(before);
  await here.murmur.remove("contact", kept);
  await here.settle();
  expect(contactsOf(here)).toEqual([]);
});

test("HK14 a note and a task made, edited and deleted in HighLevel are kept so under their person", async () => {
  const here = await open();
  const { there, kept } = await aPerson(here);
  const { children } = here.highlevel;
  const note = children.create("notes", there, { body: "Called back." });
  const dueAt = "2031-03-04T09:30:00.000Z";
  const task = children.create("tasks", there, { title: "Call", dueAt, isCompleted: "false" });
  await here.settle();
  expect(bodies(await here.murmur.list("note", kept))).toEqual(["Called back."]);
  expect(only(await here.murmur.list("task", kept)).fields).toMatchObject({ title: "Call", done: false });
  children.edit("notes", note.id, { body: "Called back twice." });
  children.edit("tasks", task.id, { isCompleted: "true" });
  await here.advance(1_800_000);
  expect(bodies(await here.murmur.list("note", kept))).toEqual(["Called back twice."]);
  expect(only(await here.murmur.list("task", kept)).fields).toMatchObject({ done: true });
  children.remove("notes", note.id);
  children.remove("tasks", task.id);
  await here.advance(1_800_000);
  expect(await here.murmur.list("note")).toEqual([]);
  expect(await here.murmur.list("task")).toEqual([]);
});

test("HK14 a note and a task that the hub keeps are made, edited and deleted under their contact in HighLevel", async () => {
  const here = await open();
  const { there, kept } = await aPerson(here);
  const note = await here.murmur.add("note", { body: "<p>Likes tea.</p>" }, kept);
  const dueAt = "2031-03-04T09:30:00.000Z";
  const task = await here.murmur.add("task", { title: "Send tea", dueAt, done: false }, kept);
  await here.settle();
  expect(bodies(here.childrenThere("notes", there))).toEqual(["Likes tea."]);
  expect(only(here.childrenThere("tasks", there)).fields).toMatchObject({ title: "Send tea", isCompleted: "false" });
  await here.murmur.edit("note", note, { body: "<p>Likes green tea.</p>" });
  await here.murmur.edit("task", task, { done: true });
  await here.settle();
  expect(bodies(here.childrenThere("notes", there))).toEqual(["Likes green tea."]);
  expect(only(here.childrenThere("tasks", there)).fields).toMatchObject({ isCompleted: "true" });
  await here.murmur.remove("note", note);
  await here.murmur.remove("task", task);
  await here.settle();
  expect([here.childrenThere("notes", there), here.childrenThere("tasks", there)]).toEqual([[], []]);
});

test("HK14 when their contact is deleted in HighLevel, a person's notes and tasks go with them", async () => {
  const here = await open();
  const { there, kept } = await aPerson(here);
  await here.murmur.add("note", { body: "Likes tea." }, kept);
  await here.murmur.add("task", { title: "Send tea", dueAt: "2031-03-04T09:30:00.000Z" }, kept);
  await here.settle();
  here.highlevel.control.contacts.remove(there);
  await here.advance(1_800_000);
  expect(await here.murmur.list("contact")).toEqual([]);
  expect([await here.murmur.list("note"), await here.murmur.list("task")]).toEqual([[], []]);
  expect(await here.troubles()).toEqual([]);
});

test("HK14 when two contacts are merged in HighLevel, nobody who is kept is deleted, and their notes are there once", async () => {
  const here = await open();
  const [ana, bo] = [await aPerson(here, "Ana"), await aPerson(here, "Bo")];
  await here.murmur.add("note", { body: "Hers." }, ana.kept);
  await here.murmur.add("note", { body: "His." }, bo.kept);
  await here.settle();
  here.highlevel.acts.merge(ana.there, bo.there);
  await here.advance(3_600_000);
  expect(await here.murmur.list("contact")).toHaveLength(2);
  expect([...bodies(await here.murmur.list("note"))].sort()).toEqual(["Hers.", "His."]);
  expect([...bodies(here.childrenThere("notes", ana.there))].sort()).toEqual(["Hers.", "His."]);
});

test("HK15 what the partner's own doing made appears as a note of its person, once, and stays as it was said", async () => {
  const here = await open();
  here.messages.push({ id: "m1", email: "ana@example.com", text: "Please call me." });
  await here.advance(600_000);
  const contact = only(contactsOf(here));
  expect(contact.fields).toMatchObject({ email: "ana@example.com" });
  const note = only(here.childrenThere("notes", contact.id));
  expect(bodies([note])).toEqual(["Please call me."]);
  here.highlevel.children.edit("notes", note.id, { body: "Please write to me." });
  await here.advance(1_800_000);
  expect(bodies(await here.murmur.list("note"))).toEqual(["Please call me."]);
  expect((await here.troubles()).join()).toMatch(/comes from the product itself/);
});

test("HK15 a gathered note that was deleted in HighLevel is taken out of the book and does not come back", async () => {
  const here = await open();
  here.messages.push({ id: "m1", email: "ana@example.com", text: "Please call me." });
  await here.advance(600_000);
  const contact = only(contactsOf(here));
  here.highlevel.children.remove("notes", only(here.childrenThere("notes", contact.id)).id);
  await here.advance(3_600_000);
  expect(await here.murmur.list("note")).toEqual([]);
  expect(here.childrenThere("notes", contact.id)).toEqual([]);
  expect(contactsOf(here)).toHaveLength(1);
});

test("HK16 a hub that is killed at any moment while kept records travel leaves each of them once on either side", async () => {
  const here = await open();
  const { there, kept } = await aPerson(here);
  const written: string[] = [];
  for (let ms = 0; ms < 20; ms += 1) {
    const body = `After ${ms} ms.`;
    written.push(body);
    if (ms % 2 === 0) await here.murmur.add("note", { body }, kept);
    else here.highlevel.children.create("notes", there, { body });
    await here.advance(Math.floor(ms / 2));
    await here.killAndRestart();
    await here.settle();
  }
  expect([...bodies(here.childrenThere("notes", there))].sort()).toEqual(written.sort());
  expect([...bodies(await here.murmur.list("note", kept))].sort()).toEqual(written.sort());
  expect(await here.troubles()).toEqual([]);
});

test("HK14 a deletion that only unlinks leaves what the hub keeps as it is", async () => {
  const here = await open({ onGone: "unlink" });
  const { there, kept } = await aPerson(here);
  await here.murmur.add("note", { body: "Likes tea." }, kept);
  await here.settle();
  here.highlevel.control.contacts.remove(there);
  await here.advance(1_800_000);
  expect(only(await here.murmur.list("contact")).id).toBe(kept);
  expect(bodies(await here.murmur.list("note", kept))).toEqual(["Likes tea."]);
});
