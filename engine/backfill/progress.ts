import type { LaneContext } from "../context.ts";
import type { Sync } from "../ports.ts";

/**
 * Whether both sides of the sync were read in full and matched, so that records without counterpart may be created.
 * Once true it stays so, and is remembered.
 */
export async function isBackfilled(context: Pick<LaneContext, "store" | "matched">, sync: Sync): Promise<boolean> {
  if (context.matched.has(sync.id)) return true;
  const match = await context.store.checkpoint(sync.workspaceId, sync.id, "left", "match");
  if (match?.finishedAt === undefined) return false;
  context.matched.add(sync.id);
  return true;
}
