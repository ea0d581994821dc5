import { afterEach, expect, test } from "vitest";
import { createTrustmaryEmulator, type TrustmaryEmulator } from "../sandbox/trustmary/index.ts";
import { aPair, type PairedPartner, type PairOptions, type PairWorld } from "./pairWorld.ts";

/** HighLevel and Trustmary in step, from one emulator through the hub to the other. */

type Trustmary = PairedPartner & { readonly emulator: TrustmaryEmulator };
type World = PairWorld<Trustmary>;

const SECRET = "a-secret-of-twenty-four-letters";

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(options: Partial<PairOptions<Trustmary>> = {}): Promise<World> {
  world = await aPair<Trustmary>({
    children: ["note", "task"],
    makePartner: ({ clock, random, deliver }) => {
      const emulator = createTrustmaryEmulator({
        ...{ now: clock.now, after: clock.after, random, deliver, limits: { off: true } },
        webhookUrls: [`https://kith.example/hooks/trustmary/trustmary/${SECRET}`],
      });
      return {
        ...{ id: "trustmary", emulator, ask: emulator.ask, close: emulator.close, paths: { api: "/v1" } },
        settings: { webhookSecret: SECRET, requestsPerMinute: 1_000, customFields: ["field_plan"] },
        credential: { kind: "token", token: emulator.signIn().apiKey },
      };
    },
    ...options,
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
  });
  await at.settle();
  return { there: contact.id, here: here(at)[0]?.id ?? "" };
}

function texts(
  found: readonly { readonly fields: Readonly<Record<string, unknown>> }[],
  key: string,
): readonly string[] {
  return found.map(({ fields }) =>
    String(fields[key])
      .replaceAll(/<[^>]*>/g, " ")
      .trim(),
  );
}

test("TA01 a contact made or changed in Trustmary is made and changed in HighLevel", async () => {
  const at = await open();
  const { id } = at.partner.emulator.control.contacts.create({ email: "bo@example.com", name: "Bo van der Berg" });
  await at.settle();
  expect(there(at)).toMatchObject([{ fields: { email: "bo@example.com", firstName: "Bo", lastName: "van der Berg" } }]);
  at.partner.emulator.control.contacts.edit(id, { phone: "+358501112233", name: "Bo Berg" });
  await at.settle();
  expect(there(at)).toMatchObject([{ fields: { phone: "+358501112233", firstName: "Bo", lastName: "Berg" } }]);
  expect(await at.troubles()).toEqual([]);
});

test("TA01 an e-mail that is changed on either side moves one person, and makes nobody", async () => {
  const at = await open();
  const person = await ana(at);
  at.highlevel.control.contacts.edit(person.there, { email: "ana@work.example" });
  await at.settle();
  expect(texts(here(at), "email")).toEqual(["ana@work.example"]);
  const [moved] = here(at);
  at.partner.emulator.control.contacts.edit(moved?.id ?? "", { email: "ana@home.example" });
  await at.settle();
  await at.settle();
  expect([texts(here(at), "email"), texts(there(at), "email")]).toEqual([["ana@home.example"], ["ana@home.example"]]);
  expect((await at.links("contact")).filter(({ state }) => state === "linked")).toHaveLength(1);
});

test("TA01 an e-mail is moved once, however often the hub is killed meanwhile", async () => {
  const at = await open();
  const person = await ana(at);
  const before = at.partner.emulator.control.contacts.list("").contacts[0]?.fields.email;
  at.highlevel.control.contacts.edit(person.there, { email: "ana@work.example" });
  for (let step = 0; step < 60; step += 1) {
    await at.advance(1 + step);
    await at.killAndRestart();
  }
  await at.settle();
  expect([before, texts(here(at), "email")]).toEqual(["ana@example.com", ["ana@work.example"]]);
});

test("TA02 a low answer in Trustmary makes one task in HighLevel, and its being done is known to the hub", async () => {
  const at = await open();
  const person = await ana(at);
  at.partner.emulator.answer({ contactId: person.here, values: { nps: 2, feedback: "Nobody rang" } });
  await at.settle();
  const tasks = at.highlevel.children.list("tasks", person.there);
  expect(texts(tasks, "title")).toEqual(["Follow up: 2 of 10 in After the sale"]);
  at.highlevel.children.edit("tasks", tasks[0]?.id ?? "", { isCompleted: "true" });
  await at.advance(1_800_000);
  const book = { workspaceId: "acme", connectionId: "trustmary" };
  expect((await at.store.books.page(book, "task", {})).records).toMatchObject([{ fields: { isCompleted: true } }]);
  expect(at.highlevel.children.list("tasks", person.there)).toHaveLength(1);
});

test("TA02 whoever unsubscribes in Trustmary is not written to from HighLevel either", async () => {
  const at = await open();
  const person = await ana(at);
  at.partner.emulator.control.contacts.edit(person.here, { status: "unsubscribed" });
  await at.settle();
  expect(JSON.stringify(at.highlevel.control.state(person.there))).toMatch(/"Email":\{[^}]*"status":"active"/);
  at.partner.emulator.control.contacts.edit(person.here, { status: "active" });
  await at.settle();
  expect(JSON.stringify(at.highlevel.control.state(person.there))).toMatch(/"Email":\{[^}]*"status":"active"/);
});

test("TA03 an answer in Trustmary is a note in HighLevel within seconds, once, though it is told of twice", async () => {
  const at = await open();
  const person = await ana(at);
  at.partner.emulator.control.quirks.set({ tellsPartly: true });
  at.partner.emulator.answer({ contactId: person.here, values: { nps: 9, feedback: "Quick" } });
  await at.advance(10_000);
  expect(texts(at.highlevel.children.list("notes", person.there), "body")).toEqual([
    expect.stringContaining("Score: 9 of 10"),
  ]);
  await at.settle();
  expect(texts(at.highlevel.children.list("notes", person.there), "body")).toEqual([expect.stringContaining("Quick")]);
});

test("TA03 a note that is written in HighLevel is kept by the hub beside the contact, and changed from either side", async () => {
  const at = await open();
  const person = await ana(at);
  at.highlevel.children.create("notes", person.there, { body: "Called back." });
  await at.settle();
  const book = { workspaceId: "acme", connectionId: "trustmary" };
  expect((await at.store.books.page(book, "note", {})).records).toMatchObject([
    { origin: "hub", parentId: "ana@example.com", fields: { body: expect.stringContaining("Called back.") } },
  ]);
});

test("TA04 what changes in HighLevel enriches the profile in Trustmary", async () => {
  const at = await open({
    mapping: { contact: [{ left: "city", right: "custom.plan", direction: "toRight" }] },
  });
  const person = await ana(at);
  at.highlevel.control.contacts.edit(person.there, { companyName: "Harbour", phone: "+358501112233", city: "Turku" });
  await at.settle();
  expect(here(at)).toMatchObject([
    { fields: { name: "Ana Ruiz", companyName: "Harbour", phone: "+358501112233", field_plan: "Turku" } },
  ]);
  at.highlevel.control.contacts.remove(person.there);
  await at.settle();
  expect(here(at)).toEqual([]);
});
