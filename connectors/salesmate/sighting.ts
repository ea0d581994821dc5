import type { Times } from "./times.ts";
import type { Row } from "./wire.ts";

/** A direct read shows the whole record; a row shows the fields that were asked for. */
export type Sighting = "direct" | "row";

/**
 * The record that a field leads to: a number, a text or an object, under the field's name with a small or a capital first
 * letter. `undefined` where it leads to none.
 */
export function idUnder(row: Row, field: string): number | undefined {
  const linked = row[field] ?? row[field.charAt(0).toUpperCase() + field.slice(1)];
  const id = typeof linked === "object" && linked !== null && "id" in linked ? linked.id : linked;
  const number = typeof id === "number" || typeof id === "string" ? Number(id) : Number.NaN;
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/**
 * The version of a direct read, when it is finer than a minute. The literal of search rows is not: two edits within its
 * minute look the same, so rows carry none and equality is never concluded from it.
 */
export function versionOf(lastModifiedAt: unknown, times: Times): string | undefined {
  if (typeof lastModifiedAt === "string" && /\d ?[AP]M$/i.test(lastModifiedAt.trim())) return undefined;
  const ms = times.instant(lastModifiedAt);
  return ms === undefined ? undefined : String(ms);
}
