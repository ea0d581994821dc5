import type { FieldType } from "../../model/field.ts";
import { EMPTY, type Value } from "../../model/value.ts";

/** Between HighLevel's JSON values and model values. Pure; never throws. */

/** A text in model form; absent, null and blank are empty. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return EMPTY;
  return typeof value === "object" ? JSON.stringify(value) : String(value).trim();
}

/**
 * A date as `YYYY-MM-DD`. Reads that form with any time behind it, and epoch milliseconds as number or text, both
 * taken in UTC; any other writing is handed on as it is.
 */
export function dateOf(value: unknown): string {
  const text = textOf(value);
  if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) return text.slice(0, 10);
  // Shorter numbers are years and the like; 0 is the first day that is counted from.
  if (!/^(0|-?\d{6,14})$/.test(text)) return text;
  return new Date(Number(text)).toISOString().slice(0, 10);
}

/** Epoch milliseconds as text, from an ISO time or epoch milliseconds; `undefined` when it is neither. */
export function versionOf(value: string | number | null | undefined): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const ms = typeof value === "number" ? value : Date.parse(value);
  return Number.isNaN(ms) ? undefined : String(ms);
}

/** A custom value in the model form of its field's type. */
export function customValueOf(type: FieldType, value: unknown): Value {
  switch (type) {
    case "set":
      return setOf(value);
    case "date":
      return dateOf(value);
    case "number":
      return numberOf(value);
    case "json":
      return jsonOf(value);
    case "option":
      return textOf(Array.isArray(value) ? value[0] : value);
    default:
      return textOf(value);
  }
}

function setOf(value: unknown): readonly string[] {
  const elements = Array.isArray(value) ? value : [value];
  return elements.map(textOf).filter((element) => element !== EMPTY);
}

/** JSON as text, the keys of its objects in order, so that the same value is always the same text. */
function jsonOf(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value, inOrder) : textOf(value);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function numberOf(value: unknown): Value {
  const text = textOf(value);
  const number = Number(text);
  return text === EMPTY || Number.isNaN(number) ? text : number;
}
