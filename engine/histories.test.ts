import fc from "fast-check";
import { expect, test } from "vitest";
import { SIDES, type Side } from "../model/record.ts";
import type { Fields, Value } from "../model/value.ts";
import { aContact, aSync } from "../test/builders.ts";
import { outage, type Verb } from "../test/fakePartner.ts";
import { aWorld, seeded, type World, type WorldOptions } from "../test/world.ts";
import { replayEntries } from "./journal/page.ts";
import { normalForm } from "./mapping/normalForm.ts";

/**
 * Invented histories, played on the real engine and store: people edit, add and delete on both sides while answers are
 * slow, requests fail, webhooks are lost and the process is killed. When the faults have stopped and time has passed,
 * both sides must agree, nobody may be there twice, and nothing may be left to write. `KITH_HISTORIES` raises how many.
 */
const RUNS = { numRuns: Number(process.env.KITH_HISTORIES ?? 40) };

const PEOPLE = 4;
/** People beyond those who have no e-mail either: only what they say tells who they are. */
const NAMELESS = 2;
const FIELDS = ["city", "companyName", "tags"] as const;
const VERBS: readonly Verb[] = ["list", "read", "create", "update", "delete", "find"];

type Step =
  | {
      readonly kind: "edit";
      readonly side: Side;
      readonly person: number;
      readonly change: Fields;
      readonly isTold: boolean;
    }
  | { readonly kind: "add"; readonly side: Side; readonly person: number; readonly isTold: boolean }
  | { readonly kind: "remove"; readonly side: Side; readonly person: number; readonly isTold: boolean }
  | { readonly kind: "fault"; readonly side: Side; readonly verb: Verb; readonly when: "before" | "after" }
  /** The next create takes effect only when its answer was given up. */
  | { readonly kind: "late"; readonly side: Side }
  /** Nothing reaches the partner for hours. */
  | { readonly kind: "outage"; readonly side: Side; readonly hours: number }
  | { readonly kind: "crash" }
  | { readonly kind: "wait"; readonly ms: number };

const side = fc.constantFrom(...SIDES);
const person = fc.nat({ max: PEOPLE + NAMELESS - 1 });
const isTold = fc.boolean();
const change: fc.Arbitrary<Fields> = fc.oneof(
  fc.record({ city: fc.constantFrom("", "Rome", "Oslo", "Bonn") }),
  fc.record({ companyName: fc.constantFrom("", "Silva", "Berg") }),
  fc.record({ tags: fc.subarray(["a", "B", "c"]) }),
);

const someStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("edit" as const), side, person, change, isTold }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("add" as const), side, person, isTold }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), side, person, isTold }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      side,
      verb: fc.constantFrom(...VERBS),
      when: fc.constantFrom("before" as const, "after" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("late" as const), side }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("outage" as const), side, hours: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "crash" as const }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(3, 40, 700, 20_000, 90_000) }),
  },
);

function personOf(place: number): Fields {
  const email = place < PEOPLE ? `ana${place}@example.com` : "";
  return aContact({ firstName: `Ana${place}`, email, phone: "", city: "", tags: [] });
}

/** The living records of a person on a side. */
function recordsOf(world: World, where: Side, place: number): readonly string[] {
  return world[where].ids().filter((id) => world[where].fieldsOf(id)?.firstName === `Ana${place}`);
}

/** The living record of a person on a side, if any. */
function recordOf(world: World, where: Side, place: number): string | undefined {
  return recordsOf(world, where, place)[0];
}

/**
 * Whether adding the person would be one too many. Where a partner takes any number of the same, nobody adds somebody
 * whom the hub may be creating at that very moment: no hub could tell.
 */
function isThere(world: World, where: Side, place: number): boolean {
  const sides = world[where].refusesDuplicates() ? [where] : SIDES;
  return sides.some((each) => recordOf(world, each, place) !== undefined);
}

/** Who was added so far, and on which side. Nobody adds again whom the hub may be about to make, late as it may be. */
type Added = Map<number, Side>;

