import { expect } from "vitest";
import { salesmateWorld } from "../../test/salesmateWorld.ts";
import { type Bag, type CatalogueCase, type CatalogueRun, describeCatalogue } from "../catalogueConformance.ts";
import { salesmate } from "./index.ts";

type World = Awaited<ReturnType<typeof salesmateWorld>>;
type Run = CatalogueRun<World>;
type Case = CatalogueCase<World>;

/** The kinds of record with five operations, and what a create is given; contacts come first, as others need one. */
const MADE: Readonly<Record<string, (run: Run["run"]) => Promise<Bag>>> = {
  contact: async () => ({ lastName: "Lund", firstName: "Mia", email: "mia@example.com", tags: ["VIP", "Fair"] }),
  company: async () => ({ name: "Harbour Tiles" }),
  deal: async (run) => ({
    ...{ title: "Roof", pipeline: "Sales", stage: "Talked", status: "Open" },
    primaryContact: await make(run, "contact"),
  }),
  activity: async (run) => ({ title: "Call back", type: "Call", primaryContact: await make(run, "contact") }),
  product: async () => ({ name: "Blue tile" }),
};

async function make(run: Run["run"], kind: string): Promise<string> {
  return String((await run(`${kind}.create`, await MADE[kind]?.(run))).id);
}

/** Something of this kind is there, and named in the input. */
function has(kind: string, more: Bag = {}) {
  return async ({ run }: Run): Promise<Bag> => ({ [`${kind}Id`]: await make(run, kind), ...more });
}

async function gone({ run }: Run, kind: string, input: Bag): Promise<void> {
  const key = `${kind}Id`;
  await expect(run(`${kind}.read`, { [key]: input[key] })).rejects.toMatchObject({ kind: "not_found" });
}

async function shown({ run }: Run, kind: string, id: unknown): Promise<unknown> {
  return (await run(`${kind}.read`, { [`${kind}Id`]: id }))[kind];
}

function casesOf(kind: string, plural: string): Readonly<Record<string, Case>> {
  return {
    [`${kind}.create`]: {
      input: ({ run }) => MADE[kind]?.(run) ?? {},
      after: async (world, _input, { id }) => expect(await shown(world, kind, id)).toMatchObject({ Owner: { id: 2 } }),
    },
    [`${kind}.read`]: {
      input: has(kind),
      after: (_world, input, output) => expect(String(Object(output[kind]).id)).toBe(input[`${kind}Id`]),
    },
    [`${kind}.update`]: {
      input: has(kind),
      after: async (world, input) =>
        expect(await shown(world, kind, input[`${kind}Id`])).toMatchObject({ description: input.description }),
    },
    [`${kind}.delete`]: { input: has(kind), after: (world, input) => gone(world, kind, input) },
    [`${kind}.search`]: {
      input: async ({ run }) => {
        await make(run, kind);
        return {};
      },
      after: (_world, _input, output) => expect(output).toMatchObject({ [plural]: [{}], total: 1, pages: 1 }),
    },
  };
}

async function noted(world: Run, kind: string): Promise<Bag> {
  const on = await has(kind)(world);
  return { ...on, noteId: (await world.run(`${kind}Note.create`, { ...on, note: "<p>Asked</p>" })).id };
}

async function notesOf({ run }: Run, kind: string, input: Bag): Promise<unknown> {
  return (await run(`${kind}Note.list`, { [`${kind}Id`]: input[`${kind}Id`] })).notes;
}

function noteCasesOf(kind: string): Readonly<Record<string, Case>> {
  const seen = (notes: (input: Bag) => object) => async (world: Run, input: Bag) =>
    expect(await notesOf(world, kind, input)).toMatchObject(notes(input));
  const input = (world: Run) => noted(world, kind);
  return {
    [`${kind}Note.list`]: {
      input: async (world) => ({ [`${kind}Id`]: (await noted(world, kind))[`${kind}Id`] }),
      after: (_world, _input, output) => expect(output).toMatchObject({ notes: [{ note: "<p>Asked</p>" }] }),
    },
    [`${kind}Note.create`]: { input: has(kind), after: seen(({ note }) => [{ note }]) },
    [`${kind}Note.update`]: { input, after: seen(({ note }) => [{ note }]) },
    [`${kind}Note.delete`]: { input, after: seen(() => []) },
    [`${kind}Note.pin`]: { input, after: seen(() => [{ isPinned: true }]) },
    [`${kind}Note.unpin`]: {
      input: async (world) => {
        const note = await noted(world, kind);
        await world.run(`${kind}Note.pin`, note);
        return note;
      },
      after: seen(() => [{ isPinned: false }]),
    },
  };
}

/** A read of what every account has: this list of its answer must hold something. */
function fills(name: string): Case {
  return { after: (_world, _input, output) => expect(Object(output[name]).length).toBeGreaterThan(0) };
}

