import { PREVIEW_KINDS, type PreviewRowView, type PreviewView } from "../../model/api/previews.ts";
import { ROUTES } from "../../model/api/routes.ts";
import type { SyncView } from "../../model/api/views.ts";
import { Failure } from "../../model/errors.ts";
import { type SideNames, sideNames } from "../../model/sideNames.ts";
import { fieldWords, kindWords, MODE_WORDS } from "../../model/startWords.ts";
import { START_MODES, type StartMode } from "../../model/sync.ts";
import type { Call } from "../client.ts";
import { columns } from "../show.ts";
import type { World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `preview` and `begin` are asked. */
export interface StartOptions {
  readonly workspace: string | undefined;
  readonly sync: string | undefined;
  /** As it was typed; the configured one when absent. */
  readonly mode: string | undefined;
  readonly isJson: boolean;
}

const PAGE = 200;
/** How many records are shown before the dashboard is pointed to. */
const SHOWN_MAX = 1_000;

/** Shows what starting a sync would do: how much of what, and every difference field by field. Writes nothing. */
export async function preview(world: World, call: Call, options: StartOptions): Promise<void> {
  const mode = modeOf(options.mode);
  const { params, sync, names } = await wantedSync(call, options);
  const query = mode === undefined ? {} : { mode };
  const counts = await call(ROUTES.previewSync, { params, query });
  const rows = await rowsOf(call, params, query);
  if (options.isJson) world.print(JSON.stringify({ ...counts, ...rows }, undefined, 2));
  else for (const line of previewLines(sync, names, counts, rows)) world.print(line);
}

/** Starts a sync that waits for it; one that was started before stays as it is. */
export async function begin(world: World, call: Call, options: StartOptions): Promise<void> {
  const mode = modeOf(options.mode);
  const { params, sync } = await wantedSync(call, options);
  const start = await call(ROUTES.beginSync, { params, body: mode === undefined ? {} : { mode } });
  if (options.isJson) return world.print(JSON.stringify(start, undefined, 2));
  const how = `${start.mode} (${MODE_WORDS[start.mode].name.toLowerCase()})`;
  world.print(
    start.isNew
      ? `${sync.name} is starting: ${how}. Follow it with \`kith status\`.`
      : `${sync.name} was started before: ${how}. That does not change any more.`,
  );
}

/** The named sync, or the only one that starts by itself. @throws Failure `misconfigured` when it is not clear which. */
async function wantedSync(call: Call, { workspace, sync: named }: StartOptions) {
  const id = await workspaceId(call, workspace);
  const { syncs, connections } = await call(ROUTES.overview, { params: { workspaceId: id } });
  const contacts = syncs.filter(({ resource }) => resource === "contact");
  const [only, ...others] = named === undefined ? contacts : syncs.filter((sync) => sync.id === named);
  const ids = contacts.map((sync) => sync.id).join(", ");
  if (only === undefined) {
    throw new Failure(
      "misconfigured",
      `There is no sync${named === undefined ? " yet" : ` ${named}`}; there are: ${ids}.`,
    );
  }
  if (others.length > 0) throw new Failure("misconfigured", `There are several syncs; name one of them: ${ids}.`);
  return { params: { workspaceId: id, syncId: only.id }, sync: only, names: sideNames(only, connections) };
}

function modeOf(typed: string | undefined): StartMode | undefined {
  const mode = START_MODES.find((candidate) => candidate === typed);
  if (typed === undefined || mode !== undefined) return mode;
  throw new Failure("misconfigured", `--mode takes ${START_MODES.join(", ")}, not ${typed}.`);
}

interface Rows {
  readonly rows: readonly PreviewRowView[];
  readonly isAll: boolean;
}

async function rowsOf(
  call: Call,
  params: { readonly workspaceId: string; readonly syncId: string },
  query: { readonly mode?: StartMode },
): Promise<Rows> {
  const rows: PreviewRowView[] = [];
  let after: string | undefined;
  while (rows.length < SHOWN_MAX) {
    const from = after === undefined ? {} : { after };
    const page = await call(ROUTES.previewRows, { params, query: { ...query, ...from, limit: PAGE } });
    rows.push(...page.rows);
    after = page.next;
    if (after === undefined) return { rows, isAll: true };
  }
  return { rows, isAll: false };
}

/** What starting would do, as lines. Pure. */
export function previewLines(sync: SyncView, names: SideNames, preview: PreviewView, { rows, isAll }: Rows): string[] {
  const counted = PREVIEW_KINDS.filter((kind) => preview.counts[kind] > 0);
  return [
    ...rows.flatMap((row) => rowLines(row, names)),
    ...(isAll ? [] : ["… and more; the dashboard shows all of them."]),
    ...(rows.length === 0 ? [] : [""]),
    ...columns(counted.map((kind) => [`  ${preview.counts[kind]}`, kindWords(kind, names)])),
    ...preview.problems.map(({ message, count }) => `    ${count} × ${message}`),
    `${sync.name}: ${preview.matched} pairs recognised; ${stateWords(sync, preview)}`,
  ];
}

function rowLines({ linkId, title, kinds, fields }: PreviewRowView, names: SideNames): string[] {
  return [
    `${linkId}  ${title}: ${kinds.map((kind) => kindWords(kind, names)).join(", ")}`,
    ...fields.map((field) => `  ${field.label}: ${fieldWords(field, names)}`),
  ];
}

function stateWords({ id }: SyncView, { state, mode }: PreviewView): string {
  switch (state) {
    case "reading":
      return "both sides are still read, so this will change";
    case "ready":
      return `nothing was written. Start it with \`kith begin ${id} --mode ${mode}\``;
    case "starting":
      return `it is starting as ${mode}`;
    case "started":
      return `it was started as ${mode}`;
    default:
      return state satisfies never;
  }
}
