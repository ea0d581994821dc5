import { expect, test } from "vitest";
import type { OverviewView } from "../../model/api/views.ts";
import { sideNames } from "../../model/sideNames.ts";
import { aConnection, aJournalEntry, anOverview, aSalesmateConnection, aSync, STORY_NOW } from "../stories/builders.ts";
import { contactsFirst, headline, lastChangeAt } from "./overview.ts";

const counts = aSync().counts;
const backfill = { kind: "backfill", startedAt: STORY_NOW } as const;

const CASES: readonly [string, Partial<OverviewView>, string, string][] = [
  ["everything agrees", {}, "good", "583 contacts in step · nothing waits · last change 4 s ago"],
  [
    "changes are on the way",
    { due: { waiting: 2, retrying: 0, dead: 0 } },
    "good",
    "583 contacts in step · 2 changes on the way · last change 4 s ago",
  ],
  [
    "a partner asks to wait",
    { connections: [aConnection({ status: "waiting" }), aSalesmateConnection()] },
    "wait",
    "583 contacts in step · waiting for HighLevel · last change 4 s ago",
  ],
  [
    "a person must choose",
    { syncs: [aSync({ counts: { ...counts, conflicts: 1, ambiguous: 2 } })] },
    "wait",
    "582 contacts in step · 3 wait for you · last change 4 s ago",
  ],
  [
    "a connection is broken and something failed",
    {
      connections: [aConnection(), aSalesmateConnection({ status: "broken" })],
      due: { waiting: 0, retrying: 0, dead: 1 },
    },
    "bad",
    "583 contacts in step · Salesmate does not work · 1 change failed · last change 4 s ago",
  ],
  [
    "the first reading is under way",
    {
      syncs: [
        aSync({
          phase: "starting",
          progress: [
            { side: "left", seen: 200, total: 500, ...backfill },
            { side: "right", seen: 250, total: 480, ...backfill },
          ],
        }),
      ],
    },
    "wait",
    "Reading both sides for the first time: 450 of 980 contacts · last change 4 s ago",
  ],
  [
    "the first reading cannot tell its end",
    { syncs: [aSync({ phase: "starting", progress: [{ side: "left", seen: 1_200, ...backfill }] })] },
    "wait",
    "Reading both sides for the first time: 1,200 contacts · last change 4 s ago",
  ],
  [
    "the sync is paused",
    { syncs: [aSync({ phase: "paused", isPaused: true })] },
    "quiet",
    "Paused: changes wait until you resume · 583 contacts linked · last change 4 s ago",
  ],
  ["nothing is connected", { connections: [], syncs: [] }, "quiet", "Nothing is connected yet"],
  ["nothing is synced", { syncs: [] }, "quiet", "Connected, but nothing is kept in step yet"],
];

test.each(CASES)("UI7 one sentence says how things stand when %s", (_, different, tone, sentence) => {
  const said = headline(anOverview(different), STORY_NOW - 4_000, STORY_NOW);
  expect(said.parts.join(" · ")).toBe(sentence);
  expect(said.tone).toBe(tone);
});

test("UI7 the sentence leaves out a last change that nobody knows", () => {
  const said = headline(anOverview(), undefined, STORY_NOW);
  expect(said.parts).toEqual(["583 contacts in step", "nothing waits"]);
});

test("UI7 what belongs to contacts is not counted as contacts, and stands after them", () => {
  const notes = aSync({ id: "a-notes", resource: "note", counts: { ...counts, linked: 40 } });
  const syncs = [notes, aSync()];
  expect(headline(anOverview({ syncs }), undefined, STORY_NOW).parts[0]).toBe("583 contacts in step");
  expect(contactsFirst(syncs).map(({ resource }) => resource)).toEqual(["contact", "note"]);
});

test("UI7 only what changed something counts as the last change", () => {
  const entries = [
    aJournalEntry({ at: 30, verdict: "agreed" }),
    aJournalEntry({ at: 20, verdict: "updated" }),
    aJournalEntry({ at: 10, verdict: "created" }),
  ];
  expect(lastChangeAt(entries)).toBe(20);
  expect(lastChangeAt([aJournalEntry({ verdict: "failed" })])).toBeUndefined();
});

test("UI7 sides are named by partner, and by connection where both are of one partner", () => {
  const { connections } = anOverview();
  expect(sideNames(aSync(), connections)).toEqual({ left: "HighLevel", right: "Salesmate" });
  const twice = [aConnection({ name: "North" }), aConnection({ id: "salesmate", name: "South" })];
  expect(sideNames(aSync(), twice)).toEqual({ left: "North", right: "South" });
  expect(sideNames(aSync({ right: "gone" }), connections)).toEqual({ left: "HighLevel", right: "gone" });
});

test("UI36 while all syncs are paused nothing is said to be in step", () => {
  const said = headline(anOverview({ syncs: [aSync({ phase: "paused", isPaused: true })] }), undefined, STORY_NOW);
  expect(said.parts).toEqual(["Paused: changes wait until you resume", "583 contacts linked"]);
});
