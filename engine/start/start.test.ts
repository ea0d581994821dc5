import fc from "fast-check";
import { expect, test } from "vitest";
import { SIDES, type Side } from "../../model/record.ts";
import { START_MODES, type StartMode } from "../../model/sync.ts";
import type { Fields } from "../../model/value.ts";
import { aContact } from "../../test/builders.ts";
import { aRunningWorld, aWorld, type World, type WorldOptions } from "../../test/world.ts";

const REVIEWED_BY_NOBODY = { mode: "full", isReviewed: false } as const;
/** Deletions are carried over, so that a deletion which should not be would show. */
const CARRIED = { onLeftGone: "delete", onRightGone: "delete", holdMs: 1_000, breakerLimit: 50 } as const;
const HOUR_MS = 3_600_000;

function person(place: number, fields: Fields = {}): Fields {
  const phone = `+1201555${String(1_000 + place)}`;
  return aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone, city: "", ...fields });
}

/** One in step, one that differs, one with an empty field on the right, one on either side only. */
const PEOPLE = {
  left: [
    person(0),
    person(1, { city: "Rome", companyName: "Silva" }),
    person(2, { city: "Bonn" }),
    person(3, { city: "Bern" }),
  ],
  right: [person(0), person(1, { city: "Oslo", companyName: "" }), person(2), person(4, { city: "Bern" })],
} as const;

/** A world that waits to be started. */
function aWaitingWorld(options: WorldOptions = {}, people: Parameters<typeof aRunningWorld>[1] = PEOPLE) {
  const sync = { start: REVIEWED_BY_NOBODY, deletes: CARRIED, ...options.sync };
  return aRunningWorld({ ...options, sync }, people);
}

async function begin(world: World, mode: StartMode): Promise<void> {
  await world.mark(`start:contacts:${mode}`, "person");
  await world.advance(10_000);
}

function cityOf(world: World, side: Side, name: string): unknown {
  return recordOf(world, side, name)?.city;
}

function recordOf(world: World, side: Side, name: string): Fields | undefined {
  const id = idOf(world, side, name);
  return id === undefined ? undefined : world[side].fieldsOf(id);
}

function idOf(world: World, side: Side, name: string): string | undefined {
  return world[side].ids().find((id) => world[side].fieldsOf(id)?.firstName === name);
}

async function edit(world: World, side: Side, name: string, fields: Fields): Promise<void> {
  const id = idOf(world, side, name) ?? "";
  world[side].edit(id, fields);
  await world.notice(side, id);
  await world.advance(5_000);
}

test("T1 before the start nothing is written, whatever is told, polled and compared", async () => {
  const world = await aWaitingWorld();
  await edit(world, "left", "Ana0", { city: "Lima" });
  await edit(world, "right", "Ana4", { city: "Graz" });
  world.left.remove(idOf(world, "left", "Ana2") ?? "");
  await world.notice("right", world.right.add(person(5)));
  await world.advance(7 * HOUR_MS);
  expect(world.writes()).toEqual([]);
  expect((await world.linkOf("left", idOf(world, "left", "Ana0") ?? "")).left?.fields.city).toBe("Lima");
});

test("T2 a reviewed sync starts by itself, also when that is said later", async () => {
  const world = await aWaitingWorld();
  await world.configure({ start: { mode: "fillEmpty", isReviewed: true } });
  await world.advance(10_000);
  expect(cityOf(world, "right", "Ana2")).toBe("Bonn");
  expect(cityOf(world, "right", "Ana1")).toBe("Oslo");
  const reviewed = await aRunningWorld({}, PEOPLE);
  await reviewed.advance(10_000);
  expect(cityOf(reviewed, "right", "Ana1")).toBe("Rome");
});

test("T3 started in full, both sides agree on everything, with what was edited since the reading", async () => {
  const world = await aWaitingWorld();
  await edit(world, "right", "Ana0", { city: "Lima" });
  await begin(world, "full");
  expect(cityOf(world, "left", "Ana0")).toBe("Lima");
  for (const name of ["Ana1", "Ana2", "Ana3", "Ana4"]) {
    expect(recordOf(world, "right", name), name).toEqual(recordOf(world, "left", name));
  }
});

test("T3 a record that appeared at a partner unseen is found and not created again", async () => {
  const world = await aWaitingWorld({ sync: { pollMs: { left: 7 * HOUR_MS, right: 24 * HOUR_MS } } });
  world.right.add(person(3));
  await begin(world, "full");
  expect(world.right.ids()).toHaveLength(5);
});

test("T4 a record that goes before the start is forgotten, and its counterpart is nobody's any more", async () => {
  const world = await aWaitingWorld();
  const id = idOf(world, "left", "Ana0") ?? "";
  world.left.remove(id);
  await world.notice("left", id);
  await world.advance(5_000);
  await begin(world, "newOnly");
  expect(recordOf(world, "right", "Ana0")).toBeDefined();
  expect(recordOf(world, "left", "Ana0")).toBeUndefined();
});

