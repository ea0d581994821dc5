import { expect, test } from "vitest";
import { answered, answerText } from "../../model/answers.ts";
import type { Decision, LinkView } from "../../model/api/views.ts";
import { aField, aJournalEntry, aLink, aLinkRow, anOverview, aSync } from "../stories/builders.ts";
import { answerNow, lookedAt } from "./decisions.ts";
import { waitingForYou } from "./overview.ts";
import { groupQuestion, nextQuestion, questionGroups, questionOf } from "./questions.ts";
import { sweepOutcome, sweepsEnded } from "./sweeps.ts";

const ROB = { linkId: "rob", title: "Rob Berg", evidence: ["same e-mail"], canLink: true, fields: [] };
const BOB = { ...ROB, linkId: "bob", title: "Bob Berg" };
const ASKED = aLink({ state: "ambiguous", right: undefined, candidates: [ROB], history: [] });
const city = (state: "conflict" | "same") => aField({ field: "city", label: "City", state });
const IN_CONFLICT = aLink({ conflicts: 1, fields: [city("conflict")], history: [] });
const HALF = aLink({ state: "half", right: undefined, history: [] });
const KEPT = aLink({ ...HALF, isKeptAlone: true });
const said = (verdict: string, summary: string, reason = "person") =>
  aJournalEntry({ id: `jrn-${summary}`, verdict, summary, reason });
const JOINED = said("linked", "Linked: a person said that they are the same.");
const BY_ITSELF = aLink({ history: [said("linked", "Linked: same e-mail.", "webhook")] });

const SAME = { kind: "same", other: "rob" } as const;
const DIFFERENT = { kind: "different", other: "rob" } as const;
const NEW = { kind: "new" } as const;
const ALONE = { kind: "alone" } as const;
const BACK = { kind: "notAlone" } as const;
const KEEP = { kind: "keep", field: "city", side: "right" } as const;

test.each<[Decision, LinkView, LinkView | undefined, string]>([
  [SAME, ASKED, aLink({ history: [JOINED] }), "Linked with Rob Berg. From now on the two are one person"],
  [
    DIFFERENT,
    ASKED,
    HALF,
    "Noted: this is not Rob Berg. The two are never linked. Nobody else could be it: it is created",
  ],
  [DIFFERENT, { ...ASKED, candidates: [ROB, BOB] }, { ...ASKED, candidates: [BOB] }, "1 candidate left to answer."],
  [NEW, ASKED, aLink(), "Created in Salesmate."],
  [NEW, ASKED, HALF, "It is being created in Salesmate."],
  [ALONE, ASKED, KEPT, "Kept in HighLevel only. It is never linked or created in Salesmate"],
  [BACK, KEPT, { ...ASKED, candidates: [ROB] }, "Taken back: it is looked for in Salesmate again. 1 candidate left"],
  [
    KEEP,
    IN_CONFLICT,
    aLink({ fields: [city("same")], history: [said("updated", "Updated HighLevel: City.")] }),
    "City: Salesmate's value counts on both sides now. Updated HighLevel: City.",
  ],
])(
  "UI39 what was done, and what follows from it, is told by how the contact stands then: %j",
  (decision, before, after, words) => {
    const answer = answered(decision, before, after);
    expect(answer.isDone).toBe(true);
    expect(answerText(answer)).toContain(words);
  },
);

test.each<[Decision, LinkView, LinkView | undefined, string]>([
  [SAME, ASKED, BY_ITSELF, "What was done instead: Linked: same e-mail."],
  [SAME, ASKED, ASKED, ""],
  [SAME, ASKED, undefined, "This record is not here any more."],
  [SAME, ASKED, aLink({ id: "lnk-9", title: "Rob Berg" }), "it goes on as part of Rob Berg."],
  [DIFFERENT, ASKED, ASKED, ""],
  [NEW, ASKED, ASKED, ""],
  [ALONE, ASKED, BY_ITSELF, "What was done instead: Linked: same e-mail."],
  [BACK, KEPT, KEPT, ""],
  [KEEP, IN_CONFLICT, IN_CONFLICT, ""],
])("UI39 an answer to what was settled meanwhile says what was done instead: %j", (decision, before, after, words) => {
  const answer = answered(decision, before, after);
  expect(answer).toMatchObject({ isDone: false, title: expect.stringContaining("Your answer changed nothing") });
  expect(answerText(answer)).toContain(words);
});

