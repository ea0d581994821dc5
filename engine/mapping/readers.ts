import type { FieldType } from "../../model/field.ts";
import type { Value } from "../../model/value.ts";
import { normalForm, type PhoneReader, phoneNumber } from "./normalForm.ts";

/** What reads the values of one mapping. */
export interface Readers {
  /** The normal form of values of one type, read with one country; see `normalForm`. */
  readonly normal: (type: FieldType, country: string, held: FieldType) => (value: Value) => Value;
  readonly readPhone: PhoneReader;
}

/**
 * Types whose normal form costs more than looking it up, which takes longer than trimming a text or changing its letters.
 * A phone's form is only a step away from its number, which is remembered by itself, as it is needed to carry it as well.
 */
const REMEMBERED: ReadonlySet<FieldType> = new Set(["country", "url", "date", "dateTime", "richText", "money"]);
const REMEMBERED_MAX = 20_000;

/** Readers that remember: the same value is read again and again. What is costly is remembered for all fields alike. */
export function rememberingReaders(): Readers {
  const forms = new Map<string, (value: Value) => Value>();
  const readPhone = rememberingPhones();
  return {
    readPhone,
    normal: (type, country, held) => {
      const name = `${type}:${country}:${held}`;
      const known = forms.get(name);
      if (known !== undefined) return known;
      const plain = (value: Value): Value => normalForm(type, value, country, held, readPhone);
      const reader = REMEMBERED.has(type) ? rememberingTexts(plain) : plain;
      forms.set(name, reader);
      return reader;
    },
  };
}

function rememberingTexts(form: (value: Value) => Value): (value: Value) => Value {
  const ofText = remembering(form);
  return (value) => (typeof value === "string" ? ofText(value) : form(value));
}

function rememberingPhones(): PhoneReader {
  const countries = new Map<string, (text: string) => string>();
  return (text, country) => {
    let read = countries.get(country);
    if (read === undefined) {
      // What is no number is remembered as an empty one.
      read = remembering((phone) => phoneNumber(phone, country) ?? "");
      countries.set(country, read);
    }
    return read(text) || undefined;
  };
}

function remembering<Result extends Value>(compute: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit;
    const result = compute(text);
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(text, result);
    return result;
  };
}
