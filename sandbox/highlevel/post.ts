import { createHttpDelivery, createOutbox, type Outbox, type Webhook } from "../control/outbox.ts";
import type { Premises } from "./ground.ts";
import type { HighLevelOptions } from "./index.ts";
import { createKeyRing, type PublicKeys } from "./signatures.ts";

/** The way webhooks leave: signed and sent. One stream serves all locations. */
export type Post = {
  readonly outbox: Outbox;
  /** Whether anybody is to be told anything. */
  readonly isWatched: () => boolean;
  /** Sends an event about a location to the receivers, if the app may hear it. */
  readonly send: (webhook: Webhook, locationId: string) => void;
  /** Sends an event about the app itself. */
  readonly sendAboutApp: (webhook: Webhook) => void;
  readonly publicKeys: () => PublicKeys;
  readonly setUrls: (urls: readonly string[]) => void;
  readonly close: () => Promise<void>;
};

/**
 * Makes the post of one emulator, with keys of its own.
 * @param mayHear Whether the app is told of such an event at a location.
 */
export function createPost(
  { workings, quirks }: Premises,
  options: HighLevelOptions,
  mayHear: (eventType: string, locationId: string) => boolean,
): Post {
  const { surroundings, webhookFaults } = workings;
  const keys = createKeyRing(options.keys ?? {}, quirks.get);
  const http = createHttpDelivery();
  let urls = options.webhookUrls ?? [];
  const outbox = createOutbox({
    surroundings,
    urls: () => urls,
    sign: keys.sign,
    forge: createKeyRing({}, quirks.get).sign,
    deliver: options.deliver ?? http.deliver,
    faults: webhookFaults.get,
    retry: () => ({ times: quirks.get().webhookRetryTimes, intervalMs: quirks.get().webhookRetryMs }),
  });
  return {
    outbox,
    isWatched: () => urls.length > 0,
    send: (webhook, locationId) => {
      if (mayHear(webhook.type, locationId)) outbox.send(webhook);
    },
    sendAboutApp: outbox.send,
    publicKeys: keys.publicKeys,
    setUrls: (next) => {
      urls = next;
    },
    close: () => {
      outbox.close();
      return http.close();
    },
  };
}
