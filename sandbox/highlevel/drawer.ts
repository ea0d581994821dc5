import type { Visit } from "./routing.ts";

/** Records of one kind, few enough to be looked through one by one. */
export type Drawer<Item extends { readonly id: string }> = {
  readonly get: (id: string) => Item | undefined;
  /** A record as it was before its last change; itself when it never changed. */
  readonly earlier: (id: string) => Item | undefined;
  /** In the order in which they were put in. */
  readonly all: () => Item[];
  /** Puts a record in, or another state of one. */
  readonly put: (item: Item) => Item;
  readonly remove: (id: string) => Item | undefined;
  /** Back to the beginning. */
  readonly clear: () => void;
};

/** Makes a drawer that holds what `first` makes up, as soon as anybody looks. */
export function createDrawer<Item extends { readonly id: string }>(
  first: () => readonly Item[] = () => [],
): Drawer<Item> {
  let kept: Map<string, Item> | undefined;
  const before = new Map<string, Item>();
  const items = (): Map<string, Item> => {
    kept ??= new Map(first().map((item) => [item.id, item]));
    return kept;
  };
  return {
    get: (id) => items().get(id),
    earlier: (id) => before.get(id) ?? items().get(id),
    all: () => [...items().values()],
    put: (item) => {
      const old = items().get(item.id);
      if (old !== undefined) before.set(item.id, old);
      items().set(item.id, item);
      return item;
    },
    remove: (id) => {
      const old = items().get(id);
      items().delete(id);
      before.delete(id);
      return old;
    },
    clear: () => {
      kept = undefined;
      before.clear();
    },
  };
}

/** The record that a visit is shown: as it was before its last change where a fault asks for that. */
export function seenIn<Item extends { readonly id: string }>(drawer: Drawer<Item>, item: Item, visit: Visit): Item {
  return visit.isStale ? (drawer.earlier(item.id) ?? item) : item;
}

/** A part of a list, as `skip` and `limit` say. */
export function pageOf<Item>(items: readonly Item[], skip: number, limit: number): Item[] {
  return items.slice(skip, skip + limit);
}
