import fc from "fast-check";
import { expect, test } from "vitest";
import { SIDES, type Side } from "../../model/record.ts";
import type { Fields } from "../../model/value.ts";
import { aContact, aSync } from "../../test/builders.ts";
import { outage, type Verb } from "../../test/fakePartner.ts";
import { aWorld, seeded, type World } from "../../test/world.ts";

/**
 * Invented histories of the notes of three contacts: people write, edit, move and delete them and delete contacts, while
 * requests fail, answers are lost, webhooks are not sent and the process is killed. When the faults have stopped and time
 * has passed, the notes of every linked contact must agree. `KITH_HISTORIES` raises how many.
 */
const RUNS = { numRuns: Number(process.env.KITH_HISTORIES ?? 15) };

const PEOPLE = 3;
const VERBS: readonly Verb[] = ["list", "read", "create", "update", "delete"];
const side = fc.constantFrom(...SIDES);
const person = fc.nat({ max: PEOPLE - 1 });
const place = fc.nat({ max: 5 });
const isTold = fc.boolean();
const text = fc.constantFrom("Called.", "Wrote.", "Met.");

const someStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("write" as const), side, person, text, isTold }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("edit" as const), side, place, text, isTold }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("erase" as const), side, place, isTold }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("move" as const), side, place, person, isTold }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), side, person, isTold }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      side,
      verb: fc.constantFrom(...VERBS),
      when: fc.constantFrom("before" as const, "after" as const, "late" as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "crash" as const }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(3, 700, 90_000) }) },
);

type Step = typeof someStep extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function contactOf(world: World, where: Side, number: number): string | undefined {
  return world[where].ids().find((id) => world[where].fieldsOf(id)?.firstName === `Ana${number}`);
}

function noteAt(world: World, where: Side, at: number): string | undefined {
  const ids = world.notes[where].ids();
  return ids.length === 0 ? undefined : ids[at % ids.length];
}

/**
 * A note that somebody writes: every other one carries a title of its own that nobody ever edits, by which it is told
 * whether it is there twice; the others are interchangeable.
 */
function written(text: string, count: number): Fields {
  return { title: count % 2 === 0 ? `Note ${count}` : "", body: text };
}

async function play(world: World, step: Step, count: number): Promise<void> {
  switch (step.kind) {
    case "wait":
      return world.advance(step.ms);
    case "crash":
      world.crash();
      await world.open();
      return;
    case "fault":
      return world.notes[step.side].fail(step.verb, outage(step.when));
    case "leave": {
      const contact = contactOf(world, step.side, step.person);
      if (contact === undefined) return;
      world[step.side].remove(contact);
      return step.isTold ? world.notice(step.side, contact) : world.advance();
    }
    case "write": {
      const contact = contactOf(world, step.side, step.person);
      if (contact === undefined) return;
      world.notes[step.side].addChild(contact, written(step.text, count));
      return told(world, step, contact);
    }
    case "edit":
    case "erase":
    case "move":
      return change(world, step);
    default:
      return step satisfies never;
  }
}

async function change(world: World, step: Extract<Step, { kind: "edit" | "erase" | "move" }>): Promise<void> {
  const notes = world.notes[step.side];
  const id = noteAt(world, step.side, step.place);
  if (id === undefined) return;
  if (step.kind === "edit") notes.edit(id, { body: step.text });
  if (step.kind === "erase") notes.remove(id);
  const heir = step.kind === "move" ? contactOf(world, step.side, step.person) : undefined;
  if (heir !== undefined) notes.move(id, heir);
  return told(world, step, notes.parentOf(id) ?? "");
}

function told(world: World, step: { readonly side: Side; readonly isTold: boolean }, contact: string): Promise<void> {
  return step.isTold ? world.noticeNotes(step.side, contact) : world.advance();
}

const HOUR_MS = 3_600_000;
const DELETES = { ...aSync().deletes, onLeftGone: "delete", onRightGone: "delete" } as const;
const RHYTHM = { pollMs: { left: HOUR_MS / 4, right: HOUR_MS / 4 }, sweepMs: HOUR_MS, deletes: DELETES };

