import { expect, test } from "vitest";
import { ERROR_KINDS } from "../../model/errors.ts";
import { LINK_STATES } from "../../model/link.ts";
import { aTrouble } from "../stories/builders.ts";
import { activityBars, activitySentence } from "./activity.ts";
import { allowanceTexts } from "./allowance.ts";
import { troubleTitle } from "./keys.ts";
import { counted } from "./numbers.ts";
import { ago, duration, hourMinute, moment, span, until } from "./times.ts";
import { isBlank, shown, toElements, toText } from "./values.ts";
import { failureWords, LINK_STATE_WORDS, reasonWords, verdictWords } from "./words.ts";

const NOW = Date.UTC(2026, 10, 3, 14, 5, 9);
const UNDERSCORE_OR_CODE = /_|\b\d{3}\b/;

test("UI8 every kind of failure and every state of a link has words of its own", () => {
  const said = Object.keys(ERROR_KINDS).map(failureWords);
  expect(new Set(said).size).toBe(said.length);
  for (const words of said) expect(words).not.toMatch(UNDERSCORE_OR_CODE);
  for (const state of LINK_STATES) expect(LINK_STATE_WORDS[state].word).not.toBe(state);
});

test.each([
  "created",
  "updated",
  "deleted",
  "linked",
  "ambiguous",
  "conflict",
  "unlinked",
  "agreed",
  "waiting",
  "failed",
  "caughtUp",
])("UI8 the verdict %s has words", (verdict) => expect(verdictWords(verdict).word).toMatch(/^[A-Z]/));

test.each(["webhook", "poll", "backfill", "sweep", "person", "retry", "hold", "follow"])(
  "UI8 the reason %s has words",
  (reason) => expect(reasonWords(reason)).not.toContain("because of:"),
);

test("UI8 a verdict that this page does not know is shown as it is", () => {
  expect(verdictWords("merged")).toEqual({ word: "merged", tone: "quiet" });
});

test.each([
  [0, "just now"],
  [-5_000, "just now"],
  [4_000, "4 s ago"],
  [59_999, "59 s ago"],
  [60_000, "1 min ago"],
  [3_600_000, "1 h ago"],
  [86_400_000, "yesterday"],
  [20 * 86_400_000, "20 days ago"],
])("UI8 %i ms ago reads %s", (ms, words) => expect(ago(NOW - ms, NOW)).toBe(words));

test.each([
  [7.4, "7 ms"],
  [812, "0.8 s"],
  [12_400, "12 s"],
  [180_000, "3 min"],
])("UI8 a length of %d ms reads %s", (ms, words) => expect(duration(ms)).toBe(words));

test.each([
  [10_000, "10 s"],
  [60_000, "1 min"],
  [3_600_000, "1 h"],
  [86_400_000, "1 day"],
  [172_800_000, "2 days"],
  [1_500, "1500 ms"],
])("UI8 an allowance over %d ms counts in %s", (ms, words) => expect(span(ms)).toBe(words));

test("UI8 moments are told in the reader's time zone, to the second", () => {
  expect(moment(NOW, "UTC")).toBe("3 Nov 2026, 14:05:09");
  expect(hourMinute(NOW, "Asia/Kolkata")).toBe("19:35");
  expect(until(NOW + 90_000, NOW)).toBe("in 2 min");
  expect(until(NOW - 1, NOW)).toBe("now");
});

test("UI8 numbers carry their noun, one or many", () => {
  expect(counted(1, "contact")).toBe("1 contact");
  expect(counted(1_204, "contact")).toBe("1,204 contacts");
});

test("UI8 what waits is told once, beside the allowance nearest its end", () => {
  const burst = { name: "burst", requests: 100, perMs: 10_000, used: 98, waiting: 12 };
  const daily = { name: "daily", requests: 200_000, perMs: 86_400_000, used: 1_204, waiting: 12 };
  const [short, long] = allowanceTexts([burst, daily], "HighLevel");
  expect(short).toMatchObject({ text: "98 of 100 in 10 s", tone: "wait", share: 0.98 });
  expect(short?.note).toBe("12 requests waiting for HighLevel to allow more");
  expect(long).toMatchObject({ text: "1,204 of 200,000 in 1 day", note: "", tone: "good" });
});

test("UI8 an allowance of nothing counts as used up", () => {
  const none = { name: "burst", requests: 0, perMs: 10_000, used: 0, waiting: 0 };
  expect(allowanceTexts([none], "HighLevel")[0]).toMatchObject({ share: 1, tone: "wait" });
});

test.each([
  [undefined, "not read", false],
  ["", "empty", false],
  [[], "empty", false],
  [false, "No", true],
  [0, "0", true],
  [["a", "b"], "a, b", true],
])("UI8 the value %j is shown as %s", (value, text, isReal) => expect(shown(value)).toEqual({ text, isReal }));

test("UI8 tags go through a text field and back", () => {
  expect(toText(["vip", "été"])).toBe("vip, été");
  expect(toElements(" vip,, été , vip ")).toEqual(["vip", "été"]);
  expect(isBlank([])).toBe(true);
  expect(isBlank(0)).toBe(false);
});

test.each([
  [{ key: "link:lnk-7", title: "Zoë" }, "Zoë"],
  [{ key: "link:lnk-7" }, "A linked record"],
  [{ key: "record:contacts:right:a:b", product: "Salesmate" }, "Record a:b in Salesmate"],
  [{ key: "poll:contacts:left", product: "HighLevel" }, "Looking for changes in HighLevel"],
  [{ key: "sweep:contacts:left" }, "Comparing everything in one of the products"],
  [{ key: "keep:lnk-7:right:city", product: "Salesmate", title: "Zoë" }, "Zoë: keeping Salesmate's city as you said"],
  [{ key: "same:lnk-7:lnk-9", title: "Zoë" }, "Zoë: linking it as you said"],
  [{ key: "different:lnk-7:lnk-9", title: "Zoë" }, "Zoë: keeping it apart as you said"],
  [{ key: "new:lnk-7" }, "Creating it as you said"],
  [{ key: "yield:lnk-7:left", title: "Zoë", product: "HighLevel" }, "Zoë"],
  [{ key: "backfill:contacts" }, "First reading of both sides"],
])("UI8 a failed key is told by what it was about: %j", (key, title) => {
  expect(troubleTitle({ ...aTrouble(), title: undefined, ...key })).toBe(title);
});

test("UI8 the chart has a bar for each of the last sixty minutes, empty ones included", () => {
  const minute = Math.floor(NOW / 60_000) * 60_000;
  const activity = [
    { minute, verdict: "updated", count: 3 },
    { minute, verdict: "agreed", count: 40 },
    { minute: minute - 59 * 60_000, verdict: "created", count: 2 },
    { minute: minute - 60 * 60_000, verdict: "created", count: 9 },
  ];
  const bars = activityBars(activity, NOW);
  expect(bars).toHaveLength(60);
  expect(bars.at(-1)).toEqual({ minute, created: 0, updated: 3, linked: 0, deleted: 0 });
  expect(activitySentence(bars)).toBe("5 changes in the last hour: 2 created, 3 updated.");
  expect(activitySentence(activityBars([], NOW))).toBe("No changes in the last hour.");
});
