import fc from "fast-check";
import { expect, test } from "vitest";
import { FIELD_TYPES, type FieldType } from "../../model/field.ts";
import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { CONFLICT_POLICIES, MappingRow } from "../../model/sync.ts";
import { applyChanges, type Change, type Fields, isEmpty, isSameValue, type Value } from "../../model/value.ts";
import { aField, aSync } from "../../test/builders.ts";
import { compileMapping, type MappedField, type Mapping } from "../mapping/compile.ts";
import { normalForm } from "../mapping/normalForm.ts";
import type { Base } from "../ports.ts";
import { agreedBase, isQuiet, type Plan, type PlanInput, plan } from "./plan.ts";

/** Laws of comparing and merging, tried on many invented records. `KITH_RUNS` raises how many. */
const RUNS = { numRuns: Number(process.env.KITH_RUNS ?? 300) };

const FIELDS = [
  aField("city"),
  aField("email", { type: "email" }),
  aField("phone", { type: "phone" }),
  aField("size", { type: "option", options: ["Small", "Large"] }),
  aField("short", { maxLength: 4 }),
  aField("tags", { type: "set" }),
  aField("colours", { type: "set", options: ["Red", "Green"] }),
  aField("note", { type: "richText" }),
  aField("worth", { type: "money" }),
  aField("bornOn", { type: "date" }),
  aField("isVip", { type: "boolean" }),
  aField("score", { type: "number" }),
];
/** The right side keeps some of them otherwise. */
const RIGHT_TYPES: Readonly<Record<string, FieldType>> = { note: "longText", bornOn: "dateTime", score: "money" };
const RIGHT_FIELDS = FIELDS.map((field) => ({ ...field, type: RIGHT_TYPES[field.key] ?? field.type }));
const KEYS = FIELDS.map((field) => field.key);

const SAMPLES: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  city: fc.constantFrom("", " ", "Rome", " Rome", "rome", "Oslo", "Jose\u0301"),
  email: fc.constantFrom("", "ana@example.com", "ANA@example.com", "bo@example.com", "nobody"),
  phone: fc.constantFrom("", "+12015550123", "(201) 555-0123", "+4930901820", "ask"),
  size: fc.constantFrom("", "small", "Small", "Large", "Huge"),
  short: fc.constantFrom("", "abc", "abcd", "abcde"),
  tags: fc.subarray(["a", "A", "b", "c", " d "]),
  colours: fc.subarray(["red", "Green", "blue"]),
  note: fc.constantFrom(
    "",
    "<p> </p>",
    "<p>a <b>b</b></p>",
    "a b",
    "a\n\nb",
    "a<br>b",
    "1 < 2",
    "1 &lt; 2",
    "&amp;lt;",
  ),
  worth: fc.constantFrom<Value>("", "5", 5, "5 EUR", "5,00 €", "1,234", 1.23456, "ask"),
  bornOn: fc.constantFrom("", "2026-03-06", "2026-03-06T10:00:00Z", "2026-03-06 23:00", "2026-02-30", "March"),
  isVip: fc.constantFrom<Value>("", true, false, "yes", "no", "perhaps"),
  score: fc.constantFrom<Value>("", 0, 5, "5.0", 1.23456, "$5", "1.234,50", "many"),
};

const someFields: fc.Arbitrary<Fields> = fc.record(SAMPLES);

type Policy = Pick<MappingRow, "conflict" | "clear" | "direction">;
type Policies = readonly Policy[];

const POLICIES: Policies = CONFLICT_POLICIES.flatMap((conflict) =>
  (["carry", "leave"] as const).flatMap((clear) =>
    (["both", "toLeft", "toRight"] as const).map((direction) => ({ conflict, clear, direction })),
  ),
);
const somePolicies: fc.Arbitrary<Policies> = fc.array(fc.constantFrom(...POLICIES), {
  minLength: KEYS.length,
  maxLength: KEYS.length,
});

/** A policy of its own for each field. */
function mappingOf(policies: Policies, isSwapped = false): Mapping {
  const fields = KEYS.map((_key, place) => compiledOf(policies[place] ?? {}, isSwapped).fields[place]);
  const mapping = { ...compiledOf({}, isSwapped), fields: fields.filter((field) => field !== undefined) };
  return Object.assign(mapping, { [fc.toStringMethod]: () => JSON.stringify(policies) });
}