/** The last value given to a person's city on each side; nobody is followed any more who was ever removed. */
type Cities = Map<number, Partial<Record<Side, Value>> | "removed">;

function noteCity(cities: Cities, step: Step): void {
  if (step.kind === "remove") cities.set(step.person, "removed");
  if (step.kind !== "edit" || step.change.city === undefined) return;
  const known = cities.get(step.person);
  if (known !== "removed") cities.set(step.person, { ...known, [step.side]: step.change.city });
}

async function play(world: World, step: Step, added: Added, cities: Cities): Promise<void> {
  switch (step.kind) {
    case "wait":
      return world.advance(step.ms);
    case "fault":
      return world[step.side].fail(step.verb, outage(step.when));
    case "late":
      added.set(LATE, step.side);
      return world[step.side].fail("create", outage("late"));
    case "outage":
      return cutOff(world, step.side, step.hours * HOUR_MS);
    case "crash":
      world.crash();
      await world.open();
      return;
    case "add":
      if (isThere(world, step.side, step.person) || isComing(step.person, added)) return;
      added.set(step.person, step.side);
      return told(world, step, world[step.side].add(personOf(step.person)));
    case "edit":
    case "remove": {
      const externalId = recordOf(world, step.side, step.person);
      if (externalId === undefined) return;
      noteCity(cities, step);
      if (step.kind === "edit") world[step.side].edit(externalId, step.change);
      else world[step.side].remove(externalId);
      return told(world, step, externalId);
    }
    default:
      return step satisfies never;
  }
}

/** Stands among the people for: a create may still come late. */
const LATE = -1;

function isComing(place: number, added: Added): boolean {
  return added.has(place) && (place >= PEOPLE || added.has(LATE));
}

/** More calls than anybody makes within hours. */
const CALLS_MAX = 2_000;

async function cutOff(world: World, where: Side, ms: number): Promise<void> {
  const faults = Array.from({ length: CALLS_MAX }, () => outage("before"));
  for (const verb of VERBS) world[where].fail(verb, ...faults);
  await world.advance(ms);
  for (const verb of VERBS) world[where].mend(verb);
}

function told(
  world: World,
  step: { readonly side: Side; readonly isTold: boolean },
  externalId: string,
): Promise<void> {
  return step.isTold ? world.notice(step.side, externalId) : world.advance();
}

const LAG_MS = 5_000;

/** How long a request, and its answer, is on its way, ms; a slow one now and then nearly as long as is waited. */
const PACES = {
  quick: () => 0,
  usual: (chance: number) => Math.floor(chance * 30),
  slow: (chance: number) => (chance < 0.1 ? 14_000 : Math.floor(chance * 300)),
} as const;

/** How the two partners of a history behave. */
const someHabits = fc.record({
  refusesDuplicates: fc.boolean(),
  isLagging: fc.boolean(),
  isFolding: fc.boolean(),
  hidesAnswers: fc.boolean(),
  lowersTags: fc.boolean(),
  pace: fc.constantFrom("quick" as const, "usual" as const, "slow" as const),
});

type SomeHabits = typeof someHabits extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function optionsOf(drawn: SomeHabits, seed: number): WorldOptions {
  const random = seeded(seed);
  const latency = (): number => PACES[drawn.pace](random());
  const both = {
    latency,
    refusesDuplicates: drawn.refusesDuplicates,
    listing: { isComplete: !drawn.isFolding, lagMs: drawn.isLagging ? LAG_MS : 0, overlapMs: 2 * LAG_MS },
  };
  const left = { ...both, folds: drawn.isFolding ? ["companyName", "city"] : [] };
  const right = { ...both, hidesAnswers: drawn.hidesAnswers, rewrite: drawn.lowersTags ? lowered : asItIs };
  const deletes = { ...aSync().deletes, onLeftGone: "delete", onRightGone: "delete" } as const;
  return { sync: { ...RHYTHM, deletes }, left, right };
}

function asItIs(fields: Fields): Fields {
  return fields;
}

