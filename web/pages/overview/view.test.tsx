import { expect, test } from "vitest";
import type { OverviewView } from "../../../model/api/views.ts";
import { HubProblem } from "../../api/client.ts";
import type { Acts } from "../../api/mutations.ts";
import { ConnectionCard } from "../../parts/connectionCard.tsx";
import {
  aConnection,
  aJournalEntry,
  anOverview,
  aSalesmateConnection,
  aSync,
  aTrouble,
  STORY_NOW,
} from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, reading, ready } from "../../stories/loaded.ts";
import { type OverviewPageProps, OverviewPageView } from "./view.tsx";

const said = async (): Promise<string> => "";
const acts: Acts = {
  checkConnection: said,
  pauseWorkspace: said,
  pauseConnection: said,
  pauseSync: said,
  sweepSync: said,
  answerField: said,
  makeFields: said,
  beginSync: said,
  allowDeletions: said,
  retry: said,
  reconcileLink: said,
  decide: async () => ({ answer: { isDone: true, title: "", follows: [] }, others: { settled: 0, waiting: 0 } }),
};

function page(different: Partial<OverviewPageProps> = {}) {
  const full = { overview: ready(anOverview()), troubles: ready([]), journal: ready([aJournalEntry()]), acts };
  return <OverviewPageView {...full} {...different} />;
}

test("UI9 the overview holds its room while it is read", () => {
  expect(drawn(page({ overview: reading }))).toContain('aria-busy="true"');
});

test("UI9 an overview that cannot be read says why and offers another try", () => {
  const problem = new HubProblem(0, "unreachable", "Kith does not answer", "Check that it is still running.");
  const text = words(page({ overview: failed(problem) }));
  expect(text).toContain("Kith does not answer");
  expect(text).toContain("Check that it is still running.");
  expect(text).toContain("Try again");
});

test("H21 a sync of notes says within what time those of every contact are looked at", () => {
  const notes = aSync({ id: "notes", name: "Notes", resource: "note", turnMs: 6 * 3_600_000 });
  expect(words(page({ overview: ready(anOverview({ syncs: [notes] })) }))).toContain("every 6 hours");
  expect(words(page())).not.toContain("looked through");
});

test("UI9 an empty workspace says how to fill it", () => {
  expect(words(page({ overview: ready(anOverview({ connections: [], syncs: [] })) }))).toContain("kith -- apply");
});