/** Compiled once for all cases, which takes longer than planning: all fields under one policy. */
const COMPILED = new Map<string, Mapping>();

function compiledOf(policy: Partial<Policy>, isSwapped: boolean): Mapping {
  const { conflict = "preferLeft", clear = "carry", direction = "both" } = policy;
  const name = `${conflict} ${clear} ${direction} ${isSwapped}`;
  const compiled = COMPILED.get(name) ?? compile({ conflict, clear, direction }, isSwapped);
  COMPILED.set(name, compiled);
  return compiled;
}

function compile(policy: Policy, isSwapped: boolean): Mapping {
  const mapping = KEYS.map((key) => MappingRow.parse({ left: key, right: key, ...policy }));
  const left = { fields: isSwapped ? RIGHT_FIELDS : FIELDS, country: "US" };
  const right = { fields: isSwapped ? FIELDS : RIGHT_FIELDS, country: "US" };
  return compileMapping(aSync({ hasStockMapping: false, mapping }), left, right);
}

/** Two records that agreed once, or never did, and were edited since. */
const someCase = fc
  .record({
    policies: somePolicies,
    agreed: fc.option(someFields, { nil: undefined }),
    left: someFields,
    right: someFields,
    leftAt: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
    rightAt: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
    asked: fc.subarray(KEYS),
  })
  .map(({ policies, agreed, left, right, leftAt, rightAt, asked }) => {
    const mapping = mappingOf(policies);
    const start = { fields: agreed ?? {} };
    return {
      policies,
      input: {
        mapping,
        base: agreed === undefined ? {} : agreedBase(mapping, {}, start, start, new Set()),
        left: { fields: left, ...(leftAt === undefined ? {} : { changedAt: leftAt }) },
        right: { fields: right, ...(rightAt === undefined ? {} : { changedAt: rightAt }) },
        asked,
      } satisfies PlanInput,
    };
  });

/** Both sides after the plan's writes have taken effect, as honest partners show them. */
function carriedOut(input: PlanInput, planned: Plan): PlanInput {
  const left = { ...input.left, fields: applyChanges(input.left.fields, planned.changes.left) };
  const right = { ...input.right, fields: applyChanges(input.right.fields, planned.changes.right) };
  return { ...input, left, right, base: agreedBase(input.mapping, input.base, left, right, planned.held) };
}

/** Letters that change with their case or neighbours, blanks of several kinds, and what the types look for. */
const PIECES = [
  ..."J H a Z \u030C \u0331 e\u0301 \u0130 \u212A \u03A3 \u00DF / ? # @ , ; . - + $ \u20AC EUR e5 0 1 12 2026".split(
    " ",
  ),
  ..."http:// HTTPS:// <p> </p> <br> <!-- --> <script> < > & &amp; &lt; amp; &#74; &shy; -03-06 T 10:00 +1".split(" "),
  ...["US", "Germany", "yes", "NO", "true", "201 555 0123", " ", "\t", "\r\n", "\n", "\u00A0", "\u2000"],
];
const someText = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join(""));

test("N1: a normal form is its own normal form, whatever is written", () => {
  const some = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    { arbitrary: someText, weight: 4 },
    fc.array(someText, { maxLength: 3 }),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.array(fc.string()),
    ...Object.values(SAMPLES),
  );
  fc.assert(
    fc.property(fc.constantFrom(...FIELD_TYPES), some, fc.constantFrom("US", "DE", "??"), (type, value, country) => {
      const form = normalForm(type, value, country);
      expect(normalForm(type, form, country)).toEqual(form);
    }),
    RUNS,
  );
});

test("M11: planning again after the writes have taken effect plans nothing", () => {
  fc.assert(
    fc.property(someCase, ({ input }) => {
      const after = carriedOut(input, plan(input));
      expect(plan(after).changes).toEqual({ left: {}, right: {} });
    }),
    RUNS,
  );
});

