import fc from "fast-check";
import { expect, test } from "vitest";
import { joinName, nameText, splitName } from "./names.ts";

/** `KITH_RUNS` raises how many invented names are tried. */
const RUNS = { numRuns: Number(process.env.KITH_RUNS ?? 300) };

const CASES: readonly [
  rule: string,
  name: string,
  known: readonly [string, string],
  split: readonly [string, string],
][] = [
  ["N13: the last word is the last name", "Ana Silva", ["", ""], ["Ana", "Silva"]],
  ["N13: the words before it are the first name", "Ana Maria Silva", ["", ""], ["Ana Maria", "Silva"]],
  ["N13: a single word is the first name", "Ana", ["", ""], ["Ana", ""]],
  ["N13: particles belong to the last name", "Ludwig van Beethoven", ["", ""], ["Ludwig", "van Beethoven"]],
  ["N13: several particles as well", "Ana de la Cruz", ["", ""], ["Ana", "de la Cruz"]],
  ["N13: a particle that begins the name is a first name", "Van Morrison", ["", ""], ["Van", "Morrison"]],
  ["N13: blanks between words count once", " Ana   Silva ", ["", ""], ["Ana", "Silva"]],
  ["N13: what a person split stays split so", "Ana Maria Silva", ["Ana", "Maria Silva"], ["Ana", "Maria Silva"]],
  ["N13: what stands in the last name only stays there", "Silva", ["", "Silva"], ["", "Silva"]],
  [
    "N13: another first name leaves a last name of two words",
    "Bo García Márquez",
    ["Ana", "García Márquez"],
    ["Bo", "García Márquez"],
  ],
  [
    "N13: another last name leaves a first name of two words",
    "Ana Maria Costa Sousa",
    ["Ana Maria", "Silva"],
    ["Ana Maria", "Costa Sousa"],
  ],
  ["N13: a first name that went leaves the last name", "Silva", ["Ana", "Silva"], ["", "Silva"]],
  [
    "N13: a last name that went leaves a first name of two words",
    "Ana Maria",
    ["Ana Maria", "Silva"],
    ["Ana Maria", ""],
  ],
  ["N13: another name is split anew", "Bo van Berg", ["Ana", "Silva"], ["Bo", "van Berg"]],
];

test.each(CASES)("%s", (_rule, name, [first, last], split) => {
  expect(splitName(name, { first, last })).toEqual({ first: split[0], last: split[1] });
});

const someWords = fc
  .array(fc.constantFrom("Ana", "Maria", "de", "van", "Silva", "O'Neil", " ", "", "e\u0301"), { maxLength: 5 })
  .map((words) => words.join(" "));

test("N13: a name that was split joins to the same name, whatever was there before", () => {
  fc.assert(
    fc.property(fc.oneof(someWords, fc.string()), someWords, someWords, (name, first, last) => {
      expect(joinName(splitName(name, { first, last }))).toBe(nameText(name));
    }),
    RUNS,
  );
});

test("N13: a name that was joined is split as it was", () => {
  fc.assert(
    fc.property(someWords, someWords, (first, last) => {
      expect(splitName(joinName({ first, last }), { first, last })).toEqual({ first, last });
    }),
    RUNS,
  );
});
