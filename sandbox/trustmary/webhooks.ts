import type { WebhookFaults } from "../control/faults.ts";
import { createHttpDelivery, createOutbox, type Deliver, type Outbox } from "../control/outbox.ts";
import type { Settings } from "../control/settings.ts";
import type { Surroundings } from "../control/surroundings.ts";
import { opaqueId } from "../random.ts";
import { objectOf } from "./contactWrite.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** An address that is told of answers. Times are epoch milliseconds. */
export type RegisteredWebhook = {
  readonly id: string;
  readonly name: string;
  readonly hookUrl: string;
  readonly events: readonly string[];
  readonly createdAt: number;
};

/** What tells others of answers: unsigned, as the product does it. */
export type Webhooks = {
  readonly outbox: Outbox;
  readonly all: () => readonly RegisteredWebhook[];
  /** @throws Refusal 400, for an event that there is not as well */
  readonly register: (body: unknown) => RegisteredWebhook;
  /** @throws Refusal 404 */
  readonly remove: (id: string) => RegisteredWebhook;
  /** The addresses that were given on the product's own pages. */
  readonly setUrls: (urls: readonly string[]) => void;
  /** Tells every address that wants to hear of this event. */
  readonly tell: (
    event: string,
    about: { readonly answerId: string; readonly contactId: string },
    body: unknown,
  ) => void;
  readonly clear: () => void;
  readonly close: () => Promise<void>;
};

/** What webhooks are made of. */
export type WebhookParts = {
  readonly surroundings: Surroundings;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly faults: Settings<WebhookFaults>;
  /** Posts to an address; over HTTP when absent. */
  readonly deliver?: Deliver;
  readonly urls: readonly string[];
};

const RETRY_MS = 60_000;

/** Makes an emulated account's webhooks. */
export function createWebhooks(parts: WebhookParts): Webhooks {
  const { surroundings, quirks, refusals, faults } = parts;
  const registered = new Map<string, RegisteredWebhook>();
  const http = createHttpDelivery();
  let urls = parts.urls;
  const hearing = (event: string): readonly string[] => {
    const those = [...registered.values()].filter(({ events }) => events.includes(event));
    return [...new Set([...urls, ...those.map(({ hookUrl }) => hookUrl)])];
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
    all: () => [...registered.values()],
    register: (body) => {
      const webhook = { id: `wh${opaqueId(surroundings.random, 10)}`, ...wanted(body, quirks(), refusals) };
      const made = { ...webhook, createdAt: surroundings.now() };
      registered.set(made.id, made);
      return made;
    },
    remove: (id) => {
      const webhook = registered.get(id);
      if (webhook === undefined) throw refusals.missing("Webhook not found");
      registered.delete(id);
      return webhook;
    },
    setUrls: (wantedUrls) => {
      urls = wantedUrls;
    },
    tell: (event, { answerId, contactId }, body) => {
      const id = `${answerId}:${opaqueId(surroundings.random, 6)}`;
      outbox.send({ id, type: event, contactId, text: JSON.stringify(body) }, hearing(event));
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

function wanted(given: unknown, quirks: Quirks, refusals: Refusals): Omit<RegisteredWebhook, "id" | "createdAt"> {
  const { name, hookUrl, events } = objectOf(given, refusals);
  if (typeof name !== "string" || name.trim() === "") throw refusals.invalid("name is required");
  if (typeof hookUrl !== "string" || !URL.canParse(hookUrl)) throw refusals.invalid("hookUrl must be an address");
  if (!Array.isArray(events) || events.length === 0) throw refusals.invalid("events must name at least one event");
  for (const event of events) {
    if (!quirks.webhookEvents.includes(String(event))) throw refusals.invalid(`Unknown event: ${String(event)}`);
  }
  return { name: name.trim(), hookUrl, events: events.map(String) };
}

/** A webhook as answers show it. */
export function shownWebhook({ id, name, hookUrl, events, createdAt }: RegisteredWebhook): Record<string, unknown> {
  return { id, name, hookUrl, events, created_at: new Date(createdAt).toISOString() };
}
