import { createTable, type Table } from "../control/table.ts";
import type { Child } from "./child.ts";

/** One change of a shelf: `before` is missing for a create, `after` for a delete. */
export type ShelfChange<Kept> = { readonly before?: Kept; readonly after?: Kept };

/** The notes, the tasks or the appointments of one location. */
export type Shelf<Kept extends Child> = {
  readonly get: (id: string) => Kept | undefined;
  /** A child as it was before its last change; itself when it never changed. */
  readonly earlier: (id: string) => Kept | undefined;
  /** One that was deleted, with or without its contact. */
  readonly deleted: (id: string) => Kept | undefined;
  /** Those of one contact, in the order in which they were made. */
  readonly ofContact: (contactId: string) => Kept[];
  readonly all: () => Iterable<Kept>;
  /** All as a search shows them, newest first: the state of `lagMs` ago. */
  readonly searched: () => Kept[];
  readonly add: (child: Kept) => Kept;
  readonly change: (before: Kept, after: Kept) => Kept;
  readonly remove: (child: Kept) => void;
  /** The contact is deleted and takes its own along. */
  readonly leaveWith: (contactId: string) => void;
  /** The contact is restored with what it took along. Nobody is told. */
  readonly returnWith: (contactId: string) => void;
  /** All of one contact become another's. Nobody is told. */
  readonly handOver: (fromId: string, toId: string) => void;
  readonly clear: () => void;
};

/** What a shelf is made of. */
export type ShelfParts<Kept> = {
  readonly now: () => number;
  readonly lagMs: () => number;
  /** `isAlong` says that the child went because its contact did. */
  readonly onChange: (change: ShelfChange<Kept>, isAlong: boolean) => void;
};

/** Makes an empty shelf. */
export function createShelf<Kept extends Child>({ now, lagMs, onChange }: ShelfParts<Kept>): Shelf<Kept> {
  const kept: Table<Kept> = createTable<Kept>(SHAPE);
  const indexed: Table<Kept> = createTable<Kept>(SHAPE);
  const before = new Map<string, Kept>();
  const deleted = new Map<string, { readonly child: Kept; readonly isAlong: boolean }>();
  let pending: { readonly at: number; readonly id: string; readonly child: Kept | undefined }[] = [];

  const ofContact = (contactId: string) => kept.find(BY_CONTACT, contactId).sort(compareByAge);

  const put = (child: Kept): void => {
    kept.put(child);
    pending.push({ at: now(), id: child.id, child });
  };

  const drop = (child: Kept, isAlong: boolean): void => {
    kept.remove(child.id);
    before.delete(child.id);
    deleted.set(child.id, { child, isAlong });
    pending.push({ at: now(), id: child.id, child: undefined });
    onChange({ before: child }, isAlong);
  };

  const searched = (): Kept[] => {
    const visibleAt = now() - lagMs();
    for (const { at, id, child } of pending) {
      if (at > visibleAt) break;
      if (child === undefined) indexed.remove(id);
      else indexed.put(child);
    }
    pending = pending.filter(({ at }) => at > visibleAt);
    return [...indexed.all()].sort((left, right) => compareByAge(right, left));
  };

  return {
    get: kept.get,
    earlier: (id) => before.get(id) ?? kept.get(id),
    deleted: (id) => deleted.get(id)?.child,
    ofContact,
    all: kept.all,
    searched,
    add: (child) => {
      put(child);
      onChange({ after: child }, false);
      return child;
    },
    change: (old, child) => {
      before.set(child.id, old);
      put(child);
      onChange({ before: old, after: child }, false);
      return child;
    },
    remove: (child) => drop(child, false),
    leaveWith: (contactId) => {
      for (const child of ofContact(contactId)) drop(child, true);
    },
    returnWith: (contactId) => {
      for (const [id, { child, isAlong }] of deleted) {
        if (!isAlong || child.contactId !== contactId) continue;
        deleted.delete(id);
        put(child);
      }
    },
    handOver: (fromId, toId) => {
      for (const child of ofContact(fromId)) put({ ...child, contactId: toId });
    },
    clear: () => {
      kept.clear();
      indexed.clear();
      before.clear();
      deleted.clear();
      pending = [];
    },
  };
}

const BY_CONTACT = "contact";

const SHAPE = {
  idOf: (child: Child) => child.id,
  compareIds: (left: string, right: string) => (left === right ? 0 : left < right ? -1 : 1),
  keysOf: (_index: string, child: Child) => [child.contactId],
  orderOf: (_order: string, child: Child) => child.addedAt,
};

function compareByAge(left: Child, right: Child): number {
  return left.addedAt - right.addedAt || SHAPE.compareIds(left.id, right.id);
}
