import { expect, test } from "vitest";
import { MappingRow } from "../../model/sync.ts";
import type { Change, Value } from "../../model/value.ts";
import { aBase, aField, aSync } from "../../test/builders.ts";
import { agreementOf, compileMapping, type Mapping } from "../mapping/compile.ts";
import { agreedBase, isQuiet, type Observed, type Plan, plan } from "./plan.ts";

/** The fields of this table: one of each kind that merges in its own way. */
const FIELDS = [
  aField("city"),
  aField("town"),
  aField("phone", { type: "phone" }),
  aField("size", { type: "option", options: ["Small", "Large"] }),
  aField("tags", { type: "set" }),
  aField("colours", { type: "set", options: ["Red", "Green"] }),
];

type Policy = Partial<Pick<MappingRow, "conflict" | "clear" | "direction">>;

function mappingOf(field: string, policy: Policy = {}): Mapping {
  const mapping = [MappingRow.parse({ left: field, right: field, ...policy })];
  const side = { fields: FIELDS, country: "US" };
  return compileMapping(aSync({ hasStockMapping: false, mapping }), side, side);
}

/** One row of a truth table. `base` is absent before the first agreement; without `plan` nothing is planned or noted. */
interface Row {
  readonly policy?: Policy;
  readonly base?: Value;
  /** Where both sides agreed on different forms. */
  readonly baseRight?: Value;
  readonly left: Value;
  readonly right: Value;
  /** When each side says that it changed. */
  readonly times?: readonly [left: number, right: number];
  readonly plan?: {
    readonly left?: Change;
    readonly right?: Change;
    readonly isConflict?: true;
    readonly finding?: "left" | "right";
    /** The rule that decided, when it is not the one in the title. */
    readonly rule?: string;
  };
}

function planOf(field: string, { policy, base, baseRight, left, right, times }: Row): Plan {
  return plan({
    mapping: mappingOf(field, policy),
    base: base === undefined ? {} : { [agreed(field)]: [base, baseRight ?? base] },
    left: observed(field, left, times?.[0]),
    right: observed(field, right, times?.[1]),
  });
}

/** What both sides agree on for a field of this table. */
function agreed(field: string): string {
  return agreementOf(field, field, FIELDS.find((one) => one.key === field)?.type ?? "text");
}

function observed(field: string, value: Value, changedAt: number | undefined): Observed {
  return { fields: { [field]: value }, ...(changedAt === undefined ? {} : { changedAt }) };
}

function expectPlan(field: string, title: string, row: Row): void {
  const planned = planOf(field, row);
  const { left, right, isConflict, finding, rule } = row.plan ?? {};
  expect(planned.changes).toEqual({
    left: left === undefined ? {} : { [field]: left },
    right: right === undefined ? {} : { [field]: right },
  });
  expect([...planned.held]).toEqual(isConflict === true ? [field] : []);
  expect(planned.conflicts.map((conflict) => conflict.field)).toEqual([...planned.held]);
  expect(planned.findings.map((found) => found.side)).toEqual(finding === undefined ? [] : [finding]);
  const rules = row.plan === undefined ? [] : [rule ?? title.slice(0, title.indexOf(":"))];
  expect(planned.decisions.map((decision) => decision.rule)).toEqual(rules);
}

const set = (value: Value): Change => ({ kind: "set", value });
const CLEAR: Change = { kind: "clear" };

