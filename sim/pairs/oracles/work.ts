import { SIDES } from "../../../model/record.ts";
import { HOUR_MS, RHYTHM } from "../../rules.ts";
import { comparePair } from "../heal.ts";
import { pairState } from "../play.ts";
import type { PairWorld } from "../world.ts";

/** What a run may cost, generously: calls per listing that falls due, and per thing that happens. */
const PER_LISTING = 30;
const PER_STEP = 160;
const AT_FIRST = 250;
/** Writes that one thing that happens can lead to, repetitions after lost answers included. */
const WRITES_PER_STEP = 18;

/** The work is bounded by what happens and by the time that passes. SPEC: E1, E2, L5, Q6, Q11. */
export async function unboundedPair(world: PairWorld, steps: number, startedAt: number): Promise<readonly string[]> {
  const listings = SIDES.length * ((world.clock.now() - startedAt) / RHYTHM.pollMs + 1);
  const most = AT_FIRST + PER_STEP * (steps + 1) + PER_LISTING * listings;
  const writesMost = WRITES_PER_STEP * (steps + 6);
  const calls = world.network.calls.length;
  const writes = world.network.calls.filter(({ purpose }) => purpose === "write").length;
  return [
    ...(calls > most ? [`${calls} calls were made, where ${Math.ceil(most)} are plenty`] : []),
    ...(writes > writesMost ? [`${writes} writes were made, where ${writesMost} are plenty`] : []),
  ];
}

/** Once all agrees, a further full comparison writes nothing, in the hub's own book neither. Lets time pass. SPEC: E4, M11. */
export async function pairSecondPass(world: PairWorld): Promise<readonly string[]> {
  const [before, calls] = [await pairState(world), world.network.calls.length];
  await comparePair(world);
  await world.clock.advance(HOUR_MS);
  const writes = world.network.calls.slice(calls).filter(({ purpose }) => purpose === "write");
  const isChanged = (await pairState(world)) !== before;
  return [
    ...writes.map(({ side, method, path }) => `a second pass wrote: ${method} ${path} on the ${side}`),
    ...(isChanged ? ["a second pass changed what a side holds"] : []),
  ];
}
