import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { anEnding } from "./processes.ts";
import { api, applyWorkspace, isQuiet, overviewOf, type Rig, startUnconfigured, workspaceText } from "./rig.ts";
import { until } from "./until.ts";

/** Each waits for several things one after the other, of which `until` tells what did not come. */
vi.setConfig({ testTimeout: 90_000 });

const ending = anEnding();
let rig: Rig;

/** Syncs of what is kept beside the contacts, and of what may come of them. */
const SYNCS = `
  - id: firms
    name: Companies
    left: highlevel
    right: salesmate
    resource: business
    deletes: { onLeftGone: delete, onRightGone: delete, holdMs: 200 }
    start: { isReviewed: true }
    pollMs: { left: 3600000, right: 500 }
    sweepMs: 2000
  - id: sales
    name: Sales
    left: highlevel
    right: salesmate
    resource: opportunity
    parent: contacts
    deletes: { onLeftGone: delete, onRightGone: delete, holdMs: 200 }
    pollMs: { left: 3600000, right: 500 }
    sweepMs: 2000
  - id: tags
    name: Tags
    left: highlevel
    right: salesmate
    resource: tag
    deletes: { holdMs: 200 }
    start: { isReviewed: true }
    pollMs: { left: 2000, right: 1000 }
    sweepMs: 2000
`;

const MET = { name: "Met Before", city: "Porto" };

beforeAll(async () => {
  rig = await startUnconfigured(ending, "4,4");
  await make("highlevel", "businesses", MET);
  await make("salesmate", "businesses", { name: "MET BEFORE", website: "https://met.example" });
  await applyWorkspace(ending, rig, workspaceText(rig.emulators) + SYNCS);
});
afterAll(ending.all);

type Product = "highlevel" | "salesmate";
const PRODUCTS = ["highlevel", "salesmate"] as const;
type Kind = "businesses" | "opportunities" | "tags";
const Kept = z.object({ id: z.string(), fields: z.record(z.string(), z.string()) });
type Kept = z.infer<typeof Kept>;

