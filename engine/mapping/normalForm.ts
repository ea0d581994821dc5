import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";
import type { FieldType } from "../../model/field.ts";
import { EMPTY, isEmpty, type Value } from "../../model/value.ts";

countries.registerLocale(english);

/**
 * The form in which two values of a field are compared. Idempotent, pure, and the same for both sides but for the
 * country by which phones are read. A value that does not fit its type is compared as trimmed text, never dropped.
 *
 * @param country ISO 3166-1 alpha-2; reads phones written without a country code.
 * Source: docs/SPEC.md N1 to N8.
 */
export function normalForm(type: FieldType, value: Value, country: string): Value {
  if (isEmpty(value)) return type === "set" ? [] : EMPTY;
  if (type === "set") return normalSet(value);
  if (typeof value === "object") return normalScalar(type, JSON.stringify(value), country);
  return normalScalar(type, value, country);
}

function normalScalar(type: Exclude<FieldType, "set">, value: string | number | boolean, country: string): Value {
  const text = String(value).normalize("NFC").trim();
  switch (type) {
    case "text":
    case "json":
      return text;
    case "longText":
      return text.replaceAll("\r\n", "\n");
    case "email":
      return text.toLowerCase();
    case "option":
      return text.toLowerCase();
    case "phone":
      return phoneNumber(text, country) ?? text;
    case "url":
      return normalUrl(text);
    case "date":
      return normalDate(text);
    case "dateTime":
      return normalDateTime(text);
    case "number":
      return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
    case "boolean":
      return normalBoolean(text);
    case "country":
      return countryCode(text) ?? text.toLowerCase();
    default:
      return type satisfies never;
  }
}

/** Elements trimmed, lower-cased, each once, sorted; empty ones dropped. A scalar counts as one element. */
function normalSet(value: Value): readonly string[] {
  const elements = typeof value === "object" ? value : [String(value)];
  const normal: string[] = [];
  for (const element of elements) {
    const form = normalElement(element);
    if (form !== "" && !normal.includes(form)) normal.push(form);
  }
  return normal.sort();
}

/** The form in which elements of sets are compared. */
export function normalElement(element: string): string {
  return element.normalize("NFC").trim().toLowerCase();
}

/** The number in E.164, or `undefined` when it can not be one. */
export function phoneNumber(text: string, country: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, asCountryCode(country));
  return parsed?.isPossible() ? parsed.number : undefined;
}

/** libphonenumber-js types its countries as a closed list; an unknown code is treated by it as no country. */
function asCountryCode(country: string): CountryCode {
  return country as CountryCode;
}

/** ISO 3166-1 alpha-2 for a code of two or three letters or an English name; `undefined` when not recognised. */
export function countryCode(text: string): string | undefined {
  const upper = text.toUpperCase();
  if (upper.length === 2 && countries.isValid(upper)) return upper;
  if (upper.length === 3) return countries.alpha3ToAlpha2(upper);
  return countries.getAlpha2Code(text, "en");
}

/** Scheme and a lone closing slash do not count, nor does the case of the host. */
function normalUrl(text: string): string {
  const bare = text.replace(/^https?:\/\//i, "");
  const slash = bare.search(/[/?#]/);
  const host = (slash === -1 ? bare : bare.slice(0, slash)).toLowerCase();
  const rest = slash === -1 ? "" : bare.slice(slash);
  return rest === "/" ? host : host + rest;
}

/** `YYYY-MM-DD` of an ISO date or date with a clock; other writings stay as they are. */
function normalDate(text: string): string {
  return /^\d{4}-\d{2}-\d{2}(?=$|T|\s)/.exec(text)?.[0] ?? text;
}

function normalDateTime(text: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

function normalBoolean(text: string): Value {
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "1" || lower === "yes") return true;
  if (lower === "false" || lower === "0" || lower === "no") return false;
  return lower;
}
