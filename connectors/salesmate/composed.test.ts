import { afterEach, expect, test } from "vitest";
import { actionOf, anyConnector, createMemoryBook, type Session } from "../../kit/index.ts";
import type { SalesmateOptions } from "../../sandbox/salesmate/index.ts";
import { salesmateWorld } from "../../test/salesmateWorld.ts";
import { type Bag, openCatalogue } from "../catalogueConformance.ts";
import { salesmate } from "./index.ts";
import { operations } from "./operations/index.ts";
import { Settings } from "./settings.ts";

/** Operations of the catalogue that ask more than once, or put what they are given into Salesmate's words. */

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

async function open(quirks: SalesmateOptions["quirks"] = {}, settings: Bag = {}) {
  const { world, end } = await openCatalogue(anyConnector(salesmate), await salesmateWorld({ quirks }, settings));
  close = end;
  const asked = () => world.emulator.control.calls.list().calls.map(({ method }) => method);
  return { ...world, asked };
}

const person = { lastName: "Lund", firstName: "Mia", email: "Mia@example.com", tags: ["VIP", "Fair"] };

test.each(["Owner-object", "owner-object", "owner-number"] as const)(
  "SM90 a change leaves owner and surname as they were, the owner shown as %s",
  async (ownerAs) => {
    const { emulator, run, asked } = await open({ ownerAs });
    const { id } = emulator.control.contacts.create({ lastName: "Silva" });
    await run("contact.update", { contactId: id, firstName: "Ana" });
    expect(asked()).toEqual(["GET", "PUT"]);
    const kept = { owner: 1, values: { firstName: "Ana", lastName: "Silva" } };
    expect(emulator.control.state(id)).toMatchObject(kept);
  },
);

test("SM90 a change that is given all that is demanded asks once", async () => {
  const { emulator, run, asked } = await open();
  const { id } = emulator.control.contacts.create({ lastName: "Silva" });
  await run("contact.update", { contactId: id, lastName: "Sousa", owner: "2" });
  expect(asked()).toEqual(["PUT"]);
  expect(emulator.control.state(id)).toMatchObject({ owner: 2, values: { lastName: "Sousa" } });
});

test("SM91 create-or-change finds an e-mail whatever its case, and makes nobody twice", async () => {
  const { emulator, run } = await open();
  const first = await run("contact.upsert", person);
  const again = await run("contact.upsert", { lastName: "Lund-Berg", email: "MIA@EXAMPLE.COM" });
  expect([first.action, again]).toEqual(["created", { id: first.id, action: "changed" }]);
  const { contacts } = emulator.control.contacts.list("");
  expect(contacts).toMatchObject([{ fields: { firstName: "Mia", lastName: "Lund-Berg" } }]);
});

test("SM91 a look-up that shows only others is not believed, and nobody is made", async () => {
  const asked: string[] = [];
  const body = { Status: "success", Data: { data: [{ id: 5, email: "else@example.com" }], totalRows: 1 } };
  const http = {
    request: async ({ path }: { readonly path: string }) => {
      asked.push(path);
      return { status: 200, headers: {}, body };
    },
  };
  const session: Session<Settings> = {
    ...{ http, now: () => 0, remember: (_key, _forMs, load) => load(), forget: () => {} },
    settings: Settings.parse({ linkname: "acme", ownerId: 1 }),
    book: createMemoryBook(
      () => 0,
      () => 0,
    ),
  };
  const upsert = actionOf(operations, "contact.upsert");
  await expect(upsert?.run(session, person)).rejects.toMatchObject({ kind: "unavailable" });
  expect(asked).toEqual(["/contact/v4/search"]);
});

test.each([
  ["contact.addTags", ["vip", "FAIR"]],
  ["contact.removeTags", ["Porto"]],
])("SM92 %s of %j sends nothing, as nothing would change", async (id, tags) => {
  const { run, asked } = await open();
  const { id: contactId } = await run("contact.create", person);
  await run(id, { contactId, tags });
  expect(asked()).toEqual(["POST", "GET"]);
});

test("SM92 a tag with a comma would be two, and is refused", async () => {
  const { run } = await open();
  await expect(run("contact.addTags", { contactId: "1001", tags: ["a,b"] })).rejects.toMatchObject({
    kind: "rejected",
  });
});

async function three(run: (id: string, input: Bag) => Promise<Bag>): Promise<void> {
  for (const [name, city] of [
    ["Adam", "Porto"],
    ["Bea", "Faro"],
    ["Cara", "Porto"],
  ] as const) {
    await run("contact.create", { lastName: name, billingCity: city });
  }
}

