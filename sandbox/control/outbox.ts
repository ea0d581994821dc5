import { Pool } from "undici";
import type { WebhookFaults } from "./faults.ts";
import type { Surroundings } from "./surroundings.ts";

/** A webhook ready to be signed: its exact bytes never change, however often it is sent. */
export type Webhook = { readonly id: string; readonly type: string; readonly contactId: string; readonly text: string };

/** Headers that prove (or pretend to prove) where a webhook comes from. */
export type Signer = (text: string) => Promise<Record<string, string>>;

/** Posts bytes to an address and answers the HTTP status; 0 when there was no answer. */
export type Deliver = (url: string, text: string, headers: Record<string, string>) => Promise<number>;

/** One line of the log of webhooks. `status` is the last answer; 0 before the first and after a failed connection. */
export type SentWebhook = {
  readonly id: string;
  readonly type: string;
  readonly contactId: string;
  readonly at: number;
  readonly url: string;
  readonly isForged: boolean;
  state: "waiting" | "lost" | "delivered" | "refused";
  attempts: number;
  status: number;
};

/** What an outbox is made of. */
export type OutboxParts = {
  readonly surroundings: Surroundings;
  readonly urls: () => readonly string[];
  readonly sign: Signer;
  /** Signs as a stranger would, for forged webhooks. */
  readonly forge: Signer;
  readonly deliver: Deliver;
  readonly faults: () => WebhookFaults;
  /** Only an answer of 429 is sent again: so often, after this interval and up to a tenth of it more. */
  readonly retry: () => { readonly times: number; readonly intervalMs: number };
};

/** Sends webhooks, at most sixteen at a time, and keeps a log of the last ten thousand. */
export type Outbox = {
  readonly send: (webhook: Webhook) => void;
  readonly log: () => SentWebhook[];
  readonly clear: () => void;
  /** Sends at once whatever is held back or waits to be sent again; resolves when nothing is under way. */
  readonly flush: () => Promise<void>;
  readonly close: () => void;
};

const CONCURRENT_MAX = 16;
const LOG_MAX = 10_000;
const SHUFFLE_WITHIN_MS = 1_000;

type Parcel = { readonly webhook: Webhook; readonly line: SentWebhook; readonly sign: Signer };

/** Makes an outbox. A webhook waits in `held` (for a time), then in `queue` (for a free sender), then is under way. */
export function createOutbox(parts: OutboxParts): Outbox {
  const held = new Map<Parcel, () => void>();
  let queue: Parcel[] = [];
  let head = 0;
  let underWay = 0;
  let lines: SentWebhook[] = [];
  let onQuiet: (() => void)[] = [];

  const pump = (): void => {
    while (underWay < CONCURRENT_MAX) {
      const parcel = queue[head];
      if (parcel === undefined) break;
      head += 1;
      underWay += 1;
      void post(parcel);
    }
    if (head === queue.length) {
      queue = [];
      head = 0;
    }
    if (underWay === 0 && queue.length === 0) for (const tell of onQuiet.splice(0)) tell();
  };

  const post = async (parcel: Parcel): Promise<void> => {
    const { line, webhook } = parcel;
    line.attempts += 1;
    line.status = await parcel.sign(webhook.text).then((headers) => parts.deliver(line.url, webhook.text, headers));
    underWay -= 1;
    settle(parcel);
    pump();
  };

  const settle = (parcel: Parcel): void => {
    const { line } = parcel;
    const { times, intervalMs } = parts.retry();
    if (line.status === 429 && line.attempts <= times) {
      hold(parcel, intervalMs * (1 + parts.surroundings.random() / 10));
      return;
    }
    line.state = line.status >= 200 && line.status < 300 ? "delivered" : "refused";
  };

  const release = (parcel: Parcel): void => {
    if (!held.delete(parcel)) return;
    queue.push(parcel);
    pump();
  };

  const hold = (parcel: Parcel, ms: number): void => {
    held.set(
      parcel,
      parts.surroundings.after(ms, () => release(parcel)),
    );
  };

  const dispatch = (webhook: Webhook, url: string, isForged: boolean): void => {
    const faults = parts.faults();
    const line = logLine(webhook, url, isForged, parts.surroundings.now());
    lines.push(line);
    if (lines.length > LOG_MAX * 2) lines = lines.slice(-LOG_MAX);
    if (parts.surroundings.random() < faults.lose) {
      line.state = "lost";
      return;
    }
    const parcel = { webhook, line, sign: isForged ? parts.forge : parts.sign };
    const waitMs = faults.lateMs + (faults.shuffle ? parts.surroundings.random() * SHUFFLE_WITHIN_MS : 0);
    if (waitMs > 0) {
      hold(parcel, waitMs);
    } else {
      queue.push(parcel);
      pump();
    }
  };

  const send = (webhook: Webhook): void => {
    for (const url of parts.urls()) {
      const faults = parts.faults();
      dispatch(webhook, url, false);
      if (parts.surroundings.random() < faults.double) dispatch(webhook, url, false);
      if (parts.surroundings.random() < faults.forge) dispatch(webhook, url, true);
    }
  };

  const flush = (): Promise<void> => {
    for (const [parcel, cancel] of [...held]) {
      cancel();
      release(parcel);
    }
    if (underWay === 0 && queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      onQuiet.push(resolve);
    });
  };

  const clear = (): void => {
    for (const cancel of held.values()) cancel();
    held.clear();
    queue = [];
    head = 0;
    lines = [];
  };

  const close = (): void => {
    clear();
    onQuiet = [];
  };

  return { send, log: () => lines.slice(-LOG_MAX), clear, flush, close };
}

function logLine(webhook: Webhook, url: string, isForged: boolean, at: number): SentWebhook {
  const { id, type, contactId } = webhook;
  return { id, type, contactId, at, url, isForged, state: "waiting", attempts: 0, status: 0 };
}

/** Delivers over HTTP with one pool of kept connections per origin; `close` lets them go. */
export function createHttpDelivery(): { deliver: Deliver; close: () => Promise<void> } {
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, { connections: CONCURRENT_MAX, headersTimeout: 15_000, bodyTimeout: 15_000 });
    pools.set(origin, pool);
    return pool;
  };
  const deliver: Deliver = async (address, text, headers) => {
    const url = new URL(address);
    try {
      const { statusCode, body } = await poolOf(url.origin).request({
        method: "POST",
        path: url.pathname + url.search,
        headers: { "content-type": "application/json", ...headers },
        body: text,
      });
      await body.dump();
      return statusCode;
    } catch {
      // No answer is an outcome of sending, and status 0 in the log says so: a partner goes on after it too.
      return 0;
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    pools.clear();
  };
  return { deliver, close };
}
