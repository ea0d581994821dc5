import { LiveEvent } from "../../model/api/views.ts";
import type { Key } from "./keys.ts";

/**
 * The page's one live subscription.
 *
 * States: `connecting` → `open` when the hub answers → `lost` when the stream breaks → `open` again. The browser
 * reconnects by itself after a broken stream; after a refusal it does not, and then this opens a new one, waiting
 * longer each time up to `LONGEST_WAIT_MS`. Whatever was missed meanwhile is caught up with by `onReturn`.
 */
export const LIVE_STATES = ["connecting", "open", "lost"] as const;
export type LiveState = (typeof LIVE_STATES)[number];

/** The part of the browser's `EventSource` that is used. */
export interface LiveSource {
  readonly readyState: number;
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  addEventListener(kind: string, listener: (event: { readonly type: string; readonly data: string }) => void): void;
  close(): void;
}

/** Calls back once after `ms`; the returned function cancels. */
export type Later = (ms: number, callback: () => void) => () => void;

export interface LiveOptions {
  readonly open: () => LiveSource;
  readonly later: Later;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onState: (state: LiveState) => void;
  /** Called when the stream is back after it was lost. */
  readonly onReturn: () => void;
}

const CLOSED = 2;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Opens the subscription and keeps it open until the returned function is called. */
export function subscribeLive(options: LiveOptions): () => void {
  let source: LiveSource | undefined;
  let cancelWait = (): void => {};
  let waitMs = FIRST_WAIT_MS;
  let wasLost = false;

  const connect = (): void => {
    const opened = options.open();
    source = opened;
    opened.onopen = () => {
      waitMs = FIRST_WAIT_MS;
      options.onState("open");
      if (wasLost) options.onReturn();
      wasLost = false;
    };
    opened.onerror = () => {
      wasLost = true;
      options.onState("lost");
      if (opened.readyState !== CLOSED) return;
      cancelWait = options.later(waitMs, connect);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    };
    for (const kind of ["link", "overview"]) opened.addEventListener(kind, (event) => hear(event, options.onEvent));
  };

  options.onState("connecting");
  connect();
  return () => {
    cancelWait();
    source?.close();
  };
}

/** Passes the event on when it is one we know; a newer hub may send others, which are none of our business. */
function hear(event: { readonly type: string; readonly data: string }, onEvent: (event: LiveEvent) => void): void {
  const parsed = LiveEvent.safeParse({ kind: event.type, ...objectOf(event.data) });
  if (parsed.success) onEvent(parsed.data);
}

function objectOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {}; // not JSON: the schema then refuses it
  }
}

export interface RefresherOptions {
  /** Makes one answer stale; resolves when those on screen have been read again. */
  readonly invalidate: (key: Key) => Promise<void>;
  readonly later: Later;
  /** Between the first event and the reading that it causes, so that a burst causes one. */
  readonly gatherMs: number;
  /** Rest between two readings. */
  readonly restMs: number;
}

/**
 * Turns a stream of stale keys into a calm sequence of readings: a burst is gathered into one, and the next begins only
 * when the last has ended, so that a busy hub is never asked faster than it answers and no reading is cut short for ever.
 */
export function createRefresher(options: RefresherOptions): { readonly add: (keys: readonly Key[]) => void } {
  const waiting = new Map<string, Key>();
  let isBusy = false;

  const flush = async (): Promise<void> => {
    const taken = [...waiting.values()];
    waiting.clear();
    await Promise.allSettled(taken.map((key) => options.invalidate(key)));
    options.later(options.restMs, () => {
      isBusy = false;
      if (waiting.size > 0) start();
    });
  };
  const start = (): void => {
    isBusy = true;
    options.later(options.gatherMs, () => void flush());
  };
  return {
    add(keys) {
      for (const key of keys) waiting.set(JSON.stringify(key), key);
      if (!isBusy) start();
    },
  };
}
