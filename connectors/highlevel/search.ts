import { z } from "zod";
import { Failure } from "../../model/errors.ts";
import { PAGE_LIMIT } from "./quirks.ts";

/** Where a listing stands. Filters and order must stay the same from page to page, so `since` travels along. */
export interface Position {
  /** Only contacts changed at or after, epoch ms. */
  readonly since?: number | undefined;
  /** The `searchAfter` of the last row read; absent for the first page. */
  readonly after?: readonly unknown[] | undefined;
}

const Cursor = z.strictObject({ since: z.number().optional(), after: z.array(z.unknown()).min(1) });

/** A position as the opaque text that the engine keeps. */
export function cursorText(position: Position): string {
  return JSON.stringify({ since: position.since, after: position.after });
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
export function searchBody(locationId: string, { since, after }: Position): Record<string, unknown> {
  const filters =
    since === undefined
      ? []
      : [{ field: "dateUpdated", operator: "range", value: { gte: new Date(since).toISOString() } }];
  return {
    locationId,
    pageLimit: PAGE_LIMIT,
    ...(filters.length > 0 && { filters }),
    sort: [{ field: since === undefined ? "dateAdded" : "dateUpdated", direction: "asc" }],
    ...(after !== undefined && { searchAfter: after }),
  };
}
