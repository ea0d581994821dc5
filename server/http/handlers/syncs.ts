import type { DueMark, Sync } from "../../../engine/ports.ts";
import { PRIORITIES } from "../../../kit/http.ts";
import { Failure } from "../../../model/errors.ts";
import { SIDES } from "../../../model/record.ts";
import { syncsOf } from "../../lanes.ts";
import { pathOf } from "../../oauth/index.ts";
import type { Handlers } from "../serveRoute.ts";
import type { HandlerParts } from "./parts.ts";

const DONE = { isDone: true } as const;

/** Connections and syncs: checking, comparing, allowing deletions. */
export function syncHandlers(
  parts: HandlerParts,
): Pick<Handlers, "checkConnection" | "connect" | "verifySync" | "sweepSync" | "allowDeletions"> {
  const { store, lanes } = parts;
  return {
    checkConnection: async ({ params: { workspaceId, connectionId } }) => {
      const outcome = await parts.registry.check(workspaceId, connectionId);
      if (outcome === "working") return { status: "working", message: "" };
      return { status: "broken", message: outcome.message };
    },
    connect: async ({ params: { workspaceId, connectionId } }) => {
      const { redirectUri, scopes } = await parts.consents.question(workspaceId, {
        kind: "connection",
        connectionId,
      });
      const url = await parts.newSignInLink(pathOf(workspaceId, connectionId));
      return { url, redirectUri, scopes: [...scopes] };
    },
    verifySync: async ({ params: { workspaceId, syncId } }) => {
      const sync = await syncOf(parts, workspaceId, syncId);
      const { partnerOf } = parts.registry;
      return parts.engine.verifySync({ sync, store, partnerOf, clock: parts.clock });
    },
    sweepSync: async ({ params: { workspaceId, syncId } }) => {
      await syncOf(parts, workspaceId, syncId);
      await store.mark(workspaceId, sweepMarks(syncId, parts.clock.now()));
      lanes.wake(workspaceId);
      return DONE;
    },
    allowDeletions: async ({ params: { workspaceId, syncId } }) => {
      await syncOf(parts, workspaceId, syncId);
      const at = parts.clock.now();
      const key = `deletions:${syncId}`;
      await store.mark(workspaceId, [{ key, syncId, priority: PRIORITIES.live, dueAt: at, reason: "person" }]);
      lanes.wake(workspaceId);
      return DONE;
    },
  };
}

function sweepMarks(syncId: string, at: number): DueMark[] {
  return SIDES.map((side) => ({
    key: `sweep:${syncId}:${side}`,
    syncId,
    priority: PRIORITIES.sweep,
    dueAt: at,
    reason: "person" as const,
  }));
}

/** The sync as the engine takes it. @throws Failure `not_found` */
export async function syncOf(parts: HandlerParts, workspaceId: string, syncId: string): Promise<Sync> {
  const found = (await syncsOf(parts.store, workspaceId)).find((sync) => sync.id === syncId);
  if (found === undefined) throw new Failure("not_found", `There is no sync ${syncId} in ${workspaceId}.`);
  return found;
}
