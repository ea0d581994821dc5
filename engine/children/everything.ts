import { asFailure } from "../../model/errors.ts";
import type { Side, Snapshot } from "../../model/record.ts";
import { pagesOf } from "../backfill/pages.ts";
import type { OpenSync } from "../context.ts";
import type { CallContext, Clock, EngineStore } from "../ports.ts";
import { type ChildSync, isWhole } from "./home.ts";
import { linkedParents } from "./listing.ts";

/** What reading everything needs of the world. */
export interface Reading {
  readonly store: EngineStore;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Every child of one side whose contact is linked, for a full comparison: all that the partner lists, or contact by
 * contact where it lists no other way. Children of contacts that are not linked are nobody's to compare.
 */
export async function* allChildren(
  { store, clock }: Reading,
  open: OpenSync,
  sync: ChildSync,
  side: Side,
  calls: CallContext,
): AsyncGenerator<readonly Snapshot[]> {
  if (open.partners[side].listing.isByParent === true) {
    for await (const parent of linkedParents(store, sync, sync.parent)) {
      const parentId = parent[side]?.externalId;
      if (parentId === undefined || !isWhole(parent)) continue;
      for await (const page of unlessGone(pagesOf(open, side, calls, clock.now, { parentId }))) yield page.records;
    }
    return;
  }
  for await (const { records } of pagesOf(open, side, calls, clock.now, {})) {
    const ids = [...new Set(records.flatMap(({ parentId }) => parentId ?? []))];
    const parents = await store.linksByRecords(sync.workspaceId, sync.parent, side, ids);
    const linked = new Set(parents.filter(isWhole).map((parent) => parent[side]?.externalId));
    yield records.filter(({ parentId }) => linked.has(parentId));
  }
}

/** A contact that is gone has no children to compare; its own sync tells of it. */
async function* unlessGone<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* pages;
  } catch (thrown) {
    if (asFailure(thrown).kind !== "not_found") throw thrown;
  }
}
