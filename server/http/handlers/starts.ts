import { keyText } from "../../../engine/index.ts";
import type { Sync } from "../../../engine/ports.ts";
import { PRIORITIES } from "../../../kit/http.ts";
import type { StartView } from "../../../model/api/views.ts";
import { Failure } from "../../../model/errors.ts";
import type { StartMode } from "../../../model/sync.ts";
import type { Handlers } from "../serveRoute.ts";
import type { HandlerParts } from "./parts.ts";
import { syncOf } from "./syncs.ts";

/** Starting a sync: what it would do, and doing it. */
export function startHandlers(parts: HandlerParts): Pick<Handlers, "previewSync" | "previewRows" | "beginSync"> {
  const { store, engine } = parts;
  return {
    previewSync: async ({ params: { workspaceId, syncId }, query }) => {
      const sync = await syncOf(parts, workspaceId, syncId);
      const { shown, options } = await lookOf(parts, sync, query.mode);
      return { syncId, ...shown, ...(await engine.countPreview(options)) };
    },
    previewRows: async ({ params: { workspaceId, syncId }, query: { mode, kind, after, limit } }) => {
      const sync = await syncOf(parts, workspaceId, syncId);
      const { options } = await lookOf(parts, sync, mode);
      const from = { ...(kind === undefined ? {} : { kind }), ...(after === undefined ? {} : { after }) };
      return engine.pagePreview(options, { ...from, limit });
    },
    beginSync: async ({ params: { workspaceId, syncId }, body }) => {
      const sync = await syncOf(parts, workspaceId, syncId);
      if (sync.parent !== undefined) throw startsWithContacts(sync, sync.parent);
      const start = await startView(store, sync);
      if (start.state === "reading") throw stillRead(sync);
      if (start.state !== "ready") return { ...start, isNew: false };
      const mode = body.mode ?? sync.start.mode;
      const at = parts.clock.now();
      const key = keyText({ kind: "start", syncId, mode });
      await store.mark(workspaceId, [{ key, syncId, priority: PRIORITIES.live, dueAt: at, reason: "person" }]);
      parts.lanes.wake(workspaceId);
      return { state: "starting", mode, startedAt: at, isNew: true };
    },
  };
}

/** What is looked at: a sync that was started goes by what was agreed since, whatever mode is asked for. */
async function lookOf({ store, registry }: HandlerParts, sync: Sync, wanted: StartMode | undefined) {
  const start = await startView(store, sync);
  const isOpen = start.state === "reading" || start.state === "ready";
  const shown: StartView = isOpen ? { ...start, mode: wanted ?? start.mode } : start;
  const mode: StartMode = isOpen ? shown.mode : "full";
  return { shown, options: { sync, store, partnerOf: registry.partnerOf, mode } };
}

/** How far the start of a sync is; that of notes, tasks and appointments is their contacts'. */
export async function startView(
  store: Pick<HandlerParts["store"], "checkpoint">,
  sync: Pick<Sync, "workspaceId" | "id" | "parent" | "start">,
): Promise<StartView> {
  const { workspaceId } = sync;
  const id = sync.parent ?? sync.id;
  const [start, match] = await Promise.all([
    store.checkpoint(workspaceId, id, "left", "start"),
    store.checkpoint(workspaceId, id, "left", "match"),
  ]);
  const { mode } = sync.start;
  if (start === undefined) return { state: match?.finishedAt === undefined ? "reading" : "ready", mode };
  const state = start.finishedAt === undefined ? "starting" : "started";
  const since = start.startedAt === undefined ? {} : { startedAt: start.startedAt };
  return { state, mode: start.mode ?? "full", ...since };
}

/** What a document says of a start that does nothing, or waits for somebody; in plain words. */
export function startWords({ id, parent, start: { mode, isReviewed } }: Sync, start: StartView): readonly string[] {
  if (parent !== undefined) return [];
  const isBegun = start.state === "started" || start.state === "starting";
  if (!isBegun) return isReviewed ? [] : [waits(id)];
  return start.mode === mode
    ? []
    : [`sync ${id}: start.mode does nothing any more, since it was started as ${start.mode}.`];
}

function waits(id: string): string {
  return `sync ${id}: nothing is written before you start it. Once both sides were read, look at what would happen (kith preview ${id}), then start it (kith begin ${id}).`;
}

function stillRead({ name }: Sync): Failure {
  return new Failure(
    "conflict",
    `${name} cannot be started yet: both sides are still read. Look at what would happen when they have been, then start it.`,
  );
}

function startsWithContacts({ name }: Sync, parent: string): Failure {
  return new Failure("rejected", `${name} starts together with the contacts it belongs to: start ${parent}.`);
}
