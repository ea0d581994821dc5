import fc from "fast-check";
import { expect, test } from "vitest";
import type { Paging } from "../../model/declaration.ts";
import { movedUp, nextCursor, pageQuery } from "./paging.ts";

/** An app with so many records that answers in one of the ways. @returns the places of the records on the page asked for */
function answered(paging: Paging, query: Readonly<Record<string, unknown>>, count: number, size: number) {
  const all = Array.from({ length: count }, (_, place) => place);
  const number = (name: string, fallback: number) => Number(query[name] ?? fallback);
  const start = {
    none: 0,
    page: paging.kind === "page" ? (number(paging.parameter, paging.first) - paging.first) * size : 0,
    offset: number("skip", 0),
    cursor: number("after", 0),
    link: number("from", 0),
  }[paging.kind];
  const rows = paging.kind === "none" ? all : all.slice(start, start + size);
  const end = start + rows.length;
  const hasMore = end < count;
  const next = `https://elsewhere.example/other?from=${end}&limit=${size}`;
  const link = `<https://a.example/x?from=0>; rel="first", <${next}>; rel="next"`;
  return {
    rows,
    body: { meta: { total: count, next: hasMore ? String(end) : null, link: hasMore ? next : null } },
    headers: (hasMore ? { link } : {}) as Record<string, string>,
  };
}

function readAll(paging: Paging, count: number, size: number): { readonly seen: number[]; readonly pages: number } {
  const seen: number[] = [];
  let cursor: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const { rows, ...answer } = answered(paging, pageQuery(paging, cursor).query, count, size);
    seen.push(...rows);
    cursor = nextCursor(paging, cursor, answer, rows.length);
    if (cursor === undefined) return { seen, pages };
    if (pages > 100) throw new Error("the listing does not end");
  }
}

const sizes = { size: 7, sizeParameter: "limit" };
const WAYS: readonly (readonly [string, Paging])[] = [
  ["none", { kind: "none" }],
  ["page numbers from one", { kind: "page", parameter: "page", first: 1, ...sizes }],
  [
    "page numbers from zero, with a total",
    { kind: "page", parameter: "page", first: 0, ...sizes, total: "meta.total" },
  ],
  ["offsets", { kind: "offset", parameter: "skip", ...sizes }],
  ["offsets, with a total", { kind: "offset", parameter: "skip", ...sizes, total: "meta.total" }],
  ["a cursor", { kind: "cursor", parameter: "after", at: "meta.next", ...sizes }],
  ["a link in the body", { kind: "link", at: "meta.link", ...sizes }],
  ["a link in the header", { kind: "link", ...sizes }],
];

test.each(WAYS)("YA3 a listing by %s shows every record once, and ends", (_way, paging) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), (count) => {
      const { seen, pages } = readAll(paging, count, 7);
      expect(seen).toEqual(Array.from({ length: count }, (_, place) => place));
      expect(pages).toBeLessThanOrEqual(Math.ceil((count + 1) / 7));
    }),
  );
});

test("YA3 of a link to the next page only the parameters are followed", () => {
  const paging = { kind: "link", at: "next" } as const;
  const cursor = nextCursor(
    paging,
    undefined,
    { body: { next: "https://evil.example/p?a=1&b=x%20y#z" }, headers: {} },
    3,
  );
  expect(pageQuery(paging, cursor)).toEqual({ query: { a: "1", b: "x y" }, isWhole: true });
  expect(nextCursor(paging, undefined, { body: { next: "https://evil.example/p" }, headers: {} }, 3)).toBeUndefined();
});

test.each([
  ["page", { kind: "page", parameter: "page", first: 1, size: 7, total: "total" }, ["2"]],
  ["offset", { kind: "offset", parameter: "skip", size: 7, total: "total" }, ["7"]],
] as const)("YA3 by %s, where records went meanwhile, the page before is read again", (_way, paging, again) => {
  const cursor = nextCursor(paging, paging.kind === "page" ? "2/30" : "7/30", { body: { total: 30 }, headers: {} }, 7);
  expect(movedUp(paging, cursor, { total: 30 })).toEqual([]);
  expect(movedUp(paging, cursor, { total: 31 })).toEqual([]);
  expect(movedUp(paging, cursor, { total: 28 })).toEqual(again);
  expect(movedUp(paging, cursor, { total: 2 })).toHaveLength(2);
  expect(movedUp(paging, cursor, {})).toEqual([]);
});
