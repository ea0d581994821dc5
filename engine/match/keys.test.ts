import { expect, test } from "vitest";
import type { Fields } from "../../model/value.ts";
import { aContact, aField, aSync } from "../../test/builders.ts";
import { compileMapping } from "../mapping/compile.ts";
import { matchKeys, nameForm, recognisedBy } from "./keys.ts";

const SIDE = {
  country: "US",
  fields: [
    aField("firstName"),
    aField("lastName"),
    aField("email", { type: "email" }),
    aField("phone", { type: "phone" }),
  ],
};
const MAPPING = compileMapping(aSync(), SIDE, { ...SIDE, country: "DE" });

test("I1: a record is recognised by its e-mail address, then by its phone", () => {
  const fields = aContact({ email: " Ana@Example.com ", phone: "(201) 555-0123" });
  expect(matchKeys(MAPPING, ["email", "phone"], "left", fields)).toEqual([
    "email:ana@example.com",
    "phone:+12015550123",
  ]);
  expect(recognisedBy(MAPPING, ["phone"], "left", fields)).toEqual([{ rule: "phone", value: "+12015550123" }]);
});

test("I1: each side's phones are read with its own country", () => {
  expect(matchKeys(MAPPING, ["phone"], "right", { phone: "030 901820" })).toEqual(["phone:+4930901820"]);
});

test("I1: nobody is recognised by emptiness, nor by a phone that can not be dialled", () => {
  expect(matchKeys(MAPPING, ["email", "phone"], "left", { email: " ", phone: "ask Maria" })).toEqual([]);
  expect(matchKeys(MAPPING, ["email", "phone"], "left", {})).toEqual([]);
});

test.each<[string, Fields, string]>([
  ["letter case and blanks", { firstName: " ANA ", lastName: "Silva" }, "ana silva"],
  ["accents", { firstName: "José", lastName: "Núñez" }, "jose nunez"],
  ["a name kept in one field", { firstName: "Ana  Silva", lastName: "" }, "ana silva"],
  ["a name kept in the other", { lastName: "Ana Silva" }, "ana silva"],
  ["no name", { email: "ana@example.com" }, ""],
])("I3: names are compared without regard to %s", (_what, fields, form) => {
  expect(nameForm(MAPPING, "left", fields)).toBe(form);
});

const FIRMS = compileMapping(
  aSync(),
  { country: "US", fields: [aField("name"), aField("website", { type: "url" }), aField("phone", { type: "phone" })] },
  { country: "US", fields: [aField("title", { standard: "name" }), aField("website", { type: "url" })] },
);
const FIRM_RULES = ["name", "website", "phone", "email"] as const;

test("I15: a business is recognised by its name, its website, its phone and its e-mail, in this order", () => {
  const fields = { name: "Café  Silva ", website: "https://www.Silva.example/", phone: "(201) 555-0123" };
  const keys = ["name:cafe silva", "website:silva.example", "phone:+12015550123"];
  expect(matchKeys(FIRMS, FIRM_RULES, "left", fields)).toEqual(keys);
  expect(matchKeys(FIRMS, FIRM_RULES, "right", { title: "CAFE SILVA", website: "silva.example" })).toEqual(
    keys.slice(0, 2),
  );
});

test("I15: no business is recognised by an empty name or website", () => {
  expect(matchKeys(FIRMS, FIRM_RULES, "left", { name: " ", website: "https://", phone: "" })).toEqual([]);
});
