import { afterEach, expect, test } from "vitest";
import { answersOf } from "../answers.ts";
import { recordsOf } from "../people.ts";
import type { Habits, Resident } from "../plan.ts";
import { play, settleIn } from "../play.ts";
import { HOUR_MS, type Rules } from "../rules.ts";
import type { Step } from "../steps.ts";
import { openWorld, type World } from "../world.ts";
import { unheard } from "./answered.ts";
import { startBroken } from "./begun.ts";
import { differences } from "./equal.ts";
import { interrupted } from "./settled.ts";
import { needlessDeletions } from "./spared.ts";

const RULES: Rules = {
  ...{ conflict: "ask", clear: "carry", onLeftGone: "delete", onRightGone: "delete", breakerLimit: 50 },
  children: [],
};

/** One in step, one whose city differs, one on the left only. */
const RESIDENTS: readonly Resident[] = [
  { person: 0, sides: ["left", "right"], cities: { left: "Rome", right: "Rome" } },
  { person: 1, sides: ["left", "right"], cities: { left: "Bonn", right: "Bern" } },
  { person: 2, sides: ["left"], cities: { left: "Oslo", right: "Oslo" } },
];

const REST: Step = { kind: "wait", ms: 2 * HOUR_MS };

let world: World;
afterEach(() => world.close());

async function aWorld(rules: Partial<Rules>, ...steps: readonly Step[]): Promise<number> {
  const habits: Habits = {
    ...{ signIn: "token", pace: "quick", isSwept: true, nameless: [], rules: { ...RULES, ...rules } },
    ...{ highlevel: { searchLagMs: 0 }, salesmate: {} },
  };
  world = await openWorld({ seed: 1, habits, keepsTrace: false });
  const startedAt = world.clock.now();
  settleIn(world, { seed: 1, habits, residents: RESIDENTS, steps: [] });
  world.startHub();
  for (const step of [REST, ...steps]) await play(world, step);
  return startedAt;
}

function change(side: "left" | "right", person: number, city: string): void {
  const [record] = recordsOf(world.partners, side, person);
  world.partners.desk[side].edit(record?.id ?? "", { city });
}

test("Z11 a start with new records only leaves all as it is; what it altered or made across is found", async () => {
  const startedAt = await aWorld({ start: "newOnly" });
  expect(recordsOf(world.partners, "right", 2)).toHaveLength(0);
  expect(await startBroken(world, startedAt)).toEqual([]);
  expect(await differences(world)).toEqual([]);
  change("right", 1, "Bonn");
  world.partners.desk.right.create({ firstName: "Cleo", lastName: "Silva", email: "cleo@example.com" });
  expect(await startBroken(world, startedAt)).toEqual([
    'Bela\'s city was "Bern" on the right before the start, and is "Bonn"',
    "Cleo was on the left before a start with new records only, and was made across",
  ]);
});

test("Z11 what somebody says in the moment before a start is no city that stood there, and may travel", async () => {
  const edit = { kind: "edit", person: 0, side: "left", field: "city", value: "Kiel" } as const;
  const startedAt = await aWorld({ start: "newOnly" });
  await play(world, edit);
  await play(world, REST);
  expect(recordsOf(world.partners, "right", 0)[0]?.fields.city).toBe("Kiel");
  // As though the left side had had no city before, and been given this one in the very first moment.
  const [deeds, at] = [world.ledger.deeds, startedAt];
  const said = deeds.filter(({ person, side, isEntry }) => person !== 0 || side !== "left" || isEntry !== true);
  const ledger = { ...world.ledger, deeds: said.map((deed) => ({ ...deed, at })) };
  expect(await startBroken({ ...world, ledger }, startedAt)).toEqual([]);
  const entries = ledger.deeds.map((deed) => ({ ...deed, isEntry: true as const }));
  expect(await startBroken({ ...world, ledger: { ...ledger, deeds: entries } }, startedAt)).toEqual([
    'Ana\'s city was "Rome" on the right before the start, and is "Kiel"',
  ]);
});

