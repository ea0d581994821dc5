import { afterAll, beforeAll, expect, test } from "vitest";
import type { Effect } from "../../engine/ports.ts";
import { ROUTES } from "../../model/api/routes.ts";
import { aField, aJournalEntry, aKeptMapping, aLink, NOON } from "../../test/builders.ts";
import { aHub, aWorkspace, type Scene } from "../scene.ts";

const SIDE = { fields: [aField("city")], country: "US" };
const KEPT = aKeptMapping({ left: SIDE, right: SIDE });
const DECIDED = {
  field: "city",
  base: ["Rome", "Rome"],
  left: "Oslo",
  right: "Rome",
  rule: "M1",
  write: "right",
} as const;
const INPUTS = { left: { fields: { city: "Oslo" } }, right: { fields: { city: "Rome" } } };

/** An entry whose decision is made anew as it was, unless told otherwise. */
function anEntry(id: string, at: number, linkId: string, decided: object = {}): Effect {
  const detail = { mapping: KEPT.version, fields: [{ ...DECIDED, ...decided }], inputs: INPUTS };
  return { kind: "journal", entry: aJournalEntry({ id, at, linkId, detail }), mapping: KEPT };
}

let scene: Scene;
beforeAll(async () => {
  scene = await aHub();
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  await fetch(`${scene.hub.listensAt}/api/workspaces/w`, {
    method: "PUT",
    headers,
    body: JSON.stringify(aWorkspace()),
  });
  const lane = await scene.store.takeLane("w", "test", NOON);
  const { mapping: _, ...old } = { mapping: "", fields: [DECIDED] };
  await scene.store.apply(lane, [
    { kind: "saveLink", link: aLink({ id: "ana", title: "Ana Silva" }) },
    anEntry("1", NOON, "ana"),
    anEntry("2", NOON + 1, "bo", { rule: "M5" }),
    { kind: "journal", entry: aJournalEntry({ id: "3", at: NOON + 2, linkId: "ana", detail: old }) },
    { kind: "journal", entry: aJournalEntry({ id: "4", at: NOON + 3, linkId: "ana" }) },
    anEntry("5", NOON + 4, "ana", { rule: "M5" }),
  ]);
});
afterAll(() => scene.hub.stop());

async function replayed(query: string) {
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w/journal/replay?${query}`, {
    headers: { authorization: `Bearer ${scene.token()}` },
  });
  return ROUTES.replayJournal.answer.parse(await response.json());
}

test("J9 decisions are made anew and counted, and those that differ are shown with both", async () => {
  const { differences, ...counts } = await replayed("limit=50");
  expect(counts).toEqual({ same: 1, incomplete: 1 });
  expect(differences.map(({ id, title }) => [id, title])).toEqual([
    ["5", "Ana Silva"],
    ["2", undefined],
  ]);
  const is = JSON.stringify([DECIDED]);
  expect(differences[0]).toMatchObject({ at: NOON + 4, linkId: "ana", was: is.replace("M1", "M5"), is });
});

test("J9 the journal is gone through page by page, to its end", async () => {
  const pages = [await replayed("limit=2")];
  while (pages.at(-1)?.next !== undefined) pages.push(await replayed(`limit=2&before=${pages.at(-1)?.next}`));
  expect(pages.map(({ next }) => next)).toEqual(["4", "2", undefined]);
  expect(pages.map(({ same, incomplete, differences }) => [same, incomplete, differences.length])).toEqual([
    ...[
      [0, 0, 1],
      [0, 1, 1],
      [1, 0, 0],
    ],
  ]);
});

test("J9 one link, or what was decided since a time, can be asked for alone", async () => {
  expect(await replayed("linkId=bo")).toMatchObject({ same: 0, incomplete: 0, differences: [{ id: "2" }] });
  const late = await replayed(`since=${NOON + 2}&limit=4`);
  expect(late).toMatchObject({ same: 0, incomplete: 1, differences: [{ id: "5" }] });
  expect(late.next).toBeUndefined();
});
