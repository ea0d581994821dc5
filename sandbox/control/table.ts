import { createSortedList, type SortedList } from "./sortedList.ts";

/** A value that records can be put in order by. */
export type OrderValue = string | number;

/** How a table finds what it keeps. Both kinds of index are built when first asked for and kept up to date after. */
export type TableShape<Item> = {
  readonly idOf: (item: Item) => string;
  /** The texts under which an item is found, for one index by name. */
  readonly keysOf: (index: string, item: Item) => readonly string[];
  /** The value an item is sorted by, for one order by name. Ties are broken by `compareIds`. */
  readonly orderOf: (order: string, item: Item) => OrderValue;
  readonly compareIds: (left: string, right: string) => number;
};

/** Records in memory with indexes: every operation costs about the same with ten records or a hundred thousand. */
export type Table<Item> = {
  readonly size: () => number;
  readonly get: (id: string) => Item | undefined;
  readonly put: (item: Item) => void;
  readonly remove: (id: string) => void;
  readonly clear: () => void;
  readonly all: () => Iterable<Item>;
  /** Items found under a text of an index. */
  readonly find: (index: string, key: string) => Item[];
  /** All items sorted ascending by an order. */
  readonly sorted: (order: string) => SortedList<Item>;
  /** Compares two items by an order, ascending. */
  readonly compare: (order: string, left: Item, right: Item) => number;
};

/** Makes an empty table. */
export function createTable<Item>(shape: TableShape<Item>): Table<Item> {
  const items = new Map<string, Item>();
  const orders = new Map<string, SortedList<Item>>();
  const indexes = new Map<string, Map<string, Set<string>>>();

  const remove = (id: string): void => {
    const old = items.get(id);
    if (old === undefined) return;
    items.delete(id);
    for (const list of orders.values()) list.remove(old);
    for (const [name, index] of indexes) forget(index, shape.keysOf(name, old), id);
  };

  const put = (item: Item): void => {
    const id = shape.idOf(item);
    const old = items.get(id);
    for (const list of orders.values()) {
      if (old !== undefined) list.remove(old);
      list.add(item);
    }
    for (const [name, index] of indexes) {
      if (old !== undefined) forget(index, shape.keysOf(name, old), id);
      remember(index, shape.keysOf(name, item), id);
    }
    items.set(id, item);
  };

  const indexNamed = (name: string): Map<string, Set<string>> => {
    const known = indexes.get(name);
    if (known !== undefined) return known;
    const built = new Map<string, Set<string>>();
    for (const [id, item] of items) remember(built, shape.keysOf(name, item), id);
    indexes.set(name, built);
    return built;
  };

  const sorted = (name: string): SortedList<Item> => {
    const known = orders.get(name);
    if (known !== undefined) return known;
    const built = createSortedList(comparing(shape, name), items.values());
    orders.set(name, built);
    return built;
  };

  const find = (name: string, key: string): Item[] =>
    [...(indexNamed(name).get(key) ?? [])].flatMap((id) => items.get(id) ?? []);

  const clear = (): void => {
    items.clear();
    orders.clear();
    indexes.clear();
  };

  return {
    size: () => items.size,
    get: (id) => items.get(id),
    all: () => items.values(),
    put,
    remove,
    clear,
    find,
    sorted,
    compare: (order, left, right) => comparing(shape, order)(left, right),
  };
}

/** Orders two values of the same kind; a number stands before a text. */
export function compareValues(left: OrderValue, right: OrderValue): number {
  if (left === right) return 0;
  if (typeof left !== typeof right) return typeof left === "number" ? -1 : 1;
  return left < right ? -1 : 1;
}

function comparing<Item>(shape: TableShape<Item>, order: string): (left: Item, right: Item) => number {
  return (left, right) =>
    compareValues(shape.orderOf(order, left), shape.orderOf(order, right)) ||
    shape.compareIds(shape.idOf(left), shape.idOf(right));
}

function remember(index: Map<string, Set<string>>, keys: readonly string[], id: string): void {
  for (const key of keys) {
    const ids = index.get(key);
    if (ids === undefined) index.set(key, new Set([id]));
    else ids.add(id);
  }
}

function forget(index: Map<string, Set<string>>, keys: readonly string[], id: string): void {
  for (const key of keys) {
    const ids = index.get(key);
    ids?.delete(id);
    if (ids?.size === 0) index.delete(key);
  }
}
