import { afterEach, expect, test } from "vitest";
import type { JournalEntry } from "../../engine/ports.ts";
import { standingOf } from "../children/jots.ts";
import { beginLife } from "../life.ts";
import { recordsOf } from "../people.ts";
import type { Habits } from "../plan.ts";
import { play, settleIn } from "../play.ts";
import { HOUR_MS } from "../rules.ts";
import type { Step } from "../steps.ts";
import { openWorld, type World } from "../world.ts";
import { differingJots, doubledJots, lostJots, lostWords, returnedJots, uncarriedJots } from "./jots.ts";
import { lostEdits } from "./kept.ts";
import { deletedByMerge, unfollowed } from "./merged.ts";
import { changedDecisions } from "./replayed.ts";

const HABITS: Habits = {
  signIn: "token",
  pace: "quick",
  isSwept: true,
  nameless: [],
  rules: {
    ...{ conflict: "preferLeft", clear: "carry", onLeftGone: "delete", onRightGone: "delete", breakerLimit: 50 },
    children: ["notes", "appointments"],
  },
  highlevel: { searchLagMs: 0 },
  salesmate: {},
};

let world: World;
afterEach(() => world.close());

/** Two people known on both sides, and a note about the first that was written on the left and carried. */
async function aWorldWithNote(...more: readonly Step[]): Promise<void> {
  world = await openWorld({ seed: 1, habits: HABITS, keepsTrace: false });
  const cities = { left: "Rome", right: "Rome" };
  const residents = [0, 1].map((person) => ({ person, sides: ["left", "right"] as const, cities }));
  settleIn(world, { seed: 1, habits: HABITS, residents, steps: [] });
  world.startHub();
  const rest = { kind: "wait", ms: 2 * HOUR_MS } as const;
  const writing = { kind: "write", jot: 1, of: "notes", person: 0, side: "left" } as const;
  for (const step of [rest, writing, rest, ...more]) await play(world, step);
}

const JOT_ORACLES = [doubledJots, returnedJots, lostJots, uncarriedJots, differingJots, lostWords];

async function found(): Promise<readonly string[]> {
  return (await Promise.all(JOT_ORACLES.map((judge) => judge(world)))).flat();
}

function noteOn(side: "left" | "right"): string {
  return standingOf(world, side, "notes", 1)[0]?.child.id ?? "none";
}

test("Z7 a note that was carried breaks no promise, and one that is doubled, lost or altered is found", async () => {
  await aWorldWithNote();
  expect(await found()).toEqual([]);
  const { children } = world.partners.salesmate;
  const contactId = standingOf(world, "right", "notes", 1)[0]?.contactId ?? "";
  const twin = children.create("notes", contactId, { body: "(1) called & asked" });
  expect(await doubledJots(world)).toHaveLength(1);
  children.remove("notes", twin.id);
  children.edit("notes", noteOn("right"), { body: "(1) nobody said this" });
  expect(await lostWords(world)).toHaveLength(1);
  expect(await differingJots(world)).toHaveLength(1);
  children.remove("notes", noteOn("right"));
  expect(await differingJots(world)).toEqual(["note 1 of Ana is on the left only, and nobody was told"]);
  world.partners.highlevel.children.remove("notes", noteOn("left"));
  expect(await lostJots(world)).toHaveLength(1);
});

test("Z7 an appointment that was carried breaks no promise, and one that is moved or lost is found", async () => {
  const writing = { kind: "write", jot: 2, of: "appointments", person: 1, side: "right" } as const;
  const move = { kind: "rewrite", jot: 2, of: "appointments", side: "left", field: "startsAt" } as const;
  const rest = { kind: "wait", ms: 2 * HOUR_MS } as const;
  const value = "2026-04-02T09:00:00.000Z";
  await aWorldWithNote(writing, rest, { ...move, value }, rest);
  const [right] = standingOf(world, "right", "appointments", 2);
  expect(right?.child.fields).toMatchObject({ startsAt: value, endsAt: "2026-04-02T09:30:00.000Z" });
  expect(await found()).toEqual([]);
  const { children } = world.partners.salesmate;
  children.edit("appointments", right?.child.id ?? "", { location: "nobody said this" });
  expect(await lostWords(world)).not.toEqual([]);
  children.remove("appointments", right?.child.id ?? "");
  expect(await differingJots(world)).toEqual(["appointment 2 of Bela is on the left only, and nobody was told"]);
});

test("Z7 a deleted note that comes back, or whose deletion is not carried, is found", async () => {
  await aWorldWithNote({ kind: "discard", jot: 1, of: "notes", side: "left" });
  expect(await uncarriedJots(world)).toHaveLength(1);
  await play(world, { kind: "wait", ms: 2 * HOUR_MS });
  expect(await found()).toEqual([]);
  const [ana] = recordsOf(world.partners, "left", 0);
  world.partners.highlevel.children.create("notes", ana?.id ?? "", { body: "(1) called & asked" });
  expect(await returnedJots(world)).toHaveLength(1);
});

