import { expect, test } from "vitest";
import type { JournalView, LinkView } from "../../../model/api/views.ts";
import { HubProblem } from "../../api/client.ts";
import type { Loaded } from "../../api/loaded.ts";
import { aField, aJournalEntry, aLink } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, reading, ready } from "../../stories/loaded.ts";
import { RecordPageView } from "./view.tsx";

function page(link: Loaded<LinkView>) {
  return (
    <RecordPageView
      link={link}
      back="/records?show=linked"
      said=""
      onReconcile={async () => ""}
      onDecide={async () => ""}
    />
  );
}

test("UI9 a contact holds its room while it is read", () => {
  expect(drawn(page(reading))).toContain('aria-label="Reading the contact"');
});

test("UI9 a contact that is gone says so and leads back to the list", () => {
  const html = drawn(page(failed(new HubProblem(404, "not_found", "No such link", ""))));
  expect(html).toContain("This contact is not here any more");
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

test("UI30 what came of a decision stands where its question stood", () => {
  const view = (
    <RecordPageView
      link={ready(aLink())}
      back="/"
      said="City: HighLevel's value counts on both sides now."
      onReconcile={async () => ""}
      onDecide={async () => ""}
    />
  );
  expect(words(view)).toContain("City: HighLevel's value counts on both sides now.");
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
  expect(text).toContain("First name Ana no contact Only in HighLevel");
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

function unclear(canLink: boolean) {
  const candidate = { linkId: "lnk-9", title: "Ana da Silva", evidence: ["same e-mail", "same phone"], canLink };
  const candidates = [{ ...candidate, fields: BESIDE }];
  return page(ready(aLink({ state: "ambiguous", right: undefined, candidates })));
}

test("UI31 an unclear match shows each candidate beside the contact, what speaks for it, and three answers", () => {
  const text = words(unclear(true));
  expect(text).toContain("Which contact in Salesmate is this?");
  expect(text).toContain("Ana da Silva Speaks for it: same e-mail, same phone");
  expect(text).toContain("Last name Silva da Silva Differs");
  expect(text).toContain("Website empty a.example On one side only");
  expect(text).not.toContain("City Lisboa Lisboa");
  for (const answer of ["Same person: link", "Not the same", "None of these: create new"])
    expect(text).toContain(answer);
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
  expect(text).not.toContain("Reconcile now");
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
