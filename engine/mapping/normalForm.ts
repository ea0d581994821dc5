import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";
import type { FieldType } from "../../model/field.ts";
import { EMPTY, isEmpty, type Value } from "../../model/value.ts";
import { addressForm } from "./address.ts";
import { countryCode } from "./countries.ts";
import { moneyText, readMoney } from "./money.ts";
import { nameText } from "./names.ts";
import { formOfReaderText, plainText, readerText } from "./richText.ts";

/**
 * The form in which two values of a field are compared. Idempotent, pure, and the same for both sides but for the
 * country by which phones and amounts are read. A value that does not fit its type is compared as trimmed text, never
 * dropped.
 *
 * @param country ISO 3166-1 alpha-2; reads phones written without a country code.
 * @param held    the type of the side's own field, where the other side's differs: plain text beside formatted text is
 *                read as plain text, an amount beside a number without its currency.
 * @param readPhone how phones are read, which is by far the most costly of all.
 * Source: docs/SPEC.md N1 to N8, N10 to N14.
 */
export function normalForm(
  type: FieldType,
  value: Value,
  country: string,
  held: FieldType = type,
  readPhone: PhoneReader = phoneNumber,
): Value {
  if (isEmpty(value)) return type === "set" ? [] : EMPTY;
  if (type === "set") return normalSet(value);
  const scalar = typeof value === "object" ? JSON.stringify(value) : value;
  return normalScalar(type, scalar, country, held, readPhone);
}

function normalScalar(
  type: Exclude<FieldType, "set">,
  value: string | number | boolean,
  country: string,
  held: FieldType,
  readPhone: PhoneReader,
): Value {
  const text = String(value).normalize("NFC").trim();
  switch (type) {
    case "text":
    case "json":
      return text;
    case "fullName":
      return nameText(text);
    case "address":
      return addressForm(text);
    case "longText":
      return text.replaceAll("\r\n", "\n");
    case "richText":
      return formOfReaderText(held === "richText" ? readerText(text) : plainText(text));
    case "email":
    case "option":
      return lowerCase(text);
    case "phone":
      return readPhone(text, country) ?? text;
    case "url":
      return normalUrl(text);
    case "date":
      return normalDate(text);
    case "dateTime":
      return momentOf(text) ?? text;
    case "number":
      return numberOf(held === "money" ? amountText(value, text, country) : text) ?? text;
    case "money":
      return normalMoney(value, text, country);
    case "boolean":
      return booleanOf(text) ?? lowerCase(text);
    case "country":
      return countryCode(text) ?? lowerCase(text);
    default:
      return type satisfies never;
  }
}

function normalMoney(value: string | number | boolean, text: string, country: string): string {
  const money = readMoney(typeof value === "number" ? value : text, country);
  return money === undefined ? text : moneyText(money);
}

function amountText(value: string | number | boolean, text: string, country: string): string {
  return readMoney(typeof value === "number" ? value : text, country)?.amount ?? text;
}

/** Elements trimmed, lower-cased, each once, sorted; empty ones dropped. A scalar counts as one element. */
function normalSet(value: Value): readonly string[] {
  const elements = typeof value === "object" ? value : [String(value)];
  const normal: string[] = [];
  let isSorted = true;
  for (const element of elements) {
    const form = normalElement(element);
    if (form === "" || normal.includes(form)) continue;
    isSorted = isSorted && (normal.length === 0 || form > (normal.at(-1) ?? ""));
    normal.push(form);
  }
  return isSorted ? normal : normal.sort();
}

/** Whether two normal forms are the same; those of sets are sorted, so that they are compared place by place. */
export function isSameForm(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one.length !== other.length) return false;
  for (let place = 0; place < one.length; place += 1) if (one[place] !== other[place]) return false;
  return true;
}

/**
 * Whether a value is known to have this normal form without being brought into it, which is cheaper: it reads the same,
 * as a form is its own normal form (N1), or is an answer that only letter case tells from it.
 */
export function readsLike(type: FieldType, value: Value, form: Value): boolean {
  return isSameForm(value, form) || (type === "option" && typeof value === "string" && value.toLowerCase() === form);
}

/** The form in which elements of sets are compared. */
export function normalElement(element: string): string {
  return lowerCase(element.normalize("NFC").trim());
}

/** A few letters have a mark of their own in lower case only: what was composed before is composed again. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower === text ? text : lower.normalize("NFC");
}

/** Reads a phone as `phoneNumber` does, which may be remembered from before. */
export type PhoneReader = typeof phoneNumber;

/** The number in E.164, or `undefined` when it can not be one. */
export function phoneNumber(text: string, country: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, asCountryCode(country));
  return parsed?.isPossible() ? parsed.number : undefined;
}

/** libphonenumber-js types its countries as a closed list; an unknown code is treated by it as no country. */
function asCountryCode(country: string): CountryCode {
  return country as CountryCode;
}

/** Scheme, also one that was pasted twice, and a lone closing slash do not count, nor does the case of the host. */
function normalUrl(text: string): string {
  const bare = text.replace(/^(?:https?:\/\/\s*)+/i, "");
  const slash = bare.search(/[/?#]/);
  const host = lowerCase(slash === -1 ? bare : bare.slice(0, slash));
  const rest = slash === -1 ? "" : bare.slice(slash);
  return rest === "/" ? host.trim() : host + rest;
}

/** `YYYY-MM-DD` of an ISO date or date with a clock; other writings stay as they are. */
function normalDate(text: string): string {
  return /^\d{4}-\d{2}-\d{2}(?=$|T|\s)/.exec(text)?.[0] ?? text;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A date with or without a clock as an instant in UTC; without an offset it is read as UTC. `undefined` when it is none. */
export function momentOf(text: string): string | undefined {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [, date = "", clock = "00:00", offset = "Z"] = match;
  const ms = Date.parse(`${date}T${clock}${offset.toUpperCase().replace(/(\d{2})(\d{2})$/, "$1:$2")}`);
  return Number.isNaN(ms) || !isCalendarDate(date) ? undefined : new Date(ms).toISOString();
}

/** `YYYY-MM-DD` of a date with or without a clock; `undefined` when the calendar has no such day. */
export function dateOf(text: string): string | undefined {
  const date = normalDate(text);
  return isCalendarDate(date) ? date : undefined;
}

function isCalendarDate(date: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

/** The finite number that a text is, or `undefined`. */
export function numberOf(text: string): number | undefined {
  const number = text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) return undefined;
  return number === 0 ? 0 : number; // never -0, which reads as another value than 0 in places
}

/** Yes or no as written in English, as a number or as a boolean; `undefined` for anything else. */
export function booleanOf(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "1" || lower === "yes") return true;
  if (lower === "false" || lower === "0" || lower === "no") return false;
  return undefined;
}
