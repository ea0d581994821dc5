import fc from "fast-check";
import { expect, test } from "vitest";
import type { BookRecord } from "../../model/book.ts";
import { Settings } from "./settings.ts";
import { emailIn, fieldsOf, holdsName, keysIn, stateOfFile, tasksIn, transcriptNote } from "./transcript.ts";
import { File } from "./wire.ts";

const text = fc.string({ maxLength: 40 });
const time = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString());
const file = fc.record(
  {
    id: fc.string({ minLength: 1 }),
    title: text,
    metadata: fc.oneof(text, fc.emailAddress(), fc.json()),
    excerpt: text,
    language: fc.constantFrom("en", "de-DE"),
    duration: fc.nat(),
    notes: text,
    created: time,
    updated: time,
  },
  { requiredKeys: ["id"] },
);

test("TI17 what a file says is kept as it is said, and what it leaves out is empty", () => {
  fc.assert(
    fc.property(file, (wire) => {
      const fields = fieldsOf(File.parse(wire));
      expect(fields).toMatchObject({
        title: wire.title?.trim() ?? "",
        metadata: wire.metadata ?? "",
        language: wire.language ?? "",
        durationMs: wire.duration ?? "",
        createdAt: wire.created ?? "",
        updatedAt: wire.updated ?? "",
      });
    }),
  );
});

test("TI17 a file that says another thing is news, and one that says the same is none", () => {
  fc.assert(
    fc.property(file, text, (wire, title) => {
      const same = stateOfFile(File.parse(wire));
      expect(stateOfFile(File.parse(structuredClone(wire)))).toBe(same);
      fc.pre(title !== (wire.title ?? ""));
      expect(stateOfFile(File.parse({ ...wire, title }))).not.toBe(same);
    }),
  );
});

test("TI18 an e-mail is found again in whatever form metadata and file names carry it", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}([._+-][a-z0-9]{1,5})?$/);
  fc.assert(
    fc.property(name, name, fc.constantFrom("com", "example", "co.uk"), (local, host, ending) => {
      const email = `${local}@${host.replaceAll(/[._+]/g, "-")}.${ending}`;
      expect(emailIn(`Visit ${email.toUpperCase()}.mp3`)).toBe(email);
      expect(emailIn(`${email} 2026.m4a`)).toBe(email);
      expect(keysIn(JSON.stringify({ hub: "demo", email })).email).toBe(email);
      expect(keysIn(email).email).toBe(email);
      expect(emailIn(`${email} other@example.com`)).toBe("");
    }),
  );
});

test("TI18 metadata that is no JSON, or of no person, names nobody", () => {
  for (const metadata of ["", "{", "{}", "[1]", '{"contactId":5}', "two words"]) {
    expect(keysIn(metadata), metadata).toEqual({ email: "", phone: "", person: "" });
  }
  expect(keysIn('{"contactId":" c-1 ","phone":"+44 1"}')).toEqual({ email: "", phone: "+44 1", person: "c-1" });
});

test("TI18 a name is found word for word", () => {
  expect(
    ["Call - Mia Lund (2).mp3", "mia lund", "Mia_Lund", "Mia Lundgren"].map((title) => holdsName(title, "Mia Lund")),
  ).toEqual([true, true, true, false]);
});

test("TI19 markup in what is said stays text in the note", () => {
  const record: BookRecord = {
    ...{ resource: "transcript", externalId: "t1", origin: "partner", createdAt: 0, changedAt: 0 },
    fields: { title: "A <b>", lines: "1 < 2 & 3", createdAt: "1970-01-01T00:00:00.000Z" },
  };
  expect(transcriptNote(record, "p1").fields.body).toBe("<p>1 &lt; 2 &amp; 3</p>");
  const settings = Settings.parse({ taskLines: ["Action item"] });
  const said = "Ines Moreau: Action item: measure: twice\nAction items: none\nNo action item: here";
  expect(tasksIn(record, said, settings, 0).map(({ fields }) => fields.title)).toEqual(["measure: twice"]);
});
