import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { VerifyView } from "../../model/api/views.ts";
import { anEnding } from "./processes.ts";
import { api, applyWorkspace, isQuiet, overviewOf, type Rig, startUnconfigured, workspaceText } from "./rig.ts";
import { until } from "./until.ts";

const ending = anEnding();
let rig: Rig;

const KINDS = ["note", "task", "appointment"] as const;
type Kind = (typeof KINDS)[number];

/** The syncs of everything that belongs to a contact, beside that of the contacts. */
const CHILD_SYNCS = KINDS.map(
  (kind) => `
  - id: ${kind}s
    name: ${kind}s
    left: highlevel
    right: salesmate
    resource: ${kind}
    parent: contacts
    deletes: { onLeftGone: delete, onRightGone: delete, holdMs: 200 }
    pollMs: { left: 3600000, right: 500 }
    sweepMs: 5000
`,
).join("");

beforeAll(async () => {
  rig = await startUnconfigured(ending, "4,4");
  const text = workspaceText(rig.emulators).replace("settings:\n", `settings:\n      calendarId: ${CALENDAR}\n`);
  await applyWorkspace(ending, rig, text + CHILD_SYNCS);
});
afterAll(ending.all);

const CALENDAR = "cal00000000000000001";

const Child = z.object({ id: z.string(), contactId: z.string(), fields: z.record(z.string(), z.string()) });
type Child = z.infer<typeof Child>;
type Product = "highlevel" | "salesmate";

async function desk(product: Product, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${rig.emulators[product].url}/_control${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

async function childrenOf(product: Product, kind: Kind, contactId: string): Promise<readonly Child[]> {
  const found = await desk(product, "GET", `/contacts/${contactId}/${kind}s`);
  return z.object({ [`${kind}s`]: z.array(Child) }).parse(found)[`${kind}s`] ?? [];
}

/** Somebody whom neither side knew, linked. @returns the contact's id on either side. */
async function aPerson(name: string): Promise<Readonly<Record<Product, string>>> {
  const email = `${name}@harbour.example`;
  const { id } = await rig.highlevel.create({ firstName: name, lastName: "Duarte", email });
  const there = await until(`${email} in Salesmate`, async () => (await rig.salesmate.find(email))[0]);
  return { highlevel: id, salesmate: there.id };
}

const WHAT: Readonly<Record<Kind, { readonly made: Child["fields"]; readonly edited: Child["fields"] }>> = {
  note: { made: { body: "Called back." }, edited: { body: "Called back twice." } },
  task: {
    made: { title: "Call", body: "About the roof.", dueAt: "2031-03-04T09:30:00.000Z", isCompleted: "false" },
    edited: { title: "Call again", isCompleted: "true" },
  },
  appointment: {
    made: { title: "Viewing", startsAt: "2031-03-04T09:30:00.000Z", endsAt: "2031-03-04T10:00:00.000Z" },
    edited: { title: "Second viewing" },
  },
};

async function arrives(product: Product, kind: Kind, contactId: string, fields: Child["fields"]): Promise<Child> {
  return until(`a ${kind} in ${product} showing ${JSON.stringify(fields)}`, async () => {
    const found = await childrenOf(product, kind, contactId);
    return found.find((one) => Object.entries(fields).every(([key, value]) => plain(one.fields[key]) === plain(value)));
  });
}

/** Salesmate keeps notes as rich text. */
function plain(text = ""): string {
  return text.replaceAll(/<[^>]*>/g, "").trim();
}

test.each(KINDS)(
  "G40 a %s made, edited and deleted in either product follows in the other, under the same contact",
  async (kind) => {
    const { made, edited } = WHAT[kind];
    for (const [from, to] of [
      ["highlevel", "salesmate"],
      ["salesmate", "highlevel"],
    ] as const) {
      const person = await aPerson(`${kind}.${from}`);
      const own = Child.parse(await desk(from, "POST", `/contacts/${person[from]}/${kind}s`, made));
      await arrives(to, kind, person[to], made);
      await desk(from, "PATCH", `/children/${kind}s/${own.id}`, edited);
      await arrives(to, kind, person[to], edited);
      expect(await childrenOf(to, kind, person[to])).toHaveLength(1);
      expect(await childrenOf(from, kind, person[from])).toHaveLength(1);
      await desk(from, "DELETE", `/children/${kind}s/${own.id}`);
      await until(`the ${kind} is gone in ${to}`, async () => (await childrenOf(to, kind, person[to])).length === 0);
    }
  },
);

test("G41 when a note's contact is merged in HighLevel, the note is there once and nothing is deleted", async () => {
  const [kept, retired] = [await aPerson("kept"), await aPerson("retired")];
  await desk("highlevel", "POST", `/contacts/${retired.highlevel}/notes`, { body: "Hers." });
  const own = await arrives("salesmate", "note", retired.salesmate, { body: "Hers." });
  await desk("highlevel", "POST", `/contacts/${kept.highlevel}/merge`, { retired: retired.highlevel });
  await rig.highlevel.edit(kept.highlevel, { city: "Porto" });
  await until("the note is followed under its new contact", async () => {
    const [moved] = await childrenOf("highlevel", "note", kept.highlevel);
    if (moved === undefined) return undefined;
    await desk("highlevel", "PATCH", `/children/notes/${moved.id}`, { body: "His." });
    const [there] = await childrenOf("salesmate", "note", retired.salesmate);
    return there?.id === own.id && plain(there.fields.body) === "His.";
  });
  expect(await childrenOf("highlevel", "note", kept.highlevel)).toHaveLength(1);
});

test("G40 a full comparison finds notes, tasks and appointments in step", async () => {
  const person = await aPerson("compared");
  for (const kind of KINDS) await desk("highlevel", "POST", `/contacts/${person.highlevel}/${kind}s`, WHAT[kind].made);
  for (const kind of KINDS) await arrives("salesmate", kind, person.salesmate, WHAT[kind].made);
  await until("all is quiet", async () => isQuiet(await overviewOf(rig.hub())));
  for (const kind of KINDS) {
    const report = VerifyView.parse(await api(rig.hub(), "POST", `/api/workspaces/e2e/syncs/${kind}s/verify`));
    expect(report, kind).toMatchObject({ differences: 0 });
    expect(report.linked).toBeGreaterThan(0);
  }
});
