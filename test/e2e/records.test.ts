import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { anEnding } from "./processes.ts";
import { applyWorkspace, type Rig, startUnconfigured, workspaceText } from "./rig.ts";
import { until } from "./until.ts";

const ending = anEnding();
let rig: Rig;

/** The sync of what stands alone beside the contacts. */
const FIRMS = `
  - id: firms
    name: Companies
    left: highlevel
    right: salesmate
    resource: business
    deletes: { onLeftGone: delete, onRightGone: delete, holdMs: 200 }
    start: { isReviewed: true }
    pollMs: { left: 3600000, right: 500 }
    sweepMs: 2000
`;

const MET = { name: "Met Before", city: "Porto" };

beforeAll(async () => {
  rig = await startUnconfigured(ending, "4,4");
  await make("highlevel", "businesses", MET);
  await make("salesmate", "businesses", { name: "MET BEFORE", website: "https://met.example" });
  await applyWorkspace(ending, rig, workspaceText(rig.emulators) + FIRMS);
});
afterAll(ending.all);

type Product = "highlevel" | "salesmate";
const PRODUCTS = ["highlevel", "salesmate"] as const;
type Kind = "businesses";
const Record = z.object({ id: z.string(), fields: z.record(z.string(), z.string()) });
type Record = z.infer<typeof Record>;

async function desk(product: Product, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${rig.emulators[product].url}/_control/records${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

async function make(product: Product, kind: Kind, fields: Record["fields"]): Promise<Record> {
  return Record.parse(await desk(product, "POST", `/${kind}`, fields));
}

async function allOf(product: Product, kind: Kind): Promise<readonly Record[]> {
  return z.object({ [kind]: z.array(Record) }).parse(await desk(product, "GET", `/${kind}`))[kind] ?? [];
}

/** The one record of this name, once it shows these fields. */
function arrives(product: Product, kind: Kind, fields: Record["fields"]): Promise<Record> {
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
  await desk(from, "DELETE", `/businesses/${own.id}`);
  await until(`the business is gone in ${to}`, async () =>
    (await allOf(to, "businesses")).every(({ id }) => id !== there.id),
  );
});
