import { composeHub, type Hub } from "../../server/compose.ts";
import { readEnv } from "../../server/env.ts";
import type { World } from "../world.ts";

/** Runs a hub until it is stopped. */
export async function serve(world: World): Promise<void> {
  const hub = await composeHub(readEnv(world.environment));
  await announce(world, hub);
  world.started();
  await world.stopped;
  await hub.stop();
}

/** Prints where the hub is, and a link that signs in once. */
export async function announce(world: World, hub: Hub): Promise<void> {
  world.print(`Kith runs at ${hub.url}`);
  world.print(`Sign in once within 15 minutes: ${await hub.newSignInLink()}`);
}
