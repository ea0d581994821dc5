import { expect, test } from "vitest";
import { aContact } from "../../test/builders.ts";
import { aWorld, type World } from "../../test/world.ts";
import { restMs, turnBoundMs } from "./turnBound.ts";

const TURN_MS = 6 * 3_600_000;
const POLL_MS = 60_000;
const LAG_MS = 10_000;
const LISTED_WHOLE = { isComplete: false, lagMs: LAG_MS, overlapMs: 0, isByParent: true, isListedWhole: true } as const;

const note = (body: string) => ({ title: "", body });

/** So many people with a note each, read for the first time; the notes of the left side are all shown by one listing. */
async function aTown(size: number): Promise<World> {
  const habits = { listing: LISTED_WHOLE, pageSize: 50, hasVersions: false, omits: ["title"] };
  const world = await aWorld({
    notes: { left: habits, sync: { sweepMs: TURN_MS, pollMs: { left: POLL_MS, right: POLL_MS } } },
  });
  for (let place = 0; place < size; place += 1) {
    const person = aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone: "" });
    world.notes.left.addChild(world.left.add(person), note(`About Ana${place}.`));
    world.right.add(person);
  }
  await world.open();
  await world.advance(3 * POLL_MS);
  return world;
}

const listings = (world: World) => world.notes.left.callsOf("list").map(({ query }) => query?.parentId);

test("H22 an edit that nobody told is found by one listing, which costs a call for so many rows", async () => {
  const world = await aTown(120);
  const [here = ""] = world.notes.left.ids();
  world.notes.left.edit(here, note("Edited."));
  world.forgetCalls();
  await world.advance(2 * POLL_MS + LAG_MS);
  const link = await world.noteLinkOf("left", here);
  expect(world.notes.right.fieldsOf(link.right?.externalId ?? "")).toMatchObject({ body: "Edited." });
  expect(listings(world).length).toBeLessThanOrEqual(12);
});

test("H22 rows that say nothing new lead to no other call", async () => {
  const world = await aTown(60);
  world.forgetCalls();
  await world.advance(5 * POLL_MS);
  expect(listings(world).length).toBeGreaterThan(4);
  expect(new Set(listings(world))).toEqual(new Set([undefined]));
  expect([world.writes(), world.notes.left.callsOf("read")]).toEqual([[], []]);
});

test("H22 what no row shows is looked for under its contact, and only then counts as deleted", async () => {
  const world = await aTown(5);
  const [here = "", hidden = ""] = world.notes.left.ids();
  world.notes.left.remove(here);
  world.forgetCalls();
  await world.advance(10 * POLL_MS);
  expect((await world.noteLinkOf("left", here)).state).toBe("unlinked");
  expect((await world.noteLinkOf("left", hidden)).state).toBe("linked");
});

test("H22 a new one is made across, and one that is another contact's from now on moves", async () => {
  const world = await aTown(3);
  const [ana = "", bo = ""] = world.left.ids();
  const made = world.notes.left.addChild(ana, note("New."));
  const [moved = ""] = world.notes.left.ids();
  world.notes.left.move(moved, bo);
  await world.advance(10 * POLL_MS);
  const link = await world.noteLinkOf("left", made);
  expect(world.notes.right.fieldsOf(link.right?.externalId ?? "")).toMatchObject({ body: "New." });
  expect((await world.noteLinkOf("left", moved)).parentLinkId).toBe((await world.linkOf("left", bo)).id);
});

test("H22 where the one listing is refused, the turn goes contact by contact, and the listing is tried at the next", async () => {
  const world = await aTown(20);
  world.notes.left.change({ refusesWhole: true });
  await world.mark("sweep:notes:left", "person", 4);
  world.forgetCalls();
  await world.advance(TURN_MS);
  expect(listings(world).filter((parentId) => parentId === undefined).length).toBeLessThanOrEqual(2);
  expect(new Set(listings(world)).size).toBeGreaterThanOrEqual(20);
  world.notes.left.change({ refusesWhole: false });
  await world.advance(TURN_MS);
  world.forgetCalls();
  await world.advance(5 * POLL_MS);
  expect(new Set(listings(world))).toEqual(new Set([undefined]));
});

test("H22 a turn that breaks off goes on at its page", async () => {
  const world = await aTown(120);
  world.notes.left.change({ latency: () => 500 });
  await world.mark("sweep:notes:left", "person", 4);
  await world.advance(1_200);
  world.crash();
  const stored = await world.store.checkpoint("acme", "notes", "left", "sweep");
  expect(stored).toMatchObject({ seen: 50, cursor: "50" });
  world.notes.left.change({ latency: () => 0 });
  world.forgetCalls();
  await world.open();
  await world.mark("sweep:notes:left", "sweep");
  await world.advance(1_000);
  expect(world.notes.left.callsOf("list").map(({ query }) => query?.cursor)).toEqual(["50", "100"]);
});

test("H21 the time within which all are looked at follows from how long a turn took and rests", () => {
  const sync = { pollMs: { left: POLL_MS, right: POLL_MS }, sweepMs: TURN_MS };
  const turn = { syncId: "notes", side: "left", kind: "sweep", startedAt: 1_000, finishedAt: 31_000 } as const;
  const bound = (seen: number) => turnBoundMs(sync, "left", LISTED_WHOLE, { ...turn, seen });
  expect(bound(100)).toBe(POLL_MS + 30_000 + LAG_MS);
  expect(bound(10_000)).toBe(600_000 + 30_000 + LAG_MS);
  expect(bound(10_000_000)).toBe(TURN_MS + LAG_MS);
  expect(turnBoundMs(sync, "left", LISTED_WHOLE, { ...turn, seen: 20, total: 20 })).toBe(TURN_MS);
  expect(turnBoundMs(sync, "left", LISTED_WHOLE, undefined)).toBe(TURN_MS);
  expect(restMs(sync, "left", { ...turn, seen: 10_000 })).toBe(600_000);
});
