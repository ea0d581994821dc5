import { expect, test } from "vitest";
import { type CallContext, openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import type { Changes } from "../../model/value.ts";
import { createHighLevelEmulator, type HighLevelOptions } from "../../sandbox/highlevel/index.ts";
import { highlevel } from "./index.ts";

/** An emulator with one contact, and the opportunities of a connection to it. */
async function aRig(options: HighLevelOptions = {}) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createHighLevelEmulator({ ...clock, ...options });
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent(1);
  const open = openConnection({
    connector: highlevel,
    connection: {
      id: "highlevel",
      settings: { locationId: emulator.location.id, writing: true },
      baseUrls: { api: url },
    },
    credential: { load: async () => ({ kind: "token", token: emulator.token }), store: async () => {} },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const context: CallContext = { priority: PRIORITIES.live, calls: [] };
  const contactId = emulator.control.contacts.create({ firstName: "Ana" }).id;
  const end = async (): Promise<void> => {
    await open.close();
    await agent.destroy();
    await close();
  };
  return { emulator, clock, context, contactId, end, partner: partnerOf(open, "opportunity") };
}

const set = (fields: Record<string, string>): Changes =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, { kind: "set", value }]));

test("HL183 one in a pipeline that the location does not have begins in its first, and shows so", async () => {
  const { partner, context, contactId, end } = await aRig();
  const made = await partner.create(context, { name: "Roof", pipeline: "Rentals", stage: "Viewed" }, contactId);
  expect(made).toMatchObject({ snapshot: { fields: { pipeline: "Sales", stage: "New enquiry", status: "open" } } });
  await end();
});

test("HL183 an update to a pipeline or a stage that is not there leaves it as it was, and writes the rest", async () => {
  const { partner, context, contactId, end } = await aRig();
  const { externalId } = await partner.create(context, { name: "Roof", stage: "Talked" }, contactId);
  const known = { name: "Roof", pipeline: "Sales", stage: "Talked", status: "open", value: "", source: "" };
  const all = set({ name: "Roof and wall", pipeline: "Rentals", stage: "Viewed" });
  expect(await partner.update(context, externalId, all, known)).toMatchObject({
    fields: { name: "Roof and wall", pipeline: "Sales", stage: "Talked" },
  });
  const nothing = await partner.update(context, externalId, set({ pipeline: "Rentals" }), known);
  expect(nothing).toMatchObject({ fields: { pipeline: "Sales" } });
  expect(context.calls.filter(({ method }) => method === "PUT")).toHaveLength(1);
  await end();
});

test("HL184 a pipeline that was made meanwhile is known when it is first met, and takes the stage along by name", async () => {
  const { emulator, partner, context, contactId, end } = await aRig();
  const { externalId } = await partner.create(context, { name: "Roof", stage: "Talked" }, contactId);
  const stages = [
    { id: "s-1", name: "Asked", position: 0 },
    { id: "s-2", name: "talked", position: 1 },
  ];
  emulator.pipelines.put({ id: "p-2", name: "Rentals", stages });
  const known = { name: "Roof", pipeline: "Sales", stage: "Talked", status: "open", value: "", source: "" };
  expect(await partner.update(context, externalId, set({ pipeline: "rentals" }), known)).toMatchObject({
    fields: { pipeline: "Rentals", stage: "talked" },
  });
  await end();
});

test("HL185 a second one in the same pipeline, where the location allows none, is the first one", async () => {
  const { partner, context, contactId, end } = await aRig({ quirks: { allowDuplicateOpportunity: false } });
  const { externalId } = await partner.create(context, { name: "Roof" }, contactId);
  expect(await partner.create(context, { name: "Wall" }, contactId)).toEqual({ kind: "found", externalId });
  await end();
});

test("HL186 all are listed page by page, and since a time those that changed", async () => {
  const { emulator, clock, partner, context, contactId, end } = await aRig({ limits: { off: true } });
  const desk = emulator.desks.opportunities;
  for (let at = 0; at < 120; at += 1) desk.create({ contactId, name: `Roof ${at}` });
  await clock.advance(60_001);
  const first = await partner.list(context, {});
  const second = await partner.list(context, first.next === undefined ? {} : { cursor: first.next });
  const ids = new Set([...first.records, ...second.records].map(({ externalId }) => externalId));
  expect([ids.size, second.next]).toEqual([120, undefined]);
  const since = clock.now();
  const [one] = desk.list();
  if (one !== undefined) desk.edit(one.id, { value: "900" });
  await clock.advance(60_001);
  const changed = [...(await partner.list(context, { since })).records];
  if (second.next === undefined) {
    const next = (await partner.list(context, { since })).next;
    changed.push(...(await partner.list(context, { since, ...(next !== undefined && { cursor: next }) })).records);
  }
  expect(new Set(changed.map(({ externalId }) => externalId))).toEqual(new Set([one?.id]));
  await end();
});