const SCALARS: readonly (readonly [title: string, row: Row])[] = [
  ["M1: nothing moved, nothing is done", { base: "Rome", left: "Rome", right: "Rome" }],
  ["M1: left moved", { base: "Rome", left: "Oslo", right: "Rome", plan: { right: set("Oslo") } }],
  ["M1: right moved", { base: "Rome", left: "Rome", right: "Oslo", plan: { left: set("Oslo") } }],
  ["M1: left moved from empty", { base: "", left: "Oslo", right: "", plan: { right: set("Oslo") } }],
  ["M1: what is sent is trimmed", { base: "Rome", left: " Oslo ", right: "Rome", plan: { right: set("Oslo") } }],
  ["M1: blanks are no change", { base: "Rome", left: " Rome", right: "Rome" }],
  ["M2: equal at first", { left: "Rome", right: "Rome" }],
  ["M2: both empty at first", { left: "", right: " " }],
  ["M2: left fills the empty right", { left: "Rome", right: "", plan: { right: set("Rome") } }],
  ["M2: right fills the empty left", { left: "", right: "Rome", plan: { left: set("Rome") } }],
  ["M2: filling is no clearing", { policy: { clear: "leave" }, left: "", right: "Rome", plan: { left: set("Rome") } }],
  ["M2: different at first is a conflict", { left: "Rome", right: "Oslo", plan: { right: set("Rome"), rule: "M5" } }],
  ["M3: both moved to the same", { base: "Rome", left: "Oslo", right: "Oslo", plan: {} }],
  ["M3: both were emptied", { base: "Rome", left: "", right: "", plan: {} }],
  ["M5: left is preferred", { base: "Rome", left: "Oslo", right: "Bonn", plan: { right: set("Oslo") } }],
  [
    "M5: right is preferred",
    { policy: { conflict: "preferRight" }, base: "Rome", left: "Oslo", right: "Bonn", plan: { left: set("Bonn") } },
  ],
  ["M5: an emptied side may win", { base: "Rome", left: "", right: "Bonn", plan: { right: CLEAR } }],
  [
    "M6: a person is asked",
    { policy: { conflict: "ask" }, base: "Rome", left: "Oslo", right: "Bonn", plan: { isConflict: true } },
  ],
  [
    "M6: a person is asked at first",
    { policy: { conflict: "ask" }, left: "Oslo", right: "Bonn", plan: { isConflict: true } },
  ],
  ["M7: emptying is carried", { base: "Rome", left: "", right: "Rome", plan: { right: CLEAR, rule: "M1" } }],
  ["M7: emptying is carried to the left", { base: "Rome", left: "Rome", right: "", plan: { left: CLEAR, rule: "M1" } }],
  ["M7: blanks empty a field", { base: "Rome", left: "  ", right: "Rome", plan: { right: CLEAR, rule: "M1" } }],
  [
    "M7: emptying stays where it happened",
    { policy: { clear: "leave" }, base: "Rome", left: "", right: "Rome", plan: {} },
  ],
  ["M7: so do blanks", { policy: { clear: "leave" }, base: "Rome", left: "  ", right: "Rome", plan: {} }],
  [
    "M7: a conflict is no way around it",
    { policy: { clear: "leave" }, base: "Rome", left: "", right: "Bonn", plan: {} },
  ],
  [
    "M8: against the direction",
    { policy: { direction: "toRight" }, base: "Rome", left: "Rome", right: "Oslo", plan: {} },
  ],
  [
    "M8: along the direction",
    {
      policy: { direction: "toRight" },
      base: "Rome",
      left: "Oslo",
      right: "Rome",
      plan: { right: set("Oslo"), rule: "M1" },
    },
  ],
  [
    "M14: what differs at first follows the direction to the left",
    { policy: { direction: "toLeft" }, left: "Oslo", right: "Bonn", plan: { left: set("Bonn") } },
  ],
  [
    "M14: what differs at first follows the direction to the right, whatever is preferred",
    {
      policy: { direction: "toRight", conflict: "preferRight" },
      left: "Oslo",
      right: "Bonn",
      plan: { right: set("Oslo") },
    },
  ],
  [
    "M14: so does what both sides changed",
    { policy: { direction: "toLeft" }, base: "Rome", left: "Oslo", right: "Bonn", plan: { left: set("Bonn") } },
  ],
  [
    "M14: a person is asked where the row says so",
    {
      policy: { direction: "toLeft", conflict: "ask" },
      left: "Oslo",
      right: "Bonn",
      plan: { isConflict: true, rule: "M6" },
    },
  ],
  ["M8: not at first either", { policy: { direction: "toLeft" }, left: "Rome", right: "", plan: {} }],
];

test.each(SCALARS)("%s", (title, row) => expectPlan("city", title, row));

