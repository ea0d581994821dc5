import { SIDES, type Side } from "../../model/record.ts";
import { CONFLICT_POLICIES, type ConflictPolicy, type SyncConfig } from "../../model/sync.ts";
import type { HighLevelQuirks } from "../../sandbox/highlevel/index.ts";
import { chance, pick, type Random, seededRandom } from "../../sandbox/random.ts";
import { NAMES, type Person, phoneOf } from "../people.ts";
import { PAIR_FIELDS, type PairField, type PartnerName } from "./partner.ts";
import type { PairStep } from "./steps.ts";
import { trustmaryQuirks } from "./trustmary.ts";
import { trustpilotQuirks } from "./trustpilot.ts";

/** How a run's partners, network and configuration are, from its beginning to its end. */
export interface PairHabits {
  readonly pace: "quick" | "usual" | "slow";
  readonly conflict: ConflictPolicy;
  readonly clear: "carry" | "leave";
  readonly onLeftGone: SyncConfig["deletes"]["onLeftGone"];
  readonly onRightGone: SyncConfig["deletes"]["onRightGone"];
  readonly highlevel: Partial<HighLevelQuirks>;
  /** The partner's own, as its emulator takes them. */
  readonly partner: Readonly<Record<string, unknown>>;
}

/** Somebody who is there before the hub is. */
export interface PairResident {
  readonly person: Person;
  readonly sides: readonly Side[];
}

/** Everything that a seed decides. */
export interface PairPlan {
  readonly partner: PartnerName;
  readonly seed: number;
  readonly habits: PairHabits;
  readonly residents: readonly PairResident[];
  readonly steps: readonly PairStep[];
}

const STEPS = { min: 10, max: 24 } as const;
/** So many people at most, residents included. */
const PEOPLE_MAX = 3;
/** The share of histories in which nothing fails: what they are held to is stricter. */
const GENTLE_SHARE = 0.25;

/** What each partner can do, and is: what people can say of each other there, and take back. */
const OF_PARTNERS = {
  trustmary: { quirks: trustmaryQuirks, fields: PAIR_FIELDS, isAmendable: false, residesOn: SIDES },
  // Whom the hub keeps cannot be there before it.
  trustpilot: { quirks: trustpilotQuirks, fields: ["email", "phone"], isAmendable: true, residesOn: ["left"] },
} as const satisfies Record<PartnerName, object>;

/** The plan of a seed: the same seed, the same plan. */
export function pairPlanOf(partner: PartnerName, seed: number): PairPlan {
  const random = seededRandom(seed * 7 + partner.length);
  const isGentle = chance(random, GENTLE_SHARE);
  const habits = habitsFrom(random, partner);
  const residents = residentsFrom(random, partner);
  const count = STEPS.min + Math.floor(random() * (STEPS.max - STEPS.min));
  const steps = Array.from({ length: count }, (_, place) => stepFrom(random, place, { partner, isGentle }));
  return { partner, seed, habits, residents, steps: isGentle ? steps : steps.flatMap((step) => upset(random, step)) };
}

/** Now and then the hub dies over just that which is done in more than one piece: a new e-mail, or a reply. */
function upset(random: Random, step: PairStep): readonly PairStep[] {
  const isInPieces = step.kind === "reply" || (step.kind === "edit" && step.field === "email");
  return isInPieces && chance(random, 0.4) ? [step, crash(random), { kind: "wait", ms: 70_000 }] : [step];
}

function habitsFrom(random: Random, partner: PartnerName): PairHabits {
  const gone = (): PairHabits["onLeftGone"] => (chance(random, 0.7) ? "delete" : "leave");
  return {
    pace: pick(random, ["quick", "usual", "slow"]),
    conflict: pick(random, CONFLICT_POLICIES),
    clear: chance(random, 0.8) ? "carry" : "leave",
    ...{ onLeftGone: gone(), onRightGone: gone() },
    highlevel: {
      searchLagMs: pick(random, [0, 2_000, 30_000]),
      goneAs: pick(random, ["404", "400"]),
      clearedAs: pick(random, ["null", "empty", "absent"]),
      touchOnNoChange: chance(random, 0.5),
      retryAfter: pick(random, ["none", "seconds", "date"]),
    },
    partner: OF_PARTNERS[partner].quirks(random),
  };
}

