import { createHttpDelivery, createOutbox, type Outbox, type Webhook } from "../control/outbox.ts";
import type { Random } from "../random.ts";
import type { Premises } from "./ground.ts";
import type { HighLevelOptions } from "./index.ts";
import type { Quirks } from "./quirks.ts";
import { createKeyRing, type PublicKeys } from "./signatures.ts";
import { createWorkflowWebhooks, type Fields, type WorkflowWebhooks } from "./workflowWebhooks.ts";

/** The way webhooks leave: signed and sent. One stream serves all locations. */
export type Post = {
  readonly outbox: Outbox;
  /** Whether anybody is to be told anything. */
  readonly isWatched: () => boolean;
  /** Sends an event about a location to the receivers, if the app may hear it. */
  readonly send: (webhook: Webhook, locationId: string) => void;
  /** Sends an event about the app itself. */
  readonly sendAboutApp: (webhook: Webhook) => void;
  /** What workflows send besides, which has nothing to do with the app. */
  readonly workflows: WorkflowWebhooks;
  readonly publicKeys: () => PublicKeys;
  readonly setUrls: (urls: readonly string[]) => void;
  readonly close: () => Promise<void>;
};

/** What the post asks others. */
export type PostParts = {
  /** Whether the app is told of such an event at a location. */
  readonly mayHear: (eventType: string, locationId: string) => boolean;
  /** A contact as it is stored. */
  readonly contactAt: (locationId: string, contactId: string) => Fields | undefined;
};

/** Makes the post of one emulator, with keys of its own. */
export function createPost(premises: Premises, options: HighLevelOptions, { mayHear, contactAt }: PostParts): Post {
  const { workings, quirks, agency } = premises;
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
    retryInMs: (status, attempts) => retryInMs(status, attempts, quirks.get(), surroundings.random),
    breaker: () => breakerOf(quirks.get()),
  });
  const workflows = createWorkflowWebhooks({ agency, random: surroundings.random, contactAt, send: outbox.sendTo });
  return {
    outbox,
    isWatched: () => urls.length > 0 || workflows.areAny(),
    send: (webhook, locationId) => {
      if (mayHear(webhook.type, locationId)) outbox.send(webhook);
      workflows.notice(webhook, locationId);
    },
    workflows,
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

/** Each wait is longer by up to a tenth, so that not all come at once. */
function retryInMs(status: number, attempts: number, quirks: Quirks, random: Random): number | undefined {
  switch (quirks.webhookPolicy) {
    case "only-429":
      if (status !== 429 || attempts > quirks.webhookRetryTimes) return undefined;
      return quirks.webhookRetryMs * (1 + random() / 10);
    case "any-failure":
      if (attempts >= quirks.webhookTriesMax) return undefined;
      return quirks.webhookBackoffMs * 2 ** (attempts - 1) * (1 + random() / 10);
    default:
      return quirks.webhookPolicy satisfies never;
  }
}

function breakerOf({ webhookPolicy, webhookBreakerAfter, webhookBreakerMs }: Quirks) {
  return { failures: webhookPolicy === "any-failure" ? webhookBreakerAfter : 0, pauseMs: webhookBreakerMs };
}
