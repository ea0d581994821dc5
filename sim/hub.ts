import { connectors } from "../connectors/index.ts";
import { openLane } from "../engine/index.ts";
import type { Clock, News } from "../engine/ports.ts";
import type { CallRecord } from "../kit/http.ts";
import { seededRandom } from "../sandbox/random.ts";
import type { Vault } from "../server/vault/index.ts";
import { keyringOf } from "../server/vault/index.ts";
import { VERDICTS, type Verdict } from "../server/webhooks/intake.ts";
import { beginWork, createWork, type Work } from "../server/work.ts";
import type { HubStore } from "../store/index.ts";
import { beginLife, type Life } from "./life.ts";
import type { Network } from "./network.ts";

/** One process of the hub: the server's own working parts, without its pages. */
export interface HubProcess {
  readonly life: Life;
  readonly work: Work;
  /** Resolves when every connection is open and every lane taken; never, when the process dies over it. */
  readonly begun: Promise<void>;
  /** Takes one webhook. @returns the status it is answered with; 0 when the process dies over it. */
  readonly receive: (body: string, headers: Record<string, string>, door?: Door) => Promise<number>;
}

/** The address that a webhook comes to: whose it is, and what that address proves. */
export type Door = Pick<Parameters<Work["intake"]>[0], "connectorId" | "connectionId" | "addressSecret">;

const HIGHLEVEL: Door = { connectorId: "highlevel" };

/** Everything that the processes of a run tell whoever watches. */
export interface HubNotes {
  readonly news: News[];
  readonly verdicts: Verdict[];
  readonly calls: CallRecord[];
  /** What was logged as a warning or an error: kind where there is one, and message. */
  readonly log: { readonly level: "warn" | "error"; readonly kind: string; readonly message: string }[];
}

/** What a process is started with. */
export interface HubOptions {
  readonly store: HubStore;
  readonly clock: Clock;
  readonly network: Network;
  /** Tells this process from the others of the run. */
  readonly number: number;
  readonly seed: number;
  readonly notes: HubNotes;
}

/** Nothing has been told yet. */
export function emptyNotes(): HubNotes {
  return { news: [], verdicts: [], calls: [], log: [] };
}

const KEYRING = keyringOf([Buffer.alloc(32, 7).toString("base64url")]);

/**
 * Keeps secrets as they are. Sealing happens beside the event loop, at no moment that a run could order, and what is
 * sealed and how is shown elsewhere.
 */
export const PLAIN_VAULT: Vault = {
  seal: async (name, plain) => `${name}\n${plain}`,
  open: async (name, sealed) => sealed.slice(name.length + 1),
  isStale: () => false,
};

/** Starts a process on what the store holds. */
export function startProcess(options: HubOptions): HubProcess {
  const { clock, notes, number } = options;
  const life = beginLife(clock);
  const store = life.mortal({ ...options.store, books: life.mortal(options.store.books) });
  const work = createWork(
    {
      store,
      keyring: KEYRING,
      connectors: new Map(connectors.map((connector) => [connector.id, connector])),
      engine: { openLane },
      clock: life.clock,
      random: seededRandom(options.seed * 1_009 + number),
      log: logInto(notes),
      dispatcher: options.network.wayOut(life),
      holder: `hub ${number}`,
    },
    {
      news: (news) => void notes.news.push(news),
      metrics: {
        call: (_workspaceId, _connectionId, call) => void notes.calls.push(call),
        watchAllowances: () => undefined,
        webhook: (_connectorId, verdict) => void notes.verdicts.push(verdict as Verdict), // the intake tells no others
      },
    },
    PLAIN_VAULT,
  );
  const begun = beginWork({ store }, work);
  const receive: HubProcess["receive"] = (body, headers, door = HIGHLEVEL) =>
    received(life, work.intake({ ...door, headers, rawBody: Buffer.from(body) }));
  return { life, work, begun, receive };
}

function received(life: Life, verdict: Promise<Verdict>): Promise<number> {
  const answered = verdict.then((known) => VERDICTS[known]);
  return new Promise((resolve, reject) => {
    life.onEnd(() => resolve(0));
    answered.then(resolve, reject);
  });
}

function logInto(notes: HubNotes) {
  const line = (level: "warn" | "error") => (fields: Readonly<Record<string, unknown>>, message: string) => {
    const detail = typeof fields.error === "string" ? `${message}: ${fields.error}` : message;
    notes.log.push({ level, kind: typeof fields.kind === "string" ? fields.kind : "", message: detail });
  };
  return { info: () => undefined, warn: line("warn"), error: line("error") };
}
