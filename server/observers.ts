import type { Clock, News } from "../engine/ports.ts";
import type { DueCounts, HubStore } from "../store/port.ts";
import { createFeed, createStreams, type Streams } from "./live/index.ts";
import { createMetrics, type Metrics } from "./metrics/index.ts";

/** Those who watch what happens: metrics and open pages. */
export interface Observers {
  readonly metrics: Metrics;
  readonly streams: Streams;
  /** Tells them all. */
  readonly news: (news: News) => void;
  readonly close: () => void;
}

/** Sets up metrics and the live feed. */
export function createObservers(store: HubStore, clock: Clock, connectorIds: ReadonlySet<string>): Observers {
  const metrics = createMetrics(connectorIds, () => dueByWorkspace(store, clock.now()));
  const feed = createFeed(clock);
  const streams = createStreams(feed, clock);
  return {
    metrics,
    streams,
    news: (news) => {
      metrics.news(news);
      feed.publish(news);
    },
    close: () => {
      streams.close();
      feed.close();
    },
  };
}

async function dueByWorkspace(store: HubStore, at: number): Promise<ReadonlyMap<string, DueCounts>> {
  const counts = new Map<string, DueCounts>();
  for (const { id } of await store.workspaces()) counts.set(id, await store.dueCounts(id, at));
  return counts;
}
