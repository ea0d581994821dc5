import type { Session } from "../../kit/index.ts";
import type { BookQuery, BookRecord } from "../../model/book.ts";
import type { Settings } from "./settings.ts";

/** The kinds of record that the book of a Trint connection holds beside people, notes and tasks. */
export const TRANSCRIPT = "transcript";
export const TIE = "tie";
export const NARRATIVE = "narrative";

const ROWS = 1_000;

/** Every record of a kind, page by page. */
export async function everyOf(
  { book }: Session<Settings>,
  resource: string,
  query: Pick<BookQuery, "parentId" | "since"> = {},
): Promise<readonly BookRecord[]> {
  const all: BookRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.list(resource, { ...query, limit: ROWS, ...(cursor !== undefined && { cursor }) });
    all.push(...page.records);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
