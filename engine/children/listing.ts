import { asFailure } from "../../model/errors.ts";
import type { Side, Snapshot } from "../../model/record.ts";
import { pagesOf } from "../backfill/pages.ts";
import type { LaneContext } from "../context.ts";
import type { EngineStore, Sync } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import type { Attempt } from "../reconcile/outcome.ts";

/** All children of one contact on one side, as one listing showed them. */
export interface Listed {
  /** Each with its `parentId`. */
  readonly records: readonly Snapshot[];
  /** When the first page was asked for, epoch ms. */
  readonly asOf: number;
}

/** Lists all children of a contact. @returns `"gone"` when the partner says that there is no such contact. */
export async function listChildren(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  parentId: string,
): Promise<Listed | "gone"> {
  const asOf = context.clock.now();
  const records: Snapshot[] = [];
  try {
    for await (const page of pagesOf(attempt.open, side, attempt.calls, context.clock.now, { parentId })) {
      const own = page.records.map((record) => ({ ...record, parentId: record.parentId ?? parentId }));
      records.push(...own.filter((record) => record.parentId === parentId));
    }
  } catch (thrown) {
    if (asFailure(thrown).kind === "not_found") return "gone";
    throw thrown;
  }
  return { records, asOf };
}

/** For how long a listing of a contact's children need not be repeated before a create, ms. */
const LISTED_MS = 2_000;
const LISTED_MAX = 10_000;

/** Remembers that every child which a listing of the contact showed is known to the store. */
export function noteListed(context: LaneContext, sync: Sync, side: Side, parentId: string, asOf: number): void {
  if (context.listedAt.size >= LISTED_MAX) context.listedAt.clear();
  context.listedAt.set(keyText({ kind: "children", syncId: sync.id, side, parentId }), asOf);
}

/**
 * Whether the children of the contact were listed just now, by a partner whose lists do not lag.
 * @param since the earliest that the listing may have begun, epoch ms.
 */
export function isJustListed(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  parentId: string,
  since: number,
): boolean {
  const { sync, partners } = attempt.open;
  const asOf = context.listedAt.get(keyText({ kind: "children", syncId: sync.id, side, parentId }));
  if (asOf === undefined || asOf < since || partners[side].listing.lagMs > 0) return false;
  return context.clock.now() - asOf <= LISTED_MS;
}

const BATCH = 500;

/** Every linked contact of the parent sync, in the order of their ids. */
export async function* linkedParents(
  store: Pick<EngineStore, "linksAfter">,
  sync: Pick<Sync, "workspaceId">,
  parentSyncId: string,
) {
  let afterId: string | undefined;
  for (;;) {
    const query = { states: ["linked"] as const, limit: BATCH, ...(afterId === undefined ? {} : { afterId }) };
    const links = await store.linksAfter(sync.workspaceId, parentSyncId, query);
    yield* links;
    afterId = links.at(-1)?.id;
    if (afterId === undefined) return;
  }
}
