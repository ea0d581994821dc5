import { expect, test } from "vitest";
import { HubProblem } from "../../api/client.ts";
import { KeptSearch, keptAddress } from "../../app/addresses.ts";
import { KeptChildren } from "../../parts/keptChildren.tsx";
import { KeptForm } from "../../parts/keptForm.tsx";
import { aKeptRecord, aKeptResource } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, reading, ready } from "../../stories/loaded.ts";
import { type KeptPageProps, KeptPageView } from "./view.tsx";

const DO_NOTHING = { add: async () => {}, edit: async () => {}, remove: async () => {} };
const PEOPLE = aKeptResource();
const NOTES = aKeptResource({
  resource: "note",
  noun: "note",
  parent: "contact",
  count: 1,
  fields: [{ key: "body", label: "Note", type: "richText", isWritable: true, standard: "body" }],
});

function page(different: Partial<KeptPageProps> = {}) {
  const connection = { id: "trint", name: "Newsroom", partner: "Trint" };
  const memory = aKeptResource({ resource: "tie", noun: "tie", isEditable: false });
  const full: KeptPageProps = {
    kept: ready({ connection, resources: [PEOPLE, NOTES, memory] }),
    found: ready({ records: [aKeptRecord()], total: 1 }),
    search: KeptSearch.parse({}),
    pageSize: 25,
    onSearch: () => {},
    doing: DO_NOTHING,
    belongings: () => null,
  };
  return <KeptPageView {...full} {...different} />;
}

test("UI70 what the hub keeps is shown as kept by the hub, by kind, and why", () => {
  const text = words(page());
  expect(text).toContain("Kept by Kith, beside Trint");
  expect(text).toContain("Trint has no place for people or notes. Kith keeps them here");
  expect(text).toContain("People 2 Notes 1 ");
  expect(text).not.toContain("Ties");
  expect(text).toContain("Ana Lima");
  expect(text).toContain("Add a person");
});

test("UI70 notes say whose they are, are added where their person is shown, and say when the product made them", () => {
  const note = aKeptRecord({
    resource: "note",
    title: "Finished transcript",
    parentId: "kith_1",
    parentTitle: "Ana Lima",
    fields: { body: "Hello" },
    origin: "partner",
    writable: [],
  });
  const search = KeptSearch.parse({ kind: "note" });
  const text = words(page({ search, found: ready({ records: [note], total: 1 }) }));
  expect(text).toContain("Finished transcript Ana Lima · Hello From Trint Open");
  expect(text).not.toContain("Add a");
});

test("UI70 nothing kept, nothing found, a connection without kept records and one that is not there each say so", () => {
  const none = ready({ records: [], total: 0 });
  expect(words(page({ found: none }))).toContain("No people are kept yet");
  expect(words(page({ found: none, search: KeptSearch.parse({ text: "zoe" }) }))).toContain("Nothing found for “zoe”");
  const connection = { id: "crm", name: "Sales", partner: "Salesmate" };
  expect(words(page({ kept: ready({ connection, resources: [] }) }))).toContain("Nothing is kept beside Salesmate");
  const gone = failed(new HubProblem(404, "not_found", "No such connection", ""));
  expect(words(page({ kept: gone }))).toContain("There is no such connection");
  expect(drawn(page({ kept: reading }))).toContain('aria-label="Reading what Kith keeps"');
});

test("UI70 the address says which kind is shown and what is searched for", () => {
  expect(keptAddress("our app", { kind: "note", text: "tea" })).toBe("/kept/our%20app?kind=note&text=tea");
  expect(keptAddress("trint", { page: 1 })).toBe("/kept/trint");
});

test("UI71 what the product made is shown and cannot be typed over; it can be taken out of the hub", () => {
  const record = aKeptRecord({ origin: "partner", writable: [] });
  const html = drawn(<KeptForm kind={PEOPLE} record={record} {...CLOSED} />);
  expect(html).not.toContain("<input");
  expect(html).toContain("Take out of the hub: Ana Lima");
  expect(words(<KeptForm kind={PEOPLE} record={record} {...CLOSED} />)).toContain("E-mail ana@example.com");
});

test("UI71 a record's form is filled with what is held, and fields from the product stand beside it", () => {
  const text = drawn(
    <KeptForm kind={PEOPLE} record={aKeptRecord({ fields: { firstName: "Ana", stars: 4 } })} {...CLOSED} />,
  );
  expect(text).toContain('value="Ana"');
  expect(text).toMatch(/Stars<\/dt><dd>4/);
  expect(text).toContain("Delete person: Ana Lima");
});

test("UI71 what belongs to a person can be added to, and says when there is none yet", () => {
  const own = { kind: NOTES, partner: "Trint", who: "Ana Lima", parentId: "kith_1", doing: DO_NOTHING };
  const view = <KeptChildren {...own} records={ready({ records: [] })} />;
  expect(words(view)).toBe("Notes Add None yet.");
  expect(drawn(view)).toContain('aria-label="Add a note to Ana Lima"');
});

const CLOSED = { onSave: async () => {}, onDelete: async () => {}, onClose: () => {} };
