const MINUTE_MS = 60_000;

/**
 * The last whole minute before a moment, as ISO 8601 text: for times that we choose ourselves, since some partners keep no
 * seconds and would answer with another value than was sent. Pure. @param at epoch ms
 */
export function wholeMinute(at: number): string {
  return new Date(at - (at % MINUTE_MS)).toISOString();
}
