import { createHttpDelivery, createOutbox, type Outbox, type Webhook } from "../control/outbox.ts";
import type { Premises } from "./ground.ts";
import type { HighLevelOptions } from "./index.ts";
import { createKeyRing, type PublicKeys } from "./signatures.ts";

/** The way webhooks leave: signed and sent. One stream serves all locations. */
export type Post = {
  readonly outbox: Outbox;
  /** Whether anybody is to be told anything. */
  readonly isWatched: () => boolean;
  /** Sends an event about a location to the receivers. */
  readonly send: (webhook: Webhook, locationId: string) => void;
  readonly publicKeys: () => PublicKeys;
  readonly setUrls: (urls: readonly string[]) => void;
  readonly close: () => Promise<void>;
};

/** Makes the post of one emulator, with keys of its own. */
export function createPost({ workings, quirks }: Premises, options: HighLevelOptions): Post {
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
    send: (webhook) => outbox.send(webhook),
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
