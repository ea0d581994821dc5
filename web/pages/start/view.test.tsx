import { expect, test } from "vitest";
import { aPreview, aPreviewRow } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { reading, ready } from "../../stories/loaded.ts";
import { type StartPageProps, StartPageView } from "./view.tsx";

function page(change: Partial<StartPageProps> = {}) {
  const full: StartPageProps = {
    name: "Contacts",
    names: { left: "HighLevel", right: "Salesmate" },
    preview: ready(aPreview()),
    rows: ready({ rows: [aPreviewRow()] }),
    wantedFields: [],
    onMakeFields: async () => "",
    search: {},
    onSearch: () => undefined,
    onBegin: async () => "",
  };
  return <StartPageView {...full} {...change} />;
}

test("T12 the page counts what would happen, by product, and says that nothing was written", () => {
  const text = words(page());
  for (const part of [
    "pairs recognised 431",
    "to update 118",
    "to create in HighLevel 49",
    "to create in Salesmate 69",
    "with a conflict for you 3",
    "unclear who they are 5",
    "Nothing has been written so far",
    "7 × Phone: this is not a phone number that can be dialled.",
  ]) {
    expect(text).toContain(part);
  }
});

test("T12 each difference shows what the field is and what it becomes, and whose", () => {
  const html = drawn(page());
  const text = words(page());
  expect(text).toContain("Zoë Åkerlund");
  expect(text).toContain("Phone Salesmate: empty → +12015550123");
  expect(html).toMatch(/<del[^>]*>Upsala<\/del>/);
  expect(html).toContain('href="/records/lnk-1"');
});

test("T12 every mode can be chosen, and the one chosen says what it does", () => {
  const text = words(page({ preview: ready(aPreview({ mode: "newOnly" })) }));
  for (const name of ["Bring everything in step", "Only fill what is empty", "Only what comes from now on"]) {
    expect(text).toContain(name);
  }
  expect(text).toContain("Nothing that is there today is written.");
  expect(drawn(page())).toContain('aria-label="Start Contacts: Bring everything in step"');
});

test("T12 while the sides are still read there is no start, and the page says why", () => {
  const text = drawn(page({ preview: ready(aPreview({ state: "reading" })) }));
  expect(text).toContain("Both sides are still being read");
  expect(text).not.toContain("Start Contacts");
});

test("T12 a sync that was started says how, and offers nothing to start", () => {
  const view = page({ preview: ready(aPreview({ state: "started", mode: "fillEmpty" })) });
  expect(words(view)).toContain("It was started Only fill what is empty");
  expect(drawn(view)).not.toContain("Start Contacts");
});

test("T12 the list can be narrowed and turned over, and holds its room while it is read", () => {
  const narrowed = page({ rows: ready({ rows: [], next: "lnk-9" }), search: { kind: "conflict" } });
  expect(words(narrowed)).toContain("Nothing of this kind");
  expect(words(narrowed)).toContain("From the beginning Next");
  expect(words(page())).not.toContain("From the beginning");
  expect(drawn(page({ rows: reading }))).toContain('aria-label="Reading the differences"');
});

test("T16 what one side tells and the other has no place for is offered, and only then", () => {
  const wantedFields = [
    { side: "left", key: "trustpilot_score", name: "Trustpilot score", type: "number" },
    { side: "left", key: "trustpilot_id", name: "Trustpilot id", type: "text" },
  ] as const;
  const text = words(page({ wantedFields: [...wantedFields] }));
  expect(text).toContain("HighLevel could keep more of what the other side tells");
  expect(text).toContain("Trustpilot score, Trustpilot id.");
  expect(text).toContain("Make 2 custom fields");
  expect(words(page())).not.toContain("could keep more");
});
