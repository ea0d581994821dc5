import { expect, test } from "vitest";
import { MappingRow } from "../../model/sync.ts";
import type { Change, Value } from "../../model/value.ts";
import { aField, aSync } from "../../test/builders.ts";
import { compileMapping } from "../mapping/compile.ts";
import { isMovedUnderfoot, settledSide } from "./settled.ts";

const FIELDS = [aField("city"), aField("tags", { type: "set" })];
const SIDE = { fields: FIELDS, country: "US" };
const MAPPING = compileMapping(
  aSync({ hasStockMapping: false, mapping: FIELDS.map(({ key }) => MappingRow.parse({ left: key, right: key })) }),
  SIDE,
  SIDE,
);

const add = (...elements: readonly string[]): Change => ({ kind: "elements", add: elements, remove: [] });
const remove = (...elements: readonly string[]): Change => ({ kind: "elements", add: [], remove: elements });
const set = (value: Value): Change => ({ kind: "set", value });

test.each<[title: string, key: string, change: Change | undefined, planned: Value, after: Value, agreed: Value]>([
  [
    "E2: the form in which a written value came back is agreed on",
    "city",
    set("St. Ives"),
    "",
    "Saint Ives",
    "Saint Ives",
  ],
  ["E3: so is its absence", "city", set("Rome"), "", "", ""],
  ["F1: a value that was not written is agreed on as it was planned with", "city", undefined, "Rome", "Oslo", "Rome"],
  ["E2: elements that were sent and came back", "tags", add("b"), ["a"], ["a", "b"], ["a", "b"]],
  ["E3: an element that was sent and did not come back", "tags", add("b"), ["a"], ["a"], ["a"]],
  ["E2: an element that came back in other letters", "tags", add("B "), ["a"], ["a", "b"], ["a", "b"]],
  ["E2: an element that came back as another", "tags", add("b!"), ["a"], ["a", "b"], ["a", "b"]],
  ["F1: an element that somebody added meanwhile", "tags", add("b"), ["a"], ["a", "b", "x"], ["a", "b"]],
  ["F1: an element that somebody removed meanwhile", "tags", add("b"), ["a", "c"], ["b", "c"], ["b", "c", "a"]],
  ["E3: an element that was to go and stayed", "tags", remove("a"), ["a"], ["a"], ["a"]],
  ["E2: an element that was to go and went", "tags", remove("a"), ["a", "b"], ["b"], ["b"]],
])("%s", (_title, key, change, planned, after, agreed) => {
  const changes = change === undefined ? {} : { [key]: change };
  const shown = { fields: { [key]: after } };
  const settled = settledSide(MAPPING, "right", changes, { fields: { [key]: planned } }, shown);
  expect(settled.fields[key]).toEqual(agreed);
  const form = (value: Value): Value => MAPPING.fields.find((field) => field.id === key)?.normal("right", value) ?? "";
  const isMoved = JSON.stringify(form(agreed)) !== JSON.stringify(form(after));
  expect(isMovedUnderfoot(MAPPING, "right", settled, shown)).toBe(isMoved);
});

test("F1: a field that was not shown before and not written is not agreed on", () => {
  const settled = settledSide(MAPPING, "left", {}, { fields: {} }, { fields: { city: "Oslo" } });
  expect(settled.fields).toEqual({});
});

test("N9: only what was written is known in full letters afterwards", () => {
  const planned = { fields: { city: "mclean", tags: [] }, folded: ["city"] };
  const after = { fields: { city: "McLean", tags: ["a"] } };
  expect(settledSide(MAPPING, "left", { tags: add("a") }, planned, after).folded).toEqual(["city"]);
  expect(settledSide(MAPPING, "left", { city: set("McLean") }, planned, after).folded).toEqual([]);
});
