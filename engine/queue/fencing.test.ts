import fc from "fast-check";
import { expect, test } from "vitest";
import type { EngineStore } from "../../engine/ports.ts";
import { aContact, aSync } from "../../test/builders.ts";
import { aRunningWorld, aWorld, settled, type World } from "../../test/world.ts";
import type { LaneWorker } from "./lane.ts";

const HOUR_MS = 3_600_000;
const RHYTHM = { pollMs: { left: 60_000, right: 60_000 }, sweepMs: HOUR_MS };

const DELETING = { deletes: { ...aSync().deletes, onLeftGone: "delete" } } as const;

/**
 * Notes every write that succeeds although a newer lane had been taken before it was asked for. Whoever still writes then
 * works on what is no longer its own.
 */
function watchWrites(world: World): readonly string[] {
  const { takeLane, apply, openIntent } = world.store;
  const unfenced: string[] = [];
  let newest = 0;
  const watched = async <T>(epoch: number, what: string, write: () => Promise<T>): Promise<T> => {
    const isOld = epoch < newest;
    const answer = await write();
    if (isOld) unfenced.push(what);
    return answer;
  };
  const store: Pick<EngineStore, "takeLane" | "apply" | "openIntent"> = {
    takeLane: async (...args) => {
      const lane = await takeLane(...args);
      newest = Math.max(newest, lane.epoch);
      return lane;
    },
    apply: (lane, effects) => watched(lane.epoch, effects.map(({ kind }) => kind).join(), () => apply(lane, effects)),
    openIntent: (lane, intent) => watched(lane.epoch, "openIntent", () => openIntent(lane, intent)),
  };
  Object.assign(world.store, store);
  return unfenced;
}

const step = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), side: fc.constantFrom("left" as const, "right" as const) }),
  fc.record({ kind: fc.constant("edit" as const), side: fc.constantFrom("left" as const, "right" as const) }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(0, 20, 60, 500, 30_000) }),
  fc.record({ kind: fc.constant("wake" as const), which: fc.nat(2) }),
  fc.constant({ kind: "take" as const }),
);

test("Q4: of several lanes that are alive at once only the newest writes, and nobody is made twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      const world = await aWorld({ sync: RHYTHM, left: { latency: () => 25 }, right: { latency: () => 40 } });
      const unfenced = watchWrites(world);
      world.left.add(person(0));
      const workers: LaneWorker[] = [await world.open()];
      let people = 1;
      for (const one of steps) {
        if (one.kind === "take") workers.push(await world.open());
        if (one.kind === "wait") await world.advance(one.ms);
        if (one.kind === "wake") workers[one.which % workers.length]?.wake();
        if (one.kind === "add") {
          const id = world[one.side].add(person(people));
          people += 1;
          await world.notice(one.side, id);
        }
        if (one.kind === "edit") await edit(world, one.side, people);
        await settled();
      }
      for (const worker of workers) worker.wake();
      await world.advance(3 * HOUR_MS);
      expect(unfenced).toEqual([]);
      expect(workers.map((worker) => worker.isHeld())).toEqual(workers.map((_worker, at) => at === workers.length - 1));
      expect([world.left.ids().length, world.right.ids().length]).toEqual([people, people]);
      expect(everybody(world, "left")).toEqual(everybody(world, "right"));
      await world.store.close();
    }),
    { numRuns: Number(process.env.KITH_HISTORIES ?? 40) },
  );
}, 120_000);

test.each(["update", "delete"] as const)(
  "Q23 of two lanes the older one sends no %s that it was about to send",
  async (verb) => {
    const world = await aRunningWorld({ sync: { ...RHYTHM, ...DELETING } }, { left: [person(0)], right: [person(0)] });
    if (verb === "update") world.left.edit("L1", { city: "Rome" });
    else await removeOnLeft(world);
    const release = world.right.holdAnswer("read");
    await world.notice("left", "L1");
    await world.advance(world.sync().deletes.holdMs);
    // Another process, which has not begun to work yet.
    await world.store.takeLane("acme", "another", world.clock.now());
    release();
    await world.advance();
    expect(world.right.callsOf("update", "delete")).toEqual([]);
    await world.open();
    await world.advance(HOUR_MS);
    expect(world.right.callsOf("update", "delete").map((call) => call.verb)).toEqual([verb]);
  },
);

/** A person deletes the first record, and the first of the two reads that prove it has been made. */
async function removeOnLeft(world: World): Promise<void> {
  world.left.remove("L1");
  await world.notice("left", "L1");
}

function person(number: number) {
  return aContact({ firstName: `Ana${number}`, email: `ana${number}@example.com`, phone: "" });
}

async function edit(world: World, side: "left" | "right", value: number): Promise<void> {
  const [id] = world[side].ids();
  if (id === undefined) return;
  world[side].edit(id, { city: `City ${value}` });
  await world.notice(side, id);
}

function everybody(world: World, side: "left" | "right"): readonly string[] {
  const said = world[side].ids().map((id) => {
    const { email, firstName, city } = world[side].fieldsOf(id) ?? {};
    return JSON.stringify([email, firstName, city ?? ""]);
  });
  return said.sort();
}
