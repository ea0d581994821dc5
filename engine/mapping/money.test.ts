import fc from "fast-check";
import { expect, test } from "vitest";
import { moneyText, readMoney } from "./money.ts";

/** `KITH_RUNS` raises how many invented amounts are tried. */
const RUNS = { numRuns: Number(process.env.KITH_RUNS ?? 300) };

const CASES: readonly [rule: string, written: string | number, form: string | undefined, country?: string][] = [
  ["N11: a number is an amount", 1234.5, "1234.50"],
  ["N11: zero is an amount", 0, "0.00"],
  ["N11: minus zero is zero", "-0.00", "0.00"],
  ["N11: what computing left over does not count", 0.1 + 0.2, "0.30"],
  ["N11: three decimals are four", 1.234, "1.2340"],
  ["N11: a comma groups where a point follows", "1,234.50", "1234.50"],
  ["N11: a point groups where a comma follows", "1.234,50 €", "1234.50 EUR"],
  ["N11: the currency may stand before", "EUR 1234.5", "1234.50 EUR"],
  ["N11: a sign may stand before", "£12", "12.00 GBP"],
  ["N11: the minus may stand before the sign", "-$5", "-5.00 USD"],
  ["N11: a dollar is the country's own", "$5", "5.00 CAD", "CA"],
  ["N11: groups may be parted by blanks", "1 234 567,8 kr", undefined],
  ["N11: groups may be parted by blanks before a code", "1 234 567,8 SEK", "1234567.80 SEK"],
  ["N11: groups may be parted by narrow blanks", "12\u202f345,6", "12345.60"],
  ["N11: groups may be parted by apostrophes", "CHF 1'234.50", "1234.50 CHF"],
  ["N11: groups of two are Indian", "₹12,34,567.00", "1234567.00 INR"],
  ["N11: several separators group", "1.234.567", "1234567.00"],
  ["N11: a comma before three digits groups where a country writes so", "1,234", "1234.00", "US"],
  ["N11: a comma before three digits is a decimal comma elsewhere", "1,234", "1.2340", "DE"],
  ["N11: a point before three digits groups there", "1.234 €", "1234.00 EUR", "DE"],
  ["N11: nobody can tell without a country", "1.234", undefined, "??"],
  ["N11: a leading zero leaves no doubt", "0.125", "0.1250", "DE"],
  ["N11: a word is no amount", "about 5", undefined],
  ["N11: an unknown currency is no amount", "5 QQQ", undefined],
  ["N11: two currencies are no amount", "$5 EUR", undefined],
  ["N11: groups of other lengths are no amount", "1,23,4.5", undefined],
  ["N11: more than a number can hold is no amount", "123456789012345", undefined],
];

test.each(CASES)("%s", (_rule, written, form, country = "US") => {
  const money = readMoney(written, country);
  expect(money === undefined ? undefined : moneyText(money)).toBe(form);
});

test("N11: the form of an amount reads as the same amount in every country", () => {
  const some = fc.double({ min: -1e10, max: 1e10, noNaN: true });
  fc.assert(
    fc.property(
      some,
      fc.constantFrom("", " EUR", " USD"),
      fc.constantFrom("US", "DE", "FR", "IN", "??"),
      (value, mark, country) => {
        const money = readMoney(value, "US");
        if (money === undefined) throw new Error(`${value} must be an amount`);
        const form = `${moneyText(money)}${mark}`;
        const back = readMoney(form, country);
        expect(back === undefined ? undefined : moneyText(back)).toBe(form);
      },
    ),
    RUNS,
  );
});
