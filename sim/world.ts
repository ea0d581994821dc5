import { seededRandom } from "../sandbox/random.ts";
import type { HubStore } from "../store/index.ts";
import { type VirtualClock, virtualClock } from "./clock.ts";
import { emptyStore } from "./database.ts";
import { emptyNotes, type HubNotes, type HubProcess, startProcess } from "./hub.ts";
import { emptyLedger, type Ledger } from "./ledger.ts";
import { createNetwork, type Network } from "./network.ts";
import { ADDRESSES, openPartners, type Partners } from "./partners.ts";
import type { Habits } from "./plan.ts";
import { type Credential, documentFor, type Rules } from "./rules.ts";
import { createTrace, type Trace } from "./trace.ts";
import { createTurns, type Turns } from "./turns.ts";

/** Everything that one run takes place in. */
export interface World {
  readonly clock: VirtualClock;
  readonly turns: Turns;
  readonly trace: Trace;
  readonly partners: Partners;
  readonly network: Network;
  readonly store: HubStore;
  readonly notes: HubNotes;
  readonly ledger: Ledger;
  readonly habits: Habits;
  /** Every process of the hub so far, the dead ones too. */
  readonly hubs: readonly HubProcess[];
  /** The youngest process, if it lives. */
  readonly hub: () => HubProcess | undefined;
  /** Starts another process, whether or not one lives. One that dies is followed by another after a moment. */
  readonly startHub: () => void;
  readonly rules: () => Rules;
  /** Every set of rules that was ever in force. */
  readonly pastRules: readonly Rules[];
  /** A person changes what is configured; where no process lives it is done as soon as one does. */
  readonly configure: (change: Partial<Rules>) => void;
  /** A person connects HighLevel anew. */
  readonly reconnect: () => void;
  /** HighLevel's present credential, as it was applied. */
  readonly credential: () => Credential;
  readonly close: () => Promise<void>;
}

/** 6 March 2026, 12:00 UTC. */
const START_AT = Date.UTC(2026, 2, 6, 12);
/** After a crash somebody, or something, starts the hub again, ms. */
const RESTART_MS = 2_000;

/** What a world is made with. */
export interface WorldOptions {
  readonly seed: number;
  readonly habits: Habits;
  readonly keepsTrace: boolean;
}

/** A world in which nothing has happened yet: two empty partners, an empty store, no process. */
export async function openWorld({ seed, habits, keepsTrace }: WorldOptions): Promise<World> {
  const turns = createTurns();
  const clock = virtualClock(START_AT, turns.settle);
  const trace = createTrace(clock.now, keepsTrace);
  const { store, giveBack } = await emptyStore();
  const notes = emptyNotes();
  const hubs: HubProcess[] = [];
  const hub = (): HubProcess | undefined => {
    const youngest = hubs.at(-1);
    return youngest?.life.isOver() === false ? youngest : undefined;
  };
  const latency = latencyOf(habits.pace, seededRandom(seed * 3));
  const deliver = (_url: string, text: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve) => {
      clock.after(latency(), () => void hookedBy(hub(), text, headers, trace).then(resolve));
    });
  const partners = await openPartners({ seed, clock, habits, deliver });
  const network = createNetwork({
    stations: [
      { side: "left", origin: ADDRESSES.left, ask: partners.highlevel.ask },
      { side: "right", origin: ADDRESSES.right, ask: partners.salesmate.ask },
    ],
    clock,
    turns,
    trace,
    latency,
  });
  const setting = settingOf(partners, habits);
  const startHub = (): void => {
    const number = hubs.length + 1;
    trace.note("hub", number, "starts");
    const started = startProcess({ store, clock, network, number, seed, notes });
    hubs.push(started);
    started.life.onEnd(() => {
      trace.note("hub", number, "dies");
      if (hubs.at(-1) === started) clock.after(RESTART_MS, () => hub() ?? startHub());
    });
    void noting(
      notes,
      "begin",
      started.begun.then(() => setting.apply(started)),
    );
  };
  const change = (): void => {
    const alive = hub();
    if (alive !== undefined) void noting(notes, "be configured", setting.apply(alive));
  };
  return {
    ...{ clock, turns, trace, partners, network, store, notes, ledger: emptyLedger(), habits, hubs, hub, startHub },
    rules: setting.rules,
    pastRules: setting.past,
    credential: setting.credential,
    configure: (rules) => {
      setting.change(rules);
      change();
    },
    reconnect: () => {
      setting.reconnect();
      change();
    },
    close: async () => {
      for (const { life } of hubs) life.end();
      await partners.close();
      await turns.settle();
      giveBack();
    },
  };
}

async function noting(notes: HubNotes, what: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    notes.log.push({ level: "error", kind: "bug", message: `a hub could not ${what}: ${message}` });
  }
}

async function hookedBy(
  hub: HubProcess | undefined,
  text: string,
  headers: Record<string, string>,
  trace: Trace,
): Promise<number> {
  const status = hub === undefined ? 0 : await hub.receive(text, headers);
  trace.note("webhook", text, status);
  return status;
}

/** What is configured, and which of it the store holds. */
interface Setting {
  readonly rules: () => Rules;
  readonly past: readonly Rules[];
  readonly credential: () => Credential;
  readonly change: (rules: Partial<Rules>) => void;
  readonly reconnect: () => void;
  /** Has a process apply what is not applied yet. */
  readonly apply: (alive: HubProcess) => Promise<void>;
}

function settingOf(partners: Partners, habits: Habits): Setting {
  let rules = habits.rules;
  let credential = credentialFor(partners, habits.signIn);
  let applied: string | undefined;
  const past = [rules];
  return {
    rules: () => rules,
    past,
    credential: () => credential,
    change: (changed) => {
      rules = { ...rules, ...changed };
      past.push(rules);
    },
    reconnect: () => {
      credential = credentialFor(partners, habits.signIn);
    },
    apply: async (alive) => {
      const document = documentFor(rules, partners, credential, habits.isSwept);
      const text = JSON.stringify(document);
      if (applied === text) return;
      await alive.work.apply(document);
      applied = text;
    },
  };
}

/** Signs in to HighLevel as the person who connects it does. */
function credentialFor({ highlevel }: Partners, signIn: Habits["signIn"]): Credential {
  if (signIn === "token") return { kind: "token", token: highlevel.access.issuePrivate().value };
  const granted = highlevel.access.exchangeCode(highlevel.access.issueCode());
  if (granted === undefined) throw new Error("a fresh code must be good for a pair of tokens");
  return {
    kind: "oauth",
    accessToken: granted.access.value,
    refreshToken: granted.refreshToken,
    expiresAt: granted.access.expiresAt,
    ...highlevel.oauthClient,
    tokenUrl: `${ADDRESSES.left}/oauth/token`,
  };
}

/** How long one way takes, ms. */
export function latencyOf(pace: Habits["pace"], random: () => number): () => number {
  switch (pace) {
    case "quick":
      return () => 1;
    case "usual":
      return () => 1 + Math.floor(random() * 40);
    case "slow":
      return () => (random() < 0.1 ? 6_000 : 1 + Math.floor(random() * 400));
    default:
      return pace satisfies never;
  }
}
