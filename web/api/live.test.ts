import { expect, test } from "vitest";
import type { LiveEvent } from "../../model/api/views.ts";
import { type Key, keys, staleKeys } from "./keys.ts";
import { createRefresher, type Later, type LiveSource, type LiveState, subscribeLive } from "./live.ts";

/** Timers that run when told to. */
function aClock() {
  const waiting: { ms: number; callback: () => void }[] = [];
  const later: Later = (ms, callback) => {
    const entry = { ms, callback };
    waiting.push(entry);
    return () => void waiting.splice(waiting.indexOf(entry), 1);
  };
  const runNext = (): number | undefined => {
    const next = waiting.shift();
    next?.callback();
    return next?.ms;
  };
  return { later, runNext, waiting };
}

class FakeSource implements LiveSource {
  readyState = 0;
  isClosed = false;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly listeners = new Map<string, (event: { type: string; data: string }) => void>();
  addEventListener(kind: string, listener: (event: { type: string; data: string }) => void): void {
    this.listeners.set(kind, listener);
  }
  say(type: string, data: string): void {
    this.listeners.get(type)?.({ type, data });
  }
  close(): void {
    this.isClosed = true;
  }
}

function aSubscription() {
  const clock = aClock();
  const sources: FakeSource[] = [];
  const states: LiveState[] = [];
  const events: LiveEvent[] = [];
  const returns: number[] = [];
  const stop = subscribeLive({
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    later: clock.later,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    onReturn: () => returns.push(sources.length),
  });
  const newest = (): FakeSource => {
    const source = sources.at(-1);
    if (source === undefined) throw new Error("Nothing was opened.");
    return source;
  };
  return { clock, sources, states, events, returns, stop, newest };
}

test("UI5 events arrive parsed, and what is not understood is passed over", () => {
  const { events, newest } = aSubscription();
  newest().say("link", '{"syncId":"contacts","linkId":"lnk-1","verdict":"updated"}');
  newest().say("overview", "{}");
  newest().say("link", "not json");
  newest().say("link", '{"syncId":"contacts"}');
  expect(events).toEqual([
    { kind: "link", syncId: "contacts", linkId: "lnk-1", verdict: "updated" },
    { kind: "overview" },
  ]);
});

test("UI5 a broken stream is shown as lost, and everything is caught up with when it is back", () => {
  const { states, returns, newest } = aSubscription();
  newest().onopen?.();
  newest().onerror?.();
  newest().onopen?.();
  expect(states).toEqual(["connecting", "open", "lost", "open"]);
  expect(returns).toHaveLength(1);
});

test("UI5 a refused stream is opened anew after longer and longer waits", () => {
  const { clock, sources, newest } = aSubscription();
  const waits: (number | undefined)[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    newest().readyState = 2;
    newest().onerror?.();
    waits.push(clock.runNext());
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(sources).toHaveLength(8);
});

test("UI5 a stream that breaks but reconnects by itself is not opened twice", () => {
  const { clock, newest } = aSubscription();
  newest().onerror?.();
  expect(clock.waiting).toHaveLength(0);
});

test("UI5 leaving closes the stream and calls off the next attempt", () => {
  const { clock, newest, stop } = aSubscription();
  newest().readyState = 2;
  newest().onerror?.();
  stop();
  expect(newest().isClosed).toBe(true);
  expect(clock.waiting).toHaveLength(0);
});

test("UI6 a burst of stale answers is read once", async () => {
  const clock = aClock();
  const read: Key[] = [];
  const refresher = createRefresher({
    invalidate: async (key) => void read.push(key),
    later: clock.later,
    gatherMs: 60,
    restMs: 250,
  });
  for (let turn = 0; turn < 100; turn += 1) refresher.add([["links"], ["overview"]]);
  expect(clock.runNext()).toBe(60);
  expect(read).toEqual([["links"], ["overview"]]);
});

test("UI6 the next reading begins only when the last has ended and rested", async () => {
  const clock = aClock();
  const read: Key[] = [];
  let finish = (): void => {};
  const refresher = createRefresher({
    invalidate: (key) => {
      read.push(key);
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    },
    later: clock.later,
    gatherMs: 60,
    restMs: 250,
  });
  refresher.add([["links"]]);
  clock.runNext();
  refresher.add([["overview"]]);
  expect(clock.waiting).toHaveLength(0);
  finish();
  await Promise.resolve();
  await expect.poll(() => clock.waiting.length).toBe(1);
  expect(clock.runNext()).toBe(250);
  expect(clock.runNext()).toBe(60);
  expect(read).toEqual([["links"], ["overview"]]);
});

test("UI18 a change of one link makes stale what shows it, and no other link", () => {
  const event: LiveEvent = { kind: "link", syncId: "contacts", linkId: "lnk-1", verdict: "updated" };
  const stale = staleKeys("w", event).map((key) => JSON.stringify(key));
  for (const key of [keys.overview("w"), keys.links("w"), keys.link("w", "lnk-1"), keys.journal("w"), keys.sandbox()]) {
    expect(stale).toContain(JSON.stringify(key));
  }
  expect(stale).not.toContain(JSON.stringify(keys.link("w")));
  expect(staleKeys("w", { kind: "overview" })).toContainEqual(keys.overview("w"));
});
