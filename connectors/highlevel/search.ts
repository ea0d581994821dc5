import { z } from "zod";
import { Tally, tallied } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Settings } from "./settings.ts";

/** Where a listing stands. Filters and order must stay the same from page to page, so `since` travels along. */
export interface Position {
  /** Only contacts changed at or after, epoch ms. */
  readonly since?: number | undefined;
  /** The `searchAfter` of the last row read; absent for the first page. */
  readonly after?: readonly unknown[] | undefined;
  /** What the pages before told; absent once contacts cannot be counted, as in a listing of changes. */
  readonly tally?: Tally | undefined;
  /** Id of the last row read; stands beside a tally. */
  readonly last?: string | undefined;
}

/** What a row tells of its place in a listing. */
export interface Placed {
  readonly id: string;
  readonly searchAfter?: readonly unknown[] | null | undefined;
}

const Cursor = z.strictObject({
  since: z.number().optional(),
  after: z.array(z.unknown()).min(1),
  tally: Tally.optional(),
  last: z.string().optional(),
});

/** Where a listing begins. Changes are not counted: a contact that changes again is met again. */
export function startOf(since: number | undefined): Position {
  return since === undefined ? { tally: { read: 0 } } : { since };
}

/**
 * The tally after a page. `dateAdded` never changes and each page begins behind the last row of the one before, so no
 * contact is met twice and rows count contacts. A page that shows otherwise, by repeating a row or by going back, ends
 * the counting.
 */
export function tallyAfter(here: Position, rows: readonly Placed[], total: number | undefined): Tally | undefined {
  const ids = new Set(rows.map((row) => row.id));
  const isRepeating = ids.size < rows.length || (here.last !== undefined && ids.has(here.last));
  return isRepeating || goesBack(here, rows) ? undefined : tallied(here.tally, rows.length, total);
}

/** The first part of a position is what the listing is sorted by. Positions that cannot be compared count as going back. */
function goesBack({ after }: Position, rows: readonly Placed[]): boolean {
  if (after === undefined) return false;
  const [before, now] = [after[0], rows[0]?.searchAfter?.[0]];
  return typeof before !== "number" || typeof now !== "number" || now < before;
}

/** A position as the opaque text that the engine keeps. */
export function cursorText({ since, after, tally, last }: Position): string {
  return JSON.stringify({ since, after, tally, last });
}

/** @throws Failure `bug` for a text that `cursorText` did not make. */
export function parseCursor(text: string): Position {
  try {
    return Cursor.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure("bug", "The stored position in HighLevel's contacts cannot be read; start the listing again.", {
      cause,
    });
  }
}

/**
 * The body of `POST /contacts/search`: all contacts in the order they were added, or those changed since, in the order
 * they changed. In both orders a change during the reading moves a contact to the end, where it is met again.
 */
export function searchBody(
  { locationId, contactsPerPage }: Pick<Settings, "locationId" | "contactsPerPage">,
  { since, after }: Position,
): Record<string, unknown> {
  const filters =
    since === undefined
      ? []
      : [{ field: "dateUpdated", operator: "range", value: { gte: new Date(since).toISOString() } }];
  return {
    locationId,
    pageLimit: contactsPerPage,
    ...(filters.length > 0 && { filters }),
    sort: [{ field: since === undefined ? "dateAdded" : "dateUpdated", direction: "asc" }],
    ...(after !== undefined && { searchAfter: after }),
  };
}
