import { describe, expect, test } from "vitest";
import type { LinkRow, OverviewView, VerifyView } from "../model/api/views.ts";
import { columns, inStep, listLines, statusLines, verifyLines } from "./show.ts";

const REPORT: VerifyView = {
  syncId: "contacts",
  readLeft: 3,
  readRight: 2,
  linked: 2,
  differences: 0,
  explained: 0,
  list: [],
};

const NAMES = { left: "HighLevel", right: "Salesmate" };

/** Ana, on both sides. */
function aRow(change: Partial<LinkRow> = {}): LinkRow {
  return {
    id: "lnk-1",
    syncId: "contacts",
    title: "Ana Silva",
    state: "linked",
    left: { externalId: "hl-1", email: "ana@example.com", phone: "" },
    conflicts: 0,
    findings: 0,
    updatedAt: 0,
    ...change,
  };
}

describe("what is shown", () => {
  test("X50 columns are as wide as their widest cell, and end without spaces", () => {
    expect(columns([["a", "b"], ["long", ""], []])).toEqual(["a     b", "long", ""]);
  });

  test("X51 the last line says exactly whether both sides are in step", () => {
    expect(inStep(REPORT)).toBe("in step: 2 linked, 0 differences");
    expect(inStep({ ...REPORT, explained: 3 })).toBe("in step: 2 linked, 0 differences; 3 wait for you");
    expect(inStep({ ...REPORT, differences: 1 })).toBe("not in step: 2 linked, 1 differences");
  });

  test("X58 the status names the fields of a mapping that a side does not have, the deletions held, and how soon edits are found", () => {
    const counts = { linked: 2, half: 0, ambiguous: 0, unlinked: 0, deleted: 0, conflicts: 0, findings: 0 };
    const overview: OverviewView = {
      workspace: { id: "acme", name: "Acme", isPaused: false },
      isSandbox: false,
      connections: [],
      syncs: [
        {
          id: "contacts",
          name: "Contacts",
          resource: "contact",
          left: "highlevel",
          right: "salesmate",
          isPaused: false,
          phase: "running",
          start: { state: "started", mode: "full" },
          counts,
          progress: [],
          heldDeletions: 70,
          foundWithin: { left: 60_000, right: 180_000 },
          caughtUp: { since: 0, at: 3 * 86_400_000, left: 412, right: 1 },
          missing: [{ side: "right", field: "custom.gone" }],
        },
      ],
      activity: [],
      due: { waiting: 0, retrying: 0, dead: 0 },
      forecast: { whole: { soonestMs: 720_000, latestMs: 2_400_000 } },
      at: 0,
    };
    expect(statusLines(overview)).toContain("  On the way: 12 to 40 minutes left");
    expect(statusLines(overview)).toContainEqual(expect.stringContaining("salesmate has no field custom.gone"));
    expect(statusLines(overview)).toContainEqual(expect.stringContaining("Contacts: 70 deletions are held"));
    expect(statusLines(overview)).toContain(
      "    Contacts: what no webhook tells is found within 1 minute in highlevel, 3 minutes in salesmate",
    );
    expect(statusLines(overview)).toContain(
      "    Contacts: Caught up after 3 days: 412 changes in highlevel, 1 change in salesmate.",
    );
  });

  test("H21 the status says within what time the notes of every contact are looked at", () => {
    const counts = { linked: 2, half: 0, ambiguous: 0, unlinked: 0, deleted: 0, conflicts: 0, findings: 0 };
    const notes = { id: "notes", name: "Notes", resource: "note", left: "highlevel", right: "salesmate", counts };
    const overview: OverviewView = {
      workspace: { id: "acme", name: "Acme", isPaused: false },
      isSandbox: false,
      connections: [],
      syncs: [
        {
          ...notes,
          isPaused: false,
          phase: "running",
          start: { state: "started", mode: "full" },
          progress: [],
          turnMs: 6 * 3_600_000,
          heldDeletions: 0,
        },
      ],
      activity: [],
      due: { waiting: 0, retrying: 0, dead: 0 },
      at: 0,
    };
    expect(statusLines(overview)).toContain(
      "    Notes: All contacts are looked through every 6 hours, for what no product tells.",
    );
  });

  test("X52 every difference is listed with both values or with what is missing", () => {
    const lines = verifyLines("Contacts", NAMES, {
      ...REPORT,
      differences: 2,
      list: [
        { linkId: "lnk-1", title: "Ana Silva", kind: "field", field: "phone", left: "+4930", right: "" },
        { title: "Bo Li", kind: "missingRight", side: "right" },
      ],
    });
    expect(lines).toEqual([
      '  lnk-1  Ana Silva  phone                 HighLevel: "+4930"  Salesmate: ""',
      "  -      Bo Li      missing in Salesmate",
      "Contacts: read 3 in HighLevel and 2 in Salesmate; not in step: 2 linked, 2 differences",
    ]);
  });

  test("X61 records are listed by id, name and state, and what waits with what is asked", () => {
    const conflict = aRow({ conflicts: 1 });
    const asked = aRow({ id: "lnk-22", title: "Bo", state: "ambiguous", left: undefined });
    const view = {
      leftName: "HighLevel",
      rightName: "Salesmate",
      fields: [],
      records: [],
      candidates: [],
      history: [],
    };
    const city = { field: "city", label: "City", left: "Rome", right: "Oslo", state: "conflict" } as const;
    const rob = { linkId: "lnk-3", title: "Rob", evidence: ["same e-mail", "same phone"], canLink: true, fields: [] };
    const views = [
      { ...conflict, ...view, fields: [city] },
      { ...asked, ...view, candidates: [rob] },
    ];
    expect(listLines([conflict, asked], views, 9)).toEqual([
      "lnk-1   Ana Silva  conflict          ana@example.com",
      '    city  HighLevel: "Rome"  Salesmate: "Oslo"',
      "lnk-22  Bo         could be several",
      "    the same as lnk-3?  Rob  same e-mail, same phone",
      "2 of 9",
    ]);
    expect(listLines([], [], 0)).toEqual(["Nothing to list."]);
  });
});
