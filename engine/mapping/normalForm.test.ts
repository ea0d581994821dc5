import { expect, test } from "vitest";
import type { FieldType } from "../../model/field.ts";
import type { Value } from "../../model/value.ts";
import { normalForm } from "./normalForm.ts";

/** What is written, the field's type, and the form in which it is compared; phones are read in the given country. */
const CASES: readonly [rule: string, type: FieldType, written: Value, form: Value, country?: string][] = [
  ["N1: text is compared trimmed", "text", "  Ana ", "Ana"],
  ["N1: letters made of two characters equal those made of one", "text", "Jose\u0301", "José"],
  ["N1: letter case of plain text is part of the value", "text", "McDonald", "McDonald"],
  ["N1: line ends of long text do not count", "longText", "one\r\ntwo", "one\ntwo"],
  ["N1: an option is compared without regard to letter case", "option", "Hot Lead", "hot lead"],
  ["N1: a letter that has its mark in lower case only is one letter there", "option", "J\u030Can", "\u01F0an"],
  ["N1: a number written as text is a number", "number", " 12.50 ", 12.5],
  ["N1: what is no number is compared as text", "number", "a dozen", "a dozen"],
  ["N1: yes, 1 and true are the same", "boolean", "Yes", true],
  ["N1: no, 0 and false are the same", "boolean", 0, false],
  ["N1: a moment is compared in UTC", "dateTime", "2026-03-06T13:00:00+01:00", "2026-03-06T12:00:00.000Z"],
  ["N1: what is no moment is compared as text", "dateTime", "next week", "next week"],
  ["N1: a moment without an offset is read in UTC", "dateTime", "2026-03-06 13:00", "2026-03-06T13:00:00.000Z"],
  ["N1: a moment without a clock is midnight in UTC", "dateTime", "2026-03-06", "2026-03-06T00:00:00.000Z"],
  ["N1: a day that no calendar has is compared as text", "dateTime", "2026-02-30T10:00", "2026-02-30T10:00"],
  ["N10: formatted text is what a reader sees", "richText", "<p>Hot <b>lead</b></p>", "Hot lead"],
  ["N10: what would be read as markup stays escaped", "richText", "<p>&lt;b&gt; AT&amp;T</p>", "&lt;b> AT&T"],
  ["N11: an amount is compared with its currency", "money", "1.234,50 €", "1234.50 EUR"],
  ["N11: what is no amount is compared as text", "money", " on request ", "on request"],
  ["N1: a list in a field that is none is compared whole", "text", ["a", "b"], '["a","b"]'],
  ["N2: an empty text is empty", "text", "", ""],
  ["N2: blanks are empty", "text", "   ", ""],
  ["N2: blanks in a phone are empty", "phone", "  ", ""],
  ["N2: an empty list is empty", "set", [], []],
  ["N2: an empty text in a set is the empty list", "set", "", []],
  ["N2: an empty list in a text is empty", "text", [], ""],
  ["N2: zero is a value", "number", 0, 0],
  ["N2: false is a value", "boolean", false, false],
  ["N3: e-mail addresses are compared without letter case", "email", " Ana.Silva@Example.COM", "ana.silva@example.com"],
  ["N4: a national number is read with its side's country", "phone", "030 901820", "+4930901820", "DE"],
  ["N4: the same digits in another country are another number", "phone", "(201) 555-0123", "+12015550123", "US"],
  ["N4: an international number needs no country", "phone", "+44 20 7946 0958", "+442079460958", "US"],
  ["N4: two zeros begin an international number in Europe", "phone", "0044 20 7946 0958", "+442079460958", "DE"],
  ["N4: what is no number is compared as text", "phone", "ask Maria", "ask Maria"],
  ["N5: elements are compared in lower case, each once, in any order", "set", ["VIP", "b", " vip"], ["b", "vip"]],
  ["N5: one text is a set of one", "set", "VIP", ["vip"]],
  ["N5: empty elements do not count", "set", ["", " ", "a"], ["a"]],
  ["N6: a country is its code of two letters", "country", "de", "DE"],
  ["N6: a code of three letters is the same country", "country", "DEU", "DE"],
  ["N6: an English name is the same country", "country", "Germany", "DE"],
  ["N6: an unknown country is compared as text", "country", "Atlantis", "atlantis"],
  ["N7: a date is a date", "date", "2026-03-06", "2026-03-06"],
  ["N7: a clock beside a date does not count", "date", "2026-03-06T23:59:59Z", "2026-03-06"],
  ["N7: a clock after a blank does not count", "date", "2026-03-06 00:00:00", "2026-03-06"],
  ["N7: what is no date is compared as text", "date", "March", "March"],
  ["N8: the scheme does not count", "url", "https://example.com/a", "example.com/a"],
  ["N8: letter case of the host does not count, that of the path does", "url", "HTTP://Example.COM/A", "example.com/A"],
  ["N8: a lone closing slash does not count", "url", "https://example.com/", "example.com"],
  ["N8: a scheme that was pasted twice does not count twice", "url", "https://http://example.com", "example.com"],
  ["N8: a question right after the host is kept", "url", "Example.com?Q=1", "example.com?Q=1"],
];

test.each(CASES)("%s", (_rule, type, written, form, country = "US") => {
  expect(normalForm(type, written, country)).toEqual(form);
  expect(normalForm(type, form, country)).toEqual(form);
});
