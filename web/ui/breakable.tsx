import { Fragment } from "react";

/** Longer words are let break; in shorter ones a break would only look odd. */
const SHORTEST = 12;

/** A text whose long words, such as e-mail addresses, break behind an `@` or a dot before they break anywhere else. */
export function Breakable({ text }: { readonly text: string }) {
  return text.split(/(?<=\s)/).map((word, place) => (
    // The words of a text have no other name than their place.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={place}>{word.length < SHORTEST ? word : <Word word={word} />}</Fragment>
  ));
}

function Word({ word }: { readonly word: string }) {
  const parts = word.split(/(?<=[@._/+-])(?=.)/);
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a word have no other name than their place
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
