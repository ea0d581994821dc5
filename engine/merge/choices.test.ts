import { expect, test } from "vitest";
import { MappingRow } from "../../model/sync.ts";
import type { Value } from "../../model/value.ts";
import { aBase, aField, aSync } from "../../test/builders.ts";
import { compileMapping, type Mapping } from "../mapping/compile.ts";
import { agreedBase, isQuiet, type PlanInput, plan } from "./plan.ts";

/** A person's choice between two values of a field. */

function asking(row: Partial<MappingRow> = {}): Mapping {
  const mapping = [MappingRow.parse({ left: "city", right: "city", conflict: "ask", ...row })];
  const side = { fields: [aField("city")], country: "US" };
  return compileMapping(aSync({ hasStockMapping: false, mapping }), side, side);
}

function input(left: Value, right: Value, row?: Partial<MappingRow>): PlanInput {
  return {
    mapping: asking(row),
    base: aBase({ city: "Rome" }),
    left: { fields: { city: left } },
    right: { fields: { city: right } },
  };
}

test.each([
  ["left", { left: {}, right: { city: { kind: "set", value: "Oslo" } } }],
  ["right", { left: { city: { kind: "set", value: "Bonn" } }, right: {} }],
] as const)("M16: the value that a person chose on the %s is written to the other side", (chosen, changes) => {
  const planned = plan({ ...input("Oslo", "Bonn"), choices: { city: chosen } });
  expect(planned.changes).toEqual(changes);
  expect(planned.conflicts).toEqual([]);
  expect([...planned.held]).toEqual([]);
  expect(planned.decisions.map((decision) => decision.rule)).toEqual(["M16"]);
});

test("M16: a choice comes before the policy of its row", () => {
  const planned = plan({ ...input("Oslo", "Bonn", { conflict: "preferLeft" }), choices: { city: "right" } });
  expect(planned.changes.left).toEqual({ city: { kind: "set", value: "Bonn" } });
});

test("M16: a choice settles nothing where only one side changed since", () => {
  const planned = plan({ ...input("Oslo", "Rome"), choices: { city: "right" } });
  expect(planned.changes).toEqual({ left: {}, right: { city: { kind: "set", value: "Oslo" } } });
  expect(planned.decisions.map((decision) => decision.rule)).toEqual(["M1"]);
});

test("M16: a choice of another field settles nothing", () => {
  const planned = plan({ ...input("Oslo", "Bonn"), choices: { town: "left" } });
  expect([...planned.held]).toEqual(["city"]);
});

test("M16: the empty side may be chosen where clearing is carried", () => {
  expect(plan({ ...input("", "Bonn"), choices: { city: "left" } }).changes.right).toEqual({ city: { kind: "clear" } });
});

test.each([
  ["Oslo", ""],
  ["", "Oslo"],
])("M21: a field never agreed on that a person is asked about waits on, as %j and %j", (left, right) => {
  const asked = { ...input(left, right), base: {}, asked: ["city"] };
  expect(plan(asked)).toMatchObject({
    changes: { left: {}, right: {} },
    conflicts: [{ field: "city", left, right }],
    decisions: [{ rule: "M6" }],
  });
  expect(isQuiet(plan({ ...asked, asked: ["town"] }))).toBe(false);
});

test("M21: the side that was emptied while a person was asked may be chosen", () => {
  const planned = plan({ ...input("Oslo", ""), base: {}, asked: ["city"], choices: { city: "right" } });
  expect(planned.changes).toEqual({ left: { city: { kind: "clear" } }, right: {} });
  expect(planned.conflicts).toEqual([]);
});

test("M21: what a person was asked about waits no more when both sides say the same, empty or not", () => {
  const asked = { ...input("", ""), base: {}, asked: ["city"] };
  expect(plan(asked).decisions).toEqual([]);
  expect(plan({ ...asked, ...input("Oslo", "Oslo"), base: {} }).decisions).toEqual([]);
});

test("M7: a person's choice of the empty side empties nothing where clearing is not carried, and waits no more", () => {
  const planned = plan({ ...input("", "Bonn", { clear: "leave" }), choices: { city: "left" } });
  expect(isQuiet(planned)).toBe(true);
  expect([...planned.held]).toEqual([]);
});

test("M8: a choice does not write against the direction of its row, and waits no more", () => {
  const planned = plan({ ...input("Oslo", "Bonn", { direction: "toLeft" }), choices: { city: "left" } });
  expect(isQuiet(planned)).toBe(true);
  expect([...planned.held]).toEqual([]);
});

test("M16: a field that a person settled is quiet afterwards, without the choice", () => {
  const before = input("Oslo", "Bonn");
  const planned = plan({ ...before, choices: { city: "left" } });
  const after = { ...before, right: before.left };
  const base = agreedBase(after.mapping, after.base, after.left, after.right, planned.held);
  expect(plan({ ...after, base }).decisions).toEqual([]);
});
