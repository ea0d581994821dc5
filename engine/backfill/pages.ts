import { Failure } from "../../model/errors.ts";
import type { Side, Snapshot } from "../../model/record.ts";
import type { OpenSync } from "../context.ts";
import type { CallContext } from "../ports.ts";

/** One page of a listing, with when it was asked for. */
export interface ReadPage {
  readonly records: readonly Snapshot[];
  /** When the request left, epoch ms: what the page shows is no newer claim than this. */
  readonly asOf: number;
  /** Position of the next page; absent on the last. */
  readonly next?: string;
  readonly total?: number;
  /** See `ListPage`. */
  readonly refused?: string;
}

/** Where to read: from a stored position, or from the start; only what changed since, or all. */
export interface PageFrom {
  readonly cursor?: string;
  readonly since?: number;
  /** Only the children of this contact. */
  readonly parentId?: string;
}

/**
 * Reads a listing page by page. A cursor that does not advance and a page that repeats the one before are refused, so
 * that a partner's fault never becomes an endless loop or a skipped page.
 * @throws Failure `unavailable` in those cases, and whatever the partner throws.
 */
export async function* pagesOf(
  open: OpenSync,
  side: Side,
  calls: CallContext,
  now: () => number,
  from: PageFrom,
): AsyncGenerator<ReadPage> {
  let cursor = from.cursor;
  let previous = "";
  const seen = new Set<string>();
  for (;;) {
    if (cursor !== undefined) seen.add(cursor);
    const asOf = now();
    const page = await open.partners[side].list(calls, {
      ...(from.since === undefined ? {} : { since: from.since }),
      ...(from.parentId === undefined ? {} : { parentId: from.parentId }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const ids = page.records.map((record) => record.externalId).join("\n");
    if (ids !== "" && ids === previous) throw standingStill(open, side, "the same page came twice");
    if (page.next !== undefined && seen.has(page.next)) throw standingStill(open, side, "the position did not advance");
    previous = ids;
    yield {
      records: page.records,
      asOf,
      ...only("next", page.next),
      ...only("total", page.total),
      ...only("refused", page.refused),
    };
    if (page.next === undefined) return;
    cursor = page.next;
  }
}

function only<K extends string, T>(key: K, value: T | undefined): { [key in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: T });
}

function standingStill(open: OpenSync, side: Side, what: string): Failure {
  return new Failure(
    "unavailable",
    `list the ${side} records of ${open.partners[side].name}: ${what}; reading again later`,
  );
}
