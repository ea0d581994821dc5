import { expect, test } from "vitest";
import type { SandboxChildren } from "../../../model/api/views.ts";
import { childTitle, turnWords } from "../../../model/children.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { ready } from "../../stories/loaded.ts";
import { Belongings } from "./belongings.tsx";

const NOTHING = { notes: [], tasks: [], appointments: [] };
const DO_NOTHING = { create: async () => {}, edit: async () => {}, remove: async () => {} };

function belongings(all: Partial<SandboxChildren> = {}) {
  return <Belongings partner="salesmate" who="Ana Silva" answer={ready({ ...NOTHING, ...all })} acts={DO_NOTHING} />;
}

test("UI46 each kind can be added to, and says when there is none yet", () => {
  expect(words(belongings())).toBe("Notes Add None yet. Tasks Add None yet. Appointments Add None yet.");
  expect(drawn(belongings())).toContain('aria-label="Notes of Ana Silva in Salesmate"');
});

test("UI46 an open task can be completed and a done one reopened; a note can be neither", () => {
  const task = (id: string, title: string, isCompleted: string) => ({
    id,
    contactId: "1",
    fields: { title, isCompleted },
  });
  const note = { id: "1", contactId: "1", fields: { body: "Rang back" } };
  const html = drawn(belongings({ notes: [note], tasks: [task("2", "Ring", "false"), task("3", "Write", "true")] }));
  expect(html).toContain('aria-label="Complete Ring"');
  expect(html).toContain('aria-label="Reopen Write"');
  expect(html).not.toMatch(/(Complete|Reopen) Rang back/);
});

test("UI46 a note is called by its first line as it reads, and a turn of less than a minute by its seconds", () => {
  expect(childTitle({ body: "<p>Ring &amp; write &lt;soon&gt;</p><p>More</p>" })).toBe("Ring & write <soon>");
  expect(turnWords(15_000)).toBe("All contacts are looked through every 15 seconds, for what no product tells.");
});
