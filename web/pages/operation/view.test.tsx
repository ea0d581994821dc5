import { expect, test } from "vitest";
import { anOperation } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { ready } from "../../stories/loaded.ts";
import { OperationPageView } from "./view.tsx";

function page(different: Parameters<typeof anOperation>[0] = {}) {
  return (
    <OperationPageView
      connectionId="crm"
      partner="HighLevel"
      operation={ready(anOperation(different))}
      back="/connections/crm/operations?text=note"
      calls={[]}
      onRun={async () => ({ output: {}, calls: [], ms: 1 })}
    />
  );
}

test("UI51 an operation says what it is, what it needs and what it asks, with an example", () => {
  const text = words(page());
  for (const part of [
    "List the notes of a contact",
    "contacts.readonly Permitted",
    "GET /contacts/{contactId}/notes",
    "dated versions, v3",
    "note.list",
    "apps/contacts.json",
    "Prefers mornings.",
  ]) {
    expect(text).toContain(part);
  }
  expect(drawn(page())).toContain('href="/connections/crm/operations?text=note"');
});

test("UI52 what only looks can be tried by a form, whose button says what is missing", () => {
  const text = words(page());
  expect(text).toContain("Contact id * Id of the contact.");
  expect(text).toContain("Fill in contact id");
  expect(drawn(page())).toContain('aria-disabled="true"');
});

test("UI52 what needs nothing but the connection can be tried at once", () => {
  const input = { type: "object", properties: {}, additionalProperties: false };
  expect(words(page({ input }))).toContain("It needs nothing more than the connection.");
  expect(drawn(page({ input }))).not.toContain('aria-disabled="true"');
});

test("UI52 what changes something is not run here: its command is shown, or why it is not run at all", () => {
  const write = { id: "note.create", effect: "creates", example: { input: { body: "it's" }, output: {} } } as const;
  const text = words(page(write));
  expect(text).not.toContain("Look it up");
  expect(text).toContain("It changes something at HighLevel");
  expect(drawn(page(write))).toContain("kith call crm note.create --input");
  expect(words(page({ ...write, blocked: "This connection only reads." }))).toContain("This connection only reads.");
});

test("UI51 what the hub notices says by what and how soon", () => {
  const delay = { words: "Within seconds.", ms: 10_000 };
  const text = words(page({ kind: "trigger", firedBy: "The partner's message NoteCreate", delay, calls: [] }));
  expect(text).toContain("Noticed by The partner's message NoteCreate");
  expect(text).toContain("How soon Within seconds.");
  expect(text).not.toContain("Look it up");
});
