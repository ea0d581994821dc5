import { expect, test } from "vitest";
import { OperationsSearch } from "../../app/addresses.ts";
import { anOperation } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, reading, ready } from "../../stories/loaded.ts";
import { type OperationsPageProps, OperationsPageView } from "./view.tsx";

const ENTRIES = [
  anOperation(),
  anOperation({
    id: "note.create",
    title: "Create a note",
    effect: "creates",
    description: "Writes a new note.",
    scopes: ["contacts.write"],
    permission: { state: "no", missing: ["contacts.write"] },
  }),
  anOperation({ id: "tag.list", subject: "Tags", title: "List tags", permission: { state: "unknown", missing: [] } }),
  anOperation({ id: "note.created", title: "A note was created", kind: "trigger", description: "Fires by itself." }),
];

function page(search: Partial<OperationsSearch> = {}, different: Partial<OperationsPageProps> = {}) {
  const connection = { id: "highlevel", name: "Harbour Dental", partner: "HighLevel" };
  const full: OperationsPageProps = {
    connectionId: "highlevel",
    catalogue: ready({ connection, operations: ENTRIES }),
    search: OperationsSearch.parse(search),
    onSearch: () => {},
  };
  return <OperationsPageView {...full} {...different} />;
}

test("UI50 what a connection can do is listed by subject, with how many there are of each kind", () => {
  const text = words(page());
  expect(text).toContain(
    "3 things that can be asked of HighLevel (Harbour Dental), and 1 that it lets the hub notice.",
  );
  expect(text).toContain("All 4 Look up 2 Change 1 Notice 1 Not permitted 1");
  expect(text.indexOf("Notes")).toBeLessThan(text.indexOf("Create a note"));
  expect(text.indexOf("A note was created")).toBeLessThan(text.indexOf("Tags"));
});

test("UI50 only a missing permission stands out, and it is named", () => {
  const html = drawn(page());
  expect(html).toMatch(/<span class="[^"]*wait[^"]*">Needs contacts\.write</);
  expect(html).not.toMatch(/<span class="[^"]*good[^"]*">/);
  expect(words(page())).toContain("Not known yet");
});

test.each([
  [{ text: "create NOTE" }, "Create a note", "List tags"],
  [{ text: "contacts.write" }, "Create a note", "List tags"],
  [{ kind: "triggers" }, "A note was created", "Create a note"],
  [{ kind: "missing" }, "Create a note", "List tags"],
] as const)("UI50 the list can be narrowed by words, kind and permission: %j", (search, there, notThere) => {
  const text = words(page(search));
  expect(text).toContain(there);
  expect(text).not.toContain(notThere);
});

test("UI50 an entry leads to itself and keeps what the list was narrowed to", () => {
  expect(drawn(page({ text: "tags" }))).toContain('href="/connections/highlevel/operations/tag.list?text=tags"');
});

test("UI50 a partner without a catalogue is said to have none yet", () => {
  const connection = { id: "salesmate", name: "Sales", partner: "Salesmate" };
  const text = words(page({}, { catalogue: ready({ connection, operations: [] }) }));
  expect(text).toContain("Salesmate has no catalogue yet");
  expect(text).not.toContain("0 things");
});

test("UI50 a search without a find says so, and a catalogue that cannot be read says why", () => {
  expect(words(page({ text: "zebra" }))).toContain("Nothing found for “zebra”");
  expect(words(page({}, { catalogue: failed(new Error("It is away.")) }))).toContain("It is away.");
  expect(drawn(page({}, { catalogue: reading }))).toContain('aria-label="Reading the catalogue"');
});