/** An activity that is made about a contact and is of this type. */
function aboutContact(type: string): Case {
  return {
    input: async ({ run }) => ({ primaryContact: await make(run, "contact") }),
    after: async (world, { title, primaryContact }, { id }) =>
      expect(await shown(world, "activity", id)).toMatchObject({
        ...{ title, type, dueDate: "2026-04-01T09:30:00.000Z" },
        PrimaryContact: { id: Number(primaryContact) },
      }),
  };
}

function tagged(tags: readonly string[], left: string): Case {
  return {
    input: has("contact", { tags }),
    after: async (world, { contactId }) =>
      expect(await shown(world, "contact", contactId)).toMatchObject({ tags: left, lastName: "Lund" }),
  };
}

const products = async ({ run }: Run) => (await run("product.search")).products;

async function site({ run }: Run): Promise<Bag> {
  const { id } = await run("record.create", { moduleId: "101", fields: { name: "Quay 4" } });
  return { recordId: id };
}

const CASES: Readonly<Record<string, Case>> = {
  ...casesOf("contact", "contacts"),
  ...casesOf("company", "companies"),
  ...casesOf("deal", "deals"),
  ...casesOf("activity", "activities"),
  ...noteCasesOf("contact"),
  ...noteCasesOf("company"),
  ...noteCasesOf("deal"),
  ...noteCasesOf("activity"),
  "contact.upsert": {
    after: async (world, { mobile }, { id, action }) => {
      expect(action).toBe("created");
      expect(await shown(world, "contact", id)).toMatchObject({ mobile });
    },
  },
  "contact.addTags": tagged(["vip", "Porto"], "VIP,Fair,Porto"),
  "contact.removeTags": tagged(["vip"], "Fair"),
  "task.create": aboutContact("Task"),
  "appointment.create": aboutContact("Meeting"),
  "task.complete": {
    input: has("activity"),
    after: async (world, { activityId }) =>
      expect(await shown(world, "activity", activityId)).toMatchObject({ isCompleted: true, title: "Call back" }),
  },
  "task.reopen": {
    input: async (world) => {
      const task = await has("activity")(world);
      await world.run("task.complete", task);
      return task;
    },
    after: async (world, { activityId }) =>
      expect(await shown(world, "activity", activityId)).toMatchObject({ isCompleted: false }),
  },
  "product.create": {
    after: async (world) => expect(await products(world)).toMatchObject([{ name: "Blue tile", unitPrice: 12.5 }]),
  },
  "product.update": {
    input: has("product"),
    after: async (world) => expect(await products(world)).toMatchObject([{ name: "Green tile" }]),
  },
  "product.delete": { input: has("product"), after: async (world) => expect(await products(world)).toEqual([]) },
  "product.deleteMany": {
    input: async ({ run }) => ({ ids: [Number(await make(run, "product")), Number(await make(run, "product"))] }),
    after: async (world) => expect(await products(world)).toEqual([]),
  },
  "product.search": {
    input: async ({ run }) => {
      await make(run, "product");
      return { equals: { name: "blue tile" } };
    },
    after: (_world, _input, output) => expect(output).toMatchObject({ products: [{ name: "Blue tile" }], total: 1 }),
  },
  "record.create": {
    after: async ({ run }, { moduleId }, { id }) =>
      expect(await run("record.read", { moduleId, recordId: id })).toMatchObject({ record: { name: "Quay 4" } }),
  },
  "record.read": { input: site, after: (_world, _input, output) => expect(output.record).toHaveProperty("name") },
  "record.update": {
    input: site,
    after: async ({ run }, { moduleId, recordId }) =>
      expect(await run("record.read", { moduleId, recordId })).toMatchObject({
        record: { name: "Quay 4", city: "Porto" },
      }),
  },
  "record.delete": {
    input: site,
    after: async ({ run }, input) => expect(run("record.read", input)).rejects.toMatchObject({ kind: "not_found" }),
  },
  "record.search": {
    input: async (world) => {
      await site(world);
      return { equals: { name: "Quay 4" } };
    },
    after: (_world, _input, output) => expect(output).toMatchObject({ records: [{ name: "Quay 4" }], total: 1 }),
  },
  "user.list": fills("users"),
  "module.read": { after: (_world, _input, output) => expect(output.module).toMatchObject({ id: 4, name: "Deal" }) },
  "field.list": fills("contact"),
  "pipeline.list": fills("pipelines"),
  "tag.list": {
    input: async ({ run }) => {
      await make(run, "contact");
      return {};
    },
    after: (_world, _input, output) => expect(output).toEqual({ tags: [{ tag: "VIP" }, { tag: "Fair" }] }),
  },
  "currency.list": fills("currencies"),
  "activityType.list": fills("activityTypes"),
};

describeCatalogue({ connector: salesmate, makeWorld: salesmateWorld, cases: CASES });
