import { childTitle } from "./children.ts";
import { contactTitle } from "./contact.ts";
import type { FieldDefinition } from "./field.ts";
import type { Resource } from "./record.ts";
import { type Fields, isEmpty, type Value } from "./value.ts";

/** What people see of the records that the hub keeps, and what they may write there. Pure. */

/** What several records of a kind are called, by what one of them is. */
export function nounsOf(noun: string): string {
  return noun === "person" ? "people" : `${noun}s`;
}

/** The name by which people recognise a kept record. */
export function keptTitle(
  resource: string,
  fields: Fields,
  definitions: readonly FieldDefinition[],
  fallback: string,
): string {
  const standard = Object.fromEntries(
    definitions.flatMap(({ key, standard: name }) => {
      const value = fields[key];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
  if (resource === ("contact" satisfies Resource)) return contactTitle(standard, fallback);
  return childTitle(standard) || fallback;
}

/**
 * What is wrong with a value that somebody wrote into a field, in words for people; `undefined` where nothing is. An empty
 * value is never wrong: it clears the field.
 */
export function valueIssue({ label, type, maxLength, options }: FieldDefinition, value: Value): string | undefined {
  if (isEmpty(value)) return undefined;
  if ((type === "set") !== (typeof value === "object")) {
    return type === "set" ? `${label} takes a list.` : `${label} takes one value, not a list.`;
  }
  if (type === "number" && typeof value !== "number") return `${label} takes a number.`;
  if (type === "boolean" && typeof value !== "boolean") return `${label} is either yes or no.`;
  const text = String(value);
  if (maxLength !== undefined && text.length > maxLength) return `${label} takes at most ${maxLength} characters.`;
  if (type === "option" && options !== undefined && !options.includes(text)) {
    return `${label} is one of: ${options.join(", ")}.`;
  }
  return textIssue(label, type, text);
}

function textIssue(label: string, type: FieldDefinition["type"], text: string): string | undefined {
  switch (type) {
    case "email":
      return /^\S+@\S+\.\S+$/.test(text) ? undefined : `${label} is not an e-mail address.`;
    case "phone":
      return /^\+?[\d\s()./-]{5,}$/.test(text) ? undefined : `${label} is not a telephone number.`;
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && isTime(text) ? undefined : `${label} is not a date (2026-03-31).`;
    case "dateTime":
      return isTime(text) ? undefined : `${label} is not a date with a time (2026-03-31T09:00:00Z).`;
    default:
      return undefined;
  }
}

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
