import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { chance, pick, type Random, seededRandom } from "../../sandbox/random.ts";
import type { PartnerFault } from "../partners.ts";
import type { Plan } from "../plan.ts";
import type { Step } from "../steps.ts";

/**
 * Scenes: a few steps in a row that lead where steps drawn one by one hardly ever do. Each is set up so that one mistake
 * of the hub would show, whatever else happens in the run.
 */

/** In how many histories there is one. */
const SHARE = 0.3;
/** A chance of their own, so that what was there before stays as it was. */
const STREAM = 0x5ce_4e;

type Scene = (random: Random, plan: Plan) => Plan;

/** Adds a scene to some of the plans. */
export function withScene(plan: Plan): Plan {
  const random = seededRandom(plan.seed ^ STREAM);
  if (!chance(random, SHARE)) return plan;
  const scenes: readonly [Scene, ...Scene[]] = plan.habits.isSwept
    ? [lateCreate, lateCreate, hiddenRow, staleRead, bulkImport, twinNotes, typing]
    : [bulkImport, staleRead, typing];
  return pick(random, scenes)(random, plan);
}

/** So long after its beginning a run has read both sides, and carried what people did before, ms. */
const SETTLED_MS = 9_000_000;

/** Nobody else enters this person. */
const NEWCOMER = 4;

/** Somebody is entered while the answer to the create across is lost, mostly before it takes effect. */
function lateCreate(random: Random, plan: Plan): Plan {
  const entered: Side = chance(random, 0.75) ? "left" : "right";
  const fault = pick(random, ["late", "late", "late", "lostAfter", "silentAfter"] as const);
  return after(random, plan, [
    { kind: "wait", ms: SETTLED_MS },
    { kind: "wire", side: otherSide(entered), purpose: "write", fault, times: 1 },
    { kind: "enter", person: NEWCOMER, sides: [entered], city: "Lagos" },
    { kind: "wait", ms: 70_000 },
  ]);
}

/** A whole comparison is told one record less than there are. */
function hiddenRow(random: Random, plan: Plan): Plan {
  return after(random, plan, [
    { kind: "wait", ms: SETTLED_MS },
    { kind: "wire", side: pick(random, SIDES), purpose: "list", fault: "short", times: 6 },
    { kind: "wait", ms: 4_000_000 },
  ]);
}

/**
 * At rest, somebody says something new on one side, while the other answers from before its own last change: taken for
 * the present, that old value would win over the new one.
 */
function staleRead(random: Random, plan: Plan): Plan {
  const known = plan.residents.find(({ person, sides }) => sides.length > 1 && !plan.habits.nameless.includes(person));
  if (known === undefined) return plan;
  const { person } = known;
  const { conflict } = plan.habits.rules;
  const stale: Side =
    conflict === "preferLeft" || conflict === "preferRight" ? PREFERRED[conflict] : pick(random, SIDES);
  const field = pick(random, ["city", "state", "addressLine1"] as const);
  const fault: PartnerFault = { effect: "stale-read", times: 2, match: { method: "GET", path: CONTACT } };
  const steps: readonly Step[] = [
    { kind: "wait", ms: 70_000 },
    { kind: "edit", person, side: stale, field, value: `${field} before` },
    { kind: "wait", ms: SETTLED_MS },
    { kind: "partner", side: stale, fault },
    { kind: "edit", person, side: otherSide(stale), field, value: `${field} after` },
    { kind: "wait", ms: 4_000_000 },
  ];
  return { ...plan, steps: [...steps, ...plan.steps] };
}

const SETTLE_MS = 30_000;

/** Somebody types for a while, before anything goes wrong, where the hub waits until a record has been left alone. */
function typing(random: Random, plan: Plan): Plan {
  const known = plan.residents.find(({ sides }) => sides.length > 1);
  if (known === undefined) return plan;
  const side: Side = chance(random, 0.75) ? "left" : "right";
  const values = ["L", "La", "Lag", "Lagos"];
  const steps: readonly Step[] = [
    { kind: "wait", ms: SETTLED_MS },
    { kind: "type", person: known.person, side, field: "city", values, everyMs: 10_000 },
    { kind: "wait", ms: 4_000_000 },
  ];
  const rules = { ...plan.habits.rules, settleMs: { left: SETTLE_MS, right: SETTLE_MS } };
  return { ...plan, habits: { ...plan.habits, rules }, steps: [...steps, ...plan.steps] };
}

const PREFERRED = { preferLeft: "left", preferRight: "right" } as const;

/** The direct read of one contact, at either partner. */
const CONTACT = "^/(apis/contact/v4|contacts)/\\w+(\\?|$)";

/** Two people write the same about somebody at one moment, each on their side. */
function twinNotes(random: Random, plan: Plan): Plan {
  const known = plan.residents.find(({ sides }) => sides.length > 1);
  if (known === undefined) return plan;
  const { rules } = plan.habits;
  const [of = "notes"] = rules.children;
  const habits = { ...plan.habits, rules: { ...rules, children: rules.children.length === 0 ? [of] : rules.children } };
  const { person } = known;
  return after(random, { ...plan, habits }, [
    { kind: "wait", ms: SETTLED_MS },
    { kind: "write", jot: TWIN, of, person, side: pick(random, SIDES), isTwin: true },
    { kind: "wait", ms: 70_000 },
    { kind: "rewrite", jot: TWIN, of, side: pick(random, SIDES), field: "body", value: "said once more" },
  ]);
}

/** Nobody else writes this one. */
const TWIN = 9;

/** Many were imported at one moment, some of them at HighLevel only: their time alone does not tell them apart. */
function bulkImport(_random: Random, plan: Plan): Plan {
  const strangers = [0, 1, 2].map((place) => ({
    person: NEWCOMER + place,
    sides: ["left"] as const,
    cities: { left: "Lagos", right: "Lagos" },
  }));
  const rules = { ...plan.habits.rules, contactsPerPage: 2 };
  return { ...plan, habits: { ...plan.habits, rules }, residents: [...plan.residents, ...strangers] };
}

/** The steps in a row, somewhere in the history. */
function after(random: Random, plan: Plan, scene: readonly Step[]): Plan {
  const place = Math.floor(random() * (plan.steps.length + 1));
  return { ...plan, steps: plan.steps.toSpliced(place, 0, ...scene) };
}
