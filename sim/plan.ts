import { SIDES, type Side } from "../model/record.ts";
import { CONFLICT_POLICIES, DELETE_POLICIES } from "../model/sync.ts";
import { chance, pick, type Random, seededRandom } from "../sandbox/random.ts";
import { WIRE_FAULTS } from "./network.ts";
import type { PartnerFault, PartnerHabits } from "./partners.ts";
import { EDITED, type EditedField, NAMES, type Person, phoneOf, TAGS } from "./people.ts";
import type { Rules } from "./rules.ts";
import type { Step } from "./steps.ts";
import { withStories } from "./stories/index.ts";

/** How a run's partners, network and configuration are, from its beginning to its end. */
export interface Habits extends PartnerHabits {
  readonly rules: Rules;
  readonly signIn: "oauth" | "token";
  readonly pace: "quick" | "usual" | "slow";
  /** Whether everything is compared every so often. Where nothing fails, webhooks and polls must do without it. */
  readonly isSwept: boolean;
  /** Whether people answer what the hub asks them, at the latest when everything is mended. */
  readonly isAnswering?: boolean;
  /** Who has neither e-mail nor phone. */
  readonly nameless: readonly Person[];
}

/** A person who is there before the hub is. */
export interface Resident {
  readonly person: Person;
  readonly sides: readonly Side[];
  /** Whether they are known on the right by another e-mail and without a phone, so that only a person can tell. */
  readonly isUnlike?: boolean;
  /** A different city on each side is a conflict from the start. */
  readonly cities: Readonly<Record<Side, string>>;
}

/** Everything that a seed decides. */
export interface Plan {
  readonly seed: number;
  readonly habits: Habits;
  readonly residents: readonly Resident[];
  readonly steps: readonly Step[];
}

const STEPS = { min: 8, max: 26 } as const;
const RESIDENTS_MAX = 3;
/** The share of histories in which nothing fails: what they are held to is stricter. */
const GENTLE_SHARE = 0.25;

/** The plan of a seed: the same seed, the same plan. */
export function planOf(seed: number): Plan {
  const random = seededRandom(seed);
  const isGentle = chance(random, GENTLE_SHARE);
  const habits = { ...habitsFrom(random), isSwept: !isGentle || chance(random, 0.5) };
  const residents = residentsFrom(random, habits.nameless);
  const count = STEPS.min + Math.floor(random() * (STEPS.max - STEPS.min));
  const steps = Array.from({ length: count }, (_, place) => stepFrom(random, place, isGentle));
  const plan = { seed, habits, residents, steps };
  // Salesmate tells nobody of a deletion: only a full comparison finds it.
  return withStories(habits.isSwept ? plan : { ...plan, steps: steps.filter(({ kind }) => kind !== "remove") });
}

function habitsFrom(random: Random): Omit<Habits, "isSwept"> {
  return {
    signIn: pick(random, ["oauth", "token"]),
    pace: pick(random, ["quick", "usual", "slow"]),
    nameless: NAMES.flatMap((_, person) => (chance(random, 0.1) ? [person] : [])),
    rules: {
      conflict: pick(random, CONFLICT_POLICIES),
      clear: chance(random, 0.8) ? "carry" : "leave",
      onLeftGone: gonePolicy(random),
      onRightGone: gonePolicy(random),
      breakerLimit: pick(random, [50, 50, 1]),
      children: [],
    },
    highlevel: {
      allowDuplicateContact: chance(random, 0.2),
      searchLagMs: pick(random, [0, 2_000, 30_000]),
      rawNames: chance(random, 0.5),
      goneAs: pick(random, ["404", "400"]),
      clearedAs: pick(random, ["null", "empty", "absent"]),
      touchOnNoChange: chance(random, 0.5),
      envelope: pick(random, ["flat", "data"]),
      retryAfter: pick(random, ["none", "seconds", "date"]),
    },
    salesmate: {
      failuresAs: pick(random, ["status", "200"]),
      goneAs: pick(random, ["404", "isDeleted"]),
      updateAnswers: pick(random, ["id", "empty"]),
      afterComparesMinutes: chance(random, 0.5),
      touchOnNoChange: chance(random, 0.5),
      readDatesAs: pick(random, ["iso", "epoch"]),
      timeZone: pick(random, ["Europe/London", "America/New_York", "Asia/Kolkata"]),
    },
  };
}

function gonePolicy(random: Random): Rules["onLeftGone"] {
  return chance(random, 0.6) ? "delete" : pick(random, DELETE_POLICIES);
}

/** Who has neither e-mail nor phone lives on one side: by no rule could two such records be told to be one person. */
function residentsFrom(random: Random, nameless: readonly Person[]): Resident[] {
  const count = 1 + Math.floor(random() * RESIDENTS_MAX);
  return Array.from({ length: count }, (_, person) => {
    const left = `Town${person}`;
    const everywhere: readonly Side[] = nameless.includes(person) ? ["right"] : SIDES;
    return {
      person,
      sides: pick<readonly Side[]>(random, [everywhere, everywhere, ["left"], ["right"]]),
      cities: { left, right: chance(random, 0.2) ? `City${person}` : left },
    };
  });
}

/** So many people at most, residents included. */
const PEOPLE_MAX = 4;

type Maker = (random: Random, place: number) => Step;

const side = (random: Random): Side => pick(random, SIDES);
const someone = (random: Random): Person => Math.floor(random() * PEOPLE_MAX);

