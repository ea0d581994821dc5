import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldDefinition } from "../../model/field.ts";
import { SIDES } from "../../model/record.ts";
import { CONFLICT_POLICIES, MappingRow } from "../../model/sync.ts";
import type { Fields, Value } from "../../model/value.ts";
import { readDetail, writtenDetail } from "../../store/queries/journalDetail.ts";
import { aField, aJournalEntry, aSync } from "../../test/builders.ts";
import { compileMapping } from "../mapping/compile.ts";
import { withJoined } from "../mapping/joined.ts";
import { agreedBase, type Observed, type PlanInput, plan } from "../merge/plan.ts";
import type { JournalEntry, KeptMapping } from "../ports.ts";
import { keptPlan } from "./inputs.ts";
import { keptMapping } from "./kept.ts";
import { replayEntries } from "./page.ts";
import { isReplayable, type Replayed, replayEntry } from "./replay.ts";

/** Deciding anew, tried on many invented records under many mappings. `KITH_RUNS` raises how many. */
const RUNS = { numRuns: Number(process.env.KITH_RUNS ?? 300) };

const FIELDS: readonly FieldDefinition[] = [
  aField("city"),
  aField("phone", { type: "phone" }),
  aField("born", { type: "date" }),
  aField("country", { type: "country", isCodeOnly: true }),
  aField("short", { maxLength: 4 }),
  aField("tags", { type: "set" }),
  aField("first"),
  aField("last"),
];

/** Each field has a row of its own, but for the two parts of the name, which one row joins. */
const NAME = {
  left: "name",
  right: "their_first",
  parts: { as: "fullName", side: "left", first: "first", last: "last" },
};
const ROWS = [...FIELDS.slice(0, -2).map(({ key }) => ({ left: key, right: `their_${key}` })), NAME];

const SAMPLES: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  city: fc.constantFrom("", " Rome", "rome", "Rome", "Oslo", "Jose\u0301", "a\u0000b"),
  phone: fc.constantFrom("", "+12015550123", "(201) 555-0123", "+4930901820", "ask"),
  born: fc.constantFrom("", "1980-02-01", "1980-02-01T09:00:00Z"),
  country: fc.constantFrom("", "US", "United States", "Nowhere"),
  short: fc.constantFrom("", "abc", "abcde"),
  tags: fc.subarray(["a", "A", "b", " d "]),
  first: fc.constantFrom("", "Ana", "Ana Maria", "Ana Silva"),
  last: fc.constantFrom("", "Silva", "van Dijk"),
};

/** Records of which some fields were not shown. */
const someFields: fc.Arbitrary<Fields> = fc
  .tuple(fc.record(SAMPLES), fc.subarray(Object.keys(SAMPLES)))
  .map(([fields, shown]) => Object.fromEntries(Object.entries(fields).filter(([key]) => shown.includes(key))));

const someSide: fc.Arbitrary<Observed> = fc
  .record({
    fields: someFields,
    isFolded: fc.boolean(),
    changedAt: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
  })
  .map(({ fields, isFolded, changedAt }) => ({
    fields: isFolded ? { ...fields, city: String(fields.city ?? "").toLowerCase() } : fields,
    ...(isFolded ? { folded: ["city"] } : {}),
    ...(changedAt === undefined ? {} : { changedAt }),
  }));

const somePolicies = fc.array(
  fc.record({
    conflict: fc.constantFrom(...CONFLICT_POLICIES),
    clear: fc.constantFrom("carry" as const, "leave" as const),
    direction: fc.constantFrom("both" as const, "toLeft" as const, "toRight" as const),
  }),
  { minLength: ROWS.length, maxLength: ROWS.length },
);

const someCase = fc.record({
  policies: somePolicies,
  agreed: fc.option(someFields, { nil: undefined }),
  left: someSide,
  right: someSide,
  choices: fc.option(fc.dictionary(fc.constantFrom("city", "phone", "tags"), fc.constantFrom(...SIDES)), {
    nil: undefined,
  }),
  asked: fc.option(fc.subarray(["city", "phone", "tags"]), { nil: undefined }),
});

/** Both sides call their fields by other names, as partners do. */
function keptUnder(policies: readonly Pick<MappingRow, "conflict" | "clear" | "direction">[]): KeptMapping {
  const right = FIELDS.map((field) => ({ ...field, key: `their_${field.key}` }));
  const mapping = ROWS.map((row, place) => MappingRow.parse({ ...row, ...policies[place] }));
  const sync = aSync({ hasStockMapping: false, mapping });
  return keptMapping(sync, { left: { fields: FIELDS, country: "US" }, right: { fields: right, country: "DE" } });
}

