import { expect, test } from "vitest";
import type { JournalView, LinkView } from "../../../model/api/views.ts";
import { HubProblem } from "../../api/client.ts";
import type { Loaded } from "../../api/loaded.ts";
import { aField, aJournalEntry, aLink, STORY_NOW } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, reading, ready } from "../../stories/loaded.ts";
import { RecordPageView } from "./view.tsx";

function page(link: Loaded<LinkView>) {
  return (
    <RecordPageView
      link={link}
      back={{ to: "/records?show=linked", name: "All records" }}
      onReconcile={async () => ""}
      onDecide={async () => ""}
    />
  );
}

test("UI9 a contact holds its room while it is read", () => {
  expect(drawn(page(reading))).toContain('aria-label="Reading the record"');
});

test("UI9 a contact that is gone says so and leads back to the list", () => {
  const html = drawn(page(failed(new HubProblem(404, "not_found", "No such link", ""))));
  expect(html).toContain("This record is not here any more");
  expect(html).toContain('href="/records?show=linked"');
});

test("UI15 fields stand side by side with their state in words; empty ones are folded away", () => {
  const text = words(page(ready(aLink())));
  expect(text).toContain("First name Ana Ana Same");
  expect(text).toContain("patient, newsletter Patient, Newsletter");
  expect(text).toContain("Show 1 empty field");
  expect(text).not.toContain("Website");
});

test("UI30 a conflict shows both values, each with a button that keeps it", () => {
  const city = { field: "city", label: "City", left: "Rome", right: "Oslo", base: ["Bonn", "Bonn"] } as const;
  const fields = [aField({ ...city, base: ["Bonn", "Bonn"], state: "conflict" })];
  const view = page(ready(aLink({ conflicts: 1, fields })));
  expect(words(view)).toContain("HighLevel Rome Keep HighLevel's Salesmate Oslo Keep Salesmate's");
  expect(words(view)).toContain("last agreed on “Bonn”");
  expect(drawn(view)).toContain("City: keep Salesmate&#x27;s");
});

test("UI39 what came of an answer stands at the top, with the next question and the way back to the list", () => {
  const answer = { isDone: true, title: "Linked with Rob Berg.", follows: ["This also settled 2 other questions."] };
  const view = (next?: { to: string; title: string }) => (
    <RecordPageView
      link={ready(aLink())}
      back={{ to: "/waiting", name: "Waiting for you" }}
      said={answer}
      next={next}
      onReconcile={async () => ""}
      onDecide={async () => ""}
    />
  );
  const html = drawn(view({ to: "/records/lnk-2", title: "Bo" }));
  expect(words(view({ to: "/records/lnk-2", title: "Bo" }))).toContain(
    "Linked with Rob Berg. This also settled 2 other questions.",
  );
  expect(html).toContain('href="/records/lnk-2"');
  expect(html).toContain('href="/waiting"');
  expect(words(view())).toContain("Nothing else waits for you.");
});

test("UI41 the old address of a contact that has joined another shows that one and says so", () => {
  const view = (
    <RecordPageView
      link={ready(aLink())}
      back={{ to: "/records", name: "All records" }}
      isSurvivor={true}
      onReconcile={async () => ""}
      onDecide={async () => ""}
    />
  );
  expect(words(view)).toContain("Both were recognised as the same person: it goes on as part of Ana Silva.");
});

test("UI42 a contact that is kept on one side says so, by whose choice, and how to take it back", () => {
  const text = words(page(ready(aLink({ state: "half", right: undefined, isKeptAlone: true }))));
  expect(text).toContain("Kept in HighLevel only, by your choice");
  expect(text).toContain("Take that back");
  expect(text).toContain("Kept on one side");
});

test("UI15 a finding shows its note", () => {
  const note = "Salesmate kept only the first 100 letters.";
  const text = words(page(ready(aLink({ fields: [aField({ state: "finding", note })] }))));
  expect(text).toContain("Not kept");
  expect(text).toContain(note);
});

