import fc from "fast-check";
import { expect } from "vitest";
import { normalForm } from "../engine/mapping/normalForm.ts";
import type { FieldDefinition } from "../model/field.ts";
import type { Snapshot } from "../model/record.ts";
import { type Changes, type Fields, isEmpty, type Value } from "../model/value.ts";
import { allChanges } from "./suiteConformance.ts";

/** What the property of values is told of a kind of record. */
export interface ValueOptions {
  readonly sample: Fields;
  readonly others: Fields;
  /** Fields without which a record can not be made; all others are left out at times. */
  readonly needed: readonly string[];
  /** Fields that take certain values only. */
  readonly closed: readonly string[];
  /** Values that the partner does not tell from empty ones. */
  readonly asEmpty?: Fields;
}

/** A kind of record to put values into. */
export interface ValueRig {
  readonly describe: () => Promise<readonly FieldDefinition[]>;
  /** Country that phones are read in. */
  readonly country: string;
  /** @returns its external id */
  readonly create: (fields: Fields) => Promise<string>;
  readonly read: (externalId: string) => Promise<Snapshot>;
  readonly update: (externalId: string, changes: Changes, known: Fields) => Promise<unknown>;
  /** Lets time pass, and with it the allowance grow again. */
  readonly rest: () => Promise<void>;
}

const RUNS = 25;

/**
 * Whatever stands in a field is, once the partner has it, the same in the form in which values are compared; and what the
 * partner shows is written back without effect.
 */
export async function checkValues(options: ValueOptions, rig: ValueRig): Promise<void> {
  const definitions = (await rig.describe()).filter(({ isWritable }) => isWritable);
  const types = new Map(definitions.map(({ key, type }) => [key, type]));
  const form = (key: string, value: Value): Value => normalForm(types.get(key) ?? "text", value, rig.country);
  let record = 0;
  const property = fc.asyncProperty(drawnFields(definitions, options), async (drawn) => {
    record += 1;
    await rig.rest();
    const written = singled(drawn, types, options.needed, record);
    const externalId = await rig.create(written);
    const { fields } = await rig.read(externalId);
    for (const [key, value] of Object.entries(written)) {
      const shown = fields[key] ?? "";
      const kept = options.asEmpty?.[key] === value ? "" : value;
      expect({ key, form: form(key, shown) }).toEqual({ key, form: form(key, kept) });
      expect(form(key, form(key, shown)), `the form of ${key}`).toEqual(form(key, shown));
    }
    const again = Object.keys(written).flatMap((key) => (isEmpty(fields[key] ?? "") ? [] : [[key, fields[key] ?? ""]]));
    await rig.update(externalId, allChanges(Object.fromEntries(again)), fields);
    expect((await rig.read(externalId)).fields).toEqual(fields);
  });
  await fc.assert(property, { numRuns: RUNS });
}

function drawnFields(definitions: readonly FieldDefinition[], options: ValueOptions): fc.Arbitrary<Fields> {
  const { sample, others, closed, needed } = options;
  const values: Record<string, fc.Arbitrary<Value>> = {};
  for (const definition of definitions) {
    const known = [sample[definition.key], others[definition.key]].filter((value) => value !== undefined);
    const isClosed = closed.includes(definition.key);
    values[definition.key] = (isClosed ? undefined : valuesOf(definition)) ?? fc.constantFrom(...known);
  }
  const fields = fc.record(values, { requiredKeys: [...needed] });
  if (!("startsAt" in values && "endsAt" in values)) return fields;
  // What ends before it begins is no appointment.
  return fc
    .tuple(fields, aMinute, fc.integer({ min: 1, max: 600 }))
    .map(([drawn, at, minutes]) => ({ ...drawn, startsAt: momentAt(at), endsAt: momentAt(at + minutes) }));
}

/** Makes a record one that nobody else is: addresses, numbers and names by which records are known are its own. */
function singled(drawn: Fields, types: ReadonlyMap<string, string>, needed: readonly string[], record: number): Fields {
  const own = (key: string, value: Value, place: number): Value => {
    const type = types.get(key);
    if (type === "email") return `p${record}.${place}.${String(value)}`;
    if (type === "phone") return `+1201555${String(record * 20 + place).padStart(4, "0")}`;
    return needed.includes(key) && type === "text" ? `${record} ${String(value)}` : value;
  };
  return Object.fromEntries(Object.entries(drawn).map(([key, value], place) => [key, own(key, value, place)]));
}

/** Words in any script, with blanks and marks, and a letter at the end so that they are never empty. */
const someWords = fc.string({ unit: "grapheme", maxLength: 24 }).map((text) => `${text.replaceAll(/\s+/g, " ")}é`);
const aName = fc.stringMatching(/^[A-Z][a-zäéøñ]{1,8}$/);
const aMinute = fc.integer({ min: Date.UTC(2026, 3, 1) / 60_000, max: Date.UTC(2027, 3, 1) / 60_000 });
const aDay = fc.integer({ min: -20_000, max: 40_000 }).map((day) => momentAt(day * 1_440).slice(0, 10));

function momentAt(minute: number): string {
  return new Date(minute * 60_000).toISOString();
}

/** Values of a field by its type and what it says of itself; `undefined` where only known ones will do. */
function valuesOf({ type, options, maxLength = 200 }: FieldDefinition): fc.Arbitrary<Value> | undefined {
  switch (type) {
    case "text":
      return someWords.map((text) => text.slice(-maxLength));
    case "longText":
      return fc.array(someWords, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n").slice(-maxLength));
    case "richText":
      return fc.array(fc.stringMatching(/^[\w .,;é]{1,20}é$/), { minLength: 1, maxLength: 3 }).map(paragraphs);
    case "fullName":
      return fc.tuple(aName, aName).map((names) => names.join(" "));
    case "email":
      return fc.stringMatching(/^[A-Za-z0-9]{1,8}$/).map((name) => `${name}@Example.com`);
    case "phone":
      return fc.constant("+12015550123");
    case "url":
      return fc
        .stringMatching(/^[a-z0-9]{1,8}(\/[\w-]{1,6})?$/)
        .map((rest) => `https://www.${rest.replace("/", ".example/")}`);
    case "date":
      return aDay;
    case "dateTime":
      return aMinute.map(momentAt);
    case "number":
      return fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 4);
    case "boolean":
      return fc.boolean();
    case "option":
      return options === undefined ? undefined : fc.constantFrom(...options);
    case "set":
      return options === undefined
        ? fc.uniqueArray(fc.stringMatching(/^[A-Za-zé]{1,8}( [a-z]{1,4})?$/), {
            minLength: 1,
            maxLength: 5,
            selector: (element) => element.toLowerCase(),
          })
        : fc.subarray([...options], { minLength: 1 });
    case "money":
    case "country":
    case "address":
    case "json":
      return undefined;
    default:
      return type satisfies never;
  }
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${text.trim()}</p>`).join("");
}
