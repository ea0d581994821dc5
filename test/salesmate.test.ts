import { afterEach, expect, test } from "vitest";
import { createSalesmateEmulator, type SalesmateEmulator } from "../sandbox/salesmate/index.ts";
import { aPair, type PairedPartner, type PairWorld } from "./pairWorld.ts";

/** HighLevel and Salesmate in step, from one emulator through the hub to the other. */

type Salesmate = PairedPartner & { readonly emulator: SalesmateEmulator; readonly tell: (body: object) => unknown };
type World = PairWorld<Salesmate>;

const SECRET = "a-secret-of-twenty-four-letters";

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(): Promise<World> {
  world = await aPair<Salesmate>({
    children: ["note", "task", "appointment"],
    makePartner: ({ clock, random, deliver }) => {
      const emulator = createSalesmateEmulator({ now: clock.now, after: clock.after, random, limits: { off: true } });
      const { linkname, ownerId, timeZone, sessionKey } = emulator.signIn();
      return {
        ...{ id: "salesmate", emulator, ask: emulator.ask, close: emulator.close, paths: { api: "/apis" } },
        settings: { linkname, ownerId, timeZone, requestsPerHour: 100_000, webhookSecret: SECRET },
        tell: (body) => deliver(`https://kith.example/hooks/salesmate/salesmate/${SECRET}`, JSON.stringify(body), {}),
        credential: { kind: "token", token: sessionKey },
      };
    },
  });
  return world;
}

const there = ({ highlevel }: World) => highlevel.control.contacts.list("", 0, 50).contacts;
const here = ({ partner }: World) => partner.emulator.control.contacts.list("", 0, 50).contacts;

/** Somebody whom both sides know. @returns their id on either side */
async function ana(at: World): Promise<{ readonly there: string; readonly here: string }> {
  const contact = at.highlevel.control.contacts.create({
    firstName: "Ana",
    lastName: "Ruiz",
    email: "ana@example.com",
    phone: "+12015550123",
  });
  await at.settle();
  return { there: contact.id, here: here(at)[0]?.id ?? "" };
}

test("TA20 a contact that is made or changed in Salesmate brings the two into step, what HighLevel knows included", async () => {
  const at = await open();
  at.highlevel.control.contacts.create({ firstName: "Bo", email: "bo@example.com", phone: "+12015550124" });
  const made = at.partner.emulator.control.contacts.create({ lastName: "Lund", email: "bo@example.com" });
  await at.settle();
  // Found by the e-mail: each side gets from the other what it lacked, and nobody is made twice.
  const whole = { firstName: "Bo", lastName: "Lund", email: "bo@example.com", phone: "+12015550124" };
  expect(here(at)).toMatchObject([{ fields: whole }]);
  expect(there(at)).toMatchObject([{ fields: whole }]);
  at.partner.emulator.control.contacts.edit(made.id, { phone: "+12015550199", city: "Turku" });
  await at.settle();
  expect(there(at)).toMatchObject([{ fields: { ...whole, phone: "+12015550199", city: "Turku" } }]);
  expect(await at.troubles()).toEqual([]);
});

test("TA20 name, e-mail and phone that change in HighLevel are so in Salesmate, though the hub is killed meanwhile", async () => {
  const at = await open();
  const person = await ana(at);
  const news = { firstName: "Anna", lastName: "Ruiz Gil", email: "anna@example.com", phone: "+12015550177" };
  at.highlevel.control.contacts.edit(person.there, news);
  for (let step = 0; step < 20; step += 1) {
    await at.advance(1 + step);
    await at.killAndRestart();
  }
  await at.settle();
  expect(here(at)).toMatchObject([{ id: person.here, fields: news }]);
  expect(await at.troubles()).toEqual([]);
});

