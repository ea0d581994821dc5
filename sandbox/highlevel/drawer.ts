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
  /** All as a search shows them: the state of a while ago. Only for a drawer that was given a clock. */
  readonly searched: (lagMs: number) => Item[];
  /** Back to the beginning. */
  readonly clear: () => void;
};

/**
 * Makes a drawer that holds what `first` makes up, as soon as anybody looks.
 * @param now The clock that `searched` needs.
 */
export function createDrawer<Item extends { readonly id: string }>(
  first: () => readonly Item[] = () => [],
  now: () => number = () => 0,
): Drawer<Item> {
  let kept: Map<string, Item> | undefined;
  let indexed: Map<string, Item> | undefined;
  let pending: { readonly at: number; readonly id: string; readonly item: Item | undefined }[] = [];
  const before = new Map<string, Item>();

  const items = (): Map<string, Item> => {
    kept ??= new Map(first().map((item) => [item.id, item]));
    return kept;
  };

  const searched = (lagMs: number): Item[] => {
    const shown = indexed ?? new Map(first().map((item) => [item.id, item]));
    const visibleAt = now() - lagMs;
    for (const { id, item } of pending.filter(({ at }) => at <= visibleAt)) {
      if (item === undefined) shown.delete(id);
      else shown.set(id, item);
    }
    indexed = shown;
    pending = pending.filter(({ at }) => at > visibleAt);
    return [...shown.values()];
  };

  return {
    get: (id) => items().get(id),
    earlier: (id) => before.get(id) ?? items().get(id),
    all: () => [...items().values()],
    searched,
    put: (item) => {
      const old = items().get(item.id);
      if (old !== undefined) before.set(item.id, old);
      items().set(item.id, item);
      pending.push({ at: now(), id: item.id, item });
      return item;
    },
    remove: (id) => {
      const old = items().get(id);
      items().delete(id);
      before.delete(id);
      pending.push({ at: now(), id, item: undefined });
      return old;
    },
    clear: () => {
      kept = undefined;
      indexed = undefined;
      pending = [];
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
