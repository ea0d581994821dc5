import { expect, test } from "vitest";
import { timesIn } from "./times.ts";

const at = (text: string) => Date.parse(text);

test.each([
  ["UTC", "2026-05-04T09:00:30Z", "May 04, 2026 08:59 AM"],
  ["UTC", "2026-05-04T00:00:00Z", "May 03, 2026 11:59 PM"],
  ["UTC", "2026-05-04T12:01:00Z", "May 04, 2026 12:00 PM"],
  ["UTC", "2026-05-04T00:01:00Z", "May 04, 2026 12:00 AM"],
  ["Asia/Kolkata", "1970-01-01T00:01:00Z", "Jan 01, 1970 05:30 AM"],
  ["Europe/London", "2026-07-01T12:01:00Z", "Jul 01, 2026 01:00 PM"],
  ["America/New_York", "2026-01-15T12:01:00Z", "Jan 15, 2026 07:00 AM"],
])("SM1 in %s what changed since %s comes after the minute before: %s", (zone, since, literal) => {
  expect(timesIn(zone).after(at(since))).toBe(literal);
});

test.each([
  ["Europe/London", "2026-10-25T00:30:00Z", "the first showing of an hour shown twice", "Oct 25, 2026 12:29 AM"],
  ["Europe/London", "2026-10-25T01:30:00Z", "its second showing", "Oct 25, 2026 01:29 AM"],
  ["America/New_York", "2026-11-01T05:30:00Z", "the first showing elsewhere", "Nov 01, 2026 12:29 AM"],
  ["Australia/Lord_Howe", "2026-04-04T14:45:00Z", "half an hour shown twice", "Apr 05, 2026 01:14 AM"],
])("SM2 in %s a search since %s, %s, misses nothing", (zone, since, _what, literal) => {
  const times = timesIn(zone);
  expect(times.after(at(since))).toBe(literal);
  // Whichever showing the partner takes the literal for, it is not after the time asked for.
  expect(times.instant(literal)).toBeLessThan(at(since));
});

test.each([
  ["ISO", "2026-05-04T09:00:30.500Z", "2026-05-04T09:00:30.500Z"],
  ["ISO with an offset", "2026-05-04T11:00:30+02:00", "2026-05-04T09:00:30Z"],
  ["ISO without a zone, as UTC", "2026-05-04T09:00:30", "2026-05-04T09:00:30Z"],
  ["a date and a time, as UTC", "2026-05-04 09:00:30", "2026-05-04T09:00:30Z"],
  ["epoch milliseconds", 1_777_885_230_500, "2026-05-04T09:00:30.500Z"],
  ["epoch seconds", 1_777_885_230, "2026-05-04T09:00:30Z"],
  ["epoch milliseconds in a text", "1777885230500", "2026-05-04T09:00:30.500Z"],
  ["the literal, in summer", "May 04, 2026 10:00 AM", "2026-05-04T09:00:00Z"],
  ["the literal, in winter", "Jan 04, 2026 10:00 PM", "2026-01-04T22:00:00Z"],
  ["the literal at midnight", "Jan 04, 2026 12:05 AM", "2026-01-04T00:05:00Z"],
  ["an hour shown twice, as its first showing", "Oct 25, 2026 01:30 AM", "2026-10-25T00:30:00Z"],
])("SM3 a time is read from %s", (_form, value, expected) => {
  expect(timesIn("Europe/London").instant(value)).toBe(at(expected));
});

test.each(["", "soon", null, undefined, {}])("SM3 %j is no time", (value) => {
  expect(timesIn("Europe/London").instant(value)).toBeUndefined();
});

test.each([
  ["2026-05-04", "2026-05-04"],
  ["May 04, 2026", "2026-05-04"],
  ["May 04, 2026 11:30 PM", "2026-05-04"],
  ["2026-05-03T23:30:00Z", "2026-05-04"],
  [at("2026-05-03T23:30:00Z"), "2026-05-04"],
  ["", ""],
  [null, ""],
  ["04.05.2026", "04.05.2026"],
])("SM4 the day of %j in London is %s", (value, expected) => {
  expect(timesIn("Europe/London").day(value)).toBe(expected);
});
