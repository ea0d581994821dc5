import fc from "fast-check";
import { expect, test } from "vitest";
import { addressForm, joinAddress, type SplitAddress, splitAddress } from "./address.ts";

/** `KITH_RUNS` raises how many invented addresses are tried. */
const RUNS = { numRuns: Number(process.env.KITH_RUNS ?? 300) };

function anAddress(parts: Partial<SplitAddress> = {}): SplitAddress {
  return { street: "", city: "", state: "", postalCode: "", country: "", ...parts };
}

const BERLIN = anAddress({ street: "Main St 1", city: "Berlin", postalCode: "10117", country: "Germany" });

const CASES: readonly [rule: string, text: string, split: SplitAddress | undefined, known?: SplitAddress][] = [
  ["N14: a postal code before the city", "Main St 1, 10117 Berlin, Germany", BERLIN],
  ["N14: a postal code after the city", "Main St 1, Berlin 10117, Germany", BERLIN],
  ["N14: lines instead of commas", "Main St 1\n10117 Berlin\nGermany", BERLIN],
  ["N14: without a country", "Main St 1, 10117 Berlin", { ...BERLIN, country: "" }],
  ["N14: a country by its code beside a postal code", "Main St 1, 10117 Berlin, DE", { ...BERLIN, country: "DE" }],
  [
    "N14: a street of two parts",
    "Flat 3, Main St 1, 10117 Berlin",
    { ...BERLIN, street: "Flat 3, Main St 1", country: "" },
  ],
  [
    "N14: a state before its postal code",
    "12 Elm St, Springfield, IL 62701, USA",
    anAddress({ street: "12 Elm St", city: "Springfield", state: "IL", postalCode: "62701", country: "USA" }),
  ],
  [
    "N14: a British postal code in a part of its own",
    "10 High St, London, SW1A 1AA",
    anAddress({ street: "10 High St", city: "London", postalCode: "SW1A 1AA" }),
  ],
  ["N14: a city alone may be anything", "Main St 1, Berlin", undefined],
  [
    "N14: a city that was the city is the city",
    "Elm St 2, Berlin",
    anAddress({ street: "Elm St 2", city: "Berlin" }),
    anAddress({ city: "Berlin" }),
  ],
  ["N14: two letters may be a state or a country", "Main St 1, San Jose, CA", undefined],
  ["N14: a street alone is a street", "Main St 1", anAddress({ street: "Main St 1" })],
  ["N14: a street alone forgets no city", "Main St 2", undefined, BERLIN],
  ["N14: a town without a street is not told apart", "10117 Berlin, Germany", undefined],
  ["N14: the same address keeps its parts", "Main St 1, Berlin 10117, DE", BERLIN, BERLIN],
];

test.each(CASES)("%s", (_rule, text, split, known = anAddress()) => {
  expect(splitAddress(text, known)).toEqual(split);
});

test("N14: addresses are the same whether the postal code stands before or after the city", () => {
  expect(addressForm("Main St 1, Berlin 10117, DE")).toBe(addressForm("Main St 1, 10117 Berlin, Germany"));
  expect(addressForm("Main St 1, Berlin")).not.toBe(addressForm("Main St 2, Berlin"));
});

const someText = fc
  .array(
    fc.constantFrom(
      "Main St 1",
      "Berlin",
      "10117 Berlin",
      "IL 62701",
      "Costa",
      "Rica",
      "US",
      "Germany",
      "Korea",
      "South",
      "",
      "12",
    ),
    { maxLength: 5 },
  )
  .chain((parts) => fc.constantFrom(", ", "\n", " ").map((between) => parts.join(between)));
const someParts = fc.record({
  street: someText,
  city: fc.constantFrom("", "Berlin", "San Jose", "New York"),
  state: fc.constantFrom("", "IL", "Bavaria"),
  postalCode: fc.constantFrom("", "10117", "SW1A 1AA"),
  country: fc.constantFrom("", "DE", "Germany", "Atlantis"),
});

test("N14: what was joined is split as it was, and what was split joins to the same address", () => {
  fc.assert(
    fc.property(someParts, fc.oneof(someText, fc.string()), (known, text) => {
      expect(splitAddress(joinAddress(known), known)).toEqual(known);
      const split = splitAddress(text, known);
      if (split !== undefined) expect(addressForm(joinAddress(split))).toBe(addressForm(text));
    }),
    RUNS,
  );
});

test("N1: the form of an address is its own form", () => {
  fc.assert(
    fc.property(fc.oneof(someText, fc.string()), (text) => {
      expect(addressForm(addressForm(text))).toBe(addressForm(text));
    }),
    RUNS,
  );
});