test("E1: our own writes read back plan nothing, also before the new base is stored", () => {
  fc.assert(
    fc.property(someCase, ({ input }) => {
      const { base: _lost, ...after } = carriedOut(input, plan(input));
      expect(isQuiet(plan({ ...after, base: input.base }))).toBe(true);
    }),
    RUNS,
  );
});

const SWAPPED = { preferLeft: "preferRight", preferRight: "preferLeft", toLeft: "toRight", toRight: "toLeft" } as const;

function swapped(input: PlanInput, policies: Policies): PlanInput {
  const mapping = mappingOf(
    policies.map(({ conflict, clear, direction }) => ({
      conflict: conflict === "preferLeft" || conflict === "preferRight" ? SWAPPED[conflict] : conflict,
      direction: direction === "both" ? direction : SWAPPED[direction],
      clear,
    })),
    true,
  );
  const base: Base = Object.fromEntries(Object.entries(input.base).map(([key, [left, right]]) => [key, [right, left]]));
  return { ...input, mapping, base, left: input.right, right: input.left };
}

test("M12: swapping the sides, and the policies with them, swaps the plan", () => {
  fc.assert(
    fc.property(someCase, ({ input, policies }) => {
      const planned = plan(input);
      const mirrored = plan(swapped(input, policies));
      expect(mirrored.changes).toEqual({ left: planned.changes.right, right: planned.changes.left });
      expect([...mirrored.held]).toEqual([...planned.held]);
    }),
    RUNS,
  );
});

test("M4: a change is written, decided against by name, or waits; it is never just lost", () => {
  fc.assert(
    fc.property(someCase, fc.constantFrom(...SIDES), ({ input }, side) => {
      const planned = plan(input);
      const after = carriedOut(input, planned);
      for (const field of input.mapping.fields) {
        const before = input.base[field.agreement]?.[side === "left" ? 0 : 1];
        const form = field.normal(side, input[side].fields[field.id] ?? "");
        if (field.type === "set" || before === undefined || isSameValue(before, form)) continue;
        const hasArrived = isSameValue(
          field.normal(otherSide(side), after[otherSide(side)].fields[field.id] ?? ""),
          form,
        );
        const isNamed = planned.decisions.some((decision) => decision.field === field.id);
        expect(hasArrived || isNamed).toBe(true);
      }
    }),
    RUNS,
  );
});

test("M7: where clearing is not carried, nothing is ever emptied or removed", () => {
  const empties = (change: Change | undefined, field: MappedField, side: Side): boolean =>
    change?.kind === "clear" ||
    (change?.kind === "elements" && change.remove.length > 0) ||
    (change?.kind === "set" && isEmpty(field.normal(side, change.value)));
  fc.assert(
    fc.property(someCase, ({ input }) => {
      const { changes } = plan(input);
      const kept = input.mapping.fields.filter((field) => field.clear === "leave");
      const broken = SIDES.map((side) => kept.filter((field) => empties(changes[side][field.keys[side]], field, side)));
      expect(broken).toEqual([[], []]);
    }),
    RUNS,
  );
});

test("M8: a side that may not be written is never written", () => {
  fc.assert(
    fc.property(someCase, ({ input }) => {
      const { changes } = plan(input);
      const isBroken = (side: Side) =>
        input.mapping.fields.some((field) => !field.canWrite[side] && changes[side][field.keys[side]] !== undefined);
      expect(SIDES.filter(isBroken)).toEqual([]);
    }),
    RUNS,
  );
});

/** A person adds or removes a tag on one side, or the hub passes by. */
const someSteps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom("add" as const, "remove" as const),
      side: fc.constantFrom(...SIDES),
      tag: fc.constantFrom("a", "B", "b", "c"),
    }),
    fc.constant({ kind: "pass" as const }),
  ),
  { maxLength: 20 },
);

test("M10: sets end up the same, whatever was added and removed where and when", () => {
  const [tags] = mappingOf([]).fields.filter((field) => field.id === "tags");
  if (tags === undefined) throw new Error("the mapping lacks the tags");
  const mapping: Mapping = { ...mappingOf([]), fields: [tags] };
  fc.assert(
    fc.property(someSteps, (steps) => {
      let state: PlanInput = { mapping, base: {}, left: { fields: { tags: [] } }, right: { fields: { tags: [] } } };
      for (const step of [...steps, { kind: "pass" as const }]) {
        state = step.kind === "pass" ? carriedOut(state, plan(state)) : edited(state, step.side, step.kind, step.tag);
      }
      const forms = SIDES.map((side) => tags.normal(side, state[side].fields.tags ?? []));
      expect(forms[0]).toEqual(forms[1]);
      expect(isQuiet(plan(state))).toBe(true);
    }),
    RUNS,
  );
});

