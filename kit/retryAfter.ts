/** The longest wait that is believed; what asks for more is looked at again after this. One day, ms. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/**
 * When the `Retry-After` header says to try again, epoch ms. Reads both of its forms, seconds and an HTTP date.
 *
 * @param header the header's value, if there was one
 * @param now    epoch ms
 * @returns `undefined` when there is no header or it is neither form; never before `now`, never over a day ahead.
 * Source: RFC 9110, section 10.2.3.
 */
export function retryAfterAt(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (text === "") return undefined;
  const at = /^\d+(\.\d+)?$/.test(text) ? now + Number(text) * 1_000 : Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return Math.min(Math.max(at, now), now + LONGEST_WAIT_MS);
}