test("TA20 a Smart Flow that tells of a contact brings it into step within seconds", async () => {
  const at = await open();
  const person = await ana(at);
  at.partner.emulator.control.contacts.edit(person.here, { city: "Turku" });
  expect(await at.partner.tell({ module: "contact", id: person.here })).toBe(200);
  await at.advance(10_000);
  expect(there(at)).toMatchObject([{ fields: { city: "Turku" } }]);
  at.partner.emulator.children.create("notes", person.here, { body: "Met at the fair." });
  expect(await at.partner.tell({ module: "note", contactId: Number(person.here) })).toBe(200);
  await at.advance(10_000);
  expect(at.highlevel.children.list("notes", person.there)).toHaveLength(1);
  at.partner.emulator.children.create("tasks", person.here, { title: "Ring", dueAt: "2026-04-01T09:30:00.000Z" });
  expect(await at.partner.tell({ module: "task", id: 1, contactId: person.here })).toBe(200);
  await at.advance(10_000);
  expect(at.highlevel.children.list("tasks", person.there)).toMatchObject([{ fields: { title: "Ring" } }]);
});

test("TA21 a task of HighLevel is in Salesmate's list with its status and due date, and follows its changes", async () => {
  const at = await open();
  const person = await ana(at);
  const task = { title: "Call back", body: "About the offer.", dueAt: "2026-04-01T09:30:00.000Z" };
  const { id } = at.highlevel.children.create("tasks", person.there, task);
  await at.settle();
  const tasks = () => at.partner.emulator.children.list("tasks", person.here).map(({ fields }) => fields);
  expect(tasks()).toMatchObject([{ title: "Call back", dueAt: task.dueAt, isCompleted: "false" }]);
  at.highlevel.children.edit("tasks", id, { dueAt: "2026-04-02T16:00:00.000Z", isCompleted: "true" });
  // HighLevel tells of no edit of a task: it is found by a listing.
  await at.advance(1_800_000);
  expect(tasks()).toMatchObject([{ dueAt: "2026-04-02T16:00:00.000Z", isCompleted: "true" }]);
  at.highlevel.children.remove("tasks", id);
  await at.advance(1_800_000);
  expect(tasks()).toEqual([]);
  expect(await at.troubles()).toEqual([]);
});

test("TA21 a task that is made, done and deleted in Salesmate is so in HighLevel", async () => {
  const at = await open();
  const person = await ana(at);
  const { id } = at.partner.emulator.children.create("tasks", person.here, {
    title: "Send the offer",
    dueAt: "2026-04-01T09:30:00.000Z",
  });
  await at.settle();
  const tasks = () => at.highlevel.children.list("tasks", person.there).map(({ fields }) => fields);
  expect(tasks()).toMatchObject([{ title: "Send the offer", dueAt: "2026-04-01T09:30:00.000Z", isCompleted: "false" }]);
  at.partner.emulator.children.edit("tasks", id, { isCompleted: "true" });
  await at.settle();
  expect(tasks()).toMatchObject([{ isCompleted: "true" }]);
  at.partner.emulator.children.remove("tasks", id);
  await at.advance(1_800_000);
  expect(tasks()).toEqual([]);
  expect(await at.troubles()).toEqual([]);
});

test("TA22 a note that is added, changed or deleted in HighLevel is so in Salesmate, once", async () => {
  const at = await open();
  const person = await ana(at);
  const { id } = at.highlevel.children.create("notes", person.there, { body: "Wants blue tiles.\nCalls on Monday." });
  await at.settle();
  const notes = () => at.partner.emulator.children.list("notes", person.here).map(({ fields }) => fields.body);
  expect(notes()).toEqual(["Wants blue tiles.\nCalls on Monday."]);
  at.highlevel.children.edit("notes", id, { body: "Wants green tiles." });
  await at.settle();
  expect(notes()).toEqual(["Wants green tiles."]);
  at.highlevel.children.remove("notes", id);
  await at.settle();
  expect(notes()).toEqual([]);
  expect(await at.troubles()).toEqual([]);
});

test("TA22 a note that is written in Salesmate is one in HighLevel", async () => {
  const at = await open();
  const person = await ana(at);
  at.partner.emulator.children.create("notes", person.here, { body: "Met at the fair." });
  await at.advance(1_800_000);
  expect(at.highlevel.children.list("notes", person.there)).toMatchObject([
    { fields: { body: expect.stringContaining("Met at the fair.") } },
  ]);
  expect(await at.troubles()).toEqual([]);
});