function lowered(fields: Fields): Fields {
  const { tags } = fields;
  return typeof tags === "object" ? { ...fields, tags: tags.map((tag) => tag.toLowerCase()) } : fields;
}

const HOUR_MS = 3_600_000;
const RHYTHM = { pollMs: { left: HOUR_MS / 4, right: HOUR_MS / 4 }, sweepMs: HOUR_MS };

/** Faults stop, and time passes: polls and a sweep find what nobody told. */
async function heal(world: World): Promise<void> {
  for (const verb of VERBS) for (const where of SIDES) world[where].mend(verb);
  await world.advance(3 * HOUR_MS);
}

function forms(fields: Fields | undefined): readonly Value[] {
  return FIELDS.map((key) => normalForm(key === "tags" ? "set" : "text", fields?.[key] ?? "", "US"));
}

/** Nobody is there twice, and whoever is linked is the same on both sides; the rest was kept on purpose or is asked. */
async function expectAgreement(world: World): Promise<void> {
  for (let place = 0; place < PEOPLE + NAMELESS; place += 1) {
    for (const where of SIDES) {
      const there = recordsOf(world, where, place);
      expect(there.length, `person ${place} is there once on the ${where}`).toBeLessThanOrEqual(1);
      for (const externalId of there) await expectSettled(world, where, externalId);
    }
  }
}

async function expectSettled(world: World, where: Side, externalId: string): Promise<void> {
  const link = await world.linkOf(where, externalId);
  expect(["linked", "unlinked", "ambiguous"]).toContain(link.state);
  if (link.state !== "linked") return;
  const [left, right] = SIDES.map((each) => world[each].fieldsOf(link[each]?.externalId ?? ""));
  expect(right === undefined, `${externalId} has its counterpart`).toBe(false);
  expect(forms(right), `${externalId} is the same on both sides`).toEqual(forms(left));
}

/** J4: whatever was decided is decided alike from what the store kept of it. */
async function expectReplays(world: World): Promise<void> {
  const entries = await world.journal();
  const versions = entries.flatMap(({ detail }) => detail.mapping ?? []);
  const report = replayEntries(entries, await world.store.mappings(world.sync().workspaceId, versions));
  expect({ ...report, same: 0 }).toEqual({ same: 0, incomplete: 0, differences: [] });
}

/** No edit is lost: a city is what somebody last made it on one side or the other. A cleared one may be filled again. */
async function expectNoEditLost(world: World, cities: Cities): Promise<void> {
  for (const [place, last] of cities) {
    const externalId = recordOf(world, "left", place);
    if (last === "removed" || externalId === undefined || Object.values(last).includes("")) continue;
    if ((await world.linkOf("left", externalId)).state !== "linked") continue;
    const held = world.left.fieldsOf(externalId)?.city;
    expect(Object.values(last), `the city of person ${place} is the last one given`).toContain(held);
  }
}

async function expectQuiet(world: World): Promise<void> {
  world.forgetCalls();
  for (const link of await world.links()) await world.mark(`link:${link.id}`, "person");
  await world.advance(3 * HOUR_MS);
  expect(world.writes()).toEqual([]);
}

test("E4: after any history of edits, faults and crashes both sides agree, no edit is lost, and all stays quiet", async () => {
  const steps = fc.array(someStep, { minLength: 5, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, someHabits, fc.nat(), async (history, habits, seed) => {
      const world = await aWorld(optionsOf(habits, seed));
      const added: Added = new Map();
      const cities: Cities = new Map();
      for (let place = 0; place < PEOPLE / 2; place += 1) {
        added.set(place, "left");
        for (const where of SIDES) world[where].add(personOf(place));
      }
      await world.advance(LAG_MS);
      await world.open();
      for (const step of history) await play(world, step, added, cities);
      await heal(world);
      await expectAgreement(world);
      await expectNoEditLost(world, cities);
      await expectQuiet(world);
      await expectReplays(world);
      expect(world.errors).toEqual([]);
      await world.store.close();
    }),
    RUNS,
  );
}, 120_000);
