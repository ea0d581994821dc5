import { Failure } from "../model/errors.ts";

/**
 * Reads JSON that this store wrote. Its shape is trusted, as only the store writes it; that it is JSON at all is not.
 * @throws Failure `bug` that names the table and the row
 */
export function fromJson<Shape>(table: string, id: string, text: string): Shape {
  try {
    // Written by this store from a value of this very type.
    return JSON.parse(text) as Shape;
  } catch (cause) {
    throw new Failure("bug", `Reading row ${id} of table ${table}: its JSON is damaged. Restore it from a backup.`, {
      cause,
    });
  }
}

/** Text that every database can hold: without NUL and without halves of characters. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** The same value with absent keys left out instead of being null. For optional columns. */
export function optional<Key extends string, Value>(key: Key, value: Value | null): { readonly [K in Key]?: Value } {
  // An object with exactly this key, or none.
  return value === null ? {} : ({ [key]: value } as { readonly [K in Key]?: Value });
}
