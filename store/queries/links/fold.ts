import { storable } from "../../json.ts";

/** Letters that no decomposition takes apart, as people without them on their keyboard type them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ŧ: "t",
  þ: "th",
};
const LETTERS = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

/** Text of which there is nothing to take off. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII but NUL, which no database holds.
const BARE = /^[\x01-\x7f]*$/;

/** Marks on letters of any script: accents, points, rings. */
const MARKS = /\p{M}+/gu;

/**
 * Text as it is searched and sorted by: lower case, letters without their accents. Pure; folding again changes nothing.
 * Stored text was folded by this: a change here needs a step of the schema that folds it anew.
 */
export function folded(text: string): string {
  if (BARE.test(text)) return text.toLowerCase();
  const bare = storable(text).normalize("NFD").replaceAll(MARKS, "").normalize("NFC").toLowerCase();
  // Lower-casing may bring a mark of its own, as that of İ.
  return bare
    .normalize("NFD")
    .replaceAll(MARKS, "")
    .normalize("NFC")
    .replaceAll(LETTERS, (letter) => PLAIN[letter] ?? "");
}
