import { expect, test } from "vitest";
import type { ListPage } from "./connector.ts";
import { assertAdvances, followPages, isAllRead, type PagingOptions, type Tally, tallied } from "./paging.ts";

function aPage(ids: readonly string[], next?: string): ListPage {
  const records = ids.map((externalId) => ({ externalId, fields: {} }));
  return next === undefined ? { records } : { records, next };
}

/** Follows pages that are given by cursor, and lists the ids met. */
async function follow(pages: Readonly<Record<string, ListPage>>, options?: PagingOptions): Promise<string[]> {
  const ids: string[] = [];
  const fetchPage = async (cursor: string | undefined) => pages[cursor ?? "start"] ?? aPage([]);
  for await (const page of followPages(fetchPage, options))
    ids.push(...page.records.map((record) => record.externalId));
  return ids;
}

test("K1 pages are followed to the one without a next", async () => {
  const pages = { start: aPage(["1", "2"], "b"), b: aPage([], "c"), c: aPage(["3"]) };
  expect(await follow(pages)).toEqual(["1", "2", "3"]);
});

test.each([
  ["K2 a cursor that does not advance is refused", { start: aPage(["1"], "b"), b: aPage(["2"], "b") }, /already read/],
  [
    "K2 a cursor that goes back is refused",
    { start: aPage(["1"], "b"), b: aPage(["2"], "c"), c: aPage(["3"], "b") },
    /already read/,
  ],
  ["K3 a page that repeats the one before is refused", { start: aPage(["1"], "b"), b: aPage(["1"], "c") }, /repeats/],
])("%s", async (_rule, pages, words) => {
  const refused = await follow(pages, { listing: "Acme contacts" }).catch((failure: unknown) => failure);
  expect(refused).toMatchObject({ kind: "unavailable", message: expect.stringMatching(words) });
  expect(refused).toMatchObject({ message: expect.stringContaining("Acme contacts") });
});

test("K4 a listing without end is refused after the pages allowed", async () => {
  let count = 0;
  const endless = async () => {
    count += 1;
    return aPage([String(count)], String(count));
  };
  const read = async () => {
    for await (const page of followPages(endless, { maxPages: 5 })) expect(page.records).toHaveLength(1);
  };
  await expect(read()).rejects.toMatchObject({ kind: "unavailable", message: expect.stringContaining("more than 5") });
});

test("K2 one page whose next is its own cursor is refused", () => {
  expect(() => assertAdvances("b", aPage(["1"], "b"), "Acme contacts")).toThrow(/does not advance/);
  expect(assertAdvances("b", aPage(["1"], "c"), "Acme contacts").next).toBe("c");
  expect(assertAdvances(undefined, aPage(["1"]), "Acme contacts").next).toBeUndefined();
});

test.each<[what: string, pages: [records: number, total: number | undefined][], isAllRead: boolean]>([
  ["one page that reaches its total", [[500, 500]], true],
  ["several that reach it", [...pages(2, 500, 1_500), [500, 1_500]], true],
  ["a total not reached yet", pages(2, 500, 1_500), false],
  ["no total", pages(2, 500, undefined), false],
  [
    "a page without total among others",
    [
      [500, 1_500],
      [500, undefined],
      [500, 1_500],
    ],
    false,
  ],
  [
    "a total that grew",
    [
      [500, 999],
      [500, 1_000],
    ],
    false,
  ],
  [
    "a total that shrank",
    [
      [500, 1_001],
      [500, 1_000],
    ],
    false,
  ],
  [
    "a total that moved and came back",
    [
      [500, 1_500],
      [500, 1_501],
      [500, 1_500],
    ],
    false,
  ],
  [
    "more records than the total",
    [
      [500, 600],
      [500, 600],
    ],
    false,
  ],
  ["a total at which counting may have stopped", pages(20, 500, 10_000), false],
  ["a total beyond that", pages(200, 500, 100_000), true],
])("K9 whether all is read, by the totals of the pages: %s", (_what, shown, isExpected) => {
  const tally = shown.reduce<Tally | undefined>((before, [records, total]) => tallied(before, records, total), {
    read: 0,
  });
  expect(isAllRead(tally)).toBe(isExpected);
});

test("K9 nothing is all read before the first page", () => {
  expect(isAllRead({ read: 0 })).toBe(false);
});

function pages(count: number, records: number, total: number | undefined): [number, number | undefined][] {
  return Array.from({ length: count }, () => [records, total]);
}
