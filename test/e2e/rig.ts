import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OverviewView as Overview, type OverviewView, VerifyView } from "../../model/api/views.ts";
import {
  aFolder,
  type Emulators,
  type Ending,
  type Environment,
  type HubProcess,
  kith,
  operatorToken,
  startEmulators,
  startHub,
} from "./processes.ts";
import { type Product, productAt } from "./product.ts";
import { until } from "./until.ts";

/** A hub, both emulators and a workspace between them, each in a process of its own. */
export interface Rig {
  readonly emulators: Emulators;
  readonly highlevel: Product;
  readonly salesmate: Product;
  readonly hub: () => HubProcess;
  /** Kills the hub in the middle of whatever it does, and starts it again on the same store and port. */
  readonly killAndRestart: () => Promise<void>;
}

/** Rhythms of the sync that the rig is configured with, milliseconds. */
export interface Rhythm {
  readonly pollMs: { readonly left: number; readonly right: number };
}

/** Webhooks tell of HighLevel; polls tell of Salesmate, which has none. Sweeps run when a test asks for one. */
const LIVE: Rhythm = { pollMs: { left: 3_600_000, right: 500 } };
/** Nothing but webhooks, the first reading and sweeps that a test asks for. */
export const NO_POLLS: Rhythm = { pollMs: { left: 3_600_000, right: 3_600_000 } };

/**
 * Starts everything, and applies the workspace by the command line.
 * @param contacts so many invented ones for HighLevel and for Salesmate, such as `40,36`
 */
export async function startRig(ending: Ending, contacts: string): Promise<Rig> {
  const rig = await startUnconfigured(ending, contacts);
  await applyWorkspace(ending, rig, workspaceText(rig.emulators));
  return rig;
}

/** The same without any workspace, so that what the hub will meet can be made ready first. */
export async function startUnconfigured(ending: Ending, contacts: string, more: Environment = {}): Promise<Rig> {
  const dataDir = join(aFolder(ending), "data");
  let hub = await startHub(ending, dataDir, { more });
  const port = Number(new URL(hub.url).port);
  const emulators = await startEmulators(ending, { contacts, webhooks: `${hub.url}/hooks/highlevel/highlevel` });
  return {
    emulators,
    highlevel: productAt(emulators.highlevel.url),
    salesmate: productAt(emulators.salesmate.url),
    hub: () => hub,
    killAndRestart: async () => {
      await hub.end("SIGKILL");
      hub = await startHub(ending, dataDir, { port, more });
    },
  };
}

/** Applies a workspace file with the command line, as a person would; secrets come from the environment. */
export async function applyWorkspace(
  ending: Ending,
  { hub, emulators }: Pick<Rig, "hub" | "emulators">,
  text: string,
): Promise<void> {
  const file = join(aFolder(ending), "workspace.yaml");
  writeFileSync(file, text);
  const { highlevel, salesmate } = emulators;
  const secrets = { HIGHLEVEL_TOKEN: highlevel.token, SALESMATE_SESSION_KEY: salesmate.sessionKey };
  const { code, err } = await kith(ending, ["apply", file], { ...hub().env, ...secrets });
  if (code !== 0) throw new Error(err);
}

/** A workspace file between the two emulators. Limits are far away, and searches are believed to lag for three seconds. */
export function workspaceText({ highlevel, salesmate }: Emulators, { pollMs }: Rhythm = LIVE): string {
  return `
workspace: { id: e2e, name: End to end }
connections:
  - id: highlevel
    connector: highlevel
    name: Harbour Dental
    settings:
      locationId: ${highlevel.locationId}
      writing: true
      webhookKeys: ${JSON.stringify(highlevel.publicKeys)}
      requestsPer10s: 1000000
      searchLagMs: 3000
    baseUrls: { api: "${highlevel.url}" }
    credential: { kind: token, token: "\${env:HIGHLEVEL_TOKEN}" }
  - id: salesmate
    connector: salesmate
    name: Harbour sales
    settings: { linkname: ${salesmate.linkname}, ownerId: ${salesmate.ownerId}, requestsPerHour: 100000000 }
    baseUrls: { api: "${salesmate.url}/apis" }
    credential: { kind: token, token: "\${env:SALESMATE_SESSION_KEY}" }
syncs:
  - id: contacts
    name: Contacts
    left: highlevel
    right: salesmate
    resource: contact
    start: { isReviewed: true }
    deletes: { onLeftGone: delete, onRightGone: delete, holdMs: 200 }
    pollMs: { left: ${pollMs.left}, right: ${pollMs.right} }
    sweepMs: 3600000
`;
}

/** Calls the hub's API as its operator. @throws on any answer but success. */
export async function api(hub: HubProcess, method: "GET" | "POST", path: string, body?: unknown): Promise<unknown> {
  const authorization = `Bearer ${operatorToken(hub)}`;
  const answer = await fetch(hub.url + path, {
    method,
    ...(body === undefined
      ? { headers: { authorization } }
      : { headers: { authorization, "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`);
  return JSON.parse(text);
}

/** What the overview page shows. */
export async function overviewOf(hub: HubProcess, workspaceId = "e2e"): Promise<OverviewView> {
  return Overview.parse(await api(hub, "GET", `/api/workspaces/${workspaceId}/overview`));
}

/** Whether the first reading is done and nothing is due. */
export function isQuiet({ syncs, due }: OverviewView): boolean {
  const isRead = syncs.every(({ phase }) => phase === "running");
  return isRead && due.waiting === 0 && due.retrying === 0;
}

/** Waits until nothing is under way and a full comparison finds no difference. */
export async function untilInStep(hub: HubProcess, workspaceId = "e2e", withinMs = 60_000): Promise<VerifyView> {
  return until(
    "both sides in step",
    async () => {
      if (!isQuiet(await overviewOf(hub, workspaceId))) return undefined;
      const path = `/api/workspaces/${workspaceId}/syncs/contacts/verify`;
      const report = VerifyView.parse(await api(hub, "POST", path));
      return report.differences === 0 && report;
    },
    withinMs,
  );
}

/** Reads both sides in full once more, and waits until that and all that it found is done. */
export async function sweepAll(hub: HubProcess, workspaceId = "e2e"): Promise<void> {
  const before = sweepsOf(await overviewOf(hub, workspaceId));
  await api(hub, "POST", `/api/workspaces/${workspaceId}/syncs/contacts/sweep`);
  await until("the sweep is done", async () => {
    const overview = await overviewOf(hub, workspaceId);
    const after = sweepsOf(overview);
    const isNew = (side: "left" | "right") => after[side] !== undefined && after[side] !== before[side];
    return isNew("left") && isNew("right") && isQuiet(overview);
  });
}

/** When the newest sweep of the contacts ended on each side; absent while one runs. */
function sweepsOf({ syncs }: OverviewView): { readonly left?: number; readonly right?: number } {
  const ended = syncs
    .filter(({ resource }) => resource === "contact")
    .flatMap(({ progress }) => progress)
    .flatMap(({ kind, side, finishedAt }) =>
      kind === "sweep" && finishedAt !== undefined ? [[side, finishedAt]] : [],
    );
  return Object.fromEntries(ended);
}