test.each([
  [{}, ["Adam", "Bea", "Cara"]],
  [{ equals: { billingCity: "porto", lastName: "Cara" } }, ["Cara"]],
  [{ equals: { billingCity: "Faro", lastName: "Cara" }, isAny: true }, ["Bea", "Cara"]],
  [{ isAny: true }, ["Adam", "Bea", "Cara"]],
  [{ equals: { "owner.id": 2 }, sortBy: "lastName", isDescending: true, rows: 2 }, ["Cara", "Bea"]],
  [{ rows: 2, from: 2 }, ["Cara"]],
  [{ filter: { group: { operator: "AND", rules: [] } }, equals: { lastName: "Adam" } }, ["Adam", "Bea", "Cara"]],
] as const)("SM93 a search for %j", async (input, names) => {
  const { run } = await open();
  await three(run);
  const { contacts } = await run("contact.search", { fields: ["lastName"], ...input });
  expect(contacts).toEqual(names.map((lastName) => ({ id: expect.any(Number), lastName })));
});

test("SM93 a search by time is written in the account's time zone", async () => {
  const { run, clock } = await open({ timeZone: "Asia/Tokyo" });
  await three(run);
  await clock.advance(3_600_000);
  const since = new Date(clock.now()).toISOString();
  await run("contact.create", { lastName: "Dora" });
  await run("contact.update", { contactId: "1001", firstName: "Ada" });
  const names = async (input: Bag) => {
    const { contacts } = await run("contact.search", { fields: ["lastName"], ...input });
    return (contacts as readonly Bag[]).map(({ lastName }) => lastName);
  };
  expect(await names({ createdAfter: since })).toEqual(["Dora"]);
  expect(await names({ changedAfter: since, isAny: true, equals: { lastName: "Adam" } })).toEqual(["Adam"]);
});

/** What somebody does in Salesmate, what is asked afterwards, and what must come of it. */
const TOLD: readonly (readonly [trigger: string, doing: Does, asked: Bag, seen: object])[] = [
  ["contact.created", ({ desk }) => desk.contacts.create({ lastName: "New" }), {}, { lastName: "New" }],
  ["contact.changed", ({ desk, ana }) => desk.contacts.edit(ana, { city: "Faro" }), {}, { lastName: "Silva" }],
  ["contact.spokenWith", ({ call }) => call(), { equals: { isCompleted: true } }, { type: "Call", isCompleted: true }],
  ["company.changed", ({ desks }) => desks.businesses?.create({ name: "Tiles" }), {}, { name: "Tiles" }],
  [
    "deal.won",
    ({ desks, ana }) => desks.opportunities?.create({ name: "Roof", contactId: ana, status: "Won" }),
    { equals: { status: "Won" } },
    { title: "Roof", status: "Won" },
  ],
  ["task.created", ({ children, ana }) => children.create("tasks", ana, { title: "Ring" }), {}, { title: "Ring" }],
];

type Does = (at: {
  readonly desk: Awaited<ReturnType<typeof open>>["emulator"]["control"];
  readonly desks: Awaited<ReturnType<typeof open>>["emulator"]["desks"];
  readonly children: Awaited<ReturnType<typeof open>>["emulator"]["children"];
  readonly ana: string;
  readonly call: () => Promise<unknown>;
}) => unknown;

test.each(TOLD)("SM94 what %s tells of is found by its operation", async (id, doing, asked, seen) => {
  const { emulator, clock, run } = await open();
  const trigger = salesmate.operations?.find((entry) => entry.id === id);
  if (trigger?.kind !== "trigger" || trigger.firedBy.kind !== "poll") throw new Error(`${id} is no trigger by poll`);
  const { id: ana } = emulator.control.contacts.create({ lastName: "Silva" });
  await clock.advance(600_000);
  const changedAfter = new Date(clock.now()).toISOString();
  const call = () => run("activity.create", { title: "Ring", type: "Call", primaryContact: ana, isCompleted: true });
  const { operation } = trigger.firedBy;
  const found = async () => Object.values(await run(operation, { ...asked, changedAfter }))[0];
  expect(await found()).toEqual([]);
  await doing({ desk: emulator.control, desks: emulator.desks, children: emulator.children, ana, call });
  expect(await found()).toMatchObject([seen]);
});

test.each(["epoch", "iso"] as const)("SM95 a due date is sent as %s", async (dueDateAs) => {
  const { emulator, run } = await open({ dueDateTakes: dueDateAs }, { dueDateAs });
  const { id: contact } = emulator.control.contacts.create({ lastName: "Silva" });
  const task = { primaryContact: contact, title: "Ring", dueDate: "2026-04-01T11:30:00+02:00" };
  const { id } = await run("task.create", task);
  expect(emulator.control.state(String(id))).toMatchObject({ dueDate: Date.UTC(2026, 3, 1, 9, 30) });
});
