import { expect, test } from "vitest";
import { type Forecast, forecastWords } from "./forecast.ts";

const MINUTE = 60_000;
const range = (soonest: number, latest = soonest) => ({ soonestMs: soonest * MINUTE, latestMs: latest * MINUTE });

test.each<[string, Forecast, string]>([
  ["B18 one time is about that", { whole: range(12.2, 11.8) }, "About 12 minutes left"],
  ["B18 a single unit", { whole: range(1) }, "About 1 minute left"],
  ["B18 hardly any time", { whole: range(0.1, 0.4) }, "Less than a minute left"],
  ["B18 a range in one unit", { whole: range(3, 20) }, "3 to 20 minutes left"],
  ["B18 a range over two units", { whole: range(40, 180) }, "40 minutes to 3 hours left"],
  ["B18 a range from almost nothing", { whole: range(0, 5) }, "Up to 5 minutes left"],
  ["B18 days", { whole: range(3 * 1_440) }, "About 3 days left"],
  [
    "B18 amid the reading",
    { reading: range(2), whole: range(3, 90) },
    "Read in about 2 minutes, in step in 3 minutes to 2 hours",
  ],
])("%s", (_what, forecast, words) => {
  expect(forecastWords(forecast)).toBe(words);
});
