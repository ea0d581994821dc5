import fc from "fast-check";
import { expect, test } from "vitest";
import { SIDES, type Side } from "../../model/record.ts";
import { START_MODES } from "../../model/sync.ts";
import type { Fields } from "../../model/value.ts";
import { aContact } from "../../test/builders.ts";
import { aWorld, type World } from "../../test/world.ts";

/**
 * Invented histories of a sync that waits: people edit, add and delete on both sides, told or not, and the process is
 * killed. Nothing may be written before the start, and afterwards each mode must keep what it promises.
 */
const RUNS = { numRuns: Number(process.env.KITH_HISTORIES ?? 20) };
const HOUR_MS = 3_600_000;
const PEOPLE = 4;
const RHYTHM = { pollMs: { left: HOUR_MS / 4, right: HOUR_MS / 4 }, sweepMs: HOUR_MS };

const side = fc.constantFrom(...SIDES);
const person = fc.nat({ max: PEOPLE - 1 });
const isTold = fc.boolean();
const city = fc.constantFrom("", "Rome", "Oslo");

const someStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("edit" as const), side, person, city, isTold }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("add" as const), side, person, city, isTold }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), side, person, isTold }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(5, 2_000, HOUR_MS) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "crash" as const }) },
);
type Step = typeof someStep extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function personOf(place: number, where: string): Fields {
  return aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone: "", city: where });
}

function idOf(world: World, where: Side, place: number): string | undefined {
  return world[where].ids().find((id) => world[where].fieldsOf(id)?.firstName === `Ana${place}`);
}

function cityOf(world: World, where: Side, place: number): unknown {
  const id = idOf(world, where, place);
  return id === undefined ? undefined : (world[where].fieldsOf(id)?.city ?? "");
}

async function play(world: World, step: Step): Promise<void> {
  if (step.kind === "wait") return world.advance(step.ms);
  if (step.kind === "crash") {
    world.crash();
    await world.open();
    return;
  }
  const known = idOf(world, step.side, step.person);
  const id = change(world, step, known);
  if (id !== undefined && step.isTold) await world.notice(step.side, id);
}

function change(world: World, step: Exclude<Step, { kind: "wait" | "crash" }>, known: string | undefined) {
  if (step.kind === "add") {
    return known === undefined ? world[step.side].add(personOf(step.person, step.city)) : undefined;
  }
  if (known === undefined) return undefined;
  if (step.kind === "edit") world[step.side].edit(known, { city: step.city });
  else world[step.side].remove(known);
  return known;
}

/** The city of each person on either side; absent where they are not. */
function cities(world: World): readonly (readonly unknown[])[] {
  return Array.from({ length: PEOPLE }, (_, place) => SIDES.map((where) => cityOf(world, where, place)));
}

/** What a side holds after it was filled from the other: its own value, where it has one. */
function filled(own: unknown, across: unknown): unknown {
  return own === undefined || own === "" ? (across ?? own) : own;
}

test("T1 after any history before it, a start writes what its mode promises and nothing else", async () => {
  const steps = fc.array(someStep, { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...START_MODES), steps, async (mode, history) => {
      const world = await aWorld({ sync: { ...RHYTHM, start: { mode, isReviewed: false } } });
      for (const where of SIDES) world[where].add(personOf(0, ""));
      world.left.add(personOf(1, "Rome"));
      await world.open();
      for (const step of history) await play(world, step);
      await world.advance(3 * HOUR_MS);
      expect(world.writes()).toEqual([]);
      const before = cities(world);
      await world.mark(`start:contacts:${mode}`, "person");
      await world.advance(3 * HOUR_MS);
      if (mode === "newOnly") expect(world.writes()).toEqual([]);
      for (const [place, [left, right]] of cities(world).entries()) {
        const [leftBefore, rightBefore] = before[place] ?? [];
        if (mode === "full") expect(right).toBe(left);
        if (mode !== "fillEmpty") continue;
        expect(left).toBe(filled(leftBefore, rightBefore));
        expect(right).toBe(filled(rightBefore, leftBefore));
      }
      expect(world.errors).toEqual([]);
    }),
    RUNS,
  );
});
