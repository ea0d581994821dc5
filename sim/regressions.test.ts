import { expect, test } from "vitest";
import type { Habits, Plan } from "./plan.ts";
import type { Rules } from "./rules.ts";
import { run } from "./run.ts";

/** Histories that once broke a promise, cut down to what they broke it by. A seed's meaning changes; these stay. */
interface Regression {
  readonly name: string;
  readonly plan: Omit<Plan, "seed" | "habits">;
  readonly habits?: Partial<Habits>;
  /** Where it hangs on how long each call takes. */
  readonly seed?: number;
}

const RULES: Rules = {
  conflict: "preferLeft",
  clear: "carry",
  onLeftGone: "delete",
  onRightGone: "delete",
  breakerLimit: 50,
  children: [],
};

const HABITS: Habits = {
  signIn: "oauth",
  pace: "quick",
  isSwept: true,
  nameless: [],
  rules: RULES,
  highlevel: { searchLagMs: 0 },
  salesmate: {},
};

const BELA = { person: 1, sides: ["left", "right"], cities: { left: "Town1", right: "Town1" } } as const;

const REGRESSIONS: readonly Regression[] = [
  {
    name: "a field that HighLevel's rows leave out is filled from the other side",
    plan: {
      residents: [BELA],
      steps: [{ kind: "edit", person: 1, side: "right", field: "postalCode", value: "10007" }],
    },
  },
  {
    name: "the second of two hubs goes on with the tokens that the first was given",
    plan: {
      residents: [{ ...BELA, cities: { left: "Town1", right: "City1" } }],
      steps: [{ kind: "revoke", token: "access" }, { kind: "wait", ms: 5 }, { kind: "second" }],
    },
    habits: { pace: "usual" },
  },
  {
    name: "whoever is entered on both sides during the first reading is one pair",
    plan: {
      residents: [],
      steps: [
        { kind: "wait", ms: 4_000 },
        { kind: "enter", person: 2, sides: ["left", "right"], city: "Place4" },
      ],
    },
    habits: { pace: "slow", highlevel: { searchLagMs: 30_000 } },
  },
  {
    name: "whoever is brought back is made again although the other side's late webhook is what finds them",
    plan: {
      residents: [{ person: 0, sides: ["right"], cities: { left: "Town0", right: "Town0" } }],
      steps: [
        { kind: "webhooks", faults: { lateMs: 30_000 } },
        { kind: "wait", ms: 9_000_000 },
        { kind: "remove", person: 0, side: "right" },
        { kind: "wait", ms: 70_000 },
        { kind: "restore", person: 0, side: "right" },
      ],
    },
    habits: { pace: "slow", signIn: "token" },
  },
  {
    name: "a note that was deleted stays so when its contact is merged away at the same moment",
    plan: {
      residents: [
        { person: 0, sides: ["left", "right"], cities: { left: "Town0", right: "Town0" } },
        { person: 1, sides: ["left", "right"], cities: { left: "Town1", right: "Town1" } },
      ],
      steps: [
        { kind: "write", jot: 0, of: "notes", person: 0, side: "right" },
        { kind: "wait", ms: 70_000 },
        { kind: "merge", survivor: 1, retired: 0 },
        { kind: "discard", jot: 0, of: "notes", side: "right" },
      ],
    },
    habits: { rules: { ...HABITS.rules, children: ["notes"] } },
  },
  {
    name: "a row of a listing from the past is no clearing",
    plan: {
      residents: [{ person: 0, sides: ["left", "right"], cities: { left: "Town0", right: "Town0" } }],
      steps: [
        { kind: "edit", person: 0, side: "right", field: "state", value: "state 3" },
        { kind: "wait", ms: 70_000 },
        { kind: "wire", side: "left", purpose: "write", fault: "late", times: 1 },
        { kind: "second" },
        { kind: "partner", side: "right", fault: { effect: "stale-read", times: 2, retryAfter: "none", ms: 3_000 } },
        { kind: "wait", ms: 300 },
      ],
    },
    habits: { pace: "usual" },
  },
  {
    name: "a look-up that is cut short makes nobody twice",
    plan: {
      residents: [],
      steps: [
        { kind: "wait", ms: 7_000_000 },
        { kind: "enter", person: 1, sides: ["left", "right"], city: "Place17" },
        { kind: "wire", side: "right", purpose: "read", fault: "short", times: 6 },
        { kind: "wait", ms: 20_000 },
      ],
    },
    habits: { pace: "slow", signIn: "token" },
  },
  {
    name: "a webhook that is worked while a sync is started with new records only brings nothing in step",
    plan: {
      residents: [{ ...BELA, cities: { left: "Town1", right: "City1" } }],
      steps: [
        { kind: "pause", isPaused: true },
        { kind: "clash", person: 1, field: "website", values: ["one.example", "other.example"] },
        { kind: "wait", ms: 70_000 },
      ],
    },
    habits: { rules: { ...RULES, start: "newOnly" } },
  },
  {
    name: "a refused connection shows so although a hub that was replaced stored last that nobody answers",
    plan: {
      residents: [{ person: 0, sides: ["left", "right"], cities: { left: "Town0", right: "City0" } }],
      steps: [
        { kind: "edit", person: 0, side: "left", field: "postalCode", value: "10000" },
        { kind: "wire", side: "left", purpose: "record", fault: "silentBefore", times: 2 },
        { kind: "wait", ms: 5 },
        { kind: "revoke", token: "access" },
        { kind: "second" },
      ],
    },
    habits: { signIn: "token" },
  },
  {
    name: "a look-up that is answered with a page of somebody else makes nobody twice",
    plan: {
      residents: [{ person: 0, sides: ["left"], cities: { left: "Town0", right: "Town0" } }],
      steps: [
        { kind: "wait", ms: 3_600_300 },
        { kind: "enter", person: 2, sides: ["left", "right"], city: "Place9" },
        { kind: "wire", side: "right", purpose: "read", fault: "repeated", times: 2 },
        { kind: "wait", ms: 300 },
      ],
    },
    habits: { signIn: "token" },
  },
  {
    name: "whom a webhook told of before a start with new records only, but no listing yet, is left alone",
    seed: 4_302,
    plan: {
      residents: [],
      steps: [
        { kind: "pause", isPaused: true },
        { kind: "enter", person: 3, sides: ["left"], city: "Place3" },
      ],
    },
    habits: {
      pace: "usual",
      rules: { ...RULES, start: "newOnly", children: ["appointments"] },
      highlevel: { searchLagMs: 30_000 },
    },
  },
  {
    name: "a field that is emptied while two hubs carry out an answer about it is not filled again",
    seed: 2_685,
    plan: {
      residents: [
        { person: 0, sides: ["left"], cities: { left: "Town0", right: "Town0" } },
        { person: 1, sides: ["left", "right"], cities: { left: "Town1", right: "City1" } },
        { person: 2, sides: ["left", "right"], cities: { left: "Town2", right: "Town2" } },
      ],
      steps: [
        { kind: "wait", ms: 20_000 },
        { kind: "swap", one: 2, other: 1, side: "left" },
        { kind: "wait", ms: 1_000_000 },
        { kind: "answer", roll: 0.14779626578092575 },
        { kind: "second" },
        { kind: "wait", ms: 4_000 },
        { kind: "edit", person: 1, side: "right", field: "city", value: "" },
      ],
    },
    habits: {
      pace: "slow",
      isAnswering: true,
      rules: { ...RULES, conflict: "ask", children: ["notes", "tasks"] },
      highlevel: { searchLagMs: 2_000 },
    },
  },
  {
    name: "a field that a start was to fill, and that both sides were given before, is settled by its policy",
    plan: {
      residents: [{ person: 0, sides: ["left", "right"], cities: { left: "Town0", right: "" } }],
      steps: [
        { kind: "wait", ms: 4_000 },
        { kind: "clash", person: 0, field: "city", values: ["left.example", "right.example"] },
      ],
    },
    habits: { pace: "slow", signIn: "token", rules: { ...RULES, start: "fillEmpty" } },
  },
  {
    name: "a note that is written on both sides at once is one, also when its contact was listed just before",
    seed: 8_912,
    plan: {
      residents: [{ person: 0, sides: ["left", "right"], cities: { left: "Town0", right: "Town0" } }],
      steps: [
        { kind: "jump", ms: 60_000 },
        { kind: "wait", ms: 4_000 },
        { kind: "enter", person: 2, sides: ["left", "right"], city: "Place5" },
        { kind: "wait", ms: 9_000_000 },
        { kind: "write", jot: 9, of: "notes", person: 0, side: "left", isTwin: true },
      ],
    },
    habits: { pace: "usual", rules: { ...RULES, children: ["notes"] } },
  },
  {
    name: "what is edited in the moment before a start with new records only, and listed later, may travel",
    seed: 1_890,
    plan: {
      residents: [{ person: 0, sides: ["left", "right"], cities: { left: "", right: "Town0" } }],
      steps: [{ kind: "edit", person: 0, side: "left", field: "city", value: "city 0" }],
    },
    habits: {
      pace: "usual",
      rules: { ...RULES, conflict: "ask", start: "newOnly", children: ["tasks"] },
      highlevel: { searchLagMs: 2_000 },
    },
  },
  {
    name: "an edit in the very moment in which a contact was entered is found, although the list showed it too late",
    seed: 3_331,
    plan: {
      residents: [{ person: 2, sides: ["left", "right"], cities: { left: "Town2", right: "Town2" } }],
      steps: [
        { kind: "webhooks", faults: { lose: 1 } },
        { kind: "edit", person: 2, side: "left", field: "state", value: "state 11" },
      ],
    },
    habits: { pace: "slow", isSwept: false, highlevel: { searchLagMs: 30_000 } },
  },
  {
    name: "a hub that starts while a connection is refused asks what it has ever more rarely",
    seed: 3_739,
    plan: {
      residents: [{ person: 0, sides: ["left"], cities: { left: "Town0", right: "Town0" } }],
      steps: [
        { kind: "wait", ms: 20_000 },
        { kind: "revoke", token: "access" },
        { kind: "crash", awaits: 15, when: "before" },
        { kind: "wait", ms: 9_000_000 },
      ],
    },
    habits: { pace: "usual", highlevel: { searchLagMs: 2_000, rawNames: true, goneAs: "400", touchOnNoChange: true } },
  },
  {
    name: "an e-mail that was given up for another is written again when people give it back",
    plan: {
      residents: [
        { person: 0, sides: ["left", "right"], cities: { left: "Town0", right: "Town0" } },
        { person: 1, sides: ["left"], cities: { left: "Town1", right: "Town1" } },
        { person: 2, sides: ["left", "right"], cities: { left: "Town2", right: "Town2" } },
      ],
      steps: [
        { kind: "edit", person: 0, side: "right", field: "addressLine1", value: "addressLine1 0" },
        { kind: "wait", ms: 20_000 },
        { kind: "share", one: 0, other: 1, side: "right" },
        { kind: "write", jot: 2, of: "notes", person: 0, side: "left" },
        { kind: "pause", isPaused: false },
        { kind: "swap", one: 1, other: 2, side: "right" },
        { kind: "wait", ms: 1_000_000 },
        { kind: "share", one: 2, other: 1, side: "right" },
      ],
    },
    habits: { pace: "slow", rules: { ...RULES, children: ["notes", "tasks"] } },
  },
  {
    name: "who is brought back and takes another over in a merge is not made across beside the one that they take over",
    seed: 160_088,
    plan: {
      residents: [
        { person: 0, sides: ["right"], cities: { left: "Town0", right: "Town0" } },
        { person: 1, sides: ["left"], cities: { left: "Town1", right: "Town1" } },
      ],
      steps: [
        { kind: "remove", person: 1, side: "left" },
        { kind: "wait", ms: 9_000_000 },
        { kind: "wait", ms: 70_000 },
        { kind: "write", jot: 0, of: "notes", person: 0, side: "right" },
        { kind: "pause", isPaused: true },
        { kind: "restore", person: 1, side: "left" },
        { kind: "wait", ms: 3_600_000 },
        { kind: "merge", survivor: 1, retired: 0 },
      ],
    },
    habits: {
      pace: "slow",
      nameless: [2],
      rules: { ...RULES, conflict: "newest", children: ["notes", "tasks"] },
      highlevel: {
        allowDuplicateContact: true,
        searchLagMs: 30000,
        rawNames: true,
        goneAs: "400",
        clearedAs: "absent",
        touchOnNoChange: true,
        envelope: "flat",
        retryAfter: "seconds",
        noteBodyAs: "html",
        emptyNoteBody: "reject",
        dueDateAs: "offset",
        childrenTouchContact: false,
        deleteTellsChildren: true,
        mergeTells: "both",
        restoreTells: true,
        restoreTouches: false,
      },
      salesmate: {
        failuresAs: "status",
        goneAs: "404",
        updateAnswers: "id",
        afterComparesMinutes: true,
        touchOnNoChange: true,
        readDatesAs: "epoch",
        timeZone: "Europe/London",
        notesAs: "list",
        rewriteNotes: true,
        notesTouchContact: true,
        activitiesOfDeleted: "stay",
        searchByContact: "taken",
        ownerAs: "Owner-object",
      },
    },
  },
];

test.each(REGRESSIONS)("Z6 what was once broken stays mended: $name", async ({ plan, habits, seed = 1 }) => {
  // The test runner goes by the real clock, in the same process.
  const { violation } = await run({ seed, habits: { ...HABITS, ...habits }, ...plan }, { isGuarded: false });
  expect(violation).toBeUndefined();
});
