import type { World } from "../world.ts";

/** A webhook that a stranger signed is refused, whatever it says. SPEC: W5, HL50. */
export async function believed(world: World): Promise<readonly string[]> {
  return world.partners.highlevel.control.webhooks
    .list()
    .filter(({ isForged, state }) => isForged && state === "delivered")
    .map(({ type, contactId }) => `a forged ${type} about ${contactId} was taken`);
}