function residentsFrom(random: Random, partner: PartnerName): PairResident[] {
  const { residesOn } = OF_PARTNERS[partner];
  return Array.from({ length: 1 + Math.floor(random() * 2) }, (_, person) => ({
    person,
    sides: pick<readonly Side[]>(random, [residesOn, residesOn, [pick<Side>(random, residesOn)]]),
  }));
}

/** What a step is made for. */
interface Occasion {
  readonly place: number;
  readonly partner: PartnerName;
}

type Maker = (random: Random, occasion: Occasion) => PairStep;

const side = (random: Random): Side => pick(random, SIDES);
const someone = (random: Random): Person => Math.floor(random() * PEOPLE_MAX);

/** What people do, each as often as its name stands here. */
const DEEDS: readonly [Maker, ...Maker[]] = [
  enter,
  edit,
  edit,
  edit,
  newEmail,
  newEmail,
  clear,
  clash,
  remove,
  swap,
  write,
  write,
  write,
  rewrite,
  rewrite,
  discard,
  discard,
  reply,
  reply,
  reply,
  follow,
  dismiss,
  dismiss,
  rest,
  rest,
  rest,
  rest,
  rest,
];

const DISTURBANCES: readonly [Maker, ...Maker[]] = [
  wire,
  wire,
  wire,
  fault,
  fault,
  fault,
  outage,
  crash,
  crash,
  crash,
  second,
  jump,
  webhooks,
  webhooks,
];

function stepFrom(random: Random, place: number, { partner, isGentle }: { partner: PartnerName; isGentle: boolean }) {
  const makers = !isGentle && chance(random, 0.28) ? DISTURBANCES : DEEDS;
  return pick(random, makers)(random, { place, partner });
}

function enter(random: Random): PairStep {
  return { kind: "enter", person: someone(random), sides: pick<readonly Side[]>(random, [["left"], ["right"], SIDES]) };
}

function fieldFrom(random: Random, partner: PartnerName): PairField {
  return pick<PairField>(random, OF_PARTNERS[partner].fields);
}

function edit(random: Random, { place, partner }: Occasion): PairStep {
  const [person, field] = [someone(random), fieldFrom(random, partner)];
  return { kind: "edit", person, side: side(random), field, value: valueFor(field, person, place) };
}

function newEmail(random: Random, { place }: Occasion): PairStep {
  const person = someone(random);
  return { kind: "edit", person, side: side(random), field: "email", value: valueFor("email", person, place) };
}

function clear(random: Random, { partner }: Occasion): PairStep {
  const field = partner === "trustmary" ? pick(random, ["phone", "city"] as const) : "phone";
  return { kind: "edit", person: someone(random), side: side(random), field, value: "" };
}

function clash(random: Random, { place, partner }: Occasion): PairStep {
  const [person, field] = [someone(random), fieldFrom(random, partner)];
  const values = [valueFor(field, person, 100 + place), valueFor(field, person, 200 + place)] as const;
  return { kind: "clash", person, field, values };
}

/** No two edits of a run say the same, so that it can be told whose value was kept. */
function valueFor(field: PairField, person: Person, place: number): string {
  switch (field) {
    case "email":
      return `${NAMES[person]}${place}@example.org`.toLowerCase();
    case "phone":
      return `${phoneOf(person).slice(0, 5)}555${String(1_000 + place).slice(-4)}`;
    case "city":
      return `${field} ${place}`;
    default:
      return field satisfies never;
  }
}