test("Z7 a deleted note may come back with the contact that its own was merged into, but not with any other", async () => {
  await aWorldWithNote({ kind: "discard", jot: 1, of: "notes", side: "right" }, { kind: "wait", ms: 2 * HOUR_MS });
  const [bela] = recordsOf(world.partners, "right", 1);
  world.partners.salesmate.children.create("notes", bela?.id ?? "", { body: "(1) called & asked" });
  const { merges, restorations } = world.ledger;
  restorations.push({ at: 20, side: "left", person: 1 });
  expect(await returnedJots(world)).toHaveLength(1);
  merges.push({ at: 30, survivor: 1, retired: 0, rightId: "1" });
  expect(await returnedJots(world)).toHaveLength(1);
  merges.push({ at: 10, survivor: 1, retired: 0, rightId: "1" });
  expect(await returnedJots(world)).toEqual([]);
});

test("Z7 a note deleted just before its contact may come back where that was merged across, but not long before", async () => {
  await aWorldWithNote({ kind: "discard", jot: 1, of: "notes", side: "right" }, { kind: "wait", ms: 2 * HOUR_MS });
  const [bela] = recordsOf(world.partners, "right", 1);
  world.partners.salesmate.children.create("notes", bela?.id ?? "", { body: "(1) called & asked" });
  const { jots, merges, removals } = world.ledger;
  const at = jots.discarded[0]?.at ?? 0;
  const removal = { side: "right", person: 0, id: "1001", heirs: [] } as const;
  removals.push({ ...removal, at: at + 2 * HOUR_MS }, { ...removal, at: at - 1 });
  merges.push({ at, survivor: 1, retired: 0, rightId: "1001" });
  expect(await returnedJots(world)).toHaveLength(1);
  removals.push({ ...removal, at: at + 1 });
  expect(await returnedJots(world)).toEqual([]);
  merges.pop();
  expect(await returnedJots(world)).toHaveLength(1);
});

test("Z2 what is said in a contact that is merged into one that is deleted goes with it; else it is lost", async () => {
  await aWorldWithNote();
  const { deeds, merges, removals } = world.ledger;
  const said = { at: 20, side: "left", person: 0, subject: "city", value: "Nowhere", isLater: true } as const;
  deeds.push(said);
  const removal = { at: 40, person: 1, id: "1002", heirs: [] } as const;
  removals.push({ ...removal, side: "left" });
  expect(await lostEdits(world)).toHaveLength(2);
  merges.push({ at: 30, survivor: 1, retired: 0, rightId: "1001" });
  expect(await lostEdits(world)).toEqual([]);
  removals.splice(0, 1, { ...removal, side: "right" });
  expect(await lostEdits(world)).toHaveLength(2);
});

test("Z8 who is merged away is not deleted across; one that were, and one who is not followed, are found", async () => {
  await aWorldWithNote({ kind: "merge", survivor: 1, retired: 0 }, { kind: "wait", ms: 3 * HOUR_MS });
  expect(world.ledger.merges).toHaveLength(1);
  expect(recordsOf(world.partners, "right", 0)).toHaveLength(1);
  expect(await deletedByMerge(world)).toEqual([]);
  const [at, id] = [world.clock.now(), world.ledger.merges[0]?.rightId];
  const deletion = { side: "right", purpose: "write", method: "DELETE", body: "", status: 200 } as const;
  const calls = [{ ...deletion, at, sentAt: at, by: beginLife(world.clock), path: `/apis/contact/v4/${id}` }];
  expect(await deletedByMerge({ ...world, network: { ...world.network, calls } })).toHaveLength(1);
});

test("Z8 who is brought back is followed again; one who is not is found", async () => {
  const rest = { kind: "wait", ms: 3 * HOUR_MS } as const;
  const removal = { kind: "remove", person: 1, side: "left" } as const;
  await aWorldWithNote(removal, rest, { kind: "restore", person: 1, side: "left" });
  expect(world.ledger.restorations).toHaveLength(1);
  expect(await unfollowed(world)).toHaveLength(1);
  await play(world, rest);
  expect(await unfollowed(world)).toEqual([]);
});

test("Z9 a run's decisions come out the same when they are made anew, and one that does not is found", async () => {
  await aWorldWithNote(
    { kind: "edit", person: 0, side: "left", field: "city", value: "Oslo" },
    { kind: "wait", ms: HOUR_MS },
  );
  expect(await changedDecisions(world)).toEqual([]);
  const otherwise = (entry: JournalEntry): JournalEntry => {
    const fields = entry.detail.fields?.map((field) => ({ ...field, rule: "M0" }));
    return { ...entry, detail: { ...entry.detail, ...(fields !== undefined && { fields }) } };
  };
  const journal: World["store"]["journal"] = async (...asked) => (await world.store.journal(...asked)).map(otherwise);
  expect((await changedDecisions({ ...world, store: { ...world.store, journal } })).length).toBeGreaterThan(0);
});