async function desk(product: Product, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${rig.emulators[product].url}/_control/records${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

async function make(product: Product, kind: Kind, fields: Kept["fields"]): Promise<Kept> {
  return Kept.parse(await desk(product, "POST", `/${kind}`, fields));
}

async function allOf(product: Product, kind: Kind): Promise<readonly Kept[]> {
  return z.object({ [kind]: z.array(Kept) }).parse(await desk(product, "GET", `/${kind}`))[kind] ?? [];
}

/** Nothing is under way: a record that is deleted while an edit is may be kept on the other side for that. */
async function atRest(): Promise<void> {
  await until("nothing is under way", async () => isQuiet(await overviewOf(rig.hub())));
}

/** The one record of this name, once it shows these fields. */
function arrives(product: Product, kind: Kind, fields: Kept["fields"]): Promise<Kept> {
  return until(`one of the ${kind} in ${product} showing ${JSON.stringify(fields)}`, async () => {
    const named = (await allOf(product, kind)).filter((one) => one.fields.name === fields.name);
    if (named.length > 1) throw new Error(`${named.length} of the ${kind} in ${product} are called ${fields.name}`);
    return named.find((one) => Object.entries(fields).every(([key, value]) => one.fields[key] === value));
  });
}

test("G50 businesses of one name on both sides are one, and give each other what one lacks", async () => {
  const website = "https://met.example";
  expect(await arrives("highlevel", "businesses", { ...MET, website })).toBeDefined();
  await until("it shows the city in Salesmate", async () =>
    (await allOf("salesmate", "businesses")).some(({ fields }) => fields.city === "Porto"),
  );
  for (const product of PRODUCTS) {
    const met = (await allOf(product, "businesses")).filter(({ fields }) => /met before/i.test(fields.name ?? ""));
    expect(met).toHaveLength(1);
  }
});

test.each([
  ["highlevel", "salesmate"],
  ["salesmate", "highlevel"],
] as const)("G50 a business made, edited and deleted in %s follows in %s", async (from, to) => {
  const name = `Harbour Tiles of ${from}`;
  const own = await make(from, "businesses", { name, city: "Porto", phone: "+12015550150" });
  const there = await arrives(to, "businesses", { name, city: "Porto" });
  await desk(from, "PATCH", `/businesses/${own.id}`, { description: "Tiles." });
  await arrives(to, "businesses", { name, description: "Tiles." });
  await desk(to, "PATCH", `/businesses/${there.id}`, { city: "Lisboa" });
  await arrives(from, "businesses", { name, city: "Lisboa" });
  await atRest();
  await desk(from, "DELETE", `/businesses/${own.id}`);
  await until(`the business is gone in ${to}`, async () =>
    (await allOf(to, "businesses")).every(({ id }) => id !== there.id),
  );
});

/** Somebody whom neither side knew, linked. @returns the contact's id on either side. */
async function aPerson(name: string): Promise<Readonly<Record<Product, string>>> {
  const email = `${name.toLowerCase()}@harbour.example`;
  const { id } = await rig.highlevel.create({ firstName: name, lastName: "Duarte", email });
  const there = await until(`${email} in Salesmate`, async () => (await rig.salesmate.find(email))[0]);
  return { highlevel: id, salesmate: there.id };
}

test.each([
  ["highlevel", "salesmate"],
  ["salesmate", "highlevel"],
] as const)(
  "G51 an opportunity made, moved, won and deleted in %s follows in %s, under its contact",
  async (from, to) => {
    const person = await aPerson(`Sale${from}`);
    const name = `Kitchen of ${from}`;
    const begins = { name, pipeline: "Sales", stage: "Talked", value: "12500" };
    const own = await make(from, "opportunities", { ...begins, contactId: person[from] });
    const there = await arrives(to, "opportunities", { ...begins, contactId: person[to] });
    await desk(from, "PATCH", `/opportunities/${own.id}`, { stage: "Offer sent" });
    await arrives(to, "opportunities", { name, stage: "Offer sent" });
    const won = { highlevel: "won", salesmate: "Won" } as const;
    await desk(to, "PATCH", `/opportunities/${there.id}`, { status: won[to], value: "13000" });
    await arrives(from, "opportunities", { name, status: won[from], value: "13000" });
    await atRest();
    await desk(from, "DELETE", `/opportunities/${own.id}`);
    await until(`the opportunity is gone in ${to}`, async () =>
      (await allOf(to, "opportunities")).every(({ id }) => id !== there.id),
    );
  },
);

test("G52 a pipeline that the other side does not have is told as a finding, and everything else is kept in step", async () => {
  const person = await aPerson("Partner");
  const begins = { name: "Depot", pipeline: "Partners", stage: "Met", value: "700" };
  const deal = await make("salesmate", "opportunities", { ...begins, contactId: person.salesmate });
  const there = { name: "Depot", pipeline: "Sales", stage: "New enquiry", contactId: person.highlevel };
  await arrives("highlevel", "opportunities", { ...there, value: "700" });
  await desk("salesmate", "PATCH", `/opportunities/${deal.id}`, { value: "900" });
  await arrives("highlevel", "opportunities", { ...there, value: "900" });
  await arrives("salesmate", "opportunities", { ...begins, value: "900" });
  const links = z.object({ links: z.array(z.object({ title: z.string(), findings: z.int() })) });
  const found = await until("the finding", async () => {
    const answer = await api(rig.hub(), "GET", "/api/workspaces/e2e/links?sync=sales&attention=true");
    return links.parse(answer).links.find(({ title }) => title === "Depot");
  });
  expect(found.findings).toBe(2);
});

test("G53 a tag of Salesmate is made in HighLevel, and one of HighLevel alone stays there", async () => {
  await make("highlevel", "tags", { name: "inner circle" });
  const firm = await make("salesmate", "businesses", { name: "Tagged Tiles", tags: "Long-Standing" });
  await arrives("highlevel", "tags", { name: "long-standing" });
  await desk("salesmate", "PATCH", `/businesses/${firm.id}`, { tags: "Newer" });
  await arrives("highlevel", "tags", { name: "newer" });
  const links = z.object({ links: z.array(z.object({ title: z.string(), state: z.string() })) });
  const stateOf = async (title: string): Promise<string | undefined> => {
    const answer = await api(rig.hub(), "GET", "/api/workspaces/e2e/links?sync=tags&limit=100");
    return links.parse(answer).links.find((link) => link.title.toLowerCase() === title)?.state;
  };
  await until(
    "the tag that ended in Salesmate is no longer linked",
    async () => (await stateOf("long-standing")) === "unlinked",
  );
  await until("the tag of HighLevel alone is met", async () => (await stateOf("inner circle")) === "half");
  expect((await allOf("salesmate", "tags")).map(({ fields }) => fields.name)).not.toContain("inner circle");
  expect((await allOf("highlevel", "tags")).map(({ fields }) => fields.name)).toContain("long-standing");
});
