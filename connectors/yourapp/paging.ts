import type { HttpAnswer, HttpRequest } from "../../kit/index.ts";
import type { Paging } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import { valueAt } from "./json.ts";

/** The ways in which an app's listings go on. A cursor of ours is opaque to all others. Pure. */

type Query = NonNullable<HttpRequest["query"]>;

/** The parameters that ask for the page at a cursor; those of a link replace all others. */
export function pageQuery(
  paging: Paging,
  cursor: string | undefined,
): { readonly query: Query; readonly isWhole: boolean } {
  switch (paging.kind) {
    case "none":
      return part({});
    case "page":
      return part({ ...sized(paging), [paging.parameter]: numberOf(cursor, paging.first) });
    case "offset":
      return part({ ...sized(paging), [paging.parameter]: numberOf(cursor, 0) });
    case "cursor":
      return part({ ...sized(paging), ...(cursor !== undefined && { [paging.parameter]: cursor }) });
    case "link":
      if (cursor === undefined) return part(sized(paging));
      return { query: Object.fromEntries(new URLSearchParams(cursor)), isWhole: true };
    default:
      return paging satisfies never;
  }
}

/**
 * The cursors of pages before this one that must be read again: where fewer records are there than when the page before
 * was read, those behind the missing ones have moved up, past the reader. Empty where the app counts nothing.
 */
export function movedUp(paging: Paging, cursor: string | undefined, body: unknown): readonly string[] {
  const before = cursor?.split(COUNTED)[1];
  const total = totalOf(paging, body);
  if ((paging.kind !== "page" && paging.kind !== "offset") || before === undefined || total === undefined) return [];
  const step = paging.kind === "page" ? 1 : paging.size;
  const [here, start] = [numberOf(cursor, 0), paging.kind === "page" ? paging.first : 0];
  const back = Math.ceil((Number(before) - total) / paging.size);
  const pages = Array.from({ length: Math.max(0, back) }, (_none, place) => here - (place + 1) * step);
  return [...new Set(pages.map((page) => String(Math.max(start, page))))];
}

/**
 * The cursor of the page after this one; `undefined` after the last.
 * @param rows records on this page
 */
export function nextCursor(
  paging: Paging,
  cursor: string | undefined,
  answer: Pick<HttpAnswer, "body" | "headers">,
  rows: number,
): string | undefined {
  switch (paging.kind) {
    case "none":
      return undefined;
    case "page": {
      const page = numberOf(cursor, paging.first);
      const shown = (page - paging.first) * paging.size + rows;
      return isLast(paging, answer, shown, rows) ? undefined : counted(page + 1, totalOf(paging, answer.body));
    }
    case "offset": {
      const shown = numberOf(cursor, 0) + rows;
      return isLast(paging, answer, shown, rows) ? undefined : counted(shown, totalOf(paging, answer.body));
    }
    case "cursor": {
      const next = valueAt(answer.body, paging.at);
      return next === undefined || next === null || next === "" || next === false ? undefined : String(next);
    }
    case "link": {
      const link = paging.at === undefined ? linkedNext(answer.headers.link) : valueAt(answer.body, paging.at);
      return typeof link === "string" && link !== "" ? queryOf(link) : undefined;
    }
    default:
      return paging satisfies never;
  }
}

/** How many records the whole listing holds, where the app says. */
export function totalOf(paging: Paging, body: unknown): number | undefined {
  if (paging.kind !== "page" && paging.kind !== "offset") return undefined;
  const total = paging.total === undefined ? undefined : Number(valueAt(body, paging.total) ?? Number.NaN);
  return total !== undefined && Number.isInteger(total) && total >= 0 ? total : undefined;
}

function part(query: Query) {
  return { query, isWhole: false };
}

function sized({
  sizeParameter,
  size,
}: {
  readonly sizeParameter?: string | undefined;
  readonly size?: number | undefined;
}): Query {
  return sizeParameter === undefined || size === undefined ? {} : { [sizeParameter]: size };
}

/** A page that is not full is the last; so is one with which all that the app counts were shown. */
function isLast(
  paging: Extract<Paging, { kind: "page" | "offset" }>,
  { body }: Pick<HttpAnswer, "body">,
  shown: number,
  rows: number,
): boolean {
  const total = totalOf(paging, body);
  return rows === 0 || (total === undefined ? rows < paging.size : shown >= total);
}

/** Separates the page of a cursor from how many records there were when the page before it was read. */
const COUNTED = "/";

function counted(page: number, total: number | undefined): string {
  return total === undefined ? String(page) : `${page}${COUNTED}${total}`;
}

function numberOf(cursor: string | undefined, first: number): number {
  if (cursor === undefined) return first;
  if (/^\d{1,12}(\/\d{1,15})?$/.test(cursor)) return Number.parseInt(cursor, 10);
  throw new Failure("bug", "The stored position in the app's listing cannot be read; start the listing again.");
}

/** The address of `rel="next"` in a `Link` header. Source: RFC 8288. */
function linkedNext(header: string | undefined): string | undefined {
  const links = header?.match(/<[^>]*>[^<]*/g) ?? [];
  const next = links.find((link) => /;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.test(link));
  return next?.slice(1, next.indexOf(">"));
}

/** Only the parameters of a link are followed: it cannot lead to another place than the listing's own path. */
function queryOf(link: string): string | undefined {
  const start = link.indexOf("?");
  if (start === -1) return undefined;
  const end = link.indexOf("#", start);
  return link.slice(start + 1, end === -1 ? undefined : end);
}
