import { expect, test } from "vitest";
import { retryAfterAt } from "./retryAfter.ts";

const NOW = Date.UTC(2026, 2, 6, 12);

test.each([
  ["seconds", "30", NOW + 30_000],
  ["zero seconds", "0", NOW],
  ["parts of a second", "1.5", NOW + 1_500],
  ["a date", "Fri, 06 Mar 2026 12:01:00 GMT", NOW + 60_000],
  ["a date gone by", "Fri, 06 Mar 2026 11:00:00 GMT", NOW],
  ["more than a day", "999999", NOW + 86_400_000],
  ["nothing", undefined, undefined],
  ["blank", "  ", undefined],
  ["neither form", "soon", undefined],
])("K6 Retry-After in %s is understood", (_form, header, expected) => {
  expect(retryAfterAt(header, NOW)).toBe(expected);
});
