import { expect, test } from "vitest";
import { MappingRow } from "../../model/sync.ts";
import { aContact, aField, aSync } from "../../test/builders.ts";
import { commonType, compileMapping, standardText } from "./compile.ts";

const LEFT = {
  country: "US",
  fields: [aField("firstName"), aField("email", { type: "email" }), aField("custom.shoe", { standard: undefined })],
};
const RIGHT = {
  country: "DE",
  fields: [
    aField("given", { standard: "firstName" }),
    aField("mail", { standard: "email", type: "text" }),
    aField("custom.schuh", { standard: undefined, type: "number" }),
    aField("readOnly", { standard: undefined, isWritable: false }),
  ],
};

function row(config: Partial<MappingRow> & Pick<MappingRow, "left" | "right">): MappingRow {
  return MappingRow.parse(config);
}

test("fields of both sides that mean the same form the stock mapping", () => {
  const { fields } = compileMapping(aSync(), LEFT, RIGHT);
  expect(fields.map(({ keys }) => [keys.left, keys.right])).toEqual([
    ["firstName", "given"],
    ["email", "mail"],
  ]);
});

test("M15: a row of the sync replaces the stock pair of its right field", () => {
  const config = aSync({ mapping: [row({ left: "custom.shoe", right: "given" })] });
  expect(compileMapping(config, LEFT, RIGHT).fields.map(({ keys }) => [keys.left, keys.right])).toEqual([
    ["email", "mail"],
    ["custom.shoe", "given"],
  ]);
});

test("M15: a row of the sync replaces the stock pair of its left field", () => {
  const config = aSync({ mapping: [row({ left: "firstName", right: "custom.schuh", conflict: "ask" })] });
  const [first] = compileMapping(config, LEFT, RIGHT).fields;
  expect(first).toMatchObject({ keys: { left: "firstName", right: "custom.schuh" }, conflict: "ask" });
});

test("standard fields can be left out, and the whole stock mapping as well", () => {
  expect(compileMapping(aSync({ without: ["email"] }), LEFT, RIGHT).fields).toHaveLength(1);
  expect(compileMapping(aSync({ hasStockMapping: false }), LEFT, RIGHT).fields).toEqual([]);
});

test("a row whose field a side does not have is named and left out", () => {
  const config = aSync({ mapping: [row({ left: "custom.shoe", right: "custom.gone" })] });
  const { fields, missing } = compileMapping(config, LEFT, RIGHT);
  expect(missing).toEqual([{ side: "right", key: "custom.gone" }]);
  expect(fields).toHaveLength(2);
});

test("two types are compared as the stricter of both", () => {
  const config = aSync({ mapping: [row({ left: "custom.shoe", right: "custom.schuh" })] });
  const { fields } = compileMapping(config, LEFT, RIGHT);
  expect(fields.map((field) => field.type)).toEqual(["text", "email", "number"]);
});

test.each([
  ["both", true, true],
  ["toRight", false, true],
  ["toLeft", true, false],
] as const)("M8: the direction %s says which side may be written", (direction, left, right) => {
  const config = aSync({ hasStockMapping: false, mapping: [row({ left: "email", right: "mail", direction })] });
  expect(compileMapping(config, LEFT, RIGHT).fields[0]?.canWrite).toEqual({ left, right });
});

test("M8: a field that its partner does not let be written is never written", () => {
  const config = aSync({ hasStockMapping: false, mapping: [row({ left: "email", right: "readOnly" })] });
  expect(compileMapping(config, LEFT, RIGHT).fields[0]?.canWrite).toEqual({ left: true, right: false });
});

test("N4: each side's phones are read with that side's own country", () => {
  const phones = { fields: [aField("phone", { type: "phone" })] };
  const [phone] = compileMapping(aSync(), { ...phones, country: "US" }, { ...phones, country: "DE" }).fields;
  expect(phone?.normal("left", "201 555 0123")).toBe("+12015550123");
  expect(phone?.normal("right", "030 901820")).toBe("+4930901820");
  expect(phone?.carry("right", "030 901820")).toEqual({ kind: "value", value: "+4930901820" });
});

test("a standard field is found under the side's own key", () => {
  const mapping = compileMapping(aSync(), LEFT, RIGHT);
  expect(standardText(mapping, "right", { given: "Ana" }, "firstName")).toBe("Ana");
  expect(standardText(mapping, "right", aContact(), "phone")).toBe("");
});

