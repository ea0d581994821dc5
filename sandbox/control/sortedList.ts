/**
 * A list that stays sorted while items come and go. It is kept in chunks of bounded length, so that an insertion into
 * a hundred thousand items moves a few hundred and a page is read from its place without touching the rest.
 */
export type SortedList<Item> = {
  readonly size: () => number;
  readonly add: (item: Item) => void;
  /** Removes the item that compares equal; false when there is none. */
  readonly remove: (item: Item) => boolean;
  /** How many items stand before the first for which `isBefore` is false. It must be true for a prefix only. */
  readonly rank: (isBefore: (item: Item) => boolean) => number;
  /** The items from a position on, in order. */
  readonly forward: (position: number) => Generator<Item, undefined>;
  /** The items that stand before a position, last first. */
  readonly backward: (position: number) => Generator<Item, undefined>;
};

const CHUNK_SIZE_MAX = 512;

/**
 * @param compare A total order: negative, zero or positive, and zero only for the very same item.
 * @param items   What is in the list at first, in any order.
 */
export function createSortedList<Item>(
  compare: (left: Item, right: Item) => number,
  items: Iterable<Item>,
): SortedList<Item> {
  const chunks = chunked([...items].sort(compare));
  let size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);

  const add = (item: Item): void => {
    size += 1;
    const at = chunkOf(chunks, (other) => compare(other, item) < 0);
    const chunk = chunks[at] ?? lastOrNew(chunks);
    chunk.splice(
      prefix(chunk, (other) => compare(other, item) < 0),
      0,
      item,
    );
    if (chunk.length > CHUNK_SIZE_MAX) split(chunks, chunk);
  };

  const remove = (item: Item): boolean => {
    const at = chunkOf(chunks, (other) => compare(other, item) < 0);
    const chunk = chunks[at];
    if (chunk === undefined) return false;
    const position = prefix(chunk, (other) => compare(other, item) < 0);
    const found = chunk[position];
    if (found === undefined || compare(found, item) !== 0) return false;
    chunk.splice(position, 1);
    if (chunk.length === 0) chunks.splice(at, 1);
    size -= 1;
    return true;
  };

  return {
    size: () => size,
    add,
    remove,
    rank: (isBefore) => rankIn(chunks, isBefore),
    forward: (position) => forward(chunks, position),
    backward: (position) => backward(chunks, Math.min(position, size)),
  };
}

function chunked<Item>(sorted: readonly Item[]): Item[][] {
  const chunks: Item[][] = [];
  for (let at = 0; at < sorted.length; at += CHUNK_SIZE_MAX / 2) chunks.push(sorted.slice(at, at + CHUNK_SIZE_MAX / 2));
  return chunks;
}

/** The first chunk whose last item is not before the sought place; one past the end when there is none. */
function chunkOf<Item>(chunks: readonly Item[][], isBefore: (item: Item) => boolean): number {
  return prefix(chunks, (chunk) => {
    const last = chunk.at(-1);
    return last !== undefined && isBefore(last);
  });
}

function lastOrNew<Item>(chunks: Item[][]): Item[] {
  const last = chunks.at(-1);
  if (last !== undefined) return last;
  const first: Item[] = [];
  chunks.push(first);
  return first;
}

function split<Item>(chunks: Item[][], chunk: Item[]): void {
  const upper = chunk.splice(chunk.length / 2);
  chunks.splice(chunks.indexOf(chunk) + 1, 0, upper);
}

/** Length of the prefix for which the test holds, by halving. */
function prefix<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rankIn<Item>(chunks: readonly Item[][], isBefore: (item: Item) => boolean): number {
  const at = chunkOf(chunks, isBefore);
  let rank = 0;
  for (let before = 0; before < at; before += 1) rank += chunks[before]?.length ?? 0;
  const chunk = chunks[at];
  return chunk === undefined ? rank : rank + prefix(chunk, isBefore);
}

function* forward<Item>(chunks: readonly Item[][], position: number): Generator<Item, undefined> {
  let skip = position;
  for (const chunk of chunks) {
    for (let at = skip; at < chunk.length; at += 1) yield chunk[at] as Item; // `at` is inside the chunk
    skip = Math.max(0, skip - chunk.length);
  }
}

function* backward<Item>(chunks: readonly Item[][], position: number): Generator<Item, undefined> {
  let start = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  for (let index = chunks.length - 1; index >= 0; index -= 1) {
    const chunk = chunks[index] ?? [];
    start -= chunk.length;
    const from = Math.min(chunk.length, position - start) - 1;
    for (let at = from; at >= 0; at -= 1) yield chunk[at] as Item; // `at` is inside the chunk
  }
}
