import { generateKeyPairSync } from "node:crypto";
import { connectorById } from "../connectors/index.ts";
import { openLane } from "../engine/index.ts";
import type { Clock, Link } from "../engine/ports.ts";
import type { Resource } from "../model/record.ts";
import { WorkspaceConfig } from "../model/workspace.ts";
import type { EmulatorApp } from "../sandbox/control/app.ts";
import type { Deliver } from "../sandbox/control/outbox.ts";
import { createHighLevelEmulator, type HighLevelEmulator } from "../sandbox/highlevel/index.ts";
import { seededRandom } from "../sandbox/random.ts";
import { keyringOf } from "../server/vault/index.ts";
import { beginWork, createWork, type Work } from "../server/work.ts";
import { virtualClock } from "../sim/clock.ts";
import { PLAIN_VAULT } from "../sim/hub.ts";
import { beginLife, type Life } from "../sim/life.ts";
import { createNetwork, type Network } from "../sim/network.ts";
import { createTrace } from "../sim/trace.ts";
import { createTurns } from "../sim/turns.ts";
import { type HubStore, openStore } from "../store/index.ts";

/** What an emulated partner is made with: the world's clock, and the way its webhooks take to the hub. */
export interface PartnerSurroundings {
  readonly clock: Pick<Clock, "now" | "after">;
  readonly random: () => number;
  readonly deliver: Deliver;
}

/** A partner to keep in step with HighLevel. */
export interface PairedPartner {
  /** Its connector, also the id of its connection. */
  readonly id: string;
  readonly ask: EmulatorApp["ask"];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where its base addresses lie below the one it is given, by name. */
  readonly paths: Readonly<Record<string, string>>;
  readonly credential: unknown;
  readonly close: () => Promise<void>;
}

/** How a pair is to be. */
export interface PairOptions<Partner extends PairedPartner> {
  readonly makePartner: (surroundings: PartnerSurroundings) => Partner;
  /** What is kept in step; contacts are always. */
  readonly children: readonly Exclude<Resource, "contact">[];
  /** Mapping rows beside the stock mapping, by resource. */
  readonly mapping?: Readonly<Partial<Record<Resource, readonly object[]>>>;
  /** What is made of a deletion on either side; `delete` where absent. */
  readonly onGone?: "unlink" | "delete";
  /** What is there before the hub first looks. */
  readonly before?: (highlevel: HighLevelEmulator, partner: Partner) => void | Promise<void>;
}

/** A hub between the emulated HighLevel and one other emulated partner, under a clock that moves only when told. */
export interface PairWorld<Partner extends PairedPartner> {
  readonly highlevel: HighLevelEmulator;
  readonly partner: Partner;
  readonly store: HubStore;
  readonly network: Network;
  /** Lets so much time pass that everything which was told, or is polled for, has been done. */
  readonly settle: () => Promise<void>;
  readonly advance: (ms: number) => Promise<void>;
  /** Kills the hub in the middle of whatever it does, and starts another on the same store. */
  readonly killAndRestart: () => Promise<void>;
  /** What failed and was set aside for a person, in words. */
  readonly troubles: () => Promise<readonly string[]>;
  /** The links of a resource. */
  readonly links: (resource: Resource) => Promise<readonly Link[]>;
  readonly close: () => Promise<void>;
}

const START_AT = Date.UTC(2026, 2, 6, 12);
const MINUTE_MS = 60_000;
/** Longer than a lag of HighLevel's searches, a hold, a poll and a turn over all contacts together. */
const SETTLE_MS = 8 * MINUTE_MS;
const ORIGINS = { left: "https://highlevel.example", right: "https://partner.example" } as const;
const WORKSPACE = "acme";

/** Makes custom fields of contacts at HighLevel, as its owner would: their keys follow from their names. */
export async function makeCustomFields(
  highlevel: HighLevelEmulator,
  fields: Readonly<Record<string, "TEXT" | "NUMERICAL">>,
): Promise<void> {
  const authorization = `Bearer ${highlevel.access.issuePrivate().value}`;
  for (const [name, dataType] of Object.entries(fields)) {
    const { status } = await highlevel.ask({
      method: "POST",
      url: `/locations/${highlevel.location.id}/customFields`,
      headers: { authorization, version: "2021-07-28", "content-type": "application/json" },
      body: JSON.stringify({ name, dataType }),
    });
    if (status !== 201 && status !== 200) throw new Error(`the field ${name} could not be made: ${status}`);
  }
}