test("UI15 a half link says which side is missing", () => {
  const text = words(page(ready(aLink({ state: "half", right: undefined }))));
  expect(text).toContain("Not in Salesmate yet");
  expect(text).toContain("First name Ana no record Only in HighLevel");
});

test("T13 a contact that was left alone at the start says so, and can be created all the same", () => {
  const text = words(page(ready(aLink({ state: "half", right: undefined, isLeftAlone: true }))));
  expect(text).toContain("Left alone: not in Salesmate");
  expect(text).toContain("Create in Salesmate");
});

const BESIDE = [
  aField({ field: "email", label: "E-mail", left: "ana@lisboa.example", right: "ana@lisboa.example" }),
  aField({ field: "lastName", label: "Last name", left: "Silva", right: "da Silva", state: "differs" }),
  aField({ field: "website", label: "Website", left: "", right: "a.example", state: "differs" }),
  aField({ field: "city", label: "City", left: "Lisboa", right: "Lisboa" }),
];

/** A contact in HighLevel that could be so many in Salesmate, all of whom say the same. */
function unclear(canLink: boolean, count = 1) {
  const candidates = Array.from({ length: count }, (_none, place) => ({
    linkId: `lnk-${place + 9}`,
    title: "Ana da Silva",
    evidence: ["same e-mail", "same phone"],
    canLink,
    record: { side: "right" as const, externalId: `11${place}`, knownSince: 0, changedAt: STORY_NOW - place * 60_000 },
    fields: BESIDE,
  }));
  const own = { side: "left" as const, externalId: "hl-1", knownSince: 0, url: "https://app.example/hl-1" };
  const fields = BESIDE.map((field) => ({ ...field, right: undefined }));
  return page(ready(aLink({ state: "ambiguous", right: undefined, candidates, fields, records: [own] })));
}

test("UI31 an unclear match shows each candidate beside the contact, what speaks for it, and four answers", () => {
  const text = words(unclear(true));
  expect(text).toContain("Which contact in Salesmate is this?");
  expect(text).toContain("In Salesmate: same e-mail, same phone");
  expect(text).toContain("Last name Silva da Silva");
  expect(text).toContain("Website empty a.example");
  for (const answer of ["Same person: link", "Not the same", "None of these: create new", "Leave in HighLevel only"])
    expect(text).toContain(answer);
});

test("UI43 what differs comes first, and what is the same is folded away", () => {
  const text = words(unclear(true));
  expect(text).toContain("Show 2 fields that are the same");
  expect(text).not.toContain("City Lisboa Lisboa");
});

test("UI43 candidates that say the same are told apart by letter, id, date and their page at the product", () => {
  const html = drawn(unclear(true, 2));
  const text = words(unclear(true, 2));
  expect(text).toContain("Some of them say the same in every field: only ids and dates tell them apart.");
  expect(text).toMatch(/A Ana da Silva .* Id 110 .* B Ana da Silva .* Id 111/);
  expect(text).toContain("Last name Silva da Silva da Silva");
  expect(html).toContain('href="https://app.example/hl-1"');
  expect(words(unclear(true))).not.toContain("only ids and dates");
});

test("UI31 a candidate that has found another counterpart cannot be linked, and says why", () => {
  const button = (html: string) => /<button[^>]*is the same person: link[^>]*>/.exec(html)?.[0];
  expect(button(drawn(unclear(false)))).toContain('aria-disabled="true"');
  expect(button(drawn(unclear(true)))).not.toContain('aria-disabled="true"');
});

test("UI15 of a deleted contact nothing is said to be the same, and nothing can be reconciled", () => {
  const text = words(page(ready(aLink({ state: "tombstone" }))));
  expect(text).toContain("First name Ana Ana Deleted");
  expect(text).not.toContain("Same");
  expect(text).not.toContain("Check both sides now");
  expect(text).toContain("it is followed again");
});