const TYPED: readonly (readonly [title: string, field: string, row: Row])[] = [
  [
    "M1: the same phone written otherwise is no change",
    "phone",
    { base: "+12015550123", left: "(201) 555-0123", right: "+12015550123" },
  ],
  [
    "M9: what can not be dialled is not sent",
    "phone",
    { base: "", left: "ask Maria", right: "", plan: { finding: "right" } },
  ],
  [
    "M9: an option that is not there is not sent",
    "size",
    { base: "small", left: "Small", right: "Huge", plan: { finding: "left" } },
  ],
  [
    "M1: an option is sent in the other side's letters",
    "size",
    { base: "small", left: "LARGE", right: "Small", plan: { right: set("Large") } },
  ],
];

test.each(TYPED)("%s", (title, field, row) => expectPlan(field, title, row));

const add = (...elements: readonly string[]): Change => ({ kind: "elements", add: elements, remove: [] });
const remove = (...elements: readonly string[]): Change => ({ kind: "elements", add: [], remove: elements });

const SETS: readonly [title: string, row: Row, field?: string][] = [
  ["M10: the same elements in another order and case", { base: ["a", "b"], left: ["B", "a"], right: ["a", "b"] }],
  ["M10: both are joined at first", { left: ["a"], right: ["b"], plan: { left: add("b"), right: add("a") } }],
  [
    "M10: an element is added in the letters it was written in",
    { base: [], left: ["VIP"], right: [], plan: { right: add("VIP") } },
  ],
  [
    "M10: an element is removed in the letters it is kept in",
    { base: ["vip"], left: [], right: ["Vip"], plan: { right: remove("Vip") } },
  ],
  [
    "M10: one side adds, the other removes",
    { base: ["a"], left: ["a", "b"], right: [], plan: { left: remove("a"), right: add("b") } },
  ],
  ["M10: both added the same", { base: [], left: ["a"], right: ["A"] }],
  ["M10: both removed the same", { base: ["a"], left: [], right: [] }],
  ["M7: removing stays where it happened", { policy: { clear: "leave" }, base: ["a"], left: [], right: ["a"] }],
  [
    "M10: adding goes on where removing is not carried",
    { policy: { clear: "leave" }, base: ["a"], left: ["b"], right: ["a"], plan: { right: add("b") } },
  ],
  [
    "M8: nothing is added against the direction",
    { policy: { direction: "toRight" }, base: [], left: [], right: ["a"] },
  ],
  [
    "M8: nothing is removed against the direction",
    { policy: { direction: "toRight" }, base: ["a"], left: ["a"], right: [], plan: { right: add("a"), rule: "M10" } },
  ],
  [
    "M9: an element that is no option is not sent",
    { base: [], left: ["blue"], right: [], plan: { finding: "right" } },
    "colours",
  ],
  [
    "M9: other elements go on",
    { base: [], left: ["blue", "red"], right: [], plan: { right: add("Red"), finding: "right", rule: "M10" } },
    "colours",
  ],
];

test.each(SETS)("%s", (title, row, field = "tags") => expectPlan(field, title, row));

const NEWEST: readonly (readonly [title: string, row: Row])[] = [
  ["M5: the newer left wins", { left: "Oslo", right: "Bonn", times: [2, 1], plan: { right: set("Oslo") } }],
  ["M5: the newer right wins", { left: "Oslo", right: "Bonn", times: [1, 2], plan: { left: set("Bonn") } }],
  ["M6: the same moment tells nothing", { left: "Oslo", right: "Bonn", times: [1, 1], plan: { isConflict: true } }],
  ["M6: without times a person is asked", { left: "Oslo", right: "Bonn", plan: { isConflict: true } }],
];

test.each(NEWEST)("%s", (title, row) => {
  expectPlan("city", title, { ...row, base: "Rome", policy: { conflict: "newest" } });
});

test.each<[changed: string, row: Partial<MappingRow>]>([
  ["counterpart", { right: "town" }],
  ["type", { type: "longText" }],
])("M13: a row of another %s starts without a base", (_changed, change) => {
  const rowOf = (more: Partial<MappingRow>) => [MappingRow.parse({ left: "city", right: "city", ...more })];
  const side = { fields: FIELDS, country: "US" };
  const compiled = (more: Partial<MappingRow>) =>
    compileMapping(aSync({ hasStockMapping: false, mapping: rowOf(more) }), side, side);
  const seen = { fields: { city: "Rome", town: "" } };
  const base = agreedBase(compiled({}), {}, seen, seen, new Set());
  const planned = plan({ mapping: compiled(change), base, left: seen, right: { fields: { city: "", town: "" } } });
  expect(planned.changes.left).toEqual({});
  expect(planned.decisions.map((decision) => decision.rule)).toEqual(["M2"]);
});

