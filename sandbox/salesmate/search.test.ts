import { expect, test } from "vitest";
import { type Bench, rule, setUp } from "./testing.ts";

async function withSix(options = {}): Promise<Bench> {
  const bench = setUp(options);
  for (let number = 0; number < 6; number += 1) {
    await bench.add({ firstName: `N${number}`, email: `N${number}@example.com`, mobile: `(202) 555-010${number}` });
    bench.clock.advance(60_000);
  }
  return bench;
}

const namesIn = ({ body }: Awaited<ReturnType<Bench["search"]>>) =>
  body.Data.data.map(({ firstName }: { firstName: string }) => firstName);

test("ES30 rows hold the fields asked for and no others, dates as text of the account's time zone", async () => {
  const { add, search } = setUp();
  await add({ firstName: "Ana" });
  const { body } = await search([], { displayingFields: ["contact.id", "contact.lastModifiedAt", "contact.website"] });
  expect(body.Data.data).toEqual([{ id: 1_001, lastModifiedAt: "May 04, 2026 09:00 AM", website: null }]);
});

test("ES31 pages by rows and from, at most 250 rows, and tells the totals", async () => {
  const { emulator, search } = setUp();
  emulator.control.contacts.bulk(600, 1);
  const first = await search([], {}, "rows=1000&from=0");
  expect([first.body.Data.data.length, first.body.Data.totalRows, first.body.Data.totalPages]).toEqual([250, 600, 3]);
  const ids = new Set<number>();
  for (const from of [0, 250, 500]) {
    for (const { id } of (await search([], {}, `rows=250&from=${from}`)).body.Data.data) ids.add(id);
  }
  expect(ids.size).toBe(600);
  expect((await search([], {}, "rows=250&from=600")).body.Data.data).toEqual([]);
});

test("ES32 IS_AFTER lastModifiedAt reads the text in the account's time zone", async () => {
  const { search } = await withSix();
  // 08:03 in UTC is 09:03 in London in May.
  const found = await search([rule("IS_AFTER", "lastModifiedAt", "May 04, 2026 09:03 AM")]);
  expect([namesIn(found), found.body.Data.totalRows]).toEqual([["N4", "N5"], 2]);
});

test.each([
  ["Asia/Kolkata", "May 04, 2026 01:33 PM"],
  ["America/New_York", "May 04, 2026 04:03 AM"],
  ["UTC", "May 04, 2026 08:03 AM"],
])("ES33 in %s the same instant is written %s", async (timeZone, literal) => {
  const { search } = await withSix({ quirks: { timeZone } });
  const all = (await search()).body.Data.data;
  expect(all[3].lastModifiedAt).toBe(literal);
  expect(namesIn(await search([rule("IS_AFTER", "lastModifiedAt", literal)]))).toEqual(["N4", "N5"]);
});

test("ES34 a change within the minute of the text is after it, unless whole minutes are compared", async () => {
  const { add, clock, search, emulator } = setUp({ quirks: { timeZone: "UTC" } });
  clock.advance(30_000);
  await add({ firstName: "Half" });
  const rules = [rule("IS_AFTER", "lastModifiedAt", "May 04, 2026 08:00 AM")];
  expect(namesIn(await search(rules))).toEqual(["Half"]);
  emulator.control.quirks.set({ afterComparesMinutes: true });
  expect(namesIn(await search(rules))).toEqual([]);
});

test.each([
  ["email", "n2@EXAMPLE.com", ["N2"]],
  ["mobile", "(202) 555-0103", ["N3"]],
  ["mobile", "+12025550103", []],
  ["firstName", "N1", ["N1"]],
])("ES35 EQUALS on %s compares the text as it was typed: %s", async (field, value, names) => {
  const { search } = await withSix();
  expect(namesIn(await search([rule("EQUALS", field, value)]))).toEqual(names);
});

test("ES36 EQUALS may mind letter case, as the quirk says, and $MYSELF$ stands for the key's user", async () => {
  const { search, emulator } = await withSix();
  expect((await search([rule("EQUALS", "owner.id", "$MYSELF$")])).body.Data.totalRows).toBe(6);
  emulator.control.quirks.set({ equalsMindsCase: true });
  expect(namesIn(await search([rule("EQUALS", "email", "n2@example.com")]))).toEqual([]);
  expect(namesIn(await search([rule("EQUALS", "email", "N2@example.com")]))).toEqual(["N2"]);
});

test("ES37 groups nest, with AND and OR", async () => {
  const { search } = await withSix();
  const either = {
    group: { operator: "OR", rules: [rule("EQUALS", "firstName", "N1"), rule("EQUALS", "firstName", "N4")] },
  };
  const after = rule("IS_AFTER", "lastModifiedAt", "May 04, 2026 09:02 AM");
  expect(namesIn(await search([either]))).toEqual(["N1", "N4"]);
  expect(namesIn(await search([either, after]))).toEqual(["N4"]);
});

test.each([
  ["order", { fieldName: "contact.lastModifiedAt", order: "desc" }, "N5"],
  ["orderType", { fieldName: "lastModifiedAt", orderType: "desc" }, "N5"],
  ["names", { fieldName: "contact.name", order: "asc" }, "N0"],
  ["empty texts", { fieldName: "", order: "" }, "N0"],
  ["a field that can not be sorted by", { fieldName: "contact.email", order: "desc" }, "N0"],
])("ES38 sort spelled with %s", async (_what, sort, first) => {
  const { search } = await withSix();
  expect(namesIn(await search([], { sort }))[0]).toBe(first);
});

test.each([
  ["a condition of unknown spelling", [rule("CONTAINS", "email", "x")], "CONTAINS is not a valid condition"],
  ["a date in another writing", [rule("IS_AFTER", "lastModifiedAt", "2026-05-04")], "2026-05-04 is not a valid date"],
  ["IS_AFTER on a text", [rule("IS_AFTER", "email", "May 04, 2026 09:00 AM")], "email is not a DateTime field"],
  ["EQUALS on an unknown field", [rule("EQUALS", "shoeSize", "44")], "shoeSize is not a valid field"],
])("ES39 search refuses %s", async (_what, rules, message) => {
  const refused = await setUp().search(rules);
  expect([refused.status, refused.body.Error.Message]).toEqual([400, message]);
});

test("ES40 a contact that is changed while its list is read by offset can make another be skipped", async () => {
  const { search, emulator } = await withSix();
  const sort = { fieldName: "contact.lastModifiedAt", order: "asc" };
  expect(namesIn(await search([], { sort }, "rows=3&from=0"))).toEqual(["N0", "N1", "N2"]);
  emulator.control.contacts.edit("1001", { city: "Lugo" });
  expect(namesIn(await search([], { sort }, "rows=3&from=3"))).toEqual(["N4", "N5", "N0"]);
});

test("ES41 a stale read shows rows and contacts as they were before their last change", async () => {
  const { search, call, emulator } = await withSix();
  emulator.control.contacts.edit("1001", { firstName: "New" });
  emulator.control.faults.set([{ effect: "stale-read" }]);
  expect(namesIn(await search())[0]).toBe("N0");
  expect((await call("GET", "/apis/contact/v4/1001")).body.Data.firstName).toBe("N0");
});
