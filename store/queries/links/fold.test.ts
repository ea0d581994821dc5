import fc from "fast-check";
import { expect, test } from "vitest";
import { folded } from "./fold.ts";

test.each([
  ["Zoë Ålund", "zoe alund"],
  ["ŁUKASZ WÓJCIK", "lukasz wojcik"],
  ["Søren Kjær", "soren kjaer"],
  ["Þórdís", "thordis"],
  ["Straße", "strasse"],
  ["İstanbul", "istanbul"],
  ["Шевченко й", "шевченко и"],
  ["陈 100%_\\", "陈 100%_\\"],
  ["e\u0301", "e"],
])("S60 %s is searched as %s", (text, plain) => expect(folded(text)).toBe(plain));

test("S60 what is folded stays as it is when it is folded again", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => folded(folded(text)) === folded(text)));
});