test("M13: a row of which only policies changed keeps its base", () => {
  const base = aBase({ city: "Rome" });
  const mapping = mappingOf("city", { conflict: "ask", clear: "leave" });
  const planned = plan({
    mapping,
    base,
    left: observed("city", "Oslo", undefined),
    right: observed("city", "Rome", undefined),
  });
  expect(planned.changes.right).toEqual({ city: set("Oslo") });
});

const AGREED_IN_TWO_FORMS: readonly (readonly [title: string, field: string, row: Row])[] = [
  [
    "E2: a rewritten value is neither a change nor a reason to write",
    "city",
    { left: "St. Ives", right: "Saint Ives" },
  ],
  ["E2: an element that was not kept is not sent again", "tags", { left: ["a", "b"], right: ["a"] }],
];

test("M17: a side that came to hold what the other holds is agreed without a write", () => {
  const row: Row = { base: "St. Ives", baseRight: "Saint Ives", left: "Saint Ives", right: "Saint Ives", plan: {} };
  expectPlan("city", "M17: the same by now", row);
});

test.each(AGREED_IN_TWO_FORMS)("%s", (title, field, row) => {
  expectPlan(field, title, { ...row, base: row.left, baseRight: row.right });
});

const TWO = (() => {
  const mapping = ["city", "phone"].map((key) => MappingRow.parse({ left: key, right: key, conflict: "ask" }));
  const side = { fields: FIELDS, country: "US" };
  return compileMapping(aSync({ hasStockMapping: false, mapping }), side, side);
})();

test("M4: fields merge one by one, also where each side changed another", () => {
  const planned = plan({
    mapping: TWO,
    base: aBase({ city: "Rome", phone: "" }),
    left: { fields: { city: "Oslo", phone: "" } },
    right: { fields: { city: "Rome", phone: "+12015550123" } },
  });
  expect(planned.changes).toEqual({ left: { phone: set("+12015550123") }, right: { city: set("Oslo") } });
});

test("M6: only the field that waits keeps its base", () => {
  const left: Observed = { fields: { city: "Oslo", phone: "+12015550123" } };
  const right: Observed = { fields: { city: "Bonn", phone: "+12015550123" } };
  const base = aBase({ city: "Rome", phone: "" });
  const planned = plan({ mapping: TWO, base, left, right });
  expect(planned.conflicts).toEqual([{ field: "city", left: "Oslo", right: "Bonn" }]);
  expect(agreedBase(TWO, base, left, right, planned.held)).toEqual(aBase({ city: "Rome", phone: "+12015550123" }));
});

test("N9: what is known in lower case only is no evidence against the base", () => {
  const input = { mapping: mappingOf("city"), base: aBase({ city: "McLean" }) };
  const folded: Observed = { fields: { city: "mclean" }, folded: ["city"] };
  expect(plan({ ...input, left: folded, right: { fields: { city: "McLean" } } }).decisions).toEqual([]);
  const moved = plan({
    ...input,
    left: { ...folded, fields: { city: "oslo" } },
    right: { fields: { city: "McLean" } },
  });
  expect(moved.changes.right).toEqual({ city: set("oslo") });
});

test("N9: before the first agreement it counts as what the other side shows", () => {
  const mapping = mappingOf("city");
  const left: Observed = { fields: { city: "mclean" }, folded: ["city"] };
  const right: Observed = { fields: { city: "McLean" } };
  expect(plan({ mapping, base: {}, left, right }).decisions).toEqual([]);
  expect(agreedBase(mapping, {}, left, right, new Set())).toEqual(aBase({ city: "McLean" }));
});

test("N2: a field that was not shown counts as unchanged", () => {
  const input = { mapping: mappingOf("city"), left: { fields: {} }, right: { fields: { city: "Oslo" } } };
  expect(plan({ ...input, base: {} }).decisions).toEqual([]);
  expect(plan({ ...input, base: aBase({ city: "Rome" }) }).changes.left).toEqual({ city: set("Oslo") });
  expect(isQuiet(plan({ ...input, base: {} }))).toBe(true);
});