test("UI39 an answer that led to another question says which", () => {
  const summary = "Not created in Salesmate: it allows only one record with this e-mail or phone.";
  const after = { ...ASKED, history: [said("ambiguous", summary)] };
  expect(answerText(answered(NEW, ASKED, after))).toBe(`Heard, and a question is left. ${summary}`);
});

test("UI39 an answer says how many other questions it settled, and how many still wait", () => {
  const text = answerText(answered(ALONE, ASKED, KEPT, { settled: 2, waiting: 1 }));
  expect(text).toContain("This also settled 2 other questions. 1 question about the same people still waits.");
});

test("UI44 what is being created is told to be there as soon as it is", () => {
  const answer = answered(NEW, ASKED, HALF);
  const given = { decision: NEW, of: ASKED, answer, others: { settled: 0, waiting: 0 } };
  expect(answerNow(given, HALF).title).toBe("It is being created in Salesmate.");
  expect(answerNow(given, aLink()).title).toBe("Created in Salesmate.");
  const taken = { isDone: true, title: "Noted.", follows: [] };
  expect(answerNow({ ...given, decision: ALONE, answer: taken }, aLink())).toBe(taken);
});

test.each<[string, LinkView | undefined, string]>([
  ["nothing new", aLink(), "Both sides were read, and they agree."],
  ["a new entry", aLink({ history: [aJournalEntry({ id: "jrn-2" })] }), "Wrote phone to Salesmate."],
  ["a question that stays", ASKED, "Both sides were read. It still waits for you."],
  ["one side only", HALF, "It was read, and there is nothing to be done."],
  ["another one", aLink({ id: "lnk-9", title: "Rob Berg" }), "it goes on as part of Rob Berg."],
  ["nothing at all", undefined, "This record is not here any more."],
])("UI32 a look at a contact that finds %s says so", (_what, after, sentence) => {
  expect(lookedAt(aLink(), after)).toContain(sentence);
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

const row = (id: string, side: "left" | "right", couldBe: string[], title = "Ana Silva") =>
  aLinkRow({ id, title, state: "ambiguous", couldBe, [side === "left" ? "right" : "left"]: undefined });

test("UI40 contacts that could be each other are one question, under their name, and the next one is about them", () => {
  const rows = [
    row("a", "left", ["x"]),
    row("c", "left", ["y"], "Bo"),
    row("x", "right", ["b"]),
    row("b", "left", ["x"]),
  ];
  const groups = questionGroups(rows);
  expect(groups.map(({ title, rows: some }) => [title, some.map(({ id }) => id)])).toEqual([
    ["Ana Silva", ["a", "x", "b"]],
    ["Bo", ["c"]],
  ]);
  const names = { left: "HighLevel", right: "Salesmate" };
  expect(groups[0] && groupQuestion(groups[0], names)).toBe(
    "2 in HighLevel and 1 in Salesmate could be the same: say who is who.",
  );
  const [first] = rows;
  expect(first && nextQuestion(rows, first)?.id).toBe("x");
  expect(nextQuestion(rows.slice(0, 1), row("a", "left", []))).toBeUndefined();
});

test("UI40 contacts of several names are named by what they have, or by how many there are", () => {
  const titled = (id: string, title: string) => row(id, id === "a" ? "left" : "right", ["a"], title);
  const title = (names: readonly string[]) =>
    questionGroups(names.map((name, place) => titled("abcd"[place] ?? "", name)))[0]?.title;
  expect(title(["Bo", "Rob"])).toBe("Bo or Rob");
  expect(title(["Bo", "Rob", "Bobby"])).toBe("Bo and 2 others");
});