test("T4 a record that comes before the start is recognised as it comes", async () => {
  const world = await aWaitingWorld();
  const id = world.right.add(person(3, { city: "Graz" }));
  await world.notice("right", id);
  expect(await world.linkOf("right", id)).toMatchObject({ state: "linked", left: { fields: { firstName: "Ana3" } } });
  expect(world.writes()).toEqual([]);
});

test("T5 started with new records only, nothing that was there is written", async () => {
  const world = await aWaitingWorld();
  await begin(world, "newOnly");
  for (const { id } of await world.links()) await world.mark(`link:${id}`, "person");
  await world.advance(7 * HOUR_MS);
  expect(world.writes()).toEqual([]);
});

test("T5 what is edited, added or deleted later travels", async () => {
  const world = await aWaitingWorld();
  await begin(world, "newOnly");
  await edit(world, "right", "Ana1", { city: "Lima" });
  expect(recordOf(world, "left", "Ana1")).toMatchObject({ city: "Lima", companyName: "Silva" });
  await world.notice("left", world.left.add(person(6)));
  await world.advance(5_000);
  expect(recordOf(world, "right", "Ana6")).toBeDefined();
  const gone = idOf(world, "left", "Ana2") ?? "";
  world.left.remove(gone);
  await world.notice("left", gone);
  await world.advance(60_000);
  expect(recordOf(world, "right", "Ana2")).toBeUndefined();
});

test("T5 a record that was left alone is edited without being made across, and agreed as it is with one that appears", async () => {
  const world = await aWaitingWorld();
  await begin(world, "newOnly");
  await edit(world, "left", "Ana3", { city: "Lima" });
  expect(recordOf(world, "right", "Ana3")).toBeUndefined();
  await world.notice("right", world.right.add(person(3, { city: "Graz" })));
  await world.advance(5_000);
  expect([cityOf(world, "left", "Ana3"), cityOf(world, "right", "Ana3")]).toEqual(["Lima", "Graz"]);
  await edit(world, "right", "Ana3", { city: "Riga" });
  expect(cityOf(world, "left", "Ana3")).toBe("Riga");
});

test("T15 who was there before the start, and is told of or listed only after it, is left alone", async () => {
  const pollMs = { left: HOUR_MS, right: HOUR_MS };
  const world = await aWaitingWorld({ sync: { pollMs }, right: { rowsTellTimes: false } });
  const unseen = [world.left.add(person(5)), world.right.add(person(6))] as const;
  await world.advance(1_000);
  await begin(world, "newOnly");
  await world.notice("left", unseen[0]);
  await world.advance(2 * HOUR_MS);
  expect(world.writes()).toEqual([]);
  for (const [place, side] of SIDES.entries()) {
    expect(await world.linkOf(side, unseen[place] ?? "")).toMatchObject({ state: "half", beforeStart: "newOnly" });
  }
  for (const [place, side] of SIDES.entries()) world[side].add(person(7 + place));
  await world.advance(2 * HOUR_MS);
  expect(recordOf(world, "right", "Ana7")).toBeDefined();
  expect(recordOf(world, "left", "Ana8")).toBeDefined();
});

test("T15 of two that meet after a start to fill empty fields, one there before, differences stay", async () => {
  const world = await aWaitingWorld();
  world.left.add(person(5, { city: "Rome", companyName: "" }));
  await world.advance(1_000);
  await begin(world, "fillEmpty");
  await world.notice("right", world.right.add(person(5, { city: "Oslo", companyName: "Silva" })));
  await world.advance(60_000);
  expect(recordOf(world, "left", "Ana5")).toMatchObject({ city: "Rome", companyName: "Silva" });
  expect(cityOf(world, "right", "Ana5")).toBe("Oslo");
});

test.each(["Ana1", "Ana3"])("T5 a read of %s that began before the start decides nothing after it", async (name) => {
  const world = await aWaitingWorld();
  const letGo = world.left.holdAnswer("read");
  await world.notice("left", idOf(world, "left", name) ?? "");
  await begin(world, "newOnly");
  letGo();
  await world.advance(60_000);
  expect(world.writes()).toEqual([]);
  expect((await world.links()).flatMap(({ conflicts }) => conflicts)).toEqual([]);
});

test("T5 a person who says that a record is new has its counterpart made", async () => {
  const world = await aWaitingWorld();
  await begin(world, "newOnly");
  const { id } = await world.linkOf("left", idOf(world, "left", "Ana3") ?? "");
  await world.mark(`new:${id}`, "person");
  await world.advance(5_000);
  expect(recordOf(world, "right", "Ana3")).toBeDefined();
  expect(recordOf(world, "left", "Ana4")).toBeUndefined();
});

test("T5 what a listing shows in lower case only is read before it is agreed on", async () => {
  const people = { left: [person(1, { city: "ROME" })], right: [person(1, { city: "Oslo" })] };
  const world = await aWaitingWorld(
    { left: { folds: ["city"], listing: { isComplete: false, lagMs: 0, overlapMs: 0 } } },
    people,
  );
  await begin(world, "newOnly");
  await world.advance(7 * HOUR_MS);
  expect(world.writes()).toEqual([]);
  expect(cityOf(world, "left", "Ana1")).toBe("ROME");
});

