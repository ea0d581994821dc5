import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";
import type { MatchRule } from "../model/sync.ts";

/**
 * Whether two writings of a key are the same as records are compared by it, for look-ups of partners that show more than
 * was asked for, or cannot be asked at all. Empty writings are no key. Pure.
 * @param country ISO 3166-1 alpha-2; reads phones written without a country code
 */
export function isSameKey(rule: MatchRule, one: string, other: string, country: string): boolean {
  const form = keyForm(rule, one.trim(), country);
  return form !== "" && form === keyForm(rule, other.trim(), country);
}

function keyForm(rule: MatchRule, text: string, country: string): string {
  switch (rule) {
    case "email":
      return text.toLowerCase();
    case "phone":
      return parsePhoneNumberFromString(text, isSupportedCountry(country) ? country : undefined)?.number ?? text;
    case "name":
      return nameForm(text);
    case "website":
      return addressOf(text);
    default:
      return rule satisfies never;
  }
}

/** A name without its accents, letter case and doubled blanks. */
function nameForm(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{Diacritic}/gu, "");
  return plain.toLowerCase().replace(/\s+/g, " ").trim();
}

/** A website without scheme, a leading `www.` and a lone closing slash. */
function addressOf(text: string): string {
  const bare = text.toLowerCase().replace(/^(?:https?:\/\/\s*)+/, "");
  return bare.replace(/^www\./, "").replace(/\/$/, "");
}
