import { connectorById } from "../connectors/index.ts";
import { openLane } from "../engine/index.ts";
import type { Partner } from "../engine/ports.ts";
import type { Resource } from "../model/record.ts";
import type { Value } from "../model/value.ts";
import { WorkspaceConfig } from "../model/workspace.ts";
import type { DeskChild } from "../sandbox/control/children.ts";
import { seededRandom } from "../sandbox/random.ts";
import { keyringOf } from "../server/vault/index.ts";
import { beginWork, createWork, type Work } from "../server/work.ts";
import { virtualClock } from "../sim/clock.ts";
import { PLAIN_VAULT } from "../sim/hub.ts";
import { beginLife, type Life } from "../sim/life.ts";
import { createNetwork } from "../sim/network.ts";
import { ADDRESSES, openPartners, type Partners } from "../sim/partners.ts";
import { createTrace } from "../sim/trace.ts";
import { createTurns } from "../sim/turns.ts";
import { type HubStore, openStore } from "../store/index.ts";
import { type Message, murmur } from "./keptPartner.ts";

/**
 * A hub between the emulated HighLevel and Murmur, whose people, notes and tasks the hub keeps itself: the server's own
 * working parts on a real store, under a clock that moves only when told.
 */
export interface KeptWorld {
  readonly highlevel: Partners["highlevel"];
  readonly store: HubStore;
  /** What has been said at Murmur; whatever is put there is gathered. */
  readonly messages: Message[];
  /** What a person does to the records that the hub keeps. */
  readonly murmur: KeptDesk;
  /** What a person does at HighLevel's screen, beside `highlevel` itself. */
  readonly childrenThere: (kind: "notes" | "tasks", contactId: string) => readonly DeskChild[];
  /** Lets so much time pass that everything which was told has been done. */
  readonly settle: () => Promise<void>;
  readonly advance: (ms: number) => Promise<void>;
  /** Kills the hub in the middle of whatever it does, and starts another on the same store. */
  readonly killAndRestart: () => Promise<void>;
  /** Calls of HighLevel that write. */
  readonly writesThere: () => number;
  /** What failed and was set aside for a person, in words. */
  readonly troubles: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** What the hub keeps, as a person sees and changes it. */
export interface KeptDesk {
  readonly list: (resource: Resource, parentId?: string) => Promise<readonly Kept[]>;
  readonly add: (resource: Resource, fields: Readonly<Record<string, Value>>, parentId?: string) => Promise<string>;
  readonly edit: (resource: Resource, id: string, fields: Readonly<Record<string, Value>>) => Promise<void>;
  readonly remove: (resource: Resource, id: string) => Promise<void>;
}

/** A kept record, in short. */
export interface Kept {
  readonly id: string;
  readonly fields: Readonly<Record<string, Value>>;
}

const START_AT = Date.UTC(2026, 2, 6, 12);
const OF = { workspaceId: "acme", connectionId: "murmur" };
const MINUTE_MS = 60_000;
/** Longer than a lag of HighLevel's searches, a hold and a poll together. */
const SETTLE_MS = 5 * MINUTE_MS;

/** Opens a world whose first readings have ended. */
export async function aKeptWorld(options: { readonly onGone?: "unlink" | "delete" } = {}): Promise<KeptWorld> {
  const turns = createTurns();
  const clock = virtualClock(START_AT, turns.settle);
  const store = openStore("sqlite::memory:");
  await store.migrate();
  const messages: Message[] = [];
  let process: Process | undefined;
  const deliver = async (_url: string, text: string, headers: Record<string, string>): Promise<number> => {
    const arrival = { connectorId: "highlevel", headers, rawBody: Buffer.from(text) };
    const verdict = await process?.work.intake(arrival);
    return verdict === "accepted" || verdict === "duplicate" || verdict === "ignored" ? 200 : 500;
  };
  const habits = { highlevel: {}, salesmate: {} };
  const partners = await openPartners({ seed: 1, clock, habits, deliver });
  const network = createNetwork({
    stations: [{ side: "left", origin: ADDRESSES.left, ask: partners.highlevel.ask }],
    ...{ clock, turns, trace: createTrace(clock.now, false), latency: () => 1 },
  });
  const open = async (number: number): Promise<Process> => {
    const life = beginLife(clock);
    const started = begun({ life, store, messages, number, dispatcher: network.wayOut(life) });
    process = started;
    await beginWork({ store: life.mortal(store) }, started.work);
    return started;
  };
  const first = await open(1);
  const token = partners.highlevel.access.issuePrivate().value;
  await first.work.apply(documentOf(partners, token, options.onGone ?? "delete"));
  const settle = () => clock.advance(SETTLE_MS);
  await settle();
  let processes = 1;
  return {
    highlevel: partners.highlevel,
    store,
    messages,
    murmur: deskOf(store, () => process?.work),
    childrenThere: (kind, contactId) => partners.highlevel.children.list(kind, contactId),
    settle,
    advance: clock.advance,
    killAndRestart: async () => {
      process?.life.end();
      processes += 1;
      await open(processes);
    },
    writesThere: () => network.calls.filter(({ purpose }) => purpose === "write").length,
    troubles: async () => {
      const found = await store.troubledKeys("acme", { state: "dead", limit: 100 });
      return found.map(({ error }) => error?.message ?? "");
    },
    close: async () => {
      process?.life.end();
      await partners.close();
      await turns.settle();
      await store.close();
    },
  };
}

interface Process {
  readonly life: Life;
  readonly work: Work;
}

interface ProcessParts {
  readonly life: Life;
  readonly store: HubStore;
  readonly messages: readonly Message[];
  readonly number: number;
  readonly dispatcher: NonNullable<Parameters<typeof createWork>[0]["dispatcher"]>;
}

/** One process of the hub. */
function begun({ life, store, messages, number, dispatcher }: ProcessParts): Process {
  const highlevel = connectorById("highlevel");
  if (highlevel === undefined) throw new Error("there is no connector for HighLevel");
  const connectors = new Map([highlevel, murmur(messages)].map((connector) => [connector.id, connector]));
  const parts = {
    store: mortalBooks(life, store),
    keyring: keyringOf([Buffer.alloc(32, 7).toString("base64url")]),
    ...{ connectors, dispatcher, engine: { openLane }, clock: life.clock, holder: `hub ${number}` },
    random: seededRandom(number),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
  const metrics = { call: () => {}, watchAllowances: () => {}, webhook: () => {} };
  return { life, work: createWork(parts, { news: () => {}, metrics }, PLAIN_VAULT) };
}

/** A store whose books die with the process as the rest of it does. */
function mortalBooks(life: Life, store: HubStore): HubStore {
  return life.mortal({ ...store, books: life.mortal(store.books) });
}

function documentOf({ highlevel }: Partners, token: string, onGone: "unlink" | "delete"): WorkspaceConfig {
  const rhythm = { pollMs: { left: MINUTE_MS, right: MINUTE_MS }, sweepMs: 20 * MINUTE_MS };
  const deletes = { onLeftGone: onGone, onRightGone: onGone, holdMs: 1_000, breakerLimit: 50 };
  const between = { left: "highlevel", right: "murmur", ...rhythm, deletes, start: { isReviewed: true } };
  const settings = { locationId: highlevel.location.id, writing: true, webhookKeys: highlevel.publicKeys() };
  return WorkspaceConfig.parse({
    workspace: { id: "acme", name: "Acme" },
    connections: [
      {
        ...{ id: "highlevel", connector: "highlevel", name: "HighLevel", settings },
        ...{ baseUrls: { api: ADDRESSES.left }, credential: { kind: "token", token } },
      },
      { id: "murmur", connector: "murmur", name: "Murmur", credential: { kind: "token", token: "k" } },
    ],
    syncs: [
      { id: "contacts", name: "Contacts", resource: "contact", ...between },
      { id: "notes", name: "Notes", resource: "note", parent: "contacts", ...between },
      { id: "tasks", name: "Tasks", resource: "task", parent: "contacts", ...between },
    ],
  });
}

function deskOf(store: HubStore, work: () => Work | undefined): KeptDesk {
  const context = () => ({ priority: 0, calls: [] }) as const;
  const partner = (resource: Resource): Partner => {
    const open = work()?.registry.find(OF.workspaceId, OF.connectionId);
    if (open === undefined) throw new Error("Murmur is not connected");
    return open.byPerson(resource);
  };
  return {
    list: async (resource, parentId) => {
      const { records } = await store.books.page(OF, resource, parentId === undefined ? {} : { parentId });
      return records.map(({ externalId, fields }) => ({ id: externalId, fields }));
    },
    add: async (resource, fields, parentId) =>
      (await partner(resource).create({ ...context(), calls: [] }, fields, parentId)).externalId,
    edit: async (resource, id, fields) => {
      const changes = Object.entries(fields).map(([key, value]) => [key, { kind: "set", value } as const]);
      await partner(resource).update({ ...context(), calls: [] }, id, Object.fromEntries(changes), {});
    },
    remove: (resource, id) => partner(resource).delete({ ...context(), calls: [] }, id),
  };
}
