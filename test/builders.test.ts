import { parsePhoneNumberWithError } from "libphonenumber-js/max";
import { expect, test } from "vitest";
import { FieldDefinition } from "../model/field.ts";
import { aContact, aField, aHalfLink, aLink, aSide, aSync } from "./builders.ts";

test("what a test says of a thing is kept, and the rest is filled in", () => {
  expect(aContact({ phone: "" })).toMatchObject({ phone: "", firstName: "Ana" });
  expect(aLink({ right: aSide({ externalId: "R7" }) }).right?.externalId).toBe("R7");
  expect(aSync({ isPaused: true })).toMatchObject({ isPaused: true, match: ["email", "phone"] });
});

test("a half link has a record on one side only, and has agreed on nothing", () => {
  expect(aHalfLink("left")).not.toHaveProperty("right");
  expect(aHalfLink("right")).not.toHaveProperty("left");
  expect(aHalfLink().base).toEqual({});
});

test("built things are valid", () => {
  expect(FieldDefinition.parse(aField("email"))).toEqual(aField("email"));
  expect(parsePhoneNumberWithError(String(aContact().phone)).isPossible()).toBe(true);
});
