import { z } from "zod";
import { Failure } from "../model/errors.ts";
import type { ListPage } from "./connector.ts";

/** How far `followPages` goes. */
export interface PagingOptions {
  /** Stops with a failure after this many pages; a guard against a listing without end. Default 100,000. */
  readonly maxPages?: number;
  /** What is being listed, for messages: `HighLevel contacts`. */
  readonly listing?: string;
}

const MAX_PAGES = 100_000;

/**
 * Follows a listing to its end, one page at a time, and refuses to go round in circles.
 *
 * @param fetchPage reads the page at a cursor; `undefined` asks for the first
 * @throws Failure `unavailable` when a cursor comes a second time, a page repeats the one before it, or there are more
 *   than `maxPages`: the partner's listing is broken for now, and believing it would loop or hide records.
 */
export async function* followPages(
  fetchPage: (cursor: string | undefined) => Promise<ListPage>,
  options: PagingOptions = {},
): AsyncGenerator<ListPage, void> {
  const listing = options.listing ?? "a listing";
  const seen = new Set<string>();
  let cursor: string | undefined;
  let before = "";
  for (let count = 0; count < (options.maxPages ?? MAX_PAGES); count += 1) {
    const page = await fetchPage(cursor);
    const ids = page.records.map((record) => record.externalId).join("\n");
    if (ids !== "" && ids === before) throw broken(listing, "repeats the page before it");
    yield page;
    if (page.next === undefined) return;
    if (seen.has(page.next)) throw broken(listing, "goes back to a page already read");
    seen.add(page.next);
    cursor = page.next;
    before = ids;
  }
  throw broken(listing, `has more than ${options.maxPages ?? MAX_PAGES} pages`);
}

/**
 * Refuses a page whose `next` is the cursor it was read with. For callers that read one page at a time.
 * @throws Failure `unavailable`
 */
export function assertAdvances(cursor: string | undefined, page: ListPage, listing: string): ListPage {
  if (page.next !== undefined && page.next === cursor) throw broken(listing, "does not advance");
  return page;
}

function broken(listing: string, how: string): Failure {
  return new Failure(
    "unavailable",
    `Reading ${listing}: the listing ${how}, so reading on would loop or miss records. It is tried again later from the last good page; if it goes on, report it to the partner.`,
  );
}

/**
 * What the pages of a full listing have told so far: how many records they showed, and the total that all of them gave.
 * Nothing read and no total before the first page. A connector keeps it in its cursors.
 */
export const Tally = z.strictObject({ read: z.int().min(0), total: z.number().optional() });
export type Tally = z.infer<typeof Tally>;

/**
 * The tally after one more page, with the partner's total as that page gave it.
 * @param records records that no page before has shown; a caller that cannot vouch for that gives the tally up
 * @returns `undefined` for good once a page gave no total, another total than the first, or more records than its total:
 *   then records come and go while they are read, or the total counts something else.
 */
export function tallied(before: Tally | undefined, records: number, total: number | undefined): Tally | undefined {
  if (before === undefined || total === undefined) return undefined;
  const read = before.read + records;
  return (before.total ?? total) === total && read <= total ? { read, total } : undefined;
}

/** Search engines stop counting here unless they are told otherwise: then it means "at least so many". */
const COUNT_CEILING = 10_000;

/**
 * Whether the pages so far showed every record, so that a full page is the last one and none need be asked for after it.
 * What was added since the first page and took the place of something deleted is left to the poll, which looks back to
 * the beginning of the reading.
 */
export function isAllRead(tally: Tally | undefined): boolean {
  return tally !== undefined && tally.read === tally.total && tally.total !== COUNT_CEILING;
}
