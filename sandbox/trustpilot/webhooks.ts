import type { WebhookFaults } from "../control/faults.ts";
import { createHttpDelivery, createOutbox, type Deliver, type Outbox } from "../control/outbox.ts";
import type { Settings } from "../control/settings.ts";
import type { Surroundings } from "../control/surroundings.ts";
import { opaqueId } from "../random.ts";
import type { Quirks } from "./quirks.ts";

/** What tells others of reviews: unsigned, to addresses that were given on the product's own pages. */
export type Webhooks = {
  readonly outbox: Outbox;
  readonly setUrls: (urls: readonly string[]) => void;
  /** Tells of one event. */
  readonly tell: (eventName: string, eventData: Readonly<Record<string, unknown>>) => void;
  readonly close: () => Promise<void>;
};

/** What webhooks are made of. */
export type WebhookParts = {
  readonly surroundings: Surroundings;
  readonly quirks: () => Quirks;
  readonly faults: Settings<WebhookFaults>;
  /** Posts to an address; over HTTP when absent. */
  readonly deliver?: Deliver;
  readonly urls: readonly string[];
};

const RETRY_MS = 60_000;

/** Makes an emulated account's webhooks. */
export function createWebhooks({ surroundings, quirks, faults, ...parts }: WebhookParts): Webhooks {
  const http = createHttpDelivery();
  let urls = parts.urls;
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
    setUrls: (wanted) => {
      urls = wanted;
    },
    tell: (eventName, eventData) => {
      const id = `${String(eventData.id)}:${opaqueId(surroundings.random, 6)}`;
      const text = JSON.stringify({ events: [{ eventName, version: "1", eventData }] });
      outbox.send({ id, type: eventName, contactId: "", text });
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
