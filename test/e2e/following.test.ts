import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anEnding, type HubProcess } from "./processes.ts";
import type { Product, Shown } from "./product.ts";
import { isQuiet, overviewOf, type Rig, startRig, sweepAll, untilInStep } from "./rig.ts";
import { until } from "./until.ts";

const ending = anEnding();
let rig: Rig;
beforeAll(async () => {
  rig = await startRig(ending, "40,36");
  await untilInStep(rig.hub());
});
afterAll(ending.all);

const SIDES = ["highlevel", "salesmate"] as const;
type SideName = (typeof SIDES)[number];
const ACROSS = { highlevel: "salesmate", salesmate: "highlevel" } as const;

let made = 0;
/** A phone that nobody has; HighLevel takes each only once. */
function aPhone(): string {
  made += 1;
  return `+1415555${String(100 + made).padStart(4, "0")}`;
}

/** A person whom neither side knows yet. */
function aPerson(fields: Shown["fields"] = {}): Shown["fields"] & { readonly email: string } {
  made += 1;
  return { firstName: "Ines", lastName: `Duarte ${made}`, email: `ines.duarte.${made}@harbour.example`, ...fields };
}

/** The contact with this e-mail, once it is there and shows all these fields. */
function arrival(product: Product, email: string, fields: Shown["fields"] = {}): Promise<Shown> {
  return until(`${email} showing ${JSON.stringify(fields)}`, async () => {
    const [found] = await product.find(email);
    return found !== undefined && shows(found, fields) && found;
  });
}

/** Tags are a set, and HighLevel lower-cases them. */
function shows(contact: Shown, fields: Shown["fields"]): boolean {
  return Object.entries(fields).every(([name, value]) => plain(contact.fields[name] ?? "") === plain(value));
}

function plain(value: string | readonly string[]): string {
  return typeof value === "string"
    ? value
    : [...value]
        .map((tag) => tag.toLowerCase())
        .sort()
        .join();
}

/** The same person on both sides, linked, with nothing under way. */
async function aLinkedPair(from: SideName, fields: Shown["fields"] = {}) {
  const person = aPerson(fields);
  const own = await rig[from].create(person);
  const other = await arrival(rig[ACROSS[from]], person.email, fields);
  await quiet(rig.hub());
  return { ...person, own, other };
}

const quiet = (hub: HubProcess) => until("quiet", async () => isQuiet(await overviewOf(hub)));

/** Counts the writes at both products that this brings about, a full second reading included. */
async function writesDuring(act: () => Promise<unknown>): Promise<Readonly<Record<SideName, number>>> {
  const before = { highlevel: await rig.highlevel.writes(), salesmate: await rig.salesmate.writes() };
  await act();
  await quiet(rig.hub());
  await sweepAll(rig.hub());
  return {
    highlevel: (await rig.highlevel.writes()) - before.highlevel,
    salesmate: (await rig.salesmate.writes()) - before.salesmate,
  };
}

test("G2 after the first sync a second full pass writes nothing at either product", async () => {
  expect(await writesDuring(async () => {})).toEqual({ highlevel: 0, salesmate: 0 });
  expect(await rig.highlevel.writes()).toBeGreaterThan(0);
  expect(await rig.salesmate.writes()).toBeGreaterThan(0);
});

describe.each(SIDES)("a person working in %s", (from) => {
  const to = ACROSS[from];
  const own = () => rig[from];
  const other = () => rig[to];

  test("G3 creates a contact: it appears on the other side once", async () => {
    const person = aPerson({ phone: aPhone(), city: "Cork" });
    const writes = await writesDuring(async () => {
      await own().create(person);
      await arrival(other(), person.email, person);
    });
    expect(writes).toEqual({ highlevel: 0, salesmate: 0, [to]: 1 });
    expect(await other().find(person.email)).toHaveLength(1);
    expect(await own().find(person.email)).toHaveLength(1);
  });

  test("G4 edits several fields at once: they arrive in one write, and nothing comes back", async () => {
    const pair = await aLinkedPair(from, { city: "Lyon" });
    const change = { city: "Zürich", firstName: "Inês", phone: aPhone() };
    const writes = await writesDuring(async () => {
      await own().edit(pair.own.id, change);
      await arrival(other(), pair.email, change);
    });
    expect(writes).toEqual({ highlevel: 0, salesmate: 0, [to]: 1 });
    const [unchanged] = await own().find(pair.email);
    expect(unchanged?.fields).toMatchObject(change);
  });

  test("G5 clears a field: it becomes empty on the other side too", async () => {
    const pair = await aLinkedPair(from, { city: "Lyon", postalCode: "69001" });
    await own().edit(pair.own.id, { city: "" });
    await arrival(other(), pair.email, { city: "", postalCode: "69001" });
  });

  test("G6 adds a tag and takes one away: both happen, and the others stay", async () => {
    const pair = await aLinkedPair(from, { tags: ["blue", "green"] });
    await own().edit(pair.own.id, { tags: ["blue", "red"] });
    await arrival(other(), pair.email, { tags: ["blue", "red"] });
  });

  test("G7 deletes a contact: the other side's goes as well, and does not come back", async () => {
    const pair = await aLinkedPair(from);
    await own().remove(pair.own.id);
    if (from === "salesmate") await sweepAll(rig.hub());
    await until("both gone", async () => (await other().find(pair.email)).length === 0);
    const writes = await writesDuring(async () => {});
    expect(writes).toEqual({ highlevel: 0, salesmate: 0 });
    expect(await own().find(pair.email)).toEqual([]);
  });
});

test("G8 both sides edited at once: different fields are both kept, and both sides agree on the same one", async () => {
  const pair = await aLinkedPair("highlevel", { city: "Lyon", postalCode: "69001" });
  await Promise.all([
    rig.highlevel.edit(pair.own.id, { city: "Bern", addressLine1: "1 Left Street" }),
    rig.salesmate.edit(pair.other.id, { postalCode: "3011", addressLine1: "2 Right Street" }),
  ]);
  const agreed = { city: "Bern", postalCode: "3011", addressLine1: "1 Left Street" };
  await arrival(rig.highlevel, pair.email, agreed);
  await arrival(rig.salesmate, pair.email, agreed);
});
