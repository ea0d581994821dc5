import { expect, test } from "vitest";
import { RecordsSearch } from "../../app/addresses.ts";
import { aConnection, aLinkRow, anOverview, aSync } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, reading, ready } from "../../stories/loaded.ts";
import { countsOf, keptBeside, wantedLinks } from "./page.tsx";
import { type RecordsPageProps, RecordsPageView } from "./view.tsx";

function page(different: Partial<RecordsPageProps> = {}) {
  const full: RecordsPageProps = {
    links: ready({ links: [aLinkRow()], total: 1 }),
    names: { left: "HighLevel", right: "Salesmate" },
    syncs: [{ id: "contacts", name: "Contacts", resource: "contact" }],
    noun: { one: "contact", many: "contacts" },
    search: RecordsSearch.parse({}),
    pageSize: 25,
    onSearch: () => {},
  };
  return <RecordsPageView {...full} {...different} />;
}

test("UI9 the records hold their room while they are read", () => {
  expect(drawn(page({ links: reading }))).toContain('aria-label="Reading records"');
});

test("UI9 records that cannot be read say why", () => {
  expect(words(page({ links: failed(new Error("The store is away.")) }))).toContain("The store is away.");
});

test.each([
  [{}, "No contacts yet"],
  [{ show: "attention" }, "No contact waits for you"],
  [{ show: "waiting" }, "Every contact is on both sides"],
  [{ show: "deleted" }, "Nothing was deleted"],
  [{ text: "zoë" }, "Nothing found for “zoë”"],
])("UI9 an empty list says what it would hold: %j", (search, title) => {
  const props = { links: ready({ links: [], total: 0 }), search: RecordsSearch.parse(search) };
  expect(words(page(props))).toContain(title);
});

test("UI16 both sides stand beside each other under the partners' names", () => {
  const text = words(page());
  for (const part of [
    "HighLevel",
    "Salesmate",
    "ana.silva@lisboa.example",
    "+351 912 345 678",
    "912 345 678",
    "Linked",
  ]) {
    expect(text).toContain(part);
  }
});

test("UI16 a missing side and a missing value are said, not left blank", () => {
  const half = aLinkRow({ state: "half", left: { externalId: "hl-1", email: "", phone: "" }, right: undefined });
  const text = words(page({ links: ready({ links: [half], total: 1 }) }));
  for (const part of ["no e-mail", "no phone", "Not in Salesmate", "On one side only"]) {
    expect(text).toContain(part);
  }
});

test("UI16 a conflict comes before how a contact is linked", () => {
  const text = words(page({ links: ready({ links: [aLinkRow({ conflicts: 1 })], total: 1 }) }));
  expect(text).toContain("Waits for you: conflict");
});

test("UI16 a row is a link that a keyboard reaches, and leads back to this list", () => {
  const html = drawn(page({ search: RecordsSearch.parse({ show: "linked" }) }));
  expect(html).toContain('href="/records/lnk-1?show=linked"');
});

test("UI16 a long list says where one is in it", () => {
  const props = { links: ready({ links: [aLinkRow()], total: 583 }), search: RecordsSearch.parse({ page: 2 }) };
  expect(words(page(props))).toContain("26 to 50 of 583 contacts");
});

test("UI16 the order is told in the heading", () => {
  expect(drawn(page())).toContain('aria-sort="descending"');
  expect(drawn(page({ search: RecordsSearch.parse({ sort: "title" }) }))).toContain('aria-sort="ascending"');
});

test("UI35 each narrowing of the list tells how many it shows, those no longer linked as well", () => {
  const counts = { linked: 583, half: 4, ambiguous: 2, unlinked: 7, deleted: 3, conflicts: 1, findings: 0 };
  const many = countsOf(anOverview({ syncs: [aSync({ counts })] }));
  expect(many).toEqual({ all: 599, linked: 583, waiting: 4, attention: 3, unlinked: 7, deleted: 3 });
  const text = words(page({ counts: many }));
  expect(text).toContain("All 599 Linked 583 Waiting for you 3 On one side only 4 No longer linked 7 Deleted 3");
});

const FIRMS = { id: "firms", name: "Companies", resource: "business" } as const;

test("UI120 the records of one sync are listed by themselves, under what they are called", () => {
  const props = {
    syncs: [{ id: "contacts", name: "Contacts", resource: "contact" }, FIRMS],
    noun: { one: "business", many: "businesses" },
    search: RecordsSearch.parse({ of: "firms" }),
    links: ready({ links: [], total: 0 }),
  };
  const text = words(page(props));
  for (const part of ["Everything Contacts Companies", "Every business with both", "No businesses yet"]) {
    expect(text).toContain(part);
  }
  expect(words(page())).not.toContain("Everything");
  expect(wantedLinks(RecordsSearch.parse({ of: "firms" }))).toMatchObject({ sync: "firms" });
  expect(wantedLinks(RecordsSearch.parse({}))).not.toHaveProperty("sync");
});

test("UI120 a record that is no contact lacks no e-mail and no phone, and shows what tells it apart", () => {
  const firm = aLinkRow({
    syncId: "firms",
    title: "Silva Tiles",
    left: { externalId: "b1", email: "", phone: "+351 912 345 678", detail: "https://silva.example" },
    right: { externalId: "7", email: "", phone: "" },
  });
  const text = words(page({ syncs: [FIRMS], links: ready({ links: [firm], total: 1 }) }));
  expect(text).toContain("https://silva.example +351 912 345 678");
  for (const lack of ["no e-mail", "no phone"]) expect(text).not.toContain(lack);
});

test("UI72 in the list a record that the hub keeps is told from the product's own", () => {
  expect(words(page({ keptBeside: (_syncId, side) => (side === "right" ? "Trint" : undefined) }))).toMatch(
    /kept by Kith, beside Trint/,
  );
  expect(words(page())).not.toContain("kept by Kith");
  const trint = aConnection({ id: "trint", partner: "Trint", keeps: [{ resource: "contact", nouns: "people" }] });
  const overview = { syncs: [aSync({ id: "people", left: "highlevel", right: "trint" })], connections: [trint] };
  expect([keptBeside(overview, "people", "right"), keptBeside(overview, "people", "left")]).toEqual([
    "Trint",
    undefined,
  ]);
});