function remove(random: Random): PairStep {
  return { kind: "remove", person: someone(random), side: side(random) };
}

function swap(random: Random): PairStep {
  const one = someone(random);
  return { kind: "swap", one, other: (one + 1) % PEOPLE_MAX, side: side(random) };
}

const JOTS = ["notes", "tasks"] as const;
/** So many notes and tasks, and so many replies, at most. */
const JOTS_MAX = 3;

function write(random: Random, { place }: Occasion): PairStep {
  return { kind: "write", jot: place % JOTS_MAX, of: jotKind(place), person: someone(random), side: side(random) };
}

/** Which of the kinds a number stands for, so that later steps mean the same one. */
function jotKind(jot: number): (typeof JOTS)[number] {
  return (jot % JOTS_MAX) % 2 === 0 ? "notes" : "tasks";
}

function rewrite(random: Random, { place }: Occasion): PairStep {
  const jot = Math.floor(random() * JOTS_MAX);
  const field = jotKind(jot) === "notes" ? "body" : pick(random, ["title", "body"] as const);
  return { kind: "rewrite", jot, of: jotKind(jot), side: side(random), field, value: `said ${place}` };
}

function discard(random: Random): PairStep {
  const jot = Math.floor(random() * JOTS_MAX);
  return { kind: "discard", jot, of: jotKind(jot), side: side(random) };
}

function reply(random: Random, { place }: Occasion): PairStep {
  return { kind: "reply", reply: place % JOTS_MAX, person: someone(random), isLow: chance(random, 0.6) };
}

/** Whoever replied thinks better of it, where the partner lets them. */
function follow(random: Random, occasion: Occasion): PairStep {
  if (!OF_PARTNERS[occasion.partner].isAmendable) return reply(random, occasion);
  const which = Math.floor(random() * JOTS_MAX);
  return chance(random, 0.6)
    ? { kind: "amend", reply: which, words: `thought over ${occasion.place}` }
    : { kind: "withdraw", reply: which };
}

function dismiss(random: Random): PairStep {
  return { kind: "dismiss", reply: Math.floor(random() * JOTS_MAX), of: pick(random, JOTS) };
}

function rest(random: Random): PairStep {
  return { kind: "wait", ms: pick(random, [5, 300, 20_000, 70_000, 70_000, 3_600_000]) };
}

function wire(random: Random): PairStep {
  const times = pick(random, [1, 1, 2, 6]);
  const purpose = pick(random, ["record", "read", "write", "write", "list", "token"] as const);
  const others = [
    "refused",
    "lostBefore",
    "lostAfter",
    "silentBefore",
    "silentAfter",
    "late",
    "slow",
    "torn",
    "repeated",
    "short",
  ] as const;
  return { kind: "wire", side: side(random), purpose, fault: pick(random, others), times };
}

function fault(random: Random): PairStep {
  const effect = pick(random, ["429", "500-before", "500-after", "stale-read", "torn"] as const);
  const retryAfter = pick(random, ["seconds", "date", "none"] as const);
  return {
    kind: "partner",
    side: side(random),
    fault: { effect, times: pick(random, [1, 2, 5]), retryAfter, ms: 3_000 },
  };
}

function outage(random: Random): PairStep {
  return { kind: "outage", side: side(random), ms: pick(random, [60_000, 3_600_000]) };
}

function webhooks(random: Random): PairStep {
  const faults = pick(random, [{ lose: 1 }, { lose: 0.5 }, { double: 1 }, { lateMs: 30_000 }, { shuffle: true }]);
  return { kind: "webhooks", side: side(random), faults };
}

function crash(random: Random): PairStep {
  return { kind: "crash", awaits: 1 + Math.floor(random() * 40), when: pick(random, ["before", "after"]) };
}

function second(): PairStep {
  return { kind: "second" };
}

function jump(random: Random): PairStep {
  return { kind: "jump", ms: pick(random, [60_000, 3_600_000, 90_000_000]) };
}
