import { afterEach, expect, test } from "vitest";
import type { Deed } from "../ledger.ts";
import type { Call } from "../network.ts";
import { recordsOf } from "../people.ts";
import type { Habits } from "../plan.ts";
import { play, settleIn } from "../play.ts";
import { HOUR_MS } from "../rules.ts";
import { openWorld, type World } from "../world.ts";
import { lostEdits } from "./kept.ts";
import { isOverwritten } from "./overwritten.ts";
import { shown } from "./sameness.ts";

const HABITS: Habits = {
  ...{ signIn: "token", pace: "quick", isSwept: true, nameless: [], highlevel: { searchLagMs: 0 }, salesmate: {} },
  rules: {
    ...{ conflict: "preferLeft", clear: "carry", onLeftGone: "delete", onRightGone: "delete", breakerLimit: 50 },
    children: [],
  },
};

let world: World;
afterEach(() => world.close());

/** Somebody is given a tag on the left and, so much later, another on the right; then all comes to rest. */
async function aWorldOfTags(laterMs: number): Promise<void> {
  world = await openWorld({ seed: 1, habits: HABITS, keepsTrace: false });
  const cities = { left: "Rome", right: "Rome" };
  const residents = [{ person: 0, sides: ["left", "right"] as const, cities }];
  settleIn(world, { seed: 1, habits: HABITS, residents, steps: [] });
  world.startHub();
  await play(world, { kind: "wait", ms: 2 * HOUR_MS });
  await play(world, { kind: "tag", person: 0, side: "left", tag: "lead", isGiven: true });
  await play(world, { kind: "wait", ms: laterMs });
  await play(world, { kind: "tag", person: 0, side: "right", tag: "north", isGiven: true });
  await play(world, { kind: "wait", ms: 2 * HOUR_MS });
}

/** The tag that was given on the right. */
function given(): Deed {
  const deed = world.ledger.deeds.at(-1);
  if (deed === undefined) throw new Error("somebody gave a tag");
  return deed;
}

function isNorth(side: "left" | "right"): string | undefined {
  return recordsOf(world.partners, side, 0).map((record) => shown(record, "tag north"))[0];
}

/** The world in which these calls were made. */
function after(calls: readonly Call[]): World {
  return { ...world, network: { ...world.network, calls } };
}

test("Z15 a tag that is given at Salesmate between the hub's look and its writing of another is overwritten, and excused", async () => {
  await aWorldOfTags(4);
  expect([isNorth("left"), isNorth("right")]).toEqual(["off", "off"]);
  expect(isOverwritten(world, given())).toBe(true);
  expect(await lostEdits(world)).toEqual([]);
});

test("Z15 one that the hub could have seen is not excused, nor one on which the hub wrote nothing", async () => {
  await aWorldOfTags(4);
  const isWrite = (call: Call): boolean => call.method === "PUT" && call.side === "right";
  const write = world.network.calls.find(isWrite);
  if (write === undefined) throw new Error("the hub wrote a tag");
  const { at, sentAt } = write;
  const read = { ...write, method: "GET", purpose: "record", body: "", at: given().at + 1, sentAt } as const;
  const later = { ...write, at: at + 10, sentAt: sentAt + 10 };
  const seen = world.network.calls.flatMap((call) => (call === write ? [read, later] : [call]));
  expect(isOverwritten(after(seen), given())).toBe(false);
  expect(await lostEdits(after(seen))).toHaveLength(2);
  expect(isOverwritten(after(world.network.calls.filter((call) => !isWrite(call))), given())).toBe(false);
});

test("Z15 a tag that is given when all is at rest is carried, and nothing is to be excused", async () => {
  await aWorldOfTags(HOUR_MS);
  expect([isNorth("left"), isNorth("right")]).toEqual(["on", "on"]);
  expect(isOverwritten(world, given())).toBe(false);
  expect(isOverwritten(world, { ...given(), value: "off" })).toBe(false);
});
