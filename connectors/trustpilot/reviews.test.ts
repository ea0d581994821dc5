import { afterEach, expect, test } from "vitest";
import { type CallContext, openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../kit/index.ts";
import type { Snapshot } from "../../model/record.ts";
import type { TrustpilotOptions } from "../../sandbox/trustpilot/index.ts";
import { trustpilotWorld } from "../../test/trustpilotWorld.ts";
import { trustpilot } from "./index.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A connection to an emulator, beside which the hub keeps its book. */
async function opened(settings: Readonly<Record<string, unknown>> = {}, options: TrustpilotOptions = {}) {
  const world = await trustpilotWorld(options, settings);
  const agent = partnerAgent(4);
  const open = openConnection({
    connector: trustpilot,
    connection: world.connection,
    credential: { load: async () => world.credential, store: async () => {} },
    clock: world.clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  ends.push(async () => {
    await open.close();
    await agent.destroy();
    await world.close();
  });
  const [people, notes, tasks] = (["contact", "note", "task"] as const).map((resource) => partnerOf(open, resource));
  if (people === undefined || notes === undefined || tasks === undefined) throw new Error("a resource is missing");
  return {
    ...world,
    people,
    notes,
    tasks,
    poll: () => world.clock.advance(60_000).then(() => people.list(live(), {})),
  };
}

const ANA = {
  email: "ana@example.com",
  name: "Ana Ruiz",
  stars: 2,
  title: "Late",
  text: "Two <weeks>",
  isInvited: true,
};

function live(): CallContext {
  return { priority: PRIORITIES.live, calls: [] };
}

const rows = async (found: Promise<{ records: readonly Snapshot[] }>): Promise<readonly Snapshot[]> =>
  (await found).records;

test("TP1 somebody who was invited and reviews becomes a person with a note, their stars and one task", async () => {
  const { people, notes, tasks, emulator } = await opened();
  const { id, consumerId } = emulator.reviewers.write(ANA);
  const [person] = await rows(people.list(live(), {}));
  expect(person?.fields).toMatchObject({
    ...{ fullName: "Ana Ruiz", email: "ana@example.com", score: 2, meanScore: 2, reviewCount: 1, consumerId },
    reviewedOn: "2026-03-06",
  });
  expect(await rows(notes.list(live(), {}))).toMatchObject([
    { externalId: id, parentId: person?.externalId, fields: { title: "Trustpilot: 2 of 5 stars" } },
  ]);
  expect(String((await rows(notes.list(live(), {})))[0]?.fields.body)).toContain("<p>Two &lt;weeks&gt;</p>");
  expect(await rows(tasks.list(live(), {}))).toMatchObject([
    { fields: { title: "Follow up: 2 of 5 stars on Trustpilot", dueAt: "2026-03-08T12:00:00.000Z" } },
  ]);
});

test("TP2 a review is its person's by the reference of the invitation, and only then by the address", async () => {
  const { people, notes, emulator } = await opened();
  const ana = await people.create(live(), { fullName: "Ana", email: "ana@example.com" });
  const ben = await people.create(live(), { fullName: "Ben", email: "ben@example.com", reference: "order-7" });
  emulator.reviewers.write({ ...ANA, referenceId: "order-7" });
  emulator.reviewers.write({ ...ANA, email: "third@example.com", referenceId: ana.externalId });
  emulator.reviewers.write(ANA);
  await people.list(live(), {});
  const of = async (id: string) => (await rows(notes.list(live(), { parentId: id }))).length;
  expect([await of(ana.externalId), await of(ben.externalId)]).toEqual([2, 1]);
});

test("TP3 a review of somebody who cannot be told waits until the hub knows them", async () => {
  const { people, notes, emulator, poll } = await opened({ reviewersBecomePeople: false });
  emulator.reviewers.write(ANA);
  emulator.reviewers.write({ stars: 5, email: "unknown@example.com" });
  await poll();
  expect(await rows(notes.list(live(), {}))).toEqual([]);
  const { externalId } = await people.create(live(), { fullName: "Ana", email: "Ana@Example.com" });
  expect(await people.read(live(), externalId)).toMatchObject({ fields: { score: 2, reviewCount: 1 } });
  expect(await rows(notes.list(live(), { parentId: externalId }))).toHaveLength(1);
});

test("TP3 a person who is given another address gets the reviews that wait for it", async () => {
  const { people, emulator, poll } = await opened({ reviewersBecomePeople: false });
  emulator.reviewers.write(ANA);
  await poll();
  const { externalId } = await people.create(live(), { fullName: "Ana" });
  const moved = await people.update(live(), externalId, { email: { kind: "set", value: "ana@example.com" } }, {});
  expect(moved?.fields).toMatchObject({ email: "ana@example.com", score: 2 });
});

test("TP4 an address that several share tells of nobody", async () => {
  const { people, notes, emulator, poll } = await opened();
  for (const fullName of ["Ana", "Ben"]) await people.create(live(), { fullName, email: "ana@example.com" });
  emulator.reviewers.write(ANA);
  await poll();
  expect([(await rows(people.list(live(), {}))).length, (await rows(notes.list(live(), {}))).length]).toEqual([2, 0]);
});

test("TP5 several reviews come to their mean, their number and the stars of the last", async () => {
  const { people, emulator, clock } = await opened();
  emulator.reviewers.write({ ...ANA, stars: 5 });
  await clock.advance(3_600_000);
  emulator.reviewers.write({ ...ANA, stars: 2 });
  const [person] = await rows(people.list(live(), {}));
  expect(person?.fields).toMatchObject({ score: 2, meanScore: 3.5, reviewCount: 2 });
});

test("TP6 an edited review is found when its turn comes, and a deleted one takes its note and stars away", async () => {
  const { people, notes, emulator, poll, clock } = await opened({ pollOverlapMs: 0 });
  const { id } = emulator.reviewers.write(ANA);
  await people.list(live(), {});
  await clock.advance(86_400_000);
  emulator.reviewers.edit(id, { stars: 5, text: "Mended" });
  const [edited] = await rows(poll());
  expect(edited?.fields.score).toBe(5);
  expect(String((await rows(notes.list(live(), {})))[0]?.fields.body)).toContain("Mended");
  emulator.reviewers.remove(id);
  const [left] = await rows(poll());
  expect([left?.fields.score, left?.fields.reviewCount]).toEqual(["", ""]);
  expect(await rows(notes.list(live(), {}))).toEqual([]);
});

test("TP7 what people make of a review's task and note stays so, deleted ones included", async () => {
  const { notes, tasks, emulator, poll } = await opened();
  const { id } = emulator.reviewers.write(ANA);
  await poll();
  const [task] = await rows(tasks.list(live(), {}));
  await tasks.delete(live(), task?.externalId ?? "", task?.parentId);
  await notes.delete(live(), id, task?.parentId);
  emulator.reviewers.edit(id, { stars: 1 });
  await poll();
  expect([await rows(tasks.list(live(), {})), await rows(notes.list(live(), {}))]).toEqual([[], []]);
});

test("TP8 a review that was old when it was first seen makes no task", async () => {
  const { notes, tasks, emulator, clock } = await opened();
  emulator.reviewers.write(ANA);
  await clock.advance(20 * 86_400_000);
  expect([await rows(tasks.list(live(), {})), (await rows(notes.list(live(), {}))).length]).toEqual([[], 1]);
});

test("TP9 reviews of products are read as well, unless they are left out", async () => {
  const { notes, emulator } = await opened();
  emulator.reviewers.writeOfProduct({ sku: "S1", stars: 4, content: "Fits", name: "Ana", email: "ana@example.com" });
  expect((await rows(notes.list(live(), {})))[0]?.fields.title).toBe("Trustpilot: 4 of 5 stars for S1");
  const without = await opened({ productReviews: false });
  without.emulator.reviewers.writeOfProduct({ sku: "S1", stars: 4, email: "ana@example.com" });
  expect(await rows(without.notes.list(live(), {}))).toEqual([]);
});

test("TP10 every page of the reviews is read at first, and from then on what is new", async () => {
  const { people, emulator, clock } = await opened({ rereadPerPoll: 0, productReviews: false, pollOverlapMs: 0 });
  emulator.seed(
    Array.from({ length: 130 }, (_, number) => ({
      fields: { stars: "5", email: `p${number}@example.com`, isInvited: "true" },
      createdAt: number * 1_000,
    })),
  );
  const first = live();
  await people.list(first, {});
  expect(first.calls.filter(({ path }) => path.includes("reviews"))).toHaveLength(2);
  await clock.advance(60_000);
  const second = live();
  await people.list(second, {});
  expect(second.calls.filter(({ path }) => path.includes("reviews"))).toHaveLength(1);
});

test("TP11 without the plan for it the private part says so, and an account that agrees at the page may do all", async () => {
  const { people } = await opened({}, { quirks: { hasPrivateApi: false } });
  await expect(people.list(live(), {})).rejects.toMatchObject({
    kind: "forbidden",
    message: expect.stringContaining("plan"),
  });
});

test("TP12 while writing is off nothing is sent but reads", async () => {
  const world = await opened({ writing: false });
  world.emulator.reviewers.write(ANA);
  expect(await rows(world.people.list(live(), {}))).toHaveLength(1);
  expect((await world.people.create(live(), { fullName: "Ben" })).kind).toBe("created");
});

test("TP25 whose a review is stays so when their e-mail changes, and nobody is made anew for it", async () => {
  const { people, notes, emulator, poll } = await opened();
  emulator.reviewers.write(ANA);
  const [person] = await rows(poll());
  if (person === undefined) throw new Error("Ana should be there");
  const change = { email: { kind: "set", value: "ana@new.example" } } as const;
  await people.update(live(), person.externalId, change, person.fields);
  emulator.reviewers.write({ ...ANA, stars: 5, text: "Asked before" });
  expect((await rows(poll())).map(({ fields }) => fields.email)).toEqual(["ana@new.example"]);
  expect((await rows(notes.list(live(), {}))).map(({ parentId }) => parentId)).toEqual([
    person.externalId,
    person.externalId,
  ]);
});

test("TP26 whoever was deleted is not made anew by what they had written", async () => {
  const { people, notes, emulator, poll } = await opened();
  const made = await people.create(live(), { fullName: "Ana Ruiz", email: ANA.email });
  emulator.reviewers.write(ANA);
  await poll();
  await people.delete(live(), made.externalId);
  expect([await rows(poll()), await rows(poll()), await rows(notes.list(live(), {}))]).toEqual([[], [], []]);
});
