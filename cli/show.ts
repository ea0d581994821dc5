import type { OverviewView, ReplayView, SyncView, VerifyView } from "../model/api/views.ts";
import { forecastWords } from "../model/forecast.ts";

/** Rows as columns of even width, two spaces apart. Pure. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const most = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: most }, (_none, place) =>
    Math.max(...rows.map((row) => row[place]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** The state of a workspace, as lines. Pure. */
export function statusLines(overview: OverviewView): string[] {
  const { workspace, connections, syncs, due, forecast } = overview;
  return [
    `${workspace.name} (${workspace.id})`,
    "",
    ...columns(connections.map((one) => [`  ${one.name}`, one.isPaused ? "paused" : one.status, one.message])),
    "",
    ...columns(
      syncs.map(({ name, left, right, phase, counts }) => [
        `  ${name}`,
        `${left} ↔ ${right}`,
        phase,
        `${counts.linked} linked`,
        `${counts.ambiguous + counts.conflicts + counts.findings} wait for your decision`,
      ]),
    ),
    ...syncs.flatMap(missingLines),
    ...syncs.flatMap(heldLines),
    ...(forecast === undefined ? [] : ["", `  On the way: ${forecastWords(forecast).toLowerCase()}`]),
    "",
    `  ${due.retrying} to be tried again, ${due.dead} set aside`,
  ];
}

function heldLines({ name, heldDeletions }: SyncView): string[] {
  if (heldDeletions === 0) return [];
  return [`    ${name}: ${heldDeletions} deletions are held, since many came at once; look at them in the dashboard`];
}

function missingLines(sync: SyncView): string[] {
  return (sync.missing ?? []).map(
    ({ side, field }) => `    ${sync[side]} has no field ${field}; correct or remove its row in the mapping`,
  );
}

/** What a full comparison found, as lines. Pure. */
export function verifyLines(name: string, report: VerifyView): string[] {
  const rows = report.list.map((one) => [
    `  ${one.title}`,
    one.field ?? KINDS[one.kind],
    one.left === undefined ? "" : JSON.stringify(one.left),
    one.right === undefined ? "" : JSON.stringify(one.right),
    one.explained ?? "",
  ]);
  const read = `read ${report.readLeft} and ${report.readRight}`;
  return [...columns(rows), `${name}: ${read}; ${inStep(report)}`];
}

/** The sentence that a comparison ends with. Pure. */
export function inStep(report: Pick<VerifyView, "linked" | "differences" | "explained">): string {
  const verdict = report.differences === 0 ? "in step" : "not in step";
  const waiting = report.explained === 0 ? "" : `; ${report.explained} wait for your decision`;
  return `${verdict}: ${report.linked} linked, ${report.differences} differences${waiting}`;
}

const KINDS = {
  field: "differs",
  missingLeft: "missing on the left",
  missingRight: "missing on the right",
  unknownRecord: "not known to the hub",
} as const;

/** What making the journal's decisions anew came to, as lines. Pure. */
export function replayLines({ same, incomplete, differences }: ReplayView): string[] {
  const changed = differences.flatMap(({ at, title, linkId, was, is }) => [
    `${new Date(at).toISOString()}  ${title ?? linkId ?? ""}`.trimEnd(),
    `  then: ${was}`,
    `  now:  ${is}`,
  ]);
  const left = incomplete === 0 ? "" : `; of ${incomplete} not all is kept that they were made from`;
  return [...changed, `decided anew: ${same} the same, ${differences.length} different${left}`];
}
