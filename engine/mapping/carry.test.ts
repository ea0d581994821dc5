import { expect, test } from "vitest";
import type { FieldDefinition, FieldType } from "../../model/field.ts";
import type { Value } from "../../model/value.ts";
import { aField } from "../../test/builders.ts";
import { carry } from "./carry.ts";

const SIZE = aField("size", { label: "Size", type: "option", options: ["Small", "Large"] });
const COLOURS = aField("colours", { label: "Colours", type: "set", options: ["Red", "Green"] });
const CODE = aField("country", { label: "Country", type: "country", isCodeOnly: true });
const MONEY = aField("worth", { label: "Worth", type: "money" });
const MOMENT = aField("seenAt", { label: "Seen", type: "dateTime" });
const DAY = aField("bornOn", { label: "Born", type: "date" });
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
  ["M9: a yes is sent as true", "boolean", "Yes", aField("isVip", { type: "boolean" }), true],
  ["M9: an amount with a currency is sent with it", "money", "1,234.5 EUR", MONEY, "1234.50 EUR"],
  ["M9: an amount without a currency is sent as a number", "money", "1,234.5", MONEY, 1234.5],
  ["M9: a moment is sent in UTC", "dateTime", "2026-03-06T13:00:00+01:00", MOMENT, "2026-03-06T12:00:00.000Z"],
  [
    "M9: a date without a clock is sent to a moment as midnight",
    "date",
    "2026-03-06",
    MOMENT,
    "2026-03-06T00:00:00.000Z",
  ],
  ["M9: a date is sent without its clock", "date", "2026-03-06T13:00:00Z", DAY, "2026-03-06"],
  ["M9: a date goes to a text as it stands where it is none", "date", "March", aField("note"), "March"],
  [
    "M9: elements that are too long stay behind",
    "set",
    ["new", "customer"],
    aField("tags", { type: "set", maxLength: 5 }),
    ["new"],
  ],
  ["M9: zero is sent", "number", 0, aField("age"), 0],
  ["M9: false is sent", "boolean", false, aField("isVip"), false],
])("%s", (_rule, type, value, target, sent) => {
  expect(carry(type, value, { country: "US", type }, target)).toEqual({ kind: "value", value: sent });
});

test.each<[string, FieldType, Value, FieldDefinition, RegExp]>([
  ["M9: what can not be dialled is not sent as a phone", "phone", "ask Maria", aField("phone"), /phone number/],
  ["M9: what is no address is not sent as an e-mail", "email", "ana at example", aField("email"), /e-mail/],
  ["M9: an option that the other side lacks is not sent", "option", "Huge", SIZE, /no option "Huge"/],
  ["M9: a set of which the other side holds nothing is not sent", "set", ["blue"], COLOURS, /no option "blue"/],
  ["M9: a country without a code is not sent where only codes are taken", "country", "Atlantis", CODE, /ISO/],
  ["M9: what is no number is not sent as one", "number", "a dozen", aField("age"), /not a number/],
  ["M9: what is no amount is not sent as one", "money", "on request", MONEY, /Worth: .*not an amount/],
  ["M9: a number of more than four decimals is not sent as an amount", "number", 0.12345, MONEY, /four decimals/],
  [
    "M9: what is neither yes nor no is not sent as one",
    "boolean",
    "perhaps",
    aField("isVip", { type: "boolean" }),
    /yes and no/,
  ],
  ["M9: what is no date is not sent as one", "date", "March", DAY, /Born: .*not a date/],
  ["M9: a day that no calendar has is not sent", "date", "2026-02-30", DAY, /not a date/],
  ["M9: what is no moment is not sent as one", "dateTime", "soon", MOMENT, /not a date/],
  [
    "M9: text that is too long is not cut but kept back",
    "text",
    "Maria José",
    SHORT,
    /at most 5 characters; this has 10/,
  ],
])("%s", (_rule, type, value, target, message) => {
  const carried = carry(type, value, { country: "US", type }, target);
  expect(carried).toEqual({ kind: "notExpressible", message: expect.stringMatching(message) });
});

test.each<[string, FieldType, FieldType, Value]>([
  ["M9: HTML goes to HTML as it is", "richText", "richText", "<p>Hot <b>lead</b></p><p>A &amp; B</p>"],
  ["M9: HTML goes to plain text as a reader sees it", "richText", "longText", "Hot lead\nA & B"],
])("%s", (_rule, from, to, sent) => {
  const html = "<p>Hot <b>lead</b></p><p>A &amp; B</p>";
  const carried = carry("richText", html, { country: "US", type: from }, aField("note", { type: to }));
  expect(carried).toEqual({ kind: "value", value: sent });
});

test("M9: plain text goes to HTML as paragraphs, with its angles escaped", () => {
  const target = aField("note", { type: "richText" });
  const carried = carry("richText", "1 < 2\n\nA & B", { country: "US", type: "longText" }, target);
  expect(carried).toEqual({ kind: "value", value: "<p>1 &lt; 2</p><p>A &amp; B</p>" });
});

test("M9: an amount goes to a number without its currency", () => {
  const carried = carry("number", "1.234,50 €", { country: "DE", type: "money" }, aField("worth", { type: "number" }));
  expect(carried).toEqual({ kind: "value", value: 1234.5 });
});
