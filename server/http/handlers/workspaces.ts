import { presentFindings, turnBoundMs } from "../../../engine/index.ts";
import type { Checkpoint, Sync } from "../../../engine/ports.ts";
import type { SyncView } from "../../../model/api/views.ts";
import { Failure } from "../../../model/errors.ts";
import { SIDES, type Side } from "../../../model/record.ts";
import type { SyncRow } from "../../../store/port.ts";
import { syncsOf } from "../../lanes.ts";
import { createMissingFields, type MissingFields, missingWords } from "../../missingFields.ts";
import { readOnlyWords } from "../../readOnly.ts";
import { forecastOf, presentSync } from "../present/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { connectionView } from "./connections.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";
import { startView, startWords } from "./starts.ts";

const ACTIVITY_MS = 60 * 60_000;
const LISTINGS = ["backfill", "poll", "sweep", "catchUp"] as const;

/** The only workspace that a hub between emulators takes. */
const SANDBOX_WORKSPACE = "sandbox";

/** Workspaces: listing, applying a document, the overview. */
export function workspaceHandlers(
  parts: HandlerParts,
): Pick<Handlers, "workspaces" | "applyWorkspace" | "overview" | "signInLink"> {
  const { store, clock } = parts;
  const missingFields = createMissingFields(parts);
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
      if (parts.sandbox !== undefined && body.workspace.id !== SANDBOX_WORKSPACE) {
        throw new Failure(
          "misconfigured",
          "This is a sandbox, which is forgotten when it ends. For real accounts run `npm run kith -- serve`, then apply again.",
        );
      }
      const changes = await parts.apply(body);
      const named = new Set(body.syncs.map((sync) => sync.id));
      const syncs = (await syncsOf(store, body.workspace.id)).filter((sync) => named.has(sync.id));
      const rows = new Map((await store.connections(body.workspace.id)).map((row) => [row.id, row]));
      const warnings = await Promise.all(
        syncs.map(async (sync) => [
          ...readOnlyWords(sync, rows, parts.connectors),
          ...missingWords(sync, (await missingFields(sync)) ?? []),
          ...startWords(sync, await startView(store, sync)),
        ]),
      );
      const reasons = await Promise.all(
        body.connections.map(async ({ id }) => {
          const reason = await parts.consents.reasonToConnect(body.workspace.id, id);
          return reason === undefined ? [] : [`connection ${id}: ${reason.what}; ${reason.how}`];
        }),
      );
      const told = [...reasons.flat(), ...warnings.flat()];
      return { changes: [...changes], ...(told.length > 0 && { warnings: told }) };
    },
    overview: async ({ params: { workspaceId } }) => {
      const { id, name, isPaused } = await workspaceOf(store, workspaceId);
      const at = clock.now();
      const configured = await syncsOf(store, workspaceId);
      const [connections, syncs, activity, due, missing] = await Promise.all([
        store.connections(workspaceId),
        store.syncs(workspaceId),
        store.activity(workspaceId, at - ACTIVITY_MS),
        store.dueCounts(workspaceId, at),
        missingById(configured, missingFields),
      ]);
      const paused = new Set(configured.filter((sync) => sync.isPaused).map((sync) => sync.id));
      const views = {
        connections: connections.map((row) => connectionView(parts, row)),
        syncs: await Promise.all(
          syncs.map(async (row) => ({ ...(await syncView(parts, row, paused)), ...missing.get(row.config.id) })),
        ),
      };
      const forecast = forecastOf({ ...views, waiting: due.waiting });
      return {
        workspace: { id, name, isPaused },
        isSandbox: parts.sandbox !== undefined,
        ...views,
        activity: [...activity],
        due,
        ...(forecast && { forecast }),
        at,
      };
    },
  };
}

/** What is missing of each sync, as far as it is known. */
async function missingById(
  syncs: readonly Sync[],
  missingFields: MissingFields,
): Promise<ReadonlyMap<string, Pick<SyncView, "missing">>> {
  const entries = syncs.map(async (sync) => {
    const missing = await missingFields(sync);
    return [sync.id, missing === undefined ? {} : { missing: [...missing] }] as const;
  });
  return new Map(await Promise.all(entries));
}

async function syncView(parts: HandlerParts, row: SyncRow, paused: ReadonlySet<string>): Promise<SyncView> {
  const { id } = row.config;
  const wanted = SIDES.flatMap((side) => LISTINGS.map((kind) => [side, kind] as const));
  const [counts, start, watch, ...checkpoints] = await Promise.all([
    parts.store.linkCounts(row.workspaceId, id),
    startView(parts.store, { ...row.config, workspaceId: row.workspaceId }),
    parts.store.fieldWatch(row.workspaceId, id),
    parts.store.checkpoint(row.workspaceId, id, "left", "deletions"),
    ...wanted.map(([side, kind]) => parts.store.checkpoint(row.workspaceId, id, side, kind)),
  ]);
  const present = checkpoints.filter((checkpoint): checkpoint is Checkpoint => checkpoint !== undefined);
  const findings = watch === undefined ? [] : presentFindings(watch);
  return {
    ...presentSync(row, paused.has(id), { counts, start }, present),
    ...(findings.length > 0 && { fieldFindings: findings }),
    ...turnBound(parts, row, present),
    ...foundWithin(parts, row),
  };
}

/** H21: the longest of the sides whose children are listed contact by contact. */
function turnBound(
  { registry }: HandlerParts,
  { workspaceId, config }: SyncRow,
  checkpoints: readonly Checkpoint[],
): Pick<SyncView, "turnMs"> {
  if (config.parent === undefined) return {};
  const bounds = SIDES.flatMap((side) => {
    const listing = registry.find(workspaceId, config[side])?.partner(config.resource).listing;
    const last = checkpoints.find((one) => one.side === side && one.kind === "sweep");
    return listing?.isByParent === true ? [turnBoundMs(config, side, listing, last)] : [];
  });
  return bounds.length === 0 ? {} : { turnMs: Math.max(...bounds) };
}

/** F4. Children that are listed contact by contact are found by their turn over all contacts instead. */
function foundWithin({ registry }: HandlerParts, { workspaceId, config }: SyncRow): Pick<SyncView, "foundWithin"> {
  if (config.parent !== undefined) return {};
  const lagOf = (side: Side) =>
    registry.find(workspaceId, config[side])?.partner(config.resource).listing.lagMs ?? Number.NaN;
  const of = (side: Side) => config.pollMs[side] + (config.settleMs?.[side] ?? 0) + lagOf(side);
  const [left, right] = [of("left"), of("right")];
  return Number.isNaN(left + right) ? {} : { foundWithin: { left, right } };
}