test("UI15 of a contact that is no longer linked nothing is compared", () => {
  const text = words(page(ready(aLink({ state: "unlinked" }))));
  expect(text).toContain("First name Ana Ana Not followed");
  expect(text).toContain("Changes are not carried over any more");
});

test("UI15 the history tells what, when and why, with values and calls inside", () => {
  const text = words(page(ready(aLink())));
  expect(text).toContain("Wrote phone to Salesmate. 4 s ago , because the partner reported a change");
  expect(text).toContain(
    "Phone +351912345000 +351912345678 +351912345000 written to Salesmate Only one side changed it",
  );
  expect(text).toContain("GET /contacts/hl-1 HighLevel 200 41 ms");
  expect(text).toContain("PUT /contact/v4/101 Salesmate 200 63 ms");
});

test("UI21 a conflict in the history says that it waits, and what each side last agreed to in its own writing", () => {
  const fields = [{ field: "tags", label: "Tags", base: [["a"], ["b"]], left: ["c"], right: ["d"], rule: "M6" }];
  const history = [aJournalEntry({ verdict: "conflict", fields: fields as JournalView["fields"] })];
  const text = words(page(ready(aLink({ history }))));
  expect(text).toContain(
    "Tags a (HighLevel), b (Salesmate) c d waits for your choice Both sides changed it differently",
  );
});

test("UI21 tags that were written on both sides say so", () => {
  const fields = [{ field: "tags", label: "Tags", left: ["a"], right: ["b"], rule: "M10", write: "both" as const }];
  const text = words(page(ready(aLink({ history: [aJournalEntry({ fields })] }))));
  expect(text).toContain("Tags never agreed a b written to HighLevel and Salesmate");
});

test("UI21 what a contact was created with is listed by the names of its fields", () => {
  const fields = [
    { field: "firstName", label: "First name", value: "Ana" },
    { field: "custom.size", value: "" },
  ];
  const history = [aJournalEntry({ verdict: "created", fields: [], sent: { side: "right", fields } })];
  const text = words(page(ready(aLink({ history }))));
  expect(text).toContain("Created in Salesmate with Field Value First name Ana custom.size empty");
});

test("UI15 a failure in the history is told in words", () => {
  const error = { kind: "unavailable", message: "Salesmate did not answer within 30 s." };
  const history = [aJournalEntry({ verdict: "failed", summary: "", error, fields: [], calls: [] })];
  const text = words(page(ready(aLink({ history }))));
  expect(text).toContain("Failed");
  expect(text).toContain("The partner did not answer: Salesmate did not answer within 30 s.");
  expect(text).toContain("No call was made.");
});

test("UI9 a contact without a past and without fields says so", () => {
  const text = words(page(ready(aLink({ history: [], fields: [] }))));
  expect(text).toContain("Nothing has happened yet");
  expect(text).toContain("No fields read yet");
});

test("UI72 a record that the hub keeps says so beside its product, with a link to where it stands there", () => {
  const kept = { connectionId: "salesmate", partner: "Trint", isKept: true, hasKeptChildren: true };
  const record = {
    side: "right",
    externalId: "kith_1",
    knownSince: STORY_NOW,
    url: "https://trint.example/t1",
  } as const;
  const view = (different: object = {}) => (
    <RecordPageView
      link={ready(aLink({ records: [{ ...record, kept: { ...kept, ...different } }] }))}
      back={{ to: "/records", name: "All records" }}
      onReconcile={async () => ""}
      onDecide={async () => ""}
      belongings={(connectionId, parentId) => `Notes of ${parentId} at ${connectionId}`}
    />
  );
  const text = words(view());
  expect(text).toContain("Kept by Kith, beside Trint Trint has no place for this, so Kith keeps it");
  expect(text).toContain("Open in Trint");
  expect(text).toContain("Notes of kith_1 at salesmate");
  expect(words(view({ origin: "partner" }))).toContain("It comes from Trint itself and stays as it was said there.");
  expect(words(view({ isKept: false, hasKeptChildren: false }))).not.toContain("Kept by Kith");
});