test("T6 started to fill empty fields, differences stay, empty fields are filled and lone records are made across", async () => {
  const world = await aWaitingWorld();
  await begin(world, "fillEmpty");
  expect(recordOf(world, "right", "Ana1")).toMatchObject({ city: "Oslo", companyName: "Silva" });
  expect(recordOf(world, "left", "Ana1")).toMatchObject({ city: "Rome", companyName: "Silva" });
  expect(cityOf(world, "right", "Ana2")).toBe("Bonn");
  for (const name of ["Ana3", "Ana4"]) expect(recordOf(world, "right", name)).toEqual(recordOf(world, "left", name));
  world.forgetCalls();
  for (const { id } of await world.links()) await world.mark(`link:${id}`, "person");
  await world.advance(7 * HOUR_MS);
  expect(world.writes()).toEqual([]);
  await edit(world, "right", "Ana1", { city: "Lima" });
  expect(cityOf(world, "left", "Ana1")).toBe("Lima");
});

/** Ana2, whose city the left has and the right lacks, is edited after the start and before anything was filled. */
async function editedBeforeFilled(edits: Partial<Record<Side, Fields>>): Promise<World> {
  const world = await aWaitingWorld();
  const releases = SIDES.map((side) => world[side].holdAnswer("read"));
  await begin(world, "fillEmpty");
  for (const side of SIDES) world[side].edit(idOf(world, side, "Ana2") ?? "", edits[side] ?? {});
  for (const release of releases) release();
  await world.advance(7 * HOUR_MS);
  return world;
}

test("T6 a field that was to be filled, and was given a value meanwhile, takes that one on both sides", async () => {
  const world = await editedBeforeFilled({ right: { city: "Lima" } });
  expect([cityOf(world, "left", "Ana2"), cityOf(world, "right", "Ana2")]).toEqual(["Lima", "Lima"]);
});

test("T6 a field that was to be filled, and was edited on both sides meanwhile, is settled by its policy", async () => {
  const world = await editedBeforeFilled({ left: { city: "Rome" }, right: { city: "Lima" } });
  expect([cityOf(world, "left", "Ana2"), cityOf(world, "right", "Ana2")]).toEqual(["Rome", "Rome"]);
});

test("T7 the mode that was asked for first counts, whatever is asked for and configured later", async () => {
  const world = await aWaitingWorld();
  await begin(world, "newOnly");
  await begin(world, "full");
  await world.configure({ start: { mode: "full", isReviewed: true } });
  await world.advance(7 * HOUR_MS);
  expect(world.writes()).toEqual([]);
});

test("T7 a start that is asked for while the sides are still read waits for that", async () => {
  const world = await aWorld({ sync: { start: REVIEWED_BY_NOBODY } });
  for (const side of SIDES) for (const fields of PEOPLE[side]) world[side].add(fields);
  const release = world.left.holdAnswer("list");
  await world.open();
  await begin(world, "fillEmpty");
  expect(world.writes()).toEqual([]);
  release();
  await world.advance(10_000);
  expect(cityOf(world, "right", "Ana2")).toBe("Bonn");
});

/** Everything both sides hold, in an order that does not depend on ids. */
function held(world: World): string {
  const all = SIDES.map((side) =>
    world[side]
      .ids()
      .map((id) => JSON.stringify(world[side].fieldsOf(id)))
      .sort(),
  );
  return JSON.stringify(all);
}

/** Kills the process as soon as it has stored something so many more times. */
function crashAfter(world: World, apply: World["store"]["apply"], applications: number): void {
  let left = applications;
  const dying: typeof apply = async (...given) => {
    await apply(...given);
    left -= 1;
    if (left === 0) world.crash();
  };
  Object.assign(world.store, { apply: dying });
}

test("T7 however often the process is killed while it starts, it comes to the same", async () => {
  const kills = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...START_MODES), kills, async (mode, turns) => {
      const calm = await aWaitingWorld();
      await begin(calm, mode);
      await calm.advance(HOUR_MS);
      const world = await aWaitingWorld();
      const { apply } = world.store;
      for (const turn of turns) {
        crashAfter(world, apply, turn);
        await begin(world, mode);
        world.crash();
        await world.open();
      }
      // What was left of the last turn may have killed the process that it was opened with.
      Object.assign(world.store, { apply });
      world.crash();
      await world.open();
      await begin(world, mode);
      await world.advance(HOUR_MS);
      expect(held(world)).toBe(held(calm));
      expect(world.errors).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("T9 notes are worked on only once their contacts have been started", async () => {
  const world = await aWaitingWorld({ notes: {} }, { left: [person(0)], right: [person(0)] });
  const here = idOf(world, "left", "Ana0") ?? "";
  world.notes.left.addChild(here, { title: "", body: "Called back." });
  await world.noticeNotes("left", here);
  await world.advance(60_000);
  expect(world.notes.right.ids()).toEqual([]);
  await begin(world, "full");
  await world.noticeNotes("left", here);
  await world.advance(10_000);
  expect(world.notes.right.ids()).toHaveLength(1);
});
