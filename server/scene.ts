import { createHash } from "node:crypto";
import { z } from "zod";
import { replayEntries } from "../engine/index.ts";
import type { Clock, Log } from "../engine/ports.ts";
import { anyConnector, type Connector, defineConnector, type WebhookNotice } from "../kit/index.ts";
import { PREVIEW_KINDS, type PreviewKind } from "../model/api/previews.ts";
import { Failure } from "../model/errors.ts";
import type { WorkspaceConfig } from "../model/workspace.ts";
import { openStore } from "../store/index.ts";
import type { HubStore } from "../store/port.ts";
import type { EngineDoor } from "./engineDoor.ts";
import { type Hub, type HubParts, startHub } from "./hub.ts";
import { keyringOf } from "./vault/index.ts";

/**
 * What the server's tests are set in: an invented partner, a clock that stands still, a lane that only notes down what
 * it was told, and a hub on a store in memory.
 */

const Notice = z.object({ account: z.string(), id: z.string(), contacts: z.array(z.string()) });
const Settings = z.strictObject({ account: z.string("is missing"), secret: z.string().default("s3cret") });

/** Acme, an invented partner. Its webhooks are signed with the plain secret, which is enough to tell right from wrong. */
export const acme: Connector = anyConnector(
  defineConnector<z.infer<typeof Settings>>({
    id: "acme",
    name: "Acme CRM",
    baseUrls: () => ({ api: "https://acme.example" }),
    settings: Settings,
    account: ({ account }) => account,
    credentials: [
      { kind: "token", label: "Token", help: "Ask Acme." },
      { kind: "oauth", label: "OAuth", help: "Ask Acme." },
    ],
    authorize: () => ({}),
    limits: () => [{ name: "burst", requests: 10, perMs: 1_000, source: "acme.example" }],
    country: () => "US",
    check: async () => {
      throw new Failure("unauthorized", "Acme refused the token; make a new one.");
    },
    resources: { contact: silentContacts() },
    webhooks: {
      verify: ({ headers, addressSecret }, { secret }) => {
        const signature = headers["x-acme-signature"] ?? addressSecret;
        if (signature === undefined) return { kind: "unsigned" };
        return { kind: signature === secret ? "verified" : "forged", scheme: "acme" };
      },
      parse: (body): WebhookNotice => {
        const { account, id, contacts } = Notice.parse(body);
        const refs = contacts.map((externalId) => ({ resource: "contact" as const, externalId }));
        return { type: "contact.changed", account, deliveryId: id, refs };
      },
      isFor: ({ account }, settings) => account === settings.account,
    },
  }),
);

/** No test of the server reads or writes a partner's records. */
function silentContacts() {
  const never = async () => {
    throw new Failure("bug", "The server asked Acme for records.");
  };
  const listing = { isComplete: true, lagMs: 0, overlapMs: 0 };
  return {
    describe: never,
    listing,
    list: never,
    read: never,
    create: never,
    update: never,
    delete: never,
    find: never,
  };
}

/** A clock that moves only when told, and whose timers never ring. */
export const STILL_CLOCK: Clock = { now: () => 1_700_000_000_000, after: () => () => {} };

/** A log that keeps nothing. */
export const SILENT_LOG: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A workspace of two Acme accounts kept in step. */
export function aWorkspace(change: Partial<WorkspaceConfig> = {}): WorkspaceConfig {
  const connection = (id: string, account: string) => ({
    id,
    connector: "acme",
    name: `Acme ${id}`,
    settings: { account },
    baseUrls: {},
    credential: { kind: "token" as const, token: `token-of-${id}` },
  });
  return {
    workspace: { id: "w", name: "Workshop" },
    connections: [connection("one", "account-1"), connection("two", "account-2")],
    syncs: [
      {
        id: "contacts",
        name: "Contacts",
        left: "one",
        right: "two",
        resource: "contact",
        match: ["email"],
        mapping: [],
        hasStockMapping: true,
        without: [],
        deletes: { onLeftGone: "unlink", onRightGone: "unlink", holdMs: 60_000, breakerLimit: 50 },
        pollMs: { left: 60_000, right: 60_000 },
        start: { mode: "full", isReviewed: true },
        sweepMs: 3_600_000,
      },
    ],
    ...change,
  };
}

/** What the lanes of a hub were told. */
export interface LaneNotes {
  /** The ids of the syncs that the lane works, after each change, with a mark on those that are paused. */
  readonly syncs: string[][];
  wakes: number;
  stops: number;
  /** Set to make the lanes say that another hub has taken them. */
  isTaken: boolean;
}

/** An engine that works nothing and notes down what it was told. */
export function notingEngine(): { engine: EngineDoor; notes: LaneNotes } {
  const notes: LaneNotes = { syncs: [], wakes: 0, stops: 0, isTaken: false };
  const note = (syncs: readonly { id: string; isPaused: boolean }[]) =>
    notes.syncs.push(syncs.map(({ id, isPaused }) => (isPaused ? `${id} paused` : id)));
  const engine: EngineDoor = {
    openLane: async ({ syncs }) => {
      note(syncs);
      return {
        wake: () => {
          notes.wakes += 1;
        },
        setSyncs: async (changed) => {
          note(changed);
        },
        stop: async () => {
          notes.stops += 1;
        },
        inFlight: () => 0,
        isHeld: () => !notes.isTaken,
      };
    },
    verifySync: async ({ sync }) => ({
      syncId: sync.id,
      readLeft: 3,
      readRight: 3,
      linked: 3,
      differences: 0,
      explained: 0,
      list: [],
    }),
    countPreview: async () => ({ matched: 3, counts: countsOfNone(), problems: [] }),
    pagePreview: async (_options, { after }) => ({ rows: [], ...(after === undefined ? { next: "1" } : {}) }),
    describeLink: async () => [],
    replayEntries,
    missingFields: async () => [],
    fieldChoices: async () => [],
  };
  return { engine, notes };
}

function countsOfNone(): Record<PreviewKind, number> {
  // `fromEntries` does not keep the keys that it is given.
  return Object.fromEntries(PREVIEW_KINDS.map((kind) => [kind, 0])) as Record<PreviewKind, number>;
}

/** The master key of every hub here. */
export const MASTER_KEY = Buffer.alloc(32, 7).toString("base64url");

/** A hub on a free port of this machine. */
export interface Scene {
  readonly hub: Hub;
  readonly store: HubStore;
  readonly notes: LaneNotes;
  /** The operator's token, as the hub wrote it. */
  readonly token: () => string;
}

/** Starts a hub; whoever starts it stops it. @param change parts to make otherwise */
export async function aHub(change: Partial<HubParts> = {}): Promise<Scene> {
  const store = change.store ?? openStore("sqlite::memory:");
  const { engine, notes } = notingEngine();
  let token: string | undefined;
  let secrets = 0;
  const hub = await startHub({
    store,
    keyring: keyringOf([MASTER_KEY]),
    connectors: new Map([[acme.id, acme]]),
    engine,
    clock: STILL_CLOCK,
    random: () => 0.5,
    newSecret: () => {
      secrets += 1;
      return createHash("sha256").update(`secret ${secrets}`).digest("base64url");
    },
    log: SILENT_LOG,
    listenOn: { host: "127.0.0.1", port: 0 },
    publicUrl: "http://kith.test",
    ownerEmail: "Owner@kith.test",
    keepDays: 30,
    tombstoneDays: 365,
    holder: "test",
    operatorToken: {
      read: () => token,
      write: (written) => {
        token = written;
      },
    },
    ...change,
  });
  return { hub, store, notes, token: () => token ?? "" };
}
