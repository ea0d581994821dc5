import { expect, test } from "vitest";
import { type Bench, setUp } from "./testing.ts";

async function withTen(): Promise<Bench> {
  const bench = setUp();
  for (let number = 0; number < 10; number += 1) {
    await bench.add({ firstName: `N${number}`, email: `n${number}@example.com`, tags: number % 2 ? ["odd"] : [] });
    bench.clock.advance(1_000);
  }
  return bench;
}

const namesIn = (body: { contacts: { firstNameRaw: string }[] }) =>
  body.contacts.map(({ firstNameRaw }) => firstNameRaw);

async function allPages({ search }: Bench, body: object): Promise<string[]> {
  const names: string[] = [];
  for (let searchAfter: unknown; ; ) {
    const page = (await search({ ...body, ...(searchAfter ? { searchAfter } : {}) })).body;
    if (page.contacts.length === 0) return names;
    names.push(...namesIn(page));
    searchAfter = page.contacts.at(-1).searchAfter;
  }
}

test("EH30 without a sort the newest come first, and searchAfter continues to the end", async () => {
  const bench = await withTen();
  const { body } = await bench.search({ pageLimit: 3 });
  expect([namesIn(body), body.total]).toEqual([["N9", "N8", "N7"], 10]);
  expect(await allPages(bench, { pageLimit: 3 })).toEqual(["N9", "N8", "N7", "N6", "N5", "N4", "N3", "N2", "N1", "N0"]);
});

test.each([
  ["dateUpdated", "asc"],
  ["dateAdded", "asc"],
  ["firstNameLowerCase", "asc"],
  ["email", "asc"],
])("EH31 sorted by %s, every contact comes once whatever the size of the page", async (field, direction) => {
  const bench = await withTen();
  const sort = [{ field, direction }];
  const expected = Array.from({ length: 10 }, (_, number) => `N${number}`);
  for (const pageLimit of [1, 4, 10]) expect(await allPages(bench, { pageLimit, sort })).toEqual(expected);
  const downward = await allPages(bench, { pageLimit: 4, sort: [{ field, direction: "desc" }] });
  expect(downward).toEqual(expected.toReversed());
});

test("EH32 contacts with the same time are told apart by id, and none is lost between pages", async () => {
  const bench = setUp();
  for (let number = 0; number < 7; number += 1) await bench.add({ firstName: `N${number}` });
  for (const sort of [undefined, [{ field: "dateUpdated", direction: "asc" }]]) {
    const names = await allPages(bench, { pageLimit: 2, ...(sort ? { sort } : {}) });
    expect(names.toSorted()).toEqual(["N0", "N1", "N2", "N3", "N4", "N5", "N6"]);
  }
});

test("EH33 a range over dateUpdated takes ISO texts and epoch milliseconds and counts its total", async () => {
  const bench = await withTen();
  const start = bench.clock.now() - 10_000;
  const ranged = (value: object) =>
    bench.search({
      filters: [{ field: "dateUpdated", operator: "range", value }],
      sort: [{ field: "dateUpdated", direction: "asc" }],
    });
  const since = (await ranged({ gte: new Date(start + 7_000).toISOString() })).body;
  expect([namesIn(since), since.total]).toEqual([["N7", "N8", "N9"], 3]);
  expect(namesIn((await ranged({ gt: start + 7_000, lte: start + 8_000 })).body)).toEqual(["N8"]);
  expect(namesIn((await ranged({ lt: start + 1_000 })).body)).toEqual(["N0"]);
});

test("EH34 a contact that is changed while its list is read moves to the end and is read again", async () => {
  const bench = await withTen();
  const sort = [{ field: "dateUpdated", direction: "asc" }];
  const first = (await bench.search({ pageLimit: 5, sort })).body;
  await bench.call("PUT", `/contacts/${first.contacts[0].id}`, { city: "Bath" });
  const second = (await bench.search({ pageLimit: 10, sort, searchAfter: first.contacts.at(-1).searchAfter })).body;
  expect(namesIn(second)).toEqual(["N5", "N6", "N7", "N8", "N9", "N0"]);
});

test.each([
  ["eq on e-mail, whatever the case", { field: "email", operator: "eq", value: "N3@Example.com" }, ["N3"]],
  ["eq on one of several", { field: "firstNameLowerCase", operator: "eq", value: ["n1", "n2"] }, ["N2", "N1"]],
  ["eq on tags", { field: "tags", operator: "eq", value: "odd" }, ["N9", "N7", "N5", "N3", "N1"]],
  ["not_exists", { field: "tags", operator: "not_exists" }, ["N8", "N6", "N4", "N2", "N0"]],
  ["contains", { field: "contactName", operator: "contains", value: "N4" }, ["N4"]],
  [
    "an OR group",
    {
      group: "OR",
      filters: [
        { field: "email", operator: "eq", value: "n1@example.com" },
        { field: "contactName", operator: "eq", value: "n8" },
      ],
    },
    ["N8", "N1"],
  ],
])("EH35 filter: %s", async (_what, filter, names) => {
  const bench = await withTen();
  const { body } = await bench.search({ filters: [filter] });
  expect([namesIn(body), body.total]).toEqual([names, names.length]);
});

