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
