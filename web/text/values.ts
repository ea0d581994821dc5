import type { ValueView } from "../../model/api/views.ts";

/** A value as it is shown; an absent or empty one says so instead of leaving a hole. */
export function shown(value: ValueView | undefined): { readonly text: string; readonly isReal: boolean } {
  if (value === undefined) return { text: "not read", isReal: false };
  if (value === "" || (Array.isArray(value) && value.length === 0)) return { text: "empty", isReal: false };
  if (typeof value === "boolean") return { text: value ? "Yes" : "No", isReal: true };
  return { text: Array.isArray(value) ? value.join(", ") : String(value), isReal: true };
}

/** Whether neither side holds anything, so that the row can be folded away. */
export function isBlank(value: ValueView | undefined): boolean {
  return !shown(value).isReal;
}

/** A value as the text of a form field; a set becomes elements separated by commas. */
export function toText(value: ValueView | undefined): string {
  if (value === undefined) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** The elements of a set typed with commas between them; blanks and doubles are dropped. */
export function toElements(text: string): string[] {
  const elements = text.split(",").map((element) => element.trim());
  return [...new Set(elements.filter((element) => element !== ""))];
}
