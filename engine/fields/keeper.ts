import { PRIORITIES } from "../../model/priority.ts";
import type { Clock, Effect, EngineStore, FieldWatch, Lane, Sync } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { type Catalogues, looked, newWatch, returned } from "./watch.ts";

/** What is known of the custom fields of syncs; see `./watch.ts`. */
export interface FieldKeeper {
  /** What is known of a sync's fields, given both catalogues as they were just read. */
  readonly look: (sync: Sync, catalogues: Catalogues) => Promise<FieldWatch>;
  /** Whether this is still what is known. */
  readonly isCurrent: (watch: FieldWatch) => boolean;
}

/** The keeper of a lane, which alone writes what is known, and so need read it but once. */
export interface LaneFields extends FieldKeeper {
  /** What is known at this moment. */
  readonly known: (sync: Sync) => Promise<FieldWatch>;
  /** Stores what is known from now on, together with these effects. */
  readonly put: (watch: FieldWatch, effects?: readonly Effect[]) => Promise<void>;
}

/** Stores what is new as it is seen; whatever asks for a person, or does so no more, is followed up by a key of its own. */
export function laneFields(
  store: Pick<EngineStore, "fieldWatch" | "apply">,
  lane: Lane,
  clock: Pick<Clock, "now">,
  wake: () => void,
): LaneFields {
  const watches = new Map<string, FieldWatch>();
  const known = async ({ id, workspaceId }: Sync): Promise<FieldWatch> => {
    const watch = watches.get(id) ?? (await store.fieldWatch(workspaceId, id)) ?? newWatch(id);
    // Another may have read it meanwhile, and changed it.
    const present = watches.get(id) ?? watch;
    watches.set(id, present);
    return present;
  };
  const put: LaneFields["put"] = async (watch, effects = []) => {
    watches.set(watch.syncId, watch);
    try {
      await store.apply(lane, [{ kind: "fieldWatch", watch }, ...effects]);
    } catch (thrown) {
      watches.delete(watch.syncId);
      throw thrown;
    }
    if (effects.length > 0) wake();
  };
  return {
    known,
    put,
    isCurrent: (watch) => watches.get(watch.syncId) === watch,
    look: async (sync, catalogues) => {
      const before = await known(sync);
      const after = looked(before, sync, catalogues, clock.now());
      if (after === before) return before;
      const isNews = after.findings.length > before.findings.length || returned(before, after).length > 0;
      await put(after, isNews ? [lookMark(sync.id, clock.now())] : []);
      return after;
    },
  };
}

/** A keeper that reads what a lane stored, and stores nothing. */
export function readingFields(store: Pick<EngineStore, "fieldWatch">): FieldKeeper {
  return {
    isCurrent: () => true,
    look: async (sync, catalogues) => {
      const watch = await store.fieldWatch(sync.workspaceId, sync.id);
      // What is seen here first is not kept, so that it does not matter since when.
      return looked(watch ?? newWatch(sync.id), sync, catalogues, 0);
    },
  };
}

/** A mark for counting what findings concern, and for taking up the fields that came back. */
export function lookMark(syncId: string, at: number): Effect {
  const key = keyText({ kind: "fields", syncId });
  return { kind: "mark", mark: { key, syncId, priority: PRIORITIES.live, dueAt: at, reason: "follow" } };
}
