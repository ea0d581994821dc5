import type { DeclaredField, TimeForm } from "../../model/declaration.ts";
import { EMPTY, isEmpty, type Value } from "../../model/value.ts";

/** A field's value between the app's JSON and model form. Pure. */

/** What the app shows, in model form. Nothing, null and an empty text are emptiness; a field left out is empty too. */
export function toModel(field: DeclaredField, shown: unknown): Value {
  const ours = field.values?.find(({ theirs }) => isSameWord(theirs, shown))?.ours;
  if (ours !== undefined) return ours;
  if (field.type === "set") return setOf(field, shown);
  if (shown === undefined || shown === null || shown === "") return field.type === "boolean" ? false : EMPTY;
  switch (field.type) {
    case "dateTime":
      return momentOf(shown, timeForm(field)) ?? String(shown);
    case "boolean":
      return typeof shown === "boolean" ? shown : /^(true|yes|1)$/i.test(String(shown));
    case "number":
      return typeof shown === "number" ? shown : numberOf(String(shown));
    default:
      return typeof shown === "object" ? JSON.stringify(shown) : String(shown);
  }
}

/** A value as the app takes it. */
export function fromModel(field: DeclaredField, value: Value): unknown {
  if (field.type === "set") {
    const elements = Array.isArray(value) ? value : isEmpty(value) ? [] : [String(value)];
    const theirs = elements.map((element) => theirWord(field, element) ?? element);
    return field.written === "commaText" ? theirs.join(", ") : theirs;
  }
  const theirs = theirWord(field, value);
  if (theirs !== undefined) return theirs;
  if (isEmpty(value)) return field.emptyAs === "null" ? null : "";
  if (field.type === "json") return parsedOr(value);
  if (field.type === "dateTime") return writtenMoment(String(value), timeForm(field));
  return field.written === "text" ? String(value) : value;
}

/** Epoch ms of a moment as the app writes it; `undefined` where it is none. */
export function msOf(shown: unknown, as: TimeForm): number | undefined {
  if (as === "iso" && typeof shown === "string") return isoMs(shown);
  const number = typeof shown === "number" ? shown : Number(typeof shown === "string" ? shown : Number.NaN);
  if (as === "iso" || !Number.isFinite(number) || shown === "") return undefined;
  return as === "epochSeconds" ? number * 1_000 : number;
}

/** A moment as the app is asked for it, from epoch ms. */
export function writtenTime(ms: number, as: TimeForm): string | number {
  switch (as) {
    case "iso":
      return new Date(ms).toISOString();
    case "epochMs":
      return ms;
    case "epochSeconds":
      return Math.floor(ms / 1_000);
    default:
      return as satisfies never;
  }
}

function setOf(field: DeclaredField, shown: unknown): readonly string[] {
  const parts = Array.isArray(shown) ? shown : typeof shown === "string" ? shown.split(",") : [];
  const words = parts.flatMap((part: unknown) => {
    const word = typeof part === "object" ? "" : String(part).trim();
    return word === "" ? [] : [word];
  });
  return words.map((word) => {
    const ours = field.values?.find(({ theirs }) => isSameWord(theirs, word))?.ours;
    return ours === undefined ? word : String(ours);
  });
}

function theirWord(field: DeclaredField, value: Value): string | number | boolean | undefined {
  return field.values?.find(({ ours }) => isSameWord(ours, value))?.theirs;
}

/** Words are compared without regard to letter case; `1` and `"1"` are the same word. */
function isSameWord(word: string | number | boolean, shown: unknown): boolean {
  if (shown === null || shown === undefined || typeof shown === "object") return false;
  return String(word).toLowerCase() === String(shown).trim().toLowerCase();
}

function timeForm({ written }: DeclaredField): TimeForm {
  return written === "epochMs" || written === "epochSeconds" ? written : "iso";
}

function momentOf(shown: unknown, as: TimeForm): string | undefined {
  const ms = msOf(shown, as);
  return ms === undefined || Math.abs(ms) > LAST_MS ? undefined : new Date(ms).toISOString();
}

/** The last moment that a date can be. */
const LAST_MS = 8_640_000_000_000_000;
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A moment without an offset is read in UTC. */
function isoMs(text: string): number | undefined {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const zoned = match[1] !== undefined || text.trim().length === 10 ? text.trim() : `${text.trim()}Z`;
  const ms = Date.parse(zoned.replace(" ", "T"));
  return Number.isNaN(ms) ? undefined : ms;
}

function writtenMoment(text: string, as: TimeForm): string | number {
  const ms = isoMs(text);
  return ms === undefined ? text : writtenTime(ms, as);
}

function numberOf(text: string): Value {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

function parsedOr(value: Value): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    // A text that is not JSON is sent as the text that it is.
    return value;
  }
}
