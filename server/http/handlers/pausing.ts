import { Failure } from "../../../model/errors.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";
import { syncOf } from "./syncs.ts";

const DONE = { isDone: true } as const;

/** Pausing and resuming: a sync, all that needs a connection, or everything. */
export function pauseHandlers(parts: HandlerParts): Pick<Handlers, "pauseWorkspace" | "pauseConnection" | "pauseSync"> {
  const { store, lanes } = parts;
  return {
    pauseWorkspace: async ({ params: { workspaceId }, body: { isPaused } }) => {
      await workspaceOf(store, workspaceId);
      await store.setWorkspacePaused(workspaceId, isPaused);
      await lanes.refresh(workspaceId);
      for (const { id } of await store.connections(workspaceId)) tell(parts, workspaceId, id);
      return DONE;
    },
    pauseConnection: async ({ params: { workspaceId, connectionId }, body: { isPaused } }) => {
      if ((await store.connection(workspaceId, connectionId)) === undefined) {
        throw new Failure("not_found", `There is no connection ${connectionId} in ${workspaceId}.`);
      }
      await store.setConnectionPaused(workspaceId, connectionId, isPaused);
      await lanes.refresh(workspaceId);
      tell(parts, workspaceId, connectionId);
      return DONE;
    },
    pauseSync: async ({ params: { workspaceId, syncId }, body: { isPaused } }) => {
      const { left } = await syncOf(parts, workspaceId, syncId);
      await store.setSyncPaused(workspaceId, syncId, isPaused);
      await lanes.refresh(workspaceId);
      tell(parts, workspaceId, left);
      return DONE;
    },
  };
}

/** Open pages look again. */
function tell({ news }: HandlerParts, workspaceId: string, connectionId: string): void {
  news({ kind: "connection", workspaceId, connectionId });
}
