import { SIDES } from "../../model/record.ts";
import { RHYTHM } from "../rules.ts";
import type { Step } from "../steps.ts";
import type { World } from "../world.ts";

/** What a run may cost, generously: calls per listing that falls due, and per thing that happens. */
const PER_LISTING = 3;
/** Notes and tasks are listed contact by contact. */
const PER_CHILD_LISTING = 12;
const PER_STEP = 160;
const AT_FIRST = 200;
/** Writes that one thing that happens can lead to, repetitions after lost answers included. */
const WRITES_PER_STEP = 14;

/**
 * The work is bounded by what happens and by the time that passes: nothing is carried to and fro, and nothing is asked
 * again without end. SPEC: E1, E2, L5, Q6, Q11.
 */
export async function unbounded(world: World, steps: readonly Step[], startedAt: number): Promise<readonly string[]> {
  const listings = SIDES.length * ((world.clock.now() - startedAt) / RHYTHM.pollMs + 1);
  const perListing = PER_LISTING + PER_CHILD_LISTING * world.rules().children.length;
  const most = AT_FIRST + PER_STEP * (steps.length + 1) + perListing * listings;
  const writesMost = WRITES_PER_STEP * (steps.length + 6);
  const calls = world.network.calls.length;
  const writes = world.network.calls.filter(({ purpose }) => purpose === "write").length;
  return [
    ...(calls > most ? [`${calls} calls were made, where ${Math.ceil(most)} are plenty`] : []),
    ...(writes > writesMost ? [`${writes} writes were made, where ${writesMost} are plenty`] : []),
  ];
}
