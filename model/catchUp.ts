import { durationText } from "./forecast.ts";

/**
 * What there was to catch up with after a standstill, in one sentence. Pure.
 * @param ms how long nothing was looked at.
 * @param found per product, how many changes were found.
 */
export function catchUpWords(ms: number, found: readonly { readonly name: string; readonly count: number }[]): string {
  const parts = found.map(({ name, count }) => `${count} ${count === 1 ? "change" : "changes"} in ${name}`);
  return `Caught up after ${durationText(ms)}: ${parts.join(", ")}.`;
}
