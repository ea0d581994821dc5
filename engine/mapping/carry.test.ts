import { expect, test } from "vitest";
import type { FieldDefinition, FieldType } from "../../model/field.ts";
import type { Value } from "../../model/value.ts";
import { aField } from "../../test/builders.ts";
import { carry } from "./carry.ts";

const SIZE = aField("size", { label: "Size", type: "option", options: ["Small", "Large"] });
const COLOURS = aField("colours", { label: "Colours", type: "set", options: ["Red", "Green"] });
const CODE = aField("country", { label: "Country", type: "country", isCodeOnly: true });
const SHORT = aField("name", { label: "Name", maxLength: 5 });

test.each<[string, FieldType, Value, FieldDefinition, Value]>([
  ["M9: a phone is sent as an international number", "phone", "(201) 555-0123", aField("phone"), "+12015550123"],
  ["M9: an e-mail address is sent in lower case", "email", " Ana@Example.com ", aField("email"), "ana@example.com"],
  ["M9: a country is sent as its code", "country", "Germany", aField("country"), "DE"],
  ["M9: a country is sent as its code where only codes are taken", "country", "Germany", CODE, "DE"],
  ["M9: an unknown country is sent as it stands", "country", "Atlantis", aField("country"), "Atlantis"],
  ["M9: an option is sent as the other side spells it", "option", "large", SIZE, "Large"],
  ["M9: an option is sent as it stands where none are listed", "option", "Huge", aField("size"), "Huge"],
  ["M9: a number written as text is sent as a number", "number", "12.50", aField("age"), 12.5],
  ["M9: text is sent trimmed", "text", " Ana ", aField("name"), "Ana"],
  ["M9: text that just fits is sent", "text", "Marie", SHORT, "Marie"],
  ["M9: a set is sent as it stands", "set", ["VIP", "new"], aField("tags"), ["VIP", "new"]],
  ["M9: elements are sent as the other side spells its options", "set", ["red", "GREEN"], COLOURS, ["Red", "Green"]],
  ["M9: elements that are no option stay behind", "set", ["red", "blue"], COLOURS, ["Red"]],
  ["M9: emptiness is sent as emptiness", "phone", "", aField("phone"), ""],
  ["M9: zero is sent", "number", 0, aField("age"), 0],
  ["M9: false is sent", "boolean", false, aField("isVip"), false],
])("%s", (_rule, type, value, target, sent) => {
  expect(carry(type, value, "US", target)).toEqual({ kind: "value", value: sent });
});

test.each<[string, FieldType, Value, FieldDefinition, RegExp]>([
  ["M9: what can not be dialled is not sent as a phone", "phone", "ask Maria", aField("phone"), /phone number/],
  ["M9: what is no address is not sent as an e-mail", "email", "ana at example", aField("email"), /e-mail/],
  ["M9: an option that the other side lacks is not sent", "option", "Huge", SIZE, /no option "Huge"/],
  ["M9: a set of which the other side holds nothing is not sent", "set", ["blue"], COLOURS, /no option "blue"/],
  ["M9: a country without a code is not sent where only codes are taken", "country", "Atlantis", CODE, /ISO/],
  ["M9: what is no number is not sent as one", "number", "a dozen", aField("age"), /not a number/],
  [
    "M9: text that is too long is not cut but kept back",
    "text",
    "Maria José",
    SHORT,
    /at most 5 characters; this has 10/,
  ],
])("%s", (_rule, type, value, target, message) => {
  const carried = carry(type, value, "US", target);
  expect(carried).toEqual({ kind: "notExpressible", message: expect.stringMatching(message) });
});
