import type { World } from "../world.ts";

/** The hub never finds itself in a state that it calls a fault of its own. SPEC: ERROR_KINDS, `bug`. */
export async function bugs(world: Pick<World, "notes">): Promise<readonly string[]> {
  return world.notes.log.filter(({ kind }) => kind === "bug").map(({ message }) => `the hub reports a bug: ${message}`);
}
