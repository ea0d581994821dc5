import { Pool } from "undici";
import { z } from "zod";
import {
  type Emulators,
  freePort,
  type HubProcess,
  pause,
  startEmulators,
  startHub,
  temporaryFolder,
} from "./processes.ts";

/** A hub with both emulators, configured and with every pair linked. */
export interface Rig {
  readonly emulators: Emulators;
  readonly hub: HubProcess;
  readonly control: Readonly<Record<"highlevel" | "salesmate", Control>>;
  /** Calls the hub's API as its operator. */
  readonly api: (method: "GET" | "PUT" | "POST", path: string, body?: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** What a rig is made with. */
export interface RigOptions {
  /** Pairs of equal contacts to begin with. */
  readonly contacts: number;
  /** Further keys that may sign webhooks, instead of the emulator's own. */
  readonly webhookKey?: string;
}

/** Starts emulators with so many equal contacts on each side, and a hub that has not been configured yet. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const folder = temporaryFolder();
  const port = await freePort();
  const emulators = await startEmulators(`http://127.0.0.1:${port}/hooks/highlevel/highlevel`);
  const control = { highlevel: controlOf(emulators.highlevel.url), salesmate: controlOf(emulators.salesmate.url) };
  if (options.contacts > 0) {
    for (const one of Object.values(control)) await one.post("/contacts/bulk", { count: options.contacts, seed: 7 });
  }
  await signOnce(control.highlevel);
  const hub = await startHub(port, folder.path);
  return {
    emulators,
    hub,
    control,
    api: apiOf(hub),
    close: async () => {
      await hub.stop();
      await emulators.stop();
      await Promise.all(Object.values(control).map((one) => one.close()));
      folder.remove();
    },
  };
}

/** Creates the workspace `bench` with both connections and a sync of contacts. Polls are rare, so that webhooks count. */
export async function configure(rig: Rig, options: RigOptions): Promise<void> {
  const { highlevel, salesmate } = rig.emulators;
  const keys = options.webhookKey === undefined ? highlevel.publicKeys : { ed25519: options.webhookKey };
  await rig.api("PUT", "/api/workspaces/bench", {
    workspace: { id: "bench", name: "Bench" },
    connections: [
      {
        id: "highlevel",
        connector: "highlevel",
        name: "HighLevel",
        settings: {
          locationId: highlevel.locationId,
          writing: true,
          webhookKeys: keys,
          requestsPer10s: NO_LIMIT,
          requestsPerDay: NO_LIMIT,
        },
        baseUrls: { api: highlevel.url },
        credential: { kind: "token", token: highlevel.token },
      },
      {
        id: "salesmate",
        connector: "salesmate",
        name: "Salesmate",
        settings: {
          linkname: salesmate.linkname,
          ownerId: salesmate.ownerId,
          timeZone: salesmate.timeZone,
          requestsPerHour: NO_LIMIT,
        },
        baseUrls: { api: `${salesmate.url}/apis` },
        credential: { kind: "token", token: salesmate.sessionKey },
      },
    ],
    syncs: [
      {
        id: "contacts",
        name: "Contacts",
        left: "highlevel",
        right: "salesmate",
        resource: "contact",
        start: { isReviewed: true },
        pollMs: { left: 600_000, right: 600_000 },
        sweepMs: 86_400_000,
      },
    ],
  });
}

/** The emulators are without limits here, and so is the hub. */
const NO_LIMIT = 100_000_000;

const Overview = z.object({
  syncs: z.array(
    z.object({
      phase: z.string(),
      counts: z.object({ linked: z.number(), half: z.number() }),
      progress: z.array(z.object({ side: z.string(), kind: z.string(), finishedAt: z.number().optional() })),
    }),
  ),
  due: z.object({ waiting: z.number() }),
});

/** Waits until the first reading is done, so many pairs are linked, and nothing is due. */
export async function untilLinked(rig: Rig, linked: number, onLook: () => void = () => undefined): Promise<void> {
  const deadline = performance.now() + 10 * 60_000;
  while (performance.now() < deadline) {
    onLook();
    const overview = Overview.parse(await rig.api("GET", "/api/workspaces/bench/overview"));
    const sync = overview.syncs[0];
    const isDone = sync?.phase === "running" && sync.counts.linked >= linked && overview.due.waiting === 0;
    if (isDone) return;
    await pause(100);
  }
  throw new Error(`the hub did not link ${linked} pairs within ten minutes`);
}

/** When the first reading of a side had stored its last page, epoch ms. @throws Error when it has not. */
export async function readingEndedAt(rig: Rig, side: "left" | "right"): Promise<number> {
  const overview = Overview.parse(await rig.api("GET", "/api/workspaces/bench/overview"));
  const progress = overview.syncs.flatMap((sync) => sync.progress);
  const reading = progress.find((one) => one.side === side && one.kind === "backfill");
  if (reading?.finishedAt === undefined) throw new Error(`the first reading of the ${side} side has not ended`);
  return reading.finishedAt;
}

/** One signature a webhook is enough: the hub checks the newer one only, and making the older one is the emulator's toil. */
export async function signOnce(highlevel: Control): Promise<void> {
  await highlevel.put("/quirks", { signatures: "ed25519" });
}

const Counts = z.object({ counts: z.record(z.string(), z.number()) });
const Calls = Counts.extend({
  calls: z.array(z.object({ method: z.string(), path: z.string(), at: z.number() })),
});
/**
 * What an emulator received since the last clearing: the newest calls, ten thousand at the most, each with its time in
 * epoch ms, and the number of all by `METHOD /route/pattern`.
 */
export type Calls = z.infer<typeof Calls>;

/** The control API of one emulator. */
export interface Control {
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body: unknown) => Promise<unknown>;
  readonly put: (path: string, body: unknown) => Promise<unknown>;
  readonly patch: (path: string, body: unknown) => Promise<unknown>;
  readonly clearCalls: () => Promise<void>;
  readonly calls: () => Promise<Calls>;
  /** Only the numbers, for whoever asks often. */
  readonly counts: () => Promise<Calls["counts"]>;
  readonly close: () => Promise<void>;
}

/** Opens the control API of the emulator at this address. */
export function controlOf(url: string): Control {
  const pool = new Pool(url, { connections: 32 });
  const send = async (
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
  ): Promise<unknown> => {
    const answer = await pool.request({
      method,
      path: `/_control${path}`,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      bodyTimeout: 120_000,
      headersTimeout: 120_000,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    put: (path, body) => send("PUT", path, body),
    patch: (path, body) => send("PATCH", path, body),
    clearCalls: async () => {
      await send("DELETE", "/calls");
    },
    calls: async () => Calls.parse(await send("GET", "/calls")),
    counts: async () => Counts.parse(await send("GET", "/calls")).counts,
    close: () => pool.close(),
  };
}

function apiOf(hub: HubProcess): Rig["api"] {
  return async (method, path, body) => {
    const answer = await fetch(hub.url + path, {
      method,
      headers: {
        authorization: `Bearer ${hub.operatorToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`);
    return text === "" ? undefined : JSON.parse(text);
  };
}

const Listed = z.object({ contacts: z.array(z.object({ id: z.string(), fields: z.object({ email: z.string() }) })) });

/** Ids of the contacts of one emulator by e-mail address. */
export async function idsByEmail(control: Control, count: number): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let offset = 0; offset < count; offset += 1_000) {
    const page = Listed.parse(await control.get(`/contacts?limit=1000&offset=${offset}`));
    for (const contact of page.contacts) ids.set(contact.fields.email.toLowerCase(), contact.id);
  }
  return ids;
}
