import { compareAll } from "../play.ts";
import { HOUR_MS } from "../rules.ts";
import type { World } from "../world.ts";

/** Long enough for a full comparison and whatever it makes due, ms. */
const PASS_MS = HOUR_MS;

/** Once all agrees, a further full comparison writes nothing. Lets time pass. SPEC: E4, M11. */
export async function secondPassWrites(world: World): Promise<readonly string[]> {
  const before = world.network.calls.length;
  await compareAll(world);
  await world.clock.advance(PASS_MS);
  return world.network.calls
    .slice(before)
    .filter(({ purpose }) => purpose === "write")
    .map(
      ({ side, method, path, status }) => `a second pass wrote: ${method} ${path} on the ${side}, answered ${status}`,
    );
}
