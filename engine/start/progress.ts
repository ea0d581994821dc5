import type { StartMode } from "../../model/sync.ts";
import type { LaneContext } from "../context.ts";
import type { Checkpoint, Sync } from "../ports.ts";

/**
 * How far a sync is from being at work.
 *
 *   reading ──both sides read and matched──> ready ──begun──> starting ──all made ready──> started
 *
 * Until it is started, what changes is only taken in. Children start with the contacts they belong to.
 * Source: docs/SPEC.md T1 to T8.
 */

/** The sync whose start this one shares: its own, or that of its contacts. */
export function startingSyncId(sync: Pick<Sync, "id" | "parent">): string {
  return sync.parent ?? sync.id;
}

/** Where the start of the sync stands; `undefined` until it is begun. */
export function startOf(context: Pick<LaneContext, "store">, sync: Sync): Promise<Checkpoint | undefined> {
  return context.store.checkpoint(sync.workspaceId, startingSyncId(sync), "left", "start");
}

/** The mode under which the sync is at work; `undefined` before. Once it is, it stays so, and is remembered. */
export async function startedAs(
  context: Pick<LaneContext, "store" | "started">,
  sync: Sync,
): Promise<StartMode | undefined> {
  const known = context.started.get(startingSyncId(sync));
  if (known !== undefined) return known;
  const start = await startOf(context, sync);
  if (start?.finishedAt === undefined) return undefined;
  const mode = start.mode ?? "full";
  context.started.set(startingSyncId(sync), mode);
  return mode;
}

/** A start that treats what was there before otherwise than what comes later. */
export interface PartialStart {
  readonly mode: Exclude<StartMode, "full">;
  readonly startedAt: number;
}

/** How and when the sync was, or is being, started other than in full; `undefined` before, and where it was in full. */
export async function partialStart(
  context: Pick<LaneContext, "store" | "started">,
  sync: Sync,
): Promise<PartialStart | undefined> {
  if (context.started.get(startingSyncId(sync)) === "full") return undefined;
  const { mode = "full", startedAt } = (await startOf(context, sync)) ?? {};
  return mode === "full" || startedAt === undefined ? undefined : { mode, startedAt };
}

/** Whether anything may be written at a partner for this sync (T1). */
export async function isStarted(context: Pick<LaneContext, "store" | "started">, sync: Sync): Promise<boolean> {
  return (await startedAs(context, sync)) !== undefined;
}
