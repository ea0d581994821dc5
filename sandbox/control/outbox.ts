import { Pool } from "undici";
import type { WebhookFaults } from "./faults.ts";
import type { Surroundings } from "./surroundings.ts";

/** A webhook ready to be signed: its exact bytes never change, however often it is sent. */
export type Webhook = {
  readonly id: string;
  readonly type: string;
  readonly contactId: string;
  readonly text: string;
  /** What the text says, before it was put into an envelope. */
  readonly about?: Readonly<Record<string, unknown>>;
};

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
  /** After how many milliseconds an answer of this status is sent again, after so many attempts; never if missing. */
  readonly retryInMs: (status: number, attempts: number) => number | undefined;
  /** After so many failures in a row an address gets nothing for a while; never where the number is 0. */
  readonly breaker: () => { readonly failures: number; readonly pauseMs: number };
};

/** How an address fares. It is paused while `pausedUntil` lies ahead. */
export type EndpointHealth = { readonly url: string; readonly failuresInARow: number; readonly pausedUntil: number };

/** Sends webhooks, at most sixteen at a time, and keeps a log of the last ten thousand. */
export type Outbox = {
  /** To these addresses; to all that it was made for when they are left out. */
  readonly send: (webhook: Webhook, urls?: readonly string[]) => void;
  /** Sends a webhook to one address with headers of its own, unsigned and only once. */
  readonly sendTo: (webhook: Webhook, url: string, headers: Readonly<Record<string, string>>) => void;
  /** Sends again what was refused or lost within thirty days, or just the named ids. Answers how many. */
  readonly replay: (ids?: readonly string[]) => number;
  readonly endpoints: () => EndpointHealth[];
  readonly log: () => SentWebhook[];
  readonly clear: () => void;
  /**
   * Sends at once whatever is held back or waits to be sent again, except to an address that is paused; resolves when
   * nothing is under way.
   */
  readonly flush: () => Promise<void>;
  readonly close: () => void;
};

const CONCURRENT_MAX = 16;
const LOG_MAX = 10_000;
const SHUFFLE_WITHIN_MS = 1_000;

const LOG_MS = 30 * 86_400_000;

/** A parcel that is sent `isOnce` is not repeated, whatever the answer. */
type Parcel = {
  readonly webhook: Webhook;
  readonly line: SentWebhook;
  readonly sign: Signer;
  readonly isOnce: boolean;
};

/** Makes an outbox. A webhook waits in `held` (for a time), then in `queue` (for a free sender), then is under way. */
export function createOutbox(parts: OutboxParts): Outbox {
  const held = new Map<Parcel, () => void>();
  let queue: Parcel[] = [];
  let head = 0;
  let underWay = 0;
  let sent: Parcel[] = [];
  const health = new Map<string, EndpointHealth>();
  let onQuiet: (() => void)[] = [];

  const pump = (): void => {
    while (underWay < CONCURRENT_MAX) {
      const parcel = queue[head];
      if (parcel === undefined) break;
      head += 1;
      const pauseMs = (health.get(parcel.line.url)?.pausedUntil ?? 0) - parts.surroundings.now();
      if (pauseMs > 0) {
        hold(parcel, pauseMs);
        continue;
      }
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
    const { line, isOnce } = parcel;
    const isDelivered = line.status >= 200 && line.status < 300;
    noteHealth(line.url, isDelivered);
    const againInMs = isDelivered || isOnce ? undefined : parts.retryInMs(line.status, line.attempts);
    if (againInMs !== undefined) hold(parcel, againInMs);
    else line.state = isDelivered ? "delivered" : "refused";
  };

  const noteHealth = (url: string, isDelivered: boolean): void => {
    const { failures, pauseMs } = parts.breaker();
    const failuresInARow = isDelivered ? 0 : (health.get(url)?.failuresInARow ?? 0) + 1;
    const isBroken = failures > 0 && failuresInARow >= failures;
    health.set(url, { url, failuresInARow, pausedUntil: isBroken ? parts.surroundings.now() + pauseMs : 0 });
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

  const enter = (webhook: Webhook, url: string, sign: Signer, isOnce = false): Parcel => {
    const line = logLine(webhook, url, sign === parts.forge, parts.surroundings.now());
    const parcel = { webhook, line, sign, isOnce };
    sent.push(parcel);
    if (sent.length > LOG_MAX * 2) sent = sent.slice(-LOG_MAX);
    return parcel;
  };

  const dispatch = (parcel: Parcel): void => {
    const faults = parts.faults();
    if (parts.surroundings.random() < faults.lose) {
      parcel.line.state = "lost";
      return;
    }
    const waitMs = faults.lateMs + (faults.shuffle ? parts.surroundings.random() * SHUFFLE_WITHIN_MS : 0);
    if (waitMs > 0) {
      hold(parcel, waitMs);
    } else {
      queue.push(parcel);
      pump();
    }
  };

  const send = (webhook: Webhook, urls = parts.urls()): void => {
    for (const url of urls) {
      const faults = parts.faults();
      dispatch(enter(webhook, url, parts.sign));
      if (parts.surroundings.random() < faults.double) dispatch(enter(webhook, url, parts.sign));
      if (parts.surroundings.random() < faults.forge) dispatch(enter(webhook, url, parts.forge));
    }
  };

  const sendTo = (webhook: Webhook, url: string, headers: Readonly<Record<string, string>>): void => {
    const parcel = () => enter(webhook, url, () => Promise.resolve({ ...headers }), true);
    dispatch(parcel());
    if (parts.surroundings.random() < parts.faults().double) dispatch(parcel());
  };

  const replay = (ids?: readonly string[]): number => {
    const since = parts.surroundings.now() - LOG_MS;
    const isWanted = ({ line }: Parcel) =>
      line.at > since &&
      !line.isForged &&
      (ids === undefined ? line.state === "refused" || line.state === "lost" : ids.includes(line.id));
    const again = sent.slice(-LOG_MAX).filter(isWanted);
    for (const { webhook, line, sign, isOnce } of again) queue.push(enter(webhook, line.url, sign, isOnce));
    pump();
    return again.length;
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
    sent = [];
    health.clear();
  };

  const close = (): void => {
    clear();
    onQuiet = [];
  };

  return {
    send,
    sendTo,
    replay,
    endpoints: () => [...health.values()],
    log: () => sent.slice(-LOG_MAX).map(({ line }) => line),
    clear,
    flush,
    close,
  };
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