/** Opens a pair whose first readings have ended. */
export async function aPair<Partner extends PairedPartner>(options: PairOptions<Partner>): Promise<PairWorld<Partner>> {
  const turns = createTurns();
  const clock = virtualClock(START_AT, turns.settle);
  const store = openStore("sqlite::memory:");
  await store.migrate();
  let process: { readonly life: Life; readonly work: Work } | undefined;
  const deliver: Deliver = async (url, text, headers) => {
    const [, , connectorId = "", connectionId, addressSecret] = new URL(url).pathname.split("/");
    const named = { ...(connectionId && { connectionId }), ...(addressSecret && { addressSecret }) };
    const verdict = await process?.work.intake({ connectorId, ...named, headers, rawBody: Buffer.from(text) });
    return verdict === "accepted" || verdict === "duplicate" || verdict === "ignored" ? 200 : 500;
  };
  const highlevel = highlevelOn(clock, deliver);
  const partner = options.makePartner({ clock, random: seededRandom(5), deliver });
  await options.before?.(highlevel, partner);
  const stations = [
    { side: "left", origin: ORIGINS.left, ask: highlevel.ask },
    { side: "right", origin: ORIGINS.right, ask: partner.ask },
  ] as const;
  const network = createNetwork({ stations, clock, turns, trace: createTrace(clock.now, false), latency: () => 1 });
  let processes = 0;
  const start = async (): Promise<Work> => {
    processes += 1;
    const life = beginLife(clock);
    const work = workOf({ life, store, dispatcher: network.wayOut(life), number: processes });
    process = { life, work };
    await beginWork({ store: life.mortal(store) }, work);
    return work;
  };
  await (await start()).apply(documentOf(options, highlevel, partner));
  const settle = () => clock.advance(SETTLE_MS);
  await settle();
  return {
    ...{ highlevel, partner, store, network, settle },
    advance: clock.advance,
    killAndRestart: async () => {
      process?.life.end();
      await start();
    },
    troubles: async () => {
      const found = await store.troubledKeys(WORKSPACE, { state: "dead", limit: 100 });
      return found.map(({ error }) => error?.message ?? "");
    },
    links: async (resource) => {
      const { links } = await store.searchLinks(WORKSPACE, {
        syncId: `${resource}s`,
        sort: "title",
        offset: 0,
        limit: 200,
      });
      return links;
    },
    close: async () => {
      process?.life.end();
      await Promise.all([highlevel.close(), partner.close()]);
      await turns.settle();
      await store.close();
    },
  };
}

function highlevelOn({ now, after }: Clock, deliver: Deliver): HighLevelEmulator {
  return createHighLevelEmulator({
    ...{ now, after, deliver, random: seededRandom(4), keys: keysOfProcess() },
    // The older signature is made beside the event loop, at no moment that the clock could order.
    quirks: { signatures: "ed25519" },
    webhookUrls: ["https://kith.example/hooks/highlevel"],
  });
}

let signingKeys: { readonly ed25519: string; readonly rsa: string } | undefined;

/** One pair for the whole process: making them takes a while, and nothing depends on which they are. */
function keysOfProcess() {
  const pem = { type: "pkcs8", format: "pem" } as const;
  signingKeys ??= {
    ed25519: generateKeyPairSync("ed25519").privateKey.export(pem).toString(),
    rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export(pem).toString(),
  };
  return signingKeys;
}

interface WorkParts {
  readonly life: Life;
  readonly store: HubStore;
  readonly dispatcher: NonNullable<Parameters<typeof createWork>[0]["dispatcher"]>;
  readonly number: number;
}

function workOf({ life, store, dispatcher, number }: WorkParts): Work {
  const connectors = ["highlevel", "trustmary", "trustpilot", "trint", "salesmate"].flatMap(
    (id) => connectorById(id) ?? [],
  );
  const parts = {
    // The books die with the process as the rest of the store does.
    store: life.mortal({ ...store, books: life.mortal(store.books) }),
    keyring: keyringOf([Buffer.alloc(32, 7).toString("base64url")]),
    connectors: new Map(connectors.map((connector) => [connector.id, connector])),
    ...{ dispatcher, engine: { openLane }, clock: life.clock, holder: `hub ${number}`, random: seededRandom(number) },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
  const metrics = { call: () => {}, watchAllowances: () => {}, webhook: () => {} };
  return createWork(parts, { news: () => {}, metrics }, PLAIN_VAULT);
}

function documentOf<Partner extends PairedPartner>(
  { children, mapping = {}, onGone = "delete" }: PairOptions<Partner>,
  highlevel: HighLevelEmulator,
  partner: Partner,
): WorkspaceConfig {
  const deletes = { onLeftGone: onGone, onRightGone: onGone, holdMs: 1_000, breakerLimit: 50 };
  const sync = (resource: Resource) => ({
    ...{ id: `${resource}s`, name: `${resource}s`, resource, left: "highlevel", right: partner.id, deletes },
    ...{ pollMs: { left: MINUTE_MS, right: MINUTE_MS }, sweepMs: 5 * MINUTE_MS, start: { isReviewed: true } },
    ...(resource !== "contact" && { parent: "contacts" }),
    mapping: mapping[resource] ?? [],
  });
  const baseUrls = Object.entries(partner.paths).map(([name, path]) => [name, `${ORIGINS.right}${path}`]);
  return WorkspaceConfig.parse({
    workspace: { id: WORKSPACE, name: "Acme" },
    connections: [
      {
        ...{ id: "highlevel", connector: "highlevel", name: "HighLevel" },
        settings: { locationId: highlevel.location.id, writing: true, webhookKeys: highlevel.publicKeys() },
        baseUrls: { api: ORIGINS.left },
        credential: { kind: "token", token: highlevel.access.issuePrivate().value },
      },
      {
        ...{ id: partner.id, connector: partner.id, name: partner.id, settings: partner.settings },
        ...{ baseUrls: Object.fromEntries(baseUrls), credential: partner.credential },
      },
    ],
    syncs: [sync("contact"), ...children.map(sync)],
  });
}