test("Z11 a start that fills empty fields makes lone records across, and what is said later travels", async () => {
  const edit = { kind: "edit", person: 1, side: "left", field: "city", value: "Kiel" } as const;
  const startedAt = await aWorld({ start: "fillEmpty" });
  expect(recordsOf(world.partners, "right", 2)).toHaveLength(1);
  expect(recordsOf(world.partners, "right", 1)[0]?.fields.city).toBe("Bern");
  expect(await startBroken(world, startedAt)).toEqual([]);
  await play(world, edit);
  expect(await differences(world)).toHaveLength(1);
  await play(world, REST);
  expect(recordsOf(world.partners, "right", 1)[0]?.fields.city).toBe("Kiel");
  expect(await differences(world)).toEqual([]);
});

test("Z8 who was merged into somebody that is deleted is left as they are where the policy says so; else it is found", async () => {
  const merging = { kind: "merge", survivor: 1, retired: 0 } as const;
  await aWorld({ onLeftGone: "leave" }, merging, { kind: "remove", person: 1, side: "left" }, REST);
  expect(world.ledger.merges).toHaveLength(1);
  expect([0, 1].map((person) => recordsOf(world.partners, "left", person).length)).toEqual([0, 0]);
  expect([0, 1].map((person) => recordsOf(world.partners, "right", person).length)).toEqual([1, 1]);
  expect(await differences(world)).toEqual([]);
  expect(await differences({ ...world, ledger: { ...world.ledger, removals: [] } })).toHaveLength(2);
  expect(await differences({ ...world, ledger: { ...world.ledger, merges: [] } })).toHaveLength(1);
});

test("Z12 an answer is carried out; one that is not, and a question that waits all the same, are found", async () => {
  await aWorld({}, { kind: "answer", roll: 0 });
  expect(world.ledger.answers).toMatchObject([{ kind: "keep", person: 1, side: "left", field: "city" }]);
  await play(world, REST);
  expect(recordsOf(world.partners, "right", 1)[0]?.fields.city).toBe("Bonn");
  expect(await unheard(world)).toEqual([]);
  for (const side of ["left", "right"] as const) change(side, 1, `${side} again`);
  await play(world, REST);
  expect(await answersOf(world, 0)).toHaveLength(1);
  expect(await unheard(world)).toHaveLength(1);
  const ids = {
    left: recordsOf(world.partners, "left", 0)[0]?.id,
    right: recordsOf(world.partners, "right", 0)[0]?.id,
  };
  const said = { at: 0, kind: "different", key: "", ids: { left: ids.left ?? "", right: ids.right ?? "" } } as const;
  world.ledger.answers.splice(0, 1, said);
  expect(await unheard(world)).toEqual([
    `somebody said that ${ids.left} and ${ids.right} are different people, and they are linked`,
  ]);
});

test("Z13 what is typed in one go is carried when it has rested; what is carried before is found", async () => {
  const typing = {
    kind: "type",
    person: 0,
    side: "left",
    field: "city",
    values: ["R", "Ro"],
    everyMs: 10_000,
  } as const;
  await aWorld({ settleMs: { left: 30_000, right: 30_000 } }, typing, REST);
  expect(recordsOf(world.partners, "right", 0)[0]?.fields.city).toBe("Ro");
  expect(world.ledger.bursts).toHaveLength(1);
  expect(await interrupted(world)).toEqual([]);
  const bursts = world.ledger.bursts.map((burst) => ({ ...burst, until: burst.until + HOUR_MS }));
  expect(await interrupted({ ...world, ledger: { ...world.ledger, bursts } })).toHaveLength(1);
});

test("Z14 whom people delete is deleted across; one deleted across whom nobody deleted is found", async () => {
  await aWorld({}, { kind: "remove", person: 0, side: "left" }, REST);
  expect(recordsOf(world.partners, "right", 0)).toEqual([]);
  expect(await needlessDeletions(world)).toEqual([]);
  const ledger = { ...world.ledger, removals: [] };
  expect(await needlessDeletions({ ...world, ledger })).toHaveLength(1);
});
