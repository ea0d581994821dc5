import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };

countries.registerLocale(english);

/** ISO 3166-1 alpha-2 for a code of two or three letters or an English name; `undefined` when not recognised. */
export function countryCode(text: string): string | undefined {
  const upper = text.toUpperCase();
  if (upper.length === 2 && countries.isValid(upper)) return upper;
  if (upper.length === 3) return countries.alpha3ToAlpha2(upper);
  return countries.getAlpha2Code(text, "en");
}
