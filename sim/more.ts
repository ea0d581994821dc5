import { SIDES, type Side } from "../model/record.ts";
import { below, chance, pick, type Random, seededRandom } from "../sandbox/random.ts";
import { JOT_FIELDS, JOT_KINDS, type Jot, type JotField, type JotKind } from "./children/jots.ts";
import type { Person } from "./people.ts";
import type { Habits, Plan } from "./plan.ts";
import type { Rules } from "./rules.ts";
import type { Step } from "./steps.ts";

/** In how many histories people also keep notes and tasks, and in how many they merge and bring back contacts. */
const SHARE = { jots: 1 / 3, acts: 1 / 4 } as const;
/** What is added to a history draws from a chance of its own, so that what was there before stays as it was. */
const STREAM = 0x5eed;

/**
 * Adds notes and tasks, or acts on whole contacts, to some of the plans. HighLevel tells nobody of a merge, and not
 * always of a return: only a full comparison finds them.
 */
export function withMore(plan: Plan): Plan {
  const random = seededRandom(plan.seed ^ STREAM);
  const withJots = chance(random, SHARE.jots) ? addJots(random, plan) : plan;
  return plan.habits.isSwept && chance(random, SHARE.acts) ? addActs(random, withJots) : withJots;
}

/** Notes and tasks that people write in one history, at most, and what they do with each of them after that. */
const JOTS_MAX = 5;
const REWRITES_MAX = 4;

function addJots(random: Random, plan: Plan): Plan {
  const kinds = pick<readonly [JotKind, ...JotKind[]]>(random, [JOT_KINDS, JOT_KINDS, ["notes"], ["tasks"]]);
  const jots = Array.from({ length: 1 + below(random, JOTS_MAX) }, (_, jot) =>
    storyOf(random, jot, pick(random, kinds)),
  );
  const steps = jots.reduce<readonly Step[]>(
    (all, story) => inserted(random, all, story, below(random, all.length)),
    [...plan.steps],
  );
  return { ...plan, steps, habits: withJotHabits(random, plan.habits, kinds) };
}

/** What people do with one note or task. The first people of a run are the most likely to be there. */
function storyOf(random: Random, jot: Jot, of: JotKind): readonly Step[] {
  const person: Person = below(random, LIKELY);
  const later = Array.from({ length: below(random, REWRITES_MAX + 1) }, (_, place): Step => {
    const roll = random();
    if (roll < 0.3) return { kind: "wait", ms: pick(random, [300, 20_000, 1_000_000, 7_000_000]) };
    if (roll < 0.5) return { kind: "discard", jot, of, side: pick(random, SIDES) };
    return rewriting(random, jot, of, place);
  });
  return [{ kind: "write", jot, of, person, side: pick(random, SIDES) }, ...later];
}

function rewriting(random: Random, jot: Jot, of: JotKind, place: number): Step {
  const side: Side = pick(random, SIDES);
  const field = pick(random, JOT_FIELDS[of] as readonly [JotField, ...JotField[]]); // every kind has some
  return { kind: "rewrite", jot, of, side, field, value: valueFor(random, field, place) };
}

/** No two edits of a run say the same, as far as a field allows. */
function valueFor(random: Random, field: JotField, place: number): string {
  switch (field) {
    case "title":
    case "body":
      return `${field} again, ${place}`;
    case "dueAt":
      return new Date(Date.UTC(2026, 3, 1 + place, 9, place)).toISOString();
    case "isCompleted":
      return chance(random, 0.7) ? "true" : "false";
    default:
      return field satisfies never;
  }
}

function withJotHabits(random: Random, habits: Habits, children: Rules["children"]): Habits {
  return {
    ...habits,
    rules: { ...habits.rules, children },
    highlevel: {
      ...habits.highlevel,
      noteBodyAs: pick(random, ["written", "html"]),
      emptyNoteBody: pick(random, ["reject", "keep"]),
      dueDateAs: pick(random, ["milliseconds", "seconds", "offset"]),
      childrenTouchContact: chance(random, 0.5),
      deleteTellsChildren: chance(random, 0.5),
    },
    salesmate: {
      ...habits.salesmate,
      notesAs: pick(random, ["list", "rows"]),
      rewriteNotes: chance(random, 0.5),
      notesTouchContact: chance(random, 0.5),
      activitiesOfDeleted: pick(random, ["stay", "go"]),
      searchByContact: pick(random, ["taken", "ignored", "refused"]),
      ownerAs: pick(random, ["Owner-object", "owner-object", "owner-number"]),
    },
  };
}

const ACTS_MAX = 3;
/** So many people of a run, the first, are likely to be there. */
const LIKELY = 3;

function addActs(random: Random, plan: Plan): Plan {
  const acts = Array.from({ length: 1 + below(random, ACTS_MAX) }, () => actFrom(random)).flat();
  const habits: Habits = {
    ...plan.habits,
    highlevel: {
      ...plan.habits.highlevel,
      mergeTells: pick(random, ["nobody", "nobody", "delete", "update", "both"]),
      restoreTells: chance(random, 0.5),
      restoreTouches: chance(random, 0.5),
    },
  };
  return { ...plan, habits, steps: inserted(random, plan.steps, acts, Math.floor(plan.steps.length / 3)) };
}

/** A deletion mostly precedes what brings the record back. */
function actFrom(random: Random): readonly Step[] {
  const one = below(random, LIKELY);
  const side = pick(random, SIDES);
  if (chance(random, 0.5)) {
    const retired = (one + 1 + below(random, LIKELY - 1)) % LIKELY;
    return [
      { kind: "wait", ms: pick(random, [300, 1_000_000]) },
      { kind: "merge", survivor: one, retired },
    ];
  }
  return [
    { kind: "remove", person: one, side },
    { kind: "wait", ms: pick(random, [300, 70_000, 1_000_000, 9_000_000]) },
    { kind: "restore", person: one, side: chance(random, 0.8) ? side : pick(random, SIDES) },
  ];
}

/** Puts steps into a history, in their order, at any place from `first` on. */
function inserted(random: Random, steps: readonly Step[], more: readonly Step[], first: number): Step[] {
  const places = more.map(() => first + below(random, steps.length - first + 1)).sort((one, other) => one - other);
  return [...more.keys()].reduceRight<Step[]>(
    (all, place) => {
      const step = more[place];
      return step === undefined ? all : all.toSpliced(places[place] ?? first, 0, step);
    },
    [...steps],
  );
}
