import { compileMapping, type Mapping } from "../engine/mapping/compile.ts";
import { agreedBase, type Observed, plan } from "../engine/merge/plan.ts";
import type { FieldType } from "../model/field.ts";
import type { Fields, Value } from "../model/value.ts";
import { aField, aSync } from "../test/builders.ts";
import { quantile } from "./load.ts";
import type { Row } from "./table.ts";

/** Forty fields as contacts have them: mostly text, some of every other common type. */
const TYPES: Readonly<Partial<Record<FieldType, number>>> = {
  text: 16,
  option: 5,
  number: 4,
  date: 3,
  boolean: 3,
  email: 2,
  phone: 2,
  set: 2,
  url: 1,
  country: 1,
  longText: 1,
};
const DEFINITIONS = Object.entries(TYPES).flatMap(([type, count]) =>
  // The keys were just written as field types.
  Array.from({ length: count }, (_none, place) => aField(`${type}${place}`, { type: type as FieldType })),
);
/** Different contacts, so that no branch is learned by heart. */
const CONTACTS = 1_000;
const ROUND_MS = 250;
const ROUNDS = 7;

/** How many plans one core makes of a contact of forty fields in a second. */
export async function benchPlan(): Promise<Row[]> {
  const side = { fields: DEFINITIONS, country: "US" };
  const mapping = compileMapping(aSync(), side, side);
  return [
    planRow(mapping, "nothing changed", []),
    planRow(mapping, "one field changed", ["text3"]),
    planRow(mapping, "three fields changed", ["text3", "phone1", "set0"]),
  ];
}

interface Case {
  readonly base: ReturnType<typeof agreedBase>;
  readonly left: Observed;
  readonly right: Observed;
}

function planRow(mapping: Mapping, change: string, changed: readonly string[]): Row {
  const cases = Array.from({ length: CONTACTS }, (_none, number) => caseOf(mapping, number, changed));
  const perSecond = rate(cases, changed.length, ({ base, left, right }) => {
    return Object.keys(plan({ mapping, base, left, right }).changes.right).length;
  });
  const bare = rate(cases, barelyDifferent(changed), compareBarely);
  return {
    what: `plans for a contact of 40 fields, ${change}`,
    figure: `${Math.round(perSecond).toLocaleString("en")} per second`,
    floor: `${Math.round(bare).toLocaleString("en")} per second`,
    ratio: perSecond / bare,
    toReach: "100,000 per second",
    isReached: perSecond >= 100_000,
  };
}

function caseOf(mapping: Mapping, number: number, changed: readonly string[]): Case {
  const [left, right] = [{ fields: fieldsOf(number, []) }, { fields: fieldsOf(number, []) }];
  const base = agreedBase(mapping, {}, left, right, new Set());
  return { base, left: { fields: fieldsOf(number, changed) }, right };
}

function fieldsOf(number: number, changed: readonly string[]): Fields {
  const values = DEFINITIONS.map(({ key, type }, place) => {
    return [key, madeValue(type, number * 40 + place + (changed.includes(key) ? 1_000_001 : 0))] as const;
  });
  return Object.fromEntries(values);
}

function madeValue(type: FieldType, seed: number): Value {
  switch (type) {
    case "number":
      return seed;
    case "boolean":
      return seed % 2 === 0;
    case "date":
      return new Date(Date.UTC(1950, 0, 1 + (seed % 20_000))).toISOString().slice(0, 10);
    case "email":
      return `ana.${seed}@example.com`;
    case "phone":
      return `+1201555${String(seed % 10_000).padStart(4, "0")}`;
    case "url":
      return `https://example.com/${seed}`;
    case "country":
      return ["PT", "US", "DE", "BR"][seed % 4] ?? "PT";
    case "set":
      return ["customer", `group-${seed}`];
    default:
      return `Some words, and ${seed}`;
  }
}

/** The least that could be done: every value is compared with that of the other side. @returns how many are not it. */
function compareBarely({ left, right }: Case): number {
  let count = 0;
  for (const { key } of DEFINITIONS) {
    if (left.fields[key] !== right.fields[key]) count += 1;
  }
  return count;
}

/** A set is never the other by comparison alone, whether it changed or not. */
function barelyDifferent(changed: readonly string[]): number {
  const types = new Map(DEFINITIONS.map(({ key, type }) => [key, type]));
  return (TYPES.set ?? 0) + changed.filter((key) => types.get(key) !== "set").length;
}

/**
 * Calls per second of processor time: the median of some rounds, after one that does not count.
 * @param wanted what `count` must find in each of the cases, so that nothing can be left out.
 */
function rate(cases: readonly Case[], wanted: number, count: (one: Case) => number): number {
  const round = (): number => {
    const [until, cpu] = [performance.now() + ROUND_MS, process.cpuUsage()];
    let calls = 0;
    let found = 0;
    while (performance.now() < until) {
      for (const one of cases) found += count(one);
      calls += cases.length;
    }
    const { user } = process.cpuUsage(cpu);
    if (found !== wanted * calls) throw new Error(`${found} of ${wanted * calls} changes were found`);
    return calls / (user / 1_000_000);
  };
  round();
  return quantile(Array.from({ length: ROUNDS }, round), 0.5);
}
