import { expect, test } from "vitest";
import type { Decision, LinkView } from "../../model/api/views.ts";
import { aField, aJournalEntry, aLink, aLinkRow, anOverview, aSync } from "../stories/builders.ts";
import { lookedAt, outcomeOf } from "./decisions.ts";
import { waitingForYou } from "./overview.ts";
import { questionOf } from "./questions.ts";
import { sweepOutcome, sweepsEnded } from "./sweeps.ts";

const ROB = { linkId: "rob", title: "Rob Berg", evidence: ["same e-mail"], canLink: true, fields: [] };
const ASKED = aLink({ state: "ambiguous", right: undefined, candidates: [ROB] });
const city = (state: "conflict" | "same") => aField({ field: "city", label: "City", state });
const IN_CONFLICT = aLink({ conflicts: 1, fields: [city("conflict")] });
const LINKED = aLink();
const HALF = aLink({ state: "half", right: undefined });

const SAME = { kind: "same", other: "rob" } as const;
const DIFFERENT = { kind: "different", other: "rob" } as const;
const NEW = { kind: "new" } as const;
const KEEP = { kind: "keep", field: "city", side: "right" } as const;

const NO_CHANGE = "Nothing was changed: this was settled in the meantime.";

test.each<[Decision, LinkView, LinkView | undefined, string]>([
  [SAME, ASKED, LINKED, "Linked with Rob Berg."],
  [SAME, ASKED, ASKED, NO_CHANGE],
  [SAME, ASKED, undefined, "This contact has joined another one."],
  [DIFFERENT, ASKED, HALF, "Noted: this is not Rob Berg. They are never linked."],
  [DIFFERENT, ASKED, ASKED, NO_CHANGE],
  [NEW, ASKED, LINKED, "Created in Salesmate."],
  [NEW, ASKED, HALF, "It is being created in Salesmate."],
  [NEW, ASKED, ASKED, NO_CHANGE],
  [KEEP, IN_CONFLICT, aLink({ fields: [city("same")] }), "City: Salesmate's value counts on both sides now."],
  [KEEP, IN_CONFLICT, IN_CONFLICT, NO_CHANGE],
])("UI32 what came of a decision is told by how the contact stands then: %j", (decision, before, after, sentence) => {
  expect(outcomeOf(decision, before, after)).toBe(sentence);
});

test.each<[string, LinkView | undefined, string]>([
  ["nothing new", LINKED, "Both sides were read: they agree."],
  ["a new entry", aLink({ history: [aJournalEntry({ id: "jrn-2" })] }), "Wrote phone to Salesmate."],
  ["a question that stays", ASKED, "Both sides were read. It still waits for you."],
  ["one side only", HALF, "It was read: nothing is to be done."],
  ["nothing at all", undefined, "This contact has joined another one."],
])("UI32 a look at a contact that finds %s says so", (_what, after, sentence) => {
  expect(lookedAt("jrn-1", after)).toBe(sentence);
});

test("UI33 a full comparison has ended when both sides have, and says what it came to", () => {
  const swept = (left: number | undefined, right: number) =>
    aSync({
      progress: [
        { side: "left", kind: "sweep", seen: 1, ...(left === undefined ? {} : { finishedAt: left }) },
        { side: "right", kind: "sweep", seen: 1, finishedAt: right },
      ],
    });
  expect(sweepsEnded(swept(1, 1), swept(2, 1))).toBe(false);
  expect(sweepsEnded(swept(1, 1), swept(undefined, 2))).toBe(false);
  expect(sweepsEnded(swept(1, 1), swept(2, 2))).toBe(true);
  expect(sweepsEnded(aSync(), swept(1, 1))).toBe(true);
  const due = { waiting: 0, retrying: 0, dead: 0 };
  expect(sweepOutcome(aSync(), due)).toBe("Compared 583 contacts on both sides: nothing is left to do.");
  expect(sweepOutcome(aSync(), { ...due, waiting: 3 })).toBe("Compared 583 contacts on both sides: 3 changes follow.");
});

test("UI34 what waits is counted together: contacts, held deletions and failures", () => {
  const counts = { ...aSync().counts, conflicts: 1, ambiguous: 2, findings: 1 };
  const due = { waiting: 9, retrying: 1, dead: 3 };
  expect(waitingForYou(anOverview({ syncs: [aSync({ counts, heldDeletions: 5 })], due }))).toBe(12);
  expect(waitingForYou(anOverview())).toBe(0);
});

test("UI34 each contact that waits says what it asks", () => {
  const names = { left: "HighLevel", right: "Salesmate" };
  expect(questionOf(aLinkRow({ conflicts: 2 }), names)).toBe(
    "2 fields changed in HighLevel and in Salesmate: choose which value counts.",
  );
  expect(questionOf(aLinkRow({ findings: 1 }), names)).toContain("1 value could not be kept");
  expect(questionOf(aLinkRow({ left: undefined }), names)).toBe(
    "In Salesmate only: say who in HighLevel is the same person, if anybody.",
  );
});