function theirs(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [`their_${key}`, value]));
}

/** The left fields as the engine sees them: the parts of the name beside their whole. */
function ours(kept: KeptMapping, fields: Fields): Fields {
  return withJoined(kept.config.mapping, fields);
}

/** The entry as a store gives it back. */
function stored(entry: JournalEntry): JournalEntry {
  return { ...entry, detail: readDetail(entry.id, writtenDetail(entry.detail)) };
}

function replayed(entry: JournalEntry, kept: KeptMapping): Replayed {
  if (!isReplayable(entry)) throw new Error("the entry does not hold what its decisions were made from");
  return replayEntry(entry, kept);
}

test("J4: decisions made anew from a stored entry and its mapping are the same, to the byte", () => {
  fc.assert(
    fc.property(someCase, ({ policies, agreed, left, right, choices, asked }) => {
      const kept = keptUnder(policies);
      const mapping = compileMapping(kept.config, kept.left, kept.right);
      const start = agreed === undefined ? undefined : [{ fields: ours(kept, agreed) }, { fields: theirs(agreed) }];
      const input: PlanInput = {
        mapping,
        base: start?.[0] && start[1] ? agreedBase(mapping, {}, start[0], start[1], new Set()) : {},
        left: { ...left, fields: ours(kept, left.fields) },
        right: { ...right, fields: theirs(right.fields), ...(right.folded ? { folded: ["their_city"] } : {}) },
        ...(choices === undefined ? {} : { choices }),
        ...(asked === undefined ? {} : { asked }),
      };
      const detail = keptPlan(input, plan(input));
      if (detail.fields === undefined) return;
      const entry = stored(aJournalEntry({ detail: { mapping: kept.version, ...detail } }));
      expect(replayed(entry, kept)).toEqual({ same: true });
    }),
    RUNS,
  );
});

test("J4: a decision that would be another one today is shown beside it", () => {
  const kept = keptUnder([]);
  const mapping = compileMapping(kept.config, kept.left, kept.right);
  const input: PlanInput = {
    mapping,
    base: {},
    left: { fields: { city: "Rome" } },
    right: { fields: { their_city: "Oslo" } },
  };
  const detail = { mapping: kept.version, ...keptPlan(input, plan(input)) };
  const later: KeptMapping = {
    ...kept,
    config: { ...kept.config, mapping: [MappingRow.parse({ left: "city", right: "their_city", conflict: "ask" })] },
  };
  expect(replayed(aJournalEntry({ detail }), later)).toEqual({
    same: false,
    // The default prefers the left.
    was: '[{"field":"city","left":"Rome","right":"Oslo","rule":"M5","write":"right"}]',
    is: '[{"field":"city","left":"Rome","right":"Oslo","rule":"M6"}]',
  });
});

test("J4: an entry without decisions, or without what they were made from, can not be made anew", () => {
  const fields = [{ field: "city", rule: "M1" }];
  expect(isReplayable(aJournalEntry())).toBe(false);
  expect(isReplayable(aJournalEntry({ detail: { mapping: "1", fields } }))).toBe(false);
});

test("J9: entries without decisions are not counted, and those whose mapping is not kept are counted apart", () => {
  const fields = [{ field: "city", rule: "M1" }];
  const inputs = { left: { fields: {} }, right: { fields: {} } };
  const entries = [
    aJournalEntry(),
    aJournalEntry({ detail: { mapping: "lost", fields: [] } }),
    aJournalEntry({ detail: { mapping: "lost", fields, inputs } }),
  ];
  expect(replayEntries(entries, [keptUnder([])])).toEqual({ same: 0, incomplete: 1, differences: [] });
});

test("J3: a mapping's version says all that it is compiled from, and nothing else", () => {
  const sides = {
    left: { fields: FIELDS, country: "US" },
    right: { fields: FIELDS, country: "DE" },
  };
  const kept = keptMapping(aSync(), sides);
  expect(keptMapping(aSync({ version: "2", isPaused: true }), sides)).toEqual(kept);
  const others = [
    keptMapping(aSync({ without: ["city"] }), sides),
    keptMapping(aSync(), { ...sides, left: { fields: FIELDS, country: "PT" } }),
    keptMapping(aSync(), { ...sides, right: { fields: FIELDS.slice(1), country: "DE" } }),
  ];
  expect(new Set([kept, ...others].map(({ version }) => version)).size).toBe(4);
});
