import type { Checkpoint } from "../../../engine/ports.ts";
import type { AllowanceView, ConnectionView, ProgressView, StartView, SyncView } from "../../../model/api/views.ts";
import type { Side } from "../../../model/record.ts";
import type { ConnectionRow, LinkCounts, SyncRow } from "../../../store/port.ts";

/** A connection with its health and allowances. */
export function presentConnection(
  row: ConnectionRow,
  partner: string,
  isSandbox: boolean,
  allowances: readonly AllowanceView[],
): ConnectionView {
  return {
    id: row.id,
    connectorId: row.connectorId,
    partner,
    name: row.name,
    isPaused: row.isPaused,
    isSandbox,
    ...row.health,
    allowances: [...allowances],
  };
}

/**
 * A sync with its counts and progress.
 * @param checkpoints all that there are of it.
 */
export function presentSync(
  row: SyncRow,
  isPaused: boolean,
  { counts, start }: { readonly counts: LinkCounts; readonly start: StartView },
  checkpoints: readonly Checkpoint[],
): SyncView {
  const { id, name, resource, left, right } = row.config;
  const { linked, half, ambiguous, unlinked, tombstone } = counts.byState;
  return {
    id,
    name,
    resource,
    left,
    right,
    isPaused: row.isPaused,
    phase: isPaused ? "paused" : phaseOf(row, start, checkpoints),
    start,
    counts: {
      linked,
      half,
      ...(counts.leftAlone > 0 ? { leftAlone: counts.leftAlone } : {}),
      ...(counts.keptAlone > 0 ? { keptAlone: counts.keptAlone } : {}),
      ambiguous,
      unlinked,
      deleted: tombstone,
      conflicts: counts.withConflicts,
      findings: counts.withFindings,
    },
    progress: checkpoints.flatMap(presentProgress),
    ...presentCatchUp(checkpoints),
    ...(row.config.parent === undefined ? {} : { turnMs: row.config.sweepMs }),
    heldDeletions: checkpoints.find(({ kind }) => kind === "deletions")?.seen ?? 0,
  };
}

function presentCatchUp(checkpoints: readonly Checkpoint[]): Pick<SyncView, "caughtUp"> {
  const of = (wanted: Side) => checkpoints.find(({ side, kind }) => side === wanted && kind === "catchUp");
  const [left, right] = [of("left"), of("right")];
  if (left?.finishedAt === undefined || right?.finishedAt === undefined) return {};
  const at = Math.max(left.finishedAt, right.finishedAt);
  return { caughtUp: { since: left.startedAt ?? at, at, left: left.seen, right: right.seen } };
}

/** `starting` until both sides have been read in full; children never wait by themselves. */
function phaseOf({ config }: SyncRow, start: StartView, checkpoints: readonly Checkpoint[]): SyncView["phase"] {
  const read = checkpoints.filter(({ kind, finishedAt }) => kind === "backfill" && finishedAt !== undefined);
  if (read.length < 2) return "starting";
  return start.state === "ready" && config.parent === undefined ? "ready" : "running";
}

/** How far a listing is; what is held of deletions is none, nor is a start or what was caught up with. */
function presentProgress(checkpoint: Checkpoint): ProgressView[] {
  const { side, kind, seen, total, startedAt, finishedAt } = checkpoint;
  if (kind === "deletions" || kind === "start" || kind === "catchUp") return [];
  return [
    {
      side,
      kind,
      seen,
      ...(total === undefined ? {} : { total }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(finishedAt === undefined ? {} : { finishedAt }),
    },
  ];
}
