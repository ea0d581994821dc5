/**
 * The values of fields, and the three things a write may say of one: set it, clear it, or leave it alone.
 *
 * Emptiness has exactly one spelling per shape: `""` for a scalar and `[]` for a set. A key that is absent from
 * `Fields` was not observed; a key absent from `Changes` is left alone. `null` and `undefined` never stand for either.
 */

/** A field's value in model form: a scalar, or a set of strings (tags, multiple options). Dates are ISO text. */
export type Value = string | number | boolean | readonly string[];

/** Values by field key. An absent key says nothing about that field; an empty value says that the field is empty. */
export type Fields = Readonly<Record<string, Value>>;

/** The empty scalar. The empty set is `[]`. */
export const EMPTY = "";

/** Whether a value is the empty scalar or the empty set. `0` and `false` are values, not emptiness. */
export function isEmpty(value: Value): boolean {
  return value === EMPTY || (Array.isArray(value) && value.length === 0);
}

/** Whether two values are the same; sets are compared without regard to order. */
export function isSameValue(one: Value, other: Value): boolean {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  if (one.length !== other.length) return false;
  const rest = new Set(other);
  return one.every((element) => rest.has(element));
}

/** What a write says of one field. A field that a write does not name is left alone. */
export type Change =
  | { readonly kind: "set"; readonly value: Value }
  | { readonly kind: "clear" }
  | { readonly kind: "elements"; readonly add: readonly string[]; readonly remove: readonly string[] };

/** The changes of one write, by field key. */
export type Changes = Readonly<Record<string, Change>>;

/**
 * The fields as they should read once `changes` have been applied to `fields`. Pure.
 * Elements are compared without regard to letter case, as the partners' tags are.
 */
export function applyChanges(fields: Fields, changes: Changes): Fields {
  const next: Record<string, Value> = { ...fields };
  for (const [key, change] of Object.entries(changes)) next[key] = changed(next[key], change);
  return next;
}

function changed(current: Value | undefined, change: Change): Value {
  switch (change.kind) {
    case "set":
      return change.value;
    case "clear":
      return Array.isArray(current) ? [] : EMPTY;
    case "elements": {
      const kept = elementsOf(current).filter((element) => !hasElement(change.remove, element));
      return [...kept, ...change.add.filter((element) => !hasElement(kept, element))];
    }
    default:
      return change satisfies never;
  }
}

function elementsOf(value: Value | undefined): readonly string[] {
  return typeof value === "object" ? value : [];
}

function hasElement(elements: readonly string[], wanted: string): boolean {
  return elements.some((element) => element.toLowerCase() === wanted.toLowerCase());
}
