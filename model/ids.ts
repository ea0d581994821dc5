const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Makes ids that sort by the time they were made: 10 characters of time, 12 of chance. */
export type NewId = () => string;

/**
 * A maker of sortable ids; ids made within the same millisecond still sort in the order made.
 * @param now    epoch milliseconds
 * @param random uniform in [0, 1)
 */
export function idMaker(now: () => number, random: () => number): NewId {
  let lastMs = 0;
  let lastTail: number[] = [];
  return () => {
    const ms = Math.max(now(), lastMs);
    lastTail = ms === lastMs ? increment(lastTail) : Array.from({ length: 12 }, () => Math.floor(random() * 32));
    lastMs = ms;
    let tail = "";
    for (const digit of lastTail) tail += ALPHABET[digit];
    return encodeTime(ms) + tail;
  };
}

function encodeTime(ms: number): string {
  let rest = ms;
  let text = "";
  for (let place = 0; place < 10; place += 1) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function increment(digits: readonly number[]): number[] {
  const next = [...digits];
  for (let place = next.length - 1; place >= 0; place -= 1) {
    const digit = next[place] ?? 0;
    if (digit < 31) {
      next[place] = digit + 1;
      return next;
    }
    next[place] = 0;
  }
  return next;
}
