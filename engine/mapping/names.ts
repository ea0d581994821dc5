/** A person's name in two fields. */
export interface SplitName {
  readonly first: string;
  readonly last: string;
}

/** Words that begin a last name when they stand before its last word. */
const PARTICLES: ReadonlySet<string> = new Set(
  "af al av bin bint da das de del della den der di do dos du el ibn la las le los st ten ter van von vom zu zum zur".split(
    " ",
  ),
);

/** The form in which full names are compared: blanks between words count once. */
export function nameText(text: string): string {
  return text.normalize("NFC").replaceAll(/\s+/g, " ").trim();
}

/** First and last name as one text; either may be empty. */
export function joinName({ first, last }: SplitName): string {
  return nameText(`${first} ${last}`);
}

/**
 * Splits a full name. What a person split is kept as far as the name still holds it: nothing moves when `known` joined is
 * the same name, and a last or first name of several words stays one. Otherwise the last word, with the particles
 * before it, is the last name; a single word is the first name. Joining the answer gives the name again. Pure.
 */
export function splitName(text: string, known: SplitName): SplitName {
  const name = nameText(text);
  const { first, last } = { first: nameText(known.first), last: nameText(known.last) };
  if (joinName({ first, last }) === name) return known;
  if (first !== "" && name === first) return { first, last: "" };
  if (last !== "" && name === last) return { first: "", last };
  if (last !== "" && name.endsWith(` ${last}`)) return { first: name.slice(0, -last.length - 1), last };
  if (first.includes(" ") && name.startsWith(`${first} `)) return { first, last: name.slice(first.length + 1) };
  return splitWords(name.split(" "));
}

function splitWords(words: readonly string[]): SplitName {
  let begin = Math.max(words.length - 1, 1);
  while (begin > 1 && PARTICLES.has((words[begin - 1] ?? "").toLowerCase())) begin -= 1;
  return { first: words.slice(0, begin).join(" "), last: words.slice(begin).join(" ") };
}