test("EH36 several sort fields are honoured and can be continued", async () => {
  const bench = setUp();
  for (const [firstName, lastName] of [
    ["B", "X"],
    ["A", "Y"],
    ["A", "X"],
    ["B", "Y"],
  ])
    await bench.add({ firstName, lastName });
  const sort = [
    { field: "lastNameLowerCase", direction: "asc" },
    { field: "firstNameLowerCase", direction: "desc" },
  ];
  expect(await allPages(bench, { sort, pageLimit: 1 })).toEqual(["B", "A", "B", "A"]);
});

test.each([
  ["no pageLimit", { pageLimit: undefined }, 422],
  ["a pageLimit above 500", { pageLimit: 501 }, 422],
  ["page beside searchAfter", { page: 1, searchAfter: [1, "x"] }, 400],
  ["a page beyond 10,000 records", { page: 101, pageLimit: 100 }, 400],
  ["an unknown filter field", { filters: [{ field: "shoeSize", operator: "eq", value: 1 }] }, 400],
  ["contains on e-mail", { filters: [{ field: "email", operator: "contains", value: "x" }] }, 400],
  ["an unknown operator", { filters: [{ field: "city", operator: "like", value: "x" }] }, 400],
  ["an unreadable range", { filters: [{ field: "dateAdded", operator: "range", value: { gte: "soon" } }] }, 400],
  ["an unknown sort field", { sort: [{ field: "city", direction: "asc" }] }, 400],
  ["a query of more than 75 letters", { query: "x".repeat(76) }, 422],
  ["an unknown property", { limit: 5 }, 422],
])("EH37 search refuses %s", async (_what, body, status) => {
  expect((await setUp().search(body)).status).toBe(status);
});

test("EH38 the query looks into names, phone and e-mail, and not into additional e-mails", async () => {
  const { add, call, search } = setUp();
  const id = await add({ firstName: "Ann", email: "ann@example.com", phone: "+12025550101" });
  await call("PUT", `/contacts/${id}`, { additionalEmails: [{ email: "hidden@example.com" }] });
  for (const query of ["ANN", "555010", "ann@ex"]) expect((await search({ query })).body.total).toBe(1);
  expect((await search({ query: "hidden" })).body.total).toBe(0);
});

test("EH39 rows show names in lower case, address for address1, and the raw names only by quirk", async () => {
  const { add, search, emulator } = setUp();
  await add({ firstName: "McKenna", lastName: "D'Arcy", address1: "1 Quay" });
  const [row] = (await search()).body.contacts;
  expect(row).toMatchObject({
    contactName: "mckenna d'arcy",
    firstName: "mckenna",
    firstNameRaw: "McKenna",
    address: "1 Quay",
  });
  expect(row.address1).toBeUndefined();
  emulator.control.quirks.set({ rawNames: false });
  const [plain] = (await search()).body.contacts;
  expect([plain.firstName, plain.firstNameRaw]).toEqual(["mckenna", undefined]);
});

test("EH40 search, list and duplicate look-up lag behind writes, a direct read does not", async () => {
  const { add, call, search, clock, locationId } = setUp({ quirks: { searchLagMs: 2_000 } });
  const id = await add({ firstName: "Ann", email: "ann@example.com" });
  const lookUp = `/contacts/search/duplicate?locationId=${locationId}&email=ann%40example.com`;
  clock.advance(1_999);
  expect((await search()).body.total).toBe(0);
  expect((await call("GET", lookUp)).body.contact).toBeNull();
  expect((await call("GET", `/contacts/${id}`)).status).toBe(200);
  clock.advance(1);
  expect((await search()).body.total).toBe(1);
  expect((await call("GET", lookUp)).body.contact.id).toBe(id);
  await call("DELETE", `/contacts/${id}`);
  expect((await call("GET", `/contacts/${id}`)).status).toBe(404);
  expect((await call("GET", `/contacts/?locationId=${locationId}`)).body.contacts).toHaveLength(1);
  clock.advance(2_000);
  expect((await search()).body.total).toBe(0);
});

test("EH41 the deprecated list pages by time and id, newest first", async () => {
  const { call, locationId } = await withTen();
  const names: string[] = [];
  for (let url = `/contacts/?locationId=${locationId}&limit=4`; ; ) {
    const { contacts, meta } = (await call("GET", url)).body;
    names.push(...namesIn({ contacts }));
    expect(meta.total).toBe(10);
    if (meta.nextPageUrl === null) break;
    url = new URL(meta.nextPageUrl).pathname + new URL(meta.nextPageUrl).search;
  }
  expect(names).toEqual(["N9", "N8", "N7", "N6", "N5", "N4", "N3", "N2", "N1", "N0"]);
  expect((await call("GET", `/contacts/?locationId=${locationId}&limit=101`)).status).toBe(422);
});

test("EH42 the duplicate look-up follows the location's order of keys", async () => {
  const { add, call, emulator, locationId } = setUp();
  const ann = await add({ email: "ann@example.com" });
  const bo = await add({ phone: "+12025550102" });
  const both = `/contacts/search/duplicate?locationId=${locationId}&email=ann@example.com&number=%2B12025550102`;
  expect((await call("GET", both)).body.contact.id).toBe(ann);
  emulator.control.quirks.set({ uniqueKeys: ["phone", "email"] });
  expect((await call("GET", both)).body.contact.id).toBe(bo);
});

test("EH43 the list of a business is empty for a business without contacts", async () => {
  const { call, add, locationId } = setUp();
  await add({ firstName: "A" });
  expect((await call("GET", `/contacts/business/b1?locationId=${locationId}`)).body).toMatchObject({
    contacts: [],
    count: 0,
  });
});
