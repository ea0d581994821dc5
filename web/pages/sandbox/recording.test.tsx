import { expect, test } from "vitest";
import { aLink } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { ready } from "../../stories/loaded.ts";
import type { DeskProps } from "./desk.tsx";
import { afterEvent, type Journey } from "./journey.ts";
import { newRecording, recordingFields, recordingOf, whyNoRecording } from "./recording.ts";
import { RecordingsColumn } from "./recordings.tsx";

const HELD = { title: "First visit.mp3", metadata: '{"email":"ana@example.com"}', text: "Good morning", notes: "" };
const RECORDING = { id: "t1", fields: HELD, updatedAt: 0 };

function column(different: Partial<DeskProps> = {}) {
  const nothing = async () => {};
  const full: DeskProps = {
    records: ready({ contacts: [RECORDING], total: 1 }),
    ...{ flashing: new Set<string>(), search: "", page: 1, pageSize: 25, open: undefined, person: undefined },
    ...{ onOpen: () => {}, onSearch: () => {}, onPage: () => {} },
    ...{ onCreate: nothing, onEdit: nothing, onDelete: nothing },
  };
  return <RecordingsColumn {...full} {...different} />;
}

test("UI164 a recording shows its title, whom it is with and what was said", () => {
  expect(words(column())).toContain("First visit.mp3");
  expect(words(column())).toContain("ana@example.com · Good morning");
  expect(words(column({ records: ready({ contacts: [], total: 0 }) }))).toContain("No recording fits");
});

test("UI164 a new recording is with whoever is open in HighLevel, and asks for a title, an e-mail and words", () => {
  const person = { name: "Bo Berg", email: "bo@example.com" };
  expect(drawn(column({ open: { kind: "new" }, person }))).toContain('value="bo@example.com"');
  const begun = newRecording(person);
  expect(whyNoRecording(begun)).toBe("Give it a title first");
  expect(whyNoRecording({ ...begun, title: "Visit" })).toBe("Write what was said");
  expect(whyNoRecording({ ...begun, title: "Visit", email: " " })).toContain("By the e-mail");
  expect(whyNoRecording({ ...begun, title: "Visit", text: "Hello" })).toBeUndefined();
});

test("UI164 of a recording that is changed only what differs is sent", () => {
  const before = recordingOf(RECORDING);
  expect(recordingFields({ ...before, text: "Hello" }, before)).toEqual({ text: "Hello" });
  expect(recordingFields(before, before)).toEqual({});
  expect(recordingFields(before)).toEqual({ title: HELD.title, text: HELD.text, metadata: HELD.metadata });
});

test.each([
  [{ title: "First visit mia@example.com.mp3" }, "mia@example.com"],
  [{ title: "First visit, Mia Lund.mp3" }, ""],
  [{ title: "mia@example.com.mp3", metadata: '{"email":"ben@example.co.uk"}' }, "ben@example.co.uk"],
  [{ title: "a.mp3", metadata: "mia@example.com" }, "mia@example.com"],
])("UI164 whom %j is with stands in what was given along, or in its title", (fields, email) => {
  expect(recordingOf({ fields }).email).toBe(email);
});

test("UI164 the note of a recording, which is one for each of its people, is where it arrives", () => {
  const begun = { who: "The recording", from: "trint", to: "highlevel", deed: "finished", startedAt: 1_000 } as const;
  const journey: Journey = { ...begun, recordId: "t1", state: "travelling" };
  const note = (externalId: string) => aLink({ right: { externalId, email: "", phone: "" } });
  const heard = { linkId: "lnk-1", verdict: "created", at: 2_000 };
  expect(afterEvent(journey, heard, note("t1.p1"), "right").state).toBe("arrived");
  expect(afterEvent(journey, heard, note("t12.p1"), "right")).toBe(journey);
});
