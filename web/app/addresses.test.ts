import { expect, test } from "vitest";
import { wantedLinks } from "../pages/records/page.tsx";
import {
  formatQuery,
  parseQuery,
  RecordsSearch,
  recordAddress,
  recordsAddress,
  SandboxSearch,
  SHOWN,
  StartSearch,
  sandboxAddress,
  startAddress,
} from "./addresses.ts";

function queryOf(address: string): Record<string, string> {
  return parseQuery(address.split("?")[1] ?? "");
}

test("UI4 what a list is narrowed to survives the way through its address", () => {
  const search = RecordsSearch.parse({ text: "ana & co", show: "attention", sort: "title", page: 3 });
  expect(RecordsSearch.parse(queryOf(recordsAddress(search)))).toEqual(search);
  const sandbox = SandboxSearch.parse({ highlevel: "zoë", salesmatePage: 2 });
  expect(SandboxSearch.parse(queryOf(sandboxAddress(sandbox)))).toEqual(sandbox);
  const start = { mode: "newOnly", kind: "conflict", after: "lnk-7" } as const;
  expect(StartSearch.parse(queryOf(startAddress("contacts", start)))).toEqual(start);
});

test("UI4 an address says only what is not the default", () => {
  expect(recordsAddress()).toBe("/records");
  expect(recordsAddress({ text: "", show: "all", page: 1 })).toBe("/records");
  expect(recordsAddress({ show: "waiting" })).toBe("/records?show=waiting");
});

test("UI4 a record's address keeps the list it was opened from", () => {
  expect(recordAddress("a/b", { show: "attention", page: 2 })).toBe("/records/a%2Fb?show=attention&page=2");
});

test.each([
  ["show=everything", { show: "all" }],
  ["page=-4", { page: 1 }],
  ["page=many", { page: 1 }],
  ["sort=colour&text=ana", { sort: "updated", text: "ana" }],
  [`text=${"x".repeat(201)}`, { text: "" }],
])("UI4 a wrong address is no error: %s", (query, expected) => {
  expect(RecordsSearch.parse(parseQuery(query))).toMatchObject(expected);
});

test("UI4 digits in a search stay text", () => {
  expect(RecordsSearch.parse(parseQuery("text=0912")).text).toBe("0912");
  expect(formatQuery({ text: "0912", none: undefined, empty: "" })).toBe("?text=0912");
});

test.each(SHOWN)("UI4 the list is asked for what its address says: %s", (show) => {
  const wanted = wantedLinks(RecordsSearch.parse({ show, page: 3 }));
  expect(wanted).toMatchObject({ offset: 50, limit: 25 });
  const asked = { state: wanted.state, attention: wanted.attention };
  const expected = {
    all: {},
    linked: { state: "linked" },
    waiting: { state: "half" },
    unlinked: { state: "unlinked" },
    deleted: { state: "tombstone" },
    attention: { attention: "true" },
  }[show];
  expect(asked).toEqual({ state: undefined, attention: undefined, ...expected });
});
