/** A repeatable source of numbers: the same seed gives the same people, ids and faults for ever. */
export type Random = () => number;

/**
 * Makes a small seeded generator (an additive counter, mixed by multiply and shift; period 2^32). Good enough for
 * inventing people, of no use for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state) / 0x1_0000_0000;
  };
}

function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A whole number from 0 up to, not including, `limit`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** One element of a list that is not empty. */
export function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[below(random, items.length)] ?? items[0];
}

/** True with the given probability, 0 never and 1 always. */
export function chance(random: Random, probability: number): boolean {
  return random() < probability;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** An opaque id of letters and digits, as the partners' ids look. */
export function opaqueId(random: Random, length: number): string {
  let id = "";
  while (id.length < length) id += LETTERS[below(random, LETTERS.length)];
  return id;
}

/** An identifier in the form of a version 4 UUID. */
export function uuid(random: Random): string {
  const hex = (length: number) => {
    let text = "";
    while (text.length < length) text += below(random, 16).toString(16);
    return text;
  };
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[below(random, 4)]}${hex(3)}-${hex(12)}`;
}