/** What people do, each as often as its name stands here. */
const DEEDS: readonly [Maker, ...Maker[]] = [
  enter,
  join,
  clash,
  edit,
  edit,
  edit,
  edit,
  clear,
  tag,
  tag,
  remove,
  swap,
  share,
  rest,
  rest,
  rest,
  rest,
];

const DISTURBANCES: readonly [Maker, ...Maker[]] = [
  wire,
  wire,
  wire,
  wire,
  partner,
  partner,
  outage,
  crash,
  crash,
  crash,
  second,
  revoke,
  jump,
];

const OCCASIONS: readonly [Maker, ...Maker[]] = [pause, configure, webhooks, webhooks];

function stepFrom(random: Random, place: number, isGentle: boolean): Step {
  const roll = random();
  if (roll < 0.07) return pick(random, OCCASIONS)(random, place);
  if (roll < 0.3 && !isGentle) return pick(random, DISTURBANCES)(random, place);
  return pick(random, DEEDS)(random, place);
}

function enter(random: Random, place: number): Step {
  const sides = pick<readonly Side[]>(random, [["left"], ["right"], SIDES]);
  return { kind: "enter", person: someone(random), sides, city: `Place${place}` };
}

function edit(random: Random, place: number): Step {
  const person = someone(random);
  const field = pick(random, EDITED);
  return { kind: "edit", person, side: side(random), field, value: valueFor(field, person, place) };
}

/** No two edits of a run say the same, so that it can be told whose value was kept. */
function valueFor(field: EditedField, person: Person, place: number): string {
  switch (field) {
    case "email":
      return `${NAMES[person]}${place}@example.org`.toLowerCase();
    case "phone":
      return `${phoneOf(person).slice(0, 5)}555${String(1_000 + place).slice(-4)}`;
    case "website":
      return `https://example.org/${place}`;
    case "postalCode":
      return String(10_000 + place);
    default:
      return `${field} ${place}`;
  }
}

function clear(random: Random): Step {
  const field = pick(random, ["city", "state", "postalCode", "addressLine1", "website"] as const);
  return { kind: "edit", person: someone(random), side: side(random), field, value: "" };
}

function join(random: Random): Step {
  const { one, other } = pairFrom(random);
  return { kind: "join", person: one, other, side: side(random) };
}

function clash(random: Random, place: number): Step {
  const field = pick(random, ["city", "state", "website"] as const);
  return { kind: "clash", person: someone(random), field, values: [`left${place}.example`, `right${place}.example`] };
}

function tag(random: Random): Step {
  return {
    kind: "tag",
    person: someone(random),
    side: side(random),
    tag: pick(random, TAGS),
    isGiven: chance(random, 0.7),
  };
}

function remove(random: Random): Step {
  return { kind: "remove", person: someone(random), side: side(random) };
}

function swap(random: Random): Step {
  return { kind: "swap", ...pairFrom(random), side: side(random) };
}

function share(random: Random): Step {
  return { kind: "share", ...pairFrom(random), side: side(random) };
}

function pairFrom(random: Random): { readonly one: Person; readonly other: Person } {
  const one = someone(random);
  return { one, other: (one + 1 + Math.floor(random() * (PEOPLE_MAX - 1))) % PEOPLE_MAX };
}

function rest(random: Random): Step {
  return { kind: "wait", ms: pick(random, [5, 300, 4_000, 20_000, 70_000, 3_600_000, 9_000_000]) };
}

function jump(random: Random): Step {
  return { kind: "jump", ms: pick(random, [60_000, 3_600_000, 90_000_000]) };
}

function pause(random: Random): Step {
  return { kind: "pause", isPaused: chance(random, 0.5) };
}

function configure(random: Random): Step {
  const changes: readonly [Partial<Rules>, ...Partial<Rules>[]] = [
    { conflict: pick(random, CONFLICT_POLICIES) },
    { clear: pick(random, ["carry", "leave"]) },
    { onLeftGone: gonePolicy(random) },
    { onRightGone: gonePolicy(random) },
  ];
  return { kind: "configure", change: pick(random, changes) };
}

function wire(random: Random): Step {
  const times = pick(random, [1, 1, 2, 6]);
  const purpose = pick(random, ["record", "read", "write", "write", "list", "token"] as const);
  return { kind: "wire", side: side(random), purpose, fault: pick(random, WIRE_FAULTS), times };
}

function partner(random: Random): Step {
  const effect = pick(random, ["429", "500-before", "500-after", "401", "stale-read", "torn"] as const);
  const retryAfter = pick(random, ["seconds", "date", "none"] as const);
  const fault: PartnerFault = { effect, times: pick(random, [1, 2, 5]), retryAfter, ms: 3_000 };
  return { kind: "partner", side: side(random), fault };
}

function outage(random: Random): Step {
  return { kind: "outage", side: side(random), ms: pick(random, [60_000, 3_600_000]) };
}

function webhooks(random: Random): Step {
  const faults = pick(random, [
    { lose: 1 },
    { lose: 0.5 },
    { double: 1 },
    { lateMs: 30_000 },
    { shuffle: true },
    { forge: 1 },
    {},
  ]);
  return { kind: "webhooks", faults };
}

function crash(random: Random): Step {
  return { kind: "crash", awaits: 1 + Math.floor(random() * 40), when: pick(random, ["before", "after"]) };
}

function second(): Step {
  return { kind: "second" };
}

function revoke(random: Random): Step {
  return { kind: "revoke", token: pick(random, ["access", "access", "both"]) };
}
