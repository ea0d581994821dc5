import type {
  DifferenceView,
  LinkRow,
  LinkView,
  OverviewView,
  ReplayView,
  SyncView,
  VerifyView,
} from "../model/api/views.ts";
import { catchUpWords } from "../model/catchUp.ts";
import { turnWords } from "../model/children.ts";
import { durationText, forecastWords } from "../model/forecast.ts";
import type { SideNames } from "../model/sideNames.ts";

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
    `${workspace.name} (${workspace.id})${workspace.isPaused ? ": everything is paused" : ""}`,
    "",
    ...columns(connections.map((one) => [`  ${one.name}`, one.isPaused ? "paused" : one.status, one.message])),
    "",
    ...columns(
      syncs.map(({ name, left, right, phase, counts }) => [
        `  ${name}`,
        `${left} ↔ ${right}`,
        PHASES[phase],
        linkedWords(counts),
        `${counts.ambiguous + counts.conflicts + counts.findings} wait for you`,
      ]),
    ),
    ...syncs.flatMap(missingLines),
    ...syncs.flatMap(heldLines),
    ...syncs.flatMap(caughtUpLines),
    ...syncs.flatMap(foundWithinLines),
    ...syncs.flatMap(({ name, turnMs }) => (turnMs === undefined ? [] : [`    ${name}: ${turnWords(turnMs)}`])),
    ...(forecast === undefined ? [] : ["", `  On the way: ${forecastWords(forecast).toLowerCase()}`]),
    "",
    `  ${due.retrying} to be tried again, ${due.dead} failed`,
  ];
}

function linkedWords({ linked, leftAlone, keptAlone }: SyncView["counts"]): string {
  const left = leftAlone === undefined ? [] : [`${leftAlone} left alone`];
  const kept = keptAlone === undefined ? [] : [`${keptAlone} kept on one side`];
  return [`${linked} linked`, ...left, ...kept].join(", ");
}

const PHASES = {
  starting: "first reading",
  ready: "waits for you to start it",
  running: "running",
  paused: "paused",
} as const satisfies Record<SyncView["phase"], string>;

function heldLines({ name, heldDeletions }: SyncView): string[] {
  if (heldDeletions === 0) return [];
  return [`    ${name}: ${heldDeletions} deletions are held, since many came at once; look at them in the dashboard`];
}

function foundWithinLines({ name, left, right, foundWithin }: SyncView): string[] {
  if (foundWithin === undefined) return [];
  const words = `within ${durationText(foundWithin.left)} in ${left}, ${durationText(foundWithin.right)} in ${right}`;
  return [`    ${name}: what no webhook tells is found ${words}`];
}

function caughtUpLines({ name, left, right, caughtUp }: SyncView): string[] {
  if (caughtUp === undefined) return [];
  const found = [
    { name: left, count: caughtUp.left },
    { name: right, count: caughtUp.right },
  ];
  return [`    ${name}: ${catchUpWords(caughtUp.at - caughtUp.since, found)}`];
}

function missingLines(sync: SyncView): string[] {
  return (sync.missing ?? []).map(
    ({ side, field }) => `    ${sync[side]} has no field ${field}; correct or remove its row in the mapping`,
  );
}

/** What a full comparison found, as lines. Pure. */
export function verifyLines(name: string, names: SideNames, report: VerifyView): string[] {
  const rows = report.list.map((one) => [
    `  ${one.linkId ?? "-"}`,
    one.title,
    one.field ?? kindWords(one.kind, names),
    one.left === undefined ? "" : `${names.left}: ${JSON.stringify(one.left)}`,
    one.right === undefined ? "" : `${names.right}: ${JSON.stringify(one.right)}`,
    one.explained ?? "",
  ]);
  const read = `read ${report.readLeft} in ${names.left} and ${report.readRight} in ${names.right}`;
  return [...columns(rows), `${name}: ${read}; ${inStep(report)}`];
}

/** The sentence that a comparison ends with. Pure. */
export function inStep(report: Pick<VerifyView, "linked" | "differences" | "explained">): string {
  const verdict = report.differences === 0 ? "in step" : "not in step";
  const waiting = report.explained === 0 ? "" : `; ${report.explained} wait for you`;
  return `${verdict}: ${report.linked} linked, ${report.differences} differences${waiting}`;
}

/** What making the journal's decisions anew came to, as lines. Pure. */
export function replayLines({ same, incomplete, differences }: ReplayView): string[] {
  const changed = differences.flatMap(({ at, title, linkId, was, is }) => [
    `${new Date(at).toISOString()}  ${title ?? linkId ?? ""}`.trimEnd(),
    `  then: ${was}`,
    `  now:  ${is}`,
  ]);
  const left = incomplete === 0 ? "" : `; of ${incomplete} not all is kept that they were made from`;
  const entries = same + differences.length;
  const what = `Decisions about fields made anew, from ${entries} ${entries === 1 ? "entry" : "entries"} of the journal`;
  return [...changed, `${what}: ${same} the same, ${differences.length} different${left}`];
}

function kindWords(kind: DifferenceView["kind"], names: SideNames): string {
  switch (kind) {
    case "field":
      return "differs";
    case "missingLeft":
      return `missing in ${names.left}`;
    case "missingRight":
      return `missing in ${names.right}`;
    case "unknownRecord":
      return "not known to the hub";
    default:
      return kind satisfies never;
  }
}

const STATE_WORDS: Readonly<Record<LinkRow["state"], string>> = {
  linked: "linked",
  half: "on one side only",
  ambiguous: "could be several",
  unlinked: "no longer linked",
  tombstone: "deleted",
};

/**
 * Records as lines, those of `asked` followed by what is asked of a person. Pure.
 * @param total how many there are, of which `rows` are the first
 */
export function listLines(rows: readonly LinkRow[], asked: readonly LinkView[], total: number): string[] {
  if (rows.length === 0) return ["Nothing to list."];
  const heads = columns(rows.map((row) => [row.id, row.title, stateOf(row), addressOf(row)]));
  const questions = new Map(asked.map((link) => [link.id, questionLines(link)]));
  const lines = heads.flatMap((head, place) => [head, ...(questions.get(rows[place]?.id ?? "") ?? [])]);
  return rows.length === total ? lines : [...lines, `${rows.length} of ${total}`];
}

function stateOf({ state, conflicts, findings, isKeptAlone }: LinkRow): string {
  if (isKeptAlone === true) return "kept on one side, as you chose";
  if (conflicts > 0) return "conflict";
  return findings > 0 ? "a value was not kept" : STATE_WORDS[state];
}

function addressOf({ left, right }: LinkRow): string {
  return [left?.email, right?.email, left?.phone, right?.phone].find((text) => text !== undefined && text !== "") ?? "";
}

/** What a record asks of a person: whose value counts, or who it is. */
function questionLines({ fields, candidates, leftName, rightName }: LinkView): string[] {
  const conflicts = fields.filter(({ state }) => state === "conflict");
  const findings = fields.filter(({ state }) => state === "finding");
  return [
    ...columns(
      conflicts.map(({ field, left, right }) => [
        `    ${field}`,
        `${leftName}: ${JSON.stringify(left ?? "")}`,
        `${rightName}: ${JSON.stringify(right ?? "")}`,
      ]),
    ),
    ...findings.map(({ field, note }) => `    ${field}: ${note ?? "was not kept"}`),
    ...columns(
      candidates.map(({ linkId, title, evidence }) => [`    the same as ${linkId}?`, title, evidence.join(", ")]),
    ),
  ];
}
