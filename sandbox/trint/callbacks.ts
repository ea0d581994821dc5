import type { WebhookFaults } from "../control/faults.ts";
import { createHttpDelivery, createOutbox, type Deliver, type Outbox } from "../control/outbox.ts";
import type { Settings } from "../control/settings.ts";
import type { Surroundings } from "../control/surroundings.ts";
import { opaqueId } from "../random.ts";
import type { Quirks } from "./quirks.ts";
import { type Transcript, toldTranscript } from "./transcript.ts";

/** What a callback can be asked for. */
export const EVENTS = ["TRANSCRIPT_COMPLETE", "TRANSCRIPT_VERIFIED", "TRANSCRIPT_NEW_VERSION"] as const;
/** One of `EVENTS`. */
export type EventType = (typeof EVENTS)[number];

/** An address that is told, and of what. */
export type Callback = { readonly callbackUrl: string; readonly callbackSubscriptions: readonly string[] };

/** What tells others of transcripts: unsigned. */
export type Callbacks = {
  readonly outbox: Outbox;
  readonly register: (callback: Callback) => Callback;
  readonly remove: (callbackUrl: string) => Callback | undefined;
  readonly tell: (eventType: EventType, transcript: Transcript) => void;
  readonly clear: () => void;
  readonly close: () => Promise<void>;
};

/** What callbacks are made of. */
export type CallbackParts = {
  readonly surroundings: Surroundings;
  readonly quirks: () => Quirks;
  readonly faults: Settings<WebhookFaults>;
  /** Posts to an address; over HTTP when absent. */
  readonly deliver?: Deliver;
  /** Addresses that were given on the product's own pages, for every event. */
  readonly urls: readonly string[];
};

const RETRY_MS = 60_000;

/** Makes an emulated account's callbacks. */
export function createCallbacks({ surroundings, quirks, faults, urls, ...parts }: CallbackParts): Callbacks {
  const registered = new Map<string, Callback>();
  const http = createHttpDelivery();
  const hearing = (event: string): readonly string[] => {
    const those = [...registered.values()].filter(({ callbackSubscriptions }) => callbackSubscriptions.includes(event));
    return [...new Set([...urls, ...those.map(({ callbackUrl }) => callbackUrl)])];
  };
  const outbox = createOutbox({
    surroundings,
    urls: () => urls,
    sign: unsigned,
    forge: unsigned,
    deliver: parts.deliver ?? http.deliver,
    faults: faults.get,
    retryInMs: (status, attempts) => (isRefused(status) && attempts <= quirks().webhookRetries ? RETRY_MS : undefined),
    breaker: () => ({ failures: 0, pauseMs: 0 }),
  });
  return {
    outbox,
    register: (callback) => {
      if (quirks().callbacks === "one") registered.clear();
      registered.set(callback.callbackUrl, callback);
      return callback;
    },
    remove: (callbackUrl) => {
      const callback = registered.get(callbackUrl);
      registered.delete(callbackUrl);
      return callback;
    },
    tell: (eventType, transcript) => {
      const id = `${transcript.id}:${opaqueId(surroundings.random, 6)}`;
      const text = JSON.stringify({ eventType, ...toldTranscript(transcript) });
      outbox.send({ id, type: eventType, contactId: "", text }, hearing(eventType));
    },
    clear: () => {
      outbox.clear();
      registered.clear();
    },
    close: () => {
      outbox.close();
      return http.close();
    },
  };
}

const unsigned = () => Promise.resolve({});

function isRefused(status: number): boolean {
  return status < 200 || status >= 300;
}