test.each([
  ["text", "longText", "longText"],
  ["longText", "richText", "richText"],
  ["richText", "option", "option"],
  ["date", "dateTime", "date"],
  ["number", "money", "number"],
  ["option", "boolean", "boolean"],
  ["text", "set", "set"],
  ["phone", "email", "text"],
] as const)("M12: %s and %s are compared as %s, whichever is on the left", (one, other, common) => {
  expect([commonType(one, other), commonType(other, one)]).toEqual([common, common]);
});

test("N12: a date beside a moment is compared without the clock", () => {
  const day = { country: "US", fields: [aField("on", { type: "date" })] };
  const moment = { country: "US", fields: [aField("on", { type: "dateTime" })] };
  const [field] = compileMapping(aSync(), day, moment).fields;
  expect(field?.normal("left", "2026-03-06")).toEqual(field?.normal("right", "2026-03-06T23:15:00Z"));
});

test("N11: an amount beside a number is compared without its currency", () => {
  const number = { country: "US", fields: [aField("worth", { type: "number" })] };
  const money = { country: "DE", fields: [aField("worth", { type: "money" })] };
  const [field] = compileMapping(aSync(), number, money).fields;
  expect(field?.normal("left", 1234.5)).toEqual(field?.normal("right", "1.234,50 €"));
});

const PARTS = { as: "fullName", side: "right", first: "given", last: "family" } as const;
const SPLIT = {
  country: "US",
  fields: [aField("given", { standard: "firstName" }), aField("family", { standard: "lastName", isWritable: false })],
};

test("M18: a row with parts joins them as one field, which takes the place of its parts' stock pairs", () => {
  const mapping = [row({ left: "firstName", right: "name", parts: PARTS })];
  const { fields } = compileMapping(aSync({ mapping }), LEFT, SPLIT);
  expect(fields).toHaveLength(1);
  expect(fields[0]).toMatchObject({
    id: "firstName",
    type: "fullName",
    keys: { left: "firstName", right: "given+family" },
    reads: { left: ["firstName"], right: ["given+family", "given", "family"] },
    agreement: "firstName>given+family:fullName",
    canWrite: { left: true, right: false },
  });
});

test("M18: a part that a side does not have is named, and the row left out", () => {
  const mapping = [row({ left: "firstName", right: "name", parts: { ...PARTS, last: "gone" } })];
  const { fields, missing } = compileMapping(aSync({ mapping }), LEFT, SPLIT);
  expect(missing).toEqual([{ side: "right", key: "gone" }]);
  expect(fields).toEqual([]);
});

test.each([
  ["the same field twice", { parts: { ...PARTS, last: "given" } }, /a field of its own/],
  ["another type than its parts make", { parts: PARTS, type: "phone" }, /leave its type out/],
  ["a part that its kind does not have", { parts: { ...PARTS, middle: "second" } }, /middle/],
])("M18: a row with parts that names %s is refused", (_what, config, message) => {
  const parsed = MappingRow.safeParse({ left: "firstName", right: "name", ...config });
  expect(parsed.error?.message).toMatch(message);
});

test.each([
  ["left", "right"],
  ["right", "left"],
] as const)("M27 a name in one field on the %s is joined with its two parts on the %s by itself", (whole, parts) => {
  const sides = {
    [whole]: { country: "US", fields: [aField("name", { type: "fullName", standard: "fullName" })] },
    [parts]: { country: "US", fields: [aField("firstName"), aField("lastName")] },
  } as Record<"left" | "right", typeof LEFT>;
  const { fields } = compileMapping(aSync(), sides.left, sides.right);
  expect(fields.map(({ type, keys }) => [type, keys[whole], keys[parts]])).toEqual([
    ["fullName", "name", "firstName+lastName"],
  ]);
  expect(compileMapping(aSync({ without: ["fullName"] }), sides.left, sides.right).fields).toEqual([]);
});

test("M28 a field that one side only shows goes the other way in the stock mapping, and wins there", () => {
  const left = { country: "US", fields: [aField("score")] };
  const right = { country: "US", fields: [aField("score", { isWritable: false })] };
  expect(compileMapping(aSync(), left, right).fields[0]).toMatchObject({
    from: "right",
    canWrite: { left: true, right: false },
  });
  expect(compileMapping(aSync(), right, left).fields[0]).toMatchObject({
    from: "left",
    canWrite: { left: false, right: true },
  });
});
