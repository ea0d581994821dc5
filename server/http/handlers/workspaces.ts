import type { Checkpoint } from "../../../engine/ports.ts";
import type { ConnectionView, SyncView } from "../../../model/api/views.ts";
import { Failure } from "../../../model/errors.ts";
import { SIDES } from "../../../model/record.ts";
import type { ConnectionRow, SyncRow } from "../../../store/port.ts";
import { presentConnection, presentSync } from "../present/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

const ACTIVITY_MS = 60 * 60_000;
const LISTINGS = ["backfill", "poll", "sweep"] as const;

/** Workspaces: listing, applying a document, the overview. */
export function workspaceHandlers(
  parts: HandlerParts,
): Pick<Handlers, "workspaces" | "applyWorkspace" | "overview" | "signInLink"> {
  const { store, clock } = parts;
  return {
    signInLink: async () => ({ url: await parts.newSignInLink() }),
    workspaces: async () => (await store.workspaces()).map(({ id, name }) => ({ id, name })),
    applyWorkspace: async ({ params, body }) => {
      if (params.workspaceId !== body.workspace.id) {
        throw new Failure(
          "misconfigured",
          `The document is for workspace ${body.workspace.id}, not ${params.workspaceId}.`,
        );
      }
      return { changes: [...(await parts.apply(body))] };
    },
    overview: async ({ params: { workspaceId } }) => {
      const { id, name } = await workspaceOf(store, workspaceId);
      const at = clock.now();
      const [connections, syncs, activity, due] = await Promise.all([
        store.connections(workspaceId),
        store.syncs(workspaceId),
        store.activity(workspaceId, at - ACTIVITY_MS),
        store.dueCounts(workspaceId, at),
      ]);
      const paused = new Set(connections.filter((row) => row.isPaused).map((row) => row.id));
      return {
        workspace: { id, name },
        isSandbox: parts.sandbox !== undefined,
        connections: connections.map((row) => connectionView(parts, row)),
        syncs: await Promise.all(syncs.map((row) => syncView(parts, row, paused))),
        activity: [...activity],
        due,
        at,
      };
    },
  };
}

function connectionView(parts: HandlerParts, row: ConnectionRow): ConnectionView {
  const partner = parts.connectors.get(row.connectorId)?.name ?? row.connectorId;
  const allowances = parts.registry.find(row.workspaceId, row.id)?.allowances() ?? [];
  return presentConnection(row, partner, parts.sandbox !== undefined, allowances);
}

async function syncView(parts: HandlerParts, row: SyncRow, paused: ReadonlySet<string>): Promise<SyncView> {
  const { id, left, right } = row.config;
  const wanted = SIDES.flatMap((side) => LISTINGS.map((kind) => [side, kind] as const));
  const [counts, ...checkpoints] = await Promise.all([
    parts.store.linkCounts(row.workspaceId, id),
    ...wanted.map(([side, kind]) => parts.store.checkpoint(row.workspaceId, id, side, kind)),
  ]);
  const isPaused = row.isPaused || paused.has(left) || paused.has(right);
  const present = checkpoints.filter((checkpoint): checkpoint is Checkpoint => checkpoint !== undefined);
  return presentSync(row, isPaused, counts, present);
}
