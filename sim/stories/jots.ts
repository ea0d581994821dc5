import { SIDES, type Side } from "../../model/record.ts";
import { below, chance, pick, type Random } from "../../sandbox/random.ts";
import { JOT_FIELDS, type Jot, type JotField, type JotKind } from "../children/jots.ts";
import type { Person } from "../people.ts";
import type { Habits, Plan } from "../plan.ts";
import type { Rules } from "../rules.ts";
import type { Step } from "../steps.ts";
import { inserted, LIKELY } from "./inserted.ts";

/** Notes and tasks that people write in one history, at most, and what they do with each of them after that. */
const JOTS_MAX = 5;
const REWRITES_MAX = 4;

/** Adds notes and tasks that people write, and what they do with them. */
export function addJots(random: Random, plan: Plan): Plan {
  const both = ["notes", "tasks"] as const;
  const kinds = pick<readonly [JotKind, ...JotKind[]]>(random, [both, both, ["notes"], ["tasks"]]);
  const jots = Array.from({ length: 1 + below(random, JOTS_MAX) }, (_, jot) =>
    storyOf(random, jot, pick(random, kinds)),
  );
  const steps = jots.reduce<readonly Step[]>(
    (all, story) => inserted(random, all, story, below(random, all.length)),
    [...plan.steps],
  );
  return { ...plan, steps, habits: withJotHabits(random, plan.habits, kinds) };
}

const APPOINTMENTS_MAX = 3;
/** Their numbers begin here, apart from those of notes and tasks. */
const APPOINTMENT = 20;

/** Adds appointments that people make, and what they do with them. */
export function addAppointments(random: Random, plan: Plan): Plan {
  const jots = Array.from({ length: 1 + below(random, APPOINTMENTS_MAX) }, (_, place) =>
    storyOf(random, APPOINTMENT + place, "appointments"),
  );
  const steps = jots.reduce<readonly Step[]>(
    (all, story) => inserted(random, all, story, below(random, all.length)),
    plan.steps,
  );
  const { rules, highlevel } = plan.habits;
  const habits: Habits = {
    ...plan.habits,
    rules: { ...rules, children: [...rules.children, "appointments"] },
    highlevel: {
      ...highlevel,
      appointmentTimeAs: pick(random, ["offset", "utc"]),
      appointmentNotesAs: pick(random, ["notes", "description", "both"]),
      appointmentEnvelope: pick(random, ["event", "appointment"]),
      deletedAppointments: pick(random, ["gone", "shown"]),
    },
  };
  return { ...plan, steps, habits };
}

/** What people do with one note, task or appointment. The first people of a run are the most likely to be there. */
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
  const fields = JOT_FIELDS[of].filter((each) => each !== "endsAt"); // an end is moved with its beginning
  const field = pick(random, fields as unknown as readonly [JotField, ...JotField[]]); // every kind has some
  return { kind: "rewrite", jot, of, side, field, value: valueFor(random, field, place) };
}

/** No two edits of a run say the same, as far as a field allows. */
function valueFor(random: Random, field: JotField, place: number): string {
  switch (field) {
    case "title":
    case "body":
    case "notes":
    case "location":
      return `${field} again, ${place}`;
    case "dueAt":
    case "startsAt":
    case "endsAt":
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