/** How children are listed: all of them, contact by contact, or so with all of them beside. */
const LISTED = ["whole", "byContact", "beside"] as const;
const LISTINGS = {
  whole: {},
  byContact: { isByParent: true },
  beside: { isByParent: true, isListedWhole: true },
} as const;

const someHabits = fc.record({
  listed: fc.record({ left: fc.constantFrom(...LISTED), right: fc.constantFrom(...LISTED) }),
  hidesAnswers: fc.boolean(),
  isSlow: fc.boolean(),
});

function habitsOf(
  listed: (typeof LISTED)[number],
  drawn: { readonly hidesAnswers: boolean; readonly isSlow: boolean },
  seed: number,
) {
  const random = seeded(seed);
  return {
    listing: { isComplete: true, lagMs: 0, overlapMs: 10_000, ...LISTINGS[listed] },
    hasVersions: listed === "whole",
    hidesAnswers: drawn.hidesAnswers,
    latency: () => (drawn.isSlow ? Math.floor(random() * 300) : 0),
  };
}

/** Faults stop and time passes: more than one turn, and every hold. */
async function heal(world: World): Promise<void> {
  for (const where of SIDES) for (const verb of VERBS) world.notes[where].mend(verb);
  await world.advance(5 * HOUR_MS);
}

async function expectAgreement(world: World): Promise<void> {
  const known = new Set<string>();
  for (const link of await world.noteLinks()) {
    expect(["linked", "unlinked", "tombstone", "ambiguous"], `the state of ${link.id}`).toContain(link.state);
    for (const where of SIDES) if (link[where] !== undefined) known.add(`${where} ${link[where].externalId}`);
    // Whoever edits what was just made before its hidden answer is read back leaves a finding, for a person to see (E3).
    if (link.state !== "linked" || link.findings.length > 0) continue;
    const [left, right] = SIDES.map((where) => world.notes[where].fieldsOf(link[where]?.externalId ?? "")?.body);
    expect(left, `${link.title} is there on the left`).toBeDefined();
    expect(right, `${link.title} is the same on both sides`).toEqual(left);
  }
  for (const where of SIDES) {
    const followed = await followedOn(world, where);
    for (const id of followed) expect(known.has(`${where} ${id}`), `the ${where} note ${id} is followed`).toBe(true);
    const titles = followed.map((id) => world.notes[where].fieldsOf(id)?.title ?? "").filter((title) => title !== "");
    expect(titles.toSorted(), `no note is there twice on the ${where}`).toEqual([...new Set(titles)].toSorted());
  }
}

/** The notes of contacts that are linked. */
async function followedOn(world: World, where: Side): Promise<readonly string[]> {
  const notes = world.notes[where];
  const ids: string[] = [];
  for (const id of notes.ids()) {
    const parent = await world.store.linkByRecord("acme", "contacts", where, notes.parentOf(id) ?? "");
    if (parent?.state === "linked") ids.push(id);
  }
  return ids;
}

async function expectQuiet(world: World): Promise<void> {
  world.forgetCalls();
  for (const where of SIDES) await world.mark(`sweep:notes:${where}`, "person");
  for (const link of await world.noteLinks()) await world.mark(`link:${link.id}`, "person");
  await world.advance(3 * HOUR_MS);
  expect(world.writes()).toEqual([]);
}

test("H20 after any history of notes, faults and crashes they agree, and all stays quiet", async () => {
  const steps = fc.array(someStep, { minLength: 5, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, someHabits, fc.nat(), async (history, habits, seed) => {
      const world = await aWorld({
        sync: RHYTHM,
        notes: {
          sync: RHYTHM,
          left: habitsOf(habits.listed.left, habits, seed),
          right: habitsOf(habits.listed.right, habits, seed + 1),
        },
      });
      for (let number = 0; number < PEOPLE; number += 1) {
        const fields = aContact({ firstName: `Ana${number}`, email: `ana${number}@example.com`, phone: "" });
        for (const where of SIDES) world[where].add(fields);
      }
      await world.open();
      await world.advance(1_000);
      for (const [count, step] of history.entries()) await play(world, step, count);
      await heal(world);
      await expectAgreement(world);
      await expectQuiet(world);
      expect(world.errors).toEqual([]);
      await world.store.close();
    }),
    RUNS,
  );
});
