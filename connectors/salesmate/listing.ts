import { z } from "zod";
import { isAllRead, type ListQuery, readAnswer, type Session, tallied } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { about } from "./calls.ts";
import { PAGE_ROWS } from "./quirks.ts";
import type { Module } from "./search.ts";
import type { Settings } from "./settings.ts";
import { type Row, SearchAnswer } from "./wire.ts";

/** Where a listing by search stands. */
const Position = z.strictObject({
  /** The row to begin at. */
  from: z.int().min(0),
  /** How many rows there were when the page before was read. */
  total: z.number().optional(),
  /** Only records changed at or after, epoch ms. */
  since: z.number().optional(),
  /** Whether every page so far gave the same total, so that rows can be counted against it. */
  isSteady: z.boolean().optional(),
});
type Position = z.infer<typeof Position>;

/** One page of a search, and the position after it while there is more. */
export interface RowPage {
  readonly rows: readonly Row[];
  /** As a cursor. */
  readonly next?: string;
  readonly total?: number;
}

/**
 * The page of a listing that a query asks for.
 * @param bodyOf the search for records changed since, epoch ms, or for all
 */
export async function rowPage(
  session: Session<Settings>,
  module: Module,
  query: ListQuery,
  bodyOf: (since: number | undefined) => Record<string, unknown>,
): Promise<RowPage> {
  const position: Position =
    query.cursor === undefined ? { from: 0, since: query.since, isSteady: true } : parseCursor(query.cursor, module);
  const doing = `list ${module.plural}`;
  const { data, totalRows } = await search(session, module, position.from, bodyOf(position.since), doing);
  const total = totalRows ?? undefined;
  const next = nextPosition(position, data.length, total);
  return {
    rows: data,
    ...(next !== undefined && { next: JSON.stringify(next) }),
    ...(total !== undefined && { total }),
  };
}

/**
 * Where to read on. When rows vanished since the page before, those behind them moved up past the reader; then the next
 * page begins that many rows earlier than this one did. A page that reaches a steady total is the last, full or not:
 * behind it could only be what was added after it was asked for.
 */
export function nextPosition(here: Position, rows: number, total: number | undefined): Position | undefined {
  const vanished = here.total !== undefined && total !== undefined ? Math.max(0, here.total - total) : 0;
  if (vanished > 0) return { ...here, from: Math.max(0, here.from - vanished), total, isSteady: false };
  const tally = tallied(here.isSteady ? { read: here.from, total: here.total } : undefined, rows, total);
  if (rows < PAGE_ROWS || isAllRead(tally)) return undefined;
  return { ...here, from: here.from + rows, total, isSteady: tally !== undefined };
}

function parseCursor(text: string, { plural }: Module): Position {
  try {
    return Position.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure("bug", `The stored position in Salesmate's ${plural} cannot be read; start the listing again.`, {
      cause,
    });
  }
}

/** Runs one search from a row on. */
export async function search(session: Session<Settings>, module: Module, from: number, json: unknown, doing: string) {
  const answer = await session.http.request({
    method: "POST",
    path: `/${module.prefix}/v4/search`,
    query: { rows: PAGE_ROWS, from, ...module.query },
    json,
    isRead: true,
    doing,
  });
  return readAnswer(SearchAnswer, answer, about(doing)).Data;
}