function edited(state: PlanInput, side: Side, kind: "add" | "remove", tag: string): PlanInput {
  const change = {
    kind: "elements" as const,
    add: kind === "add" ? [tag] : [],
    remove: kind === "remove" ? [tag] : [],
  };
  return { ...state, [side]: { fields: applyChanges(state[side].fields, { tags: change }) } };
}

test("M10: what one side added and what the other removed both happen", () => {
  fc.assert(
    fc.property(
      fc.subarray(["a", "b", "c"]),
      fc.subarray(["x", "y"]),
      fc.subarray(["a", "b", "c"]),
      (start, added, removed) => {
        const mapping = mappingOf([]);
        const agreed = { fields: { tags: start } };
        const base = agreedBase(mapping, {}, agreed, agreed, new Set());
        const left = { fields: { tags: [...start, ...added] } };
        const right = { fields: { tags: start.filter((tag) => !removed.includes(tag)) } };
        const input = { mapping, base, left, right };
        const after = carriedOut(input, plan(input));
        const wanted = normalForm("set", [...start.filter((tag) => !removed.includes(tag)), ...added], "US");
        for (const side of SIDES) expect(normalForm("set", after[side].fields.tags ?? [], "US")).toEqual(wanted);
      },
    ),
    RUNS,
  );
});

test("M16: after a person has chosen for every conflict, nothing waits and planning again plans nothing", () => {
  fc.assert(
    fc.property(
      someCase,
      fc.array(fc.constantFrom(...SIDES), { minLength: KEYS.length, maxLength: KEYS.length }),
      ({ input }, sides) => {
        const choices = Object.fromEntries(KEYS.map((key, place) => [key, sides[place] ?? "left"]));
        const planned = plan({ ...input, choices });
        expect([...planned.held]).toEqual([]);
        expect(isQuiet(plan(carriedOut(input, planned)))).toBe(true);
      },
    ),
    RUNS,
  );
});

test("J1: the decisions of a plan are the same, letter by letter, however the fields were ordered when read", () => {
  const turned = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).toReversed());
  fc.assert(
    fc.property(someCase, ({ input }) => {
      const other = plan({
        ...input,
        base: Object.fromEntries(Object.entries(input.base).toReversed()),
        left: { ...input.left, fields: turned(input.left.fields) },
        right: { ...input.right, fields: turned(input.right.fields) },
      });
      expect(JSON.stringify(other.decisions)).toBe(JSON.stringify(plan(input).decisions));
      expect(JSON.stringify(other.changes)).toBe(JSON.stringify(plan(input).changes));
    }),
    RUNS,
  );
});

/** What partners make of a text, or of each element of a set, on its way in. */
const REWRITES: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.slice(0, 3),
  (text) => text.replaceAll(/[aeiou]/gi, "-"),
  () => "",
];

function rewritten(value: Value, rewrite: (text: string) => string): Value {
  if (typeof value === "string") return rewrite(value);
  return typeof value === "object" ? value.map(rewrite).filter((element) => element !== "") : value;
}

test("E2: what a partner rewrote on its way in is written once, whatever became of it", () => {
  fc.assert(
    fc.property(someCase, fc.constantFrom(...REWRITES), fc.constantFrom(...SIDES), ({ input }, rewrite, side) => {
      const planned = plan(input);
      const honest = carriedOut(input, planned);
      const fields: Record<string, Value> = { ...honest[side].fields };
      for (const key of Object.keys(planned.changes[side])) fields[key] = rewritten(fields[key] ?? "", rewrite);
      const after = { ...honest, [side]: { ...honest[side], fields } };
      const base = agreedBase(after.mapping, input.base, after.left, after.right, planned.held);
      expect(isQuiet(plan({ ...after, base }))).toBe(true);
    }),
    RUNS,
  );
});
