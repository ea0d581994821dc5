import type { Partner } from "../../engine/ports.ts";
import type { Resource } from "../../model/record.ts";
import type { Deliver } from "../../sandbox/control/outbox.ts";
import { createHighLevelEmulator, type HighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { seededRandom } from "../../sandbox/random.ts";
import type { HubStore } from "../../store/index.ts";
import { type VirtualClock, virtualClock } from "../clock.ts";
import { emptyStore } from "../database.ts";
import { type Door, emptyNotes, type HubNotes, type HubProcess, startProcess } from "../hub.ts";
import { createNetwork, type Network } from "../network.ts";
import { ADDRESSES, HOOK_URL, keysOfProcess } from "../partners.ts";
import { WORKSPACE_ID } from "../rules.ts";
import { createTrace, type Trace } from "../trace.ts";
import { createTurns, type Turns } from "../turns.ts";
import { latencyOf } from "../world.ts";
import { pairDocument } from "./document.ts";
import { emptyPairLedger, type PairLedger } from "./ledger.ts";
import type { PairPartner, PartnerName } from "./partner.ts";
import type { PairHabits } from "./plan.ts";
import { openTrustmary } from "./trustmary.ts";
import { openTrustpilot } from "./trustpilot.ts";

/** Everything that one run of a pair takes place in: HighLevel on the left, the other partner on the right. */
export interface PairWorld {
  readonly clock: VirtualClock;
  readonly turns: Turns;
  readonly trace: Trace;
  readonly highlevel: HighLevelEmulator;
  readonly partner: PairPartner;
  readonly network: Network;
  readonly store: HubStore;
  readonly notes: HubNotes;
  readonly ledger: PairLedger;
  readonly habits: PairHabits;
  /** Every process of the hub so far, the dead ones too. */
  readonly hubs: readonly HubProcess[];
  /** The youngest process, if it lives. */
  readonly hub: () => HubProcess | undefined;
  readonly startHub: () => void;
  /** Somebody connects both sides anew. */
  readonly reconnect: () => Promise<void>;
  /** What people can do with what the hub keeps, on the page of one process; `undefined` while it is not open. */
  readonly pageOf: (hub: HubProcess) => (resource: Resource) => Partner | undefined;
  readonly close: () => Promise<void>;
}

/** What a world of a pair is made with. */
export interface PairWorldOptions {
  readonly partner: PartnerName;
  readonly seed: number;
  readonly habits: PairHabits;
  readonly keepsTrace: boolean;
}

const OPENERS = { trustmary: openTrustmary, trustpilot: openTrustpilot } as const;

/** 6 March 2026, 12:00 UTC. */
const START_AT = Date.UTC(2026, 2, 6, 12);
/** After a crash somebody, or something, starts the hub again, ms. */
const RESTART_MS = 2_000;
const SECRET = "a-secret-of-twenty-four-letters";

/** A world in which nothing has happened yet: two empty partners, an empty store, no process. */
export async function openPairWorld({ partner: name, seed, habits, keepsTrace }: PairWorldOptions): Promise<PairWorld> {
  const turns = createTurns();
  const clock = virtualClock(START_AT, turns.settle);
  const trace = createTrace(clock.now, keepsTrace);
  const { store, giveBack } = await emptyStore();
  const notes = emptyNotes();
  const hubs: HubProcess[] = [];
  const hub = (): HubProcess | undefined => (hubs.at(-1)?.life.isOver() === false ? hubs.at(-1) : undefined);
  const latency = latencyOf(habits.pace, seededRandom(seed * 3));
  const deliver: Deliver = (url, text, headers) =>
    new Promise((resolve) => {
      clock.after(latency(), () => {
        const answered = hub()?.receive(text, headers, doorOf(url)) ?? Promise.resolve(0);
        void answered.then((status) => {
          trace.note("webhook", text, status);
          resolve(status);
        });
      });
    });
  const { now, after } = clock;
  const highlevel = createHighLevelEmulator({
    ...{ now, after, deliver, random: seededRandom(seed * 3 + 1), keys: keysOfProcess(), webhookUrls: [HOOK_URL] },
    // The older signature is made beside the event loop, at no moment that a run could order.
    quirks: { ...habits.highlevel, signatures: "ed25519" },
  });
  const partner = OPENERS[name]({
    ...{ clock, deliver, secret: SECRET, random: seededRandom(seed * 3 + 2), quirks: habits.partner },
    hookUrl: `https://kith.example/hooks/${name}/${name}/${SECRET}`,
  });
  const network = createNetwork({
    stations: [
      { side: "left", origin: ADDRESSES.left, ask: highlevel.ask },
      { side: "right", origin: ADDRESSES.right, ask: partner.ask, purposeOf: partner.purposeOf },
    ],
    ...{ clock, turns, trace, latency },
  });
  const failed = (message: string): void => void notes.log.push({ level: "error", kind: "bug", message });
  let document = pairDocument({ highlevel, partner, habits });
  let applied: unknown;
  const apply = async (alive: HubProcess): Promise<void> => {
    const wanted = document;
    if (applied === wanted) return;
    await alive.work.apply(wanted);
    applied = wanted;
  };
  const startHub = (): void => {
    const number = hubs.length + 1;
    trace.note("hub", number, "starts");
    const started = startProcess({ store, clock, network, number, seed, notes });
    hubs.push(started);
    started.life.onEnd(() => {
      trace.note("hub", number, "dies");
      if (hubs.at(-1) === started) after(RESTART_MS, () => hub() ?? startHub());
    });
    started.begun.then(() => apply(started)).catch((thrown: unknown) => failed(`a hub could not begin: ${thrown}`));
  };
  return {
    ...{ clock, turns, trace, highlevel, partner, network, store, notes, ledger: emptyPairLedger(), habits, hubs, hub },
    startHub,
    reconnect: async () => {
      document = pairDocument({ highlevel, partner, habits });
      const alive = hub();
      if (alive !== undefined) void apply(alive).catch((thrown: unknown) => failed(`could not reconnect: ${thrown}`));
    },
    pageOf:
      ({ work }) =>
      (resource) =>
        work.registry.find(WORKSPACE_ID, name)?.byPerson(resource),
    close: async () => {
      for (const { life } of hubs) life.end();
      await Promise.all([highlevel.close(), partner.close()]);
      await turns.settle();
      giveBack();
    },
  };
}

/** Whose an address is, as the server reads it. */
function doorOf(url: string): Door {
  const [, , connectorId = "", connectionId, addressSecret] = new URL(url).pathname.split("/");
  return { connectorId, ...(connectionId && { connectionId }), ...(addressSecret && { addressSecret }) };
}
