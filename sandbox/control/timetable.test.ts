import { expect, test } from "vitest";
import { createHandClock } from "../testing.ts";
import { createTimetable } from "./timetable.ts";

const DAY_MS = 86_400_000;

test("EH373 what is to happen later happens then, also after months, and not once all is over", () => {
  const clock = createHandClock();
  const timetable = createTimetable(clock);
  const happened: string[] = [];
  const start = clock.now();
  timetable.at(start - 1, () => happened.push("past"));
  timetable.at(start + 100 * DAY_MS, () => happened.push("far"));
  timetable.at(start + DAY_MS, () => happened.push("near"));
  timetable.at(start + 200 * DAY_MS, () => happened.push("never"));
  clock.advance(0);
  expect(happened).toEqual(["past"]);
  clock.advance(100 * DAY_MS - 1);
  expect(happened).toEqual(["past", "near"]);
  clock.advance(1);
  expect(happened).toEqual(["past", "near", "far"]);
  timetable.clear();
  clock.advance(200 * DAY_MS);
  expect(happened).toHaveLength(3);
});