test("UI14 a full overview shows both connections, the sync and the newest change", () => {
  const text = words(page());
  for (const part of [
    "583 contacts in step",
    "HighLevel ↔ Salesmate",
    "23 of 100 in 10 s",
    "312 of 1,500 in 1 h",
    "Wrote phone to Salesmate.",
    "4 s ago",
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain("Try again");
});

test("UI14 the figures lead to the records that they count", () => {
  const html = drawn(page());
  expect(html).toContain('href="/waiting"');
  expect(html).toContain('href="/records?show=waiting"');
});

test("UI14 a broken connection shows what is wrong and what to do", () => {
  const message = "Salesmate refuses the session key. Make a new one and apply it.";
  const broken = anOverview({ connections: [aConnection(), aSalesmateConnection({ status: "broken", message })] });
  const text = words(page({ overview: ready(broken) }));
  expect(text).toContain("Does not work");
  expect(text).toContain(message);
});

test("UI14 what failed stands first, with its message and another try", () => {
  const overview = ready(anOverview({ due: { waiting: 0, retrying: 0, dead: 1 } }));
  const text = words(page({ overview, troubles: ready([aTrouble()]) }));
  expect(text.indexOf("Salesmate refuses the e-mail")).toBeLessThan(text.indexOf("HighLevel ↔ Salesmate"));
  expect(text).toContain("Try again");
  expect(text).toContain("5 attempts");
});

test("UI14 the first reading shows how far each side has come", () => {
  const progress = [
    { side: "left", kind: "backfill", seen: 200, total: 500 },
    { side: "right", kind: "backfill", seen: 250 },
  ] as const;
  const overview = anOverview({ syncs: [aSync({ phase: "starting", progress: [...progress] })] });
  const text = words(page({ overview: ready(overview) }));
  expect(text).toContain("Reading HighLevel 200 of 500");
  expect(text).toContain("Reading Salesmate 250 so far");
});

test("UI20 how long the first reading will take stands beside its progress, and beside the work that follows", () => {
  const forecast = {
    reading: { soonestMs: 120_000, latestMs: 120_000 },
    whole: { soonestMs: 1_200_000, latestMs: 2_400_000 },
  };
  const starting = anOverview({ syncs: [aSync({ phase: "starting" })], forecast });
  expect(words(page({ overview: ready(starting) }))).toContain("Read in about 2 minutes, in step in 20 to 40 minutes");
  const writing = anOverview({ forecast: { whole: { soonestMs: 720_000, latestMs: 720_000 } } });
  expect(words(page({ overview: ready(writing) }))).toContain("About 12 minutes left");
  expect(words(page())).not.toContain("left");
});

test("UI14 a mapping row that names a field which is not there is told, with the side", () => {
  const overview = anOverview({ syncs: [aSync({ missing: [{ side: "right", field: "custom.gone" }] })] });
  expect(words(page({ overview: ready(overview) }))).toContain("Salesmate has no field custom.gone");
});

test("UI14 a connection is named once: its partner beside it only where the names differ", () => {
  const same = aConnection({ name: "HighLevel" });
  const times = (text: string, name: string) => text.split(name).length - 1;
  const named = (connection: typeof same) =>
    words(<ConnectionCard connection={connection} onCheck={said} onPause={said} />);
  expect(times(named(same), "HighLevel")).toBe(1);
  expect(named(aConnection())).toContain("Harbour Dental HighLevel");
});

test("UI19 deletions that are held show on their sync, with a way to carry them out, and else nothing does", () => {
  const text = words(page({ overview: ready(anOverview({ syncs: [aSync({ heldDeletions: 1_204 })] })) }));
  expect(text).toContain("1,204 deletions held");
  expect(text).toContain("Carry them out");
  expect(words(page())).not.toContain("held");
});

test("UI14 a sync says what there was to catch up with", () => {
  const caughtUp = { since: 0, at: 3 * 86_400_000, left: 412, right: 1 };
  const text = words(page({ overview: ready(anOverview({ syncs: [aSync({ caughtUp })] })) }));
  expect(text).toContain("Caught up after 3 days: 412 changes in HighLevel, 1 change in Salesmate.");
});

test("UI22 what was set aside says what could not be written", () => {
  const plan = [{ to: "Salesmate", act: "update" as const, changes: [{ field: "E-mail", value: "zoe@akerlund" }] }];
  const text = words(page({ troubles: ready([aTrouble({ plan })]) }));
  expect(text).toContain("Could not be written to Salesmate: E-mail “zoe@akerlund”");
});

test("UI14 everything can be paused at once, and resumed", () => {
  expect(words(page())).toContain("Pause everything");
  const workspace = { id: "sandbox", name: "Sandbox", isPaused: true };
  const text = words(page({ overview: ready(anOverview({ workspace })) }));
  expect(text).toContain("Resume everything");
  expect(text).not.toContain("Pause everything");
});

test("UI14 a paused connection says so and offers to resume", () => {
  const overview = anOverview({ connections: [aConnection({ isPaused: true }), aSalesmateConnection()] });
  const text = words(page({ overview: ready(overview) }));
  expect(text).toContain("Paused");
  expect(text).toContain("Resume");
});

test("UI45 the first reading is left out of the chart as soon as anything else happened, and says so", () => {
  const at = STORY_NOW;
  const busy = { minute: at - 1_200_000, verdict: "created", count: 500 };
  const after = { minute: at - 1_140_000, verdict: "updated", count: 300 };
  const edit = { minute: at - 60_000, verdict: "updated", count: 2 };
  const read = { kind: "backfill" as const, seen: 1, startedAt: at - 1_230_000, finishedAt: at - 1_210_000 };
  const sync = aSync({
    progress: [
      { ...read, side: "left" },
      { ...read, side: "right" },
    ],
  });
  const shown = (activity: OverviewView["activity"]) =>
    page({ overview: ready(anOverview({ syncs: [sync], activity })) });
  expect(drawn(shown([busy, after, edit]))).toContain('aria-label="2 changes in the last hour: 2 updated."');
  expect(words(shown([busy, after, edit]))).toMatch(/Left out: the first reading, .* with 800 changes\./);
  expect(drawn(shown([busy, after]))).toContain('aria-label="800 changes in the last hour');
  expect(words(shown([busy, after]))).not.toContain("Left out");
});

test("UI14 the chart is told in a sentence to those who do not see it", () => {
  expect(drawn(page())).toMatch(/role="img" aria-label="\d+ changes in the last hour: /);
});

test("T12 a sync that waits to be started says so and leads to what would happen", () => {
  const overview = ready(anOverview({ syncs: [aSync({ phase: "ready", start: { state: "ready", mode: "full" } })] }));
  const text = words(page({ overview }));
  expect(text).toContain("Contacts waits for you to start");
  expect(text).toContain("Ready: look at what would happen, then start it");
  expect(drawn(page({ overview }))).toContain('href="/start/contacts"');
});

test("UI163 the syncs of the same two sides share a card: the first in full, the others in a line each", () => {
  const notes = aSync({ id: "notes", name: "Notes", resource: "note", counts: { ...aSync().counts, linked: 26 } });
  const text = words(page({ overview: ready(anOverview({ syncs: [notes, aSync()] })) }));
  expect(text.split("HighLevel ↔ Salesmate")).toHaveLength(2);
  expect(text).toMatch(/Notes 26 linked/);
  const held = aSync({ id: "notes", name: "Notes", resource: "note", heldDeletions: 3 });
  expect(words(page({ overview: ready(anOverview({ syncs: [aSync(), held] })) }))).toContain("3 deletions held");
});
