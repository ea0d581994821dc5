import { expect, test } from "vitest";
import { instantOf, literalOf } from "./dates.ts";

test.each([
  ["1970-01-01T00:00:00.000Z", "Asia/Kolkata", "Jan 01, 1970 05:30 AM"],
  ["2026-07-01T11:59:59.999Z", "Europe/London", "Jul 01, 2026 12:59 PM"],
  ["2026-12-31T23:30:00.000Z", "Europe/Paris", "Jan 01, 2027 12:30 AM"],
  ["2026-03-08T07:30:00.000Z", "America/New_York", "Mar 08, 2026 03:30 AM"],
])("ES50 %s in %s is written %s and read back to the minute", (iso, timeZone, literal) => {
  const at = Date.parse(iso);
  expect(literalOf(at, timeZone)).toBe(literal);
  expect(instantOf(literal, timeZone)).toBe(Math.floor(at / 60_000) * 60_000);
});

test.each(["2026-05-04", "Foo 01, 2026 09:00 AM", "May 04, 2026 09:00", ""])("ES51 %j is no such text", (literal) => {
  expect(instantOf(literal, "UTC")).toBeUndefined();
});
